"""Steps of open files whose date has passed, for Aujourd’hui."""

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.models.case import Case, StepProgress
from boutique.models.choices import StepStatus
from boutique.models.person import Person
from boutique.services import journey_versions as versions

_MOST = 50


@dataclass(frozen=True, slots=True)
class LateStep:
    """One step to finish in somebody’s file."""

    case_id: uuid.UUID
    step_code: str
    label: str
    person: str
    days: int


def late_steps(session: Session, on: date) -> tuple[LateStep, ...]:
    """The longest late first."""
    rows = session.execute(
        select(StepProgress.step_code, StepProgress.due_on, Case, Person.first_name, Person.last_name)
        .join(Case, Case.id == StepProgress.case_id)
        .join(Person, Person.id == Case.person_id)
        .where(StepProgress.due_on < on, StepProgress.status == StepStatus.IN_PROGRESS, Case.closed_on.is_(None))
        .order_by(StepProgress.due_on, StepProgress.id)
        .limit(_MOST)
    )
    return tuple(
        LateStep(case.id, code, versions.step_label(session, code, case), f"{first} {last}", (on - due).days)
        for code, due, case, first, last in rows
        if due is not None
    )
