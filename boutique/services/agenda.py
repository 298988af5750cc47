"""Appointments of a day, as lists show them. Used by Aujourd’hui."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from boutique.core import clock, french
from boutique.models.case import Appointment, Case, Interview
from boutique.models.choices import AppointmentStatus
from boutique.models.person import Person
from boutique.models.project import Project, ProjectMember
from boutique.models.structure import Counsellor
from boutique.services import journey_versions as versions
from boutique.services.context import context
from boutique.services.ledger import interview_counts


@dataclass(frozen=True, slots=True)
class AppointmentLine:
    """One appointment of the day: « 09:00 · Éloïse Vandenbroucke · Prévisionnel · 2e entretien — Boulangerie »."""

    id: uuid.UUID
    case_id: uuid.UUID | None
    starts_at: datetime  # as the counsellor's clock shows it
    name: str
    subtitle: str
    minutes: int
    counsellor: str
    mine: bool

    @property
    def time(self) -> str:
        return f"{self.starts_at:%H:%M}"


def of_day(session: Session, on: date) -> tuple[AppointmentLine, ...]:
    """Appointments still to be held on a day, in order."""
    start = datetime.combine(on, time()).astimezone()
    rows = session.execute(
        select(
            Appointment.id,
            Appointment.case_id,
            Appointment.starts_at,
            Appointment.minutes,
            Appointment.title,
            Appointment.counsellor_id,
            Case.phase,
            Case.journey_phase,
            Case.journey_version,
            Case.project_id,
            Person.first_name,
            Person.last_name,
            Project.summary,
            Counsellor.first_name.label("counsellor"),
        )
        .outerjoin(Case, Case.id == Appointment.case_id)
        .outerjoin(Person, Person.id == Case.person_id)
        .outerjoin(Project, Project.id == Case.project_id)
        .outerjoin(Counsellor, Counsellor.id == Appointment.counsellor_id)
        .where(
            Appointment.starts_at >= start,
            Appointment.starts_at < datetime.combine(on + timedelta(1), time()).astimezone(),
            Appointment.status == AppointmentStatus.PLANNED,
        )
        .order_by(Appointment.starts_at, Appointment.id)
    ).all()
    together = _members(session, [row.project_id for row in rows if row.project_id])
    held = _interviews_held(session, [row.case_id for row in rows if row.case_id])
    me = context(session).counsellor_id
    return tuple(
        AppointmentLine(
            id=row.id,
            case_id=row.case_id,
            starts_at=clock.local(row.starts_at),
            minutes=row.minutes,
            name=_who(row, together.get(row.project_id, ())),
            subtitle=_subtitle(session, row, held.get(row.case_id, 0)),
            counsellor=row.counsellor or "",
            mine=row.counsellor_id == me,
        )
        for row in rows
    )


def planned_on(session: Session, on: date) -> tuple[int, datetime | None]:
    """How many appointments a day holds for whoever is at work, and when the first begins."""
    start = datetime.combine(on, time()).astimezone()
    end = datetime.combine(on + timedelta(1), time()).astimezone()
    row: Any = session.execute(
        select(func.count(), func.min(Appointment.starts_at)).where(
            Appointment.status == AppointmentStatus.PLANNED,
            Appointment.starts_at >= start,
            Appointment.starts_at < end,
            Appointment.counsellor_id.is_(None) | (Appointment.counsellor_id == context(session).counsellor_id),
        )
    ).one()
    return row[0], clock.local(row[1]) if row[1] is not None else None


def _members(session: Session, projects: list[uuid.UUID]) -> dict[uuid.UUID, tuple[tuple[str, str], ...]]:
    """Who carries each project, the main holder first."""
    found: dict[uuid.UUID, tuple[tuple[str, str], ...]] = {}
    rows = session.execute(
        select(ProjectMember.project_id, Person.first_name, Person.last_name)
        .join(Person, Person.id == ProjectMember.person_id)
        .where(ProjectMember.project_id.in_(projects))
        .order_by(ProjectMember.main.desc(), Person.first_name)
    )
    for project_id, first, last in rows:
        found[project_id] = (*found.get(project_id, ()), (first, last))
    return found


def _who(row: Any, together: tuple[tuple[str, str], ...]) -> str:
    """« Maryse et Bruno Lefèvre » for a couple, the holder otherwise, or what the appointment is called."""
    if len(together) > 1:
        if len({last for _, last in together}) == 1:
            return f"{french.listing([first for first, _ in together])} {together[0][1]}"
        return french.listing([f"{first} {last}" for first, last in together])
    return f"{row.first_name} {row.last_name}" if row.first_name else row.title or "Rendez-vous"


def _interviews_held(session: Session, cases: list[uuid.UUID]) -> dict[uuid.UUID, int]:
    rows = session.execute(
        select(Interview.case_id, func.count())
        .where(Interview.case_id.in_(cases), interview_counts())
        .group_by(Interview.case_id)
    )
    return dict(rows.all())


def _subtitle(session: Session, row: Any, held: int) -> str:
    if row.case_id is None:
        return ""  # its title stands for the name
    if held:
        phase = versions.of_code(session, row.journey_version).place(row.phase.value, row.journey_phase).short
        what = f"{phase} · {held + 1}ᵉ entretien"
    else:
        what = "Premier entretien"
    return f"{what} — {row.summary}" if row.summary else what
