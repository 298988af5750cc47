"""Appointments: made, moved, made longer, concluded. What the agenda writes; undo comes with the workspace."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from boutique.core import clock, french
from boutique.core.errors import UserError
from boutique.forms.catalogue import APPOINTMENT
from boutique.forms.spec import Answers
from boutique.models.case import Appointment, Case
from boutique.models.choices import AppointmentStatus, InterviewMode
from boutique.models.person import Person
from boutique.services import answers as answers_service
from boutique.services.context import context
from boutique.services.rows import existing

SHORTEST, LONGEST, STEP = 5, 12 * 60, 15
USUAL = 60
_OLDEST, _FARTHEST = 2000, 20  # a year, and years ahead
_MOST_WAITING = 100


@dataclass(frozen=True, slots=True)
class Details:
    """Everything the side panel shows of an appointment."""

    id: uuid.UUID | None
    case_id: uuid.UUID | None
    file: str
    counsellor_id: uuid.UUID | None
    site_id: uuid.UUID | None
    starts_at: datetime
    minutes: int
    status: AppointmentStatus
    answers: Answers


@dataclass(frozen=True, slots=True)
class Waiting:
    """A past appointment of which nobody said what became of it."""

    id: uuid.UUID
    case_id: uuid.UUID | None
    starts_at: datetime
    name: str


def blank(
    session: Session, starts_at: datetime, minutes: int = USUAL, *, case_id: uuid.UUID | None = None
) -> Details:  # fmt: skip
    """A new appointment, with whoever is at work, where they are."""
    here = context(session)
    answers = {"appointment.mode": InterviewMode.ON_SITE}
    return Details(
        None, case_id, file_label(session, case_id), here.counsellor_id, here.site_id, clock.local(starts_at),
        minutes, AppointmentStatus.PLANNED, answers,
    )  # fmt: skip


def details(session: Session, appointment_id: uuid.UUID) -> Details:
    """An appointment, for its panel."""
    row = _row(session, appointment_id)
    return Details(
        row.id, row.case_id, file_label(session, row.case_id), row.counsellor_id, row.site_id,
        clock.local(row.starts_at), row.minutes, row.status, answers_service.read_row("appointment", row),
    )  # fmt: skip


def file_label(session: Session, case_id: uuid.UUID | None) -> str:
    """« Éloïse Vandenbroucke · 2026-0042 », nothing without a file."""
    if case_id is None:
        return ""
    row = session.execute(
        select(Person.first_name, Person.last_name, Case.reference)
        .join(Case, Case.person_id == Person.id)
        .where(Case.id == case_id)
    ).first()
    return f"{row[0]} {row[1]} · {row[2]}" if row else ""


def save(
    session: Session,
    appointment_id: uuid.UUID | None,
    starts_at: datetime,
    minutes: int,
    typed: Mapping[str, Any],
    *,
    case_id: uuid.UUID | None,
    counsellor_id: uuid.UUID | None,
    site_id: uuid.UUID | None,
) -> uuid.UUID:
    """Make or change an appointment. Conflicts are shown by the agenda, they never stand in the way."""
    accepted = APPOINTMENT.accept(typed)
    if case_id is None and not accepted.get("appointment.title"):
        raise UserError("Choisissez un dossier, ou donnez un objet à ce rendez-vous.")
    if case_id is not None:
        answers_service.case_of(session, case_id)
    _check(starts_at, minutes)
    if appointment_id is None:
        row = Appointment(starts_at=starts_at, minutes=minutes, status=AppointmentStatus.PLANNED)
        session.add(row)
    else:
        row = _row(session, appointment_id)
    row.case_id, row.counsellor_id, row.site_id = case_id, counsellor_id, site_id
    _place(row, starts_at, minutes)
    answers_service.write_row(row, "appointment", accepted)
    session.flush()
    return row.id


def move(session: Session, appointment_id: uuid.UUID, starts_at: datetime, minutes: int | None = None) -> None:
    """Put an appointment elsewhere in the agenda, or stretch it."""
    row = _row(session, appointment_id)
    length = row.minutes if minutes is None else minutes
    _check(starts_at, length)
    _place(row, starts_at, length)


def shift(session: Session, appointment_id: uuid.UUID, *, days: int = 0, minutes: int = 0) -> None:
    """Some days or minutes later; another day keeps the hour of the wall clock, also when summer time begins."""
    row = _row(session, appointment_id)
    here = clock.local(row.starts_at)
    moved = datetime.combine(here.date() + timedelta(days), here.time()).astimezone() if days else here
    move(session, appointment_id, moved + timedelta(minutes=minutes))


def lengthen(session: Session, appointment_id: uuid.UUID, minutes: int) -> None:
    """Make an appointment longer, or shorter down to a quarter of an hour."""
    row = _row(session, appointment_id)
    wanted = max(STEP, row.minutes + minutes)
    _check(row.starts_at, wanted)
    row.minutes = wanted


def conclude(session: Session, appointment_id: uuid.UUID, status: AppointmentStatus) -> uuid.UUID | None:
    """Say what became of it; returns the file, when there is one."""
    row = _row(session, appointment_id)
    row.status = status
    return row.case_id


def waiting(session: Session, on: date) -> tuple[Waiting, ...]:
    """Appointments of the days before that were neither held, missed nor cancelled, the oldest first."""
    rows = session.execute(
        select(
            Appointment.id,
            Appointment.case_id,
            Appointment.starts_at,
            Appointment.title,
            Person.first_name,
            Person.last_name,
        )
        .outerjoin(Case, Case.id == Appointment.case_id)
        .outerjoin(Person, Person.id == Case.person_id)
        .where(*_is_waiting(session, on))
        .order_by(Appointment.starts_at, Appointment.id)
        .limit(_MOST_WAITING)
    )
    return tuple(
        Waiting(
            row.id,
            row.case_id,
            clock.local(row.starts_at),
            f"{row.first_name} {row.last_name}" if row.first_name else row.title or "Rendez-vous",
        )
        for row in rows
    )


def waiting_count(session: Session, on: date) -> int:
    """How many appointments of the days before wait for a word."""
    query = select(func.count()).select_from(Appointment).where(*_is_waiting(session, on))
    return session.scalar(query) or 0


def _is_waiting(session: Session, on: date) -> tuple[Any, ...]:
    """Those of whoever is at work, and those of nobody."""
    me = context(session).counsellor_id
    return (
        Appointment.status == AppointmentStatus.PLANNED,
        Appointment.starts_at < datetime.combine(on, time()).astimezone(),
        Appointment.counsellor_id.is_(None) | (Appointment.counsellor_id == me),
    )


def _check(starts_at: datetime, minutes: int) -> None:
    year = clock.local(starts_at).year
    if not _OLDEST <= year <= clock.today().year + _FARTHEST:
        raise UserError(f"L’année {year} ne convient pas pour un rendez-vous. Vérifiez la date.")
    if not SHORTEST <= minutes <= LONGEST:
        raise UserError(
            f"Un rendez-vous dure de {SHORTEST} minutes à {french.show_minutes(LONGEST)}. Vérifiez sa durée."
        )


def _place(row: Appointment, starts_at: datetime, minutes: int) -> None:
    if row.starts_at != starts_at:
        row.starts_at = starts_at
    if row.minutes != minutes:
        row.minutes = minutes


def _row(session: Session, appointment_id: uuid.UUID) -> Appointment:
    return existing(session, Appointment, appointment_id, "Ce rendez-vous n’existe plus. L’agenda a été relu.")
