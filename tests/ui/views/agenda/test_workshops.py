"""Workshops in the agenda: drawn, opened with the mouse and the keyboard, in the way of appointments, exported."""

import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from boutique.core.errors import UserError
from boutique.models.choices import Conflict
from boutique.services import calendar_out, schedule
from boutique.services.schedule import Scope
from boutique.services.workshops import sessions
from boutique.services.workspace import Workspace
from boutique.ui.main_window import MainWindow
from boutique.ui.views.agenda import AgendaView
from tests.scripted import ScriptedAsk
from tests.services.workshops import AFTERNOON, MORNING, add_module, add_session
from tests.ui.screens import Screens
from tests.ui.views.agenda.conftest import MONDAY, TODAY, Books, slots


@pytest.fixture
def workshop(workspace: Workspace) -> uuid.UUID:
    """A whole day, today."""
    return add_session(workspace, add_module(workspace), TODAY, halves=(MORNING, AFTERNOON))


def test_it_takes_the_time_of_who_organises_it(workspace: Workspace, workshop: uuid.UUID, book: Books) -> None:
    book(10)
    book(18)
    seen = workspace.read(schedule.schedule, MONDAY, 7)
    assert [(one.starts_at.hour, one.ends_at.hour, one.taken, one.capacity) for one in seen.workshops] == [
        (9, 12, 0, 12), (14, 17, 0, 12),
    ]  # fmt: skip
    assert [slot.conflicts for slot in slots(workspace)] == [(Conflict.BUSY,), ()]
    workspace.write("Annuler", sessions.cancel, workshop, "")
    assert workspace.read(schedule.schedule, MONDAY, 7).workshops == ()
    assert [slot.conflicts for slot in slots(workspace)] == [(), ()]


def test_it_opens_with_a_press_and_with_enter(
    view: AgendaView, workshop: uuid.UUID, window: MainWindow, workspace: Workspace
) -> None:
    screens = Screens(window, "workshops")
    view.enter(day=TODAY)
    view.hours.go(TODAY, 15 * 60)
    assert "atelier Construire son prix, 0 sur 12 places" in view.hours.accessibleName()
    QTest.keyClick(view.hours, Qt.Key.Key_Return)
    window.show_view("agenda")
    frame = view.hours.frame()
    inside = frame.band(1, 9 * 60, 10 * 60).center().toPoint()
    QTest.mouseClick(view.hours, Qt.MouseButton.LeftButton, pos=inside)
    assert screens.entered["workshops"] == [{"workshop_id": workshop}] * 2


def test_the_workshops_of_a_period_leave_for_another_calendar(
    view: AgendaView, workshop: uuid.UUID, workspace: Workspace, answers: ScriptedAsk, tmp_path: Path
) -> None:
    view.enter(day=TODAY)
    view.show_export()
    view.exports.what.write("workshops")
    assert view.exports.fields["naming"].isHidden()
    answers.plan(tmp_path / "ateliers.ics")
    view.exports.export()
    told = (tmp_path / "ateliers.ics").read_text("utf-8")
    assert told.count("SUMMARY:Atelier · Construire son prix") == 2
    with pytest.raises(UserError, match="aucun atelier"):
        workspace.read(calendar_out.workshops, MONDAY, TODAY - timedelta(1), Scope())
