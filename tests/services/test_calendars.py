"""Calendars that leave and come in: what they carry, what they never carry, and their way back by undo."""

import uuid
from datetime import date, datetime
from pathlib import Path
from typing import Any

import icalendar
import pytest
from sqlalchemy import select

from boutique.core.errors import Cancelled, UserError
from boutique.models.choices import Conflict
from boutique.models.trace import Access
from boutique.services import appointments, calendar_in, calendar_out, schedule, undo
from boutique.services.calendar_out import Naming
from boutique.services.documents import Document
from boutique.services.intakes import Saved
from boutique.services.schedule import Scope
from boutique.services.workspace import Workspace
from tests.services.test_schedule import MONDAY, at, book, in_paris, permanence, week

__all__ = ["in_paris"]
PERIOD = (date(2026, 11, 23), date(2026, 12, 6))


def export(workspace: Workspace, naming: Naming = Naming.REFERENCE) -> Document:
    return workspace.write("Export", calendar_out.appointments, *PERIOD, Scope(), naming)


def events(document: Document) -> list[Any]:
    calendar = icalendar.Calendar.from_ical(document.content)
    assert isinstance(calendar, icalendar.Calendar)
    return calendar.events


@pytest.fixture
def booked(workspace: Workspace, saved: Saved) -> uuid.UUID:
    typed = {"appointment.title": "Bilan avec Zoé", "appointment.note": "Fragile", "appointment.place": "Chez Martin"}
    return workspace.write(
        "Rendez-vous", appointments.save, None, at(MONDAY, 14), 45, typed,
        case_id=saved.case_id, counsellor_id=workspace.counsellor_id, site_id=workspace.site_id,
    )  # fmt: skip


def test_by_default_no_name_leaves(workspace: Workspace, booked: uuid.UUID) -> None:
    document = export(workspace)
    (one,) = events(document)
    assert str(one["SUMMARY"]).startswith("Rendez-vous · Z.M. 2026-")
    for secret in (b"Zo", b"Martin", b"Bilan", b"Fragile"):
        assert secret not in document.content
    assert document.file_name == "rendez-vous-2026-11-23-2026-12-06.ics"
    assert (one.start.isoformat(), one.end.isoformat()) == ("2026-11-23T13:00:00+00:00", "2026-11-23T13:45:00+00:00")


def test_with_names_only_when_asked_and_never_the_note(workspace: Workspace, booked: uuid.UUID) -> None:
    (one,) = events(export(workspace, Naming.FULL))
    assert str(one["SUMMARY"]) == "Zoé Martin · Bilan avec Zoé"
    assert str(one["LOCATION"]) == "Chez Martin"
    assert "Fragile" not in str(one)
    (bare,) = events(export(workspace, Naming.NONE))
    assert (str(bare["SUMMARY"]), bare.get("LOCATION")) == ("Rendez-vous", None)


def test_an_export_is_noted_without_saying_who(workspace: Workspace, booked: uuid.UUID) -> None:
    export(workspace)
    (note,) = workspace.read(lambda session: session.scalars(select(Access).where(Access.verb == "export")).all())
    assert (note.what, note.people) == ("agenda .ics, 1 rendez-vous", 1)


def test_nothing_to_export_is_said(workspace: Workspace) -> None:
    with pytest.raises(UserError, match="aucun rendez-vous à exporter"):
        export(workspace)
    with pytest.raises(UserError, match="aucune permanence"):
        workspace.read(calendar_out.sessions, *PERIOD, Scope())
    with pytest.raises(UserError, match="avant son début"):
        workspace.read(calendar_out.sessions, PERIOD[1], PERIOD[0], Scope())


def test_permanences_leave_date_by_date_without_those_left_out(workspace: Workspace) -> None:
    permanence(workspace, workspace.site_id or uuid.uuid4(), skipped=(date(2026, 11, 26),))
    document = workspace.read(calendar_out.sessions, *PERIOD, Scope())
    (one,) = events(document)
    assert one.start.isoformat() == "2026-12-03T08:00:00+00:00"
    assert str(one["SUMMARY"]) == "Permanence · Boutique de Saint-Pol"


