"""The activity workbook of a period.

To add a sheet: one module in `sheets/` with its `SHEET`, and one line in SHEETS.
"""

from typing import Any

from boutique.core.french import show_date
from boutique.exports.excel.activity_rows import ActivityData
from boutique.exports.excel.book import Book
from boutique.exports.excel.sheets import checks, interviews, new_holders, profile, readme, referrals, summary
from boutique.exports.excel.sheets.table_sheet import TableSheet

SHEETS: tuple[TableSheet[Any], ...] = (
    summary.SHEET,
    interviews.SHEET,
    new_holders.SHEET,
    referrals.SHEET,
    profile.SHEET,
)


def render(data: ActivityData) -> bytes:
    """The workbook as .xlsx bytes."""
    book = Book(title=f"Activité de {data.period}", author=data.structure, made_at=data.generated_at)
    readme.write(book, f"Activité — {data.period}", _facts(data), _parts(data))
    written = [(sheet, sheet.write(book, data)) for sheet in SHEETS]
    checks.write(book, data, written)
    return book.to_bytes()


def _facts(data: ActivityData) -> list[readme.Pair]:
    return [
        ("Structure", data.structure),
        ("Période", f"{data.period}, du {show_date(data.start)} au {show_date(data.end)}"),
        ("Établi par", data.author),
        ("Le", readme.moment(data.generated_at)),
        ("Logiciel", f"Boutique {data.version}"),
        *data.filters,
        ("Personnes reçues", data.people),
        (
            "Secret statistique",
            f"Effectifs de moins de {data.threshold} personnes non montrés dans le profil du public",
        ),
        ("Identité", "Aucun nom dans ce classeur : les dossiers y figurent par leur référence"),
    ]


def _parts(data: ActivityData) -> list[tuple[str, list[readme.Pair]]]:
    sheets: list[readme.Pair] = [(sheet.title, sheet.legend) for sheet in SHEETS]
    defined: list[readme.Pair] = [(row.label, row.definition) for row in data.indicators if row.definition]
    return [("Les feuilles", [*sheets, (checks.TITLE, checks.LEGEND)]), ("Les indicateurs", defined)]
