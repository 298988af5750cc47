"""Plan of action, form and history of a file."""

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from boutique.models.case import Action, Case
from boutique.models.choices import ActionStatus, ExitReason, Phase
from boutique.models.person import Person
from boutique.models.plan import ActionPlan
from boutique.models.trace import Draft
from boutique.services import actions
from boutique.services.workspace import Workspace
from boutique.ui.views.file.action_form import ActionForm
from boutique.ui.views.file.actions_tab import ActionsTab
from boutique.ui.views.file.form_tab import FormTab
from boutique.ui.views.file.history_tab import HistoryTab
from boutique.ui.views.file.plan_row import PlanRow
from boutique.ui.views.file.view import _TABS, FileView
from tests.ui.views.file.conftest import typed
from tests.ui.views.file.test_interviews import rows

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


def test_each_tab_has_its_key(qtbot: QtBot, view: FileView) -> None:
    for rank, (key, *_) in enumerate(_TABS[:9]):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key(KEY.Key_1 + rank), CTRL)
        assert view.tabs.current() == key


def test_actions_are_added_moved_edited_and_deleted_in_place(
    qtbot: QtBot, view: FileView, workspace: Workspace, find: Callable[[str], Any]
) -> None:
    view.open_tab("actions")
    typed("Devis du véhicule")
    find("action-due").setText("20/11/2026")
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Return)
    (action,) = rows(workspace, Action)
    assert action.due_on == date(2026, 11, 20)
    assert "en retard de 4 jours" in find("action-0").subtitle.text()

    find("action-0-edit").click()
    form = find("action.label")
    assert form.text() == "Devis du véhicule"
    form.setText("Deux devis du véhicule")
    find("action.prerequisite").setText("Choisir le véhicule")
    qtbot.keyClick(form, KEY.Key_S, CTRL)
    assert rows(workspace, Action)[0].label == "Deux devis du véhicule"
    assert "d’abord : Choisir le véhicule" in find("action-0").subtitle.text()

    menu = find("action-0").status_menu()
    menu.actions()[2].trigger()
    menu.deleteLater()
    assert rows(workspace, Action)[0].status is ActionStatus.WAITING
    find("action-0-go").click()
    assert rows(workspace, Action)[0].status is ActionStatus.IN_PROGRESS
    find("action-0-box").click()
    assert rows(workspace, Action)[0].status is ActionStatus.DONE
    segments(view, "Terminées").click()
    find("ended-0-delete").click()
    assert rows(workspace, Action) == []
    view.desk.undo()
    assert rows(workspace, Action)[0].label == "Deux devis du véhicule"


def segments(view: FileView, text: str) -> QAbstractButton:
    page = view.page("actions")
    return next(one for one in page.findChildren(QAbstractButton) if one.text().startswith(text))


def test_the_whole_plan_is_worked_with_the_keys(
    qtbot: QtBot, view: FileView, workspace: Workspace, find: Callable[[str], Any]
) -> None:
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_3, CTRL)
    for label, due in (("Premier", "25/11/2026"), ("Second", "26/11/2026")):
        typed(label)
        find("action-due").setText(due)
        qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Return)
    find("action-0").setFocus()
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Down)
    assert QApplication.focusWidget() is find("action-1")
    for key, status in ((KEY.Key_C, ActionStatus.IN_PROGRESS), (KEY.Key_A, ActionStatus.WAITING),
                        (KEY.Key_P, ActionStatus.PLANNED)):  # fmt: skip
        qtbot.keyClick(QApplication.focusWidget(), key)
        assert {row.label: row.status for row in rows(workspace, Action)}["Second"] is status
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_F)
    following = QApplication.focusWidget()  # the next is under the hand
    assert isinstance(following, PlanRow)
    assert following.line.label == "Premier"
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Return)
    assert QApplication.focusWidget() is find("action.label")
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_End)
    typed(" pas")
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_S, CTRL)
    assert {row.label for row in rows(workspace, Action)} == {"Premier pas", "Second"}
    find("action-0").setFocus()
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Delete)
    assert [row.label for row in rows(workspace, Action)] == ["Second"]


def test_the_goal_of_the_period_is_set_shown_changed_and_taken_away(
    qtbot: QtBot, view: FileView, workspace: Workspace, find: Callable[[str], Any]
) -> None:
    view.desk.shell.commands.run("plan.goal")
    page = view.page("actions")
    assert isinstance(page, ActionsTab)
    page.save()
    assert "obligatoire" in page.goal.form.field("action_plan.goal").error()
    typed("Ouvrir au printemps")
    page.goal.form.write("action_plan.due_on", "31/02/2027")
    page.save()
    assert "février" in page.goal.form.field("action_plan.due_on").error()
    page.goal.form.write("action_plan.due_on", "31/03/2027")
    page.goal.form.write("action_plan.target_phase", Phase.REGISTRATION)
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_S, CTRL)
    assert page.goal.words.text() == "Ouvrir au printemps"
    assert "31/03/2027" in page.goal.about.text()
    assert page.goal.change.label() == "Modifier"
    find("goal-change").click()
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Escape)
    assert not page.is_editing
    find("goal-change").click()
    find("goal-drop").click()
    assert rows(workspace, ActionPlan) == []
    view.desk.undo()
    assert page.goal.words.text() == "Ouvrir au printemps"


