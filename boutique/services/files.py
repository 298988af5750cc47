"""The list of files: filtered, searched and sorted in SQL, one page at a time. Used by the Dossiers screen."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from boutique.core.clock import now, today
from boutique.core.names import Name
from boutique.models.base import Record
from boutique.models.case import Appointment, Case
from boutique.models.choices import AppointmentStatus, Choice, Phase
from boutique.models.person import Person
from boutique.models.project import Project
from boutique.models.structure import Counsellor, Site
from boutique.services import members
from boutique.services.context import context, place
from boutique.services.file_columns import BY_KEY, COLUMNS, STALE_DAYS, Column, FileRow
from boutique.storage.connection import under
from boutique.storage.search import Search

_MOST_FOUND = 2000
__all__ = ["COLUMNS", "STALE_DAYS", "Column", "FileFilter", "FilePage", "FileQuery", "FileRow", "files"]


class FileFilter(Choice):
    """Which files a list shows; `label` is the word on its chip."""

    OPEN = "open", "Ouverts"
    MINE = "mine", "Les miens"
    STALE = "stale", "Sans nouvelles"
    TO_COMPLETE = "to_complete", "À compléter"
    CLOSED = "closed", "Terminés"
    ALL = "all", "Tous"


@dataclass(frozen=True, slots=True)
class FileQuery:
    """What to list; without a sort a search keeps its own order. `cases` are the files behind a figure."""

    text: str = ""
    filter: FileFilter = FileFilter.OPEN
    site_id: uuid.UUID | None = None
    programme_id: uuid.UUID | None = None
    phase: Phase | None = None
    cases: tuple[uuid.UUID, ...] | None = None
    sort: str = "last_contact"
    descending: bool = True


@dataclass(frozen=True, slots=True)
class FilePage:
    """`total` files answer the question; `rows` are those from `offset` on. `no_file`: the base holds none at all."""

    total: int
    rows: tuple[FileRow, ...]
    query: FileQuery
    offset: int
    no_file: bool
    at_least: bool  # the search found more than it looks at


_REACHABLE = or_(Person.phone.is_not(None), Person.email.is_not(None))
# What a file needs before anything else can be decided, as it is named to the user.
_ESSENTIAL: tuple[tuple[str, ColumnElement[bool]], ...] = (
    ("téléphone ou e-mail", _REACHABLE),
    ("naissance", Person.birth_date.is_not(None)),
    ("commune", Person.commune_code.is_not(None)),
    ("emploi", Person.employment_status.is_not(None)),
    ("projet", Project.summary.is_not(None)),
)


def files(
    session: Session, index: Search, query: FileQuery, *, offset: int = 0, limit: int = 200
) -> FilePage:  # fmt: skip
    """One page of the list. Identifiers are sorted first: only those of the page are read at length."""
    found = index.find(under(session), query.text, _MOST_FOUND) if query.text.strip() else None
    wanted = _filtered(session, select(Case.id).select_from(Case), query, found)
    total = session.scalar(wanted.with_only_columns(func.count(), maintain_column_froms=True)) or 0
    if found is not None and not query.sort:
        kept = set(session.scalars(wanted))
        page = [case_id for case_id in found if case_id in kept][offset : offset + limit]
    else:
        page = list(session.scalars(_sorted(wanted, query).offset(offset).limit(limit)))
    rows = {row.case_id: row for row in _rows(session, page)}
    no_file = not total and session.scalar(select(Case.id).limit(1)) is None
    at_least = found is not None and len(found) >= _MOST_FOUND
    return FilePage(total, tuple(rows[case_id] for case_id in page), query, offset, no_file, at_least)


def case_ids(
    session: Session, index: Search, query: FileQuery, lines: Sequence[int] | None = None
) -> tuple[uuid.UUID, ...]:  # fmt: skip
    """Every file of the list in its order, or only those on these lines of it."""
    found = index.find(under(session), query.text, _MOST_FOUND) if query.text.strip() else None
    wanted = _filtered(session, select(Case.id).select_from(Case), query, found)
    if found is not None and not query.sort:
        kept = set(session.scalars(wanted))
        every = [case_id for case_id in found if case_id in kept]
    else:
        every = list(session.scalars(_sorted(wanted, query)))
    return tuple(every) if lines is None else tuple(every[line] for line in lines if line < len(every))


def _filtered(
    session: Session, wanted: Select[uuid.UUID], query: FileQuery, found: Sequence[uuid.UUID] | None
) -> Select[uuid.UUID]:  # fmt: skip
    conditions: list[ColumnElement[bool]] = []
    kind = query.filter
    if found is not None:
        conditions.append(Case.id.in_(found))
    if query.cases is not None:
        conditions.append(Case.id.in_(query.cases))
    chosen = ((Case.site_id, query.site_id), (Case.programme_id, query.programme_id), (Case.phase, query.phase))
    conditions += [column == wished for column, wished in chosen if wished is not None]
    if kind is FileFilter.CLOSED:
        conditions.append(Case.closed_on.is_not(None))
    elif kind is not FileFilter.ALL:
        conditions.append(Case.closed_on.is_(None))
    if kind is FileFilter.MINE:
        conditions.append(Case.counsellor_id == context(session).counsellor_id)
    if kind is FileFilter.STALE:
        conditions.append(Case.last_contact_on <= today() - timedelta(days=STALE_DAYS))
    if kind is FileFilter.TO_COMPLETE:
        wanted = _joined(_joined(wanted, Person), Project)
        conditions.append(or_(*(~known for _, known in _ESSENTIAL)))
    return wanted.where(*conditions)


def _sorted(wanted: Select[uuid.UUID], query: FileQuery) -> Select[uuid.UUID]:
    column = BY_KEY.get(query.sort, BY_KEY["last_contact"])
    if column.order is None:
        column = BY_KEY["last_contact"]
    assert column.order is not None
    if not (query.filter is FileFilter.TO_COMPLETE and column.reads in (Person, Project)):
        wanted = _joined(wanted, column.reads)
    order = column.order.desc() if query.descending else column.order.asc()
    return wanted.order_by(order.nulls_last(), Case.id.desc())


def _joined(wanted: Select[uuid.UUID], entity: type[Record]) -> Select[uuid.UUID]:
    """Only the entity that is needed: the others would be read ten thousand times for nothing."""
    if entity is Person:
        return wanted.join(Person, Person.id == Case.person_id)
    if entity is Project:
        return wanted.join(Project, Project.id == Case.project_id)
    if entity is Counsellor:
        return wanted.outerjoin(Counsellor, Counsellor.id == Case.counsellor_id)
    return wanted.outerjoin(Site, Site.id == Case.site_id) if entity is Site else wanted


def _rows(session: Session, page: Sequence[uuid.UUID]) -> list[FileRow]:
    places: dict[str | None, str] = {}
    upcoming = _upcoming(session, page)
    rows = session.execute(
        select(Case.id, Case.person_id, Case.project_id, Case.reference, Case.phase, Case.opened_on,
               Case.last_contact_on, Case.closed_on, Case.exit_reason, Person.first_name, Person.last_name,
               Person.phone, Person.email, Person.commune_code, Project.summary, Site.name.label("site"),
               Counsellor.first_name.label("by_first"), Counsellor.last_name.label("by_last"),
               *(known.label(f"known_{rank}") for rank, (_, known) in enumerate(_ESSENTIAL)))
        .join(Person, Person.id == Case.person_id)
        .join(Project, Project.id == Case.project_id)
        .outerjoin(Counsellor, Counsellor.id == Case.counsellor_id)
        .outerjoin(Site, Site.id == Case.site_id)
        .where(Case.id.in_(page))
    ).all()  # fmt: skip
    held = members.others(session, [(row.id, row.project_id, row.person_id) for row in rows])
    made = []
    for row in rows:
        code = row.commune_code
        if code not in places:
            places[code] = place(session, code)
        made.append(_row(row, places[code], upcoming.get(row.id), tuple(held.get(row.id, ()))))
    return made


def _row(row: Any, commune: str, next_at: datetime | None, holders: tuple[Name, ...]) -> FileRow:
    return FileRow(
        case_id=row.id,
        person_id=row.person_id,
        reference=row.reference,
        first_name=row.first_name,
        last_name=row.last_name,
        phone=row.phone or "",
        email=row.email or "",
        commune=commune,
        project=row.summary or "",
        phase=row.phase,
        counsellor=f"{row.by_first} {row.by_last[:1]}." if row.by_first else "",
        site=row.site or "",
        opened_on=row.opened_on,
        last_contact_on=row.last_contact_on,
        closed_on=row.closed_on,
        exit_reason=row.exit_reason,
        next_at=next_at,
        missing=tuple(name for rank, (name, _) in enumerate(_ESSENTIAL) if not getattr(row, f"known_{rank}")),
        holders=holders,
    )


def _upcoming(session: Session, page: Sequence[uuid.UUID]) -> dict[uuid.UUID, datetime]:
    rows = session.execute(
        select(Appointment.case_id, func.min(Appointment.starts_at))
        .where(
            Appointment.case_id.in_(page),
            Appointment.status == AppointmentStatus.PLANNED,
            Appointment.starts_at >= now(),
        )
        .group_by(Appointment.case_id)
    )
    return {case_id: at for case_id, at in rows if case_id is not None}
