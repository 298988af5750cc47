"""A sheet of one table: its columns, what it lets recount, what it checks by itself."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic

from boutique.exports.excel.activity_rows import ActivityData
from boutique.exports.excel.area import Area
from boutique.exports.excel.book import Book
from boutique.exports.excel.columns import Column, R
from boutique.exports.excel.measures import Measure


@dataclass(frozen=True, slots=True)
class LiveCheck:
    """A measure of the sheet that must give zero."""

    label: str
    measure: Measure
    blocking: bool = False


def _no_checks(_data: Any) -> Sequence[LiveCheck]:
    return ()


@dataclass(frozen=True, slots=True)
class TableSheet(Generic[R]):
    """Title, legend, rows and columns of a sheet; `recounts` are named measures that indicators refer to."""

    title: str
    legend: str
    rows: Callable[[ActivityData], Sequence[R]]
    columns: tuple[Column[R], ...]
    recounts: Mapping[str, Measure] = field(default_factory=dict)
    checks: Callable[[ActivityData], Sequence[LiveCheck]] = _no_checks
    strong: Callable[[R], bool] | None = None

    def write(self, book: Book, data: ActivityData) -> Area:
        """Add the sheet to the book."""
        return book.table(self.title, self.columns, self.rows(data), strong=self.strong)
