"""The journey worked on in the file: answers kept as they are typed, steps passed, phases entered."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from boutique.models.case import Action, Case, PhaseChange, StepProgress
from boutique.models.choices import StepStatus
from boutique.services.workspace import Workspace
from boutique.ui.clipboard import personal_clipboard
from boutique.ui.views.file import FileView
from boutique.ui.views.file.journey_tab import JourneyTab
from tests.ui.views.file.conftest import typed
from tests.ui.views.file.test_interviews import rows


def journey_tab(view: FileView) -> JourneyTab:
    page = view.page("journey")
    assert isinstance(page, JourneyTab)
    return page


def test_the_header_says_who_and_where(view: FileView) -> None:
    assert view.header.name.text() == "Éloïse Vandenbroucke"
    assert view.header.project.text() == "Boulangerie bio itinérante"
    assert view.header.about.text().startswith("· dossier 2026-")
    assert view.header.phone.text() == "· 06 12 34 56 78"


def test_an_answer_is_kept_when_the_focus_leaves(
    qtbot: QtBot, view: FileView, workspace: Workspace, find: Callable[[str], Any]
) -> None:
    find("answer-q1").setFocus()
    typed("Quatre marchés")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    (row,) = rows(workspace, StepProgress)
    assert row.answers == {"q1": "Quatre marchés"}
    assert row.status is StepStatus.IN_PROGRESS


def test_an_answer_is_kept_when_the_view_is_left(
    qtbot: QtBot, view: FileView, workspace: Workspace, find: Callable[[str], Any]
) -> None:
    find("answer-q1").setFocus()
    typed("Dit au dernier moment")
    assert view.leave()
    assert rows(workspace, StepProgress)[0].answers == {"q1": "Dit au dernier moment"}


def test_typing_is_never_overwritten_by_what_the_base_says(
    qtbot: QtBot, view: FileView, find: Callable[[str], Any]
) -> None:
    find("answer-q1").setFocus()
    typed("Première phrase.")
    view.desk.changed.emit()
    typed(" Seconde phrase.")
    assert find("answer-q1").toPlainText() == "Première phrase. Seconde phrase."


def test_a_passed_step_offers_the_next_one_and_can_be_undone(
    view: FileView, workspace: Workspace, find: Callable[[str], Any]
) -> None:
    tab = journey_tab(view)
    before = tab.work.step_title.text()
    find("step-finish").click()
    assert rows(workspace, StepProgress)[0].status is StepStatus.DONE
    assert tab.work.step_title.text() != before
    view.desk.undo()
    assert rows(workspace, StepProgress) == []


def test_a_step_is_skipped_with_a_reason(
    qtbot: QtBot, view: FileView, workspace: Workspace, find: Callable[[str], Any]
) -> None:
    find("step-skip").click()
    typed("déjà fait avec la CMA")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    (row,) = rows(workspace, StepProgress)
    assert (row.status, row.skip_reason) == (StepStatus.SKIPPED, "déjà fait avec la CMA")


def test_an_action_is_added_beside_the_step(
    qtbot: QtBot, view: FileView, workspace: Workspace, find: Callable[[str], Any]
) -> None:
    find("step-act").click()
    typed("Demander le CAP")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert [row.label for row in rows(workspace, Action)] == ["Demander le CAP"]


def test_a_phase_is_looked_at_first_and_entered_on_purpose(view: FileView, workspace: Workspace) -> None:
    later = next(bar for bar in view._header.phases if not bar.current) if view._header else None
    assert later is not None
    view._phase_chosen(later.code)
    changes = len(rows(workspace, PhaseChange))
    assert rows(workspace, Case)[0].phase.value != later.code
    view._enter_phase(later.code, later.label)
    assert rows(workspace, Case)[0].phase.value == later.code
    assert len(rows(workspace, PhaseChange)) == changes + 1


def test_a_copied_phone_leaves_the_clipboard(qapp: QApplication, view: FileView, find: Callable[[str], Any]) -> None:
    find("copy-phone").click()
    assert qapp.clipboard().text() == "06 12 34 56 78"
    personal_clipboard().clear()
    assert qapp.clipboard().text() == ""


def test_another_copy_made_meanwhile_stays(qapp: QApplication, view: FileView, find: Callable[[str], Any]) -> None:
    find("copy-phone").click()
    qapp.clipboard().setText("autre chose")
    personal_clipboard().clear()
    assert qapp.clipboard().text() == "autre chose"
