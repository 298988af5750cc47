"""Ateliers on a real base, on a Tuesday afternoon."""

import uuid
from collections.abc import Iterator
from datetime import date, datetime

import pytest
import time_machine
from pytestqt.qtbot import QtBot

from boutique.services.workshops import enrolments
from boutique.services.workspace import Workspace
from boutique.ui.desk import Desk
from boutique.ui.main_window import MainWindow
from boutique.ui.views.workshops import BalanceView, ModulesView, WorkshopsView
from tests.services.filling import FREVENT, open_file
from tests.services.workshops import AFTERNOON, MORNING, add_module, add_session, enrol
from tests.ui.screens import Screens

TODAY, TOMORROW = date(2026, 11, 24), date(2026, 11, 25)


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 24, 16, 30).astimezone()):
        yield


@pytest.fixture
def screens(window: MainWindow, desk: Desk) -> Screens:
    """The three pages, with what they lead to only remembered."""
    made = Screens(window, "today", "file", "intake")
    window.register("workshops", lambda: WorkshopsView(desk))
    window.register("workshop_modules", lambda: ModulesView(desk))
    window.register("workshop_balance", lambda: BalanceView(desk))
    return made


@pytest.fixture
def show(window: MainWindow, screens: Screens, qtbot: QtBot) -> MainWindow:
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


@pytest.fixture
def session(workspace: Workspace) -> uuid.UUID:
    """A whole day, today, of three people: one with a file, two without."""
    made = add_session(workspace, add_module(workspace, capacity=4), TODAY, halves=(MORNING, AFTERNOON))
    saved = open_file(workspace, "Zoé", "Martin", holder_phone="06 12 34 56 78", holder_commune_code=FREVENT)
    workspace.write("Inscription", enrolments.enrol_file, made, saved.case_id)
    for name in ("Amina Autre", "Léo Deux"):
        enrol(workspace, made, name)
    return made


@pytest.fixture
def view(show: MainWindow, session: uuid.UUID) -> WorkshopsView:
    """Séances, with that day open."""
    show.start("workshops")
    made = show.stack.view("workshops")
    assert isinstance(made, WorkshopsView)
    return made
