"""What figures count, without any base: periods, newness, distinct people."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boutique.rules.indicators import FIGURES, Kind, Ledger, Unit, figure, interview_types, is_new
from boutique.rules.period import Period

JANUARY = Period.month(date(2026, 1, 20))


@pytest.mark.parametrize(
    ("previous", "on", "new"),
    [
        (None, date(2026, 3, 10), True),
        (date(2026, 3, 10), date(2026, 3, 10), False),
        (date(2024, 3, 10), date(2026, 3, 10), False),
        (date(2024, 3, 10), date(2026, 3, 11), True),
        (date(2024, 3, 31), date(2026, 4, 1), True),
        (date(2024, 4, 30), date(2026, 4, 29), False),
        (date(2023, 12, 31), date(2026, 1, 1), True),
    ],
)
def test_newness_after_a_long_silence(previous: date | None, on: date, *, new: bool) -> None:
    assert is_new(previous, on) is new


def test_walk_ins_and_workshops_are_not_interviews() -> None:
    assert {"PRE_ACCUEIL", "SUIVI", "TELEPHONE", "VISITE"} <= interview_types()
    assert not {"ACCUEIL", "ATELIER", "INFO_COLLECTIVE", "ABSENCE", "ADMIN"} & interview_types()


def test_every_figure_is_named_and_defined_once() -> None:
    assert len({item.key for item in FIGURES}) == len({item.code for item in FIGURES}) == len(FIGURES)
    assert all(item.label and item.definition.endswith(".") for item in FIGURES)


def ledger() -> Ledger:
    found = Ledger()
    found.add(Kind.INTERVIEW, "éloïse", "1", date(2026, 1, 5), 45)
    found.add(Kind.INTERVIEW, "éloïse", "1", date(2026, 1, 25), 60)
    found.add(Kind.INTERVIEW, "bruno", "2", date(2026, 2, 5), 30)
    found.add(Kind.VISIT, None, None, date(2026, 1, 6))
    found.add(Kind.VISIT, "éloïse", "1", date(2026, 1, 7))
    return found


def test_people_are_distinct_and_acts_are_not() -> None:
    found = ledger()
    values = {item.key: found.value(item, JANUARY) for item in FIGURES}
    assert (values["received"], values["caseload"], values["interviews"], values["visits"]) == (1, 1, 2, 2)
    assert values["interview_hours"] == 1.75
    assert found.value(figure("caseload"), Period.year_to(date(2026, 2, 1))) == 2


def test_a_figure_narrows_to_some_people() -> None:
    found, year = ledger(), Period.year_to(date(2026, 2, 1))
    for key, expected in (("caseload", 1), ("interviews", 1), ("interview_hours", 0.5)):
        assert found.value(figure(key), year, {"bruno"}) == expected


def test_the_line_of_a_person_is_their_latest_event() -> None:
    events = ledger().events(figure("received"), JANUARY)
    assert [(event.person, event.on) for event in events] == [("éloïse", date(2026, 1, 25))]


PEOPLE = st.sampled_from(["a", "b", "c", None])
DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31))


@given(st.lists(st.tuples(st.sampled_from(list(Kind)), PEOPLE, DAYS), max_size=60))
def test_a_year_never_counts_more_people_than_its_months_together(acts: list[tuple[Kind, str | None, date]]) -> None:
    found = Ledger()
    for kind, person, on in acts:
        found.add(kind, person, person, on, 30)
    year = Period.year_to(date(2026, 12, 1))
    for item in FIGURES:
        months = [found.value(item, Period.month(date(2026, month, 1))) for month in range(1, 13)]
        whole = found.value(item, year)
        assert max(months) <= whole <= sum(months)
        assert whole == pytest.approx(sum(months)) or item.unit is Unit.PEOPLE
        assert len(found.events(item, year)) == whole or item.unit is Unit.HOURS
