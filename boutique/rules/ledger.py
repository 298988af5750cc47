"""What happened, by columns, and how every figure is counted, broken down and opened from it. Pure: no base.

A hundred thousand files must be counted in less than a second: columns of whole numbers, conditions settled once for
each different value, distinct people by sets. Days are numbers like 20261120, people and files row numbers (0: nobody).
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from itertools import compress
from operator import and_, or_
from statistics import median
from typing import Any

from boutique.core.conditions import Condition, Truth
from boutique.rules.criteria import Criteria, Group
from boutique.rules.figure_facts import UNSETTLED
from boutique.rules.figure_rules import CONTACTS, FACTS_OF, LASTING, NO_CRITERIA, Count, Kind, Rule
from boutique.rules.period import Period, same_day

_FALSE, _UNKNOWN, _TRUE = 0b00, 0b01, 0b11  # so that « and » and « or » of three values are those of bits
_CODES = {Truth.FALSE: _FALSE, Truth.UNKNOWN: _UNKNOWN, Truth.TRUE: _TRUE}
_OLDEST = 120
_SHARED = frozenset({"project", "accompaniment"})
_PLACES = frozenset({"act.site", "act.counsellor"})


@dataclass(slots=True)
class Rows:
    """The events of one kind in the order of their days. `here` is 1 for those of the scope, None when all are.

    `until` is the day after which a lasting one no longer counts.
    """

    days: Sequence[int] = ()
    ids: Sequence[int] = ()
    people: Sequence[int] = ()
    cases: Sequence[int] = ()
    amounts: Sequence[int] = ()
    here: bytes | None = None
    until: Sequence[int] | None = None


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


@dataclass(slots=True)
class _Picked:
    """Events of one kind that a figure counts: those of `flags` from `first` on; all of them when there are none."""

    kind: Kind
    rows: Rows
    first: int
    last: int
    flags: bytes | None

    def read(self, column: Sequence[Any]) -> Iterable[Any]:
        part = column[self.first : self.last]
        return part if self.flags is None else compress(part, self.flags)

    @property
    def places(self) -> Iterable[int]:
        whole = range(self.first, self.last)
        return whole if self.flags is None else compress(whole, self.flags)

    def __len__(self) -> int:
        return self.last - self.first if self.flags is None else sum(self.flags)

    def keep(self, wanted: bytes) -> None:
        """Only those that are wanted too; both say 0 or 1."""
        self.flags = wanted if self.flags is None else _both(self.flags, wanted)


@dataclass(slots=True)
class Ledger:
    """Counts figures. `rows` reads the events of a kind, `values` one fact of each of them; both are asked once.

    `of_people` reads a fact of everybody, by the number of the person: much less than once for each event. What
    happened before `since` was not read: a figure that looks there is refused rather than wrong.
    """

    rows: Callable[[Kind], Rows]
    values: Callable[[Kind, str], Sequence[Any]]
    of_people: Callable[[str], Sequence[Any]]
    since: date = date.min
    _rows: dict[Kind, Rows] = field(default_factory=dict)
    _values: dict[tuple[Kind, str], Sequence[Any]] = field(default_factory=dict)
    _truths: dict[tuple[Kind, Condition], bytes] = field(default_factory=dict)
    _flags: dict[tuple[Kind, Criteria], bytes | None] = field(default_factory=dict)
    _everybody: dict[Condition, bytes] = field(default_factory=dict)

    def of(self, kind: Kind) -> Rows:
        """The events of a kind."""
        if kind not in self._rows:
            self._rows[kind] = self.rows(kind)
        return self._rows[kind]

    def facts(self, kind: Kind, fact: str) -> Sequence[Any]:
        """One fact of each event of a kind; None where it is not known or makes no sense."""
        if (kind, fact) not in self._values:
            entity = fact.partition(".")[0]
            if fact == "holder.age":
                found: Sequence[Any] = list(map(_age, self.of(kind).days, self.facts(kind, "holder.birth_date")))
            elif entity == "holder":
                found = list(map(self.of_people(fact).__getitem__, self.of(kind).people))
            elif entity in _SHARED or fact in _PLACES or entity in FACTS_OF.get(kind, frozenset()):
                found = self.values(kind, fact)
            else:
                found = [None] * len(self.of(kind).days)
            self._values[kind, fact] = found
        return self._values[kind, fact]

    def value(self, rule: Rule, period: Period, narrowed: Group = ()) -> float | None:
        """What the rule counts in a period; None for a share of nothing and the median of nothing."""
        if rule.count is Count.SHARE:
            return self.fraction(rule, period, narrowed).value
        picked = self._picked(rule, period, narrowed)
        return self._counted(rule, picked, rule.count)

    def fraction(self, rule: Rule, period: Period, narrowed: Group = ()) -> Fraction:
        """Both counts of a share."""
        if rule.part is not None and rule.whole is not None:
            part, whole = (self.value(side, period, narrowed) or 0 for side in (rule.part, rule.whole))
            return Fraction(part, whole)
        part, whole = (
            self._counted(rule, self._picked(rule, period, narrowed, side), rule.of) or 0 for side in ("part", "whole")
        )
        return Fraction(part, whole)

    def people(self, rule: Rule, period: Period, narrowed: Group = ()) -> set[int]:
        """The different people behind a figure, whatever it counts."""
        return _distinct(pick.read(pick.rows.people) for pick in self._picked(rule, period, narrowed))

    def lines(self, rule: Rule, period: Period, narrowed: Group = (), side: str = "part") -> list[Line]:
        """What the figure counts, one line each: every act, or the latest event of each person, file or value."""
        return [Line(kind, at) for kind, places in self._places(rule, period, narrowed, side) for at in places]

    def _places(self, rule: Rule, period: Period, narrowed: Group, side: str) -> Iterator[tuple[Kind, Collection[int]]]:
        """The same lines, by kind."""
        if rule.part is not None and rule.whole is not None:
            yield from self._places(rule.part if side == "part" else rule.whole, period, narrowed, "part")
            return
        picked = self._picked(rule, period, narrowed, side)
        counted = rule.of if rule.count is Count.SHARE else rule.count
        if counted in (Count.ACTS, Count.SUM, Count.MEDIAN):
            for pick in picked:
                yield pick.kind, [at for at in pick.places if self._has_amount(rule, pick, at)]
            return
        latest = [
            dict(zip(pick.read(self._identities(rule, pick, counted)), pick.places, strict=True)) for pick in picked
        ]
        for found in latest:
            found.pop(0, None)
            found.pop(None, None)
        for rank, found in enumerate(latest):
            for other in range(rank + 1, len(latest)):
                _keep_later(picked[rank].rows.days, found, picked[other].rows.days, latest[other])
        for pick, found in zip(picked, latest, strict=True):
            yield pick.kind, [*found.values(), *(_nameless(pick) if rule.anonymous else ())]

    def day(self, line: Line) -> int:
        """The day of a line, like 20261120."""
        return self.of(line.kind).days[line.at]

    def amount(self, rule: Rule, line: Line) -> int:
        """What a line adds to a sum."""
        source = self.facts(line.kind, rule.amount) if rule.amount else self.of(line.kind).amounts
        return source[line.at] or 0

    def broken_down(
        self, rule: Rule, period: Period, fact: str, values: Callable[[Any], tuple[Any, ...]], narrowed: Group = (),
        side: str = "part",
    ) -> Counter[Any]:  # fmt: skip
        """The figure by the values of a fact of its lines; None for those where it is not known."""
        found: Counter[Any] = Counter()
        for kind, places in self._places(rule, period, narrowed, side):
            facts = self._facts_at(kind, fact, places)
            counts: Mapping[Any, float] = Counter(facts)
            if Count.SUM in (rule.count, rule.of):
                counts = defaultdict(float)
                for at, value in zip(places, facts, strict=True):
                    counts[value] += self.amount(rule, Line(kind, at)) / rule.divisor
            for value, weight in counts.items():
                for key in values(value) or (None,):
                    found[key] += weight  # type: ignore[assignment]
        return found

    def _facts_at(self, kind: Kind, fact: str, places: Collection[int]) -> list[Any]:
        """A fact of some events: of a person, without working it out for all the others."""
        if not fact.startswith("holder."):
            return list(map(self.facts(kind, fact).__getitem__, places))
        rows = self.of(kind)
        known = self.of_people("holder.birth_date" if fact == "holder.age" else fact)
        found = [known[rows.people[at]] for at in places]
        return list(map(_age, (rows.days[at] for at in places), found)) if fact == "holder.age" else found

    # What is counted

    def _picked(self, rule: Rule, period: Period, narrowed: Group, side: str = "part") -> list[_Picked]:
        span = period.earlier(rule.months_before) if rule.months_before else period
        criteria = rule.criteria
        if narrowed:
            criteria = Criteria((*criteria.all_of, *narrowed), criteria.any_of, criteria.none_of)
        picked = [self._of_period(kind, span, criteria, rule.silent_months) for kind in rule.events]
        self._keep_people(rule, span, picked, side)
        if rule.share:
            for pick in picked:
                self._keep_share(rule.share, pick, side)
        if rule.once:
            _keep_latest(picked)
        return picked

    def _of_period(self, kind: Kind, span: Period, criteria: Criteria, silent_months: int) -> _Picked:
        rows, lasting = self.of(kind), kind in LASTING
        start = same_day(span.end, -silent_months) if silent_months else span.end
        last = bisect_right(rows.days, number(start if lasting else span.end))
        first = 0 if lasting else bisect_left(rows.days, number(self._known(span.start)))
        picked = _Picked(kind, rows, first, last, None)
        if rows.here is not None:
            picked.keep(rows.here[first:last])
        if (flags := self._fitting(kind, criteria)) is not None:
            picked.keep(flags[first:last])
        if rows.until is not None:
            end = number(span.end)
            picked.keep(bytes(map(end.__lt__, rows.until[first:last])))
        return picked

    def _keep_people(self, rule: Rule, span: Period, picked: list[_Picked], side: str) -> None:
        """Narrow to the people of whom something else is true too."""
        wanted: set[int] | None = None
        if rule.at_least > 1:
            times = Counter(person for pick in picked for person in pick.read(pick.rows.people))
            wanted = {person for person, count in times.items() if count >= rule.at_least}
        if rule.also and (rule.count is not Count.SHARE or side == "part"):
            also = self._people_of(rule.also, span)
            wanted = also if wanted is None else wanted & also
        banned: Collection[int] = ()
        if rule.without:
            banned = self._people_ever(rule.without, date.min, span.end)
        elif rule.silent_months:
            banned = self._people_ever(CONTACTS, same_day(span.end, -rule.silent_months), span.end)
        for pick in picked:
            people = pick.rows.people[pick.first : pick.last]
            if wanted is not None:
                pick.keep(bytes(map(wanted.__contains__, people)))
            if banned:
                pick.keep(bytes(map(banned.__contains__, people)).translate(_THE_OTHERS))

    def _people_of(self, kinds: Iterable[Kind], span: Period) -> set[int]:
        picked = (self._of_period(kind, span, NO_CRITERIA, 0) for kind in kinds)
        return _distinct(pick.read(pick.rows.people) for pick in picked)

    def _people_ever(self, kinds: Iterable[Kind], after: date, end: date) -> set[int]:
        """Wherever it was: somebody seen elsewhere has been seen."""
        found: set[int] = set()
        for kind in kinds:
            rows = self.of(kind)
            found.update(
                rows.people[bisect_right(rows.days, number(self._known(after))) : bisect_right(rows.days, number(end))]
            )
        found.discard(0)
        return found

    def _known(self, start: date) -> date:
        if start < self.since:
            raise ValueError("a figure of before what was read")
        return start

    def _keep_share(self, share: Group, pick: _Picked, side: str) -> None:
        truths = self._all(pick.kind, share)
        settled = _WHERE_TRUE if side == "part" else _WHERE_KNOWN
        pick.keep(truths[pick.first : pick.last].translate(settled))

    def _fitting(self, kind: Kind, criteria: Criteria) -> bytes | None:
        """1 for the events of a kind that fit, 0 for the others; None when there is no condition."""
        if criteria == NO_CRITERIA:
            return None
        if (kind, criteria) not in self._flags:
            self._flags[kind, criteria] = self._fit(kind, criteria)
        return self._flags[kind, criteria]

    def _fit(self, kind: Kind, criteria: Criteria) -> bytes:
        found = bytes([1]) * len(self.of(kind).days)
        if criteria.all_of:
            found = self._all(kind, criteria.all_of).translate(_WHERE_TRUE)
        if criteria.any_of:
            found = _both(found, self._any(kind, criteria.any_of).translate(_WHERE_TRUE))
        if criteria.none_of:
            found = _both(found, self._any(kind, criteria.none_of).translate(_WHERE_NOT_TRUE))
        return found

    def _all(self, kind: Kind, group: Group) -> bytes:
        """False as soon as one is, true when all are, else not known."""
        return _joined(and_, [self._truth(kind, condition) for condition in group])

    def _any(self, kind: Kind, groups: Iterable[Group]) -> bytes:
        return _joined(or_, [self._all(kind, group) for group in groups])

    def _truth(self, kind: Kind, condition: Condition) -> bytes:
        """The state of one condition on each event, settled once for each different value."""
        if (kind, condition) not in self._truths:
            if condition.field.startswith("holder.") and condition.field != "holder.age":
                found = bytes(map(self._of_everybody(condition).__getitem__, self.of(kind).people))
            else:
                found = _settled(condition, self.facts(kind, condition.field))
            self._truths[kind, condition] = found
        return self._truths[kind, condition]

    def _of_everybody(self, condition: Condition) -> bytes:
        """The state of a condition on each person, whatever happened."""
        if condition not in self._everybody:
            self._everybody[condition] = _settled(condition, self.of_people(condition.field))
        return self._everybody[condition]

    def _counted(self, rule: Rule, picked: list[_Picked], count: Count) -> float | None:
        if count is Count.PEOPLE:
            nameless = sum(1 for pick in picked for _ in _nameless(pick)) if rule.anonymous else 0
            return len(_distinct(pick.read(pick.rows.people) for pick in picked)) + nameless
        if count in (Count.FILES, Count.VALUES):
            return len(_distinct(pick.read(self._identities(rule, pick, count)) for pick in picked))
        if count is Count.ACTS:
            return sum(map(len, picked))
        amounts = self._amounts(rule, picked)
        if count is Count.SUM:
            return sum(amounts) / rule.divisor
        known = list(amounts)
        return median(known) / rule.divisor if known else None

    def _identities(self, rule: Rule, pick: _Picked, count: Count) -> Sequence[Any]:
        if count is Count.VALUES:
            return self.facts(pick.kind, rule.amount)
        return pick.rows.cases if count is Count.FILES else pick.rows.people

    def _amounts(self, rule: Rule, picked: list[_Picked]) -> Iterator[int]:
        for pick in picked:
            source = self.facts(pick.kind, rule.amount) if rule.amount else pick.rows.amounts
            missing = None if rule.amount else NO_AMOUNT
            yield from [amount for amount in pick.read(source) if amount != missing]

    def _has_amount(self, rule: Rule, pick: _Picked, at: int) -> bool:
        """A median is made of the known amounts only; a line adds nothing to a sum, and is shown all the same."""
        return rule.count is not Count.MEDIAN or pick.rows.amounts[at] != NO_AMOUNT


NO_AMOUNT = -1  # an event whose amount is not known: a delay without a beginning
_WHERE_TRUE = bytes(state == _TRUE for state in range(256))
_WHERE_KNOWN = bytes(state in (_FALSE, _TRUE) for state in range(256))
_THE_OTHERS = bytes(not flag for flag in range(256))
_WHERE_NOT_TRUE = bytes(state != _TRUE for state in range(256))


def number(day: date) -> int:
    """20261120 for the 20th of November 2026."""
    return day.year * 10_000 + day.month * 100 + day.day


def day_of(numbered: int) -> date:
    """The date that such a number is."""
    return date(numbered // 10_000, numbered // 100 % 100, numbered % 100)


def _both(one: bytes, other: bytes) -> bytes:
    return _joined(and_, (one, other))


def _joined(how: Callable[[int, int], int], parts: Sequence[bytes]) -> bytes:
    """Bit by bit, as one big number: a hundred times faster than byte after byte."""
    if len(parts) == 1:
        return parts[0]
    return reduce(how, (int.from_bytes(part, "little") for part in parts)).to_bytes(len(parts[0]), "little")


def _distinct(columns: Iterable[Iterable[Any]]) -> set[Any]:
    found: set[Any] = set()
    found.update(*columns)
    found.discard(0)
    found.discard(None)
    return found


def _keep_later(days: Sequence[int], one: dict[Any, int], other_days: Sequence[int], other: dict[Any, int]) -> None:
    """Whoever is in both stays where the later event is."""
    for who in one.keys() & other.keys():
        if days[one[who]] < other_days[other[who]]:
            del one[who]
        else:
            del other[who]


def _nameless(pick: _Picked) -> Iterator[int]:
    return (at for at, person in zip(pick.places, pick.read(pick.rows.people), strict=True) if not person)


def _keep_latest(picked: Sequence[_Picked]) -> None:
    """Only the latest event of each person; of one kind, which is what a sum of people is made of."""
    for pick in picked:
        latest = set(dict(zip(pick.read(pick.rows.people), pick.places, strict=True)).values())
        pick.keep(bytes(at in latest for at in range(pick.first, pick.last)))


def _age(day: int, born: int | None) -> int | None:
    if born is None:
        return None
    years = (day - born) // 10_000
    return years if 0 <= years <= _OLDEST else None


def _settled(condition: Condition, values: Sequence[Any]) -> bytes:
    states = {value: _state(condition, value) for value in set(values)}
    return bytes(map(states.__getitem__, values))


def _state(condition: Condition, value: Any) -> int:
    wanted = condition.wanted if isinstance(condition.wanted, tuple) else (condition.wanted,)
    if value in UNSETTLED and value not in wanted:
        return _UNKNOWN
    return _CODES[condition.evaluate({condition.field: value})]
