"""Synthèse annuelle: one line a figure, twelve months, the year by the rule of the figure, target, year before."""

from functools import partial
from typing import Any

from boutique.core.french import MONTHS
from boutique.exports.excel import charts
from boutique.exports.excel.annual_rows import AnnualData, YearRow
from boutique.exports.excel.area import Area
from boutique.exports.excel.book import Book
from boutique.exports.excel.cells import Format, Formatted, Formula, figure
from boutique.exports.excel.columns import Column

TITLE = "Synthèse annuelle"
LEGEND = (
    "Un indicateur par ligne, un mois par colonne. « Règle » dit comment l’année se calcule : somme des mois pour les "
    "actes, compte distinct pour les personnes."
)
_CHARTED = 3
_SIZE = (24, 8)
_TOTAL, _TARGET = "Total annuel", "Objectif"


def write(book: Book, data: AnnualData) -> None:
    """The table, then the charts of its first lines."""
    columns = _columns({id(row): rank for rank, row in enumerate(data.indicators, 2)})
    area = book.table(TITLE, columns, data.indicators)
    sheet = book.sheets[-1].made
    shown = [(rank, row) for rank, row in enumerate(data.indicators, 2) if not row.percent][:_CHARTED]
    for place, (rank, row) in enumerate(shown):
        chart = charts.bars(row.label, _months(area, 1), [(str(data.year), _months(area, rank))], size=_SIZE)
        sheet.add_chart(chart, f"A{area.last + 3 + place * 17}")
    sheet.page_setup.fitToHeight = 0
    book.sheets[-1].break_before(())


def _months(area: Area, row: int) -> str:
    first, last = area.letters["Janvier"], area.letters["Décembre"]
    return f"'{area.sheet}'!${first}${row}:${last}${row}"


def _columns(ranks: dict[int, int]) -> tuple[Column[YearRow], ...]:
    return (
        Column("Indicateur", lambda row: row.label, 44),
        *(Column(name.capitalize(), partial(_month, rank), 10, Format.NUMBER) for rank, name in enumerate(MONTHS)),
        Column(_TOTAL, partial(_total, ranks), 12, Format.NUMBER),
        Column(_TARGET, lambda row: _shown(row, row.target), 12, Format.NUMBER),
        Column("Écart", partial(_gap, ranks), 10, Format.PERCENT),
        Column("N-1", lambda row: _shown(row, row.last_year), 12, Format.NUMBER),
        Column("Règle", lambda row: "somme des mois" if row.additive else "compte distinct", 15),
    )


def _month(rank: int, row: YearRow) -> Any:
    return _shown(row, row.months[rank])


def _shown(row: YearRow, value: float | None) -> Any:
    return figure(value, share=row.percent, format_=Format.SHARE)


def _total(ranks: dict[int, int], row: YearRow) -> Any:
    """A live sum for acts; what was counted again for the rest."""
    if not row.additive or row.total is None:
        return _shown(row, row.total)
    rank = ranks[id(row)]
    format_ = Format.NUMBER if float(row.total).is_integer() else Format.DECIMAL
    return Formatted(Formula(f"SUM(B{rank}:M{rank})", row.total), format_)


def _gap(ranks: dict[int, int], row: YearRow) -> Any:
    if not row.target or row.total is None:
        return None
    rank = ranks[id(row)]
    return Formula(f"(N{rank}-O{rank})/O{rank}", (row.total - row.target) / row.target)
