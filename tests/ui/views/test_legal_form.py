"""Aide au choix du statut in the real window: from the step that compares forms to the form retained."""

import uuid

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from boutique.services import legal_forms, people
from boutique.services.workspace import Workspace
from boutique.ui.desk import Desk
from boutique.ui.main_window import MainWindow
from boutique.ui.views.file.journey_tab import JourneyTab
from boutique.ui.views.file.view import FileView
from boutique.ui.views.legal_form import LegalFormView
from tests.services.filling import open_file


@pytest.fixture
def case_id(workspace: Workspace) -> uuid.UUID:
    return open_file(workspace, project_partners_count=None).case_id


@pytest.fixture
def view(qtbot: QtBot, window: MainWindow, desk: Desk, case_id: uuid.UUID) -> LegalFormView:
    """Reached from the step of the journey."""
    window.register("file", lambda: FileView(desk))
    window.register("legal_form", lambda: LegalFormView(desk))
    with qtbot.waitActive(window):
        window.show()
    window.start("file", case_id=case_id)
    file = window.stack.view("file")
    assert isinstance(file, FileView)
    page = file.page("journey")
    assert isinstance(page, JourneyTab)
    page.show_phase("STATUT")
    page._choose("JUR1")
    assert page.work.tool.isVisible()
    page.work.tool.click()
    made = window.stack.current_view()
    assert isinstance(made, LegalFormView)
    return made


def test_answers_rank_the_forms_and_one_is_retained(
    view: LegalFormView, workspace: Workspace, case_id: uuid.UUID, window: MainWindow
) -> None:
    assert len({card.form for card in view.forms}) == 11
    alone = next(one for one in view.answers["SEUL"].findChildren(QPushButton) if one.text() == "seul")
    alone.click()
    assert workspace.read(legal_forms.of_case, case_id).answers == {"SEUL": "seul"}
    view.answers["COTIS"].changed.emit("oui")
    assert view.forms[0].form == "EI_MICRO"
    view.weights["COTIS"].write(0)
    assert workspace.read(legal_forms.of_case, case_id).importance == {"COTIS": 0}
    view.forms[0].retain.click()
    kept = workspace.read(people.answers, case_id)["project.legal_form"]
    assert kept == view.forms[0].form
    assert not view.forms[0].retain.isEnabled()
    view.desk.undo()
    assert "project.legal_form" not in workspace.read(people.answers, case_id)


def test_the_comparison_is_printed_and_escape_goes_back_to_the_file(
    view: LegalFormView, window: MainWindow, qtbot: QtBot
) -> None:
    window.commands.run("legal.print")
    assert view.preview is not None
    assert view.preview.pages
    view.preview.close()
    view.back.click()
    assert window.stack.current_name() == "file"
    window.commands.run("file.legal_form")
    assert window.stack.current_name() == "legal_form"


def test_what_the_file_says_is_marked_as_such(
    view: LegalFormView, workspace: Workspace, case_id: uuid.UUID, desk: Desk
) -> None:
    workspace.write("Fiche", people.answer_one, case_id, "project.partners_count", 2)
    desk.changed.emit()
    assert view.answers["SEUL"].read() == "plusieurs"
    assert view._hints["SEUL"].isVisible()
    assert not view._hints["TEST"].isVisible()
    assert "13 questions à compléter" in view.about.text()
