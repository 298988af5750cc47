"""The activity workbook of a year: twelve months side by side, cohorts of businesses, territory.

To add a sheet: one module in `annual/` with its title, legend and `write`, and one line in SHEETS.
"""

from boutique.core.french import show_date
from boutique.exports.excel.annual import cohorts, territory, year
from boutique.exports.excel.annual_rows import AnnualData
from boutique.exports.excel.book import Book
from boutique.exports.excel.sheets import readme

SHEETS = (year, cohorts, territory)
_RULES: tuple[readme.Pair, ...] = (
    ("Somme des mois", "Actes, heures, euros : le total de l’année ajoute les mois"),
    ("Compte distinct", "Personnes, parts et délais : l’année est recomptée, elle n’est jamais la somme des mois"),
    ("Case vide", "Inconnu, à venir ou sans objet : jamais zéro"),
    ("masqué", "Effectif trop petit pour être montré, ou caché pour que l’on ne puisse pas le retrouver"),
)


def make(data: AnnualData) -> Book:
    """The workbook, to be written in one format or another."""
    title = f"Activité de l’année {data.year}"
    book = Book(title=title, author=data.structure, made_at=data.generated_at)
    defined: list[readme.Pair] = [(row.label, row.definition) for row in data.indicators if row.definition]
    sheets: list[readme.Pair] = [(sheet.TITLE, sheet.LEGEND) for sheet in SHEETS]
    readme.write(book, title, _facts(data),
                 [("Les feuilles", sheets), ("Les mots", _RULES), ("Les indicateurs", defined)])  # fmt: skip
    for sheet in SHEETS:
        sheet.write(book, data)
    return book


def _facts(data: AnnualData) -> list[readme.Pair]:
    return [
        ("Structure", data.structure),
        ("Période", f"Année {data.year}, du {show_date(data.start)} au {show_date(data.end)}"),
        ("Établi par", data.author),
        ("Le", readme.moment(data.generated_at)),
        ("Logiciel", f"Boutique {data.version}"),
        *data.filters,
        ("Secret statistique", f"Effectifs de moins de {data.threshold} personnes non montrés par commune"),
        ("Identité", "Aucun nom et aucun dossier dans ce classeur : des nombres seulement"),
    ]
