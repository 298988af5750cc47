"""Writing of a diagnosis: its marks, the axis marks that follow, its points as actions. For the Diagnostic tab."""

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from boutique.core.errors import UserError
from boutique.core.text import clip
from boutique.forms import values
from boutique.forms.catalogue import DIAGNOSIS, MARK
from boutique.models.choices import Priority
from boutique.models.diagnosis import Diagnosis, DiagnosisMark, mark_id
from boutique.rules import diagnosis as rules
from boutique.rules.lists import Grid, load_grid
from boutique.services import actions as actions_service
from boutique.services import answers as answers_service
from boutique.services import grids
from boutique.services.context import context
from boutique.services.diagnoses import AXES, aim_of, diagnosis_of, latest, marks_of, planned_labels

_FACT = MARK.field("diagnosis_mark.fact")


def save(
    session: Session, case_id: uuid.UUID, typed: Mapping[str, Any], *, diagnosis_id: uuid.UUID | None = None
) -> uuid.UUID:
    """Save a diagnosis, new or corrected, with its axis marks; one action for undo."""
    case = answers_service.case_of(session, case_id)
    row = diagnosis_of(session, diagnosis_id) if diagnosis_id is not None else None
    grid = load_grid() if row is None or not row.grid_version else grids.kept(session, row.grid_version)
    answers = DIAGNOSIS.accept(typed)
    levels, facts = _accept(grid, typed)
    followed = frozenset[str]() if row is None else frozenset(grids.marked_axes(session, row))
    version = grids.keep(session, grid)
    if row is None:
        row = Diagnosis(project_id=case.project_id, case_id=case.id, counsellor_id=context(session).counsellor_id)
        _carry_estimates(session, latest(session, case_id), row)
    answers_service.write_row(row, "diagnosis", answers)
    row.grid_version = version
    for axis in rules.evaluate(grid, levels):
        if axis.code in AXES and (axis.marked or axis.code in followed):
            setattr(row, axis.code, axis.level)
    session.add(row)
    _write_marks(session, row.id, rules.criteria(grid), levels, facts)
    session.flush()
    return row.id


def _accept(grid: Grid, typed: Mapping[str, Any]) -> tuple[dict[str, int], dict[str, str]]:
    """Levels and facts, each one checked."""
    known = rules.criteria(grid)
    given = {code: level for code, level in (typed.get("levels") or {}).items() if level is not None}
    noted = {code: fact for code, fact in (typed.get("facts") or {}).items() if fact}
    for code in (*given, *noted):
        if code not in known:
            raise UserError(f"Le critère « {clip(str(code), 20)} » n’est pas dans la grille. Rouvrez le diagnostic.")
    for code, level in given.items():
        if not rules.valid(level):
            raise UserError(f"« {known[code].label} » se note de 1 à 5.")
    if not given:
        raise UserError("Notez au moins un critère avant d’enregistrer.")
    facts = {}
    for code, fact in noted.items():
        try:
            facts[code] = values.read(_FACT, fact)
        except UserError as error:
            raise UserError(f"« {known[code].label} » : {error}") from error
    return given, {code: fact for code, fact in facts.items() if fact}


def _write_marks(
    session: Session,
    diagnosis_id: uuid.UUID,
    known: Mapping[str, object],
    levels: Mapping[str, int],
    facts: Mapping[str, str],
) -> None:
    """One row a criterion; what was taken back keeps its row, empty. Marks of no known criterion are left alone."""
    rows = marks_of(session, diagnosis_id)
    for code in known:
        wanted = (levels.get(code), facts.get(code))
        mark = rows.get(code)
        if mark is None:
            if wanted != (None, None):
                key = mark_id(diagnosis_id, code)
                session.add(
                    DiagnosisMark(id=key, diagnosis_id=diagnosis_id, criterion=code, level=wanted[0], fact=wanted[1])
                )
        elif (mark.level, mark.fact) != wanted:
            mark.level, mark.fact = wanted


def _carry_estimates(session: Session, previous: Diagnosis | None, row: Diagnosis) -> None:
    """What was estimated of an axis holds until its criteria are marked."""
    if previous is None:
        return
    followed = grids.marked_axes(session, previous)
    for axis in AXES:
        if axis not in followed:
            setattr(row, axis, getattr(previous, axis))


def delete(session: Session, diagnosis_id: uuid.UUID) -> None:
    """Remove a diagnosis with its marks; undo brings all back."""
    row = diagnosis_of(session, diagnosis_id)
    for mark in marks_of(session, diagnosis_id).values():
        session.delete(mark)
    session.delete(row)


def plan_point(session: Session, case_id: uuid.UUID, diagnosis_id: uuid.UUID, criterion: str) -> uuid.UUID:
    """Turn a point to work on into an action of the plan; what blocks comes first."""
    row = diagnosis_of(session, diagnosis_id)
    grid = grids.kept(session, row.grid_version)
    note = next((n for n in rules.notes(grid, grids.levels(session, row.id)) if n.criterion.code == criterion), None)
    if note is None:
        raise UserError("Ce critère n’est plus noté dans ce diagnostic. Rouvrez l’onglet Diagnostic.")
    aim = aim_of(note)
    if aim in planned_labels(session, case_id):
        raise UserError("Cette action est déjà dans le plan d’action.")
    priority = Priority.HIGH if note.blocking else Priority.NORMAL
    return actions_service.add(session, case_id, {"action.label": aim, "action.priority": priority})
