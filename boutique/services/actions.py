"""The action plan of a file: who does what, by when. Used by the Plan d'action tab and by interviews."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core.clock import today
from boutique.core.text import fold
from boutique.forms.catalogue import ACTION
from boutique.models.case import Action
from boutique.models.choices import ActionOwner, ActionStatus, Priority
from boutique.models.referral import Partner
from boutique.services import answers as answers_service
from boutique.services.partner_names import name_column
from boutique.services.people import OPEN_ACTIONS
from boutique.services.rows import existing


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One action in a list. `waits_for` is what must come first, empty once that action of the plan is done."""

    id: uuid.UUID
    label: str
    owner: str
    due_on: date | None
    status: ActionStatus
    priority: str
    late_days: int
    waits_for: str = ""
    vigilance: str = ""
    result: str = ""
    partner: str = ""
    done_on: date | None = None

    @property
    def open(self) -> bool:
        return self.status in OPEN_ACTIONS


def listing(session: Session, case_id: uuid.UUID) -> tuple[ActionLine, ...]:
    """Actions of a file: open ones first, the most urgent at the top."""
    found = select(Action, name_column()).outerjoin(Partner, Partner.id == Action.partner_id)
    rows = session.execute(found.where(Action.case_id == case_id)).all()
    done = {fold(row.label) for row, _ in rows if row.status is ActionStatus.DONE}
    lines = [_line(row, partner or "", done) for row, partner in rows]
    return tuple(sorted(lines, key=lambda line: (not line.open, line.due_on or date.max, line.label)))


def _line(row: Action, partner: str, done: set[str]) -> ActionLine:
    is_open = row.status in OPEN_ACTIONS
    late = (today() - row.due_on).days if row.due_on and is_open else 0
    first = row.prerequisite or ""
    return ActionLine(
        row.id,
        row.label,
        row.owner.label if row.owner else "",
        row.due_on,
        row.status,
        row.priority.label if row.priority else "",
        max(late, 0),
        first if is_open and fold(first) not in done else "",
        row.vigilance or "",
        row.result or "",
        partner,
        row.done_on,
    )


def add(
    session: Session, case_id: uuid.UUID, typed: Mapping[str, Any], *, interview_id: uuid.UUID | None = None
) -> uuid.UUID:
    """Add an action; who and priority default to the person and normal."""
    answers_service.case_of(session, case_id)
    defaults = {
        "action.status": ActionStatus.PLANNED,
        "action.owner": ActionOwner.HOLDER,
        "action.priority": Priority.NORMAL,
    }
    given = {key: value for key, value in typed.items() if value not in (None, "")}
    action = Action(case_id=case_id, interview_id=interview_id, label="", status=ActionStatus.PLANNED)
    answers_service.write_row(action, "action", ACTION.accept({**defaults, **given}))
    session.add(action)
    session.flush()
    return action.id


def edit(session: Session, action_id: uuid.UUID, typed: Mapping[str, Any]) -> None:
    """Change an action; `action.partner_id` among the answers changes the partner it counts on."""
    row = _action(session, action_id)
    merged = {**answers_service.read_row("action", row), **typed}
    answers_service.write_row(row, "action", ACTION.accept(merged))
    row.partner_id = typed.get("action.partner_id", row.partner_id)
    row.done_on = (row.done_on or today()) if row.status is ActionStatus.DONE else None


def answers(session: Session, action_id: uuid.UUID) -> dict[str, Any]:
    """The answers of an action, for its form."""
    return answers_service.read_row("action", _action(session, action_id))


def partner_of(session: Session, action_id: uuid.UUID) -> tuple[uuid.UUID, str] | None:
    """(key, name) of the partner an action counts on."""
    found = select(Partner.id, name_column()).join(Action, Action.partner_id == Partner.id)
    row = session.execute(found.where(Action.id == action_id)).one_or_none()
    return (row.id, row.name) if row is not None else None


def set_status(session: Session, action_id: uuid.UUID, status: ActionStatus) -> None:
    """Move an action on; done ones are dated."""
    row = _action(session, action_id)
    row.status = status
    row.done_on = today() if status is ActionStatus.DONE else None


def delete(session: Session, action_id: uuid.UUID) -> None:
    """Remove an action; undo brings it back."""
    session.delete(_action(session, action_id))


def _action(session: Session, action_id: uuid.UUID) -> Action:
    return existing(session, Action, action_id, "Cette action n’existe plus. Revenez au plan d’action.")
