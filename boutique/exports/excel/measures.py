"""Figures that a spreadsheet computes again from a table: each knows its formula and what it gives.

The value is written beside the formula, so that a previewer, an .ods reader or a .csv file show it too.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

THIS = "this"  # the column that a total stands under
Columns = Mapping[str, Sequence[Any]]  # title → cells, None where empty


@dataclass(frozen=True, slots=True)
class Measure:
    """`formula` has [Title] for the data of a column; `value` finds the same in the cells."""

    formula: str
    value: Callable[[Columns], Any]

    def __sub__(self, other: "Measure") -> "Measure":
        return Measure(f"{self.formula}-{other.formula}", lambda cells: self.value(cells) - other.value(cells))

    def __truediv__(self, divisor: float) -> "Measure":
        return Measure(f"{self.formula}/{divisor:g}", lambda cells: self.value(cells) / divisor)


def added(title: str = THIS) -> Measure:
    """Sum of the numbers of a column."""
    return Measure(f"SUM([{title}])", lambda cells: sum(_numbers(cells[title])))


def mean(title: str = THIS) -> Measure:
    """Average of the numbers of a column, nothing when there is none."""

    def value(cells: Columns) -> float | None:
        known = _numbers(cells[title])
        return sum(known) / len(known) if known else None

    return Measure(f'IF(COUNT([{title}])=0,"",AVERAGE([{title}]))', value)


def middle(title: str = THIS) -> Measure:
    """Median of the numbers of a column, nothing when there is none."""

    def value(cells: Columns) -> float | None:
        known = _numbers(cells[title])
        return median(known) if known else None

    return Measure(f'IF(COUNT([{title}])=0,"",MEDIAN([{title}]))', value)


def filled(title: str = THIS) -> Measure:
    """Number of cells that are not empty."""
    return Measure(f"COUNTA([{title}])", lambda cells: sum(cell is not None for cell in cells[title]))


def numbers(title: str = THIS) -> Measure:
    """Number of cells that hold a number or a date."""
    return Measure(f"COUNT([{title}])", lambda cells: sum(_is_number(cell) for cell in cells[title]))


def equal(text: str, title: str = THIS) -> Measure:
    """Number of cells that say exactly this."""
    return Measure(f'COUNTIF([{title}],"{text}")', lambda cells: sum(cell == text for cell in cells[title]))


def over(limit: float, title: str) -> Measure:
    """Number of cells above a number."""
    return Measure(
        f'COUNTIF([{title}],">{limit:g}")', lambda cells: sum(number > limit for number in _numbers(cells[title]))
    )


def equal_and_positive(text: str, title: str, amount: str) -> Measure:
    """Number of lines that say this and whose amount is above zero."""
    return Measure(
        f'COUNTIFS([{title}],"{text}",[{amount}],">0")',
        lambda cells: sum(
            said == text and _is_number(number) and number > 0
            for said, number in zip(cells[title], cells[amount], strict=True)
        ),
    )


def exceeding(title: str, limit: str) -> Measure:
    """Number of lines whose amount is above that of another column."""
    return Measure(
        f"SUMPRODUCT(([{title}]>[{limit}])*1)",
        lambda cells: sum((amount or 0) > (most or 0) for amount, most in zip(cells[title], cells[limit], strict=True)),
    )


def ratio(part: Measure, whole: Measure) -> Measure:
    """Part of a whole; 0 without a whole."""

    def value(cells: Columns) -> float:
        divisor = whole.value(cells)
        return part.value(cells) / divisor if divisor else 0

    return Measure(f"IF({whole.formula}=0,0,{part.formula}/{whole.formula})", value)


def outside(first: date, last: date, title: str) -> Measure:
    """Number of dates of a column that are not between two days."""
    start, end = (f"DATE({day.year},{day.month},{day.day})" for day in (first, last))
    return Measure(
        f'COUNT([{title}])-COUNTIFS([{title}],">="&{start},[{title}],"<="&{end})',
        lambda cells: sum(isinstance(cell, date) and not first <= cell <= last for cell in cells[title]),
    )


def repeated(title: str) -> Measure:
    """Number of cells that say what another one already said."""
    return Measure(
        f'ROUND(COUNTA([{title}])-SUMPRODUCT(([{title}]<>"")/COUNTIF([{title}],[{title}]&"")),0)',
        lambda cells: len(_told(cells[title])) - len(set(_told(cells[title]))),
    )


def difference(found: Measure, told: float) -> Measure:
    """How far a measure is from a number known otherwise."""
    return Measure(f"ABS({found.formula}-{told:g})", lambda cells: abs(found.value(cells) - told))


def _told(cells: Sequence[Any]) -> list[Any]:
    return [cell for cell in cells if cell is not None]


def _is_number(cell: Any) -> bool:
    return isinstance(cell, int | float | date)


def _numbers(cells: Sequence[Any]) -> list[float]:
    return [cell for cell in cells if isinstance(cell, int | float)]