def write_ics(folder: Path, *events: tuple[str, str]) -> Path:
    body = "".join(
        f"BEGIN:VEVENT\r\nUID:{start}\r\nDTSTART:{start}\r\nDTEND:{end}\r\nSUMMARY:Dentiste\r\nEND:VEVENT\r\n"
        for start, end in events
    )
    path = folder / "agenda.ics"
    path.write_text(f"BEGIN:VCALENDAR\r\n{body}END:VCALENDAR\r\n", "utf-8")
    return path


def bring_in(workspace: Workspace, path: Path, name: str = "Agenda personnel") -> calendar_in.BusyReport:
    assert workspace.counsellor_id is not None
    return calendar_in.bring_in(workspace, path, workspace.counsellor_id, name)


def test_busy_time_makes_conflicts_and_is_replaced_at_each_import(workspace: Workspace, tmp_path: Path) -> None:
    book(workspace, at(MONDAY, 9))
    report = bring_in(workspace, write_ics(tmp_path, ("20261123T093000", "20261123T100000"), ("mauvais", "")))
    assert report.sentence == "« Agenda personnel » : 1 plage occupée dans l’agenda, 1 événement refusé."
    shown = week(workspace)
    assert [(one.source, one.starts_at) for one in shown.busy] == [("Agenda personnel", at(MONDAY, 9, 30))]
    assert shown.slots[0].conflicts == (Conflict.BUSY,)
    bring_in(workspace, write_ics(tmp_path, ("20261124T093000", "20261124T100000")))
    assert [one.starts_at.day for one in week(workspace).busy] == [24]
    bring_in(workspace, write_ics(tmp_path, ("20261125T093000", "20261125T100000")), "Mairie")
    assert [one.starts_at.day for one in week(workspace).busy] == [24, 25]
    workspace.write("Annulation", undo.undo)
    workspace.write("Annulation", undo.undo)
    assert [one.starts_at.day for one in week(workspace).busy] == [23]


def test_a_calendar_can_be_taken_away_and_brought_back(workspace: Workspace, tmp_path: Path) -> None:
    bring_in(workspace, write_ics(tmp_path, ("20261123T093000", "20261123T100000")))
    (source,) = workspace.read(calendar_in.sources)
    assert (source.name, source.periods) == ("Agenda personnel", 1)
    workspace.write("Agenda retiré", calendar_in.forget, source.id)
    assert week(workspace).busy == ()
    workspace.write("Annulation", undo.undo)
    assert len(week(workspace).busy) == 1


def test_a_file_of_which_nothing_can_be_read_leaves_the_former_import(workspace: Workspace, tmp_path: Path) -> None:
    bring_in(workspace, write_ics(tmp_path, ("20261123T093000", "20261123T100000")))
    with pytest.raises(UserError, match=r"ligne 2 : DTSTART est illisible.*Rien n’a été modifié"):
        bring_in(workspace, write_ics(tmp_path, ("n’importe quoi", "")))
    with pytest.raises(UserError, match="Donnez un nom"):
        bring_in(workspace, write_ics(tmp_path, ("20261123T093000", "20261123T100000")), "  ")
    assert len(week(workspace).busy) == 1


def test_what_leaves_can_come_in_elsewhere(workspace: Workspace, booked: uuid.UUID, tmp_path: Path) -> None:
    path = tmp_path / "sortie.ics"
    path.write_bytes(export(workspace).content)
    bring_in(workspace, path)
    (busy,) = workspace.read(schedule.busy_periods, *PERIOD)
    assert (busy.starts_at, busy.ends_at) == (at(MONDAY, 14), datetime(2026, 11, 23, 14, 45).astimezone())


def test_an_import_given_up_changes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    bring_in(workspace, write_ics(tmp_path, ("20261123T093000", "20261123T100000")))
    told: list[tuple[int, int]] = []

    class GivesUp:
        def step(self, done: int, total: int) -> None:
            told.append((done, total))
            raise Cancelled

    path = write_ics(tmp_path, ("20261124T093000", "20261124T100000"))
    assert workspace.counsellor_id is not None
    with pytest.raises(Cancelled):
        calendar_in.bring_in(workspace, path, workspace.counsellor_id, "Agenda personnel", progress=GivesUp())
    assert told == [(0, 1)]
    assert [one.starts_at.day for one in week(workspace).busy] == [23]
