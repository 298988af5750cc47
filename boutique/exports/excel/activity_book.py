"""The activity workbook of a period.

To add a sheet: one module in `sheets/` with its `SHEET`, and one line in SHEETS.
"""

from typing import Any

from boutique.core.french import show_date
from boutique.exports.excel.activity_rows import ActivityData
from boutique.exports.excel.book import Book
from boutique.exports.excel.sheet_xml import Told
from boutique.exports.excel.sheets import (
    checks,
    corrections,
    creations,
    follow_ups,
    interviews,
    journeys,
    meetings,
    new_holders,
    outreach,
    partner_stats,
    pictures,
    profile,
    readme,
    referrals,
    summary,
    visits,
    workshops,
)
from boutique.exports.excel.sheets.table_sheet import TableSheet

SHEETS: tuple[TableSheet[Any], ...] = (
    summary.SHEET,
    interviews.SHEET,
    new_holders.SHEET,
    workshops.SHEET,
    outreach.SHEET,
    referrals.SHEET,
    journeys.SHEET,
    creations.SHEET,
    follow_ups.SHEET,
    profile.SHEET,
    meetings.SHEET,
    visits.SHEET,
    partner_stats.SHEET,
    corrections.SHEET,
)

_PSEUDONYMS = "Aucun nom dans ce classeur : les dossiers y figurent par leur référence"
_NOMINATIVE = (
    "Classeur nominatif : à ne transmettre qu’aux personnes habilitées, à effacer après usage. Cet export est noté au "
    "journal des accès."
)
_WORDS: tuple[readme.Pair, ...] = (
    ("Référence", "Pseudonyme du dossier, le même dans tous les documents"),
    ("Case vide", "Réponse inconnue ou sans objet : jamais « non »"),
    ("oui / non / à vérifier", "« À vérifier » n’est jamais compté comme un non"),
    ("masqué", "Effectif trop petit pour être montré, ou caché pour que l’on ne puisse pas le retrouver"),
    ("OK, À regarder, À revoir", "Contrôle juste ; dossiers à compléter ; chiffre à corriger avant tout envoi"),
)


def render(data: ActivityData, told: Told | None = None) -> bytes:
    """The workbook as .xlsx bytes. `told` learns how many rows are written, and may raise to give up."""
    return make(data).to_bytes(told)


def make(data: ActivityData) -> Book:
    """The workbook, to be written in one format or another."""
    book = Book(title=f"Activité — {data.period}", author=data.structure, made_at=data.generated_at)
    readme.write(book, f"Activité — {data.period}", _facts(data), _parts(data))
    written = [(sheet, sheet.write(book, data)) for sheet in _wanted(data)]
    pictures.write(book, data, next(area for sheet, area in written if sheet is profile.SHEET))
    checks.write(book, data, written)
    return book


def _wanted(data: ActivityData) -> list[TableSheet[Any]]:
    return [sheet for sheet in SHEETS if not sheet.extra or sheet.rows(data)]


def controls(data: ActivityData) -> list[checks.Line]:
    """What the sheet « Contrôles » would say, without making the file."""
    book = Book(title="", author="", made_at=data.generated_at)
    return checks.controls(data, [(sheet, sheet.write(book, data)) for sheet in _wanted(data)])


def _facts(data: ActivityData) -> list[readme.Pair]:
    return [
        *([("Attention", _NOMINATIVE), ("Motif", data.reason)] if data.names is not None else []),
        ("Structure", data.structure),
        ("Période", f"{data.period}, du {show_date(data.start)} au {show_date(data.end)}"),
        ("Établi par", data.author),
        ("Le", readme.moment(data.generated_at)),
        ("Logiciel", f"Boutique {data.version}"),
        *data.filters,
        ("Personnes reçues", data.people),
        *([("Commentaire du mois", data.comment)] if data.comment else []),
        (
            "Secret statistique",
            f"Effectifs de moins de {data.threshold} personnes non montrés dans le profil du public",
        ),
        *([("Identité", _PSEUDONYMS)] if data.names is None else []),
    ]


def _parts(data: ActivityData) -> list[tuple[str, list[readme.Pair]]]:
    sheets: list[readme.Pair] = [(sheet.title, sheet.legend) for sheet in _wanted(data)]
    defined: list[readme.Pair] = [(row.label, row.definition) for row in data.indicators if row.definition]
    others: list[readme.Pair] = [(pictures.TITLE, pictures.LEGEND), (checks.TITLE, checks.LEGEND)]
    return [("Les feuilles", [*sheets, *others]), ("Les mots", list(_WORDS)), ("Les indicateurs", defined)]
