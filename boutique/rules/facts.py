"""Facts computed from dates, at a given day: ages and elapsed months. Nothing here reads the clock."""

from collections.abc import Mapping
from datetime import date
from typing import Any

AGE_BANDS = ((18, "MINEUR"), (26, "A18_25"), (30, "A26_29"), (45, "A30_44"), (50, "A45_49"), (55, "A50_54"))
OLDEST_BAND = "A55P"
NEVER_MONTHS = 600

# Without a registered business there are no debts, unpaid bills or income of it: asking would be absurd.
_WITHOUT_BUSINESS = {
    "business.unpaid_social_or_tax": False,
    "business.payment_default": False,
    "business.income_below_need": False,
}
_DURATIONS = ((6, "LT_6M"), (12, "M6_11"), (24, "M12_23"))
_OLDEST = 120


def age(born: date | int | None, on: date) -> int | None:
    """Age in full years; from a birth year alone, the age reached that year. None when it makes no sense."""
    if born is None:
        return None
    if isinstance(born, int):
        years = on.year - born
    else:
        years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return years if 0 <= years <= _OLDEST else None


def age_band(years: int | None) -> str | None:
    """Code of AGE_BAND for an age."""
    if years is None:
        return None
    return next((band for limit, band in AGE_BANDS if years < limit), OLDEST_BAND)


def months_since(start: date | None, on: date) -> int | None:
    """Full months elapsed; None when the start is unknown or still to come."""
    if start is None or start > on:
        return None
    return (on.year - start.year) * 12 + on.month - start.month - (on.day < start.day)


def days_since(start: date | None, on: date) -> int | None:
    """Days elapsed; None when the start is unknown or still to come."""
    return None if start is None or start > on else (on - start).days


def registration_duration(since: date | None, on: date) -> str | None:
    """Code of REGISTRATION_DURATION for a registration that began on `since`."""
    months = months_since(since, on)
    if months is None:
        return None
    return next((code for limit, code in _DURATIONS if months < limit), "GE_24M")


def acre_gap(ended: date | None, on: date, *, never: bool = False) -> int | None:
    """Months since the end of an earlier Acre; « never had it » is the longest gap, not an unknown."""
    return NEVER_MONTHS if never else months_since(ended, on)


def business_facts(registered_on: date | None, on: date) -> dict[str, Any]:
    """`business.*` facts that follow from the date of registration."""
    days = days_since(registered_on, on)
    if days is None:
        return {}
    months = months_since(registered_on, on)
    return {
        "business.registered": True,
        "business.days_since_registration": days,
        "business.age_months": months,
    }


def with_implied(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts, and those that follow so plainly that nobody should be asked; answers given win."""
    implied = _WITHOUT_BUSINESS if facts.get("business.registered") is False else {}
    return {**implied, **facts}
