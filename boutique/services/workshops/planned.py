"""Half-days of workshops between two days: for the agenda, Aujourd’hui and calendars of other programs."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import clock
from boutique.exports import calendar
from boutique.exports.calendar import Entry
from boutique.models.structure import Counsellor, Site
from boutique.models.workshop import Workshop, WorkshopHalfDay
from boutique.models.workshop_choices import WorkshopState
from boutique.services.documents import Document
from boutique.services.outreach import instant
from boutique.services.workshops import half_days, numbers, sheets
from boutique.services.workshops.places import workshop_of


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
    """In order; cancelled sessions take nobody's time."""
    rows = session.execute(
        select(WorkshopHalfDay, Workshop, Site)
        .join(Workshop, Workshop.id == WorkshopHalfDay.workshop_id)
        .outerjoin(Site, Site.id == Workshop.site_id)
        .where(WorkshopHalfDay.held_on.between(first, last), Workshop.state != WorkshopState.CANCELLED)
        .order_by(WorkshopHalfDay.held_on, WorkshopHalfDay.starts_at, WorkshopHalfDay.id)
    ).all()
    counted = numbers.of_workshops(session, [row.id for _, row, _ in rows])
    names = {row.id: row.short_name for row in session.scalars(select(Counsellor))}
    return tuple(
        Occasion(
            row.id,
            half.id,
            row.title,
            row.counsellor_id,
            names.get(row.counsellor_id, "") if row.counsellor_id else "",
            row.site_id,
            sheets.place_of(session, row, site),
            instant(half.held_on, half.starts_at),
            instant(half.held_on, half.ends_at),
            row.capacity,
            counted[row.id].taken,
        )
        for half, row, site in rows
    )


def entries(occasions: tuple[Occasion, ...]) -> list[Entry]:
    """Events for another calendar: what and where, nobody's name."""
    return [
        Entry(f"{one.half_day_id}@boutique", one.starts_at, one.ends_at, f"Atelier · {one.title}", one.place,
              private=False)
        for one in occasions
    ]  # fmt: skip


def invitation(session: Session, workshop_id: uuid.UUID) -> Document:
    """One session as an .ics to send to those enrolled; a cancelled one says so to calendars that had it."""
    row = workshop_of(session, workshop_id)
    site = session.get(Site, row.site_id) if row.site_id else None
    cancelled = row.state is WorkshopState.CANCELLED
    where = sheets.place_of(session, row, site)
    made = [
        Entry(f"{one.id}@boutique", one.begins, one.ends, row.title, where, cancelled=cancelled, private=False)
        for one in half_days.of(session, row.id)
    ]
    content = calendar.write(row.title, made, clock.now())
    return Document(f"atelier-{row.starts_on:%Y-%m-%d}.ics", row.title, content)
