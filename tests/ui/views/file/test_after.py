"""Création et suivi, the end, the holders and the handovers of a file, in the window."""

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from boutique.models.after import Exit, FollowUp, Handover
from boutique.models.case import Case
from boutique.models.choices import EmploymentStatus, ExitReason, LegalForm, Phase, Role
from boutique.models.person import Person
from boutique.models.project import Business, ProjectMember
from boutique.models.structure import Counsellor
from boutique.models.trace import Draft
from boutique.services import handovers, intakes
from boutique.services.workspace import Workspace
from boutique.ui.main_window import MainWindow
from boutique.ui.views.file.after_tab import AfterTab
from boutique.ui.views.file.form_tab import FormTab
from boutique.ui.views.file.view import FileView
from tests.ui.views.file.conftest import ELOISE, TODAY, typed
from tests.ui.views.file.test_interviews import rows

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
SIREN = "000123455"
Find = Callable[[str], Any]


def after(view: FileView) -> AfterTab:
    view.open_tab("after")
    page = view.page("after")
    assert isinstance(page, AfterTab)
    return page


def record(page: AfterTab, **answers: Any) -> None:
    page.business.begin()
    for name, value in {"registered_on": "24/11/2026", "siren": SIREN, **answers}.items():
        page.business.form.write(f"business.{name}", value)


def test_a_creation_is_recorded_with_its_key_and_what_follows_is_told(
    qtbot: QtBot, view: FileView, workspace: Workspace, window: MainWindow
) -> None:
    page = after(view)
    page.business.empty.button.click()
    assert QApplication.focusWidget() is page.business.form.editor("business.name")
    typed("Le Fournil d’Éloïse")
    record(page, legal_form=LegalForm.MICRO_ENTREPRENEUR, jobs="1")
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_S, CTRL)
    (business,) = rows(workspace, Business)
    assert (business.registered, business.siren, business.name) == (True, SIREN, "Le Fournil d’Éloïse")
    assert len(rows(workspace, FollowUp)) == 6
    assert rows(workspace, Case)[0].phase is Phase.POST_CREATION
    assert rows(workspace, Draft) == []
    assert "à vérifier" in page.business.state.text()
    assert "« Création »" in page._proposal()
    view.desk.undo()
    assert rows(workspace, Business) == rows(workspace, FollowUp) == []


def test_the_phase_stays_when_that_was_not_agreed(view: FileView, workspace: Workspace, find: Find) -> None:
    page = after(view)
    record(page)
    find("creation-phase").click()
    find("creation-save").click()
    assert rows(workspace, Case)[0].phase is Phase.RECEPTION_AND_EMERGENCE
    assert rows(workspace, Business)[0].registered


