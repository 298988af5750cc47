"""The activity of a month: figures, comparisons, public, what to look at before sending. Used by Activité and the CLI.

What a figure means is in `rules/indicators.py`; screen, workbook and drill-down count the same events (`ledger`).
"""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.models.case import Case
from boutique.models.fields import Field
from boutique.models.person import Person
from boutique.rules.indicators import Event, Figure, Unit, figure
from boutique.rules.period import Period
from boutique.rules.public import Share, shares
from boutique.services import activity_files, ledger
from boutique.services.checks import Check, checks
from boutique.services.context import place
from boutique.services.files import FileQuery
from boutique.services.follow_up import EVERY_FILE, follow_up_list
from boutique.services.holders import known
from boutique.services.month import PARTS, RECEIVED, FunnelStep, IndicatorLine, MonthBar, read


@dataclass(frozen=True, slots=True)
class ActivityView:
    """Everything the Activité screen shows; `checks` are those that found something."""

    month: date
    site_id: uuid.UUID | None
    indicators: tuple[IndicatorLine, ...]
    bars: tuple[MonthBar, ...]
    funnel: tuple[FunnelStep, ...]
    public: tuple[Share, ...]
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class FileRow:
    """One line behind a figure: a person, or an act. An anonymous visit has no file to open."""

    case_id: uuid.UUID | None
    reference: str
    name: str
    commune: str
    on: date
    detail: str


def month_view(session: Session, month: date, site_id: uuid.UUID | None = None) -> ActivityView:
    """The activity of the month of a day, at a place or everywhere."""
    book = read(session, month, site_id)
    return ActivityView(
        month=book.month.start,
        site_id=site_id,
        indicators=book.lines(),
        bars=book.bars(),
        funnel=book.funnel(),
        public=shares(book.behind(RECEIVED), book.month.end),
        checks=tuple(check for check in checks(session, book, site_id) if check.count),
    )


def people_behind(
    session: Session, key: str, period: Period, site_id: uuid.UUID | None = None, part: str = ""
) -> tuple[FileRow, ...]:
    """What a figure counts, one line each, the latest first: as many lines as the figure says (hours add up).

    `part` narrows it: « women », « qpv » or « qualified ».
    """
    counted = figure(key)
    events = ledger.load(session, period, site_id).events(counted, period)
    if part:
        holders = known(session, {event.person for event in events if event.person is not None})
        events = [event for event in events if event.person in holders and PARTS[part](holders[event.person])]
    files = _files(session, {event.case for event in events if event.case is not None})
    rows = [_file_row(session, counted, event, files.get(event.case)) for event in events]
    return tuple(sorted(rows, key=_latest_last, reverse=True))


def _latest_last(row: FileRow) -> tuple[date, str]:
    return row.on, row.reference


def _files(session: Session, cases: set[Any]) -> dict[Any, Any]:
    rows = session.execute(
        select(
            ledger.raw(Case.id).label("case"), Case.reference, Person.first_name, Person.last_name, Person.commune_code
        )
        .join(Person, Person.id == Case.person_id)
        .where(Case.id.in_([ledger.identifier(case) for case in cases]))
    )
    return {row.case: row for row in rows}


def _file_row(session: Session, counted: Figure, event: Event, file: Any) -> FileRow:
    detail = french.show_minutes(event.amount) if counted.unit is Unit.HOURS else ""
    if file is None:
        return FileRow(None, "", "Passage anonyme", "", event.on, detail)
    name, commune = f"{file.first_name} {file.last_name}", place(session, file.commune_code)
    return FileRow(ledger.identifier(event.case), file.reference, name, commune, event.on, detail)


def workbook(session: Session, month: date, site_id: uuid.UUID | None = None, *, author: str = "") -> bytes:
    """The activity workbook of the month of a day, signed by who asks for it."""
    return activity_files.month_file(session, month, site_id=site_id, author=author).content


def follow_up(
    session: Session, query: FileQuery = EVERY_FILE, *, nominative: bool = False, fields: tuple[Field, ...] = ()
) -> bytes:
    """The follow-up list of the files that a query finds; names only when asked for."""
    return follow_up_list(session, query, nominative=nominative, fields=fields)
