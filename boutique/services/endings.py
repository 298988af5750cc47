"""The end of an accompaniment: reason, situation, dates in their order. Used by the file."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.clock import today
from boutique.core.errors import UserError
from boutique.forms.catalogue import EXIT
from boutique.forms.spec import Answers
from boutique.models.after import Exit
from boutique.models.case import Case, Interview
from boutique.models.choices import ExitReason
from boutique.models.project import Business
from boutique.services import aftercare
from boutique.services import answers as answers_service
from boutique.services.people import close_file


@dataclass(frozen=True, slots=True)
class Start:
    """What the form of the end begins with, and between which days it may lie."""

    answers: Answers
    opened_on: date
    last_interview_on: date | None


@dataclass(frozen=True, slots=True)
class Ended:
    """How a file ended: labels and values as they are shown."""

    on: date
    reason: str
    lines: tuple[tuple[str, str], ...]
    to_complete: bool


def start(session: Session, case_id: uuid.UUID) -> Start:
    """Today, and what the file already says: a business created on the way is a reason."""
    case = answers_service.case_of(session, case_id)
    business = answers_service.rows_of(session, case).get("business")
    answers: Answers = {"exit.ended_on": today()}
    if isinstance(business, Business) and aftercare.is_ours(case, business):
        answers |= {"exit.reason": ExitReason.CREATION, "exit.business_created": True}
    return Start(answers, case.opened_on, _last_interview(session, case.id))


def misplaced(start: Start, ended_on: Any) -> dict[str, str]:
    """What is wrong with the day of the end, beside its field."""
    if not isinstance(ended_on, date):
        return {}
    day = french.show_date(ended_on)
    if ended_on < start.opened_on:
        opened = french.show_date(start.opened_on)
        return {"exit.ended_on": f"La fin ({day}) est avant l’ouverture du dossier ({opened}). Vérifiez la date."}
    if start.last_interview_on is not None and ended_on < start.last_interview_on:
        held = french.show_date(start.last_interview_on)
        return {"exit.ended_on": f"Un entretien a été tenu le {held}, après cette fin ({day}). Vérifiez la date."}
    return {}


def close(session: Session, case_id: uuid.UUID, typed: Mapping[str, Any]) -> None:
    """End the accompaniment, with the situation at that moment."""
    accepted = EXIT.accept(typed)
    said = misplaced(start(session, case_id), accepted["exit.ended_on"])
    if said:
        raise UserError(" ".join(said.values()))
    close_file(session, case_id, accepted["exit.reason"], accepted["exit.ended_on"])
    row = Exit(case_id=case_id, ended_on=accepted["exit.ended_on"])
    answers_service.write_row(row, "exit", accepted)
    session.add(row)


def correct(session: Session, case_id: uuid.UUID, typed: Mapping[str, Any]) -> None:
    """Change what was said of the end: the situation is often learnt later."""
    row = _latest(session, case_id)
    accepted = EXIT.accept(typed)
    said = misplaced(start(session, case_id), accepted["exit.ended_on"])
    if said:
        raise UserError(" ".join(said.values()))
    close_file(session, case_id, accepted["exit.reason"], accepted["exit.ended_on"])
    if row is None:  # closed before the situation was asked
        row = Exit(case_id=case_id, ended_on=accepted["exit.ended_on"])
        session.add(row)
    answers_service.write_row(row, "exit", accepted)


def answers(session: Session, case_id: uuid.UUID) -> Answers:
    """What was said of the end, for its form."""
    case: Case = answers_service.case_of(session, case_id)
    row = _latest(session, case_id)
    if row is not None:
        return answers_service.read_row("exit", row)
    found = {"exit.reason": case.exit_reason, "exit.ended_on": case.closed_on}
    return {key: value for key, value in found.items() if value is not None}


def current(session: Session, case_id: uuid.UUID) -> Ended | None:
    """How a closed file ended; None while it is open."""
    case: Case = answers_service.case_of(session, case_id)
    if case.closed_on is None:
        return None
    known = answers(session, case_id)
    asked = [field for field in EXIT.fields() if field.name not in ("reason", "ended_on")]
    lines = tuple((field.label, _shown(known.get(field.key))) for field in asked if known.get(field.key) is not None)
    reason = case.exit_reason.label if case.exit_reason else ""
    return Ended(case.closed_on, reason, lines, to_complete="exit.employment_status" not in known)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    return str(getattr(value, "label", value))


def _latest(session: Session, case_id: uuid.UUID) -> Exit | None:
    return session.scalars(
        select(Exit)
        .where(Exit.case_id == case_id, Exit.reopened_on.is_(None))
        .order_by(Exit.created_at.desc(), Exit.id.desc())
        .limit(1)
    ).first()


def _last_interview(session: Session, case_id: uuid.UUID) -> date | None:
    return session.scalar(
        select(func.max(Interview.held_on)).where(Interview.case_id == case_id, Interview.attended.is_not(False))
    )
