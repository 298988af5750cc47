"""The activity of a month: figures, comparisons, public, what to look at before sending. Used by Activité and the CLI.

What a figure means is in `rules/indicators.py`; screen, workbook and drill-down count the same events (`figures`).
"""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from boutique.models.fields import Field
from boutique.rules.indicators import MAIN, Figure
from boutique.rules.period import Period
from boutique.rules.public import Share
from boutique.rules.scope import EVERYWHERE, Scope
from boutique.services import activity_files, figures, own_figures
from boutique.services.checks import Check, checks
from boutique.services.figure_files import FileRow, rows_of
from boutique.services.files import FileQuery
from boutique.services.follow_up import EVERY_FILE, follow_up_list
from boutique.services.month import (
    RECEIVED,
    Delay,
    FunnelStep,
    IndicatorLine,
    MonthBar,
    MonthBook,
    as_declared,
    read,
    read_year,
)
from boutique.services.scopes import ScopeKeys


@dataclass(frozen=True, slots=True)
class ActivityView:
    """Everything the Activité screen shows; `checks` are those that found something."""

    month: date
    scope: Scope
    indicators: tuple[IndicatorLine, ...]
    drawn: IndicatorLine  # the figure of the bars
    bars: tuple[MonthBar, ...]
    funnel: tuple[FunnelStep, ...]
    delays: tuple[Delay, ...]
    public: tuple[Share, ...]
    checks: tuple[Check, ...]
    declared: bool = False  # the month was declared: its figures are those that were


def month_view(
    session: Session,
    month: date,
    scope: Scope = EVERYWHERE,
    wanted: tuple[Figure, ...] = MAIN,
    drawn: Figure = RECEIVED,
) -> ActivityView:
    """The activity of the month of a day, in a scope: the figures wanted, one of them month by month."""
    return _view(session, read(session, month, scope), scope, wanted, drawn)


def year_view(
    session: Session, day: date, scope: Scope = EVERYWHERE, wanted: tuple[Figure, ...] = MAIN, drawn: Figure = RECEIVED
) -> ActivityView:  # fmt: skip
    """The activity of the year of a day, until the end of its month."""
    return _view(session, read_year(session, day, scope), scope, wanted, drawn)


def _view(
    session: Session, book: MonthBook, scope: Scope, wanted: tuple[Figure, ...], drawn: Figure
) -> ActivityView:  # fmt: skip
    book, a_month = as_declared(session, book), book.month.whole_months == 1
    return ActivityView(
        month=book.month.start,
        scope=scope,
        indicators=book.lines(wanted),
        drawn=book.line(drawn),
        bars=book.bars(drawn),
        funnel=book.funnel(),
        delays=book.delays(),
        public=book.public(),
        # What is sent is a month: looking at twelve of them again would take longer than all the figures.
        checks=tuple(check for check in checks(session, book, scope) if check.count) if a_month else (),
        declared=book.declared.has(RECEIVED, book.month),
    )


def people_behind(
    session: Session,
    key: str,
    period: Period,
    scope: Scope = EVERYWHERE,
    part: str = "",
    side: str = "part",
    within: tuple[str, Any] | None = None,
) -> tuple[FileRow, ...]:
    """What a figure counts, one line each, the latest first: as many lines as the figure says (amounts add up).

    `part` narrows it: « women », « qpv » or « qualified »; of a share, `side` is « part » or « whole »; `within` is a
    dimension and one of its values.
    """
    counted, book = own_figures.known(session, key), figures.read(session, period.end, scope)
    return rows_of(book, counted, book.lines(counted, period, part, side, within), side)


def workbook(session: Session, month: date, site_id: uuid.UUID | None = None, *, author: str = "") -> bytes:
    """The activity workbook of the month of a day, signed by who asks for it."""
    return activity_files.month_file(session, month, keys=ScopeKeys(site_id), author=author).content


def follow_up(
    session: Session, query: FileQuery = EVERY_FILE, *, nominative: bool = False, fields: tuple[Field, ...] = ()
) -> bytes:
    """The follow-up list of the files that a query finds; names only when asked for."""
    return follow_up_list(session, query, nominative=nominative, fields=fields)
