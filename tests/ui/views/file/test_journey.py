"""The journey worked on in the file: answers kept as they are typed, steps passed, phases entered."""

import uuid
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from boutique.models.case import Action, Case, PhaseChange, StepProgress
from boutique.models.choices import StepStatus
from boutique.services import attachments, journey_publishing
from boutique.services.workspace import Workspace
from boutique.ui.clipboard import personal_clipboard
from boutique.ui.main_window import MainWindow
from boutique.ui.views.file.journey_tab import JourneyTab
from boutique.ui.views.file.view import FileView
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.elided_label import ElidedLabel
from boutique.ui.widgets.list_row import ListRow
from tests.scripted import ScriptedAsk
from tests.services.test_attachments import attach
from tests.ui.views.file.conftest import TODAY, typed
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


def test_deliverable_and_criterion_are_ticked_with_their_day(
    qtbot: QtBot, view: FileView, workspace: Workspace, find: Callable[[str], Any]
) -> None:
    find("step-deliverable").click()
    assert rows(workspace, StepProgress)[0].deliverable_on == TODAY
    day = find("step-deliverable-day")
    day.setFocus()
    day.selectAll()
    typed("20/11/2026")
    qtbot.keyClick(day, Qt.Key.Key_Return)
    assert rows(workspace, StepProgress)[0].deliverable_on == date(2026, 11, 20)
    day.selectAll()
    typed("25/11/2026")
    qtbot.keyClick(day, Qt.Key.Key_Return)
    assert "à venir" in journey_tab(view).side.delivered_on.error.text()
    find("step-criterion").click()
    find("step-criterion").click()
    assert rows(workspace, StepProgress)[0].criterion_on is None


def test_a_late_step_says_so_by_word_colour_and_icon(
    qtbot: QtBot, view: FileView, workspace: Workspace, find: Callable[[str], Any]
) -> None:
    due = find("step-due")
    due.setFocus()
    typed("20/11/2026")
    qtbot.keyClick(due, Qt.Key.Key_Return)
    badges = [one for one in view.findChildren(Badge) if one.isVisibleTo(view) and "retard" in one.text()]
    assert {(one.text(), one.tone(), one._icon) for one in badges} == {
        ("en retard de 4 jours", "danger", "clock-alert")
    }
    due.clear()
    qtbot.keyClick(due, Qt.Key.Key_Return)
    assert rows(workspace, StepProgress)[0].due_on is None


def test_time_spent_outside_interviews_is_noted(
    qtbot: QtBot, view: FileView, workspace: Workspace, find: Callable[[str], Any]
) -> None:
    minutes = find("step-minutes")
    minutes.setFocus()
    typed("deux")
    qtbot.keyClick(minutes, Qt.Key.Key_Return)
    assert journey_tab(view).side.plan.error.text() == "Écrivez un nombre de minutes, par exemple 20."
    minutes.clear()
    typed("25")
    qtbot.keyClick(minutes, Qt.Key.Key_Return)
    assert rows(workspace, StepProgress)[0].minutes == 25
    assert find("step-time").text().startswith("25 min passées")


def test_a_reason_too_long_is_kept_on_screen_and_refused(
    view: FileView, workspace: Workspace, find: Callable[[str], Any]
) -> None:
    find("step-skip").click()
    find("step-skip-reason").setText("x" * 400)
    assert journey_tab(view).steps.length.text() == "400 caractères sur 300 : raccourcissez de 100 caractères"
    find("step-skip-confirm").click()
    assert "compte 400 caractères" in journey_tab(view).steps.error.text()
    assert find("step-skip-reason").text() == "x" * 400
    assert rows(workspace, StepProgress) == []


def test_sensitive_words_in_an_answer_are_remarked(view: FileView, find: Callable[[str], Any]) -> None:
    find("answer-q1").setFocus()
    typed("En arrêt maladie")
    assert "santé" in journey_tab(view).work.reminder.text()
    assert journey_tab(view).work.reminder.isVisibleTo(view)


def test_a_file_moves_to_the_version_in_force_only_when_confirmed(
    view: FileView, workspace: Workspace, find: Callable[[str], Any], answers: ScriptedAsk
) -> None:
    content = workspace.read(journey_publishing.content)
    content["phase"][0]["step"][1]["archived"] = True
    workspace.write("Publier", journey_publishing.publish, content, "Parcours 2027")
    view.desk.changed.emit()
    answers.plan(False)
    find("journey-version").click()
    assert "Étapes qui disparaissent :\n• Faire raconter l’idée" in answers.asked[0]
    assert find("step-ACC2")
    answers.plan(True)
    find("journey-version").click()
    assert journey_tab(view).steps.model.text() == "modèle Parcours 2027"
    assert "step-ACC2" not in [one.objectName() for one in view.findChildren(ListRow) if one.isVisibleTo(view)]
    view.desk.undo()
    assert find("step-ACC2")


def test_a_file_opens_on_a_step(view: FileView, window: MainWindow, case_id: uuid.UUID) -> None:
    window.show_view("file", case_id=case_id, tab="journey", step="PRE2")
    assert journey_tab(view).work.step_title.text() == "Renseigner la situation"


def test_the_documents_of_a_step_stand_under_its_deliverable(
    view: FileView, workspace: Workspace, case_id: uuid.UUID, find: Callable[[str], Any], tmp_path: Path
) -> None:
    (tmp_path / "devis.txt").write_text("Trois devis", "utf-8")
    (made,) = attach(workspace, case_id, tmp_path / "devis.txt")
    workspace.write("Étape", attachments.describe, made, {"name": "devis.txt", "step_code": "ACC1"})
    view.desk.changed.emit()
    button = find("step-pieces")
    shown = [one.text() for one in journey_tab(view).side.findChildren(ElidedLabel) if one.isVisibleTo(view)]
    assert any(text.startswith("devis.txt") for text in shown)
    button.click()
    assert view.tabs.current() == "pieces"


@pytest.mark.parametrize(("step", "tab"), [("ADE5", "diagnosis"), ("FIN4", "money"), ("IMM5", "after")])
def test_a_step_leads_to_what_helps_with_it(
    view: FileView, case_id: uuid.UUID, find: Callable[[str], Any], step: str, tab: str
) -> None:
    view.enter(case_id=case_id, step=step)
    find("step-tool").click()
    assert view.tabs.current() == tab


def test_other_steps_offer_nothing_more(view: FileView, case_id: uuid.UUID) -> None:
    view.enter(case_id=case_id, step="ACC2")
    assert not journey_tab(view).work.tool.isVisibleTo(view)
