"""A column is one object: title, value, width, format, total. Adding one is adding one line."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from boutique.exports.excel.cells import Format
from boutique.exports.excel.measures import Measure

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """`total` is a measure of the column itself: `added() / 60`."""

    title: str
    get: Callable[[R], Any]
    width: float
    format: Format = Format.TEXT
    total: Measure | None = None
    total_format: str = ""
    wrap: bool = False

    @property
    def is_text(self) -> bool:
        """Read from the left, as words and dates are."""
        return self.format in (Format.TEXT, Format.DATE, Format.TIME)


def initials(name: str) -> str:
    """« NB » of « Nadia B. »: who works here is told by letters in a workbook."""
    return "".join(word[0] for word in name.split()).upper()
