"""Days of a permanence: against plain reasoning on the calendar, for any first date and rhythm."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boutique.core.errors import UserError
from boutique.models.choices import Rhythm
from boutique.rules.recurrence import Recurrence, check, occurrences, spoken

THURSDAY = date(2026, 11, 26)  # the fourth of its month, and the last
days = st.dates(date(2000, 1, 1), date(2090, 12, 31))
spans = st.integers(0, 800)


def test_every_week_on_the_day_of_the_first_date() -> None:
    found = occurrences(Recurrence(Rhythm.WEEKLY, THURSDAY), date(2026, 12, 1), date(2026, 12, 31))
    assert found == (date(2026, 12, 3), date(2026, 12, 10), date(2026, 12, 17), date(2026, 12, 24), date(2026, 12, 31))


def test_every_other_week_keeps_its_beat_across_the_years() -> None:
    found = occurrences(Recurrence(Rhythm.FORTNIGHTLY, THURSDAY), date(2026, 12, 20), date(2027, 1, 31))
    assert found == (date(2026, 12, 24), date(2027, 1, 7), date(2027, 1, 21))


def test_the_same_weekday_of_each_month() -> None:
    second = Recurrence(Rhythm.MONTHLY, date(2026, 1, 8))
    assert occurrences(second, date(2026, 1, 1), date(2026, 4, 30)) == (
        date(2026, 1, 8), date(2026, 2, 12), date(2026, 3, 12), date(2026, 4, 9),
    )  # fmt: skip
    last = Recurrence(Rhythm.MONTHLY_LAST, THURSDAY)
    assert occurrences(last, date(2026, 11, 1), date(2027, 2, 28)) == (
        THURSDAY, date(2026, 12, 31), date(2027, 1, 28), date(2027, 2, 25),
    )  # fmt: skip


def test_a_date_left_out_and_an_end_are_kept() -> None:
    rule = Recurrence(Rhythm.WEEKLY, THURSDAY, date(2026, 12, 17), (date(2026, 12, 3),))
    assert occurrences(rule, date(2026, 1, 1), date(2030, 1, 1)) == (THURSDAY, date(2026, 12, 10), date(2026, 12, 17))


def test_what_could_not_be_understood_is_refused_in_words() -> None:
    with pytest.raises(UserError, match="avant la première date"):
        check(Recurrence(Rhythm.WEEKLY, THURSDAY, date(2026, 11, 1)))
    with pytest.raises(UserError, match="cinquième jeudi"):
        check(Recurrence(Rhythm.MONTHLY, date(2026, 10, 29)))
    check(Recurrence(Rhythm.MONTHLY_LAST, date(2026, 10, 29)))


def test_a_rhythm_is_said_as_people_say_it() -> None:
    told = {rhythm: spoken(Recurrence(rhythm, THURSDAY)) for rhythm in Rhythm}
    assert told == {
        Rhythm.ONCE: "le jeudi 26 novembre 2026",
        Rhythm.WEEKLY: "chaque jeudi",
        Rhythm.FORTNIGHTLY: "un jeudi sur deux",
        Rhythm.MONTHLY: "le 4e jeudi du mois",
        Rhythm.MONTHLY_LAST: "le dernier jeudi du mois",
    }


def _expected(rule: Recurrence, day: date) -> bool:
    if day < rule.starts_on or day in rule.skipped or (rule.ends_on is not None and day > rule.ends_on):
        return False
    same_name = day.weekday() == rule.starts_on.weekday()
    weeks = (day - rule.starts_on).days // 7
    return {
        Rhythm.ONCE: day == rule.starts_on,
        Rhythm.WEEKLY: same_name,
        Rhythm.FORTNIGHTLY: same_name and weeks % 2 == 0,
        Rhythm.MONTHLY: same_name and (day.day - 1) // 7 == (rule.starts_on.day - 1) // 7,
        Rhythm.MONTHLY_LAST: same_name and (day + timedelta(7)).month != day.month,
    }[rule.rhythm]


@given(st.sampled_from(Rhythm), days, st.none() | days, st.sets(days, max_size=3), days, spans)
def test_the_days_are_those_that_the_calendar_says(
    rhythm: Rhythm, start: date, end: date | None, skipped: set[date], first: date, span: int
) -> None:
    rule = Recurrence(rhythm, start, end, skipped | {start + timedelta(14)})
    last = first + timedelta(span)
    wanted = [first + timedelta(n) for n in range(span + 1) if _expected(rule, first + timedelta(n))]
    assert list(occurrences(rule, first, last)) == wanted


@given(st.sampled_from(Rhythm), days, days, spans, spans)
def test_two_periods_side_by_side_hold_what_both_hold(
    rhythm: Rhythm, start: date, first: date, one: int, two: int
) -> None:
    rule = Recurrence(rhythm, start)
    middle, last = first + timedelta(one), first + timedelta(one + two + 1)
    halves = occurrences(rule, first, middle) + occurrences(rule, middle + timedelta(1), last)
    assert halves == occurrences(rule, first, last)
