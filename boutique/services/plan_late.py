"""Actions of open files whose date has passed, for Aujourd’hui: how many, in which files."""

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.models.case import Action, Case
from boutique.services.context import context
from boutique.services.people import OPEN_ACTIONS


@dataclass(frozen=True, slots=True)
class LateActions:
    """Those of the counsellor at work; `cases` in the order of their oldest one."""

    count: int
    cases: tuple[uuid.UUID, ...]

    @property
    def title(self) -> str:
        return f"{french.plural(self.count, 'action')} en retard"

    @property
    def detail(self) -> str:
        return f"dans {french.plural(len(self.cases), 'dossier que vous suivez', 'dossiers que vous suivez')}"


def late_actions(session: Session, on: date) -> LateActions:
    """Every open action whose date has passed, in the open files of the counsellor at work."""
    found = session.scalars(
        select(Action.case_id)
        .join(Case, Case.id == Action.case_id)
        .where(
            Action.due_on < on,
            Action.status.in_(OPEN_ACTIONS),
            Case.closed_on.is_(None),
            Case.counsellor_id == context(session).counsellor_id,
        )
        .order_by(Action.due_on, Action.id)
    ).all()
    return LateActions(len(found), tuple(dict.fromkeys(found)))
