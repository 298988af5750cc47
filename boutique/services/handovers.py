"""Files that change counsellor, with what the next one must know. Used by the file, Réglages and Aujourd'hui."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core.clock import now, today
from boutique.core.errors import UserError
from boutique.core.text import clean
from boutique.models.after import Handover
from boutique.models.case import Appointment, Case
from boutique.models.choices import AppointmentStatus
from boutique.models.person import Person
from boutique.models.project import Project
from boutique.models.structure import Counsellor
from boutique.services import answers as answers_service
from boutique.services import members
from boutique.services.context import context
from boutique.services.rows import existing

_LONGEST_NOTE = 2000
_STEP = 20


@dataclass(frozen=True, slots=True)
class HandoverNote:
    """A file that came from somebody else, not read yet."""

    id: uuid.UUID
    case_id: uuid.UUID
    person: str
    giver: str
    receiver: str
    on: date
    note: str
    mine: bool  # for the counsellor at work


@dataclass(frozen=True, slots=True)
class HeldFile:
    """An open file of a counsellor, to be handed over or not."""

    case_id: uuid.UUID
    reference: str
    name: str
    project: str
    phase: str


def held_by(session: Session, counsellor_id: uuid.UUID) -> tuple[HeldFile, ...]:
    """The open files of a counsellor, by name."""
    rows = session.execute(
        select(Case.id, Case.reference, Case.phase, Project.summary)
        .join(Person, Person.id == Case.person_id)
        .join(Project, Project.id == Case.project_id)
        .where(Case.counsellor_id == counsellor_id, Case.closed_on.is_(None))
        .order_by(Person.name_key, Case.reference)
    ).all()
    names = members.names_of(session, [row.id for row in rows])
    return tuple(HeldFile(row.id, row.reference, names[row.id], row.summary or "", row.phase.label) for row in rows)


def give(
    session: Session,
    cases: Sequence[uuid.UUID],
    to_id: uuid.UUID,
    note: str = "",
    *,
    step: Callable[[int, int], None] | None = None,
) -> int:
    """Hand files over in one action; planned appointments go with them. Returns how many changed hands."""
    receiver = session.get(Counsellor, to_id)
    if receiver is None or (receiver.left_on is not None and receiver.left_on <= today()):
        raise UserError("Choisissez une personne qui travaille encore dans la structure.")
    text = clean(note, lines=True).strip()
    if len(text) > _LONGEST_NOTE:
        raise UserError(f"La note de passation a {len(text)} caractères ; {_LONGEST_NOTE} au plus. Raccourcissez-la.")
    given = 0
    for rank, case_id in enumerate(cases, 1):
        case = answers_service.case_of(session, case_id)
        if case.counsellor_id != to_id:
            _give(session, case, to_id, text)
            given += 1
        if step is not None and (rank % _STEP == 0 or rank == len(cases)):
            step(rank, len(cases))
    if not given:
        raise UserError("Ce dossier est déjà suivi par cette personne." if len(cases) == 1 else "Aucun dossier choisi.")
    session.flush()
    return given


def _give(session: Session, case: Case, to_id: uuid.UUID, note: str) -> None:
    for earlier in session.scalars(select(Handover).where(Handover.case_id == case.id, Handover.read_on.is_(None))):
        earlier.read_on = today()  # the one who receives now reads the newest word
    session.add(
        Handover(case_id=case.id, from_id=case.counsellor_id, to_id=to_id, handed_on=today(), note=note or None)
    )
    meetings = select(Appointment).where(
        Appointment.case_id == case.id,
        Appointment.status == AppointmentStatus.PLANNED,
        Appointment.starts_at >= now(),
        Appointment.counsellor_id.is_not_distinct_from(case.counsellor_id),
    )
    for meeting in session.scalars(meetings):
        meeting.counsellor_id = to_id
    case.counsellor_id = to_id


def of_case(session: Session, case_id: uuid.UUID) -> HandoverNote | None:
    """The handover of a file that has not been read."""
    return next(iter(_notes(session, Handover.case_id == case_id)), None)


def unread(session: Session) -> tuple[HandoverNote, ...]:
    """Files that the counsellor at work received and has not opened yet."""
    return _notes(session, Handover.to_id == context(session).counsellor_id)


def mark_read(session: Session, handover_id: uuid.UUID) -> None:
    """The note leaves the top of the file; the history keeps it."""
    row = existing(session, Handover, handover_id, "Cette passation n’existe plus : elle a été annulée.")
    row.read_on = today()


def _notes(session: Session, condition: Any) -> tuple[HandoverNote, ...]:
    rows = session.scalars(
        select(Handover)
        .join(Case, Case.id == Handover.case_id)
        .where(condition, Handover.read_on.is_(None))
        .order_by(Handover.handed_on, Handover.created_at, Handover.id)
    ).all()
    names = members.names_of(session, [row.case_id for row in rows])
    staff = {row.id: row.short_name for row in session.scalars(select(Counsellor))} if rows else {}
    here = context(session).counsellor_id
    return tuple(
        HandoverNote(
            row.id,
            row.case_id,
            names[row.case_id],
            staff.get(row.from_id, "") if row.from_id else "",
            staff.get(row.to_id, ""),
            row.handed_on,
            row.note or "",
            row.to_id == here,
        )
        for row in rows
    )
