"""What the activity workbook of a month says, by reference and never by name. Used by `activity.workbook`."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique import __version__
from boutique.core import clock, french
from boutique.exports.excel.activity_rows import ActivityData, CheckRow, IndicatorRow, MonthRow, StepRow
from boutique.models.case import Case
from boutique.models.person import Person
from boutique.models.structure import Counsellor, Structure
from boutique.rules.indicators import FIGURES, MAIN, Figure, Unit
from boutique.rules.period import Period
from boutique.rules.scope import Scope
from boutique.services import month_comments, outreach_rows, own_figures, scopes
from boutique.services.checks import checks
from boutique.services.context import context
from boutique.services.ledger import among
from boutique.services.month import RECEIVED, IndicatorLine, MonthBook, read
from boutique.services.scopes import ALL, ScopeKeys
from boutique.services.sheets import (
    corrections,
    creations,
    follow_ups,
    interviews,
    journeys,
    new_holders,
    partner_answers,
    profile,
    referrals,
    workshops,
)
from boutique.services.sheets.asked import Asked

# The other controls are live formulas of the workbook, on the rows themselves.
_CHECKS = frozenset({"dates", "commune", "duplicates", "outreach", "retention", "names"})
_JANUARY = 1
_WORKBOOK = (*MAIN, *(counted for counted in FIGURES if counted.rule is not None and counted not in MAIN))
# Figure → the measure of a sheet that must find it again.
_RECOUNTED = {
    "new_holders": "new_holders",
    "interviews": "interviews",
    "interview_hours": "interview_hours",
    "absences": "absences",
    "referrals": "referrals",
    "answers": "referrals_answered",
    "creations": "creations",
}
Step = Callable[[int, int], None]


def activity_book(
    session: Session,
    month: date,
    keys: ScopeKeys = ALL,
    *,
    author: str = "",
    reason: str = "",
    step: Step | None = None,
) -> ActivityData:
    """Everything the workbook of the month of a day says; with names when there is a `reason` to.

    `step` is told which part of the reading is done, and may raise to give up.
    """
    scope = scopes.resolve(session, keys)
    book = read(session, month, scope)
    asked = Asked(book, scope, nominative=bool(reason))
    wanted = summary_figures(session)
    book.book.expect(wanted)
    book.book.expect_breakdowns(RECEIVED, profile.SHOWN)
    # What is said of a month is said of all that happened there, not of a part of it.
    said = month_comments.comments(session, month, keys.site_id) if scopes.is_place(keys) else {}
    parts: dict[str, Any] = {}
    indicators: list[IndicatorRow] = []
    whole = len(_PARTS) + len(wanted)
    for rank, (name, part) in enumerate(_PARTS.items()):
        if step is not None:
            step(rank, whole)
        parts[name] = tuple(part(session, asked))
    for rank, counted in enumerate(wanted, len(_PARTS)):
        if step is not None:
            step(rank, whole)
        indicators.append(_indicator(book, counted, said))
    return ActivityData(
        structure=session.scalar(select(Structure.name).limit(1)) or "",
        period=french.month_name(book.month.start),
        start=book.month.start,
        end=book.month.end,
        author=author or author_name(session),
        version=__version__,
        generated_at=clock.local(clock.now()),
        filters=filters(session, keys),
        indicators=tuple(indicators),
        months=tuple(
            MonthRow(french.MONTHS[bar.month - 1].capitalize(), _whole(bar.this_year), round(bar.last_year))
            for bar in book.bars()
        ),
        funnel=tuple(StepRow(one.label, one.count) for one in book.funnel()),
        people=len(book.people(RECEIVED)),
        checks=tuple(
            CheckRow(check.plural[0].upper() + check.plural[1:], check.count, check.references, check.blocking)
            for check in checks(session, book, scope, _CHECKS)
        ),
        names=_names(session, parts) if reason else None,
        reason=reason,
        comment=said.get(month_comments.WHOLE, ""),
        **parts,
    )


def summary_figures(session: Session) -> tuple[Figure, ...]:
    """The lines of the Synthèse: those of the screen, then everything else counted here, then the structure's own."""
    return (*_WORKBOOK, *(counted for counted in own_figures.own(session) if counted.rule is not None))


def author_name(session: Session) -> str:
    """Who asks for an export."""
    row = session.get(Counsellor, context(session).counsellor_id) if context(session).counsellor_id else None
    return f"{row.first_name} {row.last_name}" if row else ""


def filters(session: Session, keys: ScopeKeys) -> tuple[tuple[str, str], ...]:
    """What an export is narrowed to, as its Lisez-moi says it; all places when it is by none."""
    told = scopes.choices(session).words(keys)
    return told if keys.site_id is not None else (("Lieu", "Tous les lieux"), *told)


def _names(session: Session, parts: dict[str, Iterable[Any]]) -> dict[str, str]:
    """Whose file each reference of the sheets is."""
    wanted = {row.reference for rows in parts.values() for row in rows if hasattr(row, "reference")}
    found = session.execute(
        select(Case.reference, Person.last_name, Person.first_name)
        .join(Person, Person.id == Case.person_id)
        .where(Case.reference.in_(among(wanted)))
        .order_by(Case.reference)
    )
    return {row.reference: f"{row.last_name.upper()} {row.first_name}" for row in found}


def _indicator(book: MonthBook, counted: Figure, said: Mapping[str, str]) -> IndicatorRow:
    line = book.line(counted)
    return IndicatorRow(
        label=line.label,
        code=line.code,
        month=line.month,
        previous=None if book.month.start.month == _JANUARY else line.previous,
        year_to_date=line.year,
        target=line.target,
        **_parts_of(counted, line),
        last_year=line.last_year,
        comment=said.get(line.key, ""),
        definition=line.definition,
        recount=_RECOUNTED.get(line.key, ""),
    )


def _parts_of(counted: Figure, line: IndicatorLine) -> dict[str, Any]:
    """How many of them are women, live in a district: of what is counted, not of a share nor of a delay."""
    if counted.unit in (Unit.SHARE, Unit.DAYS):
        return {"percent": counted.unit is Unit.SHARE}
    return {
        "women": _whole(line.women),
        "qpv": _whole(line.qpv),
        "qualified_addresses": _whole(line.qualified),
    }


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)


def _scoped(rows: Callable[[Session, Period, Scope], Iterable[Any]]) -> Callable[[Session, Asked], Iterable[Any]]:
    """Rows that another service reads for a period and a scope."""

    def read_rows(session: Session, asked: Asked) -> Iterable[Any]:
        return rows(session, asked.period, asked.scope)

    return read_rows


# To add a sheet: its field in ActivityData and what reads its rows.
_PARTS: dict[str, Callable[[Session, Asked], Iterable[Any]]] = {
    "interviews": interviews.rows,
    "new_holders": new_holders.rows,
    "workshops": workshops.rows,
    "outreach": _scoped(outreach_rows.days),
    "referrals": referrals.rows,
    "journeys": journeys.rows,
    "creations": creations.rows,
    "follow_ups": follow_ups.rows,
    "meetings": _scoped(outreach_rows.meetings),
    "visits": _scoped(outreach_rows.visits),
    "partner_stats": partner_answers.rows,
    "profile": profile.rows,
    "corrections": corrections.rows,
}
