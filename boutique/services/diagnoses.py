"""Dated diagnoses of a file: marks by criterion, what they say, what becomes an action. For the Diagnostic tab."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.clock import today
from boutique.core.text import clip
from boutique.models.case import Action
from boutique.models.diagnosis import Diagnosis, DiagnosisMark
from boutique.models.structure import Counsellor
from boutique.rules import diagnosis as rules
from boutique.rules.diagnosis import AxisMark, Note
from boutique.rules.lists import Grid, load_grid
from boutique.services import answers as answers_service
from boutique.services import grids
from boutique.services.people import OPEN_ACTIONS
from boutique.services.rows import existing

LONGEST_ACTION = 200
AXES = ("person", "project", "market", "finance", "legal")  # those that the rules read


@dataclass(frozen=True, slots=True)
class Remark:
    """A criterion as marked, with the fact; `aim` is the action it may become, `planned` when the plan has it."""

    code: str
    axis: str
    label: str
    level: int
    wording: str
    fact: str
    blocking: bool
    aim: str = ""
    planned: bool = False


@dataclass(frozen=True, slots=True)
class DiagnosisLine:
    """One diagnosis, read with its own grid; `changes` by axis since the last one that had a mark.

    `foreign` counts the marks of criteria that its grid does not have.
    """

    id: uuid.UUID
    made_on: date
    name: str
    counsellor: str
    grid_version: str
    comment: str
    axes: tuple[AxisMark, ...]
    changes: Mapping[str, Decimal | None]
    remarks: tuple[Remark, ...]
    strengths: tuple[Remark, ...]
    points: tuple[Remark, ...]
    foreign: int

    @property
    def marked(self) -> int:
        return sum(axis.marked for axis in self.axes)

    @property
    def total(self) -> int:
        return sum(axis.total for axis in self.axes)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A diagnosis to fill in: `typed` holds what a draft holds, `before` what it is compared with while marking."""

    grid: Grid
    typed: dict[str, Any]
    diagnosis_id: uuid.UUID | None = None
    before: tuple[AxisMark, ...] = ()
    before_name: str = ""
    lost: int = field(default=0)  # criteria of a draft or of the previous diagnosis that this grid does not have


def listing(session: Session, case_id: uuid.UUID) -> tuple[DiagnosisLine, ...]:
    """Diagnoses of a file, the latest first."""
    case = answers_service.case_of(session, case_id)
    rows = session.execute(
        select(Diagnosis, Counsellor)
        .outerjoin(Counsellor, Counsellor.id == Diagnosis.counsellor_id)
        .where(grids.of_case(case))
        .order_by(*grids.OLDEST_FIRST)
    ).all()
    planned = planned_labels(session, case_id)
    names = _names([row.made_on for row, _ in rows])
    lines: list[DiagnosisLine] = []
    earlier: dict[str, AxisMark] = {}
    for (row, counsellor), name in zip(rows, names, strict=True):
        lines.append(_line(session, row, counsellor, name, earlier, planned))
        earlier |= {axis.code: axis for axis in lines[-1].axes if axis.mark is not None}
    return tuple(reversed(lines))


def _names(days: list[date]) -> list[str]:
    """The day of each; several of one day are numbered."""
    names, seen = [], dict[date, int]()
    for day in days:
        seen[day] = seen.get(day, 0) + 1
        names.append(french.show_date(day) if days.count(day) == 1 else f"{french.show_date(day)} ({seen[day]})")
    return names


def _line(
    session: Session,
    row: Diagnosis,
    counsellor: Counsellor | None,
    name: str,
    earlier: Mapping[str, AxisMark],
    planned: frozenset[str],
) -> DiagnosisLine:
    grid, marks = grids.kept(session, row.grid_version), marks_of(session, row.id)
    levels = {code: mark.level for code, mark in marks.items()}
    axes = rules.evaluate(grid, levels, {axis: getattr(row, axis) for axis in AXES})
    facts = {code: mark.fact or "" for code, mark in marks.items()}
    notes = rules.notes(grid, levels)
    known = rules.criteria(grid)
    return DiagnosisLine(
        id=row.id,
        made_on=row.made_on,
        name=name,
        counsellor=counsellor.short_name if counsellor else "",
        grid_version=row.grid_version,
        comment=row.comment or "",
        axes=axes,
        changes={axis.code: rules.change(earlier.get(axis.code), axis) for axis in axes},
        remarks=tuple(_remark(note, facts, planned) for note in notes),
        strengths=tuple(_remark(note, facts, planned) for note in rules.strengths(notes)),
        points=tuple(_remark(note, facts, planned) for note in rules.points(notes)),
        foreign=sum(code not in known for code, mark in marks.items() if rules.valid(mark.level)),
    )


