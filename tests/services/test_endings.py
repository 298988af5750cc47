"""The end of an accompaniment: a reason, a situation, a day that can be one."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core.errors import UserError
from boutique.models.after import Exit
from boutique.models.choices import EmploymentStatus, ExitReason
from boutique.services import businesses, endings, people, undo
from boutique.services.intakes import Saved
from boutique.services.workspace import Workspace
from tests.services.conftest import LAST_DAY
from tests.services.filling import interview, on, open_file

JOB: dict[str, Any] = {
    "exit.reason": ExitReason.JOB,
    "exit.ended_on": LAST_DAY,
    "exit.employment_status": EmploymentStatus.EMPLOYEE_PERMANENT_FULL_TIME,
    "exit.training_entered": False,
    "exit.note": "CDI à la coopérative",
}


@pytest.fixture
def file(workspace: Workspace) -> Saved:
    with on(date(2026, 11, 2)):
        return open_file(workspace)


def exits(session: Session) -> list[tuple[Any, Any]]:
    rows = session.scalars(select(Exit).order_by(Exit.created_at))
    return [(row.reason, row.reopened_on) for row in rows]


def test_the_situation_at_the_end_is_kept(workspace: Workspace, file: Saved) -> None:
    workspace.write("Clore", endings.close, file.case_id, JOB)
    ended = workspace.read(endings.current, file.case_id)
    assert ended is not None
    assert (ended.on, ended.reason, ended.to_complete) == (LAST_DAY, "Emploi", False)
    assert ("Situation à la sortie", "Salarié en CDI à temps plein") in ended.lines
    assert ("Entrée en formation", "non") in ended.lines
    assert workspace.read(people.header, file.case_id).exit_reason == "Emploi"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"exit.ended_on": "01/11/2026"}, "avant l’ouverture du dossier"),
        ({"exit.ended_on": "25/11/2026"}, "dans le futur"),
        ({"exit.ended_on": "09/11/2026"}, "Un entretien a été tenu le 10/11/2026"),
        ({"exit.ended_on": ""}, "obligatoire"),
        ({"exit.reason": ""}, "obligatoire"),
    ],
)
def test_an_end_that_cannot_be_is_refused(workspace: Workspace, file: Saved, typed: dict[str, str], told: str) -> None:
    interview(workspace, file, held_on=date(2026, 11, 10), minutes=45)
    with pytest.raises(UserError, match=told):
        workspace.write("Clore", endings.close, file.case_id, {**JOB, **typed})
    assert workspace.read(people.header, file.case_id).closed_on is None
    assert workspace.read(exits) == []


def test_an_appointment_that_was_missed_does_not_hold_the_end_back(workspace: Workspace, file: Saved) -> None:
    interview(workspace, file, held_on=date(2026, 11, 10), minutes=0, attended=False)
    workspace.write("Clore", endings.close, file.case_id, {**JOB, "exit.ended_on": "05/11/2026"})
    assert workspace.read(people.header, file.case_id).closed_on == date(2026, 11, 5)


def test_a_creation_on_the_way_is_proposed_as_the_reason(workspace: Workspace, file: Saved) -> None:
    assert "exit.reason" not in workspace.read(endings.start, file.case_id).answers
    workspace.write("Création", businesses.save, file.case_id, {"business.registered_on": "10/11/2026"})
    answers = workspace.read(endings.start, file.case_id).answers
    assert (answers["exit.reason"], answers["exit.business_created"]) == (ExitReason.CREATION, True)


def test_what_was_said_of_the_end_can_be_completed(workspace: Workspace, file: Saved) -> None:
    workspace.write("Clore", endings.close, file.case_id, {**JOB, "exit.employment_status": None})
    ended = workspace.read(endings.current, file.case_id)
    assert ended is not None
    assert ended.to_complete
    known = workspace.read(endings.answers, file.case_id)
    workspace.write("Fin", endings.correct, file.case_id, {**known, "exit.employment_status": EmploymentStatus.STUDENT})
    ended = workspace.read(endings.current, file.case_id)
    assert ended is not None
    assert not ended.to_complete
    assert len(workspace.read(exits)) == 1


def test_a_file_closed_before_the_situation_was_asked_can_be_completed(workspace: Workspace, file: Saved) -> None:
    workspace.write("Clore", people.close_file, file.case_id, ExitReason.MOVED, LAST_DAY)
    known = workspace.read(endings.answers, file.case_id)
    assert known == {"exit.reason": ExitReason.MOVED, "exit.ended_on": LAST_DAY}
    workspace.write("Fin", endings.correct, file.case_id, {**known, "exit.employment_status": EmploymentStatus.RETIRED})
    assert workspace.read(endings.answers, file.case_id)["exit.employment_status"] is EmploymentStatus.RETIRED


def test_a_file_may_be_reopened_and_end_again(workspace: Workspace, file: Saved) -> None:
    workspace.write("Clore", endings.close, file.case_id, JOB)
    workspace.write("Rouvrir", people.reopen, file.case_id)
    assert workspace.read(endings.current, file.case_id) is None
    with on(LAST_DAY + timedelta(30)):
        again = {"exit.reason": ExitReason.GIVEN_UP, "exit.ended_on": LAST_DAY + timedelta(30)}
        workspace.write("Clore", endings.close, file.case_id, again)
    assert workspace.read(exits) == [(ExitReason.JOB, LAST_DAY), (ExitReason.GIVEN_UP, None)]
    ended = workspace.read(endings.current, file.case_id)
    assert ended is not None
    assert ended.reason == "Abandon"


def test_undoing_the_end_reopens_the_file(workspace: Workspace, file: Saved) -> None:
    workspace.write("Clore", endings.close, file.case_id, JOB)
    workspace.write("Annuler", undo.undo)
    assert workspace.read(endings.current, file.case_id) is None
    assert workspace.read(exits) == []
