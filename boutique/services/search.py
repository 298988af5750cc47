"""Universal search: results at each keystroke. Used by the top bar, the palette and the command line."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.models.case import Case
from boutique.models.person import Person
from boutique.models.project import Project
from boutique.services import members
from boutique.services.context import place
from boutique.storage.search import SearchIndex


@dataclass(frozen=True, slots=True)
class Hit:
    """One file found."""

    case_id: uuid.UUID
    person_id: uuid.UUID
    reference: str
    first_name: str
    last_name: str
    phone: str
    email: str
    commune: str
    project: str
    last_contact_on: date
    closed: bool
    holders: tuple[members.Name, ...]  # all of them, when several carry the project

    @property
    def name(self) -> str:
        return members.joint_name(self.holders or [(self.first_name, self.last_name)])


def find(session: Session, index: SearchIndex, typed: str, limit: int = 50) -> tuple[Hit, ...]:
    """Files that match every word typed, names first, newest first; close words when nothing matches."""
    cases = index.find(session, typed, limit)
    if not cases:
        return ()
    rows = session.execute(
        select(
            Case.id,
            Case.person_id,
            Case.reference,
            Person.first_name,
            Person.last_name,
            Person.phone,
            Person.email,
            Person.commune_code,
            Project.summary,
            Case.last_contact_on,
            Case.closed_on,
            Case.project_id,
        )
        .join(Person, Person.id == Case.person_id)
        .join(Project, Project.id == Case.project_id)
        .where(Case.id.in_(cases))
    ).all()
    held = members.others(session, [(row.id, row.project_id, row.person_id) for row in rows])
    hits = {row.id: _hit(session, row, tuple(held.get(row.id, ()))) for row in rows}
    return tuple(hits[case] for case in cases if case in hits)


def _hit(session: Session, row: Any, holders: tuple[members.Name, ...]) -> Hit:
    case_id, person_id, reference, first, last, phone, email, commune, project, contact, closed, _ = row
    return Hit(
        case_id,
        person_id,
        reference,
        first,
        last,
        french.show_phone(phone),
        email or "",
        place(session, commune),
        project or "",
        contact,
        closed is not None,
        holders,
    )
