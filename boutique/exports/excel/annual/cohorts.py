"""Cohortes: the businesses registered in a year, and how many were active 12, 24 and 36 months later."""

from boutique.exports.excel.annual_rows import AnnualData, CohortRow
from boutique.exports.excel.book import Book
from boutique.exports.excel.cells import Format
from boutique.exports.excel.columns import Column
from boutique.exports.excel.measures import added

TITLE = "Cohortes"
LEGEND = (
    "Entreprises immatriculées par année, et actives (ou transformées) d’après le suivi fait 12, 24 et 36 mois après. "
    "Une entreprise injoignable n’est pas comptée active : elle est à part. Case vide : échéance pas "
    "encore passée pour toutes. Repère Insee, hors micro-entrepreneurs, génération 2018 : 82 % à trois ans."
)
_COLUMNS: tuple[Column[CohortRow], ...] = (
    Column("Année de création", lambda row: str(row.year), 14),
    Column("Créations", lambda row: row.creations, 10, Format.COUNT, total=added()),
    Column("Actives à 12 mois", lambda row: row.active_12, 12, Format.COUNT),
    Column("Taux 12 mois", lambda row: _rate(row.active_12, row), 10, Format.PERCENT),
    Column("Actives à 24 mois", lambda row: row.active_24, 12, Format.COUNT),
    Column("Actives à 36 mois", lambda row: row.active_36, 12, Format.COUNT),
    Column("Taux 36 mois", lambda row: _rate(row.active_36, row), 10, Format.PERCENT),
    Column("Injoignables à 12 mois", lambda row: row.unreachable_12, 14, Format.COUNT),
)


def write(book: Book, data: AnnualData) -> None:
    """The table."""
    book.table(TITLE, _COLUMNS, data.cohorts)


def _rate(active: int | None, row: CohortRow) -> float | None:
    return active / row.creations if active is not None and row.creations else None
