"""Who carries a project, and the other projects of a person. Used by the card of a file, the lists and the documents.

Figures count whom a file was opened for: adding a holder, or putting another first, changes none of them.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.clock import today
from boutique.core.errors import UserError
from boutique.core.names import Name, joint_name
from boutique.forms.catalogue import INTAKE
from boutique.models.after_choices import HolderRole
from boutique.models.case import Case, Passage, PhaseChange
from boutique.models.person import Person
from boutique.models.project import Project, ProjectMember
from boutique.models.trace import Consent
from boutique.services import answers as answers_service
from boutique.services import journey_versions as versions
from boutique.services import numbering
from boutique.services.context import context
from boutique.storage import holders
from boutique.storage.connection import under

_MOST = 12


@dataclass(frozen=True, slots=True)
class HolderLine:
    """One holder of a project. `case_id` is their own file on it, when they have one."""

    person_id: uuid.UUID
    name: str
    phone: str
    role: str
    main: bool
    case_id: uuid.UUID | None
    of_file: bool  # whom this file was opened for


@dataclass(frozen=True, slots=True)
class OtherProject:
    """Another file of the same person."""

    case_id: uuid.UUID
    reference: str
    project: str
    state: str


def others(session: Session, cases: Iterable[tuple[uuid.UUID, uuid.UUID, uuid.UUID]]) -> dict[uuid.UUID, list[Name]]:
    """By file (case, project, person): all its holders in the order they are named, where there are several."""
    session.flush()  # what is being written counts
    return holders.others(under(session), cases)


def name_of(session: Session, case: Case) -> str:
    """Who a file is named after."""
    person = session.get(Person, case.person_id)
    assert person is not None
    found = others(session, [(case.id, case.project_id, case.person_id)])
    return joint_name(found.get(case.id, [(person.first_name, person.last_name)]))


def names_of(session: Session, cases: Iterable[uuid.UUID]) -> Mapping[uuid.UUID, str]:
    """The same for many files at once."""
    rows = session.execute(
        select(Case.id, Case.project_id, Case.person_id, Person.first_name, Person.last_name)
        .join(Person, Person.id == Case.person_id)
        .where(Case.id.in_(list(cases)))
    ).all()
    found = others(session, [(row[0], row[1], row[2]) for row in rows])
    return {row[0]: joint_name(found.get(row[0], [(row[3], row[4])])) for row in rows}


def listing(session: Session, case_id: uuid.UUID) -> tuple[HolderLine, ...]:
    """The holders of the project of a file, the main one first."""
    case = answers_service.case_of(session, case_id)
    own = dict(
        session.execute(
            select(Case.person_id, Case.id).where(Case.project_id == case.project_id).order_by(Case.opened_on)
        ).all()
    )
    rows = session.execute(
        select(Person.id, Person.first_name, Person.last_name, Person.phone, ProjectMember.role, ProjectMember.main)
        .join(ProjectMember, ProjectMember.person_id == Person.id)
        .where(ProjectMember.project_id == case.project_id)
        .order_by(ProjectMember.main.desc(), ProjectMember.created_at, ProjectMember.id)
    )
    return tuple(
        HolderLine(
            row.id,
            f"{row.first_name} {row.last_name}",
            french.show_phone(row.phone),
            row.role.label if row.role else "",
            row.main,
            own.get(row.id),
            row.id == case.person_id,
        )
        for row in rows
    )


def add(session: Session, case_id: uuid.UUID, person_id: uuid.UUID, role: HolderRole | None = None) -> uuid.UUID:
    """Somebody who is known already carries this project too."""
    case = answers_service.case_of(session, case_id)
    if session.get(Person, person_id) is None:
        raise UserError("Cette personne n’existe plus. Cherchez-la de nouveau.")
    held = _members(session, case.project_id)
    if any(row.person_id == person_id for row in held):
        raise UserError("Cette personne porte déjà ce projet.")
    if len(held) >= _MOST:
        raise UserError(f"Un projet a {_MOST} porteurs au plus. Pour un collectif, gardez celles et ceux qui décident.")
    session.add(ProjectMember(project_id=case.project_id, person_id=person_id, main=not held, role=role))
    session.flush()
    return person_id


def add_new(
    session: Session, case_id: uuid.UUID, first_name: str, last_name: str, role: HolderRole | None = None
) -> uuid.UUID:
    """Somebody new carries this project too: two words are enough."""
    typed = {"holder.first_name": first_name, "holder.last_name": last_name}
    read, errors = INTAKE.read(typed)
    told = [errors[key] for key in typed if key in errors]
    if told:
        raise UserError(" ".join(told))
    person = Person(first_name=read["holder.first_name"], last_name=read["holder.last_name"])
    session.add(person)
    session.flush()
    return add(session, case_id, person.id, role)


def set_role(session: Session, case_id: uuid.UUID, person_id: uuid.UUID, role: HolderRole | None) -> None:
    """What somebody is in the project."""
    _member(session, case_id, person_id).role = role


def make_main(session: Session, case_id: uuid.UUID, person_id: uuid.UUID) -> None:
    """Who is named first, and called first. Figures still count whom the file was opened for."""
    wanted = _member(session, case_id, person_id)
    for row in _members(session, wanted.project_id):
        row.main = row is wanted


def remove(session: Session, case_id: uuid.UUID, person_id: uuid.UUID) -> None:
    """Somebody no longer carries the project; whom nothing else knows is not kept."""
    case, gone = answers_service.case_of(session, case_id), _member(session, case_id, person_id)
    own = session.scalar(
        select(Case.reference).where(Case.project_id == case.project_id, Case.person_id == person_id).limit(1)
    )
    if own is not None:
        raise UserError(
            f"Le dossier {own} de cette personne porte sur ce projet : clôturez-le plutôt que de la retirer."
        )
    session.delete(gone)
    session.flush()
    if gone.main:
        left = _members(session, case.project_id)
        first = next((row for row in left if row.person_id == case.person_id), left[0] if left else None)
        if first is not None:
            first.main = True
    person = session.get(Person, person_id)
    if person is not None and not _is_known(session, person_id):
        session.delete(person)


def other_projects(session: Session, case_id: uuid.UUID) -> tuple[OtherProject, ...]:
    """Every other file this person has, or has a part in; the open ones first."""
    case = answers_service.case_of(session, case_id)
    carried = select(ProjectMember.project_id).where(ProjectMember.person_id == case.person_id)
    rows = session.execute(
        select(Case.id, Case.reference, Project.summary, Case.phase, Case.closed_on)
        .join(Project, Project.id == Case.project_id)
        .where(
            Case.id != case.id,
            Case.project_id != case.project_id,
            (Case.person_id == case.person_id) | Case.project_id.in_(carried),
        )
        .order_by(Case.closed_on.is_not(None), Case.opened_on.desc(), Case.reference.desc())
    )
    return tuple(
        OtherProject(
            row.id,
            row.reference,
            row.summary or "Projet à préciser",
            f"clos le {french.show_date(row.closed_on)}" if row.closed_on else row.phase.label,
        )
        for row in rows
    )


def new_project(session: Session, case_id: uuid.UUID, summary: str = "") -> uuid.UUID:
    """A second file for the same person: nothing of them is typed again. Returns the new file."""
    case, here = answers_service.case_of(session, case_id), context(session)
    version, first = versions.start(session)
    project = Project()
    answers_service.write_row(project, "project", {"project.summary": _sentence(summary)})
    made = Case(
        reference=numbering.next_case(session, today()),
        person_id=case.person_id,
        project_id=project.id,
        counsellor_id=here.counsellor_id,
        site_id=here.site_id,
        opened_on=today(),
        last_contact_on=today(),
        phase=versions.standard(first),
        journey_phase=first.code,
        journey_version=version,
    )
    session.add_all([project, made, ProjectMember(project_id=project.id, person_id=case.person_id)])
    session.add(PhaseChange(case_id=made.id, phase=made.phase, journey_phase=first.code, entered_on=today()))
    session.flush()
    return made.id


def _sentence(summary: str) -> Any:
    read, errors = INTAKE.read({"project.summary": summary})
    if "project.summary" in errors:
        raise UserError(errors["project.summary"])
    return read.get("project.summary")


def _members(session: Session, project_id: uuid.UUID) -> list[ProjectMember]:
    rows = session.scalars(
        select(ProjectMember)
        .where(ProjectMember.project_id == project_id)
        .order_by(ProjectMember.created_at, ProjectMember.id)
    )
    return list(rows)


def _member(session: Session, case_id: uuid.UUID, person_id: uuid.UUID) -> ProjectMember:
    case = answers_service.case_of(session, case_id)
    found = next((row for row in _members(session, case.project_id) if row.person_id == person_id), None)
    if found is None:
        raise UserError("Cette personne ne porte plus ce projet.")
    return found


def _is_known(session: Session, person_id: uuid.UUID) -> bool:
    """Whether anything else refers to a person."""
    return any(
        session.scalar(select(model.id).where(model.person_id == person_id).limit(1)) is not None
        for model in (Case, ProjectMember, Passage, Consent)
    )
