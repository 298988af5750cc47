"""Rows of « Entretiens »: the interviews of a period, held and missed."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Result, literal_column, select
from sqlalchemy.orm import Session

from boutique.exports.excel.activity_rows import InterviewRow
from boutique.models.case import Case, Interview
from boutique.models.choices import InterviewMode
from boutique.models.person import Person
from boutique.models.structure import Counsellor, Site
from boutique.services import ledger
from boutique.services.month import NEW
from boutique.services.narrowing import at_home, within
from boutique.services.sheets.asked import Asked


def rows(session: Session, asked: Asked) -> Iterator[InterviewRow]:
    """Interviews held and missed; « nouveau » goes to the first one of a new holder."""
    book, scope = asked.book, asked.scope
    found: Result[Any] = session.connection().execute(
        select(
            Interview.held_on,
            Interview.type,
            Interview.minutes,
            Interview.mode,
            Interview.phase,
            Interview.attended,
            Case.reference,
            literal_column("interview.rowid").label("row"),
            Site.name.label("place"),
            Counsellor.first_name,
            Counsellor.last_name,
        )
        .join(Case, Case.id == Interview.case_id)
        .outerjoin(Person, Person.id == Case.person_id)
        .outerjoin(Site, Site.id == Interview.site_id)
        .outerjoin(Counsellor, Counsellor.id == Interview.counsellor_id)
        .where(Interview.held_on.between(book.month.start, book.month.end), ledger.interview_counts(missed=True))
        .where(*within(scope, Interview.site_id, Interview.counsellor_id, Interview.programme_id), *at_home(scope))
        .order_by(Interview.held_on, Case.reference, Interview.id)
    )
    first = book.rows_of(NEW)
    for row in found:
        came = row.attended is not False
        yield InterviewRow(
            held_on=row.held_on,
            reference=row.reference,
            type=row.type,
            minutes=(row.minutes or 0) if came else 0,
            on_site=None if row.mode is None else row.mode is not InterviewMode.REMOTE,
            place=row.place or "",
            counsellor=f"{(row.first_name or '')[:1]}{(row.last_name or '')[:1]}".upper(),
            phase=row.phase,
            new=row.row in first,
            attended=row.attended,
        )
