"""An interview logged without touching its type is in the figures of the month."""

import uuid
from datetime import date

from sqlalchemy.orm import Session

from boutique.models.choices import InterviewType
from boutique.services import activity, interviews
from boutique.services.workspace import Workspace
from tests.services.conftest import LAST_DAY
from tests.services.test_figures import add_person


def test_the_first_interview_of_a_file_counts_and_the_next_one_is_a_follow_up(workspace: Workspace) -> None:
    def opened(session: Session) -> uuid.UUID:
        return add_person(session, "2026-0001").case_id

    case_id = workspace.write("Dossier", opened)
    first = workspace.read(interviews.blank, case_id)
    assert first["interview.type"] is InterviewType.INTAKE_INTERVIEW
    workspace.write("Entretien", interviews.save, case_id, first)
    assert workspace.read(interviews.blank, case_id)["interview.type"] is InterviewType.COACHING_INTERVIEW
    found = {line.key: line.month for line in workspace.read(activity.month_view, LAST_DAY).indicators}
    assert (found["interviews"], found["new_holders"], found["interview_hours"]) == (1, 1, 1)
    content = workspace.read(activity.workbook, date(2026, 11, 1))
    assert content.startswith(b"PK")
