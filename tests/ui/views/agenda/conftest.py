"""The agenda on a real base, on a Tuesday morning in France."""

import time
import uuid
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from pytestqt.qtbot import QtBot

from boutique.services import appointments, schedule
from boutique.services.intakes import Saved
from boutique.services.schedule import Slot
from boutique.services.workspace import Workspace
from boutique.ui.desk import Desk
from boutique.ui.main_window import MainWindow
from boutique.ui.views.agenda import AgendaView
from tests.services.filling import FREVENT, open_file
from tests.ui.screens import Screens

MONDAY, TODAY = date(2026, 11, 23), date(2026, 11, 24)
Books = Callable[..., uuid.UUID]


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Paris")
    time.tzset()
    with time_machine.travel(datetime(2026, 11, 24, 9, 40).astimezone()):
        yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def saved(workspace: Workspace, clock: None) -> Saved:
    return open_file(workspace, "Zoé", "Martin", holder_phone="06 12 34 56 78", holder_commune_code=FREVENT)


@pytest.fixture
def book(workspace: Workspace) -> Books:
    """`book(hour, day=…)`: an appointment in the base, with nobody's file unless said."""

    def go(hour: int, minute: int = 0, *, day: date = TODAY, minutes: int = 60, **more: Any) -> uuid.UUID:
        here = {"case_id": None, "counsellor_id": workspace.counsellor_id, "site_id": workspace.site_id}
        typed = {"appointment.title": more.pop("title", "Point")}
        return workspace.write(
            "Rendez-vous", appointments.save, None, at(hour, minute, day), minutes, typed, **(here | more)
        )

    return go


@pytest.fixture
def view(window: MainWindow, desk: Desk, qtbot: QtBot, workspace: Workspace) -> AgendaView:
    screens = Screens(window, "today", "file")
    window.register("agenda", lambda: AgendaView(desk))
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.start("agenda")
    made = window.stack.view("agenda")
    assert isinstance(made, AgendaView)
    made.setProperty("screens", screens.entered)
    return made


def at(hour: int, minute: int = 0, day: date = TODAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute).astimezone()


def slots(workspace: Workspace, first: date = MONDAY) -> tuple[Slot, ...]:
    """What the base holds for that week."""
    return workspace.read(schedule.schedule, first, 7).slots
