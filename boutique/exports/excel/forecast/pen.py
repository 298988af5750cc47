"""Writes a sheet row by row and says where each cell landed, so that formulas can name it. For forecast sheets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from openpyxl.utils import get_column_letter, quote_sheetname

from boutique.exports.excel.book import Book
from boutique.exports.excel.cells import Format
from boutique.rules.forecast import Forecast
from boutique.rules.forecast_terms import Assumptions

MONTH = "mmm yyyy"
PERCENT = '0.##" %"'  # the rates of the product are numbers of percents: 3,5 and not 0,035
_FORMATS = {
    "money": Format.MONEY.value, "total-number": Format.MONEY.value, "input": Format.MONEY.value,
    "count": Format.COUNT.value, "date": Format.DATE.value,
}  # fmt: skip
Names = dict[str, str]  # « growth_2 » → 'Hypothèses'!$B$30
Written = tuple[Any, str] | tuple[Any, str, str]


@dataclass(frozen=True, slots=True)
class ForecastData:
    """One scenario of a project, by the reference of the file: no person's name."""

    structure: str
    author: str
    version: str
    generated_at: datetime
    reference: str
    scenario: str
    given: Assumptions
    made: Forecast


class Pen:
    """One sheet being written."""

    def __init__(self, book: Book, title: str, widths: Sequence[float]) -> None:
        self.sheet = book.sheet(title, widths, frozen=False)
        self.row = 0

    def line(self, *cells: Written) -> int:
        """Write (value, style) or (value, style, number format) cells; the number of the row."""
        self.row += 1
        self.sheet.row(
            [(cell[0], cell[1]) for cell in cells],
            [cell[2] if len(cell) == 3 else _FORMATS.get(cell[1], "General") for cell in cells],
        )
        return self.row

    def title(self, text: str, note: str = "") -> None:
        self.line((text, "title"))
        if note:
            self.line((note, "aside"))
        self.line()

    def heading(self, text: str) -> None:
        self.line()
        self.line((text, "heading"))

    def head(self, *titles: str) -> None:
        """Titles of columns, the first being words."""
        self.line(*((title, "head-number" if rank else "head") for rank, title in enumerate(titles)))

    def at(self, column: int, row: int | None = None) -> str:
        """Absolute reference of a cell of this sheet."""
        return f"{quote_sheetname(self.sheet.name)}!${letter(column)}${row or self.row}"

    def range(self, column: int, first: int, last: int) -> str:
        """Absolute reference of a piece of a column."""
        return f"{quote_sheetname(self.sheet.name)}!${letter(column)}${first}:${letter(column)}${last}"


def letter(column: int) -> str:
    return get_column_letter(column)
