"""Papers of a workshop: feuille d’émargement to print before, attestation of one who came. For Ateliers and files."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.clock import today
from boutique.core.errors import UserError
from boutique.exports import pdf
from boutique.models.structure import Site
from boutique.services.context import context, place
from boutique.services.documents import Document, letterhead
from boutique.services.workshops import followed, sheets
from boutique.services.workshops.half_days import HalfDay
from boutique.services.workshops.sheets import Attendee, SessionSheet

_NOON, _EVENING = 13 * 60, 18 * 60
_LEAST_BLANKS, _MOST_BLANKS = 3, 12


def sign_in_sheet(session: Session, workshop_id: uuid.UUID) -> Document:
    """Everybody who has a place, then free lines: as many as places left, three at least."""
    shown = sheets.sheet(session, workshop_id)
    signers = tuple(
        pdf.attendance_sheet.Signer(one.name, one.commune, one.consent) for one in shown.people if not one.waiting_rank
    )  # fmt: skip
    left = shown.capacity - len(signers)
    data = pdf.attendance_sheet.AttendanceSheet(
        letterhead=letterhead(session),
        printed_on=today(),
        title=shown.title,
        module=shown.module,
        place=shown.place,
        speaker=shown.speaker or shown.counsellor,
        days=tuple(_days(shown.half_days)),
        signers=signers,
        blanks=min(max(left, _LEAST_BLANKS), _MOST_BLANKS),
    )
    name = f"emargement-{shown.half_days[0].held_on:%Y-%m-%d}.pdf"
    return Document(name, f"Feuille d’émargement du {french.show_date(data.days[0].held_on)}",
                    pdf.attendance_sheet.render(data))  # fmt: skip


def certificate_of(session: Session, workshop_id: uuid.UUID, enrolment_id: uuid.UUID) -> Document:
    """Attestation de présence of one person; refused when they did not come."""
    shown = sheets.sheet(session, workshop_id)
    one = next((one for one in shown.people if one.id == enrolment_id), None)
    if one is None or not one.came:
        raise UserError("Cette personne n’est pas notée présente : sa présence ne peut pas être attestée.")
    day = shown.half_days[0].held_on
    content = pdf.certificate.render(_certificate(session, shown, one))
    return Document(f"attestation-atelier-{day:%Y-%m-%d}.pdf", "Attestation de présence à un atelier", content)


def last_certificate(session: Session, case_id: uuid.UUID) -> Document:
    """Of the workshop that the holder of a file came to last."""
    found = next((one for one in followed.of_case(session, case_id) if one.came), None)
    if found is None:
        raise UserError("La personne n’est encore venue à aucun atelier : il n’y a pas de présence à attester.")
    return certificate_of(session, found.workshop_id, found.enrolment_id)


def has_certificate(session: Session, case_id: uuid.UUID) -> bool:
    """Whether the holder of a file came to a workshop."""
    return any(one.came for one in followed.of_case(session, case_id))


def certificate_pages(session: Session, shown: SessionSheet, one: Attendee) -> "pdf.page.Pages":
    """The attestation of one of those who came, to be one of many."""
    return pdf.certificate.story(_certificate(session, shown, one))


def _certificate(session: Session, shown: SessionSheet, one: Attendee) -> "pdf.certificate.Presence":
    attended = [half for half in shown.half_days if half.id is not None and one.presence.get(half.id)]
    days = sorted({half.held_on for half in attended})
    site_id = context(session).site_id
    site = session.get(Site, site_id) if site_id else None
    return pdf.certificate.Presence(
        letterhead=letterhead(session),
        printed_on=today(),
        reference=one.reference,
        person=one.name,
        counsellor=shown.counsellor,
        town=place(session, site.commune_code) if site else "",
        activity=f"Atelier « {shown.title} »",
        held_on=days[0],
        dates=french.listing([french.show_date(day) for day in days]) if len(days) > 1 else "",
        times=_times(attended, several=len(days) > 1),
        minutes=sum(half.minutes for half in attended),
        place=shown.place,
    )


def _times(attended: Sequence[HalfDay], *, several: bool) -> str:
    """« de 9 h 00 à 12 h 00 et de 14 h 00 à 17 h 00 »; with its day before each where there are several."""
    told = [f"le {french.day_month(half.held_on)} {half.times}" if several else half.times for half in attended]
    return french.listing(told)


def _days(half_days: Sequence[HalfDay]) -> "Iterator[pdf.attendance_sheet.SheetDay]":
    for day, halves in groupby(half_days, key=_day_of):
        yield pdf.attendance_sheet.SheetDay(day, tuple((_part(half), half.times) for half in halves))


def _day_of(half: HalfDay) -> date:
    return half.held_on


def _part(half: HalfDay) -> str:
    if half.starts_at < _NOON:
        return "Matin"
    return "Après-midi" if half.starts_at < _EVENING else "Soir"
