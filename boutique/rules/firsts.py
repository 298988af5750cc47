"""What follows from the order of events: first interviews, new people, days waited. For the reading of the figures."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import compress

from boutique.rules.indicators import NEW_AFTER_MONTHS
from boutique.rules.ledger import NO_AMOUNT, Rows, day_of


def part(rows: Rows, flags: bytes) -> Rows:
    """The rows that are flagged."""

    def kept(column: Sequence[int]) -> "array[int]":
        return array("i", compress(column, flags))

    return Rows(kept(rows.days), kept(rows.ids), kept(rows.people), kept(rows.cases), kept(rows.amounts))


def entries(held: Rows) -> Rows:
    """The first interview of each file; of two on its first day, the one that was written first."""
    first: dict[int, int] = {}
    for at, (case, day) in enumerate(zip(held.cases, held.days, strict=True)):
        known = first.get(case)
        if known is None or (held.days[known] == day and held.ids[at] < held.ids[known]):
            first[case] = at
    return part(held, _flags(first.values(), len(held.days)))


def new_people(held: Rows, visits: Rows, opened: Mapping[int, int]) -> Rows:
    """First interviews of people, ever or after a long silence; the amount is the days since they asked.

    They asked at the first visit since their interview before, or when the file was opened (`opened`, by file).
    """
    found: list[int] = []
    before: list[int] = []
    last: dict[int, int] = {}  # the latest interview of each person
    newest: dict[int, int] = {}  # where the latest first one of each person stands in `found`
    for at, (person, day) in enumerate(zip(held.people, held.days, strict=True)):
        previous = last.get(person, 0)
        last[person] = day
        if is_new(previous, day):
            newest[person] = len(found)
            found.append(at)
            before.append(previous)
        elif previous == day and person in newest:
            same = newest[person]  # two on that day: the one that was written first
            if held.days[found[same]] == day and held.ids[at] < held.ids[found[same]]:
                found[same] = at
    order = sorted(range(len(found)), key=found.__getitem__)
    rows = part(held, _flags(found, len(held.days)))
    rows.amounts = _waited(rows, [before[item] for item in order], visits, opened)
    return rows


def is_new(previous: int, day: int) -> bool:
    """First interview ever (no previous day: 0), or the first one after more than 24 months of silence."""
    if not previous:
        return True
    months = (day // 10_000 - previous // 10_000) * 12 + day // 100 % 100 - previous // 100 % 100
    return (months, day % 100) > (NEW_AFTER_MONTHS, previous % 100)


def _waited(first: Rows, before: Sequence[int], visits: Rows, opened: Mapping[int, int]) -> "array[int]":
    new = set(first.people)
    seen: dict[int, list[int]] = defaultdict(list)
    for person, day in zip(visits.people, visits.days, strict=True):
        if person in new:
            seen[person].append(day)
    ordinals, found = _Ordinals(), array("i")
    for person, case, day, previous in zip(first.people, first.cases, first.days, before, strict=True):
        asked = min((visit for visit in seen.get(person, ()) if previous < visit <= day), default=day)
        found.append(ordinals[day] - ordinals[max(previous, min(asked, opened.get(case, day), day))])
    return found


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
