"""Suivis à faire: phoned through from the keyboard, one after the other; the cards of Aujourd'hui that lead there."""

import uuid
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from boutique.models.after import FollowUp, FollowUpAttempt
from boutique.models.after_choices import FollowUpOutcome, FollowUpState
from boutique.models.choices import Role
from boutique.models.structure import Counsellor
from boutique.services import businesses, dashboard, handovers
from boutique.services.intakes import Saved
from boutique.services.workspace import Workspace
from boutique.ui.clipboard import personal_clipboard
from boutique.ui.desk import Desk
from boutique.ui.main_window import MainWindow
from boutique.ui.view import View
from boutique.ui.views.calls import CallsView
from boutique.ui.views.today_after import AfterCards
from tests.services.filling import on, open_file
from tests.ui.views.file.test_interviews import rows

TODAY = date(2026, 11, 24)
KEY, CTRL, ALT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(datetime(2026, 11, 24, 9, 30).astimezone()):
        yield


def created(workspace: Workspace, first: str, when: date) -> Saved:
    file = open_file(
        workspace, first, "Martin", passage_happened_on=when - timedelta(30), holder_phone="06 12 34 56 78"
    )
    with on(when):
        typed = {"business.registered_on": when, "business.name": f"Chez {first}"}
        workspace.write("Création", businesses.save, file.case_id, typed)
    return file


@pytest.fixture
def files(workspace: Workspace) -> list[Saved]:
    """Two late, one to come."""
    days = {"Ana": date(2026, 9, 10), "Bruno": date(2026, 10, 1), "Chloé": date(2026, 11, 5)}
    return [created(workspace, first, when) for first, when in days.items()]


class Elsewhere(View):
    """Stands for the file and the list of files."""

    def enter(self, **arguments: Any) -> None:
        self.arguments = arguments


@pytest.fixture
def view(qtbot: QtBot, window: MainWindow, desk: Desk) -> CallsView:
    def make() -> CallsView:
        return CallsView(desk)

    window.register("calls", make)
    for name in ("file", "files"):
        window.register(name, Elsewhere)
    window.resize(1366, 768)
    window.start("calls")
    window.show()
    qtbot.waitActive(window)
    shown = window.stack.view("calls")
    assert isinstance(shown, CallsView)
    return shown


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    QApplication.processEvents()
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, key, modifier)
    QApplication.processEvents()


def done(workspace: Workspace) -> list[FollowUp]:
    return [row for row in rows(workspace, FollowUp) if row.state is FollowUpState.DONE]


def test_the_list_is_phoned_through_with_the_keyboard(
    qtbot: QtBot, files: list[Saved], view: CallsView, workspace: Workspace
) -> None:
    assert "2 appels à faire" in view.count.text()
    assert view.sheet.name.text() == "Ana Martin"
    assert view.sheet.phone.text() == "06 12 34 56 78"
    assert "1 mois" in view.sheet.milestone.text()
    press(qtbot, KEY.Key_1, ALT)
    assert view.sheet.form.answers()["follow_up.outcome"] is FollowUpOutcome.ACTIVE
    view.sheet.form.write("follow_up.jobs", "2")
    press(qtbot, KEY.Key_Return, CTRL)
    (answered,) = done(workspace)
    assert (answered.case_id, answered.jobs, answered.done_on) == (files[0].case_id, 2, TODAY)
    assert view.sheet.name.text() == "Bruno Martin"
    press(qtbot, KEY.Key_N, ALT)
    assert len(rows(workspace, FollowUpAttempt)) == 1
    assert view.sheet.name.text() == "Chloé Martin"
    view.desk.undo()
    assert rows(workspace, FollowUpAttempt) == []
    assert "1 appel à faire" in view.count.text()


def test_an_answer_that_cannot_be_stays_on_the_phone(
    qtbot: QtBot, files: list[Saved], view: CallsView, workspace: Workspace
) -> None:
    press(qtbot, KEY.Key_Return, CTRL)
    assert "obligatoire" in view.sheet.form.field("follow_up.outcome").error()
    press(qtbot, KEY.Key_4, ALT)
    press(qtbot, KEY.Key_Return, CTRL)
    assert "Relancez deux fois" in view.sheet.error.text()
    view.sheet.set_outcome(FollowUpOutcome.CEASED)
    view.sheet.form.write("follow_up.ceased_on", "01/09/2026")
    view.sheet.save()
    assert "avant l’immatriculation" in view.sheet.error.text()
    assert view.sheet.form.answers()["follow_up.ceased_on"] == "01/09/2026"
    assert done(workspace) == []


