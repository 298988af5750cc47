"""The follow-ups to be phoned through: who is next, their number, what was said before. Used by « Suivis à faire »."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import Session, aliased

from boutique.core import french
from boutique.core.clock import today
from boutique.models.after import FollowUp, FollowUpAttempt
from boutique.models.after_choices import FollowUpOutcome, FollowUpState
from boutique.models.case import Case
from boutique.models.person import Person
from boutique.models.project import Business, Project
from boutique.models.structure import Counsellor
from boutique.services import aftercare, members
from boutique.services.context import context

COMING_DAYS = 30
MOST = 300


@dataclass(frozen=True, slots=True)
class Call:
    """One follow-up to do."""

    id: uuid.UUID
    case_id: uuid.UUID
    reference: str
    name: str
    phone: str
    email: str
    business: str
    months: int
    due_on: date
    call_on: date
    counsellor: str
    closed: bool
    state: FollowUpState
    tried: tuple[date, ...]  # days on which nobody answered

    @property
    def late_days(self) -> int:
        return max(0, (today() - self.call_on).days)

    @property
    def due(self) -> bool:
        """To be called today at the latest."""
        return self.call_on <= today()

    @property
    def milestone(self) -> str:
        return milestone(self.months)


@dataclass(frozen=True, slots=True)
class CallList:
    """`total` follow-ups wait; `calls` are the first of them, the oldest first."""

    total: int
    due: int
    calls: tuple[Call, ...]
    coming_on: date | None  # the first one beyond this list


@dataclass(frozen=True, slots=True)
class FollowUpLine:
    """One follow-up in the list of a file."""

    id: uuid.UUID
    months: int
    due_on: date
    call_on: date
    state: FollowUpState
    outcome: FollowUpOutcome | None
    done_on: date | None
    detail: str
    tried: tuple[date, ...]

    @property
    def milestone(self) -> str:
        return milestone(self.months)

    @property
    def late(self) -> bool:
        return self.state is FollowUpState.TO_DO and self.call_on < today()


def milestone(months: int) -> str:
    """« 6 mois », « 2 ans »."""
    return f"{months} mois" if months < 12 else french.plural(months // 12, "an")


def waiting(session: Session, *, mine: bool = False, limit: int = MOST) -> CallList:
    """What is to be called up to a month ahead, for everybody or for the counsellor at work."""
    until = today() + timedelta(COMING_DAYS)
    waits = [FollowUp.state == FollowUpState.TO_DO, ~_overtaken()]
    if mine:
        waits.append(Case.counsellor_id == context(session).counsellor_id)
    counted = (
        select(
            func.count().filter(FollowUp.call_on <= until),
            func.count().filter(FollowUp.call_on <= today()),
            func.min(FollowUp.call_on).filter(FollowUp.call_on > until),
        )
        .join(Case, Case.id == FollowUp.case_id)
        .where(*waits)
    )
    total, due, coming = session.execute(counted).one()
    wanted = _select().where(*waits, FollowUp.call_on <= until)
    rows = session.execute(wanted.order_by(FollowUp.call_on, Case.reference, FollowUp.months).limit(limit)).all()
    return CallList(total, due, _calls(session, rows), coming)


def one(session: Session, follow_up_id: uuid.UUID) -> Call | None:
    """One follow-up as it would be in the list, whatever its day or its state."""
    rows = session.execute(_select().where(FollowUp.id == follow_up_id)).all()
    return next(iter(_calls(session, rows)), None)


def of_case(session: Session, case_id: uuid.UUID) -> tuple[FollowUpLine, ...]:
    """Every follow-up of the business of a file."""
    project_id = session.scalar(select(Case.project_id).where(Case.id == case_id))
    rows = aftercare.of_project(session, project_id) if project_id else []
    tried = _tried(session, [row.id for row in rows])
    return tuple(
        FollowUpLine(
            row.id, row.months, row.due_on, row.call_on, row.state, row.outcome,
            row.done_on, _detail(row), tried.get(row.id, ()),
        )
        for row in rows
    )  # fmt: skip


def _detail(row: FollowUp) -> str:
    parts = [
        row.turnover and f"chiffre d’affaires : {row.turnover.label.lower()}",
        row.income and f"revenu : {row.income.label.lower()}",
        row.jobs is not None and french.plural(row.jobs, "emploi"),
        row.note,
    ]
    return " · ".join(part for part in parts if part)


def _overtaken() -> ColumnElement[bool]:
    """A later point is due as well: one call answers both, and it is that one."""
    later = aliased(FollowUp)
    return exists().where(
        later.case_id == FollowUp.case_id,
        later.months > FollowUp.months,
        later.state == FollowUpState.TO_DO,
        later.due_on <= today(),
    )


def _select() -> Select[*tuple[Any, ...]]:
    business = (
        select(Business.id)
        .where(Business.project_id == Case.project_id)
        .order_by(Business.created_at.desc(), Business.id.desc())
        .limit(1)
        .correlate(Case)
        .scalar_subquery()
    )
    return (
        select(
            FollowUp.id, FollowUp.case_id, FollowUp.months, FollowUp.due_on, FollowUp.call_on, FollowUp.state,
            Case.reference, Case.closed_on, Person.phone, Person.email, Project.summary, Business.name,
            Counsellor.first_name.label("by_first"), Counsellor.last_name.label("by_last"),
        )
        .join(Case, Case.id == FollowUp.case_id)
        .join(Person, Person.id == Case.person_id)
        .join(Project, Project.id == Case.project_id)
        .outerjoin(Business, Business.id == business)
        .outerjoin(Counsellor, Counsellor.id == Case.counsellor_id)
    )  # fmt: skip


def _calls(session: Session, rows: Sequence[Any]) -> tuple[Call, ...]:
    names = members.names_of(session, {row.case_id for row in rows})
    tried = _tried(session, [row.id for row in rows])
    return tuple(
        Call(
            id=row.id,
            case_id=row.case_id,
            reference=row.reference,
            name=names[row.case_id],
            phone=french.show_phone(row.phone),
            email=row.email or "",
            business=row.name or row.summary or "Entreprise à préciser",
            months=row.months,
            due_on=row.due_on,
            call_on=row.call_on,
            counsellor=f"{row.by_first} {row.by_last[:1]}." if row.by_first else "",
            closed=row.closed_on is not None,
            state=row.state,
            tried=tried.get(row.id, ()),
        )
        for row in rows
    )


def _tried(session: Session, follow_ups: Sequence[uuid.UUID]) -> dict[uuid.UUID, tuple[date, ...]]:
    rows = session.execute(
        select(FollowUpAttempt.follow_up_id, FollowUpAttempt.tried_on)
        .where(FollowUpAttempt.follow_up_id.in_(follow_ups), FollowUpAttempt.postponed_to.is_(None))
        .distinct()
        .order_by(FollowUpAttempt.tried_on)
    )
    found: dict[uuid.UUID, list[date]] = {}
    for follow_up_id, on in rows:
        found.setdefault(follow_up_id, []).append(on)
    return {key: tuple(days) for key, days in found.items()}