@pytest.mark.parametrize(
    ("name", "written", "told"),
    [
        ("siren", "000123456", "Ce SIREN n’est pas valable"),
        ("siret", "73282932000079", "Ce SIRET n’est pas valable"),
        ("verified_on", "23/11/2026", "avant son immatriculation"),
        ("ceased_on", "01/11/2026", "avant son immatriculation"),
        ("registered_on", "12/12/2026", "dans le futur"),
        ("jobs", "-3", "va de 0 à 500"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(
    view: FileView, workspace: Workspace, find: Find, name: str, written: str, told: str
) -> None:
    page = after(view)
    record(page, **{name: written})
    find("creation-save").click()
    assert told in page.business.form.field(f"business.{name}").error()
    assert page.business.form.answers()[f"business.{name}"] == written
    assert rows(workspace, Business) == []


def test_what_was_being_typed_comes_back(view: FileView, workspace: Workspace, case_id: uuid.UUID) -> None:
    page = after(view)
    record(page)
    assert view.leave()
    assert rows(workspace, Draft)[0].form == "business"
    page._case_id = None
    page.open_case(case_id)
    assert page.business.form.answers()["business.siren"] == SIREN
    page._give_up()
    assert rows(workspace, Draft) == []
    assert not page.business.is_open()


def test_a_creation_can_be_withdrawn(view: FileView, workspace: Workspace, find: Find) -> None:
    page = after(view)
    record(page)
    find("creation-save").click()
    find("creation-withdraw").click()
    assert rows(workspace, FollowUp) == []
    assert not rows(workspace, Business)[0].registered
    assert not page.business.is_open()


def test_a_creation_is_the_proposed_reason_of_the_end(view: FileView, workspace: Workspace, find: Find) -> None:
    page = after(view)
    record(page)
    find("creation-save").click()
    find("after-end").click()
    ending = view.page("form")
    assert isinstance(ending, FormTab)
    assert ending.ending.form.answers()["exit.reason"] is ExitReason.CREATION
    ending.ending.form.write("exit.employment_status", EmploymentStatus.SELF_EMPLOYED)
    find("ending-confirm").click()
    (ended,) = rows(workspace, Exit)
    assert (ended.reason, ended.business_created, ended.employment_status) == (
        ExitReason.CREATION, True, EmploymentStatus.SELF_EMPLOYED
    )  # fmt: skip
    assert rows(workspace, Case)[0].closed_on == TODAY


def test_an_end_before_the_opening_is_said_beside_the_day(view: FileView, workspace: Workspace, find: Find) -> None:
    view.open_tab("form")
    find("file-close").click()
    page = view.page("form")
    assert isinstance(page, FormTab)
    page.ending.form.write("exit.reason", ExitReason.JOB)
    page.ending.form.write("exit.ended_on", "01/11/2026")
    find("ending-confirm").click()
    assert "avant l’ouverture" in page.ending.form.field("exit.ended_on").error()
    assert rows(workspace, Exit) == []


def test_a_closed_file_asks_for_what_is_missing_of_its_end(view: FileView, workspace: Workspace, find: Find) -> None:
    view.open_tab("form")
    find("file-close").click()
    find("exit.reason").write(ExitReason.JOB)
    find("ending-confirm").click()
    after(view)
    find("after-end").click()
    find("exit.employment_status").write(EmploymentStatus.STUDENT)
    find("ending-confirm").click()
    (ended,) = rows(workspace, Exit)
    assert (ended.reason, ended.employment_status) == (ExitReason.JOB, EmploymentStatus.STUDENT)


def test_a_co_holder_new_or_known_is_named_in_the_card(view: FileView, workspace: Workspace, find: Find) -> None:
    known = workspace.write("Accueil", intakes.save, {**ELOISE, "holder.first_name": "Bruno"})
    view.desk.shell.commands.run("file.holders")
    find("holder-first").setText("Maryse")
    find("holder-last").setText("Vandenbroucke")
    find("holder-add").click()
    assert view.header.name.text() == "Éloïse et Maryse Vandenbroucke"
    find("holder-search").setText("bruno")
    find("holder-hit-0").activated.emit()
    assert view.header.name.text() == "Éloïse, Maryse et Bruno Vandenbroucke"
    assert {row.person_id for row in rows(workspace, ProjectMember)} >= {known.person_id}
    find("holder-1-main").click()
    assert view.header.name.text() == "Maryse, Éloïse et Bruno Vandenbroucke"
    find("holder-0-remove").click()
    assert view.header.name.text() == "Éloïse et Bruno Vandenbroucke"
    assert len(rows(workspace, Person)) == 2
    assert view.go_back()
    assert view.people.holders.isHidden()


def test_a_co_holder_without_two_names_is_asked_for_them(view: FileView, workspace: Workspace, find: Find) -> None:
    view.people.open_holders()
    find("holder-first").setText("Maryse")
    find("holder-add").click()
    assert "Un prénom et un nom" in view.people.holders.error.text()
    assert QApplication.focusWidget() is view.people.holders.last
    assert len(rows(workspace, Person)) == 1


def test_a_second_project_opens_at_once_and_each_leads_to_the_other(
    view: FileView, workspace: Workspace, find: Find, case_id: uuid.UUID
) -> None:
    view.desk.shell.commands.run("file.new_project")
    assert view.case_id != case_id
    assert len(rows(workspace, Person)) == 1
    assert find("file-others").label() == "1 autre projet"
    find("file-others").click()
    assert view.case_id == case_id
    view.desk.shell.commands.run("file.new_project")
    menu = view.people.others_menu()
    assert len(menu.actions()) == 2
    menu.actions()[0].trigger()
    assert view.case_id != view.people


@pytest.fixture
def thomas(workspace: Workspace) -> uuid.UUID:
    def add(session: Any) -> uuid.UUID:
        made = Counsellor(first_name="Thomas", last_name="Delattre", role=Role.COUNSELLOR)
        session.add(made)
        return made.id

    return workspace.write("Équipe", add)


def test_a_file_is_handed_over_with_a_note(view: FileView, workspace: Workspace, find: Find, thomas: uuid.UUID) -> None:
    view.desk.shell.commands.run("file.hand_over")
    find("handover-confirm").click()
    assert "à qui" in view.people.handover.error.text()
    find("handover-to").write(thomas)
    find("handover-note").write("Devis du four attendu.")
    find("handover-confirm").click()
    (given,) = rows(workspace, Handover)
    assert (given.to_id, given.note) == (thomas, "Devis du four attendu.")
    assert "Thomas D." in view.header.about.text()
    assert view.people.handover.isHidden()
    assert view.people.note.isVisible()
    assert view.people.note.done.isHidden()  # for Thomas to say
    view.desk.undo()
    assert "Nadia B." in view.header.about.text()
    assert view.people.note.isHidden()


def test_the_new_counsellor_says_that_the_note_is_read(
    view: FileView, workspace: Workspace, find: Find, thomas: uuid.UUID, case_id: uuid.UUID
) -> None:
    nadia = workspace.counsellor_id
    assert nadia is not None
    workspace.write("Passation", handovers.give, [case_id], thomas)
    workspace.write("Passation", handovers.give, [case_id], nadia, "Banque : réponse le 5.")
    view.enter(case_id=case_id)
    assert view.people.note.text.text() == "Banque : réponse le 5."
    assert "Dossier confié à vous par Thomas D. le 24/11/2026" in view.people.note.title.text()
    find("handover-read").click()
    assert view.people.note.isHidden()
    assert {row.read_on for row in rows(workspace, Handover)} == {date(2026, 11, 24)}


def test_the_menu_of_the_file_offers_what_its_state_allows(view: FileView, find: Find) -> None:
    offered = {
        action.text() for action in view.desk.shell.commands.menu(["file.holders", "file.close"], view).actions()
    }
    assert any("Porteurs" in text for text in offered)
    assert any("Clôturer" in text for text in offered)
