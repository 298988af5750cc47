"""A sheet of one table: its columns, what it lets recount, what it checks by itself."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic

from boutique.exports.excel.activity_rows import ActivityData
from boutique.exports.excel.book import Area, Book
from boutique.exports.excel.columns import Column, R


@dataclass(frozen=True, slots=True)
class LiveCheck:
    """A formula that must give zero; [Column title] stands for the data of a column."""

    label: str
    formula: str
    blocking: bool = False


def _no_checks(_data: Any) -> Sequence[LiveCheck]:
    return ()


@dataclass(frozen=True, slots=True)
class TableSheet(Generic[R]):
    """Title, legend, rows and columns of a sheet; `recounts` are named formulas that indicators refer to."""

    title: str
    legend: str
    rows: Callable[[ActivityData], Sequence[R]]
    columns: tuple[Column[R], ...]
    recounts: Mapping[str, str] = field(default_factory=dict)
    checks: Callable[[ActivityData], Sequence[LiveCheck]] = _no_checks
    strong: Callable[[R], bool] | None = None

    def write(self, book: Book, data: ActivityData) -> Area:
        """Add the sheet to the book."""
        return book.table(self.title, self.columns, self.rows(data), strong=self.strong)


def outside_period(data: ActivityData, column: str) -> str:
    """Formula: dates of a column that are not in the period."""
    first, last = (f"DATE({day.year},{day.month},{day.day})" for day in (data.start, data.end))
    return f'COUNT([{column}])-COUNTIFS([{column}],">="&{first},[{column}],"<="&{last})'
