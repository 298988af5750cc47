"""What happened in some months, read once from the base: the events that every figure of the activity counts."""

import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, String, func, or_, select, type_coerce
from sqlalchemy.orm import Session, aliased

from boutique.models.case import Case, Interview, Passage
from boutique.models.choices import ReferralStatus
from boutique.models.project import Business
from boutique.models.referral import Referral
from boutique.rules.indicators import NEW_AFTER_MONTHS, Kind, Ledger, interview_types, is_new
from boutique.rules.period import Period

_AT_ONCE = 500


def load(session: Session, period: Period, site_id: uuid.UUID | None = None) -> Ledger:
    """The events of the months of a period, at a place or everywhere."""
    ledger = Ledger()
    _interviews(session, ledger, period, site_id)
    for kind, query in ((Kind.VISIT, _visits(period)), (Kind.CREATION, _creations(period))):
        for person, case, on in _rows(session, query.where(*at(_SITES[kind], site_id))):
            ledger.add(kind, person, case, on)
    for person, case, on, answered in _rows(session, _referrals(period).where(*at(Referral.site_id, site_id))):
        ledger.add(Kind.REFERRAL, person, case, on)
        if answered is not None:
            ledger.add(Kind.ANSWER, person, case, on)
    return ledger


def _rows(session: Session, query: Select[*tuple[Any, ...]]) -> Iterator[Any]:
    # Through the connection: columns only, without what entities would need; a handful of rows alive at a time.
    for rows in session.connection().execute(query).partitions(_AT_ONCE):
        yield from rows


def raw(column: Any) -> ColumnElement[Any]:
    """An identifier as it is stored: making 40,000 UUID objects would cost more than the queries."""
    return type_coerce(column, String)


def identifier(stored: Any) -> uuid.UUID | None:
    """The UUID of a stored identifier."""
    return stored if stored is None or isinstance(stored, uuid.UUID) else uuid.UUID(stored)


def interview_counts(*, missed: bool = False) -> ColumnElement[bool]:
    """Interviews that count as such, `missed` ones included or not.

    Nobody ticks « venue » for somebody who sits there: not known means came.
    """
    counted = or_(Interview.type.is_(None), Interview.type.in_(interview_types()))
    return counted if missed else counted & or_(Interview.attended.is_(None), Interview.attended.is_(True))


def referral_counts() -> ColumnElement[bool]:
    """A referral that was cancelled was not made."""
    return Referral.status != ReferralStatus.CANCELLED


def first_case() -> Any:
    """The file that the project of a business started with: a couple has two files for one business."""
    other = aliased(Case)
    return (
        select(other.id)
        .where(other.project_id == Business.project_id)
        .order_by(other.opened_on, other.reference)
        .limit(1)
        .correlate(Business)
        .scalar_subquery()
    )


def _interviews(session: Session, ledger: Ledger, period: Period, site_id: uuid.UUID | None) -> None:
    """Interviews by kind. What is new is judged on all places, then counted at the one that is looked at."""
    rows = _rows(
        session,
        select(
            raw(Case.person_id),
            raw(Interview.case_id),
            Interview.held_on,
            func.coalesce(Interview.minutes, 0),
            raw(Interview.type),
            Interview.attended,
            raw(Interview.site_id),
        )
        .join(Case, Case.id == Interview.case_id)
        .where(Interview.held_on.between(period.start, period.end))
        .order_by(Interview.held_on),
    )
    previous, counted = _previous_interviews(session, period), {None, *interview_types()}
    for person, case, on, minutes, type_code, attended, place in rows:
        here = site_id is None or identifier(place) == site_id
        if type_code not in counted:
            if here and attended is not False:
                ledger.add(Kind.WALK_IN, person, case, on)
        elif attended is False:
            if here:
                ledger.add(Kind.ABSENCE, person, case, on)
        else:
            new, previous[person] = is_new(previous.get(person), on), on
            if here:
                ledger.add(Kind.INTERVIEW, person, case, on, minutes)
            if here and new:
                ledger.add(Kind.FIRST_INTERVIEW, person, case, on)


def _previous_interviews(session: Session, period: Period) -> dict[Any, date]:
    """The last interview of each person before the period, as far back as it could matter."""
    year, month = divmod(period.start.year * 12 + period.start.month - 1 - NEW_AFTER_MONTHS, 12)
    rows = session.execute(
        select(raw(Case.person_id), func.max(Interview.held_on))
        .join(Interview, Interview.case_id == Case.id)
        .where(Interview.held_on >= date(year, month + 1, 1), Interview.held_on < period.start, interview_counts())
        .group_by(Case.person_id)
    )
    return dict(rows.all())


def _visits(period: Period) -> Select[*tuple[Any, ...]]:
    return select(raw(Passage.person_id), raw(Passage.case_id), Passage.happened_on).where(
        Passage.happened_on.between(period.start, period.end)
    )


def _referrals(period: Period) -> Select[*tuple[Any, ...]]:
    return (
        select(raw(Case.person_id), raw(Referral.case_id), Referral.made_on, Referral.answered_on)
        .join(Case, Case.id == Referral.case_id)
        .where(referral_counts(), Referral.made_on.between(period.start, period.end))
    )


def _creations(period: Period) -> Select[*tuple[Any, ...]]:
    return (
        select(raw(Case.person_id), raw(Case.id), Business.registered_on)
        .select_from(Business)
        .join(Case, Case.id == first_case())
        .where(
            Business.registered.is_(True),
            Business.registered_on >= Case.opened_on,
            Business.registered_on.between(period.start, period.end),
        )
    )


def at(column: Any, site_id: uuid.UUID | None) -> tuple[ColumnElement[bool], ...]:
    """The condition of a place, none for everywhere."""
    return () if site_id is None else (column == site_id,)


_SITES = {Kind.VISIT: Passage.site_id, Kind.CREATION: Case.site_id}
