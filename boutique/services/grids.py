"""The grids that diagnoses were made with, kept in the base; used by the diagnoses and the answers of a file."""

import hashlib
import json
import uuid

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql.elements import ColumnElement

from boutique.models.case import Case
from boutique.models.diagnosis import Diagnosis, DiagnosisGrid, DiagnosisMark
from boutique.rules.diagnosis import valid
from boutique.rules.lists import Grid, grid_content, grid_of, load_grid


def keep(session: Session, grid: Grid) -> str:
    """Keep a grid that is used; the name to find it by. One that was changed without a new version gets its own."""
    content = grid_content(grid)
    for name in (grid.version, f"{grid.version} {_digest(content)}"):
        kept = session.get(DiagnosisGrid, name)
        if kept is None:
            session.add(DiagnosisGrid(version=name, content=content))
            session.flush()
            return name
        if kept.content == content:
            return name
    raise AssertionError("two grids with the same digest")


def kept(session: Session, version: str | None) -> Grid:
    """The grid of a diagnosis; that of today where its own did not come with it, or where it had none."""
    found = session.get(DiagnosisGrid, version) if version else None
    return grid_of(found.content, f"grille {version}") if found is not None else load_grid()


def _digest(content: object) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:12]


OLDEST_FIRST = (Diagnosis.made_on, Diagnosis.created_at, Diagnosis.id)
LATEST = tuple(column.desc() for column in OLDEST_FIRST)
_OTHER = aliased(Case)
# The same as `of_case`, for queries over many files.
OF_CASE = (Diagnosis.project_id == Case.project_id) & or_(
    Diagnosis.case_id.is_(None),
    Diagnosis.case_id.in_(
        select(_OTHER.id).where(_OTHER.project_id == Case.project_id, _OTHER.person_id == Case.person_id)
    ),
)


def of_case(case: Case) -> ColumnElement[bool]:
    """The diagnoses that speak for a file: this person's on this project, and those made before files were named."""
    own = select(Case.id).where(Case.project_id == case.project_id, Case.person_id == case.person_id)
    return (Diagnosis.project_id == case.project_id) & or_(Diagnosis.case_id.is_(None), Diagnosis.case_id.in_(own))


def levels(session: Session, diagnosis_id: uuid.UUID) -> dict[str, int | None]:
    """The levels marked, by criterion."""
    rows = session.execute(
        select(DiagnosisMark.criterion, DiagnosisMark.level).where(DiagnosisMark.diagnosis_id == diagnosis_id)
    )
    return {row.criterion: row.level for row in rows}


def marked_axes(session: Session, diagnosis: Diagnosis) -> dict[str, str]:
    """(code, label) of the axes that follow from criteria: nobody sets those by hand."""
    grid, known = kept(session, diagnosis.grid_version), levels(session, diagnosis.id)
    return {
        axis.code: axis.label
        for axis in grid.axes
        if any(valid(known.get(criterion.code)) for criterion in axis.criteria)
    }
