"""The catalogue of modules: what is offered again and again, with what came of it. For Ateliers › Catalogue."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from boutique.core.clock import today
from boutique.core.text import fold
from boutique.forms.catalogue import MODULE
from boutique.forms.spec import Answers
from boutique.models.programme import Programme
from boutique.models.workshop import Workshop, WorkshopModule
from boutique.models.workshop_choices import WorkshopLevel, WorkshopState, WorkshopTheme
from boutique.rules.workshops import UsualModule, load_usual_modules
from boutique.services import answers as answers_service
from boutique.services.rows import existing

_MODULE = "module"
_USUAL_MINUTES, _USUAL_PLACES = 180, 12


@dataclass(frozen=True, slots=True)
class ModuleLine:
    """One module in the catalogue; `planned` and `held` are sessions."""

    id: uuid.UUID
    title: str
    theme: str
    level: str
    minutes: int
    capacity: int
    minimum: int | None
    waiting_list: bool
    origin: str
    archived: bool
    planned: int
    held: int


def catalogue(session: Session, *, archived: bool = False) -> tuple[ModuleLine, ...]:
    """Modules by theme then title; the archived ones come last, when asked for."""
    count = func.count(Workshop.id)
    rows = session.execute(
        select(
            WorkshopModule,
            count.filter(Workshop.state == WorkshopState.PLANNED),
            count.filter(Workshop.state == WorkshopState.HELD),
        )
        .outerjoin(Workshop, Workshop.module_id == WorkshopModule.id)
        .group_by(WorkshopModule.id)
    ).all()
    lines = [_line(row, planned, held) for row, planned, held in rows if archived or row.archived_on is None]
    order = {theme.label: rank for rank, theme in enumerate(WorkshopTheme)}
    return tuple(sorted(lines, key=lambda line: (line.archived, order.get(line.theme, 0), fold(line.title))))


def offered(session: Session) -> tuple[tuple[uuid.UUID, str], ...]:
    """(identifier, title) of the modules a session may be planned of."""
    rows = session.execute(select(WorkshopModule.id, WorkshopModule.title).where(WorkshopModule.archived_on.is_(None)))
    return tuple(sorted(((row.id, row.title) for row in rows), key=_by_title))


def funders(session: Session) -> tuple[tuple[uuid.UUID, str], ...]:
    """(identifier, name) of the programmes that may pay for a module or a session."""
    rows = session.execute(
        select(Programme.id, Programme.name).where(Programme.archived_on.is_(None)).order_by(Programme.name)
    )
    return tuple((row.id, row.name) for row in rows)


def blank() -> Answers:
    """A new module, with what most have."""
    return {"module.minutes": _USUAL_MINUTES, "module.capacity": _USUAL_PLACES, "module.waiting_list": True}


def answers(session: Session, module_id: uuid.UUID) -> tuple[Answers, uuid.UUID | None]:
    """Answers of a module and the programme that pays for it, for its form."""
    row = module_of(session, module_id)
    return answers_service.read_row(_MODULE, row), row.programme_id


def save(
    session: Session, module_id: uuid.UUID | None, typed: Mapping[str, Any], programme_id: uuid.UUID | None = None
) -> uuid.UUID:
    """Add or change a module; sessions that were planned keep their own title, places and programme."""
    accepted = MODULE.accept(typed)
    row = WorkshopModule() if module_id is None else module_of(session, module_id)
    row.programme_id = programme_id
    answers_service.write_row(row, _MODULE, accepted)
    session.add(row)
    session.flush()
    return row.id


def archive(session: Session, module_id: uuid.UUID) -> None:
    """No longer offered; its sessions stay, past and planned."""
    module_of(session, module_id).archived_on = today()


def restore(session: Session, module_id: uuid.UUID) -> None:
    """Offered again."""
    module_of(session, module_id).archived_on = None


def add_usual(session: Session) -> int:
    """Start the catalogue with the usual modules (DOMAIN § 7.2), those whose title is not there yet; how many."""
    known = set(session.scalars(select(WorkshopModule.title)))
    missing = [module for module in load_usual_modules().values() if module.label not in known]
    session.add_all(_usual(module) for module in missing)
    session.flush()
    return len(missing)


def module_of(session: Session, module_id: uuid.UUID) -> WorkshopModule:
    """The module, or a sentence when it is gone."""
    return existing(session, WorkshopModule, module_id, "Ce module n’existe plus. Revenez au catalogue.")


def _by_title(one: tuple[uuid.UUID, str]) -> str:
    return fold(one[1])


def _usual(module: UsualModule) -> WorkshopModule:
    return WorkshopModule(
        title=module.label,
        theme=WorkshopTheme(module.theme),
        level=WorkshopLevel(module.level),
        minutes=module.minutes,
        capacity=module.capacity,
        minimum=module.minimum or None,
        waiting_list=module.waiting_list,
        audience=module.audience or None,
        prerequisites=module.prerequisites or None,
        objectives=module.objectives or None,
        origin=module.origin or None,
    )


def _line(row: WorkshopModule, planned: int, held: int) -> ModuleLine:
    return ModuleLine(
        row.id,
        row.title,
        row.theme.label if row.theme else "",
        row.level.label if row.level else "",
        row.minutes,
        row.capacity,
        row.minimum,
        row.waiting_list is True,
        row.origin or "",
        row.archived_on is not None,
        planned,
        held,
    )
