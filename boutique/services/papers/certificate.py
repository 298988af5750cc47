"""Attestations of a file: accompaniment, presence at an interview. For the Documents menu and batches."""

import uuid
from datetime import date, datetime, time, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from boutique.core.clock import local, today
from boutique.core.errors import UserError
from boutique.exports import pdf
from boutique.models.case import Appointment, Case, Interview
from boutique.models.choices import AppointmentStatus
from boutique.models.person import Person
from boutique.models.structure import Counsellor, Site
from boutique.services.context import context, place
from boutique.services.documents import Document, letterhead, site_name
from boutique.services.rows import existing

_GONE = "Ce dossier n’existe plus. Revenez à la liste des dossiers."


def support(session: Session, case_id: uuid.UUID) -> Document:
    """Attestation d'accompagnement, whatever was said kept out of it."""
    data = _support(session, case_id)
    name = f"attestation-accompagnement-{data.reference}.pdf"
    return Document(name, f"Attestation d’accompagnement {data.reference}", pdf.certificate.render(data))


def support_story(session: Session, case_id: uuid.UUID) -> "pdf.page.Pages":
    """The same among many."""
    return pdf.certificate.story(_support(session, case_id))


def _support(session: Session, case_id: uuid.UUID) -> "pdf.certificate.Support":
    """In a handful of small queries: it is printed by hundreds."""
    case, person, counsellor = _who(session, case_id)
    count, minutes, last = session.execute(
        select(func.count(), func.coalesce(func.sum(Interview.minutes), 0), func.max(Interview.held_on)).where(
            Interview.case_id == case_id, Interview.attended.is_not(False)
        )
    ).one()
    return pdf.certificate.Support(
        letterhead=letterhead(session),
        printed_on=today(),
        reference=case.reference,
        person=person.full_name,
        counsellor=counsellor,
        town=_town(session),
        opened_on=case.opened_on,
        ended_on=case.closed_on,
        interviews=count,
        minutes=minutes or 0,
        last_on=last,
    )


def presence(session: Session, interview_id: uuid.UUID) -> Document:
    """Attestation de présence for one interview; refused when the person did not come."""
    row = existing(session, Interview, interview_id, "Cet entretien n’existe plus. Revenez à la liste des entretiens.")
    if row.attended is False:
        raise UserError("La personne n’est pas venue à cet entretien : sa présence ne peut pas être attestée.")
    case, person, _ = _who(session, row.case_id)
    by = session.get(Counsellor, row.counsellor_id) if row.counsellor_id else None
    minutes = row.minutes or 0
    data = pdf.certificate.Presence(
        letterhead=letterhead(session),
        printed_on=today(),
        reference=case.reference,
        person=person.full_name,
        counsellor=by.short_name if by else "",
        town=_town(session),
        activity=f"Entretien d’accompagnement ({row.type.label.lower()})" if row.type else "Entretien d’accompagnement",
        held_on=row.held_on,
        times=_times(session, row.case_id, row.held_on, minutes),
        minutes=minutes,
        place=site_name(session, row.site_id),
    )
    name = f"attestation-presence-{case.reference}-{row.held_on:%Y%m%d}.pdf"
    return Document(name, f"Attestation de présence {case.reference}", pdf.certificate.render(data))


def last_presence(session: Session, case_id: uuid.UUID) -> Document:
    """For the interview held last, the person being there."""
    found = session.scalar(_attended(case_id))
    if found is None:
        raise UserError("La personne n’est encore venue à aucun entretien : il n’y a pas de présence à attester.")
    return presence(session, found)


def has_presence(session: Session, case_id: uuid.UUID) -> bool:
    """Whether the person came at least once."""
    return session.scalar(_attended(case_id)) is not None


def _attended(case_id: uuid.UUID) -> Select[uuid.UUID]:
    rows = select(Interview.id).where(Interview.case_id == case_id, Interview.attended.is_not(False))
    return rows.order_by(Interview.held_on.desc(), Interview.created_at.desc()).limit(1)


def _who(session: Session, case_id: uuid.UUID) -> tuple[Case, Person, str]:
    case = existing(session, Case, case_id, _GONE)
    by = session.get(Counsellor, case.counsellor_id) if case.counsellor_id else None
    return case, session.get_one(Person, case.person_id), by.short_name if by else ""


def _town(session: Session) -> str:
    """Where one signs: the commune of the place of the day."""
    site_id = context(session).site_id
    site = session.get(Site, site_id) if site_id else None
    return place(session, site.commune_code) if site else ""


def _times(session: Session, case_id: uuid.UUID, on: date, minutes: int) -> str:
    """Those of the appointment of that day; an interview keeps only how long it lasted."""
    start = datetime.combine(on, time()).astimezone()
    found = session.scalar(
        select(Appointment.starts_at).where(
            Appointment.case_id == case_id,
            Appointment.starts_at >= start,
            Appointment.starts_at < start + timedelta(days=1),
            Appointment.status != AppointmentStatus.CANCELLED,
        )
    )
    if found is None or not minutes:
        return ""
    begin = local(found)
    end = begin + timedelta(minutes=minutes)
    return f"de {begin.hour} h {begin.minute:02d} à {end.hour} h {end.minute:02d}"
