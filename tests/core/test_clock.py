"""Stored instants are UTC; days are those of the wall calendar."""

from datetime import UTC, date, datetime, timedelta, timezone

import time_machine

from boutique.core import clock


def test_an_instant_is_aware_and_shown_as_the_same_instant() -> None:
    instant = clock.now()
    assert instant.tzinfo is UTC
    assert clock.local(instant) == instant
    assert clock.local(datetime(2026, 3, 29, 1, 30, tzinfo=timezone(timedelta(hours=1)))).tzinfo is not None


def test_today_is_the_day_on_the_wall() -> None:
    noon = datetime(2026, 11, 24, 12).astimezone()
    with time_machine.travel(noon):
        assert clock.today() == date(2026, 11, 24)
