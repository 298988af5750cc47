"""The list of visits to businesses: what is shown, filtered, left to do. For « Visites d’entreprises »."""

import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, String, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.clock import today
from boutique.core.text import fold, words
from boutique.models.outreach import BusinessVisit, VisitAction
from boutique.models.structure import Counsellor
from boutique.rules import outreach as rules
from boutique.services.context import place


class Follow(StrEnum):
    """Which visits to list by what is left to do."""

    ALL = "all"
    TO_DO = "to_do"
    LATE = "late"
    TO_VISIT = "to_visit"  # the next visit has come


@dataclass(frozen=True, slots=True)
class VisitQuery:
    """What to list."""

    text: str = ""
    commune_code: str | None = None
    need: str | None = None
    follow: Follow = Follow.ALL


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One visit in the list."""

    id: uuid.UUID
    visited_on: date
    name: str
    commune: str
    purpose: str
    needs: str
    to_do: int
    late: int
    next_on: date | None
    counsellor: str
    ours: bool

    @property
    def following(self) -> str:
        """What is left, in few words."""
        if self.late:
            return f"{self.late} en retard"
        if self.to_do:
            return f"{self.to_do} à faire"
        return french.show_date(self.next_on) if self.next_on else ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the list."""

    key: str
    title: str
    getter: Callable[[VisitLine], str]
    width: int


COLUMNS: tuple[Column, ...] = (
    Column("visited_on", "Date", lambda line: french.show_date(line.visited_on), 104),
    Column("name", "Entreprise", lambda line: line.name, 165),
    Column("commune", "Commune", lambda line: line.commune, 108),
    Column("needs", "Besoins", lambda line: line.needs, 150),
    Column("following", "Suite", lambda line: line.following, 116),
)


@dataclass(frozen=True, slots=True)
class VisitPage:
    """`rows` are those from `offset` on; `none` when no visit was ever noted."""

    total: int
    rows: tuple[VisitLine, ...]
    query: VisitQuery
    offset: int
    none: bool


def listing(session: Session, query: VisitQuery, *, offset: int = 0, limit: int = 200) -> VisitPage:
    """Visits, the latest first, one page at a time."""
    conditions = _conditions(session, query)
    total = session.scalar(select(func.count()).select_from(BusinessVisit).where(*conditions)) or 0
    rows = session.execute(
        select(BusinessVisit, Counsellor)
        .outerjoin(Counsellor, Counsellor.id == BusinessVisit.counsellor_id)
        .where(*conditions)
        .order_by(BusinessVisit.visited_on.desc(), BusinessVisit.name_key, BusinessVisit.id)
        .offset(offset)
        .limit(limit)
    ).all()
    waiting = _waiting(session, [row.id for row, _ in rows])
    lines = tuple(_line(session, row, counsellor, waiting.get(row.id, ())) for row, counsellor in rows)
    none = not total and session.scalar(select(BusinessVisit.id).limit(1)) is None
    return VisitPage(total, lines, query, offset, none)


def late_count(session: Session) -> int:
    """Promises whose day has passed, for Aujourd’hui."""
    query = select(func.count()).select_from(VisitAction).where(*_is_late())
    return session.scalar(query) or 0


def need_options() -> tuple[tuple[str, str], ...]:
    """(code, label) of the needs that the form offers."""
    return tuple((need.code, need.label) for need in rules.load_business_needs().values() if not need.archived)


def _conditions(session: Session, query: VisitQuery) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if query.commune_code:
        found.append(BusinessVisit.commune_code == query.commune_code)
    if query.need:
        stored = func.coalesce(type_coerce(BusinessVisit.needs, String), "")
        found.append(("|" + stored + "|").contains(f"|{query.need}|", autoescape=True))
    if query.follow is Follow.TO_VISIT:
        found.append(BusinessVisit.next_on <= today())
    elif query.follow is not Follow.ALL:
        waits = (VisitAction.done_on.is_(None),) if query.follow is Follow.TO_DO else _is_late()
        found.append(BusinessVisit.id.in_(select(VisitAction.visit_id).where(*waits)))
    asked = words(query.text)[:8]
    towns = _towns(session) if asked else {}
    for word in asked:
        there = [code for code, name in towns.items() if word in name]
        says = [BusinessVisit.name_key.contains(word, autoescape=True), BusinessVisit.commune_code.in_(there)]
        found.append(or_(*says, BusinessVisit.siren.startswith(word, autoescape=True)))
    return found


def _towns(session: Session) -> dict[str, str]:
    """Where somebody was visited: few communes, of which any word of the name finds them."""
    codes = session.scalars(
        select(BusinessVisit.commune_code).where(BusinessVisit.commune_code.is_not(None)).distinct()
    )
    return {code: fold(place(session, code)) for code in codes if code is not None}


def _is_late() -> tuple[ColumnElement[bool], ...]:
    return VisitAction.done_on.is_(None), VisitAction.due_on < today()


def _waiting(session: Session, visits: Collection[uuid.UUID]) -> dict[uuid.UUID, tuple[bool, ...]]:
    """For each promise that waits, whether it is late."""
    rows = session.execute(
        select(VisitAction.visit_id, VisitAction.due_on).where(
            VisitAction.visit_id.in_(visits), VisitAction.done_on.is_(None)
        )
    )
    found: dict[uuid.UUID, tuple[bool, ...]] = {}
    for visit_id, due_on in rows:
        found[visit_id] = (*found.get(visit_id, ()), due_on is not None and due_on < today())
    return found


def _line(
    session: Session, row: BusinessVisit, counsellor: Counsellor | None, waiting: tuple[bool, ...]
) -> VisitLine:  # fmt: skip
    return VisitLine(
        row.id,
        row.visited_on,
        row.name,
        place(session, row.commune_code),
        row.purpose.label if row.purpose else "",
        ", ".join(rules.need_labels(row.needs or ())),
        len(waiting),
        sum(waiting),
        row.next_on,
        counsellor.short_name if counsellor else "",
        row.business_id is not None,
    )
