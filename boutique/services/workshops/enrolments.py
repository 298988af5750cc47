"""Who is enrolled in a session, from a file or by name; who waits moves up when a place is left. For Ateliers."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core.errors import UserError
from boutique.core.text import words
from boutique.forms.catalogue import ENROLMENT
from boutique.forms.spec import Answers
from boutique.models.case import Case
from boutique.models.person import Person
from boutique.models.workshop import Attendance, Enrolment, Workshop, WorkshopModule
from boutique.models.workshop_choices import EnrolmentState
from boutique.services import answers as answers_service
from boutique.services.workshops import numbers, places
from boutique.services.workshops.places import enrolment_of, workshop_of
from boutique.storage.search import phone_digits

_PREFIX = "enrolment"


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What became of a wish to come: a place, or a rank in the waiting list; `reference` of the file recognised."""

    id: uuid.UUID
    name: str
    waiting_rank: int = 0
    reference: str = ""


def enrol_file(session: Session, workshop_id: uuid.UUID, case_id: uuid.UUID) -> Enrolled:
    """The holder of a file comes; refused when already enrolled or when there is neither place nor waiting list."""
    workshop = workshop_of(session, workshop_id)
    case = answers_service.case_of(session, case_id)
    person = session.get_one(Person, case.person_id)
    places.refuse_twice(session, workshop_id, person)
    row = Enrolment(workshop_id=workshop_id, person_id=person.id, case_id=case.id)
    return _enter(session, workshop, row, person.full_name)


def enrol_name(session: Session, workshop_id: uuid.UUID, typed: Mapping[str, Any]) -> Enrolled:
    """Somebody who is not a file yet. A file of the same name and phone is theirs: they are enrolled from it."""
    workshop = workshop_of(session, workshop_id)
    row = Enrolment(workshop_id=workshop_id)
    answers_service.write_row(row, _PREFIX, ENROLMENT.accept(typed))
    found = _file_of(session, row)
    if found is not None:
        case, person = found
        places.refuse_twice(session, workshop_id, person)
        become(row, person.id, case.id)
        enrolled = _enter(session, workshop, row, person.full_name)
        return Enrolled(enrolled.id, enrolled.name, enrolled.waiting_rank, case.reference)
    _refuse_homonym(session, row)
    return _enter(session, workshop, row, places.typed_name(row))


def edit(session: Session, enrolment_id: uuid.UUID, typed: Mapping[str, Any]) -> None:
    """Correct what was typed of somebody; the name of a file is corrected in the file."""
    row = enrolment_of(session, enrolment_id)
    if row.person_id is not None:
        raise UserError("Cette personne a un dossier : corrigez ses coordonnées dans son dossier.")
    answers_service.write_row(row, _PREFIX, ENROLMENT.accept(typed))
    _refuse_homonym(session, row)


def answers(session: Session, enrolment_id: uuid.UUID) -> Answers:
    """What was typed of somebody, for its form."""
    return answers_service.read_row(_PREFIX, enrolment_of(session, enrolment_id))


def set_consent(session: Session, enrolment_id: uuid.UUID, given: bool | None) -> None:  # noqa: FBT001 - a field
    """Whether the person agrees to be called back; None when it was not asked."""
    enrolment_of(session, enrolment_id).contact_consent = given


def withdraw(session: Session, enrolment_id: uuid.UUID) -> tuple[str, ...]:
    """Take somebody out with their attendance; who waited longest gets the place. Names of those who moved up."""
    row = enrolment_of(session, enrolment_id)
    for present in session.scalars(select(Attendance).where(Attendance.enrolment_id == row.id)):
        session.delete(present)
    session.delete(row)
    session.flush()
    return places.move_up(session, workshop_of(session, row.workshop_id))


def give_place(session: Session, enrolment_id: uuid.UUID) -> None:
    """Somebody who waits gets a place out of turn, when there is one."""
    row = enrolment_of(session, enrolment_id)
    workshop = workshop_of(session, row.workshop_id)
    places.refuse_cancelled(workshop)
    if places.free(session, workshop) < 1 and not places.has_begun(session, workshop):
        raise UserError(places.full(workshop))
    row.state = EnrolmentState.ENROLLED


def become(row: Enrolment, person_id: uuid.UUID, case_id: uuid.UUID) -> None:
    """The enrolment is that of a file: the identity lives there only."""
    row.person_id, row.case_id = person_id, case_id
    row.first_name = row.last_name = row.phone = row.commune_code = None


def name_key(row: Enrolment) -> str:
    """The typed name as people are compared by."""
    return " ".join(words(f"{row.last_name or ''} {row.first_name or ''}"))


def _enter(session: Session, workshop: Workshop, row: Enrolment, name: str) -> Enrolled:
    """A place when there is one, or when the session has begun: whoever is there is there."""
    places.refuse_cancelled(workshop)
    rank, row.state = 0, EnrolmentState.ENROLLED
    if places.free(session, workshop) < 1 and not places.has_begun(session, workshop):
        if not session.get_one(WorkshopModule, workshop.module_id).waiting_list:
            raise UserError(places.full(workshop))
        rank, row.state = numbers.of(session, workshop.id).waiting + 1, EnrolmentState.WAITING
    session.add(row)
    session.flush()
    return Enrolled(row.id, name, rank)


def _refuse_homonym(session: Session, row: Enrolment) -> None:
    """The same name twice in one session is one person, unless two phones say otherwise."""
    others = session.scalars(
        select(Enrolment).where(
            Enrolment.workshop_id == row.workshop_id, Enrolment.person_id.is_(None), Enrolment.id != row.id
        )
    )
    for other in others:
        if name_key(other) == name_key(row) and not (row.phone and other.phone and row.phone != other.phone):
            raise UserError(
                f"{places.typed_name(row)} est déjà inscrit·e à cette séance. "
                "Si c’est une autre personne du même nom, donnez son téléphone."
            )


def _file_of(session: Session, row: Enrolment) -> tuple[Case, Person] | None:
    """The latest file of whoever has this very name and phone."""
    if not row.phone:
        return None
    found = session.execute(
        select(Case, Person)
        .join(Person, Person.id == Case.person_id)
        .where(Person.name_key == name_key(row), Person.phone_key == phone_digits(row.phone))
        .order_by(Case.opened_on.desc(), Case.reference.desc())
        .limit(1)
    ).first()
    return (found[0], found[1]) if found else None
