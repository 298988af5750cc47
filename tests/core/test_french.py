"""Dates, phones and amounts as people type them: one stored form, one shown form, or a sentence saying what to do."""

from collections.abc import Callable
from datetime import date, time

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boutique.core import french
from boutique.core.errors import UserError

TODAY = date(2026, 11, 24)
READ = "Lu."


def refusal(read: Callable[[str], object], typed: str) -> str:
    """The sentence that refuses what is typed; anything but a sentence is a bug and fails the test."""
    try:
        read(typed)
    except UserError as told:
        return str(told)
    return READ


def day(text: str, *, past: bool = False) -> date:
    return french.parse_date(text, today=TODAY, past=past)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("12/03/1985", date(1985, 3, 12)),
        ("12.03.85", date(1985, 3, 12)),
        ("12 3 85", date(1985, 3, 12)),
        ("1985-03-12", date(1985, 3, 12)),
        ("12031985", date(1985, 3, 12)),
        ("12 mars 1985", date(1985, 3, 12)),
        ("1er mars 1985", date(1985, 3, 1)),
        ("mardi 12 mars 1985", date(1985, 3, 12)),
        ("29/02/2024", date(2024, 2, 29)),
        ("٠١/٠٢/١٩٩٠", date(1990, 2, 1)),
        ("  24/11/26 ", TODAY),
    ],
)
def test_usual_ways_of_writing_a_date(typed: str, meant: date) -> None:
    assert day(typed, past=True) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("demain", date(2026, 11, 25)), ("hier", date(2026, 11, 23)), ("dans 2 semaines", date(2026, 12, 8))],
)
def test_days_may_be_said_from_today(typed: str, meant: date) -> None:
    assert day(typed) == meant


def test_two_digit_years_are_past_for_a_birth_and_near_for_a_plan() -> None:
    assert day("01/02/03", past=True) == date(2003, 2, 1)
    assert day("01/02/60", past=True) == date(1960, 2, 1)
    assert day("01/02/27") == date(2027, 2, 1)
    assert day("01/02/27", past=True) == date(1927, 2, 1)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("29/02/2023", "Il n’y a pas de 29 au mois de février 2023"),
        ("31/04/2024", "Il n’y a pas de 31 au mois d’avril 2024"),
        ("00/00/0000", "Il n’y a pas de mois 0"),
        ("00/01/2000", "Il n’y a pas de 0 au mois de janvier"),
        ("12/31/1999", "Vouliez-vous dire le 31/12/1999"),
        ("45/45/1999", "Il n’y a pas de mois 45."),
        ("01/01/1879", "trop ancienne"),
        ("25/11/2026", "dans le futur"),
        ("43831.99999", "n’est pas lisible"),
        ("NaN", "n’est pas lisible"),
        ("1e300", "n’est pas lisible"),
        ("-1", "n’est pas lisible"),
        ("2026", "n’est pas lisible"),
        ("mars", "n’est pas lisible"),
        ("x" * 100_000, "n’est pas lisible"),
    ],
)
def test_an_impossible_date_says_what_is_wrong(typed: str, told: str) -> None:
    with pytest.raises(UserError, match=told):
        day(typed, past=True)


@pytest.mark.parametrize("typed", ["01/02/2926", "31/12/9999"])
def test_a_plan_centuries_ahead_is_a_slip(typed: str) -> None:
    with pytest.raises(UserError):
        day(typed)


@given(st.dates(date(1880, 1, 1), TODAY))
def test_a_shown_date_reads_back(value: date) -> None:
    assert day(french.show_date(value), past=True) == value
    assert day(value.isoformat(), past=True) == value
    assert day(french.long_date(value), past=True) == value


@given(st.text(max_size=45))
def test_no_text_breaks_the_reading_of_a_date(typed: str) -> None:
    assert refusal(day, typed).endswith((".", "?"))


def test_days_and_months_are_written_as_in_french() -> None:
    assert french.day_month(TODAY) == "24 nov."
    assert french.long_date(TODAY) == "mardi 24 novembre 2026"
    assert french.long_date(date(2026, 3, 1)) == "dimanche 1er mars 2026"
    assert french.month_name(TODAY) == "novembre 2026"


