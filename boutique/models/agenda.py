"""The agenda around appointments: permanences that come back, and when a counsellor is busy elsewhere."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from boutique.models.base import Record, enum_column, foreign_key
from boutique.models.choices import Rhythm
from boutique.models.types import Codes

_MOST_SKIPPED = 4_000  # characters: some 360 dates


class OutreachSession(Record):
    """A permanence of a place: its first date gives the day of the week, its rhythm the following ones."""

    __tablename__ = "outreach_session"

    site_id: Mapped[uuid.UUID] = foreign_key("site")
    counsellor_id: Mapped[uuid.UUID | None] = foreign_key("counsellor", nullable=True)
    rhythm: Mapped[Rhythm] = mapped_column(enum_column(Rhythm), default=Rhythm.WEEKLY)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None] = mapped_column(default=None)
    # Minutes of the day on the wall clock: a permanence stays at nine o’clock when summer time begins.
    opens_at: Mapped[int]
    closes_at: Mapped[int]
    skipped: Mapped[tuple[str, ...] | None] = mapped_column(Codes(_MOST_SKIPPED), default=None)  # ISO dates


class BusyTime(Record):
    """When a counsellor is busy according to another calendar; one row a source, replaced at each import.

    Only instants are kept, never what the events were called. One row, so that an import is one line of the journal.
    """

    __tablename__ = "busy_time"

    counsellor_id: Mapped[uuid.UUID] = foreign_key("counsellor")
    source: Mapped[str] = mapped_column(String(80))
    imported_at: Mapped[datetime]
    first_on: Mapped[date]
    last_on: Mapped[date]
    # [[start, end, 1 for whole days], …] in minutes since 1970 (UTC), in order.
    periods: Mapped[list[Any]] = mapped_column(JSON)
