"""Files that change counsellor: one, or all those of somebody who leaves, with a note and one undo."""

import uuid
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core.errors import UserError
from boutique.models.case import Appointment, Case
from boutique.models.choices import ExitReason, Role
from boutique.models.structure import Counsellor
from boutique.services import handovers, people, undo
from boutique.services.intakes import Saved
from boutique.services.workspace import Workspace
from tests.services.conftest import LAST_DAY
from tests.services.filling import on, open_file

NOTE = "Attend la réponse de la banque ; rappeler après le 5."


@pytest.fixture
def thomas(workspace: Workspace) -> uuid.UUID:
    def add(session: Session) -> uuid.UUID:
        made = Counsellor(first_name="Thomas", last_name="Delattre", role=Role.COUNSELLOR)
        session.add(made)
        return made.id

    return workspace.write("Équipe", add)


def as_(workspace: Workspace, counsellor: uuid.UUID | None) -> None:
    workspace.counsellor_id = counsellor


def counsellors(session: Session) -> set[uuid.UUID | None]:
    return set(session.scalars(select(Case.counsellor_id)))


def test_the_note_waits_for_the_new_counsellor_until_it_is_read(
    workspace: Workspace, saved: Saved, thomas: uuid.UUID
) -> None:
    workspace.write("Passation", handovers.give, [saved.case_id], thomas, NOTE)
    assert workspace.read(people.header, saved.case_id).counsellor == "Thomas D."
    assert workspace.read(handovers.unread) == ()
    note = workspace.read(handovers.of_case, saved.case_id)
    assert note is not None
    assert (note.note, note.giver, note.receiver, note.on, note.mine) == (
        NOTE,
        "Nadia B.",
        "Thomas D.",
        LAST_DAY,
        False,
    )
    as_(workspace, thomas)
    (waiting,) = workspace.read(handovers.unread)
    assert (waiting.case_id, waiting.person, waiting.mine) == (saved.case_id, "Zoé Martin", True)
    workspace.write("Lu", handovers.mark_read, waiting.id)
    assert workspace.read(handovers.unread) == ()
    assert workspace.read(handovers.of_case, saved.case_id) is None


def test_planned_appointments_go_with_the_file(workspace: Workspace, saved: Saved, thomas: uuid.UUID) -> None:
    nadia = workspace.counsellor_id

    def meet(session: Session) -> None:
        for days in (-3, 3):
            at = datetime(2026, 11, 24, 14).astimezone() + timedelta(days)
            session.add(Appointment(case_id=saved.case_id, counsellor_id=nadia, starts_at=at))

    def who(session: Session) -> list[Any]:
        return list(session.scalars(select(Appointment.counsellor_id).order_by(Appointment.starts_at)))

    workspace.write("Rendez-vous", meet)
    workspace.write("Passation", handovers.give, [saved.case_id], thomas, NOTE)
    assert workspace.read(who) == [nadia, thomas]


def test_all_open_files_of_somebody_who_leaves_change_hands_and_come_back_at_once(
    workspace: Workspace, thomas: uuid.UUID
) -> None:
    nadia = workspace.counsellor_id
    assert nadia is not None
    made = [open_file(workspace, f"Prénom{rank}", "Martin") for rank in range(45)]
    workspace.write("Clore", people.close_file, made[0].case_id, ExitReason.MOVED, LAST_DAY)
    held = workspace.read(handovers.held_by, nadia)
    assert len(held) == 44
    steps: list[tuple[int, int]] = []

    def step(done: int, total: int) -> None:
        steps.append((done, total))

    given = workspace.write("Passation", handovers.give, [file.case_id for file in held], thomas, NOTE, step=step)
    assert given == 44
    assert steps == [(20, 44), (40, 44), (44, 44)]
    assert workspace.read(handovers.held_by, nadia) == ()
    assert len(workspace.read(handovers.held_by, thomas)) == 44
    workspace.write("Annuler", undo.undo)
    assert len(workspace.read(handovers.held_by, nadia)) == 44
    assert workspace.read(counsellors) == {nadia}


def test_a_second_handover_replaces_the_note_that_nobody_read(
    workspace: Workspace, saved: Saved, thomas: uuid.UUID
) -> None:
    nadia = workspace.counsellor_id
    assert nadia is not None
    workspace.write("Passation", handovers.give, [saved.case_id], thomas, "premier mot")
    workspace.write("Passation", handovers.give, [saved.case_id], nadia, "second mot")
    (note,) = workspace.read(handovers.unread)
    assert note.note == "second mot"


def test_who_has_left_or_has_the_file_already_cannot_receive_it(
    workspace: Workspace, saved: Saved, thomas: uuid.UUID
) -> None:
    nadia = workspace.counsellor_id
    assert nadia is not None
    with pytest.raises(UserError, match="déjà suivi"):
        workspace.write("Passation", handovers.give, [saved.case_id], nadia, NOTE)

    def leave(session: Session) -> None:
        row = session.get(Counsellor, thomas)
        assert row is not None
        row.left_on = date(2026, 11, 1)

    workspace.write("Départ", leave)
    with pytest.raises(UserError, match="travaille encore"):
        workspace.write("Passation", handovers.give, [saved.case_id], thomas, NOTE)
    with pytest.raises(UserError, match="travaille encore"):
        workspace.write("Passation", handovers.give, [saved.case_id], uuid.uuid4(), NOTE)


def test_a_note_that_is_too_long_is_refused_whole(workspace: Workspace, saved: Saved, thomas: uuid.UUID) -> None:
    with pytest.raises(UserError, match="Raccourcissez-la"):
        workspace.write("Passation", handovers.give, [saved.case_id], thomas, "x" * 2001)
    with on(LAST_DAY):
        assert workspace.read(handovers.of_case, saved.case_id) is None