@pytest.mark.parametrize(
    "typed",
    [
        "06 12 34 56 78", "06.12.34.56.78", "0612345678", "+33 (0)6 12 34 56 78", "+33612345678", "0033 6 12 34 56 78",
        "06-12-34-56-78", "612345678", "０６ 12 34 56 78", "tel:0612345678", "Tel : 06 12 34 56 78", "06/12/34/56/78",
    ],
)  # fmt: skip
def test_a_french_number_has_one_stored_form(typed: str) -> None:
    assert french.parse_phone(typed) == "+33612345678"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("+262 692 12 34 56", "+262 692 12 34 56"),
        ("0692 12 34 56", "06 92 12 34 56"),
        ("+32 470 12 34 56", "+32 470 12 34 56"),
        ("+1 212 555 2368", "+1 212-555-2368"),
        ("06 39 98 00 12", "06 39 98 00 12"),
        ("01 99 00 12 34", "01 99 00 12 34"),
    ],
)
def test_numbers_from_elsewhere_and_of_fiction_are_kept(typed: str, shown: str) -> None:
    assert french.show_phone(french.parse_phone(typed)) == shown


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("06 12 34 56 7", "9 chiffres"),
        ("06 12 34 56 78 9", "11 chiffres"),
        ("6.12345678E8", "n’existe pas"),
        ("0O12345678", "06 12 34 56 78"),
        ("06 12 34 56 78 / 07 12 34 56 78", "deux numéros"),
        ("06 12 34 56 78 ou 07 12 34 56 78", "deux numéros"),
        ("javascript:alert(1)", "n’est pas lisible|n’existe pas"),
        ("bonjour", "n’est pas lisible"),
        ("0", "n’est pas lisible|n’existe pas"),
        ("+", "n’est pas lisible"),
        ("0" * 100_000, "n’est pas lisible"),
    ],
)
def test_a_number_that_cannot_be_dialled_says_so(typed: str, told: str) -> None:
    with pytest.raises(UserError, match=told):
        french.parse_phone(typed)


@given(st.one_of(st.text(max_size=30), st.text("+0123456789 ().-/", max_size=24)))
def test_no_text_breaks_the_reading_of_a_phone_and_what_is_stored_reads_back(typed: str) -> None:
    told = refusal(french.parse_phone, typed)
    assert told.endswith(".")
    if told == READ:
        stored = french.parse_phone(typed)
        assert french.parse_phone(stored) == stored


@given(st.integers(600_000_000, 699_999_999))
def test_a_shown_phone_reads_back(number: int) -> None:
    stored = f"+33{number}"
    try:
        assert french.parse_phone(french.show_phone(stored)) == stored
    except UserError:
        assert french.show_phone(stored)  # not attributed: refused, yet shown when it was imported


def test_what_is_no_phone_is_shown_as_it_is() -> None:
    assert french.show_phone(None) == ""
    assert french.show_phone("standard") == "standard"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1 234,56", 1235), ("1.234,56", 1235), ("1\u202f234", 1234), ("12k€", 12_000), ("12 k€", 12_000),
        ("1,5k", 1500), ("6 000 €", 6000), ("6000 euros", 6000), ("-5", -5), ("0", 0), ("1.234.567", 1_234_567),
        ("2,5", 3), ("0,5", 1),
    ],
)  # fmt: skip
def test_usual_ways_of_writing_an_amount(typed: str, meant: int) -> None:
    assert french.parse_amount(typed) == meant


@pytest.mark.parametrize(
    "typed", ["1,234.56", "1e9", "NaN", "inf", "1e400", str(2**63), "", "k", "12kk", "douze", "²", "1-2"]
)
def test_an_amount_that_may_be_misread_is_refused(typed: str) -> None:
    with pytest.raises(UserError, match="6 000"):
        french.parse_amount(typed)


@given(st.integers(-(10**12) + 1, 10**12 - 1))
def test_a_shown_amount_reads_back(value: int) -> None:
    assert french.parse_amount(french.show_amount(value)) == value


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading_of_an_amount(typed: str) -> None:
    assert refusal(french.parse_amount, typed).endswith(".")


def test_numbers_durations_and_lists_are_written_as_in_french() -> None:
    assert french.show_number(1234.5, 1) == "1\u202f234,5"
    assert french.show_percent(0.624) == "62\u00a0%"
    assert french.show_percent(None) == "—"
    assert [french.show_minutes(minutes) for minutes in (45, 60, 160)] == ["45 min", "1 h", "2 h 40"]
    assert [french.plural(count, "dossier") for count in (0, 1, 2)] == ["0 dossier", "1 dossier", "2 dossiers"]
    assert french.plural(2, "journal", "journaux") == "2 journaux"
    assert [french.listing(items) for items in ([], ["a"], ["a", "b", "c"])] == ["", "a", "a, b et c"]


@given(st.from_regex(r"\+33[1-79][0-9]{8}", fullmatch=True))
def test_the_usual_french_numbers_are_shown_as_the_library_would(stored: str) -> None:
    number = phonenumbers.parse(stored, None)
    assert french.show_phone(stored) == phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)


@pytest.mark.parametrize(
    ("typed", "hour"),
    [
        ("14:30", (14, 30)),
        ("14h30", (14, 30)),
        ("14 h", (14, 0)),
        ("9.15", (9, 15)),
        ("0900", (9, 0)),
        (" 9H ", (9, 0)),
    ],
)
def test_an_hour_is_read_as_people_type_it(typed: str, hour: tuple[int, int]) -> None:
    assert french.parse_time(typed) == time(*hour)


@pytest.mark.parametrize("typed", ["", "midi", "25:00", "14:75", "9:5:1", "14h3O", "-1"])
def test_an_hour_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(UserError, match="heure n’est pas lisible"):
        french.parse_time(typed)