def test_a_call_back_is_noted_for_its_day(files: list[Saved], view: CallsView, workspace: Workspace) -> None:
    view.sheet.later.click()
    assert "quel jour" in view.sheet.error.text()
    view.sheet.until.setText("24/11/2026")
    view.sheet.later.click()
    assert "à venir" in view.sheet.error.text()
    view.sheet.until.setText("jeudi")
    view.sheet.until.setText("03/12/2026")
    view.sheet.later.click()
    assert rows(workspace, FollowUpAttempt)[0].postponed_to == date(2026, 12, 3)
    assert view.sheet.name.text() == "Bruno Martin"


def test_what_was_typed_waits_while_another_is_called(
    qtbot: QtBot, files: list[Saved], view: CallsView, workspace: Workspace
) -> None:
    view.sheet.form.write("follow_up.note", "cherche un local")
    press(qtbot, KEY.Key_Down, ALT)
    assert view.sheet.name.text() == "Bruno Martin"
    assert view.sheet.form.answers()["follow_up.note"] == ""
    press(qtbot, KEY.Key_Up, ALT)
    assert view.sheet.name.text() == "Ana Martin"
    assert view.sheet.form.answers()["follow_up.note"] == "cherche un local"


def test_a_follow_up_opened_from_its_file_may_be_far_ahead(
    files: list[Saved], view: CallsView, workspace: Workspace
) -> None:
    far = next(row for row in rows(workspace, FollowUp) if row.months == 36)
    view.enter(follow_up_id=far.id)
    assert "3 ans" in view.sheet.milestone.text()
    view.sheet.set_outcome(FollowUpOutcome.ACTIVE)
    view.sheet.save()
    view.enter(follow_up_id=far.id)
    assert not view.sheet.no_answer.isVisible()
    view.sheet.redo.click()
    assert done(workspace) == []
    assert view.sheet.no_answer.isVisible()
    view.sheet.file.click()
    shown = view.desk.shell.stack.current_view()  # type: ignore[attr-defined]
    assert shown.arguments == {"case_id": far.case_id, "tab": "after"}


def test_the_number_is_copied_with_a_key(qtbot: QtBot, files: list[Saved], view: CallsView) -> None:
    press(qtbot, KEY.Key_C, ALT)
    assert QApplication.clipboard().text() == "06 12 34 56 78"
    personal_clipboard().clear()


def test_mine_alone(files: list[Saved], view: CallsView, workspace: Workspace) -> None:
    workspace.counsellor_id = uuid.uuid4()
    view.scope.write(True)
    view.scope.changed.emit(True)
    assert view.empty.isVisible()
    assert not view.columns.isVisible()


def test_without_any_creation_the_screen_says_what_comes_here(view: CallsView) -> None:
    assert view.empty.isVisible()
    view.empty.button.click()
    assert isinstance(view.desk.shell.stack.current_view(), Elsewhere)  # type: ignore[attr-defined]


def test_the_day_shows_who_to_call_and_which_files_were_received(
    files: list[Saved], view: CallsView, workspace: Workspace, window: MainWindow, desk: Desk
) -> None:
    def add(session: Any) -> uuid.UUID:
        made = Counsellor(first_name="Thomas", last_name="Delattre", role=Role.COUNSELLOR)
        session.add(made)
        return made.id

    nadia = workspace.counsellor_id
    assert nadia is not None
    thomas = workspace.write("Équipe", add)
    workspace.write("Passation", handovers.give, [files[2].case_id], thomas)
    workspace.write("Passation", handovers.give, [files[2].case_id], nadia, "Rappeler la banque")
    cards = AfterCards(desk, view)
    shown = workspace.read(dashboard.today, TODAY)
    assert shown.summary == "Deux suivis d’entreprise."
    cards.write(shown.received, shown.calls)
    assert "2 appels à faire" in cards.calls.title.text()
    texts = [row.accessibleName() for row in cards.received.findChildren(QWidget) if row.accessibleName()]
    assert any("Chloé Martin" in text and "Rappeler la banque" in text for text in texts)
    window.show_view("files")
    button = cards.findChild(QAbstractButton, "today-calls")
    assert isinstance(button, QAbstractButton)
    button.click()
    assert window.stack.current_view() is view
