"""The agenda handed to other programs as .ics: by default without a single name. For the agenda’s « Exporter »."""

from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from boutique import exports
from boutique.core import clock, french
from boutique.core.errors import UserError
from boutique.models.choices import AppointmentStatus
from boutique.services import accesses, outreach
from boutique.services.documents import Document
from boutique.services.schedule import Scope, Slot, schedule
from boutique.services.workshops import calendars

_LONGEST = 366 * 2
_WITHOUT = (AppointmentStatus.CANCELLED,)


class Naming(StrEnum):
    """How people are written in the file."""

    REFERENCE = "reference"  # initials and reference of the file
    FULL = "full"
    NONE = "none"  # only that the time is taken


def appointments(session: Session, first: date, last: date, scope: Scope, naming: Naming) -> Document:
    """Appointments of a period; notes never leave, and names only when asked for."""
    _check(first, last)
    slots = [one for one in schedule(session, first, (last - first).days + 1, scope).slots if _leaves(one)]
    if not slots:
        raise UserError("Il n’y a aucun rendez-vous à exporter sur cette période. Choisissez-en une autre.")
    entries = [_entry(one, naming) for one in slots]
    people = len({one.case_id for one in slots if one.case_id}) if naming is not Naming.NONE else 0
    accesses.note(session, "export", f"agenda .ics, {french.plural(len(slots), 'rendez-vous', 'rendez-vous')}",
                  people=people)  # fmt: skip
    content = exports.calendar.write("Rendez-vous", entries, clock.now())
    return Document(file_name("rendez-vous", first, last), "Rendez-vous", content)


def sessions(session: Session, first: date, last: date, scope: Scope) -> Document:
    """Permanences of a period, one event each: dates left out are left out there too."""
    _check(first, last)
    held = outreach.held(session, first, last, scope.site_id)
    if not held:
        raise UserError("Il n’y a aucune permanence sur cette période. Choisissez-en une autre.")
    entries = [
        exports.calendar.Entry(
            f"{one.session_id or one.ref.id}-{one.starts_at:%Y%m%d}@boutique", one.starts_at, one.ends_at,
            f"Permanence · {one.site}", one.site, private=False,
        )
        for one in held
    ]  # fmt: skip
    content = exports.calendar.write("Permanences", entries, clock.now())
    return Document(file_name("permanences", first, last), "Permanences", content)


def workshops(session: Session, first: date, last: date, scope: Scope) -> Document:
    """Half-days of the workshops of a period: their title and place, nobody who comes."""
    _check(first, last)
    found = schedule(session, first, (last - first).days + 1, scope).workshops
    if not found:
        raise UserError("Il n’y a aucun atelier sur cette période. Choisissez-en une autre.")
    content = exports.calendar.write("Ateliers", calendars.entries(found), clock.now())
    return Document(file_name("ateliers", first, last), "Ateliers", content)


def file_name(what: str, first: date, last: date) -> str:
    """« rendez-vous-2026-11-23-2026-11-29.ics »: a period, never a person."""
    return f"{what}-{first:%Y-%m-%d}-{last:%Y-%m-%d}.ics"


def _check(first: date, last: date) -> None:
    if last < first:
        raise UserError("La fin de la période est avant son début.")
    if last - first > timedelta(_LONGEST):
        raise UserError("Deux ans d’agenda au plus : choisissez une période plus courte.")


def _leaves(slot: Slot) -> bool:
    return slot.status not in _WITHOUT


def _entry(slot: Slot, naming: Naming) -> "exports.calendar.Entry":
    location = "" if naming is Naming.NONE else slot.site
    if naming is Naming.FULL:
        location = slot.place or slot.site
    return exports.calendar.Entry(f"{slot.id}@boutique", slot.starts_at, slot.ends_at, _summary(slot, naming), location)


def _summary(slot: Slot, naming: Naming) -> str:
    """A title may name somebody: it leaves only with the names."""
    if naming is Naming.FULL:
        return " · ".join(part for part in (slot.name, slot.title) if part) or "Rendez-vous"
    if naming is Naming.REFERENCE and slot.case_id is not None:
        initials = "".join(f"{word[:1]}." for word in slot.name.replace("-", " ").split())
        return f"Rendez-vous · {initials} {slot.reference}"
    return "Rendez-vous"
