"""Workshops as .ics for other calendars: what and where, nobody’s name. For Ateliers and the agenda’s « Exporter »."""

import uuid
from collections.abc import Sequence

from sqlalchemy.orm import Session

from boutique import exports
from boutique.core import clock
from boutique.models.structure import Site
from boutique.models.workshop_choices import WorkshopState
from boutique.services.documents import Document
from boutique.services.workshops import half_days, sheets
from boutique.services.workshops.places import workshop_of
from boutique.services.workshops.planned import Occasion


def entries(occasions: Sequence[Occasion]) -> "list[exports.calendar.Entry]":
    """Events for another calendar: what and where, nobody's name."""
    return [
        exports.calendar.Entry(
            f"{one.half_day_id}@boutique",
            one.starts_at,
            one.ends_at,
            f"Atelier · {one.title}",
            one.place,
            private=False,
        )
        for one in occasions
    ]


def invitation(session: Session, workshop_id: uuid.UUID) -> Document:
    """One session as an .ics to send to those enrolled; a cancelled one says so to calendars that had it."""
    row = workshop_of(session, workshop_id)
    site = session.get(Site, row.site_id) if row.site_id else None
    cancelled = row.state is WorkshopState.CANCELLED
    where = sheets.place_of(session, row, site)
    made = [
        exports.calendar.Entry(
            f"{one.id}@boutique", one.begins, one.ends, row.title, where, cancelled=cancelled, private=False
        )
        for one in half_days.of(session, row.id)
    ]
    content = exports.calendar.write(row.title, made, clock.now())
    return Document(f"atelier-{row.starts_on:%Y-%m-%d}.ics", row.title, content)
