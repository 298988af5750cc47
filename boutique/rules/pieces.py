"""Natures of the documents of a file and the pieces to ask for, which an institution may edit."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from boutique.core.text import words
from boutique.models.choices import Phase
from boutique.rules.resources import build, known, label_of, only, read, tables, unique
from boutique.rules.schemes import load_schemes

FILE = "lists/pieces.toml"
OTHER = "AUTRE"


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """`warning` is told before a document of this kind is kept; `words` of a name give the kind away."""

    code: str
    label: str
    words: tuple[str, ...] = ()
    warning: str = ""
    archived: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """What the person is asked for from a phase on; one that is `seen_only` is looked at and never copied."""

    code: str
    label: str
    phase: str
    kind: str
    seen_only: bool = False
    help: str = ""
    schemes: tuple[str, ...] = ()
    archived: bool = False


@dataclass(frozen=True, slots=True)
class PieceList:
    version: str
    kinds: Mapping[str, DocumentKind]
    pieces: tuple[Piece, ...]

    def kind(self, code: str) -> DocumentKind:
        """The kind of a code; one that was taken out of the list still has a name."""
        return self.kinds.get(code) or DocumentKind(code, code)

    def guess(self, name: str) -> str:
        """The kind that a file name suggests; those to warn about come first."""
        said = set(words(name))
        order = sorted(self.kinds.values(), key=lambda kind: not kind.warning)
        found = (kind.code for kind in order if said & set(kind.words) and not kind.archived)
        return next(found, OTHER)


@cache
def load_pieces(folder: Path | None = None) -> PieceList:
    content = read(FILE, folder)
    only(content, ("version", "kind", "piece"), FILE)
    kinds = [build(DocumentKind, entry, label_of(entry, FILE)) for entry in tables(content, "kind", FILE)]
    unique((kind.code for kind in kinds), FILE)
    by_code = {kind.code: kind for kind in kinds}
    known(OTHER, by_code, f"resources/{FILE}", "la nature")
    pieces = [build(Piece, entry, label_of(entry, FILE)) for entry in tables(content, "piece", FILE)]
    unique((piece.code for piece in pieces), FILE)
    phases = [phase.value for phase in Phase]
    schemes = load_schemes(folder)
    for piece in pieces:
        where = f"resources/{FILE}, {piece.code}"
        known(piece.kind, by_code, where, "la nature")
        known(piece.phase, phases, where, "la phase")
        for scheme in piece.schemes:
            known(scheme, schemes, where, "le dispositif")
    return PieceList(str(content.get("version", "")), by_code, tuple(pieces))
