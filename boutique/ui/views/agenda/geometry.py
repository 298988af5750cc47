"""Where things stand in the grid of hours: pieces of appointments, lanes for those at the same time, pixels."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Generic, TypeVar

from PySide6.QtCore import QPointF, QRectF

DAY = 24 * 60
QUARTER, HALF = 15, 30
_FIRST_HOUR, _LAST_HOUR = 7, 20
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Piece(Generic[T]):
    """What something takes of one day, in minutes of the wall clock."""

    item: T
    day: int
    start: int
    end: int
    lane: int = 0
    lanes: int = 1


def minute_of(moment: datetime) -> int:
    """The minute of the day that the wall clock shows."""
    return moment.hour * 60 + moment.minute


def pieces(item: T, starts_at: datetime, ends_at: datetime, first: date, days: int) -> list[Piece[T]]:
    """One piece for each day it touches; never shorter than nothing, even in the hour that comes twice."""
    made = []
    for number in range(days):
        day = first + timedelta(number)
        if starts_at.date() <= day <= ends_at.date():
            start = minute_of(starts_at) if starts_at.date() == day else 0
            end = minute_of(ends_at) if ends_at.date() == day else DAY
            if end > start or starts_at.date() == ends_at.date():
                made.append(Piece(item, number, start, max(end, start + 1)))
    return made


def in_lanes(found: Iterable[Piece[T]], shortest: int = QUARTER) -> list[Piece[T]]:
    """Those that share a moment stand side by side, as narrow as their group needs, in the order they begin."""
    made: list[Piece[T]] = []
    group: list[Piece[T]] = []
    ends: list[int] = []
    for piece in sorted(found, key=_order):
        if group and (piece.day != group[0].day or piece.start >= max(ends)):
            made += _closed(group, len(ends))
            group, ends = [], []
        lane = next((n for n, end in enumerate(ends) if end <= piece.start), len(ends))
        end = max(piece.end, piece.start + shortest)
        ends[lane : lane + 1] = [end]
        group.append(Piece(piece.item, piece.day, piece.start, piece.end, lane))
    return made + _closed(group, len(ends))


def _order(piece: Piece[T]) -> tuple[int, int, int]:
    return piece.day, piece.start, -piece.end


def _closed(group: Sequence[Piece[T]], lanes: int) -> list[Piece[T]]:
    return [Piece(one.item, one.day, one.start, one.end, one.lane, lanes) for one in group]


def hours_shown(starts: Iterable[int], ends: Iterable[int]) -> tuple[int, int]:
    """From seven to twenty, more when something stands outside."""
    first = min((start // 60 for start in starts), default=_FIRST_HOUR)
    last = max((-(-end // 60) for end in ends), default=_LAST_HOUR)
    return min(first, _FIRST_HOUR), max(last, _LAST_HOUR)


@dataclass(frozen=True, slots=True)
class Frame:
    """The grid in pixels: a gutter for the hours, then equal columns."""

    days: int
    first_hour: int
    last_hour: int
    width: float
    gutter: float
    hour: float

    @property
    def height(self) -> float:
        return (self.last_hour - self.first_hour) * self.hour

    @property
    def column(self) -> float:
        return max(1.0, (self.width - self.gutter) / self.days)

    def left(self, day: int) -> float:
        return self.gutter + self.column * day

    def top(self, minute: int) -> float:
        return (minute - self.first_hour * 60) * self.hour / 60

    def band(self, day: int, start: int, end: int) -> QRectF:
        """The whole width of a day between two minutes."""
        top = self.top(start)
        return QRectF(self.left(day), top, self.column, self.top(end) - top)

    def box(self, piece: Piece[T], lowest: float) -> QRectF:
        """Where a piece is drawn, among its lanes; tall enough to be read and pressed."""
        whole = self.band(piece.day, piece.start, piece.end)
        width = (whole.width() - 5) / piece.lanes
        return QRectF(whole.x() + 2 + width * piece.lane, whole.y() + 1, width - 2, max(lowest, whole.height() - 2))

    def at(self, point: QPointF, step: int = QUARTER) -> tuple[int, int]:
        """(day, minute) under a point, on the step before it; the nearest when it is outside."""
        day = int((point.x() - self.gutter) // self.column)
        minute = self.first_hour * 60 + int(point.y() / self.hour * 60 // step) * step
        bounded = min(max(self.first_hour * 60, minute), self.last_hour * 60 - step)
        return min(max(0, day), self.days - 1), bounded
