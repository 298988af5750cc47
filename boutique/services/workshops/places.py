"""The places of a session: how many are free, who moves up. For the services of this package."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.errors import UserError
from boutique.models.person import Person
from boutique.models.workshop import Enrolment, Workshop
from boutique.models.workshop_choices import EnrolmentState, WorkshopState
from boutique.services.rows import existing
from boutique.services.workshops import half_days, numbers


def workshop_of(session: Session, workshop_id: uuid.UUID) -> Workshop:
    """The session, or a sentence when it is gone."""
    return existing(session, Workshop, workshop_id, "Cette séance n’existe plus. Revenez à la liste des ateliers.")


def enrolment_of(session: Session, enrolment_id: uuid.UUID) -> Enrolment:
    """The enrolment, or a sentence when it is gone."""
    return existing(session, Enrolment, enrolment_id, "Cette inscription n’existe plus. La liste a été relue.")


def free(session: Session, workshop: Workshop) -> int:
    """Places left; less than nothing when more people came than there were places."""
    session.flush()
    return workshop.capacity - numbers.of(session, workshop.id).taken


def has_begun(session: Session, workshop: Workshop) -> bool:
    """From its first day on, whoever is there is there: places no longer hold anybody back."""
    return half_days.has_begun(half_days.of(session, workshop.id))


def move_up(session: Session, workshop: Workshop) -> tuple[str, ...]:
    """Free places go to those who wait, in the order of their arrival: their names. Never once the session began."""
    if workshop.state is not WorkshopState.PLANNED or has_begun(session, workshop):
        return ()
    waiting = session.scalars(
        select(Enrolment)
        .where(Enrolment.workshop_id == workshop.id, Enrolment.state == EnrolmentState.WAITING)
        .order_by(Enrolment.id)  # keys sort by creation, also those that an undo brought back
        .limit(max(0, free(session, workshop)))
    ).all()
    for row in waiting:
        row.state = EnrolmentState.ENROLLED
    session.flush()
    return tuple(name_of(session, row) for row in waiting)


def name_of(session: Session, row: Enrolment) -> str:
    """The name of whoever is enrolled, from their file or as typed."""
    person = session.get(Person, row.person_id) if row.person_id else None
    return person.full_name if person else typed_name(row)


def typed_name(row: Enrolment) -> str:
    """The name as it was typed here; nothing for somebody who has a file."""
    return f"{row.first_name or ''} {row.last_name or ''}".strip()


def full(workshop: Workshop) -> str:
    """Why nobody more can be enrolled."""
    places = french.plural(workshop.capacity, "place")
    return f"Séance complète ({places}). Donnez-lui plus de places, ou proposez une autre date."


def refuse_cancelled(workshop: Workshop) -> None:
    if workshop.state is WorkshopState.CANCELLED:
        raise UserError("Cette séance est annulée. Remettez-la à prévue pour y inscrire quelqu’un.")


def refuse_twice(session: Session, workshop_id: uuid.UUID, person: Person) -> None:
    there = select(Enrolment.id).where(Enrolment.workshop_id == workshop_id, Enrolment.person_id == person.id)
    if session.scalar(there.limit(1)) is not None:
        raise UserError(f"{person.full_name} est déjà inscrit·e à cette séance.")
