"""Computing of a diagnosis: axis marks, red axes, strengths, points to work on, places on the radar. Pure."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from boutique.rules.lists import Axis, Criterion, Grid

LOWEST, HIGHEST = 1, 5
_WEAK, _SOLID = Fraction(5, 2), Fraction(7, 2)
_STRENGTH, _POINT = 4, 2


class State(Enum):
    """How an axis stands, in the word that is shown."""

    BLOCKED = "bloquant"
    INCOMPLETE = "incomplet"
    WEAK = "à travailler"
    BUILDING = "en construction"
    SOLID = "solide"


@dataclass(frozen=True, slots=True)
class AxisMark:
    """One axis: `mean` is None while less than half of its criteria are marked and nothing was estimated."""

    code: str
    label: str
    marked: int
    total: int
    mean: Fraction | None
    blocking: tuple[str, ...] = ()  # criteria at their blocking level
    estimated: bool = False

    @property
    def mark(self) -> Decimal | None:
        """To one decimal, as it is shown."""
        return None if self.mean is None else _rounded(self.mean, 10)

    @property
    def half(self) -> Decimal | None:
        """To the nearest half, as the radar draws it."""
        return None if self.mean is None else _rounded(self.mean, 2)

    @property
    def level(self) -> int | None:
        """To the nearest level, as the rules read it."""
        return None if self.mean is None else int(_rounded(self.mean, 1))

    @property
    def state(self) -> State:
        if self.blocking:
            return State.BLOCKED
        if self.mean is None:
            return State.INCOMPLETE
        if self.mean < _WEAK:
            return State.WEAK
        return State.SOLID if self.mean >= _SOLID else State.BUILDING


@dataclass(frozen=True, slots=True)
class Note:
    """A criterion that was marked; `wording` is that of its level."""

    axis: str
    criterion: Criterion
    level: int
    blocking: bool

    @property
    def wording(self) -> str:
        return self.criterion.levels[self.level - 1]

    @property
    def aim(self) -> str:
        """What to do about it: the level just above, in its own words."""
        now, then = self.wording, self.criterion.levels[min(self.level, HIGHEST - 1)]
        return f"{self.criterion.label} : viser « {then} » (aujourd’hui « {now} »)"


def criteria(grid: Grid) -> dict[str, Criterion]:
    """Every criterion of a grid by its code."""
    return {criterion.code: criterion for axis in grid.axes for criterion in axis.criteria}


def valid(level: object) -> bool:
    """True for a level that exists; a base written by hand may hold anything."""
    return type(level) is int and LOWEST <= level <= HIGHEST


def evaluate(
    grid: Grid, levels: Mapping[str, int | None], estimates: Mapping[str, int | None] | None = None
) -> tuple[AxisMark, ...]:
    """Every axis of a grid; `estimates` speak for the axes of which no criterion is marked."""
    return tuple(_axis(axis, levels, (estimates or {}).get(axis.code)) for axis in grid.axes)


def _axis(axis: Axis, levels: Mapping[str, int | None], estimate: int | None) -> AxisMark:
    known = [(criterion, level) for criterion in axis.criteria if (level := _level(levels, criterion)) is not None]
    total = len(axis.criteria)
    if not known:
        mean = Fraction(estimate) if estimate is not None and valid(estimate) else None
        return AxisMark(axis.code, axis.label, 0, total, mean, estimated=mean is not None)
    weights = sum(criterion.weight for criterion, _ in known)
    mean = Fraction(sum(criterion.weight * level for criterion, level in known), weights)
    enough = 2 * len(known) >= total
    blocking = tuple(criterion.label for criterion, level in known if blocks(criterion, level))
    return AxisMark(axis.code, axis.label, len(known), total, mean if enough else None, blocking)


def blocks(criterion: Criterion, level: int) -> bool:
    """Whether a criterion at this level turns its axis red."""
    return criterion.blocking_level is not None and level <= criterion.blocking_level


def notes(grid: Grid, levels: Mapping[str, int | None]) -> tuple[Note, ...]:
    """The criteria that are marked, in the order of the grid."""
    return tuple(_notes(grid, levels))


def _notes(grid: Grid, levels: Mapping[str, int | None]) -> Iterator[Note]:
    for axis in grid.axes:
        for criterion in axis.criteria:
            level = _level(levels, criterion)
            if level is not None:
                yield Note(axis.label, criterion, level, blocks(criterion, level))


def strengths(marked: tuple[Note, ...]) -> tuple[Note, ...]:
    """What the project can lean on, the strongest and weightiest first."""
    found = [note for note in marked if note.level >= _STRENGTH]
    return tuple(sorted(found, key=lambda note: (-note.level, -note.criterion.weight)))


def points(marked: tuple[Note, ...]) -> tuple[Note, ...]:
    """What is to be worked on: what blocks first, then the weakest and weightiest."""
    found = [note for note in marked if note.blocking or note.level <= _POINT]
    return tuple(sorted(found, key=lambda note: (not note.blocking, note.level, -note.criterion.weight)))


def change(before: AxisMark | None, after: AxisMark) -> Decimal | None:
    """By how much a mark as shown has moved; None when one of the two is not known."""
    earlier = None if before is None else before.mark
    return None if earlier is None or after.mark is None else after.mark - earlier


def corner(rank: int, count: int, value: float) -> tuple[float, float]:
    """Where a mark (0 to 5) stands on a radar of radius 1: first axis upwards, then clockwise; y goes down."""
    angle = 2 * math.pi * rank / count
    return value / HIGHEST * math.sin(angle), -value / HIGHEST * math.cos(angle)


def _level(levels: Mapping[str, int | None], criterion: Criterion) -> int | None:
    level = levels.get(criterion.code)
    return level if valid(level) else None


def _rounded(exact: Fraction, parts: int) -> Decimal:
    """To the nearest part of a unit; halfway goes up."""
    return Decimal(math.floor(exact * parts + Fraction(1, 2))) / parts
