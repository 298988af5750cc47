"""Réglages › Conseillers: files of somebody who leaves go to a colleague, all or some; one undo brings them back."""

import uuid
from typing import Any

import pytest

from boutique.models.after import Handover
from boutique.models.case import Case
from boutique.models.choices import Role
from boutique.models.structure import Counsellor
from boutique.services.workspace import Workspace
from boutique.ui.desk import Desk
from boutique.ui.views.settings.counsellors import CounsellorsPage
from tests.services.filling import open_file
from tests.ui.views.file.test_interviews import rows


@pytest.fixture
def page(qtbot: Any, desk: Desk, workspace: Workspace) -> CounsellorsPage:
    def add(session: Any) -> None:
        session.add(Counsellor(first_name="Thomas", last_name="Delattre", role=Role.COUNSELLOR))

    workspace.write("Équipe", add)
    for rank in range(3):
        open_file(workspace, f"Prénom{rank}", "Martin")
    made = CounsellorsPage(desk)
    qtbot.addWidget(made)
    made.show()
    made.enter()
    return made


def holders(workspace: Workspace) -> list[uuid.UUID | None]:
    return [case.counsellor_id for case in rows(workspace, Case)]


def test_ticked_files_change_hands_and_one_undo_brings_them_back(page: CounsellorsPage, workspace: Workspace) -> None:
    nadia = workspace.counsellor_id
    thomas = next(row.id for row in rows(workspace, Counsellor) if row.first_name == "Thomas")
    page.rows[0].activated.emit()
    page.give_button.click()
    card = page.handover
    assert card.title.text() == "Confier les dossiers de Nadia Bouzid"
    assert [box.isChecked() for box in card.boxes] == [True, True, True]
    card.boxes[0].click()
    assert card.confirm.label() == "Confier 2 dossiers"
    assert not card.all.isChecked()
    card.confirm.click()
    assert "à qui" in card.error.text()
    card.receiver.write(thomas)
    card.note.write("Je pars en congé.")
    card.confirm.click()
    assert sorted(map(str, holders(workspace))) == sorted(map(str, [nadia, thomas, thomas]))
    assert {row.note for row in rows(workspace, Handover)} == {"Je pars en congé."}
    assert card.isHidden()
    page.desk.undo()
    assert holders(workspace) == [nadia, nadia, nadia]
    assert rows(workspace, Handover) == []


def test_nothing_ticked_is_nothing_to_do(page: CounsellorsPage) -> None:
    page.rows[0].activated.emit()
    page.give_button.click()
    page.handover.all.click()
    assert [box.isChecked() for box in page.handover.boxes] == [False, False, False]
    assert not page.handover.confirm.isEnabled()
    assert page.go_back()
    assert page.handover.isHidden()


def test_somebody_without_open_files_is_told_so(page: CounsellorsPage) -> None:
    page.rows[1].activated.emit()
    page.give_button.click()
    assert page.handover.boxes == []
    assert not page.handover.confirm.isEnabled()
