"""Targets of the structure and of its programmes, one figure each. Used by Programmes, Activité and the workbook."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.errors import UserError
from boutique.models.programme import Objective
from boutique.rules.indicators import FIGURES, Figure
from boutique.rules.scope import EVERYWHERE, Scope
from boutique.services import own_figures
from boutique.services.rows import existing

_MOST = 100_000_000
_FIRST_YEAR, _LAST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True)
class ObjectiveLine:
    """One target, in the unit of its figure; without a year it is that of the whole agreement."""

    id: uuid.UUID
    key: str
    label: str
    unit: str
    year: int | None
    target: float

    @property
    def shown(self) -> str:
        return french.show_number(self.target, 0 if self.target.is_integer() else 1)


def choices(session: Session) -> tuple[tuple[str, str], ...]:
    """(key, label) of the figures that a target may be set for, those of the structure's own too, by their label."""
    offered = [one for one in (*FIGURES, *own_figures.own(session)) if one.rule is not None]
    return tuple(sorted(((one.key, f"{one.title} · {one.code}") for one in offered), key=_by_label))


def listing(session: Session, programme_id: uuid.UUID | None) -> tuple[ObjectiveLine, ...]:
    """The targets of a programme, of the structure itself without one; the latest year first."""
    rows = session.scalars(select(Objective).where(_of(programme_id)))
    known = {one.key: one for one in (*FIGURES, *own_figures.every(session))}
    order = {key: rank for rank, key in enumerate(known)}
    lines = [_line(row, known[row.figure]) for row in rows if row.figure in order]
    return tuple(sorted(lines, key=lambda line: (line.year is not None, -(line.year or 0), order[line.key])))


def save(
    session: Session,
    programme_id: uuid.UUID | None,
    key: str | None,
    year: int | None,
    typed: str,
    objective_id: uuid.UUID | None = None,
) -> uuid.UUID:
    """Set the target of a figure for a year (the whole agreement without one); what was set before gives way."""
    if not key:
        raise UserError("Choisissez l’indicateur de l’objectif.")
    if programme_id is None and year is None:
        raise UserError("Un objectif de la structure est celui d’une année : indiquez laquelle.")
    if year is not None and not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise UserError(f"L’année va de {_FIRST_YEAR} à {_LAST_YEAR}.")
    target, about = _target(typed), own_figures.known(session, key)
    row = session.get(Objective, objective_id) if objective_id is not None else None
    same = session.scalars(select(Objective).where(_of(programme_id), Objective.figure == key, _in(year))).first()
    if row is None:
        row = same
    elif same is not None and same is not row:
        session.delete(same)
    if row is None:
        row = Objective(programme_id=programme_id, figure=about.key, target=target)
        session.add(row)
    row.figure, row.year, row.target = about.key, year, target
    session.flush()
    return row.id


def remove(session: Session, objective_id: uuid.UUID) -> None:
    """No target any more."""
    row = existing(session, Objective, objective_id, "Cet objectif n’existe plus. Revenez au programme.")
    session.delete(row)


def targets(session: Session, year: int, scope: Scope = EVERYWHERE) -> Mapping[str, float]:
    """Targets of a year by the key of their figure, for what is looked at.

    Those of a programme when the scope is one, those of the structure everywhere; a place, a counsellor or a territory
    alone has none. A target of the whole agreement is not one of a year.
    """
    if scope.site_id is not None or scope.counsellor_id is not None or scope.communes is not None:
        return {}
    rows = session.scalars(select(Objective).where(_of(scope.programme_id), Objective.year == year))
    return {row.figure: row.target for row in rows}


def _target(typed: str) -> float:
    target = float(french.parse_decimal(typed.strip().rstrip("%€").strip()))
    if not 0 < target <= _MOST:
        raise UserError("L’objectif est un nombre plus grand que zéro. Exemple : 120.")
    return target


def _line(row: Objective, about: Figure) -> ObjectiveLine:
    return ObjectiveLine(row.id, about.key, about.title, about.unit.value, row.year, row.target)


def _of(programme_id: uuid.UUID | None) -> ColumnElement[bool]:
    return Objective.programme_id.is_(None) if programme_id is None else Objective.programme_id == programme_id


def _in(year: int | None) -> ColumnElement[bool]:
    return Objective.year.is_(None) if year is None else Objective.year == year


def _by_label(choice: tuple[str, str]) -> str:
    return choice[1].casefold()
