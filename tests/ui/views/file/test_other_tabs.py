"""Plan of action, form and history of a file."""

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from boutique.models.case import Action, Case
from boutique.models.choices import ActionStatus, ExitReason
from boutique.models.person import Person
from boutique.models.trace import Draft
from boutique.services.workspace import Workspace
from boutique.ui.views.file import FileView
from boutique.ui.views.file.actions_tab import ActionsTab
from boutique.ui.views.file.form_tab import FormTab
from boutique.ui.views.file.history_tab import HistoryTab
from tests.ui.views.file.conftest import typed
from tests.ui.views.file.test_interviews import rows

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


def test_each_tab_has_its_key(qtbot: QtBot, view: FileView) -> None:
    for rank, key in enumerate(("journey", "interviews", "actions", "referrals", "form", "history")):
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
    assert find("edited-label").text() == "Devis du véhicule"
    find("edited-label").setText("Deux devis du véhicule")
    find("edited-add").click()
    assert rows(workspace, Action)[0].label == "Deux devis du véhicule"

    page = view.page("actions")
    assert isinstance(page, ActionsTab)
    menu = page.status_menu(page._lines[0])
    menu.actions()[2].trigger()
    menu.deleteLater()
    assert rows(workspace, Action)[0].status is ActionStatus.WAITING
    find("action-0-box").click()
    assert rows(workspace, Action)[0].status is ActionStatus.DONE
    find("ended-0-delete").click()
    assert rows(workspace, Action) == []
    view.desk.undo()
    assert rows(workspace, Action)[0].label == "Deux devis du véhicule"


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
    find("ending-reason").setCurrentIndex(1)
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
