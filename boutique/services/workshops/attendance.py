"""Who came, half-day by half-day; a first presence makes the session one that was held. For Ateliers."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import clock, french
from boutique.core.errors import UserError
from boutique.models.case import Case
from boutique.models.workshop import Attendance, Enrolment, WorkshopHalfDay
from boutique.models.workshop_choices import EnrolmentState, WorkshopState
from boutique.services.intakes import touch
from boutique.services.rows import existing
from boutique.services.workshops.places import enrolment_of, workshop_of


def mark(
    session: Session, enrolment_id: uuid.UUID, half_day_id: uuid.UUID, present: bool | None  # noqa: FBT001 - a field
) -> None:  # fmt: skip
    """Present, absent, or nobody said so; who waited and came has a place."""
    row, half_day = enrolment_of(session, enrolment_id), _open(session, half_day_id)
    known = session.scalars(
        select(Attendance).where(Attendance.enrolment_id == row.id, Attendance.half_day_id == half_day_id)
    ).all()
    if present is None:
        for one in known:
            session.delete(one)
        return
    _write(session, row, half_day, known[0] if known else None, present=present)


def mark_all(session: Session, half_day_id: uuid.UUID) -> int:
    """Everybody with a place of whom nothing was said is present; how many that makes."""
    half_day = _open(session, half_day_id)
    said = select(Attendance.enrolment_id).where(Attendance.half_day_id == half_day_id)
    rows = session.scalars(
        select(Enrolment).where(
            Enrolment.workshop_id == half_day.workshop_id,
            Enrolment.state == EnrolmentState.ENROLLED,
            Enrolment.id.not_in(said),
        )
    ).all()
    for row in rows:
        _write(session, row, half_day, None, present=True)
    return len(rows)


def _write(
    session: Session, row: Enrolment, half_day: WorkshopHalfDay, known: Attendance | None, *, present: bool
) -> None:
    found = known or Attendance(enrolment_id=row.id, half_day_id=half_day.id)
    found.present = present
    session.add(found)
    workshop_of(session, row.workshop_id).state = WorkshopState.HELD
    if present:
        row.state = EnrolmentState.ENROLLED
        if row.case_id is not None:
            touch(session.get_one(Case, row.case_id), half_day.held_on)


def _open(session: Session, half_day_id: uuid.UUID) -> WorkshopHalfDay:
    """A half-day of which one may say who came: not cancelled, not to come."""
    half_day = existing(
        session, WorkshopHalfDay, half_day_id, "Cette demi-journée n’existe plus. La séance a été relue."
    )
    if workshop_of(session, half_day.workshop_id).state is WorkshopState.CANCELLED:
        raise UserError("Cette séance est annulée : personne n’a pu y venir. Remettez-la à prévue d’abord.")
    if half_day.held_on > clock.today():
        raise UserError(f"Cette demi-journée n’a lieu que le {french.show_date(half_day.held_on)}.")
    return half_day
