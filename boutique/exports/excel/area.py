"""Where a table landed in a workbook, and what stands in it: formulas and charts refer to it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.utils import quote_sheetname

from boutique.exports.excel.cells import Formatted, Formula, plain
from boutique.exports.excel.measures import THIS, Measure

_RANGE = re.compile(r"\[([^\[\]]+)\]")


@dataclass(frozen=True, slots=True)
class Area:
    """Sheet, header positions, first and last row of data, and the data."""

    sheet: str
    letters: dict[str, str]
    first: int
    last: int
    rows: tuple[Sequence[Any], ...] = ()

    def range(self, title: str, first: int = 0, last: int = 0) -> str:
        """Absolute reference to the data of one column, or to some of its rows."""
        letter = self.letters[title]
        return f"{quote_sheetname(self.sheet)}!${letter}${first or self.first}:${letter}${last or self.last}"

    def formula(self, measure: Measure, this: str = "") -> Formula:
        """A measure of this table, with its value; `this` is the column of a total."""
        cells = _Cells(self, this)
        return Formula(_RANGE.sub(lambda found: self.range(cells.name(found.group(1))), measure.formula),
                       measure.value(cells))  # fmt: skip

    def cells(self, title: str) -> list[Any]:
        """What stands in a column, as a spreadsheet reads it."""
        rank = list(self.letters).index(title)
        return [_content(row[rank]) if row else None for row in self.rows]


class _Cells(Mapping[str, Sequence[Any]]):
    """The columns of an area, read when a measure asks for them."""

    def __init__(self, area: Area, this: str) -> None:
        self._area, self._this = area, this

    def name(self, title: str) -> str:
        return self._this if title == THIS else title

    def __getitem__(self, title: str) -> list[Any]:
        return self._area.cells(self.name(title))

    def __iter__(self) -> Any:
        return iter(self._area.letters)

    def __len__(self) -> int:
        return len(self._area.letters)


def _content(value: Any) -> Any:
    if isinstance(value, Formatted):
        value = value.value
    return plain(value.value if isinstance(value, Formula) else value)
