"""A partner's list read as counts by commune: nothing of a line is kept, columns that name somebody are never read."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from boutique.core import french
from boutique.core.clock import today
from boutique.core.errors import UserError
from boutique.core.text import clip, fold
from boutique.services.context import Context
from boutique.storage.partner_files import TITLES, ListColumn, PartnerLine, PartnerTable, open_table
from boutique.storage.reference import Reference

# To recognise another spelling of a title: add it, folded and without blanks.
_KNOWN = {
    "commune_code": TITLES["commune_code"],
    "town": TITLES["town"],
    "postal_code": TITLES["postal_code"],
    "category": ("naf", "ape", "codenaf", "codeape", "activite", "secteur", "categorie", "libellenaf"),
    "number": ("nombre", "effectif", "total", "nb", "nombredentreprises", "nbentreprises", "quantite"),
    "date": ("date", "datedecreation", "datecreation", "creation", "dateimmatriculation", "immatriculeele"),
}
_BY_TITLE = {title: name for name, titles in _KNOWN.items() for title in titles}
FIELDS: tuple[tuple[str, str], ...] = (
    ("commune_code", "Code INSEE de la commune"),
    ("town", "Nom de la commune"),
    ("postal_code", "Code postal"),
    ("category", "Catégorie ou code NAF"),
    ("number", "Nombre à additionner"),
    ("date", "Date (comptée par année)"),
)
EVERYTHING = "Ensemble"
_OTHERS = "Autres"
_MOST_CATEGORIES, _MOST_COUNTS, _MOST_NUMBER = 30, 60_000, 10_000_000
_MANY, _MOSTLY = 20, 0.5
_STEP = 2_000
_NOMINATIVE = re.compile(
    r"\b(nom|noms|prenom|prenoms|civilite|dirigeants?|gerants?|contacts?|representant|interlocuteur|naissance|"
    r"denomination|enseigne|raison|sociale|mail|email|courriel|telephone|tel|portable|mobile|adresse|rue|voie|siret|"
    r"siren|identifiant|nir|salarie|demandeur)\b"
)
_SHOWS_SOMEBODY = re.compile(r"[^@\s]+@[^@\s]+\.\w+|(?:\d[ .-]?){9,}")
_NO_COMMUNE = "Dites quelle colonne porte la commune : son code INSEE, ou son nom (avec le code postal de préférence)."
_NAMES = (
    "La colonne « {} » semble nommer des personnes ou des entreprises : elle ne peut pas servir de catégorie. "
    "Choisissez un secteur, un code NAF ou aucune catégorie."
)

Progress = Callable[[int, int], None]
Counts = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Look:
    """What a file would bring; `counts` is empty while `missing` says what to settle first.

    `dropped` are the titles that look nominative, never read; `refused` are (line, why), the first of them.
    """

    columns: tuple[ListColumn, ...]
    names: Mapping[int, str]
    dropped: tuple[str, ...]
    lines: int = 0
    counts: Counts | None = None
    refused: tuple[tuple[int, str], ...] = ()
    left: int = 0
    missing: str = ""

    @property
    def communes(self) -> int:
        return len((self.counts or {}).get(EVERYTHING, {}))

    @property
    def measures(self) -> tuple[tuple[str, int], ...]:
        """(measure, its total), everything first, then the largest."""
        found = {name: sum(by_commune.values()) for name, by_commune in (self.counts or {}).items()}
        return tuple(sorted(found.items(), key=_everything_first))


def look(
    here: Context, path: Path, names: Mapping[int, str] | None = None, *, progress: Progress | None = None
) -> Look:  # fmt: skip
    """Read a file; `names` (position → field) replaces what its titles say."""
    table = open_table(path, _BY_TITLE)
    hidden = {rank for rank, column in enumerate(table.columns) if nominative(column.title)}
    said = {rank: column.name for rank, column in enumerate(table.columns)} if names is None else dict(names)
    said = {rank: "" if rank in hidden else name for rank, name in said.items()}
    dropped = tuple(table.columns[rank].title for rank in sorted(hidden))
    # The sample of a column that names somebody is not shown either.
    columns = tuple(
        ListColumn(column.title, "(jamais reprise)" if rank in hidden else column.sample, said.get(rank, ""))
        for rank, column in enumerate(table.columns)
    )
    missing = _missing(table, said)
    if missing:
        return Look(columns, said, dropped, len(table.lines), missing=missing)
    counts, refused = _count(here.reference, table.read(said), progress)
    return Look(columns, said, dropped, len(table.lines), counts, tuple(refused[:_MANY]), len(refused))


def nominative(title: str) -> bool:
    """Whether a title announces people, or what leads to one (an e-mail, an address, a SIREN). « Nom de la commune »
    does not.
    """
    folded = fold(title).replace("_", " ").replace("-", " ")
    about_place = re.search(r"\b(commune|ville|localite|epci|departement|region|secteur|naf|ape)\b", folded)
    return _NOMINATIVE.search(folded) is not None and about_place is None


def _missing(table: PartnerTable, said: Mapping[int, str]) -> str:
    fields = set(said.values())
    if not fields & {"commune_code", "town"}:
        return _NO_COMMUNE
    at = next((rank for rank, name in sorted(said.items()) if name == "category"), None)
    if at is not None and _names_somebody(table, at):
        return _NAMES.format(clip(table.columns[at].title, 60))
    return ""


def _names_somebody(table: PartnerTable, at: int) -> bool:
    """A category comes back: a column where most values are met once, or look like an address, is a list of names."""
    values = [line.cells[at] for line in table.lines if at < len(line.cells) and line.cells[at]]
    if any(_SHOWS_SOMEBODY.search(value) for value in values):
        return True
    return len(values) > _MANY and len(set(values)) > _MOSTLY * len(values)


def _count(
    reference: Reference, lines: tuple[PartnerLine, ...], progress: Progress | None
) -> tuple[Counts, list[tuple[int, str]]]:  # fmt: skip
    found: dict[str, Counter[str]] = {EVERYTHING: Counter()}
    refused: list[tuple[int, str]] = []
    known: dict[tuple[str, str, str], str | None] = {}
    for rank, line in enumerate(lines):
        if progress is not None and rank % _STEP == 0:
            progress(rank, len(lines))
        place = (line["commune_code"], line["postal_code"], line["town"])
        if place not in known:
            known[place] = _commune(reference, *place)
        code, number = known[place], _number(line["number"])
        if code is None or number is None:
            refused.append((line.number, "commune inconnue" if code is None else "nombre illisible ou négatif"))
            continue
        found[EVERYTHING][code] += number
        for measure in _measures(reference, line):
            found.setdefault(measure, Counter())[code] += number
    return _bounded(found), refused


def _commune(reference: Reference, code: str, postal: str, town: str) -> str | None:
    if code:
        commune = reference.commune(code.zfill(5))
        return commune.code if commune else None
    found = reference.search_communes(f"{postal.zfill(5)} {town}" if postal else town, 2) if town else ()
    sure = len(found) == 1 or (found and fold(found[0].name) == fold(town) and not found[0].homonym)
    return found[0].code if sure else None


def _number(text: str) -> int | None:
    """A line without a number counts for one."""
    if not text:
        return 1
    digits = re.sub(r"[\s\u202f\u00a0]", "", text)
    if not re.fullmatch(r"\d{1,8}", digits):
        return None
    return int(digits) if int(digits) <= _MOST_NUMBER else None


def _measures(reference: Reference, line: PartnerLine) -> Iterator[str]:
    if category := line["category"]:
        naf = reference.naf(category)
        section = reference.naf(naf.section) if naf is not None else None
        yield section.label if section is not None else clip(category, 60)
    if line["date"]:
        try:
            yield f"En {french.parse_date(line['date'][:10], today=today()).year}"
        except UserError:
            yield "Sans date lisible"


def _bounded(found: dict[str, Counter[str]]) -> Counts:
    """The largest measures, the rest together; the list of a whole country is refused rather than cut."""
    everything = found.pop(EVERYTHING)
    ranked = sorted(found, key=lambda name: (-found[name].total(), name))
    kept = {EVERYTHING: everything, **{name: found[name] for name in ranked[:_MOST_CATEGORIES]}}
    rest: Counter[str] = sum((found[name] for name in ranked[_MOST_CATEGORIES:]), Counter())
    if rest:
        kept[_OTHERS] = rest
    if sum(map(len, kept.values())) > _MOST_COUNTS:
        raise UserError("Ce fichier couvre trop de communes : gardez celles de votre région, puis recommencez.")
    return {name: dict(counts) for name, counts in kept.items()}


def _everything_first(item: tuple[str, int]) -> tuple[bool, int, str]:
    return item[0] != EVERYTHING, -item[1], item[0]
