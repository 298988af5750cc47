"""Rows of « Ateliers »: the sessions that were held in a period, with their counts."""

import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from boutique.exports.excel.activity_rows import WorkshopRow
from boutique.models.choices import ZoningState
from boutique.models.structure import Site
from boutique.models.workshop import AnonymousHeads, Attendance, Enrolment, Workshop, WorkshopHalfDay, WorkshopModule
from boutique.models.workshop_choices import EnrolmentState, WorkshopState
from boutique.services.context import place
from boutique.services.narrowing import at_home, within
from boutique.services.sheets.asked import Asked

_MINUTES = 60
_YES = "oui"


def rows(session: Session, asked: Asked) -> Iterator[WorkshopRow]:
    """In their order; sessions that were cancelled, or are not concluded yet, are left out."""
    period, scope = asked.period, asked.scope
    found = session.execute(
        select(Workshop, WorkshopModule.title.label("module"), Site.name.label("site"), Site.commune_code)
        .join(WorkshopModule, WorkshopModule.id == Workshop.module_id)
        .outerjoin(Site, Site.id == Workshop.site_id)
        .where(
            Workshop.state == WorkshopState.HELD,
            Workshop.starts_on.between(period.start, period.end),
            *within(scope, Workshop.site_id, Workshop.counsellor_id, Workshop.programme_id),
            *at_home(scope, func.coalesce(Workshop.commune_code, Site.commune_code)),
        )
        .order_by(Workshop.starts_on, Workshop.title, Workshop.id)
    ).all()
    keys = [row.Workshop.id for row in found]
    minutes, enrolled, attended = _minutes(session, keys), _enrolled(session, keys), _attended(session, keys)
    heads, came = _anonymous(session, keys)
    for row in found:
        held = row.Workshop
        yield WorkshopRow(
            held_on=held.starts_on,
            title=held.title,
            module=row.module,
            place=held.place or row.site or place(session, held.commune_code),
            district=held.qpv or (_YES if held.in_qpv is ZoningState.YES else ""),
            hours=minutes[held.id] / _MINUTES,
            capacity=held.capacity,
            enrolled=enrolled[held.id] + heads[held.id],
            attended=attended[held.id] + came[held.id],
            speaker=held.speaker or "",
            rating=_rating(held.ratings, held.rating_hundredths),
        )


def _minutes(session: Session, keys: list[uuid.UUID]) -> dict[Any, int]:
    query = (
        select(WorkshopHalfDay.workshop_id, func.sum(WorkshopHalfDay.ends_at - WorkshopHalfDay.starts_at))
        .where(WorkshopHalfDay.workshop_id.in_(keys))
        .group_by(WorkshopHalfDay.workshop_id)
    )
    return defaultdict(int, dict(session.execute(query).all()))


def _enrolled(session: Session, keys: list[uuid.UUID]) -> dict[Any, int]:
    query = (
        select(Enrolment.workshop_id, func.count())
        .where(Enrolment.workshop_id.in_(keys), Enrolment.state == EnrolmentState.ENROLLED)
        .group_by(Enrolment.workshop_id)
    )
    return defaultdict(int, dict(session.execute(query).all()))


def _attended(session: Session, keys: list[uuid.UUID]) -> dict[Any, int]:
    """Enrolments with a half-day at least where somebody was present."""
    query = (
        select(Enrolment.workshop_id, func.count(func.distinct(Enrolment.id)))
        .join(Attendance, Attendance.enrolment_id == Enrolment.id)
        .where(
            Enrolment.workshop_id.in_(keys), Enrolment.state == EnrolmentState.ENROLLED, Attendance.present.is_(True)
        )
        .group_by(Enrolment.workshop_id)
    )
    return defaultdict(int, dict(session.execute(query).all()))


def _anonymous(session: Session, keys: list[uuid.UUID]) -> tuple[dict[Any, int], dict[Any, int]]:
    """People without a name by session: expected, and come."""
    query = (
        select(AnonymousHeads.workshop_id, func.sum(AnonymousHeads.heads), func.sum(AnonymousHeads.came))
        .where(AnonymousHeads.workshop_id.in_(keys))
        .group_by(AnonymousHeads.workshop_id)
    )
    heads: dict[Any, int] = defaultdict(int)
    came: dict[Any, int] = defaultdict(int)
    for key, expected, present in session.execute(query):
        heads[key], came[key] = expected or 0, present or 0
    return heads, came


def _rating(counts: Sequence[Any] | None, hundredths: int | None) -> float | None:
    """The mean of the answers from 1 to 5, or the one that somebody else worked out."""
    if counts and sum(counts):
        return float(sum(mark * count for mark, count in enumerate(counts, 1)) / sum(counts))
    return None if hundredths is None else hundredths / 100
