"""The agenda on a real base: what it shows, what runs into what, and time that changes its hour."""

import time
import uuid
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from boutique.core import clock
from boutique.core.errors import UserError
from boutique.models.case import Appointment, Case
from boutique.models.choices import AppointmentStatus, Conflict, Rhythm
from boutique.models.structure import Counsellor, Site
from boutique.services import appointments, outreach, people, schedule, undo
from boutique.services.intakes import Saved
from boutique.services.schedule import Schedule, Scope
from boutique.services.workspace import Workspace
from tests.services.filling import SAINT_POL, on, open_file

MONDAY = date(2026, 11, 23)
NOTHING: dict[str, Any] = {}


@pytest.fixture(autouse=True)
def in_paris(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The clock of the computer is in France, with its summer time."""
    monkeypatch.setenv("TZ", "Europe/Paris")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute).astimezone()


def book(workspace: Workspace, when: datetime, minutes: int = 60, title: str = "Point", **more: Any) -> uuid.UUID:
    here = {"case_id": None, "counsellor_id": workspace.counsellor_id, "site_id": workspace.site_id} | more
    typed = {"appointment.title": title}
    return workspace.write("Rendez-vous", appointments.save, None, when, minutes, typed, **here)


def week(workspace: Workspace, first: date = MONDAY, scope: Scope | None = None) -> Schedule:
    return workspace.read(schedule.schedule, first, 7, scope or Scope())


def other_counsellor(workspace: Workspace) -> uuid.UUID:
    def add(session: Session) -> uuid.UUID:
        row = Counsellor(first_name="Thomas", last_name="Delattre")
        session.add(row)
        return row.id

    return workspace.write("Ajouter", add)


def other_site(workspace: Workspace, commune: str = "62361") -> uuid.UUID:
    def add(session: Session) -> uuid.UUID:
        row = Site(name="Permanence de Frévent", commune_code=commune)
        session.add(row)
        return row.id

    return workspace.write("Ajouter", add)


def permanence(workspace: Workspace, site: uuid.UUID, **more: Any) -> uuid.UUID:
    typed = {
        "site_id": site, "counsellor_id": None, "rhythm": Rhythm.WEEKLY, "starts_on": date(2026, 11, 5),
        "ends_on": None, "opens_at": 9 * 60, "closes_at": 12 * 60, "skipped": (),
    }  # fmt: skip
    return workspace.write("Permanence", outreach.save, None, typed | more)


def test_an_appointment_with_a_file_shows_the_person_and_the_place(workspace: Workspace, saved: Saved) -> None:
    typed = {
        "appointment.note": "Apporter le bail",
        "appointment.mode": "deplacement",
        "appointment.place": "Son local",
    }
    made = workspace.write(
        "Rendez-vous", appointments.save, None, at(MONDAY, 14), 45, typed,
        case_id=saved.case_id, counsellor_id=workspace.counsellor_id, site_id=workspace.site_id,
    )  # fmt: skip
    (slot,) = week(workspace).slots
    assert (slot.name, slot.mode, slot.place) == ("Zoé Martin", "En déplacement", "Son local")
    assert (slot.starts_at.hour, slot.ends_at - slot.starts_at, slot.mine) == (14, timedelta(minutes=45), True)
    shown = workspace.read(appointments.details, made)
    assert shown.answers["appointment.note"] == "Apporter le bail"
    assert shown.file.startswith("Zoé Martin · 2026-")


def test_an_appointment_needs_a_file_or_a_title_and_a_sensible_time(workspace: Workspace) -> None:
    with pytest.raises(UserError, match="dossier, ou donnez un objet"):
        book(workspace, at(MONDAY, 9), title=" ")
    with pytest.raises(UserError, match="dure de 5 minutes"):
        book(workspace, at(MONDAY, 9), 0)
    with pytest.raises(UserError, match="L’année 1926"):
        book(workspace, at(date(1926, 11, 23), 9))
    assert week(workspace).slots == ()


def test_what_runs_into_what_is_seen_even_when_out_of_scope(workspace: Workspace) -> None:
    site = other_site(workspace)
    permanence(workspace, site)
    first, second = book(workspace, at(MONDAY, 9)), book(workspace, at(MONDAY, 9, 30), site_id=site)
    inside = book(workspace, at(date(2026, 11, 26), 9), 180, site_id=site)
    met = {slot.id: slot.conflicts for slot in week(workspace).slots}
    assert met[first] == (Conflict.OVERLAP,)
    assert met[second] == (Conflict.OVERLAP, Conflict.OUTSIDE)
    assert met[inside] == ()
    (shown,) = week(workspace, scope=Scope(site_id=workspace.site_id)).slots
    assert shown.conflicts == (Conflict.OVERLAP,)


def test_missed_and_cancelled_ones_take_nobodys_time(workspace: Workspace) -> None:
    first, second = book(workspace, at(MONDAY, 9)), book(workspace, at(MONDAY, 9))
    workspace.write("Annulé", appointments.conclude, second, AppointmentStatus.CANCELLED)
    assert [slot.conflicts for slot in week(workspace).slots] == [(), ()]
    workspace.write("Tenu", appointments.conclude, first, AppointmentStatus.DONE)
    third = book(workspace, at(MONDAY, 9, 15))
    met = {slot.id: slot.conflicts for slot in week(workspace).slots}
    assert met[first] == met[third] == (Conflict.OVERLAP,)


def test_public_holidays_are_those_of_the_department_of_the_place(workspace: Workspace) -> None:
    strasbourg = other_site(workspace, "67482")
    book(workspace, at(date(2026, 12, 26), 9), site_id=strasbourg)
    book(workspace, at(date(2026, 12, 25), 9))
    christmas = date(2026, 12, 21)
    assert list(week(workspace, christmas).holidays) == [date(2026, 12, 25)]
    assert len(week(workspace, christmas, Scope(site_id=strasbourg)).holidays) == 2
    assert [slot.conflicts for slot in week(workspace, christmas).slots] == [(Conflict.HOLIDAY,), (Conflict.HOLIDAY,)]


def test_what_is_being_typed_is_told_what_it_would_run_into(workspace: Workspace, saved: Saved) -> None:
    made = book(workspace, at(MONDAY, 9), case_id=saved.case_id)
    who = {"counsellor_id": workspace.counsellor_id, "site_id": workspace.site_id}
    asked = schedule.conflicts_of
    assert workspace.read(asked, at(MONDAY, 9, 30), 60, **who) == ("Chevauche 09:00 Zoé Martin",)
    assert workspace.read(asked, at(MONDAY, 9, 30), 60, **who, without=made) == ()
    assert workspace.read(asked, at(MONDAY, 10), 60, **who) == ()
    assert workspace.read(asked, at(date(2026, 12, 25), 9), 60, **who) == ("Jour férié : Noël",)


def test_an_appointment_moves_by_days_and_quarters_and_comes_back(workspace: Workspace) -> None:
    made = book(workspace, at(MONDAY, 9))
    workspace.write("Rendez-vous déplacé", appointments.shift, made, days=1, minutes=15)
    workspace.write("Durée", appointments.lengthen, made, 15)
    (slot,) = week(workspace).slots
    assert (slot.starts_at, slot.minutes) == (at(date(2026, 11, 24), 9, 15), 75)
    for _ in range(2):
        workspace.write("Annulation", undo.undo)
    (slot,) = week(workspace).slots
    assert (slot.starts_at, slot.minutes) == (at(MONDAY, 9), 60)
    workspace.write("Durée", appointments.lengthen, made, -300)
    assert week(workspace).slots[0].minutes == 15


@pytest.mark.parametrize(
    ("monday", "utc_before", "utc_after"), [(date(2027, 3, 22), 8, 7), (date(2026, 10, 19), 7, 8)]
)  # fmt: skip
def test_an_appointment_keeps_its_hour_when_the_clocks_change(
    workspace: Workspace, monday: date, utc_before: int, utc_after: int
) -> None:
    """Stored in UTC; moved from Saturday to Monday over the change, it stays at nine on the wall."""
    with on(monday - timedelta(30)):
        saturday = monday + timedelta(5)
        made = book(workspace, at(saturday, 9))
        permanence(workspace, workspace.site_id or uuid.uuid4(), starts_on=saturday, rhythm=Rhythm.WEEKLY)
        workspace.write("Rendez-vous déplacé", appointments.shift, made, days=7)
        (slot,) = week(workspace, monday + timedelta(7)).slots
        (held,) = week(workspace, monday + timedelta(7)).sessions
        assert (slot.starts_at.hour, held.starts_at.hour) == (9, 9)
        assert slot.conflicts == ()
        stored = workspace.read(lambda session: session.scalar(select(Appointment.starts_at)))
        assert stored is not None
        assert (stored - at(saturday, 9)).total_seconds() == 7 * 86_400 + (utc_after - utc_before) * 3_600


def test_a_week_holds_what_its_local_days_hold(workspace: Workspace) -> None:
    """The last hour of Sunday is already Monday nowhere else, and the night over the edge shows on both sides."""
    late = book(workspace, at(date(2026, 11, 29), 23, 30))
    early = book(workspace, at(date(2026, 11, 30), 0, 45))
    assert [slot.id for slot in week(workspace).slots] == [late]
    assert [slot.id for slot in week(workspace, date(2026, 11, 30)).slots] == [late, early]


def test_permanences_can_be_left_out_ended_and_refused(workspace: Workspace) -> None:
    site = other_site(workspace)
    made = permanence(workspace, site)
    assert [one.starts_at.date().day for one in week(workspace).sessions] == [26]
    workspace.write("Permanence annulée", outreach.skip, made, date(2026, 11, 26))
    assert week(workspace).sessions == ()
    (line,) = workspace.read(outreach.listing)
    assert line.about == "Chaque jeudi, de 09:00 à 12:00"
    assert line.skipped == (date(2026, 11, 26),)
    workspace.write("Annulation", undo.undo)
    assert len(week(workspace).sessions) == 1
    with pytest.raises(UserError, match="quart d’heure après son début"):
        permanence(workspace, site, opens_at=720, closes_at=720)
    with pytest.raises(UserError, match="avant la première date"):
        permanence(workspace, site, ends_on=date(2026, 1, 1))
    workspace.write("Permanence supprimée", outreach.delete, made)
    assert workspace.read(outreach.listing) == ()


def test_past_appointments_wait_for_a_word(workspace: Workspace, saved: Saved) -> None:
    past, today = book(workspace, at(MONDAY, 9), case_id=saved.case_id), clock.today()
    book(workspace, at(today, 8))
    book(workspace, at(MONDAY, 10), counsellor_id=other_counsellor(workspace))
    assert [(one.id, one.name) for one in workspace.read(appointments.waiting, today)] == [(past, "Zoé Martin")]
    assert workspace.read(appointments.waiting_count, today) == 1
    workspace.write("Tenu", appointments.conclude, past, AppointmentStatus.DONE)
    assert workspace.read(appointments.waiting_count, today) == 0


def test_the_header_of_a_file_has_its_next_appointment(workspace: Workspace, saved: Saved) -> None:
    later, sooner = at(date(2026, 12, 3), 10), at(date(2026, 11, 27), 10)
    book(workspace, later, case_id=saved.case_id)
    made = book(workspace, sooner, case_id=saved.case_id)
    assert workspace.read(people.header, saved.case_id).next_appointment == sooner
    workspace.write("Annulé", appointments.conclude, made, AppointmentStatus.CANCELLED)
    assert workspace.read(people.header, saved.case_id).next_appointment == later


def test_a_week_is_read_in_a_handful_of_queries_however_many_appointments(demo_workspace: Workspace) -> None:
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    def count(session: Session) -> Schedule:
        event.listen(session.get_bind(), "before_cursor_execute", note)
        try:
            return schedule.schedule(session, MONDAY, 7)
        finally:
            event.remove(session.get_bind(), "before_cursor_execute", note)

    shown = demo_workspace.read(count)
    assert shown.slots
    assert len([one for one in asked if "FROM appointment" in one]) == 1
    assert len(asked) <= 5 + demo_workspace.read(lambda session: session.scalar(select(func.count(Site.id))) or 0) + 1


def test_a_closed_or_foreign_file_is_still_named(workspace: Workspace) -> None:
    saved = open_file(workspace, "Ada", "Lovelace", holder_commune_code=SAINT_POL)
    book(workspace, at(MONDAY, 9), case_id=saved.case_id)
    workspace.write("Clore", lambda session: setattr(session.get_one(Case, saved.case_id), "closed_on", MONDAY))
    assert week(workspace).slots[0].name == "Ada Lovelace"
