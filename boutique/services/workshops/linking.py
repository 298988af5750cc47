"""From somebody enrolled by name to their file, through the intake or a file that exists. For Ateliers and Accueil."""

import uuid

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.errors import UserError
from boutique.forms.spec import Answers
from boutique.models.choices import Channel
from boutique.models.person import Person
from boutique.models.trace import Change
from boutique.models.workshop import Attendance, Enrolment
from boutique.services import answers as answers_service
from boutique.services.workshops import enrolments, places
from boutique.services.workshops.places import enrolment_of


def for_intake(session: Session, enrolment_id: uuid.UUID) -> Answers:
    """What the intake of somebody who came to a workshop starts with."""
    row = enrolment_of(session, enrolment_id)
    known = {
        "holder.first_name": row.first_name,
        "holder.last_name": row.last_name,
        "holder.phone": french.show_phone(row.phone),
        "holder.commune_code": row.commune_code,
        "passage.prescriber": row.prescriber,
        "passage.channel": Channel.EVENT,
    }
    return {key: value for key, value in known.items() if value}


def link(session: Session, enrolment_id: uuid.UUID, case_id: uuid.UUID) -> int:
    """This is the person of a file: their enrolments under that name and phone become those of the file; how many.

    What the journal kept of the name belongs to the person from now on, and goes with them.
    """
    row = enrolment_of(session, enrolment_id)
    if row.person_id is not None:
        raise UserError("Cette inscription est déjà celle d’un dossier. Ouvrez-le.")
    case = answers_service.case_of(session, case_id)
    person = session.get_one(Person, case.person_id)
    same = _same_person(session, row)
    for one in same:
        places.refuse_twice(session, one.workshop_id, person)
        enrolments.become(one, person.id, case.id)
    session.flush()
    linked = [one.id for one in same]
    presences = session.scalars(select(Attendance.id).where(Attendance.enrolment_id.in_(linked))).all()
    session.execute(update(Change).where(Change.row_id.in_([*linked, *presences])).values(person_id=person.id))
    return len(same)


def _same_person(session: Session, row: Enrolment) -> list[Enrolment]:
    """This enrolment, and those under the same name and phone elsewhere."""
    if not row.phone:
        return [row]
    under = session.scalars(
        select(Enrolment).where(Enrolment.person_id.is_(None), Enrolment.phone == row.phone).order_by(Enrolment.id)
    )
    key = enrolments.name_key(row)
    return [one for one in under if enrolments.name_key(one) == key]
