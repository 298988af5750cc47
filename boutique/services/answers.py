"""Between forms and rows: reads the answers of a file from its entities, writes them back. The only place that does."""

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.forms.spec import Answers
from boutique.models.base import Record
from boutique.models.case import Case
from boutique.models.diagnosis import Diagnosis
from boutique.models.fields import fields_of
from boutique.models.person import Person
from boutique.models.project import Business, Project
from boutique.services import grids
from boutique.services.context import context
from boutique.services.rows import existing

# Of one diagnosis, not of the file.
_DATED = frozenset({"diagnosis.made_on", "diagnosis.comment"})


def case_of(session: Session, case_id: uuid.UUID) -> Case:
    """The file, or a sentence when it is gone."""
    return existing(session, Case, case_id, "Ce dossier n’existe plus. Revenez à la liste des dossiers.")


def rows_of(session: Session, case: Case) -> dict[str, Record]:
    """The entities behind a file by their prefix; business and diagnosis only when they exist."""
    person, project = session.get(Person, case.person_id), session.get(Project, case.project_id)
    assert person is not None
    assert project is not None
    rows: dict[str, Record] = {"holder": person, "project": project}
    business = select(Business).where(Business.project_id == project.id)
    latest = {
        "business": business.order_by(Business.created_at.desc(), Business.id.desc()),
        "diagnosis": select(Diagnosis).where(grids.of_case(case)).order_by(*grids.LATEST),
    }
    for prefix, query in latest.items():
        if (row := session.scalars(query.limit(1)).first()) is not None:
            rows[prefix] = row
    return rows


def read_row(prefix: str, row: Record) -> Answers:
    """Answers of one entity; what is not known is left out."""
    found = {f"{prefix}.{field.name}": getattr(row, field.name) for field in fields_of(type(row))}
    return {key: value for key, value in found.items() if value is not None}


def of_case(session: Session, case_id: uuid.UUID) -> Answers:
    """Every answer of a file."""
    answers: Answers = {}
    for prefix, row in rows_of(session, case_of(session, case_id)).items():
        answers |= {key: value for key, value in read_row(prefix, row).items() if key not in _DATED}
    return answers


def write_row(row: Record, prefix: str, answers: Mapping[str, Any]) -> None:
    """Set the fields of an entity that are in the answers; the others are left alone."""
    for field in fields_of(type(row)):
        key = f"{prefix}.{field.name}"
        if key in answers and getattr(row, field.name) != answers[key]:
            setattr(row, field.name, answers[key])


def write_case(session: Session, case: Case, answers: Mapping[str, Any]) -> None:
    """Write accepted answers on the entities of a file, creating business or diagnosis when first answered."""
    rows = rows_of(session, case)
    for prefix, make in (("business", _business), ("diagnosis", _diagnosis)):
        given = any(key.startswith(f"{prefix}.") and value is not None for key, value in answers.items())
        if prefix not in rows and given:
            rows[prefix] = make(session, case)
            session.add(rows[prefix])
    followed = computed(session, rows.get("diagnosis"))
    own = {key: value for key, value in answers.items() if key not in followed}
    for prefix, row in rows.items():
        write_row(row, prefix, own)
    session.flush()


def computed(session: Session, diagnosis: Record | None) -> dict[str, str]:
    """(key, label) of the axis marks that follow from criteria: the grid decides, whatever a form still holds."""
    if not isinstance(diagnosis, Diagnosis):
        return {}
    return {f"diagnosis.{code}": label for code, label in grids.marked_axes(session, diagnosis).items()}


def _business(_session: Session, case: Case) -> Record:
    return Business(project_id=case.project_id)


def _diagnosis(session: Session, case: Case) -> Record:
    """Axes estimated without the grid."""
    return Diagnosis(project_id=case.project_id, case_id=case.id, counsellor_id=context(session).counsellor_id)
