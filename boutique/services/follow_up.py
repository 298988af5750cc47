"""The follow-up list of the files, as a workbook: with or without names, of the files that a list shows."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from boutique import __version__
from boutique.core import clock
from boutique.exports import excel
from boutique.exports.excel.follow_up_rows import FollowUpRow
from boutique.models.base import Record
from boutique.models.case import Case, Interview
from boutique.models.diagnosis import Diagnosis
from boutique.models.fields import Field
from boutique.models.person import Person
from boutique.models.programme import Programme
from boutique.models.project import Business, Project
from boutique.models.referral import Referral
from boutique.models.structure import Site, Structure
from boutique.services import files, grids
from boutique.services.activity_book import author_name
from boutique.services.documents import shown_value
from boutique.services.files import FileFilter, FileQuery, FileRow
from boutique.services.ledger import interview_counts, referral_counts
from boutique.storage.search import Search

_AT_ONCE = 500
_NAMES = ("holder.last_name", "holder.first_name", "holder.phone", "holder.email", "holder.commune_code")
EVERY_FILE = FileQuery(filter=FileFilter.ALL, sort="opened", descending=False)


@dataclass(frozen=True, slots=True)
class OwnList:
    """A list that the structure drew up: its name, its columns in their order, what it was narrowed to, why names."""

    name: str
    columns: tuple[str, ...]
    filters: tuple[tuple[str, str], ...] = ()
    reason: str = ""


def follow_up_list(
    session: Session,
    query: FileQuery = EVERY_FILE,
    *,
    nominative: bool = False,
    fields: tuple[Field, ...] = (),
    own: OwnList | None = None,
) -> bytes:
    """The list as .xlsx bytes; `fields` adds declared fields as columns, `own` says all of them."""
    keys = tuple(field.key for field in fields)
    shown = (*_NAMES, *keys) if nominative and own is None else keys
    data = excel.follow_up_book.FollowUpData(
        structure=session.scalar(select(Structure.name).limit(1)) or "",
        author=author_name(session),
        version=__version__,
        generated_at=clock.local(clock.now()),
        rows=tuple(rows(session, query, shown)),
        filters=(*own.filters, ("Dossiers montrés", query.filter.label)) if own else _filters(session, query),
        fields=fields,
        nominative=nominative,
        reason=own.reason if own else "",
        name=own.name if own else "",
        columns=own.columns if own else (),
        show_value=partial(shown_value, session),
    )
    return excel.follow_up_book.render(data)


def _filters(session: Session, query: FileQuery) -> tuple[tuple[str, str], ...]:
    chosen = [("Dossiers montrés", query.filter.label)]
    if query.text.strip():
        chosen.append(("Recherche", query.text.strip()))
    if query.site_id is not None:
        chosen.append(("Lieu", session.scalar(select(Site.name).where(Site.id == query.site_id)) or ""))
    if query.programme_id is not None:
        programme = session.scalar(select(Programme.name).where(Programme.id == query.programme_id))
        chosen.append(("Programme", programme or ""))
    if query.phase is not None:
        chosen.append(("Phase", query.phase.label))
    return tuple(chosen)


def rows(session: Session, query: FileQuery, keys: tuple[str, ...] = ()) -> Iterator[FollowUpRow]:
    """One line a file that the query finds; `keys` are the declared fields wanted too."""
    index, offset = Search(), 0
    while page := files.files(session, index, query, offset=offset, limit=_AT_ONCE).rows:
        offset += len(page)
        cases = [row.case_id for row in page]
        more, known = _more(session, cases), _answers(session, cases, keys)
        yield from (_row(row, more[row.case_id], known[row.case_id]) for row in page)


def _row(row: FileRow, more: Any, known: dict[str, Any]) -> FollowUpRow:
    return FollowUpRow(
        reference=row.reference,
        opened_on=row.opened_on,
        counsellor=row.counsellor,
        lives_in_qpv=more.lives_in_qpv,
        employment_status=more.employment_status,
        phase=row.phase,
        last_contact_on=row.last_contact_on,
        next_appointment=clock.local(row.next_at) if row.next_at else None,
        minutes=more.minutes or 0,
        referrals=more.referrals,
        exit_reason=row.exit_reason,
        programme=more.programme or "",
        site=row.site,
        closed_on=row.closed_on,
        interviews=more.interviews or 0,
        first_interview=more.first_interview,
        last_interview=more.last_interview,
        answers=known,
    )


def _more(session: Session, cases: list[uuid.UUID]) -> dict[uuid.UUID, Any]:
    """What the list of the screen does not show: situation, time spent, referrals."""
    held = (Interview.case_id == Case.id, interview_counts())
    minutes = select(func.sum(Interview.minutes)).where(*held)
    count, first, last = (
        select(one).where(*held) for one in (func.count(), func.min(Interview.held_on), func.max(Interview.held_on))
    )
    sent = select(func.count()).where(Referral.case_id == Case.id, referral_counts())
    rows = session.execute(
        select(
            Case.id,
            Person.lives_in_qpv,
            Person.employment_status,
            minutes.scalar_subquery().label("minutes"),
            sent.scalar_subquery().label("referrals"),
            count.scalar_subquery().label("interviews"),
            first.scalar_subquery().label("first_interview"),
            last.scalar_subquery().label("last_interview"),
            Programme.name.label("programme"),
        )
        .join(Person, Person.id == Case.person_id)
        .outerjoin(Programme, Programme.id == Case.programme_id)
        .where(Case.id.in_(cases))
    )
    return {row.id: row for row in rows}


def _answers(session: Session, cases: list[uuid.UUID], keys: tuple[str, ...]) -> dict[uuid.UUID, dict[str, Any]]:
    """The declared fields that the list shows, by columns; the latest business or diagnosis answers for its file."""
    found: dict[uuid.UUID, dict[str, Any]] = {case_id: {} for case_id in cases}
    for prefix, (model, belongs) in _MODELS.items():
        names = [key.removeprefix(f"{prefix}.") for key in keys if key.startswith(f"{prefix}.")]
        if not names:
            continue
        rows = session.execute(
            select(Case.id, *(getattr(model, name) for name in names))
            .join(model, belongs)
            .where(Case.id.in_(cases))
            .order_by(*_ORDERS.get(prefix, (model.created_at, model.id)))
        )
        for case_id, *values in rows:
            found[case_id] |= {f"{prefix}.{name}": value for name, value in zip(names, values, strict=True)}
    return found


_MODELS: dict[str, tuple[type[Record], ColumnElement[bool]]] = {
    "holder": (Person, Person.id == Case.person_id),
    "project": (Project, Project.id == Case.project_id),
    "business": (Business, Business.project_id == Case.project_id),
    "diagnosis": (Diagnosis, grids.OF_CASE),
}
_ORDERS = {"diagnosis": grids.OLDEST_FIRST}