def _remark(note: Note, facts: Mapping[str, str], planned: frozenset[str]) -> Remark:
    aim = aim_of(note)
    code = note.criterion.code
    return Remark(
        code, note.axis, note.criterion.label, note.level, note.wording, facts.get(code, ""), note.blocking, aim,
        aim in planned,
    )  # fmt: skip


def aim_of(note: Note) -> str:
    return clip(note.aim, LONGEST_ACTION)


def blank(session: Session, case_id: uuid.UUID) -> Sheet:
    """A new diagnosis: today, with the marks and facts of the latest where the grid still says the same."""
    previous = latest(session, case_id)
    typed: dict[str, Any] = {"diagnosis.made_on": french.show_date(today()), "diagnosis.comment": ""}
    grid, lost = load_grid(), 0
    levels, facts = dict[str, int](), dict[str, str]()
    if previous is not None:
        now, then = rules.criteria(grid), rules.criteria(grids.kept(session, previous.grid_version))
        for code, mark in marks_of(session, previous.id).items():
            if code not in now:
                lost += 1
                continue
            same = code in then and then[code].levels == now[code].levels
            if mark.level is not None and rules.valid(mark.level) and same:
                levels[code] = mark.level
            if mark.fact:
                facts[code] = mark.fact
    return _sheet(session, case_id, grid, {**typed, "levels": levels, "facts": facts}, lost=lost)


def resume(session: Session, case_id: uuid.UUID, typed: Mapping[str, Any]) -> Sheet:
    """A draft taken up again, with the grid of today."""
    grid = load_grid()
    known = rules.criteria(grid)
    levels, facts = dict(typed.get("levels") or {}), dict(typed.get("facts") or {})
    lost = len({code for code in (*levels, *facts) if code not in known})
    kept = {
        "diagnosis.made_on": str(typed.get("diagnosis.made_on") or ""),
        "diagnosis.comment": str(typed.get("diagnosis.comment") or ""),
        "levels": {code: level for code, level in levels.items() if code in known and rules.valid(level)},
        "facts": {code: str(fact) for code, fact in facts.items() if code in known},
    }
    return _sheet(session, case_id, grid, kept, lost=lost)


def sheet(session: Session, diagnosis_id: uuid.UUID) -> Sheet:
    """A diagnosis made earlier, to be corrected with the grid it was made with."""
    row = diagnosis_of(session, diagnosis_id)
    grid = grids.kept(session, row.grid_version)
    known, marks = rules.criteria(grid), marks_of(session, row.id)
    typed = {
        "diagnosis.made_on": french.show_date(row.made_on),
        "diagnosis.comment": row.comment or "",
        "levels": {code: mark.level for code, mark in marks.items() if code in known and rules.valid(mark.level)},
        "facts": {code: mark.fact for code, mark in marks.items() if code in known and mark.fact},
    }
    return Sheet(grid, typed, row.id)


def _sheet(session: Session, case_id: uuid.UUID, grid: Grid, typed: dict[str, Any], *, lost: int) -> Sheet:
    lines = listing(session, case_id)
    before = lines[0] if lines else None
    return Sheet(
        grid, typed, before=before.axes if before else (), before_name=before.name if before else "", lost=lost
    )


def planned_labels(session: Session, case_id: uuid.UUID) -> frozenset[str]:
    open_ones = select(Action.label).where(Action.case_id == case_id, Action.status.in_(OPEN_ACTIONS))
    return frozenset(session.scalars(open_ones))


def latest(session: Session, case_id: uuid.UUID) -> Diagnosis | None:
    case = answers_service.case_of(session, case_id)
    return session.scalars(select(Diagnosis).where(grids.of_case(case)).order_by(*grids.LATEST).limit(1)).first()


def marks_of(session: Session, diagnosis_id: uuid.UUID) -> dict[str, DiagnosisMark]:
    rows = session.scalars(select(DiagnosisMark).where(DiagnosisMark.diagnosis_id == diagnosis_id))
    return {row.criterion: row for row in rows}


def diagnosis_of(session: Session, diagnosis_id: uuid.UUID) -> Diagnosis:
    return existing(
        session, Diagnosis, diagnosis_id, "Ce diagnostic n’existe plus. Revenez à la liste des diagnostics."
    )
