"""Visits to businesses, in the window: noted with what was promised, ticked, filtered, counted, exported."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import time_machine
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from boutique.models.outreach import BusinessVisit, KnownBusinesses, VisitAction
from boutique.services import drafts, settings, visits
from boutique.services.visits import Promise
from boutique.services.workspace import Workspace
from boutique.ui.desk import Desk
from boutique.ui.main_window import MainWindow
from boutique.ui.views.visits import VisitsView
from boutique.ui.widgets.check_box import CheckBox
from tests.scripted import ScriptedAsk
from tests.services.filling import FREVENT
from tests.ui.views.file.test_interviews import rows

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(datetime(2026, 11, 24, 9, 30).astimezone()):
        yield


@pytest.fixture
def view(qtbot: QtBot, window: MainWindow, desk: Desk) -> VisitsView:
    def make() -> VisitsView:
        return VisitsView(desk)

    window.register("visits", make)
    window.resize(1366, 768)
    window.start("visits")
    window.show()
    qtbot.waitActive(window)
    shown = window.stack.view("visits")
    assert isinstance(shown, VisitsView)
    return shown


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    QApplication.processEvents()
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)
    QApplication.processEvents()


def note(workspace: Workspace, name: str, *promises: Promise, **more: Any) -> None:
    typed = {"business_visit.name": name, "business_visit.visited_on": date(2026, 11, 10)}
    typed |= {"business_visit.commune_code": FREVENT, **{f"business_visit.{key}": value for key, value in more.items()}}
    workspace.write("Visite", visits.save, None, typed, promises)


def test_a_first_visit_is_noted_from_the_keyboard_with_what_was_promised(
    qtbot: QtBot, view: VisitsView, workspace: Workspace
) -> None:
    assert view.nothing.isVisible()
    press(qtbot, KEY.Key_Return, Qt.KeyboardModifier.NoModifier)  # the first action has the focus
    qtbot.keyClicks(QApplication.focusWidget(), "Menuiserie Éloi")
    view.form.form.write("business_visit.siren", "123456789")
    view.form.promises.add()
    view.form.promises.lines[0].label.setText("Rappeler pour le local")
    view.form.promises.lines[0].due_on.setText("31/02/2027")
    press(qtbot, KEY.Key_Return, CTRL)
    assert view.form.form.field("business_visit.siren").error()
    view.form.form.write("business_visit.siren", "732829320")
    press(qtbot, KEY.Key_Return, CTRL)
    assert view.form.promises.trouble.text()
    assert rows(workspace, BusinessVisit) == []
    view.form.promises.lines[0].due_on.setText("15/01/2027")
    press(qtbot, KEY.Key_Return, CTRL)
    (saved,) = rows(workspace, BusinessVisit)
    (promised,) = rows(workspace, VisitAction)
    assert (saved.name, saved.siren, saved.visited_on) == ("Menuiserie Éloi", "732829320", date(2026, 11, 24))
    assert (promised.label, promised.due_on) == ("Rappeler pour le local", date(2027, 1, 15))
    assert view.panel.name.text() == "Menuiserie Éloi"
    view.desk.undo()
    assert rows(workspace, BusinessVisit) == rows(workspace, VisitAction) == []


def test_a_promise_is_ticked_in_the_sheet(view: VisitsView, workspace: Workspace) -> None:
    note(workspace, "Garage", Promise("Rappeler", date(2026, 11, 12)))
    view.refresh()
    view.table.go_first()
    box = view.panel.findChild(CheckBox)
    assert box is not None
    box.click()
    assert rows(workspace, VisitAction)[0].done_on == date(2026, 11, 24)


def test_filters_and_the_export_agree(
    view: VisitsView, workspace: Workspace, answers: ScriptedAsk, tmp_path: Path
) -> None:
    note(workspace, "Garage", needs=("LOGEMENT",))
    note(workspace, "Boulangerie", needs=("LOCAL",))
    view.refresh()
    assert view.count.text() == "2 visites"
    view.need.write("LOCAL")
    view.refresh()
    assert view.count.text() == "1 visite"
    answers.plan(tmp_path / "visites")
    view.export()
    book = openpyxl.load_workbook(tmp_path / "visites.xlsx")
    listed = [row[1] for row in book["Visites"].iter_rows(values_only=True)]
    assert "Boulangerie" in listed
    assert "Garage" not in listed


def test_the_number_of_businesses_of_a_commune_gives_a_rate(view: VisitsView, workspace: Workspace) -> None:
    note(workspace, "Garage")
    view.refresh()
    view.coverage_button.click()
    view.coverage.rows[0].activated.emit()
    view.coverage.form.write("known_businesses.count", "4")
    view.coverage.form.write("known_businesses.source", "Insee")
    view.coverage.form.write("known_businesses.counted_on", "01/01/2026")
    view.coverage.save()
    (known,) = rows(workspace, KnownBusinesses)
    assert (known.commune_code, known.count) == (FREVENT, 4)
    assert view.coverage.told.text().startswith("1 entreprise visitée sur 4 connues : 25")


def test_an_unfinished_visit_survives_and_is_taken_up_again(
    qtbot: QtBot, view: VisitsView, workspace: Workspace
) -> None:
    view.new()
    view.form.form.write("business_visit.name", "Menuiserie Éloi")
    view.form.promises.add()
    view.form.promises.lines[0].label.setText("Rappeler")
    view.form.promises.lines[0].due_on.setText("bientôt")
    view.leave()
    (draft,) = workspace.read(drafts.pending)
    assert (draft.form, draft.summary) == ("business_visit", "Menuiserie Éloi")
    view.form.set_clean()
    view.form.show_visit(workspace.read(visits.blank), workspace.read(settings.staff))
    view.enter(draft_id=draft.id)
    assert view.form.form.answers()["business_visit.name"] == "Menuiserie Éloi"
    assert view.form.promises.typed() == (("Rappeler", "bientôt"),)
    assert view.form.is_dirty()
    view.form.promises.lines[0].due_on.setText("15/01/2027")
    press(qtbot, KEY.Key_Return, CTRL)
    assert len(rows(workspace, BusinessVisit)) == 1
    assert workspace.read(drafts.pending) == ()
