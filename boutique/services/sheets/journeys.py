"""Rows of « Parcours et sorties »: the files that had an interview, changed phase or ended in a period."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Select, literal_column, select, union_all
from sqlalchemy.orm import Session

from boutique.exports.excel.activity_rows import JourneyRow
from boutique.models.after import Exit
from boutique.models.case import Case, Interview, PhaseChange
from boutique.models.choices import Phase
from boutique.models.diagnosis import Diagnosis
from boutique.models.person import Person
from boutique.rules.figure_rules import Kind
from boutique.rules.period import Period
from boutique.services import ledger
from boutique.services.narrowing import at_home, within
from boutique.services.sheets.asked import Asked

_AXES = (Diagnosis.person, Diagnosis.project, Diagnosis.market, Diagnosis.finance, Diagnosis.legal)


def rows(session: Session, asked: Asked) -> Iterator[JourneyRow]:
    """By reference."""
    period = asked.period
    moved = ledger.among(_moved(session, asked))  # once: each of the readings asks for them
    before, after = _phases(session, moved, period)
    minutes, marks = _minutes(asked), _diagnoses(session, moved, period.end)
    situations = _situations(session, moved, period)
    cases = select(
        literal_column("accompaniment.rowid").label("row"),
        ledger.raw(Case.id).label("id"),
        Case.reference,
        Case.opened_on,
        Case.closed_on,
        Case.exit_reason,
        Case.phase,
        ledger.raw(Case.project_id).label("project"),
    ).where(Case.id.in_(moved))
    for case in session.connection().execute(cases.order_by(Case.reference)):
        ended = case.closed_on is not None and period.start <= case.closed_on <= period.end
        yield JourneyRow(
            reference=case.reference,
            phase_before=before.get(case.id) if case.opened_on < period.start else None,
            phase_after=after.get(case.id, case.phase),
            diagnosis=marks.get(case.project),
            minutes=minutes.get(case.row, 0),
            ended_on=case.closed_on if ended else None,
            reason=case.exit_reason if ended else None,
            employment_status=situations.get(case.id) if ended else None,
        )


def _moved(session: Session, asked: Asked) -> list[str]:
    """The keys of the files, as they are stored."""
    period, scope = asked.period, asked.scope
    met = select(Interview.case_id).where(
        Interview.held_on.between(period.start, period.end), ledger.interview_counts()
    )
    changed = select(PhaseChange.case_id).where(PhaseChange.entered_on.between(period.start, period.end))
    ended = select(Case.id).where(Case.closed_on.between(period.start, period.end))
    narrowed = (*within(scope, Case.site_id), *at_home(scope))
    query = select(ledger.raw(Case.id)).where(Case.id.in_(union_all(met, changed, ended)))
    if narrowed:
        query = query.join(Person, Person.id == Case.person_id).where(*narrowed)
    return list(session.scalars(query))


def _phases(session: Session, moved: Select[Any], period: Period) -> tuple[dict[str, Phase], dict[str, Phase]]:
    """The phase of each file on the eve of the period, and on its last day."""
    before: dict[str, Phase] = {}
    after: dict[str, Phase] = {}
    changes = session.connection().execute(
        select(ledger.raw(PhaseChange.case_id), PhaseChange.entered_on < period.start, PhaseChange.phase)
        .where(PhaseChange.case_id.in_(moved), PhaseChange.entered_on <= period.end)
        .order_by(PhaseChange.case_id, PhaseChange.entered_on, PhaseChange.created_at, PhaseChange.id)
    )
    for case, earlier, phase in changes:
        after[case] = phase
        if earlier:
            before[case] = phase
    return before, after


def _minutes(asked: Asked) -> Counter[int]:
    """The minutes of all the interviews of each file until the end of the period, by the row of the file."""
    held, found = asked.book.book.ledger.of(Kind.INTERVIEW), Counter[int]()
    until = held.after(asked.period.end)
    for case, minutes in zip(held.cases[:until], held.amounts[:until], strict=True):
        found[case] += minutes
    return found


def _diagnoses(session: Session, moved: Select[Any], end: date) -> dict[str, float]:
    """The mean of the axes of the latest diagnosis of each project, from 1 to 5."""
    projects = select(Case.project_id).where(Case.id.in_(moved))
    found = session.connection().execute(
        select(ledger.raw(Diagnosis.project_id), *_AXES)
        .where(Diagnosis.project_id.in_(projects), Diagnosis.made_on <= end)
        .order_by(Diagnosis.made_on, Diagnosis.created_at, Diagnosis.id)
    )
    marks: dict[str, float] = {}
    for project, *axes in found:
        if known := [mark for mark in axes if mark is not None]:
            marks[project] = sum(known) / len(known)
    return marks


def _situations(session: Session, moved: Select[Any], period: Period) -> dict[str, Any]:
    found = session.execute(
        select(ledger.raw(Exit.case_id), Exit.employment_status)
        .where(Exit.case_id.in_(moved), Exit.reopened_on.is_(None), Exit.ended_on.between(period.start, period.end))
        .order_by(Exit.created_at, Exit.id)
    )
    return dict(found.all())
