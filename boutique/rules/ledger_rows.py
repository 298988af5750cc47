"""What happened, by columns of whole numbers. The ledger counts on them; the reading of the base fills them.

Days are numbers like 20261120; people and files are row numbers, 0 being nobody.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial, reduce
from itertools import compress
from operator import and_
from typing import Any

from boutique.rules.figure_rules import Kind
from boutique.rules.period import Period

NO_AMOUNT = -1  # an event whose amount is not known: a delay without a beginning
Column = Sequence[int]


@dataclass
class Rows:
    """The events of one kind in the order of their days, a column for each thing that is known of all of them.

    A column may be given as what makes it: most figures never ask for most columns. `here` is 1 for those of the
    scope, None when all are; `until` is the day after which a lasting event no longer counts.
    """

    days: Column = ()
    given: Mapping[str, Column | Callable[[], Column]] = field(default_factory=dict)
    here: bytes | None = None
    until: Column | None = None
    _made: dict[str, Column] = field(default_factory=dict)

    def column(self, name: str) -> Column:
        """One of `ids`, `people`, `cases` and `amounts`."""
        if name not in self._made:
            given = self.given[name]
            self._made[name] = given() if callable(given) else given
        return self._made[name]

    @property
    def ids(self) -> Column:
        return self.column("ids")

    @property
    def people(self) -> Column:
        return self.column("people")

    @property
    def cases(self) -> Column:
        return self.column("cases")

    @property
    def amounts(self) -> Column:
        return self.column("amounts")

    def part(self, flags: bytes) -> "Rows":
        """The rows that are flagged."""
        kept = {name: partial(self._kept, name, flags) for name in self.given}
        return Rows(array("i", compress(self.days, flags)), kept)

    def having(self, **others: Callable[[], Column]) -> "Rows":
        """The same rows, some of whose columns are other ones."""
        same: dict[str, Callable[[], Column]] = {name: partial(self.column, name) for name in self.given}
        return Rows(self.days, same | others)

    def _kept(self, name: str, flags: bytes) -> Column:
        return array("i", compress(self.column(name), flags))

    def since(self, day: date) -> int:
        """Where the events of a day and later begin."""
        return bisect_left(self.days, number(day))

    def after(self, day: date) -> int:
        """Where the events of the days after one begin."""
        return bisect_right(self.days, number(day))


@dataclass(frozen=True, slots=True)
class Line:
    """One line behind a figure: an event, by its place among those of its kind."""

    kind: Kind
    at: int


@dataclass(frozen=True, slots=True)
class Fraction:
    """The two counts of a share."""

    part: float
    whole: float

    @property
    def value(self) -> float | None:
        return self.part / self.whole if self.whole else None


@dataclass(frozen=True, slots=True)
class Picked:
    """Events of one kind that a figure counts: those of `flags` from `first` on; all of them when there are none."""

    kind: Kind
    rows: Rows
    first: int
    last: int
    flags: bytes | None = None

    def read(self, column: Sequence[Any]) -> Iterable[Any]:
        part = column[self.first : self.last]
        return part if self.flags is None else compress(part, self.flags)

    @property
    def places(self) -> Iterable[int]:
        whole = range(self.first, self.last)
        return whole if self.flags is None else compress(whole, self.flags)

    def __len__(self) -> int:
        return self.last - self.first if self.flags is None else self.flags.count(1)

    def only(self, wanted: bytes | None) -> "Picked":
        """Those that are wanted too; both say 0 or 1."""
        if wanted is None:
            return self
        flags = wanted if self.flags is None else both(self.flags, wanted)
        return Picked(self.kind, self.rows, self.first, self.last, flags)

    @property
    def nameless(self) -> Iterator[int]:
        """The places of the events of nobody known."""
        return (at for at, person in zip(self.places, self.read(self.rows.people), strict=True) if not person)


def pick(kind: Kind, rows: Rows, span: Period, *, lasting: bool, lasts_until: date) -> Picked:
    """The events of a period in the scope; lasting ones: those begun by a day that are not over at the end of it."""
    last = rows.after(lasts_until if lasting else span.end)
    found = Picked(kind, rows, 0 if lasting else min(rows.since(span.start), last), last)
    if rows.here is not None:
        found = found.only(rows.here[found.first : last])
    if rows.until is not None:
        found = found.only(bytes(map(number(span.end).__lt__, rows.until[found.first : last])))
    return found


def latest_only(picked: Collection[Picked]) -> list[Picked]:
    """Only the latest event of each person; of one kind, which is what a sum of people is made of."""
    found = []
    for one in picked:
        latest = set(dict(zip(one.read(one.rows.people), one.places, strict=True)).values())
        found.append(one.only(bytes(at in latest for at in range(one.first, one.last))))
    return found


def number(day: date) -> int:
    """20261120 for the 20th of November 2026."""
    return day.year * 10_000 + day.month * 100 + day.day


def day_of(numbered: int) -> date:
    """The date that such a number is."""
    return date(numbered // 10_000, numbered // 100 % 100, numbered % 100)


def both(one: bytes, other: bytes) -> bytes:
    """Flagged by one and by the other."""
    return joined(and_, (one, other))


def joined(how: Callable[[int, int], int], parts: Sequence[bytes]) -> bytes:
    """Bit by bit, as one big number: a hundred times faster than byte after byte."""
    if len(parts) == 1:
        return parts[0]
    return reduce(how, (int.from_bytes(part, "little") for part in parts)).to_bytes(len(parts[0]), "little")


def flagged(columns: Iterable[Iterable[int]], size: int) -> int:
    """Whose numbers stand in these columns, as one big number of a byte each; nobody (0) is left out.

    Sets of people are joined, cut and counted like that without a look at each of them.
    """
    flags = bytearray(size)
    for column in columns:
        for who in column:
            flags[who] = 1
    flags[0] = 0
    return int.from_bytes(flags, "little")


def numbers(flags: int, size: int) -> Iterator[int]:
    """The numbers that are flagged."""
    return compress(range(size), flags.to_bytes(size, "little"))
