"""Synthèse: one line an indicator. Persons are distinct counts made by the application, never sums of months."""

from typing import Any

from boutique.exports.excel.activity_rows import ActivityData, IndicatorRow
from boutique.exports.excel.cells import Format, figure
from boutique.exports.excel.columns import Column
from boutique.exports.excel.sheets.table_sheet import TableSheet


def _figure(row: IndicatorRow, value: float | None) -> Any:
    return figure(value, share=row.percent)


def _ratio(part: float | None, whole: float | None) -> float | None:
    return part / whole if part is not None and whole else None


def _gap(row: IndicatorRow) -> float | None:
    return None if row.month is None else _ratio(row.month - (row.last_year or 0), row.last_year)


def _rows(data: ActivityData) -> tuple[IndicatorRow, ...]:
    words = (IndicatorRow("Le mois en quelques mots", "", None, comment=data.comment),) if data.comment else ()
    return data.indicators + words


SHEET = TableSheet(
    "Synthèse",
    "Un indicateur par ligne. Les personnes sont des comptes distincts : elles ne s’additionnent pas d’un mois à "
    "l’autre. La part QPV se calcule sur les adresses qualifiées (oui ou non), sans les adresses à vérifier.",
    _rows,
    (
        Column("Indicateur", lambda row: row.label, 44),
        Column("Code", lambda row: row.code, 16),
        Column("Mois", lambda row: _figure(row, row.month), 10, Format.NUMBER),
        Column("Mois précédent", lambda row: _figure(row, row.previous), 12, Format.NUMBER),
        Column("Cumul année", lambda row: _figure(row, row.year_to_date), 12, Format.NUMBER),
        Column("Objectif annuel", lambda row: _figure(row, row.target), 14, Format.NUMBER),
        Column("Taux d'avancement", lambda row: _ratio(row.year_to_date, row.target), 14, Format.PERCENT),
        Column("Dont femmes", lambda row: row.women, 12, Format.NUMBER),
        Column("Dont QPV", lambda row: row.qpv, 12, Format.NUMBER),
        Column("Adresses qualifiées", lambda row: row.qualified_addresses, 14, Format.NUMBER),
        Column("Part QPV", lambda row: _ratio(row.qpv, row.qualified_addresses), 10, Format.SHARE),
        Column("Écart vs N-1", _gap, 12, Format.PERCENT),
        Column("Commentaire du mois", lambda row: row.comment, 40),
    ),
)
