"""Periods of days: months, quarters, years and what is compared with them."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boutique.rules.period import Period

JANUARY = Period.month(date(2026, 1, 20))


def test_whole_months_quarters_and_years() -> None:
    assert (JANUARY.start, JANUARY.end) == (date(2026, 1, 1), date(2026, 1, 31))
    assert Period.month(date(2024, 2, 29)).end == date(2024, 2, 29)
    assert Period.quarter(date(2026, 11, 24)) == Period(date(2026, 10, 1), date(2026, 12, 31))
    assert Period.year(date(2026, 3, 5)) == Period(date(2026, 1, 1), date(2026, 12, 31))
    assert Period.year_to(date(2026, 3, 5)) == Period(date(2026, 1, 1), date(2026, 3, 31))
    assert (JANUARY.whole_months, Period.quarter(date(2026, 1, 1)).whole_months) == (1, 3)
    assert Period(date(2026, 1, 2), date(2026, 1, 31)).whole_months == 0


def test_what_a_period_is_compared_with() -> None:
    assert JANUARY.previous == Period(date(2025, 12, 1), date(2025, 12, 31))
    assert Period.quarter(date(2026, 2, 1)).previous == Period(date(2025, 10, 1), date(2025, 12, 31))
    assert Period.month(date(2024, 2, 29)).last_year == Period(date(2023, 2, 1), date(2023, 2, 28))
    assert Period(date(2026, 3, 3), date(2026, 3, 9)).previous == Period(date(2026, 2, 24), date(2026, 3, 2))
    assert Period(date(2024, 2, 29), date(2024, 3, 5)).last_year == Period(date(2023, 2, 28), date(2023, 3, 5))


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (JANUARY, "janvier 2026"),
        (Period.quarter(date(2026, 11, 1)), "4e trimestre 2026"),
        (Period.year(date(2026, 11, 1)), "2026"),
        (Period.year_to(date(2026, 10, 3)), "janvier à octobre 2026"),
        (Period(date(2026, 3, 3), date(2026, 4, 9)), "du 03/03/2026 au 09/04/2026"),
    ],
)
def test_a_period_in_words(period: Period, words: str) -> None:
    assert period.words == words


def test_a_period_never_ends_before_it_starts() -> None:
    with pytest.raises(ValueError, match="ends after"):
        Period(date(2026, 3, 3), date(2026, 3, 2))


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 800))
def test_months_of_a_period_follow_each_other_and_the_previous_touches_it(start: date, days: int) -> None:
    period = Period(start, start + timedelta(days))
    months = list(period.months())
    assert months[0] == (start.year, start.month)
    assert months[-1] == (period.end.year, period.end.month)
    assert all((b[0] * 12 + b[1]) - (a[0] * 12 + a[1]) == 1 for a, b in pairwise(months))
    assert period.previous.end == period.start - timedelta(1)
    assert period.last_year.end < period.end
