"""Fiche d'orientation with its return slip. For the Documents menu, the Orientations tab and the command line."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.errors import UserError
from boutique.exports import pdf
from boutique.models.choices import ReferralStatus, SharedData
from boutique.models.directory import PartnerContact
from boutique.models.person import Person
from boutique.models.project import Project
from boutique.models.referral import Partner, Referral
from boutique.rules.lists import load_refusal_reasons
from boutique.services import answers as answers_service
from boutique.services import slip_seals
from boutique.services.context import place
from boutique.services.documents import Document, counsellor_of, letterhead, moment
from boutique.services.partner_names import name_column, shown_name
from boutique.services.people import header
from boutique.services.rows import existing

_ONE_LINE = 60


def referral_sheet(
    session: Session, referral_id: uuid.UUID, *, delivery: str = "Fiche remise en main propre."
) -> Document:
    """Fiche d'orientation with its return slip; refused without the recorded agreement of the person."""
    row = existing(session, Referral, referral_id, "Cette orientation n’existe plus. Revenez au dossier.")
    if row.consent_on is None:
        raise UserError("Cette fiche porte le nom de la personne : recueillez d’abord son accord dans l’orientation.")
    case = answers_service.case_of(session, row.case_id)
    partner = session.get(Partner, row.partner_id)
    assert partner is not None
    person, project = session.get(Person, case.person_id), session.get(Project, case.project_id)
    assert person is not None
    assert project is not None
    counsellor = counsellor_of(session, row.counsellor_id or case.counsellor_id)
    passes_project = SharedData.PROJECT in row.shared
    content = pdf.referral_sheet.render(
        pdf.referral_sheet.ReferralSheet(
            letterhead=letterhead(session),
            reference=row.reference,
            made_on=row.made_on,
            partner=shown_name(session, partner),
            partner_contact=_addressee(session, row),
            person=person.full_name if SharedData.IDENTITY in row.shared else "",
            person_initials=f"{person.first_name[:1]}. {person.last_name[:1]}.",
            person_lines=_person_lines(session, person, row.shared),
            counsellor=counsellor["name"],
            counsellor_phone=counsellor["phone"],
            counsellor_email=counsellor["email"],
            next_appointment=moment(header(session, case.id).next_appointment),
            project=(project.summary or "") if passes_project else "",
            phase=case.phase.label if passes_project else "",
            reason=row.reason,
            expectation=row.expectation or "",
            done=_done(session, case.id, row.id),
            consent_on=row.consent_on,
            consent_mode=row.consent_mode.label.lower() if row.consent_mode else "",
            answer_by=row.expected_on,
            delivery=delivery,
            refusal_reasons=tuple(
                (item.code, item.label) for item in load_refusal_reasons().values() if not item.archived
            ),
            seal=slip_seals.seal(session, row),
        )
    )
    return Document(f"orientation-{row.reference}.pdf", f"Fiche d’orientation {row.reference}", content)


def by_reference(session: Session, reference: str) -> Document:
    """The referral sheet asked for by its number."""
    found = session.scalar(select(Referral.id).where(Referral.reference == reference.strip().upper()))
    if found is None:
        raise UserError(f"Il n’y a pas d’orientation « {reference} ». Son numéro ressemble à O-2026-0391.")
    return referral_sheet(session, found)


def last_sheet(session: Session, case_id: uuid.UUID) -> Document:
    """The sheet of the referral made last."""
    latest = select(Referral.id).where(Referral.case_id == case_id)
    found = session.scalar(latest.order_by(Referral.made_on.desc(), Referral.created_at.desc()).limit(1))
    if found is None:
        raise UserError("Ce dossier n’a pas encore d’orientation. Proposez-en une dans l’onglet Orientations.")
    return referral_sheet(session, found)


def has_referral(session: Session, case_id: uuid.UUID) -> bool:
    """Whether there is a referral to print."""
    return session.scalar(select(Referral.id).where(Referral.case_id == case_id).limit(1)) is not None


def _person_lines(session: Session, person: Person, shared: tuple[SharedData, ...]) -> tuple[str, ...]:
    reach = []
    if SharedData.COMMUNE in shared or SharedData.IDENTITY in shared:
        reach.append(place(session, person.commune_code, with_code=True))
    if SharedData.PHONE in shared:
        reach.append(french.show_phone(person.phone))
    mail = (person.email or "") if SharedData.EMAIL in shared else ""
    if len(" · ".join([*reach, mail])) <= _ONE_LINE:
        reach.append(mail)
        mail = ""
    lines = [" · ".join(part for part in reach if part), mail]  # an address that is cut reaches nobody
    if SharedData.PHONE in shared and person.contact_preference:
        lines.append(person.contact_preference)
    if SharedData.EMPLOYMENT in shared and person.employment_status:
        lines.append(person.employment_status.label)
    return tuple(line for line in lines if line)


def _addressee(session: Session, row: Referral) -> str:
    """Whom the sheet is addressed to at the structure: « M. Leroy, conseiller »."""
    contact = session.get(PartnerContact, row.contact_id) if row.contact_id else None
    return ", ".join(part for part in (contact.name, contact.role) if part) if contact else ""


def _done(session: Session, case_id: uuid.UUID, but: uuid.UUID) -> tuple[str, ...]:
    rows = session.execute(
        select(name_column(), Referral.made_on, Referral.status)
        .join(Referral, Referral.partner_id == Partner.id)
        .where(
            Referral.case_id == case_id,
            Referral.id != but,
            Referral.status.not_in((ReferralStatus.CANCELLED, ReferralStatus.PREPARED)),
        )
        .order_by(Referral.made_on.desc())
        .limit(4)
    )
    return tuple(f"{name} ({french.month_name(on)}, {status.label.lower()})" for name, on, status in rows)
