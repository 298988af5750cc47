"""Facts computed from dates."""

from datetime import date

import pytest

from boutique.rules.facts import (
    acre_gap,
    age,
    age_band,
    business_facts,
    days_since,
    months_since,
    registration_duration,
    with_implied,
)

ON = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("born", "years"),
    [
        (date(2000, 11, 22), 26),
        (date(2000, 11, 23), 25),
        (date(2000, 2, 29), 26),
        (1990, 36),
        (None, None),
        (date(2027, 1, 1), None),
        (1800, None),
    ],
)
def test_age_is_counted_in_full_years(born: date | int | None, years: int | None) -> None:
    assert age(born, ON) == years


@pytest.mark.parametrize(
    ("years", "band"),
    [
        (17, "MINEUR"), (18, "A18_25"), (25, "A18_25"), (26, "A26_29"), (30, "A30_44"), (45, "A45_49"),
        (50, "A50_54"), (54, "A50_54"), (55, "A55P"), (None, None),
    ],
)  # fmt: skip
def test_age_bands_have_the_bounds_of_the_reference(years: int | None, band: str | None) -> None:
    assert age_band(years) == band


def test_months_are_full_months_and_the_future_is_unknown() -> None:
    assert months_since(date(2026, 5, 22), ON) == 6
    assert months_since(date(2026, 5, 23), ON) == 5
    assert months_since(date(2026, 11, 23), ON) is None
    assert days_since(date(2026, 11, 1), ON) == 21
    assert days_since(None, ON) is None


@pytest.mark.parametrize(
    ("since", "code"),
    [
        (date(2026, 6, 1), "LT_6M"),
        (date(2026, 5, 22), "M6_11"),
        (date(2025, 11, 22), "M12_23"),
        (date(2024, 11, 22), "GE_24M"),
        (None, None),
    ],
)
def test_duration_of_registration(since: date | None, code: str | None) -> None:
    assert registration_duration(since, ON) == code


def test_never_had_acre_is_an_answer() -> None:
    assert acre_gap(None, ON, never=True) == 600
    assert acre_gap(date(2025, 11, 22), ON) == 12
    assert acre_gap(None, ON) is None


def test_registration_brings_its_facts() -> None:
    assert business_facts(date(2026, 9, 23), ON) == {
        "business.registered": True,
        "business.days_since_registration": 60,
        "business.age_months": 1,
    }
    assert business_facts(None, ON) == {}


def test_project_without_a_business_is_not_asked_about_its_debts() -> None:
    facts = with_implied({"business.registered": False, "business.income_below_need": True})
    assert facts["business.payment_default"] is False
    assert facts["business.income_below_need"] is True
    assert with_implied({}) == {}
