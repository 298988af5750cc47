"""What follows from the order of events: first interviews, new people, days waited. For the reading of the figures."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from boutique.rules.indicators import NEW_AFTER_MONTHS
from boutique.rules.ledger_rows import NO_AMOUNT, Column, Rows, day_of

_TWO_YEARS = 20_000  # between two numbered days, at least: most people never wait so long


@dataclass(frozen=True, slots=True)
class Firsts:
    """The first interviews of files, and those of people."""

    of_files: Rows
    of_people: Rows


def firsts(held: Rows, visits: Rows, opened: Column) -> Firsts:
    """First interviews of files, and of people: ever, or after a long silence; of two on that day, the first written.

    The amount of those of people is the days since they asked: at the first visit since their interview before, or
    when the file was opened (`opened`, by its number; 0: not known) if that was since then too.
    """
    places = _earliest(held, held.cases, range(len(held.days)))
    before = dict.fromkeys(_earliest(held, held.people, places), 0) | _returns(held, places)
    flags = _flags(before, len(held.days))
    first = held.part(flags)
    waited = partial(_waited, first, [before[at] for at in sorted(before)], visits, opened)
    return Firsts(held.part(_flags(places, len(held.days))), first.having(amounts=waited))


def _earliest(held: Rows, owners: Column, among: Iterable[int]) -> list[int]:
    """Where the first event of each file or person stands, among some in the order of their days."""
    days, ids, first = held.days, held.ids, array("i", [-1]) * _size(owners)
    for at in among:
        known = first[owners[at]]
        if known < 0 or (days[at] == days[known] and ids[at] < ids[known]):
            first[owners[at]] = at
    return [at for at in first if at >= 0]


def _returns(held: Rows, places: Iterable[int]) -> dict[int, int]:
    """Where the interviews after a long silence stand, with the day of the one before."""
    days, ids, people = held.days, held.ids, held.people
    last = array("i", bytes(4 * _size(people)))
    for person, day in zip(people, days, strict=True):
        last[person] = day
    possible = {people[at] for at in places if last[people[at]] - days[at] > _TWO_YEARS}
    latest: dict[int, tuple[int, int]] = {}  # the day of the latest interview of each, and where the first of it stands
    found: dict[int, int] = {}
    for at, person in enumerate(people) if possible else ():
        if person not in possible:
            continue
        known, place = latest.get(person, (0, at))
        if known and days[at] != known and is_new(known, days[at]):
            found[at] = known
        elif days[at] == known and place in found and ids[at] < ids[place]:
            found[at] = found.pop(place)
        elif days[at] == known:
            continue
        latest[person] = days[at], at
    return found


def is_new(previous: int, day: int) -> bool:
    """First interview ever (no previous day: 0), or the first one after more than 24 months of silence."""
    if not previous:
        return True
    months = (day // 10_000 - previous // 10_000) * 12 + day // 100 % 100 - previous // 100 % 100
    return (months, day % 100) > (NEW_AFTER_MONTHS, previous % 100)


def _waited(first: Rows, before: Sequence[int], visits: Rows, opened: Column) -> Column:
    earliest = array("i", bytes(4 * max(_size(first.people), _size(visits.people))))
    for person, day in zip(reversed(visits.people), reversed(visits.days), strict=True):
        earliest[person] = day
    seen: dict[int, list[int]] = {person: [] for person, previous in zip(first.people, before, strict=True) if previous}
    for person, day in zip(visits.people, visits.days, strict=True) if seen else ():
        if person in seen:
            seen[person].append(day)
    ordinals, found, known = _Ordinals(), array("i"), _as_long(opened, first.cases)
    for person, case, day, previous in zip(first.people, first.cases, first.days, before, strict=True):
        asked, opening = earliest[person] or day, known[case] or day
        if previous:  # back after a long silence: what they asked since
            asked = min((visit for visit in seen[person] if previous < visit), default=day)
            opening = opening if opening > previous else day
        start = min(asked, opening, day)
        found.append(ordinals[day] - ordinals[start])
    return found


def days_between(starts: Column, cases: Column, days: Column) -> Column:
    """Days from the start of each file (by its number; 0: none) to each of its events; NO_AMOUNT before it started."""
    ordinals, found, known = _Ordinals(), array("i"), _as_long(starts, cases)
    for case, day in zip(cases, days, strict=True):
        start = known[case]
        found.append(ordinals[day] - ordinals[start] if 0 < start <= day else NO_AMOUNT)
    return found


def _as_long(values: Column, numbers: Column) -> Column:
    """Values by number, 0 for those that are not there: a file that opens after its first interview, by mistake."""
    return array("i", values) + array("i", bytes(4 * max(0, _size(numbers) - len(values))))


def _size(numbers: Column) -> int:
    return max(numbers, default=0) + 1


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
