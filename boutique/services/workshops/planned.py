"""Half-days of workshops between two days: for the agenda."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from boutique.models.structure import Counsellor, Site
from boutique.models.workshop import AnonymousHeads, Enrolment, Workshop, WorkshopHalfDay
from boutique.models.workshop_choices import EnrolmentState, WorkshopState
from boutique.services.outreach import instant
from boutique.services.workshops import sheets


@dataclass(frozen=True, slots=True)
class Occasion:
    """One half-day of a session that was not cancelled, as instants of the counsellor's clock."""

    workshop_id: uuid.UUID
    half_day_id: uuid.UUID
    title: str
    counsellor_id: uuid.UUID | None
    counsellor: str
    site_id: uuid.UUID | None
    place: str
    starts_at: datetime
    ends_at: datetime
    capacity: int
    taken: int


def between(session: Session, first: date, last: date) -> tuple[Occasion, ...]:
    """In order, in one query: the agenda asks at each turn. Cancelled sessions take nobody's time."""
    enrolled = _of_workshop(func.count(), Enrolment.workshop_id, Enrolment.state == EnrolmentState.ENROLLED)
    heads = _of_workshop(func.coalesce(func.sum(AnonymousHeads.heads), 0), AnonymousHeads.workshop_id)
    rows: Sequence[Any] = session.execute(
        select(WorkshopHalfDay, Workshop, Site, Counsellor, enrolled + heads)
        .join(Workshop, Workshop.id == WorkshopHalfDay.workshop_id)
        .outerjoin(Site, Site.id == Workshop.site_id)
        .outerjoin(Counsellor, Counsellor.id == Workshop.counsellor_id)
        .where(WorkshopHalfDay.held_on.between(first, last), Workshop.state != WorkshopState.CANCELLED)
        .order_by(WorkshopHalfDay.held_on, WorkshopHalfDay.starts_at, WorkshopHalfDay.id)
    ).all()
    return tuple(
        Occasion(
            row.id,
            half.id,
            row.title,
            row.counsellor_id,
            counsellor.short_name if counsellor else "",
            row.site_id,
            sheets.place_of(session, row, site),
            instant(half.held_on, half.starts_at),
            instant(half.held_on, half.ends_at),
            row.capacity,
            taken,
        )
        for half, row, site, counsellor, taken in rows
    )


def _of_workshop(count: Any, column: Any, *conditions: Any) -> Any:
    return select(count).where(column == Workshop.id, *conditions).correlate(Workshop).scalar_subquery()
