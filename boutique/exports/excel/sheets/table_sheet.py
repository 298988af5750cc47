"""A sheet of one table: its columns, what it lets recount, what it checks by itself."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Generic

from boutique.exports.excel.activity_rows import ActivityData
from boutique.exports.excel.area import Area
from boutique.exports.excel.book import Book
from boutique.exports.excel.columns import Column, R
from boutique.exports.excel.measures import Measure

_NAME_WIDTH = 24


@dataclass(frozen=True, slots=True)
class LiveCheck:
    """A measure of the sheet that must give zero; the references of the lines that it counts, where they have one."""

    label: str
    measure: Measure
    blocking: bool = False
    references: tuple[str, ...] = ()


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
    extra: bool = False  # left out when there is nothing to say
    breaks: Callable[[Sequence[R]], Iterable[int]] | None = None  # ranks of the rows that begin a printed page

    def write(self, book: Book, data: ActivityData) -> Area:
        """Add the sheet to the book."""
        rows = self.rows(data)
        breaks = self.breaks(rows) if self.breaks else ()
        return book.table(self.title, self._shown(data), rows, strong=self.strong, breaks=breaks)

    def _shown(self, data: ActivityData) -> tuple[Column[R], ...]:
        """In the variant with names, whose file each reference is."""
        at = next((rank for rank, column in enumerate(self.columns, 1) if column.title == "Référence"), 0)
        if data.names is None or not at:
            return self.columns
        return (*self.columns[:at], Column("Nom", partial(_name, data.names), _NAME_WIDTH), *self.columns[at:])


def _name(names: Mapping[str, str], row: Any) -> str:
    return names.get(row.reference, "")
