"""What an appointment runs into, for any set of appointments."""

import uuid
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from boutique.models.choices import Conflict
from boutique.rules.conflicts import Booking, Elsewhere, Opening, conflicts

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
NADIA, THOMAS, FREVENT, SHOP = (uuid.UUID(int=n) for n in range(1, 5))


def at(hour: float, length: float = 1, who: uuid.UUID | None = NADIA, **more: object) -> Booking:
    start = MONDAY + timedelta(hours=hour)
    return Booking(uuid.uuid4(), who, more.pop("site", None), start, start + timedelta(hours=length), **more)  # type: ignore[arg-type]


def test_two_appointments_of_one_counsellor_at_the_same_time() -> None:
    first, second, third = at(9), at(9.5), at(10.5)
    assert conflicts([third, first, second]) == {first.id: (Conflict.OVERLAP,), second.id: (Conflict.OVERLAP,)}


def test_one_after_the_other_is_no_conflict_nor_are_two_counsellors() -> None:
    assert conflicts([at(9), at(10), at(9, who=THOMAS), at(9, who=None), at(9, who=None)]) == {}


def test_a_place_with_permanences_is_closed_outside_them() -> None:
    opening = Opening(FREVENT, MONDAY + timedelta(hours=9), MONDAY + timedelta(hours=12))
    inside, over, elsewhere = at(9, 3, site=FREVENT), at(11.5, who=THOMAS, site=FREVENT), at(15, site=SHOP)
    found = conflicts([inside, over, elsewhere], openings=[opening], by_session={FREVENT})
    assert found == {over.id: (Conflict.OUTSIDE,)}


def test_everything_at_once_is_said_in_a_fixed_order() -> None:
    busy = Elsewhere(NADIA, MONDAY, MONDAY + timedelta(1))
    one, two = at(9, site=FREVENT, holiday=True), at(9)
    found = conflicts([one, two], by_session={FREVENT}, elsewhere=[busy])
    assert found[one.id] == (Conflict.OVERLAP, Conflict.BUSY, Conflict.OUTSIDE, Conflict.HOLIDAY)
    assert found[two.id] == (Conflict.OVERLAP, Conflict.BUSY)


_people = st.sampled_from([NADIA, THOMAS, None])
_bookings = st.lists(
    st.builds(at, st.integers(0, 40).map(lambda n: n / 4), st.integers(1, 16).map(lambda n: n / 4), _people),
    max_size=12,
)


@given(_bookings)
def test_an_overlap_is_said_of_both_and_only_where_there_is_one(bookings: list[Booking]) -> None:
    found = conflicts(bookings)
    for booking in bookings:
        meets = any(
            other is not booking
            and other.counsellor_id == booking.counsellor_id is not None
            and max(other.starts_at, booking.starts_at) < min(other.ends_at, booking.ends_at)
            for other in bookings
        )
        assert (Conflict.OVERLAP in found.get(booking.id, ())) == meets


@given(_bookings, st.randoms())
def test_the_order_of_the_appointments_changes_nothing(bookings: list[Booking], chance: object) -> None:
    shuffled = list(bookings)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert conflicts(shuffled) == conflicts(bookings)


@given(_bookings)
def test_one_more_appointment_never_takes_a_conflict_away(bookings: list[Booking]) -> None:
    before = conflicts(bookings[:-1])
    after = conflicts(bookings)
    assert all(set(met) <= set(after[key]) for key, met in before.items())
