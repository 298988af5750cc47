"""Public holidays by department, against days that everybody knows."""

from datetime import date

import pytest

from boutique.rules.public_days import public_holidays

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def test_the_eleven_national_days_are_named() -> None:
    found = public_holidays(*YEAR, "62")
    assert len(found) == 11
    assert found[date(2026, 1, 1)] == "Jour de l’an"
    assert found[date(2026, 5, 25)] == "Lundi de Pentecôte"
    assert found[date(2026, 11, 11)] == "Armistice"


@pytest.mark.parametrize(
    ("department", "own"),
    [
        ("57", date(2026, 12, 26)),
        ("67", date(2026, 12, 26)),
        ("68", date(2026, 4, 3)),
        ("971", date(2026, 5, 27)),
        ("972", date(2026, 5, 22)),
        ("973", date(2026, 6, 10)),
        ("974", date(2026, 12, 20)),
        ("976", date(2026, 4, 27)),
    ],
)
def test_alsace_moselle_and_overseas_have_days_of_their_own(department: str, own: date) -> None:
    assert own in public_holidays(*YEAR, department)
    assert own not in public_holidays(*YEAR, "62")


def test_a_period_may_run_over_the_new_year() -> None:
    assert list(public_holidays(date(2026, 12, 20), date(2027, 1, 3))) == [date(2026, 12, 25), date(2027, 1, 1)]
    assert public_holidays(date(2026, 12, 26), date(2026, 12, 31)) == {}