def test_a_partner_is_chosen_for_an_action(
    view: FileView, workspace: Workspace, find: Callable[[str], Any], partners: dict[str, uuid.UUID]
) -> None:
    workspace.write("Action", actions.add, view.case_id, {"action.label": "Monter le dossier"})
    view.open_tab("actions")
    find("action-0-edit").click()
    find("edited-choose").click()
    find("partner-0").activated.emit()
    find("edited-keep").click()
    assert "avec Adie" in find("action-0").subtitle.text()
    assert rows(workspace, Action)[0].partner_id == partners["ADIE"]


def test_an_action_taken_back_while_it_is_edited_closes_its_form(view: FileView, find: Callable[[str], Any]) -> None:
    view.open_tab("actions")
    typed("Devis")
    find("action-add").click()
    find("action-0-edit").click()
    view.desk.undo()
    page = view.page("actions")
    assert isinstance(page, ActionsTab)
    assert not page.is_editing
    assert not [one for one in page.findChildren(ActionForm) if one.isVisible()]


def test_an_action_without_words_or_with_an_impossible_date_is_refused_on_its_line(
    view: FileView, workspace: Workspace, find: Callable[[str], Any]
) -> None:
    view.open_tab("actions")
    find("action-add").click()
    page = view.page("actions")
    assert isinstance(page, ActionsTab)
    assert "obligatoire" in page.editor.error.text()
    find("action-label").setText("Devis")
    find("action-due").setText("31/02/2026")
    find("action-add").click()
    assert "février" in page.editor.error.text()
    assert rows(workspace, Action) == []


def form_tab(view: FileView) -> FormTab:
    view.open_tab("form")
    page = view.page("form")
    assert isinstance(page, FormTab)
    return page


def test_the_form_is_saved_with_its_key(qtbot: QtBot, view: FileView, workspace: Workspace) -> None:
    page = form_tab(view)
    page.form.write("holder.phone", "06 98 76 54 32")
    page.form.write("holder.first_name", "Héloïse")
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_S, CTRL)
    (person,) = rows(workspace, Person)
    assert (person.first_name, person.phone) == ("Héloïse", "+33698765432")
    assert view.header.name.text() == "Héloïse Vandenbroucke"
    assert rows(workspace, Draft) == []


def test_what_is_wrong_in_the_form_is_not_saved(view: FileView, workspace: Workspace) -> None:
    page = form_tab(view)
    page.form.write("holder.phone", "12")
    page.save()
    assert "n’existe pas" in page.form.field("holder.phone").error()
    assert rows(workspace, Person)[0].phone == "+33612345678"


def test_unsaved_changes_of_the_form_come_back(view: FileView, workspace: Workspace, case_id: uuid.UUID) -> None:
    page = form_tab(view)
    page.form.write("holder.first_name", "Héloïse")
    assert view.leave()
    (draft,) = rows(workspace, Draft)
    assert draft.subject_id == case_id
    page._case_id = None
    page.open_case(case_id)
    assert page.form.answers()["holder.first_name"] == "Héloïse"
    assert rows(workspace, Person)[0].first_name == "Éloïse"
    page._give_up()
    assert page.form.answers()["holder.first_name"] == "Éloïse"


def test_a_file_is_closed_with_a_reason_and_reopened(
    view: FileView, workspace: Workspace, find: Callable[[str], Any]
) -> None:
    form_tab(view)
    find("file-close").click()
    find("ending-confirm").click()
    assert rows(workspace, Case)[0].closed_on is None
    assert "obligatoire" in form_tab(view).ending.form.field("exit.reason").error()
    find("exit.reason").write(ExitReason.CREATION)
    find("ending-confirm").click()
    (case,) = rows(workspace, Case)
    assert (case.closed_on, case.exit_reason) == (date(2026, 11, 24), ExitReason.CREATION)
    find("file-reopen").click()
    assert rows(workspace, Case)[0].closed_on is None


def test_the_history_says_who_changed_what_and_takes_it_back(view: FileView, workspace: Workspace) -> None:
    page = form_tab(view)
    page.form.write("holder.first_name", "Héloïse")
    page.save()
    view.open_tab("history")
    told = view.page("history")
    assert isinstance(told, HistoryTab)
    changed = next(line for line in told._lines if line.action == "Fiche modifiée")
    assert changed.author == "Nadia B."
    assert "Prénom : Éloïse → Héloïse" in changed.lines
    assert any(line.action == "Dossier consulté" for line in told._lines)
    assert changed.action_id is not None
    told._undo(changed.action_id, changed.action)
    assert rows(workspace, Person)[0].first_name == "Éloïse"


def test_every_document_opens_in_the_preview(view: FileView) -> None:
    for name in ("intake", "notice"):
        view.desk.shell.commands.run(f"file.document.{name}")
        shown = view.documents.shown
        assert shown is not None
        assert shown.pages
        assert "Vandenbroucke" not in shown.documents[0].file_name
        shown.close()


def test_what_cannot_be_printed_yet_is_grey_in_the_menu(view: FileView) -> None:
    commands = view.desk.shell.commands
    assert commands.is_possible("file.document.intake")
    assert not commands.is_possible("file.document.report")
    assert not commands.is_possible("file.document.referral")
