"""Appointments and permanences as an .ics that other agendas read. What is written there is decided by the service."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

import icalendar

_PRODUCT = "-//Boutique//Agenda//FR"


@dataclass(frozen=True, slots=True)
class Entry:
    """One event: instants in UTC, so that every other agenda shows the right hour without knowing our zone."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    summary: str
    location: str = ""
    cancelled: bool = False
    private: bool = True


def write(name: str, entries: Iterable[Entry], made_at: datetime) -> bytes:
    """The bytes of the file; lines folded and escaped by the library."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for entry in entries:
        calendar.add_component(_event(entry, made_at))
    content: bytes = calendar.to_ical()
    return content


def _event(entry: Entry, made_at: datetime) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", made_at.astimezone(UTC))
    event.add("dtstart", entry.starts_at.astimezone(UTC))
    event.add("dtend", entry.ends_at.astimezone(UTC))
    event.add("summary", entry.summary)
    if entry.location:
        event.add("location", entry.location)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("class", "PRIVATE" if entry.private else "PUBLIC")
    return event
