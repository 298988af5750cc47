"""Rows of « Parcours et sorties »: the files that had an interview, changed phase or ended in a period."""

import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from boutique.exports.excel.activity_rows import JourneyRow
from boutique.models.after import Exit
from boutique.models.case import Case, Interview, PhaseChange
from boutique.models.diagnosis import Diagnosis
from boutique.models.person import Person
from boutique.rules.period import Period
from boutique.rules.scope import Scope
from boutique.services import ledger
from boutique.services.narrowing import at_home, within
from boutique.services.sheets.asked import Asked

_AXES = (Diagnosis.person, Diagnosis.project, Diagnosis.market, Diagnosis.finance, Diagnosis.legal)


def rows(session: Session, asked: Asked) -> Iterator[JourneyRow]:
    """By reference."""
    period, scope = asked.period, asked.scope
    moved = ledger.among(session.scalars(_moved(period, scope)))  # once: each of the readings asks for them
    before, after = _phases(session, moved, period)
    minutes, marks = _minutes(session, moved, period.end), _diagnoses(session, moved, period.end)
    situations = _situations(session, moved, period)
    cases = select(
        Case.id, Case.reference, Case.opened_on, Case.closed_on, Case.exit_reason, Case.phase, Case.project_id
    ).where(Case.id.in_(moved))
    for case in session.execute(cases.order_by(Case.reference)):
        ended = case.closed_on is not None and period.start <= case.closed_on <= period.end
        yield JourneyRow(
            reference=case.reference,
            phase_before=before.get(case.id) if case.opened_on < period.start else None,
            phase_after=after.get(case.id, case.phase),
            diagnosis=marks.get(case.project_id),
            minutes=minutes.get(case.id, 0),
            ended_on=case.closed_on if ended else None,
            reason=case.exit_reason if ended else None,
            employment_status=situations.get(case.id) if ended else None,
        )


def _moved(period: Period, scope: Scope) -> Select[Any]:
    """The keys of the files, as they are stored."""
    met = select(Interview.case_id).where(
        Interview.held_on.between(period.start, period.end), ledger.interview_counts()
    )
    changed = select(PhaseChange.case_id).where(PhaseChange.entered_on.between(period.start, period.end))
    return (
        select(ledger.raw(Case.id))
        .join(Person, Person.id == Case.person_id)
        .where(
            or_(Case.id.in_(met), Case.id.in_(changed), Case.closed_on.between(period.start, period.end)),
            *within(scope, Case.site_id),
            *at_home(scope),
        )
    )


def _phases(session: Session, moved: Select[Any], period: Period) -> tuple[dict[Any, Any], dict[Any, Any]]:
    """The phase of each file on the eve of the period, and on its last day."""
    before: dict[uuid.UUID, Any] = {}
    after: dict[uuid.UUID, Any] = {}
    changes = session.execute(
        select(PhaseChange.case_id, PhaseChange.entered_on, PhaseChange.phase)
        .where(PhaseChange.case_id.in_(moved), PhaseChange.entered_on <= period.end)
        .order_by(PhaseChange.entered_on, PhaseChange.created_at, PhaseChange.id)
    )
    for case, on, phase in changes:
        after[case] = phase
        if on < period.start:
            before[case] = phase
    return before, after


def _minutes(session: Session, moved: Select[Any], end: date) -> dict[Any, int]:
    found = session.execute(
        select(Interview.case_id, func.sum(func.coalesce(Interview.minutes, 0)))
        .where(Interview.case_id.in_(moved), Interview.held_on <= end, ledger.interview_counts())
        .group_by(Interview.case_id)
    )
    return dict(found.all())


def _diagnoses(session: Session, moved: Select[Any], end: date) -> dict[Any, float]:
    """The mean of the axes of the latest diagnosis of each project, from 1 to 5."""
    projects = select(Case.project_id).where(Case.id.in_(moved))
    found = session.execute(
        select(Diagnosis.project_id, *_AXES)
        .where(Diagnosis.project_id.in_(projects), Diagnosis.made_on <= end)
        .order_by(Diagnosis.made_on, Diagnosis.created_at, Diagnosis.id)
    )
    marks: dict[Any, float] = {}
    for project, *axes in found:
        if known := [mark for mark in axes if mark is not None]:
            marks[project] = sum(known) / len(known)
    return marks


def _situations(session: Session, moved: Select[Any], period: Period) -> dict[Any, Any]:
    found = session.execute(
        select(Exit.case_id, Exit.employment_status)
        .where(Exit.case_id.in_(moved), Exit.reopened_on.is_(None), Exit.ended_on.between(period.start, period.end))
        .order_by(Exit.created_at, Exit.id)
    )
    return dict(found.all())
