"""What follows from the order of events: first interviews, new people, days waited. For the reading of the figures."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from itertools import compress
from operator import eq, sub

from boutique.rules.indicators import NEW_AFTER_MONTHS
from boutique.rules.ledger import NO_AMOUNT, Rows, day_of

_TWO_YEARS = 20_000  # between two numbered days, at least: most people never wait so long


def part(rows: Rows, flags: bytes) -> Rows:
    """The rows that are flagged."""

    def kept(column: Sequence[int]) -> "array[int]":
        return array("i", compress(column, flags))

    return Rows(kept(rows.days), kept(rows.ids), kept(rows.people), kept(rows.cases), kept(rows.amounts))


def entries(held: Rows) -> Rows:
    """The first interview of each file; of two on its first day, the one that was written first."""
    return part(held, _flags(_first_places(held, held.cases).values(), len(held.days)))


def _first_places(rows: Rows, owners: Sequence[int]) -> dict[int, int]:
    """Where the first event of each file or person stands."""
    first = dict(zip(reversed(owners), range(len(owners) - 1, -1, -1), strict=True))
    first_days = dict(zip(reversed(owners), reversed(rows.days), strict=True))
    on_first_day = map(eq, map(first_days.__getitem__, owners), rows.days)
    places = list(compress(range(len(owners)), on_first_day))
    if len(places) > len(first):  # somebody came twice on that day
        for at in places:
            if rows.ids[at] < rows.ids[first[owners[at]]]:
                first[owners[at]] = at
    return first


def new_people(held: Rows, visits: Rows, opened: Mapping[int, int]) -> Rows:
    """First interviews of people, ever or after a long silence; the amount is the days since they asked.

    They asked at the first visit since their interview before, or when the file was opened (`opened`, by file) if that
    was since then too.
    """
    before = dict.fromkeys(_first_places(held, held.people).values(), 0)
    before.update(_returns(held))
    rows = part(held, _flags(before, len(held.days)))
    rows.amounts = _waited(rows, [before[at] for at in sorted(before)], visits, opened)
    return rows


def _returns(held: Rows) -> dict[int, int]:
    """Where the interviews after a long silence stand, with the day of the one before."""
    last = dict(zip(held.people, held.days, strict=True))
    first = dict(zip(reversed(held.people), reversed(held.days), strict=True))
    long = compress(last, map(_TWO_YEARS.__lt__, map(sub, last.values(), map(first.__getitem__, last))))
    possible = {person for person in long if is_new(first[person], last[person])}
    found: dict[int, int] = {}
    previous: dict[int, tuple[int, int]] = {}  # the latest interview of each: its day, and where it stands
    if possible:
        for at, (person, day) in enumerate(zip(held.people, held.days, strict=True)):
            if person not in possible:
                continue
            known, place = previous.get(person, (0, 0))
            if known and is_new(known, day):
                found[at] = known
            elif known == day and place in found and held.ids[at] < held.ids[place]:
                found[at] = found.pop(place)  # two on that day: the one that was written first
            else:
                at = place if known == day else at  # noqa: PLW2901 - the day keeps its first place
            previous[person] = day, at
    return found


def is_new(previous: int, day: int) -> bool:
    """First interview ever (no previous day: 0), or the first one after more than 24 months of silence."""
    if not previous:
        return True
    months = (day // 10_000 - previous // 10_000) * 12 + day // 100 % 100 - previous // 100 % 100
    return (months, day % 100) > (NEW_AFTER_MONTHS, previous % 100)


def _waited(first: Rows, before: Sequence[int], visits: Rows, opened: Mapping[int, int]) -> "array[int]":
    earliest = dict(zip(reversed(visits.people), reversed(visits.days), strict=True))
    asked = list(map(earliest.get, first.people, first.days))
    opening = list(map(opened.get, first.cases, first.days))
    back = set(compress(first.people, before))
    seen = [pair for pair in zip(visits.people, visits.days, strict=True) if pair[0] in back] if back else []
    for at, previous in enumerate(before if back else ()):
        if previous:  # somebody back after a long silence: what they asked since
            since = (visit for who, visit in seen if who == first.people[at] and previous < visit)
            asked[at] = min(since, default=first.days[at])
            opening[at] = opening[at] if opening[at] > previous else first.days[at]
    ordinal, starts = _Ordinals().__getitem__, map(min, asked, opening, first.days)
    return array("i", map(sub, map(ordinal, first.days), map(ordinal, starts)))


def days_between(starts: Mapping[int, int], cases: Sequence[int], days: Sequence[int]) -> "array[int]":
    """Days from the start of each file to each of its events; NO_AMOUNT before it started."""
    ordinals = _Ordinals()
    return array("i", (
        ordinals[day] - ordinals[starts[case]] if case in starts and starts[case] <= day else NO_AMOUNT
        for case, day in zip(cases, days, strict=True)
    ))  # fmt: skip


def _flags(places: Iterable[int], length: int) -> bytes:
    flags = bytearray(length)
    for at in places:
        flags[at] = 1
    return bytes(flags)


class _Ordinals(dict[int, int]):
    """The rank of a numbered day, worked out once each."""

    def __missing__(self, numbered: int) -> int:
        self[numbered] = day_of(numbered).toordinal()
        return self[numbered]
