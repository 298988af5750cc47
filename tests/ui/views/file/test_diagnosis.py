"""The Diagnostic tab: marking with the keyboard alone, comparing two dates, turning a point into an action."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from boutique.models.case import Action
from boutique.models.diagnosis import Diagnosis, DiagnosisMark
from boutique.models.trace import Draft
from boutique.rules.lists import load_grid
from boutique.services import drafts, marking
from boutique.services.workspace import Workspace
from boutique.ui.main_window import MainWindow
from boutique.ui.views.file.diagnosis_tab import DiagnosisTab
from boutique.ui.views.file.view import FileView
from tests.exports.reading import text_of
from tests.ui.views.file.conftest import typed
from tests.ui.views.file.test_interviews import rows

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
Find = Callable[[str], Any]
MARKET = {"MAR1": 2, "MAR2": 4, "MAR3": 1, "MAR4": 2, "MAR5": 5}


@pytest.fixture
def tab(view: FileView) -> DiagnosisTab:
    view.open_tab("diagnosis")
    page = view.page("diagnosis")
    assert isinstance(page, DiagnosisTab)
    return page


def save(workspace: Workspace, case_id: uuid.UUID, day: str, levels: dict[str, int], **facts: str) -> uuid.UUID:
    given = {"diagnosis.made_on": day, "diagnosis.comment": "Vu ensemble", "levels": levels, "facts": facts}
    return workspace.write("Diagnostic", marking.save, case_id, given)


@pytest.fixture
def two(workspace: Workspace, case_id: uuid.UUID, view: FileView) -> tuple[uuid.UUID, uuid.UUID]:
    first = save(workspace, case_id, "02/02/2026", dict.fromkeys(MARKET, 2))
    return first, save(workspace, case_id, "20/11/2026", MARKET, MAR2="Tableau de six concurrents")


def press(qtbot: QtBot, key: Qt.Key, *more: Any) -> None:
    qtbot.keyClick(QApplication.focusWidget(), key, *more)


def test_a_whole_diagnosis_is_made_with_the_keyboard_alone(
    qtbot: QtBot, view: FileView, tab: DiagnosisTab, workspace: Workspace
) -> None:
    press(qtbot, KEY.Key_Return)  # the first action of an empty tab
    wanted = {}
    for rank, criterion in enumerate(one for axis in load_grid().axes for one in axis.criteria):
        level = rank % 5 + 1
        typed(str(level))
        wanted[criterion.code] = level
        press(qtbot, KEY.Key_Down)  # from the last criterion of an axis to the next axis
    press(qtbot, KEY.Key_Return, CTRL)
    assert {row.criterion: row.level for row in rows(workspace, DiagnosisMark)} == wanted
    (made,) = rows(workspace, Diagnosis)
    assert (made.person, made.market) == (3, 3)
    assert not tab.is_writing
    assert tab.about.heading.text() == "Diagnostic du 24/11/2026"
    assert rows(workspace, Draft) == []


def test_arrows_digits_of_a_french_keyboard_and_delete(qtbot: QtBot, tab: DiagnosisTab, find: Find) -> None:
    tab.new_diagnosis()
    scale = find("level-PER1")
    typed("(")  # 5 without Shift
    assert scale.read() == 5
    press(qtbot, KEY.Key_Right)
    assert scale.read() == 5
    press(qtbot, KEY.Key_Left)
    assert scale.read() == 4
    press(qtbot, KEY.Key_Delete)
    assert scale.read() is None
    press(qtbot, KEY.Key_Right)
    assert scale.read() is not None
    press(qtbot, KEY.Key_Down)
    assert find("level-PER2").isAncestorOf(QApplication.focusWidget())
    press(qtbot, KEY.Key_Tab)
    assert QApplication.focusWidget() is find("fact-PER2")
    press(qtbot, KEY.Key_Return)
    assert find("level-PER3").isAncestorOf(QApplication.focusWidget())
    press(qtbot, KEY.Key_PageDown)
    assert find("level-PRO1").isAncestorOf(QApplication.focusWidget())
    press(qtbot, KEY.Key_Up)
    assert find("level-PER6").isAncestorOf(QApplication.focusWidget())


def test_the_criterion_in_focus_says_what_to_look_at(tab: DiagnosisTab, find: Find) -> None:
    tab.new_diagnosis()
    find("fact-PER3").setFocus()
    told = {code: row.question.text() for code, row in tab.form.rows.items()}
    assert "CV, certificats vus" in told["PER3"]
    assert "métier réglementé" in told["PER3"]
    assert told["PER2"] == "Combien d’heures par semaine, à quels horaires\u00a0?"


def test_a_press_marks_and_a_second_one_takes_back(tab: DiagnosisTab, find: Find) -> None:
    tab.new_diagnosis()
    scale = find("level-PER1")
    scale.levels[0].click()
    assert scale.read() == 1
    assert tab.form.rows["PER1"].blocking.isVisibleTo(tab)
    scale.levels[0].click()
    assert scale.read() is None
    assert not tab.form.rows["PER1"].blocking.isVisibleTo(tab)
    assert "1, Projet subi ou imposé" in scale.levels[0].accessibleName()


def test_what_is_typed_is_a_draft_that_comes_back(
    qtbot: QtBot, view: FileView, tab: DiagnosisTab, workspace: Workspace, find: Find
) -> None:
    tab.new_diagnosis()
    find("level-PER1").levels[3].click()
    find("fact-PER1").setFocus()
    typed("En parle depuis trois ans")
    press(qtbot, KEY.Key_Escape)
    assert not tab.is_writing
    (draft,) = rows(workspace, Draft)
    assert draft.answers["levels"] == {"PER1": 4}
    tab.new_diagnosis()
    assert find("level-PER1").read() == 4
    assert find("fact-PER1").text() == "En parle depuis trois ans"
    view._save_interview()
    assert rows(workspace, Draft) == []
    assert rows(workspace, DiagnosisMark)[0].fact == "En parle depuis trois ans"


@pytest.mark.parametrize("day", ["31/02/2026", "25/11/2026", ""])
def test_a_wrong_date_is_said_beside_it_and_nothing_is_lost(
    view: FileView, tab: DiagnosisTab, workspace: Workspace, find: Find, day: str
) -> None:
    tab.new_diagnosis()
    find("level-PER1").levels[3].click()
    find("diagnosis-form-day").setText(day)
    view._save_interview()
    assert tab.form.day_field.error()
    assert tab.is_writing
    assert find("level-PER1").read() == 4
    assert rows(workspace, Diagnosis) == []


def test_what_the_service_refuses_is_said_and_nothing_is_lost(
    view: FileView, tab: DiagnosisTab, workspace: Workspace, find: Find
) -> None:
    tab.new_diagnosis()
    view._save_interview()
    assert "au moins un critère" in tab.form.error.text()
    find("level-PER1").levels[3].click()
    find("fact-PER1").setText("x" * 400)
    tab.form._changed("PER1")
    view._save_interview()
    assert "300" in tab.form.error.text()
    assert len(find("fact-PER1").text()) == 400
    assert rows(workspace, Diagnosis) == []


def test_a_new_one_starts_from_the_last_and_compares_with_it(
    tab: DiagnosisTab, two: tuple[uuid.UUID, uuid.UUID], find: Find
) -> None:
    tab.refresh()
    tab.new_diagnosis()
    tab.form._show_axis(2)
    assert find("level-MAR2").read() == 4
    assert find("fact-MAR2").text() == "Tableau de six concurrents"
    assert "20/11/2026" in tab.form.radar.accessibleDescription()


def test_two_dates_are_compared_and_told_in_words(
    tab: DiagnosisTab, two: tuple[uuid.UUID, uuid.UUID], find: Find
) -> None:
    tab.refresh()
    assert (find("diagnosis-which").read(), find("diagnosis-against").read()) == (two[1], two[0])
    told = tab.radar.radar.accessibleDescription()
    assert told.startswith("20/11/2026 : Personne incomplet, Projet incomplet, Marché 2,5")
    assert "02/02/2026 : Personne incomplet, Projet incomplet, Marché 2" in told
    cells = [one.accessibleName() for one in tab.evolution.findChildren(QWidget)]
    assert "20/11/2026, Marché : 2,4 +0,4 bloquant" in cells
    find("diagnosis-date-1").click()
    assert tab.about.heading.text() == "Diagnostic du 02/02/2026"
    assert (find("diagnosis-which").read(), find("diagnosis-against").read()) == two
    find("diagnosis-against").write(None)
    find("diagnosis-against").activated.emit(0)
    assert "20/11/2026" not in tab.radar.radar.accessibleDescription()


def test_a_point_becomes_an_action_in_one_press_and_undo_takes_it_back(
    tab: DiagnosisTab, two: tuple[uuid.UUID, uuid.UUID], workspace: Workspace, find: Find
) -> None:
    tab.refresh()
    find("plan-MAR3").click()
    (action,) = rows(workspace, Action)
    assert action.label == "Prix et volume : viser « Au hasard » (aujourd’hui « Inconnu »)"
    QApplication.processEvents()
    assert not [one for one in tab.findChildren(QWidget, "plan-MAR3") if one.isVisibleTo(tab)]
    tab.desk.undo()
    assert rows(workspace, Action) == []
    assert find("plan-MAR3").isEnabled()


def test_a_diagnosis_is_corrected_printed_deleted_and_brought_back(
    view: FileView, tab: DiagnosisTab, two: tuple[uuid.UUID, uuid.UUID], workspace: Workspace, find: Find
) -> None:
    tab.refresh()
    find("diagnosis-edit").click()
    tab.form._show_axis(2)
    find("level-MAR3").levels[4].click()
    view._save_interview()
    assert {row.level for row in rows(workspace, DiagnosisMark) if row.criterion == "MAR3"} == {2, 5}
    find("diagnosis-print").click()
    shown = view.documents.shown
    assert shown is not None
    text = text_of(shown.documents[0].content)
    assert "Vendu à ce prix" in text
    assert "Tableau de six concurrents" in text
    shown.close()
    find("diagnosis-delete").click()
    assert [line.name for line in tab._lines] == ["02/02/2026"]
    view.desk.undo()
    assert [line.name for line in tab._lines] == ["20/11/2026", "02/02/2026"]


def test_leaving_the_tab_keeps_what_is_being_typed(view: FileView, tab: DiagnosisTab, workspace: Workspace) -> None:
    tab.new_diagnosis()
    tab.form.rows["PER1"].scale.levels[0].click()
    view.open_tab("journey")
    assert rows(workspace, Draft)[0].subject_id == view.case_id


def test_the_draft_of_another_day_opens_from_anywhere(
    view: FileView, window: MainWindow, workspace: Workspace, case_id: uuid.UUID, find: Find
) -> None:
    typed_before = {"diagnosis.made_on": "20/11/2026", "levels": {"PER1": 3, "VIEUX9": 2}, "facts": {}}
    workspace.write("Brouillon", drafts.keep, "diagnosis", typed_before, subject_id=case_id)
    window.show_view("file", case_id=case_id, tab="diagnosis", diagnosis=True)
    assert find("level-PER1").read() == 3
    assert find("diagnosis-form-day").text() == "20/11/2026"
    told = " ".join(one.text() for one in window.notices.findChildren(QLabel))
    assert "La grille a changé : 1 critère n’est plus" in told
