"""What is noted of a step besides its answers: deliverable, exit criterion, due date, time. For the Parcours tab."""

import uuid
from datetime import date

from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.clock import today
from boutique.core.errors import UserError
from boutique.rules.journey import MOST_MINUTES
from boutique.services.journeys import step_row


def deliver(session: Session, case_id: uuid.UUID, step_code: str, on: date | None) -> None:
    """The deliverable of the step exists since that day; None takes it back."""
    step_row(session, case_id, step_code).deliverable_on = _past(on)


def meet(session: Session, case_id: uuid.UUID, step_code: str, on: date | None) -> None:
    """The exit criterion of the step is met since that day; None takes it back."""
    step_row(session, case_id, step_code).criterion_on = _past(on)


def plan(session: Session, case_id: uuid.UUID, step_code: str, due_on: date | None) -> None:
    """The day by which the step should be passed; None when there is none any more."""
    step_row(session, case_id, step_code).due_on = due_on


def spend(session: Session, case_id: uuid.UUID, step_code: str, minutes: int) -> None:
    """Minutes spent on the step outside interviews, which count their own."""
    most = 10 * MOST_MINUTES
    if not 0 <= minutes <= most:
        raise UserError(f"Le temps passé hors entretien va de 0 à {french.show_number(most)} minutes.")
    step_row(session, case_id, step_code).minutes = minutes


def _past(on: date | None) -> date | None:
    if on is not None and on > today():
        raise UserError("Cette date est à venir. Mettez le jour où cela a été fait.")
    return on
