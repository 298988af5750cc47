"""The goal of a file's action plan. Used by the Plan d'action tab and its document."""

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.forms.catalogue import PLAN
from boutique.forms.spec import Answers
from boutique.models.plan import ActionPlan
from boutique.services import answers as answers_service


def goal(session: Session, case_id: uuid.UUID) -> Answers:
    """The goal with its date and phase, as answers; empty when none was set."""
    row = _row(session, case_id)
    return answers_service.read_row("action_plan", row) if row is not None else {}


def set_goal(session: Session, case_id: uuid.UUID, typed: Mapping[str, Any]) -> None:
    """Set the goal of the period, over the one before it."""
    answers = PLAN.accept(typed)
    row = _row(session, answers_service.case_of(session, case_id).id)
    if row is None:
        row = ActionPlan(case_id=case_id)
        session.add(row)
    answers_service.write_row(row, "action_plan", answers)


def drop_goal(session: Session, case_id: uuid.UUID) -> None:
    """Take the goal away; undo brings it back."""
    if (row := _row(session, case_id)) is not None:
        session.delete(row)


def _row(session: Session, case_id: uuid.UUID) -> ActionPlan | None:
    latest = select(ActionPlan).where(ActionPlan.case_id == case_id).order_by(ActionPlan.created_at.desc())
    return session.scalars(latest.limit(1)).first()
