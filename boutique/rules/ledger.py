"""How every figure is counted, broken down and opened from what happened, by columns. Pure: no base.

A hundred thousand files must be counted in less than a second: conditions are settled once for each different value,
people are joined and counted as one big number (`ledger_rows`).
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from itertools import compress
from statistics import median
from typing import Any

from boutique.core.conditions import Condition
from boutique.rules.criteria import Criteria, Group
from boutique.rules.figure_facts import OF_EVERYBODY
from boutique.rules.figure_rules import CONTACTS, FACTS_OF, LASTING, NO_CRITERIA, Count, Kind, Rule
from boutique.rules.ledger_conditions import SIDES, UNKNOWN, WHERE_TRUE, all_true, fit, settled
from boutique.rules.ledger_rows import (
    NO_AMOUNT,
    Fraction,
    Line,
    Picked,
    Rows,
    flagged,
    latest_only,
    numbers,
    pick,
)
from boutique.rules.period import Period, same_day

_OLDEST = 120
_AGE = "holder.age"
_SHARED = frozenset({"holder", "project", "accompaniment"})
_PLACES = frozenset({"act.site", "act.counsellor"})
_THE_OTHERS = bytes(not flag for flag in range(256))
_REMEMBERED = 64  # groups of people, a byte for each person
_PERIODS_AT_ONCE = 2  # whose lines are remembered


def _from_the_beginning(_kind: Kind) -> date:
    return date.min


@dataclass(slots=True)
class Ledger:
    """Counts figures. `rows` reads the events of a kind once, `values` one fact of each of them from a place on.

    `of_people` reads a fact of everybody, by the number of the person, of which there are `size` (nobody included).
    What happened before `since` was not read: a figure that looks there is refused rather than wrong. Facts are read
    from `floor` on, and once more for the figure that asks for earlier ones.
    """

    rows: Callable[[Kind], Rows]
    values: Callable[[Kind, str, int], Iterable[Any]]
    of_people: Callable[[str], Sequence[Any]]
    size: int
    since: date = date.min
    floor: Callable[[Kind], date] = _from_the_beginning
    _tails: dict[Any, tuple[int, Any]] = field(default_factory=dict)
    _everybody: dict[Condition, bytes] = field(default_factory=dict)
    _groups: dict[Any, int] = field(default_factory=dict)
    _lines: dict[Any, Sequence[tuple[Kind, Collection[int]]]] = field(default_factory=dict)

    def of(self, kind: Kind) -> Rows:
        """The events of a kind."""
        return self.rows(kind)

    def facts(self, kind: Kind, fact: str, at: int = 0) -> Sequence[Any]:
        """One fact of each event of a kind from a place on; None where it is not known or makes no sense."""

        def read(first: int) -> list[Any]:
            return [*[None] * first, *self._facts(kind, fact, first)]

        found: Sequence[Any] = self._tail((kind, fact), kind, at, read)
        return found

    def _facts(self, kind: Kind, fact: str, first: int) -> Iterable[Any]:
        entity, rows = fact.partition(".")[0], self.of(kind)
        if fact == _AGE:
            return _ages(rows.days[first:], rows.people[first:], self.of_people("holder.birth_date"))
        if fact in OF_EVERYBODY:
            return map(self.of_people(fact).__getitem__, rows.people[first:])
        if entity in _SHARED or fact in _PLACES or entity in FACTS_OF.get(kind, frozenset()):
            return self.values(kind, fact, first)
        return [None] * (len(rows.days) - first)

    def _tail(self, key: Any, kind: Kind, at: int, make: Callable[[int], Any]) -> Any:
        """What is worked out for the events of a kind from a place on: from the floor, or from before."""
        known = self._tails.get(key)
        if known is None or at < known[0]:
            floor = 0 if kind in LASTING else self.of(kind).since(self.floor(kind))
            first = min(at, floor)
            known = self._tails[key] = first, make(first)
        return known[1]

    def value(self, rule: Rule, period: Period, narrowed: Group = ()) -> float | None:
        """What the rule counts in a period, of people of whom `narrowed` is true (conditions on the person only).

        None for a share of nothing and the median of nothing.
        """
        if rule.count is Count.SHARE:
            return self.fraction(rule, period, narrowed).value
        return self._counted(rule, rule.count, period, narrowed, "part")

    def fraction(self, rule: Rule, period: Period, narrowed: Group = ()) -> Fraction:
        """Both counts of a share."""
        if rule.part is not None and rule.whole is not None:
            return Fraction(*(self.value(side, period, narrowed) or 0 for side in (rule.part, rule.whole)))
        return Fraction(*(self._counted(rule, rule.of, period, narrowed, side) or 0 for side in ("part", "whole")))

    def people(self, rule: Rule, period: Period, narrowed: Group = ()) -> set[int]:
        """The different people behind a figure, whatever it counts."""
        return set(numbers(self._crowd(rule, period, narrowed, "part"), self.size))

    def lines(self, rule: Rule, period: Period, narrowed: Group = (), side: str = "part") -> list[Line]:
        """What the figure counts, one line each: every act, or the latest event of each person, file or value."""
        return [Line(kind, at) for kind, places in self._places(rule, period, narrowed, side) for at in places]

    def _places(self, rule: Rule, period: Period, narrowed: Group, side: str) -> Sequence[tuple[Kind, Collection[int]]]:
        """The same lines, by kind; remembered for the next breakdown."""
        key = rule, period, narrowed, side
        if key not in self._lines:
            if len(self._lines) >= _PERIODS_AT_ONCE:
                del self._lines[next(iter(self._lines))]
            self._lines[key] = tuple(self._found(rule, period, narrowed, side))
        return self._lines[key]

    def _found(self, rule: Rule, period: Period, narrowed: Group, side: str) -> Iterator[tuple[Kind, Collection[int]]]:
        if rule.part is not None and rule.whole is not None:
            yield from self._found(rule.part if side == "part" else rule.whole, period, narrowed, "part")
            return
        picked = self._picked(rule, period, narrowed, side)
        counted = rule.of if rule.count is Count.SHARE else rule.count
        if counted in (Count.ACTS, Count.SUM, Count.MEDIAN):
            for one in picked:
                yield one.kind, [at for at in one.places if self._has_amount(rule, one, at)]
            return
        latest = [dict(zip(one.read(self._identities(rule, one, counted)), one.places, strict=True)) for one in picked]
        for found in latest:
            found.pop(0, None)
            found.pop(None, None)
        for rank, found in enumerate(latest):
            for other in range(rank + 1, len(latest)):
                _keep_later(picked[rank].rows.days, found, picked[other].rows.days, latest[other])
        for one, found in zip(picked, latest, strict=True):
            yield one.kind, [*found.values(), *(one.nameless if rule.anonymous else ())]

    def day(self, line: Line) -> int:
        """The day of a line, like 20261120."""
        return self.of(line.kind).days[line.at]

    def fact(self, line: Line, name: str) -> Any:
        """A fact of a line."""
        return self.facts(line.kind, name, line.at)[line.at]

    def amount(self, rule: Rule, line: Line) -> int:
        """What a line adds to a sum."""
        return (self.fact(line, rule.amount) if rule.amount else self.of(line.kind).amounts[line.at]) or 0

    def broken_down(
        self, rule: Rule, period: Period, fact: str, values: Callable[[Any], tuple[Any, ...]], narrowed: Group = (),
        side: str = "part",
    ) -> Counter[Any]:  # fmt: skip
        """The figure by the values of a fact of its lines; None for those where it is not known."""
        found: Counter[Any] = Counter()
        for counts in self._counts_by(rule, period, fact, narrowed, side):
            for value, weight in counts.items():
                for key in values(value) or (None,):
                    found[key] += weight  # type: ignore[assignment]
        return found

    def _counts_by(
        self, rule: Rule, period: Period, fact: str, narrowed: Group, side: str
    ) -> Iterator[Mapping[Any, float]]:
        """The figure by the fact itself, of each kind or of everybody at once."""
        counted = rule.of if rule.count is Count.SHARE else rule.count
        if counted is Count.PEOPLE and rule.part is None and fact in OF_EVERYBODY:
            people = self._crowd(rule, period, narrowed, side).to_bytes(self.size, "little")
            yield Counter(compress(self.of_people(fact), people))
            if nameless := self._nameless(rule, period, narrowed, side):
                yield {None: nameless}
            return
        for kind, places in self._places(rule, period, narrowed, side):
            facts = list(map(self.facts(kind, fact, min(places, default=0)).__getitem__, places))
            counts: Mapping[Any, float] = Counter(facts)
            if Count.SUM in (rule.count, rule.of):
                counts = defaultdict(float)
                for at, value in zip(places, facts, strict=True):
                    counts[value] += self.amount(rule, Line(kind, at)) / rule.divisor
            yield counts

    # Which events count

    def _picked(self, rule: Rule, period: Period, narrowed: Group, side: str) -> list[Picked]:
        """The events that a figure counts, in its order."""
        span = _span(rule, period)
        picked = [self._of_period(kind, span, rule) for kind in rule.events]
        wanted, banned = self._wanted(rule, picked, span, side), self._banned(rule, span)
        found = []
        for one in picked:
            people = one.rows.people[one.first : one.last]
            kept = self._of_share(rule, one, side)
            if wanted is not None:
                kept = kept.only(_among(people, wanted.to_bytes(self.size, "little")))
            if banned is not None:
                kept = kept.only(_among(people, banned.to_bytes(self.size, "little").translate(_THE_OTHERS)))
            if narrowed:
                kept = kept.only(self._acts_of(one.kind, narrowed, one.first)[one.first : one.last])
            found.append(kept)
        return latest_only(found) if rule.once else found

    def _of_period(self, kind: Kind, span: Period, rule: Rule) -> Picked:
        """The events of a period that fit the conditions of a rule."""
        lasts_until = same_day(span.end, -rule.silent_months) if rule.silent_months else span.end
        lasting = kind in LASTING
        found = pick(kind, self.of(kind), span, lasting=lasting, lasts_until=lasts_until)
        if not lasting:
            self._known(span.start)
        flags = self._fitting(kind, rule.criteria, found.first)
        return found if flags is None else found.only(flags[found.first : found.last])

    def _of_share(self, rule: Rule, one: Picked, side: str) -> Picked:
        """One side of a share: those it is true of, or those it is known of."""
        if not rule.share:
            return one
        truths = all_true(rule.share, partial(self._truth, one.kind, at=one.first))
        return one.only(truths[one.first : one.last].translate(SIDES[side]))

    def _known(self, start: date) -> date:
        if start < self.since:
            raise ValueError("a figure of before what was read")
        return start

    # Of whom

    def _crowd(self, rule: Rule, period: Period, narrowed: Group, side: str) -> int:
        """The different people behind a figure, as `flagged` says them."""
        if rule.part is not None and rule.whole is not None:
            return 0
        found = self._whoever(rule, _span(rule, period), side)
        return found & self._mask(narrowed) if narrowed else found

    def _whoever(self, rule: Rule, span: Period, side: str) -> int:
        """The people behind a figure; what is known of everybody is settled on the people, not on each event."""
        asked = (*rule.criteria.conditions(), *rule.share)
        if asked and all(condition.field in OF_EVERYBODY for condition in asked):
            found = self._whoever(replace(rule, criteria=NO_CRITERIA, share=()), span, side)
            found &= _number(fit(rule.criteria, self._of_everybody, self.size))
            if rule.share:
                found &= _number(all_true(rule.share, self._of_everybody).translate(SIDES[side]))
            return found

        def everybody() -> int:
            picked = [self._of_period(kind, span, rule) for kind in rule.events]
            kept = [self._of_share(rule, one, side) for one in picked]
            found = flagged((one.read(one.rows.people) for one in kept), self.size)
            wanted, banned = self._wanted(rule, picked, span, side), self._banned(rule, span)
            found = found if wanted is None else found & wanted
            return found if banned is None else found & ~banned

        key = (rule.events, rule.criteria, rule.share, rule.also, rule.without, rule.at_least, rule.silent_months,
               span, side if rule.share or rule.also else "")  # fmt: skip
        return self._group(key, everybody)

    def _nameless(self, rule: Rule, period: Period, narrowed: Group, side: str) -> int:
        """How many events of nobody known count as one more each."""
        if not rule.anonymous or narrowed:
            return 0
        return sum(1 for one in self._picked(rule, period, (), side) for _ in one.nameless)

    def _wanted(self, rule: Rule, picked: Collection[Picked], span: Period, side: str) -> int | None:
        """The people of whom something else must be true too; None when it is anybody."""
        found: int | None = None
        if rule.at_least > 1:
            key = (rule.events, rule.criteria, rule.at_least, span)
            found = self._group(key, lambda: _often(picked, rule.at_least, self.size))
        if rule.also and (rule.count is not Count.SHARE or side == "part"):
            also = self._group((rule.also, span), lambda: self._seen(rule.also, span))
            found = also if found is None else found & also
        return found

    def _banned(self, rule: Rule, span: Period) -> int | None:
        """The people who must not have been seen; None when nobody is banned."""
        if rule.without:
            return self._seen_ever(rule.without, date.min, span.end)
        if rule.silent_months:
            return self._seen_ever(CONTACTS, same_day(span.end, -rule.silent_months), span.end)
        return None

    def _seen(self, kinds: Iterable[Kind], span: Period) -> int:
        """Who has an event of these kinds in a period, in the scope."""
        self._known(span.start)
        picked = [pick(kind, self.of(kind), span, lasting=False, lasts_until=span.end) for kind in kinds]
        return flagged((one.read(one.rows.people) for one in picked), self.size)

    def _seen_ever(self, kinds: Iterable[Kind], after: date, end: date) -> int:
        """Wherever it was: somebody seen elsewhere has been seen."""
        self._known(after)

        def seen() -> int:
            everything = [self.of(kind) for kind in kinds]
            return flagged((rows.people[rows.after(after) : rows.after(end)] for rows in everything), self.size)

        return self._group((tuple(kinds), after, end), seen)

    def _group(self, key: Any, make: Callable[[], int]) -> int:
        """A group of people, remembered for a while: the same ones are asked for by many figures."""
        if key not in self._groups:
            if len(self._groups) >= _REMEMBERED:
                del self._groups[next(iter(self._groups))]
            self._groups[key] = make()
        return self._groups[key]

    def _mask(self, narrowed: Group) -> int:
        """The people of whom all these conditions are true."""
        return _number(all_true(narrowed, self._of_everybody).translate(WHERE_TRUE))

    # Conditions

    def _acts_of(self, kind: Kind, narrowed: Group, at: int) -> bytes:
        """1 for the events of the people of whom all these conditions are true."""

        def among(first: int) -> bytes:
            people = self._mask(narrowed).to_bytes(self.size, "little")
            return bytes(first) + _among(self.of(kind).people[first:], people)

        flags: bytes = self._tail((kind, "of", narrowed), kind, at, among)
        return flags

    def _fitting(self, kind: Kind, criteria: Criteria, at: int) -> bytes | None:
        """1 for the events of a kind that fit, 0 for the others; None when there is no condition."""
        if criteria == NO_CRITERIA:
            return None

        def fitting(first: int) -> bytes:
            return fit(criteria, partial(self._truth, kind, at=first), len(self.of(kind).days))

        flags: bytes = self._tail((kind, criteria), kind, at, fitting)
        return flags

    def _truth(self, kind: Kind, condition: Condition, at: int) -> bytes:
        """The state of one condition on each event from a place on, settled once for each different value."""

        def settle(first: int) -> bytes:
            if condition.field in OF_EVERYBODY:
                found = bytes(map(self._of_everybody(condition).__getitem__, self.of(kind).people[first:]))
            elif condition.field == _AGE:  # takes time to work out, and is broken down by as well
                found = settled(condition, self.facts(kind, _AGE, first)[first:])
            else:  # not through `facts`: a list of them all is only kept for who breaks down by it
                found = settled(condition, list(self._facts(kind, condition.field, first)))
            return bytes([UNKNOWN]) * first + found

        states: bytes = self._tail((kind, condition), kind, at, settle)
        return states

    def _of_everybody(self, condition: Condition) -> bytes:
        """The state of a condition on each person, whatever happened."""
        if condition not in self._everybody:
            self._everybody[condition] = settled(condition, self.of_people(condition.field))
        return self._everybody[condition]

    # How much it makes

    def _counted(self, rule: Rule, count: Count, period: Period, narrowed: Group, side: str) -> float | None:
        if count is Count.PEOPLE:
            people = self._crowd(rule, period, narrowed, side)
            return people.bit_count() + self._nameless(rule, period, narrowed, side)
        picked = self._picked(rule, period, narrowed, side)
        if count in (Count.FILES, Count.VALUES):
            different = {item for one in picked for item in one.read(self._identities(rule, one, count))}
            return len(different - {0, None})
        if count is Count.ACTS:
            return sum(map(len, picked))
        amounts = self._amounts(rule, picked)
        if count is Count.SUM:
            return sum(amounts) / rule.divisor
        return median(amounts) / rule.divisor if amounts else None

    def _identities(self, rule: Rule, one: Picked, count: Count) -> Sequence[Any]:
        if count is Count.VALUES:
            return self.facts(one.kind, rule.amount, one.first)
        return one.rows.cases if count is Count.FILES else one.rows.people

    def _amounts(self, rule: Rule, picked: Iterable[Picked]) -> list[int]:
        found: list[int] = []
        for one in picked:
            source = self.facts(one.kind, rule.amount, one.first) if rule.amount else one.rows.amounts
            missing = None if rule.amount else NO_AMOUNT
            found += [amount for amount in one.read(source) if amount != missing]
        return found

    def _has_amount(self, rule: Rule, one: Picked, at: int) -> bool:
        """A median is made of the known amounts only; a line adds nothing to a sum, and is shown all the same."""
        return rule.count is not Count.MEDIAN or one.rows.amounts[at] != NO_AMOUNT


def _number(flags: bytes) -> int:
    return int.from_bytes(flags, "little")


def _span(rule: Rule, period: Period) -> Period:
    """The period of a cohort lies so many months before the one asked for."""
    return period.earlier(rule.months_before) if rule.months_before else period


def _among(people: Iterable[int], wanted: bytes) -> bytes:
    return bytes(map(wanted.__getitem__, people))


def _often(picked: Iterable[Picked], times: int, size: int) -> int:
    """Who has as many events."""
    counts = bytearray(size)
    for one in picked:
        for who in one.read(one.rows.people):
            if counts[who] < times:
                counts[who] += 1
    counts[0] = 0
    return _number(bytes(counts).translate(bytes(count >= times for count in range(256))))


def _keep_later(days: Sequence[int], one: dict[Any, int], other_days: Sequence[int], other: dict[Any, int]) -> None:
    """Whoever is in both stays where the later event is."""
    for who in one.keys() & other.keys():
        if days[one[who]] < other_days[other[who]]:
            del one[who]
        else:
            del other[who]


def _ages(days: Iterable[int], people: Iterable[int], births: Sequence[int | None]) -> list[int | None]:
    """Years on each day; a birth date that makes no sense tells nothing."""
    return [
        None if (born := births[who]) is None or not 0 <= (years := (day - born) // 10_000) <= _OLDEST else years
        for day, who in zip(days, people, strict=True)
    ]
