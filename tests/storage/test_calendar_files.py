"""Busy time read from other calendars: what they say, in any zone, and what hostile files cannot do."""

import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from boutique.core.errors import Cancelled, UserError
from boutique.storage import calendar_lines
from boutique.storage.calendar_files import BusyFile, merged, read_busy

FIRST, LAST = date(2026, 10, 24), date(2027, 12, 24)
Reads = Callable[..., BusyFile]
PARIS = "DTSTART;TZID=Europe/Paris:{}", "DTEND;TZID=Europe/Paris:{}"


@pytest.fixture(autouse=True)
def in_paris(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The clock of the computer is in France, with its summer time."""
    monkeypatch.setenv("TZ", "Europe/Paris")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def event(*lines: str) -> str:
    return "\r\n".join(("BEGIN:VEVENT", *lines, "END:VEVENT", ""))


def calendar(*events: str, head: str = "VERSION:2.0\r\n") -> str:
    return f"BEGIN:VCALENDAR\r\n{head}{''.join(events)}END:VCALENDAR\r\n"


@pytest.fixture
def read(tmp_path: Path) -> Reads:
    def go(content: str | bytes, **more: object) -> BusyFile:
        path = tmp_path / "agenda.ics"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_busy(path, FIRST, LAST, **more)  # type: ignore[arg-type]

    return go


def spans(found: BusyFile) -> list[str]:
    """« 24/11 10:00-11:00 », as the clock of the computer shows them."""
    told = []
    for start, end, all_day in found.periods:
        one, two = (datetime.fromtimestamp(minute * 60).astimezone() for minute in (start, end))
        told.append(f"{one:%d/%m %H:%M}-{two:%H:%M}{' journée' if all_day else ''}")
    return told


def test_one_hour_in_each_way_of_writing_it(read: Reads) -> None:
    found = read(calendar(
        event("UID:1", "DTSTART:20261124T090000Z", "DTEND:20261124T100000Z"),
        event("UID:2", "DTSTART;TZID=Europe/Paris:20261125T100000", "DURATION:PT1H"),
        event("UID:3", "DTSTART:20261126T100000", "DTEND:20261126T110000"),
        event("UID:4", "DTSTART;TZID=America/New_York:20261127T040000", "DURATION:PT1H"),
        event("UID:5", "DTSTART;TZID=Romance Standard Time:20261128T100000", "DURATION:PT1H"),
    ))  # fmt: skip
    assert spans(found) == [f"{day}/11 10:00-11:00" for day in (24, 25, 26, 27, 28)]
    assert found.refused == ()


def test_whole_days_are_kept_as_days(read: Reads) -> None:
    found = read(calendar(event("UID:1", "DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20261226")))
    assert [(end - start, all_day) for start, end, all_day in found.periods] == [(2 * 24 * 60, 1)]


def test_a_weekly_meeting_stays_at_its_hour_when_summer_time_begins(read: Reads) -> None:
    zone = event("UID:1", "DTSTART;TZID=Europe/Paris:20270318T100000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=3")
    floating = event("UID:2", "DTSTART:20270319T100000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=3")
    utc = event("UID:3", "DTSTART:20270320T090000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=3")
    found = spans(read(calendar(zone, floating, utc)))
    assert [one for one in found if one[:2] in ("18", "25", "01")] == [
        "18/03 10:00-11:00", "25/03 10:00-11:00", "01/04 10:00-11:00",
    ]  # fmt: skip
    assert [one[6:] for one in found if one[:2] in ("19", "26", "02")] == ["10:00-11:00"] * 3
    assert [one[6:] for one in found if one[:2] in ("20", "27", "03")] == ["10:00-11:00", "10:00-11:00", "11:00-12:00"]


def test_dates_left_out_and_moved_of_a_repetition(read: Reads) -> None:
    found = read(calendar(
        event(
            "UID:1", "DTSTART:20261201T100000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=4", "EXDATE:20261202T100000",
        ),
        event("UID:1", "RECURRENCE-ID:20261203T100000", "DTSTART:20261203T150000", "DURATION:PT30M"),
        event("UID:1", "RECURRENCE-ID:20261204T100000", "DTSTART:20261204T100000", "STATUS:CANCELLED"),
    ))  # fmt: skip
    assert spans(found) == ["01/12 10:00-11:00", "03/12 15:00-15:30"]


def test_a_zone_described_by_the_file_itself_and_by_no_other(read: Reads) -> None:
    zone = (
        "BEGIN:VTIMEZONE\r\nTZID:Chez nous\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:{0}\r\n"
        "TZOFFSETTO:{0}\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    )
    ours = event("UID:1", "DTSTART;TZID=Chez nous:20261124T120000", "DURATION:PT1H")
    assert spans(read(calendar(zone.format("+0400"), ours))) == ["24/11 09:00-10:00"]
    assert spans(read(calendar(zone.format("+0300"), ours))) == ["24/11 10:00-11:00"]


def test_what_takes_no_time_is_left_out(read: Reads) -> None:
    when = ("DTSTART:20261124T100000", "DURATION:PT1H")
    found = read(calendar(
        event("UID:1", *when, "TRANSP:TRANSPARENT"), event("UID:2", *when, "STATUS:CANCELLED"),
        event("UID:3", *when, "X-MICROSOFT-CDO-BUSYSTATUS:FREE"), event("UID:4", "DTSTART:20261124T100000"),
    ))  # fmt: skip
    assert (found.periods, found.events, found.free) == ((), 4, 3)


def test_titles_guests_and_alarms_are_never_read(read: Reads) -> None:
    found = read(calendar(event(
        "UID:1", "SUMMARY:Rendez-vous chez le médecin", "DTSTART:20261124T100000", "DURATION:PT1H",
        "BEGIN:VALARM", "DTSTART:20261125T100000", "TRIGGER:-PT15M", "DURATION:PT9H", "END:VALARM",
    )))  # fmt: skip
    assert spans(found) == ["24/11 10:00-11:00"]


def test_a_published_free_busy_list(read: Reads) -> None:
    body = (
        "BEGIN:VFREEBUSY\r\nFREEBUSY:20261124T090000Z/20261124T100000Z,20261125T090000Z/PT2H\r\n"
        "FREEBUSY;FBTYPE=FREE:20261126T090000Z/PT2H\r\nEND:VFREEBUSY\r\n"
    )
    assert spans(read(calendar(body))) == ["24/11 10:00-11:00", "25/11 10:00-12:00"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252", "mac-roman"])
def test_the_encoding_of_the_file_does_not_matter(read: Reads, encoding: str) -> None:
    text = calendar(event("UID:1", "SUMMARY:Réunion d’été", "DTSTART:20261124T100000", "DURATION:PT1H"))
    assert spans(read(text.encode(encoding))) == ["24/11 10:00-11:00"]


def test_folded_lines_and_every_end_of_line(read: Reads) -> None:
    text = calendar(event("UID:1", "DTSTART;TZID=Europe/\r\n Paris:20261124T10\r\n\t0000", "DURATION:PT1H"))
    for line_end in ("\r\n", "\n", "\r"):
        assert spans(read(text.replace("\r\n", line_end))) == ["24/11 10:00-11:00"]


def test_ten_thousand_events_tell_how_far_they_are_and_can_be_given_up(read: Reads) -> None:
    days = [date(2026, 11, 1) + timedelta(number // 40) for number in range(10_000)]
    text = calendar(*(
        event(f"UID:{number}", f"DTSTART:{day:%Y%m%d}T{number % 24:02d}0000Z", "DURATION:PT15M")
        for number, day in enumerate(days)
    ))  # fmt: skip
    steps: list[tuple[int, int]] = []
    found = read(text, told=lambda done, total: steps.append((done, total)))
    assert (found.events, found.refused) == (10_000, ())
    assert steps[0] == (0, 10_000)
    assert steps[-1] == (10_000, 10_000)
    assert len(steps) > 500

    def give_up(done: int, _total: int) -> None:
        if done >= 100:
            raise Cancelled

    with pytest.raises(Cancelled):
        read(text, told=give_up)


def test_a_repetition_without_end_stops_with_the_period(read: Reads) -> None:
    found = read(calendar(event("UID:1", "DTSTART:18000101T100000", "DURATION:PT1H", "RRULE:FREQ=DAILY")))
    assert len(found.periods) == (LAST - FIRST).days + 1


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY", "FREQ=MINUTELY;COUNT=99999999", "FREQ=HOURLY", "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=-1", "FREQ=DAILY;BYHOUR=1;BYMINUTE=0,1,2;BYSECOND=0,1,2", "FREQ=PARFOIS", "",
        "n’importe quoi",
    ],
)  # fmt: skip
def test_a_rule_that_would_never_end_is_refused_and_the_others_read(read: Reads, rule: str) -> None:
    trap = event("UID:1", "DTSTART:20261124T100000", "DURATION:PT1H", f"RRULE:{rule}")
    found = read(calendar(trap, event("UID:2", "DTSTART:20261125T100000", "DURATION:PT1H")))
    assert spans(found) == ["25/11 10:00-11:00"]
    assert [one.line for one in found.refused] == [3]


def test_a_rule_that_never_falls_on_a_day_ends_too(read: Reads) -> None:
    never = event("UID:1", "DTSTART:20261124T100000", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")
    assert read(calendar(never)).periods == ()


def test_too_many_repetitions_stop_and_say_so(read: Reads, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("boutique.storage.calendar_files._MOST_REPEATS", 1_000)
    one = "DTSTART:20200101T100000", "DURATION:PT1H", "RRULE:FREQ=DAILY"
    found = read(calendar(*(event(f"UID:{number}", *one) for number in range(6))))
    assert [refused.reason for refused in found.refused] == [
        "cet agenda a trop de répétitions : celle-ci n’a pas été lue"
    ] * 3


def test_each_broken_event_is_named_by_its_line_and_the_others_are_kept(read: Reads) -> None:
    found = read(calendar(
        event("UID:1", "DTSTART:20261124T100000", "DURATION:PT1H"),
        event("UID:2", "DTSTART:2026-11-24 10h"),
        event("UID:3", "DTSTART"),
        event("UID:4", "SUMMARY:Sans date"),
        event("UID:5", "DTSTART:20261124T100000", "DTEND:20261124T090000"),
        event("UID:6", "DTSTART:20261124T100000", "DTEND;VALUE=DATE:20261125"),
        event("UID:7", "DTSTART;VALUE=DATE:99991231"),
        "BEGIN:VEVENT\r\nUID:8\r\nDTSTART:20261126T1",
    ))  # fmt: skip
    assert spans(found) == ["24/11 10:00-11:00"]
    assert [one.line for one in found.refused] == [8, 12, 16, 20, 25, 30, 34]
    reasons = {one.line: one.reason for one in found.refused}
    assert reasons[8] == "DTSTART est illisible"
    assert reasons[12] == "une ligne de dates est illisible"
    assert reasons[16] == "il n’a pas de date de début"
    assert reasons[20] == "il finit avant de commencer"
    assert reasons[34] == "il n’est pas terminé : le fichier est coupé"


def test_events_of_other_centuries_are_only_out_of_the_period(read: Reads) -> None:
    found = read(calendar(
        event("UID:1", "DTSTART:16010101T000000Z", "DTEND:16010101T010000Z"),
        event("UID:2", "DTSTART;VALUE=DATE:00010101"),
        event("UID:3", "DTSTART:29990101T000000Z", "DURATION:PT1H"),
    ))  # fmt: skip
    assert (found.periods, found.outside, found.refused) == ((), 3, ())


def test_a_zone_with_a_trap_in_it_is_left_out(read: Reads) -> None:
    trap = (
        "BEGIN:VTIMEZONE\r\nTZID:Piège\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0100\r\n"
        "TZOFFSETTO:+0100\r\nRRULE:FREQ=SECONDLY\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    )
    found = read(calendar(trap, event("UID:1", "DTSTART;TZID=Piège:20261124T100000", "DURATION:PT1H")))
    assert spans(found) == ["24/11 10:00-11:00"]
    assert "fuseau horaire" in found.refused[0].reason


@pytest.mark.parametrize(
    "content",
    [b"", b"nom;type\nCMA;chambre", b"PK\x03\x04\x00\x00", b"%PDF-1.7\x00", b"BEGIN:VEVENT\r\nEND:VEVENT", b"\xff\xfe"],
)  # fmt: skip
def test_what_is_no_calendar_is_refused_in_words(read: Reads, content: bytes) -> None:
    with pytest.raises(UserError, match="n’est pas un agenda"):
        read(content)


def test_a_file_of_fifty_megabytes_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "gros.ics"
    with path.open("wb") as stream:
        os.truncate(stream.fileno(), 52_000_000)
    with pytest.raises(UserError, match=r"pèse 52,0 Mo.*période plus courte"):
        read_busy(path, FIRST, LAST)


def test_more_events_than_an_agenda_has_are_refused(read: Reads, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar_lines, "MOST_EVENTS", 10)
    with pytest.raises(UserError, match="plus de 10 événements"):
        read(calendar(*(event(f"UID:{number}") for number in range(11))))


def test_a_list_of_dates_without_end_is_refused(read: Reads) -> None:
    dates = ",".join(["20261124T100000"] * 10_000)
    found = read(calendar(event("UID:1", "DTSTART:20261124T100000", f"RDATE:{dates}")))
    assert [one.reason for one in found.refused] == ["sa liste de dates est trop longue"]


def test_a_file_that_is_gone_or_a_folder_is_said(tmp_path: Path) -> None:
    for path in (tmp_path / "absent.ics", tmp_path):
        with pytest.raises(UserError, match="ne peut pas être lu"):
            read_busy(path, FIRST, LAST)


def test_the_same_time_is_said_once() -> None:
    assert merged([(10, 20, 0), (15, 30, 0), (30, 40, 0), (50, 60, 0), (0, 100, 1)]) == (
        (0, 100, 1), (10, 40, 0), (50, 60, 0),
    )  # fmt: skip


def test_the_two_hours_of_the_october_night_are_both_busy(read: Reads) -> None:
    start = datetime(2026, 10, 25, 0, 0, tzinfo=UTC)
    found = read(calendar(event("UID:1", f"DTSTART:{start:%Y%m%dT%H%M%SZ}", "DURATION:PT2H")))
    assert [end - begin for begin, end, _ in found.periods] == [120]
