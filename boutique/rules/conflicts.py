"""What an appointment runs into: another one, busy time, a closed place, a public holiday. Said, never forbidden."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from boutique.models.choices import Conflict


@dataclass(frozen=True, slots=True)
class Booking:
    """An appointment that takes somebody's time. `holiday` when that day is one where it takes place."""

    id: uuid.UUID
    counsellor_id: uuid.UUID | None
    site_id: uuid.UUID | None
    starts_at: datetime
    ends_at: datetime
    holiday: bool = False


@dataclass(frozen=True, slots=True)
class Opening:
    """A permanence on one day."""

    site_id: uuid.UUID
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A time when a counsellor is busy with something else."""

    counsellor_id: uuid.UUID
    starts_at: datetime
    ends_at: datetime


Found = dict[uuid.UUID, tuple[Conflict, ...]]


def conflicts(
    bookings: Sequence[Booking],
    *,
    openings: Iterable[Opening] = (),
    by_session: Collection[uuid.UUID] = (),
    elsewhere: Iterable[Elsewhere] = (),
) -> Found:
    """What each appointment runs into, in a fixed order. `by_session`: places open only during their permanences."""
    found: dict[uuid.UUID, set[Conflict]] = defaultdict(set)
    for first, second in _overlaps(bookings):
        found[first].add(Conflict.OVERLAP)
        found[second].add(Conflict.OVERLAP)
    busy: dict[uuid.UUID, list[Elsewhere]] = defaultdict(list)
    for period in elsewhere:
        busy[period.counsellor_id].append(period)
    open_at: dict[uuid.UUID, list[Opening]] = defaultdict(list)
    for opening in openings:
        open_at[opening.site_id].append(opening)
    for booking in bookings:
        if booking.counsellor_id is not None and any(_meet(booking, one) for one in busy[booking.counsellor_id]):
            found[booking.id].add(Conflict.BUSY)
        site = booking.site_id
        if site is not None and site in by_session and not any(_holds(one, booking) for one in open_at[site]):
            found[booking.id].add(Conflict.OUTSIDE)
        if booking.holiday:
            found[booking.id].add(Conflict.HOLIDAY)
    return {key: tuple(one for one in Conflict if one in met) for key, met in found.items()}


def _overlaps(bookings: Iterable[Booking]) -> Iterable[tuple[uuid.UUID, uuid.UUID]]:
    """Every pair of one counsellor's appointments that share a moment."""
    of_one: dict[uuid.UUID, list[Booking]] = defaultdict(list)
    for booking in bookings:
        if booking.counsellor_id is not None:
            of_one[booking.counsellor_id].append(booking)
    for own in of_one.values():
        own.sort(key=_start)
        for rank, booking in enumerate(own):
            for later in islice(own, rank + 1, None):
                if later.starts_at >= booking.ends_at:
                    break
                yield booking.id, later.id


def _start(booking: Booking) -> datetime:
    return booking.starts_at


def _meet(booking: Booking, period: Elsewhere) -> bool:
    return booking.starts_at < period.ends_at and period.starts_at < booking.ends_at


def _holds(opening: Opening, booking: Booking) -> bool:
    return opening.starts_at <= booking.starts_at and booking.ends_at <= opening.ends_at
