"""Permanences one by one, in the window: confirmed with a key, cancelled for a reason, added, prepared on paper."""

import uuid
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from boutique.models.choices import Rhythm
from boutique.models.outreach import OutreachDay
from boutique.models.outreach_choices import CancelReason, OutreachState
from boutique.models.structure import Site
from boutique.models.trace import Access
from boutique.services import appointments, outreach, outreach_today
from boutique.services.workspace import Workspace
from boutique.ui.desk import Desk
from boutique.ui.main_window import MainWindow
from boutique.ui.preview import Preview
from boutique.ui.views.permanences import PermanencesView
from boutique.ui.views.today_outreach import OutdoorsCard
from boutique.ui.widgets.button import Button
from tests.scripted import ScriptedAsk
from tests.services.filling import FREVENT, open_file
from tests.ui.screens import Screens
from tests.ui.views.file.test_interviews import rows

KEY, CTRL, ALT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(datetime(2026, 11, 24, 9, 30).astimezone()):
        yield


@pytest.fixture
def place(workspace: Workspace) -> uuid.UUID:
    """A place with a rule: each Thursday morning since the 12th."""

    def add(session: Session) -> uuid.UUID:
        row = Site(name="Mairie de Frévent", commune_code=FREVENT)
        session.add(row)
        return row.id

    made = workspace.write("Ajouter", add)
    rule = {
        "site_id": made, "counsellor_id": workspace.counsellor_id, "rhythm": Rhythm.WEEKLY,
        "starts_on": date(2026, 11, 12), "ends_on": None, "opens_at": 540, "closes_at": 720, "skipped": (),
    }  # fmt: skip
    workspace.write("Permanence", outreach.save, None, rule)
    assert isinstance(made, uuid.UUID)
    return made


@pytest.fixture
def view(qtbot: QtBot, window: MainWindow, desk: Desk) -> PermanencesView:
    def make() -> PermanencesView:
        return PermanencesView(desk)

    window.register("permanences", make)
    window.resize(1366, 768)
    window.start("permanences")
    window.show()
    qtbot.waitActive(window)
    shown = window.stack.view("permanences")
    assert isinstance(shown, PermanencesView)
    return shown


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    QApplication.processEvents()
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)
    QApplication.processEvents()


def test_a_past_one_is_confirmed_with_a_key_and_taken_back(
    qtbot: QtBot, place: uuid.UUID, view: PermanencesView, workspace: Workspace
) -> None:
    assert view.count.text().startswith("2 à confirmer")
    assert view.panel.name.text() == "Jeudi 19 novembre 2026"
    press(qtbot, KEY.Key_T, ALT)
    (day,) = rows(workspace, OutreachDay)
    assert (day.state, day.held_on, day.commune_code) == (OutreachState.HELD, date(2026, 11, 19), FREVENT)
    assert view.count.text().startswith("1 à confirmer")
    view.desk.undo()
    assert rows(workspace, OutreachDay) == []
    assert view.count.text().startswith("2 à confirmer")


def test_a_cancelled_one_says_why(place: uuid.UUID, view: PermanencesView, workspace: Workspace) -> None:
    reasons = view.panel.reasons()
    next(one for one in reasons.actions() if one.text() == CancelReason.PLACE.label).trigger()
    (day,) = rows(workspace, OutreachDay)
    assert (day.state, day.cancel_reason) == (OutreachState.CANCELLED, CancelReason.PLACE)
    assert view.panel.held_button.isHidden()
    assert not view.panel.reopen_button.isHidden()


def test_a_round_is_added_by_its_form_and_a_wrong_hour_is_said_beside_it(
    qtbot: QtBot, place: uuid.UUID, view: PermanencesView, workspace: Workspace
) -> None:
    view.new()
    view.form.form.write("outreach_day.held_on", "20/11/2026")
    view.form.form.write("outreach_day.state", OutreachState.HELD)
    view.form.form.write("outreach_day.host", "Bus, place du marché")
    view.form.site.write(place)
    view.form.opens_at.setText("midi et demi")
    press(qtbot, KEY.Key_Return, CTRL)
    assert view.form.fields["opens_at"].error()
    assert rows(workspace, OutreachDay) == []
    view.form.opens_at.setText("14h")
    view.form.closes_at.setText("16:30")
    view.form.form.write("outreach_day.walk_ins", "7")
    press(qtbot, KEY.Key_Return, CTRL)
    (day,) = rows(workspace, OutreachDay)
    assert (day.host, day.opens_at, day.closes_at, day.walk_ins) == ("Bus, place du marché", 840, 990, 7)
    assert view.panel.name.text() == "Vendredi 20 novembre 2026"


def test_what_is_typed_is_not_given_up_without_a_question(
    qtbot: QtBot, place: uuid.UUID, view: PermanencesView, answers: ScriptedAsk
) -> None:
    view.new()
    view.form.form.write("outreach_day.host", "Bus")
    answers.plan(False)
    press(qtbot, KEY.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert view.form.isVisible()
    answers.plan(True)
    press(qtbot, KEY.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert view.panel.isVisible()


def test_the_sheet_to_leave_with_is_noted_in_the_history_of_each_person(
    place: uuid.UUID, view: PermanencesView, workspace: Workspace, answers: ScriptedAsk, tmp_path: Path
) -> None:
    saved = open_file(workspace)
    workspace.write(
        "Rendez-vous", appointments.save, None, datetime(2026, 11, 26, 10).astimezone(), 60,
        {"appointment.title": "Point"}, case_id=saved.case_id, counsellor_id=workspace.counsellor_id, site_id=place,
    )  # fmt: skip
    coming = next(ref for ref, row in view.rows.items() if "26 novembre" in row.accessibleName())
    view.rows[coming].activated.emit()
    assert not view.panel.prepare_button.isHidden()
    view.panel.prepare_button.click()
    preview = view.window().findChild(Preview)
    assert preview is not None
    answers.plan(tmp_path / "feuille.pdf")
    preview.save_document()
    assert "feuille-permanence-2026-11-26.pdf" in answers.asked[-1]
    assert "Martin" not in answers.asked[-1]
    noted = [row for row in workspace.read(_accesses) if row[1] == saved.person_id]
    assert noted == [("export", saved.person_id, "Feuille de permanence du 26/11/2026, nominative")]
    preview.close()


def test_without_any_permanence_the_first_action_is_offered(view: PermanencesView, window: MainWindow) -> None:
    screens = Screens(window, "agenda")
    assert view.nothing.isVisible()
    view.nothing.button.click()
    assert screens.entered["agenda"] == [{"sessions": True}]


def test_today_leads_to_the_one_that_waits(
    qtbot: QtBot, place: uuid.UUID, view: PermanencesView, window: MainWindow, desk: Desk
) -> None:
    card = OutdoorsCard(desk)
    qtbot.addWidget(card)
    card.write(desk.workspace.read(outreach_today.lines, date(2026, 11, 24)))
    button = card.findChild(Button)
    assert button is not None
    assert button.accessibleName() == "Confirmer : 2 permanences à confirmer"
    button.click()
    assert view.panel.name.text() == "Jeudi 19 novembre 2026"


def _accesses(session: Session) -> list[tuple[str, uuid.UUID | None, str]]:
    return [(row.verb, row.person_id, row.what) for row in session.query(Access).order_by(Access.at)]
