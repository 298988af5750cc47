"""A list of communes or EPCI from a file, by their codes. For the territories drawn in Réglages."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from boutique import storage
from boutique.core.errors import UserError
from boutique.core.text import clip, fold
from boutique.models.choices import TerritoryLevel
from boutique.services.own_territories import MOST_PARTS
from boutique.services.territories import Area, Territory
from boutique.storage.partner_files import TITLES
from boutique.storage.reference import Reference
from boutique.storage.table_lines import Line

_CODE = re.compile(r"\d{9}|\d{4,5}|2[AB]\d{3}", re.IGNORECASE)
_EPCI_LENGTH, _COMMUNE_LENGTH = 9, 5
_COLUMNS_TRIED, _TITLE_WITHIN, _TOLD = 4, 30, 8
_NONE = (
    "Aucun code de commune dans ce fichier : une colonne doit porter les codes INSEE des communes (62361) ou le SIREN "
    "des intercommunalités."
)


@dataclass(frozen=True, slots=True)
class CodesRead:
    """What a file holds: its places, and what its column says that is no code of today."""

    territories: tuple[Territory, ...]
    unknown: tuple[str, ...]

    @property
    def told(self) -> str:
        """« inconnus et laissés : 99999, 62X » or nothing."""
        if not self.unknown:
            return ""
        rest = "…" if len(self.unknown) > _TOLD else ""
        return f"Codes inconnus, laissés de côté : {', '.join(self.unknown[:_TOLD])}{rest}"


def read(reference: Reference, path: Path) -> CodesRead:
    """The column titled as codes are, else the one whose codes are known best; never that of the postal codes."""
    for lines in storage.table_files.candidate_tables(path):
        counts = Counter(rank for line in lines for rank, cell in enumerate(line.cells) if _CODE.fullmatch(cell))
        titled = {rank for rank in counts if _titled(lines, rank, "commune_code")}
        likely = [
            rank for rank, _ in counts.most_common(_COLUMNS_TRIED) if not _titled(lines, rank, "postal_code")
        ]  # fmt: skip
        readings = [_column(reference, lines, rank) for rank in sorted(titled) or likely]
        if any(reading.territories for reading in readings):
            return max(readings, key=_known)
    raise UserError(_NONE)


def _titled(lines: list[Line], rank: int, name: str) -> bool:
    """Whether the column has a title of this kind, wherever the first lines put it."""
    above = (line.cells[rank] for line in lines[:_TITLE_WITHIN] if rank < len(line.cells))
    return any(re.sub(r"[ ._-]", "", fold(cell)) in TITLES[name] for cell in above)


def _known(reading: CodesRead) -> tuple[int, int]:
    return -len(reading.unknown), len(reading.territories)


def _column(reference: Reference, lines: list[Line], rank: int) -> CodesRead:
    found: dict[Area, Territory] = {}
    unknown: dict[str, None] = {}
    for cell in _cells(lines, rank):
        place = _place(reference, cell)
        if place is not None:
            found[place.area] = place
        else:
            unknown[clip(cell, 20)] = None
        if len(found) > MOST_PARTS:
            raise UserError(f"Plus de {MOST_PARTS} codes : ajoutez plutôt des intercommunalités ou des départements.")
    return CodesRead(tuple(found.values()), tuple(unknown))


def _cells(lines: list[Line], rank: int) -> Iterator[str]:
    """What the column says, its title left out."""
    said = [line.cells[rank] for line in lines if rank < len(line.cells) and line.cells[rank]]
    for at, cell in enumerate(said):
        if at or _CODE.fullmatch(cell):
            yield cell


def _place(reference: Reference, cell: str) -> Territory | None:
    if not _CODE.fullmatch(cell):
        return None
    if len(cell) == _EPCI_LENGTH:
        epci = reference.epci(cell)
        return Territory(TerritoryLevel.EPCI, epci.siren, epci.name) if epci else None
    commune = reference.commune(cell.zfill(_COMMUNE_LENGTH))
    return Territory(TerritoryLevel.COMMUNE, commune.code, commune.name) if commune else None
