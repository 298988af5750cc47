"""Documents of a file, filled from the base and rendered; each one handed out is noted. For the preview and the CLI."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.clock import local, today
from boutique.core.errors import UserError
from boutique.exports.letterhead import Letterhead
from boutique.exports.pdf import intake_sheet as intake_pdf
from boutique.exports.pdf import interview_report as report_pdf
from boutique.exports.pdf import notice as notice_pdf
from boutique.exports.pdf import recovery_sheet as recovery_pdf
from boutique.exports.pdf import referral_sheet as referral_pdf
from boutique.forms import values
from boutique.forms.catalogue import FILE, INTERVIEW
from boutique.models.case import Action, Interview
from boutique.models.choices import ConsentKind, ReferralStatus, SharedData
from boutique.models.fields import Field, Kind
from boutique.models.person import Person
from boutique.models.project import Project
from boutique.models.referral import Partner, Referral
from boutique.models.structure import Counsellor, Site, Structure
from boutique.models.trace import Consent
from boutique.rules import needs as needs_rules
from boutique.rules.journey import load_journey
from boutique.rules.lists import load_refusal_reasons
from boutique.services import answers as answers_service
from boutique.services.context import context, place
from boutique.services.people import OPEN_ACTIONS, header


@dataclass(frozen=True, slots=True)
class Document:
    """A finished document; its file name carries references, never a person's name."""

    file_name: str
    title: str
    content: bytes


def letterhead(session: Session) -> Letterhead:
    """What is printed at the top and bottom of every page."""
    row = session.scalars(select(Structure)).first()
    if row is None:
        raise UserError("La structure n’est pas encore décrite. Complétez-la dans Réglages.")
    return Letterhead(
        name=row.name,
        legal_name=row.legal_name or "",
        address=", ".join(part for part in (row.address, row.postal_line) if part),
        phone=french.show_phone(row.phone),
        email=row.email or "",
        dpo_contact=row.dpo_contact or row.email or "",
        legal_basis=row.legal_basis,
        retention_months=row.retention_months or 24,
    )


def shown_value(session: Session, field: Field, value: Any) -> str:
    """The text of a value, with the names of communes, activities, needs and steps instead of their codes."""
    if value is None:
        return ""
    if field.kind is Kind.COMMUNE:
        return place(session, value, with_code=True)
    if field.kind is Kind.NAF:
        found = context(session).reference.naf(value)
        return f"{found.label} ({found.code})" if found else str(value)
    if field.kind is Kind.CODES:
        return ", ".join(_code_label(field, code) for code in value)
    return values.show(field, value)


def _code_label(field: Field, code: str) -> str:
    if field.key == "interview.steps":
        return load_journey().step(code).label
    return needs_rules.subject(code).label if field.key == "passage.needs" else code


def intake_sheet(session: Session, case_id: uuid.UUID) -> Document:
    """Fiche d'accueil: every answer of the file, blanks to be completed by hand."""
    case = answers_service.case_of(session, case_id)
    top = header(session, case_id)

    def show(field: Field, value: Any) -> str:
        return shown_value(session, field, value)

    content = intake_pdf.render(
        intake_pdf.IntakeSheet(
            letterhead=letterhead(session),
            form=FILE,
            answers=answers_service.of_case(session, case_id),
            printed_on=today(),
            reference=case.reference,
            opened_on=case.opened_on,
            place=_site_name(session, case.site_id),
            counsellor=top.counsellor,
            next_appointment=_when(top.next_appointment),
            notice_given_on=_notice_date(session, case.person_id),
            show_value=show,
        )
    )
    return Document(f"fiche-accueil-{case.reference}.pdf", f"Fiche d’accueil {case.reference}", content)


def notice(session: Session, case_id: uuid.UUID | None = None) -> Document:
    """Notice d'information, for a person or to be displayed."""
    structure = session.scalars(select(Structure)).first()
    version = str(structure.notice_version or 1) if structure else "1"
    case = answers_service.case_of(session, case_id) if case_id else None
    person = session.get(Person, case.person_id) if case else None
    content = notice_pdf.render(
        notice_pdf.Notice(
            letterhead=letterhead(session),
            version=version,
            dated=structure.notice_date if structure else None,
            person=person.full_name if person else "",
            reference=case.reference if case else "",
            given_on=_notice_date(session, case.person_id) if case else None,
        )
    )
    suffix = f"-{case.reference}" if case else ""
    return Document(f"notice-information{suffix}.pdf", f"Notice d’information, version {version}", content)


def interview_report(session: Session, interview_id: uuid.UUID) -> Document:
    """Compte-rendu d'entretien; the private note never reaches the export."""
    row = session.get(Interview, interview_id)
    if row is None:
        raise UserError("Cet entretien n’existe plus. Revenez à la liste des entretiens.")
    case = answers_service.case_of(session, row.case_id)
    top = header(session, case.id)
    answers = {
        key: value
        for key, value in answers_service.read_row("interview", row).items()
        if key != "interview.private_note"
    }

    def show(field: Field, value: Any) -> str:
        return shown_value(session, field, value)

    content = report_pdf.render(
        report_pdf.InterviewReport(
            letterhead=letterhead(session),
            form=INTERVIEW,
            answers=answers,
            printed_on=today(),
            reference=case.reference,
            person=top.name,
            counsellor=_counsellor(session, row.counsellor_id)["name"],
            place=_site_name(session, row.site_id),
            actions=_decided(session, case.id),
            referrals=_referrals(session, case.id),
            next_appointment=_when(top.next_appointment),
            show_value=show,
        )
    )
    name = f"compte-rendu-{case.reference}-{row.held_on:%Y%m%d}.pdf"
    return Document(name, f"Compte-rendu d’entretien du {french.show_date(row.held_on)}", content)


def referral_sheet(session: Session, referral_id: uuid.UUID) -> Document:
    """Fiche d'orientation with its return slip; refused without the recorded agreement of the person."""
    row = session.get(Referral, referral_id)
    if row is None:
        raise UserError("Cette orientation n’existe plus. Revenez au dossier.")
    if row.consent_on is None:
        raise UserError("Cette fiche porte le nom de la personne : recueillez d’abord son accord dans l’orientation.")
    case = answers_service.case_of(session, row.case_id)
    partner = session.get(Partner, row.partner_id)
    assert partner is not None
    person, project = session.get(Person, case.person_id), session.get(Project, case.project_id)
    assert person is not None
    assert project is not None
    counsellor = _counsellor(session, row.counsellor_id or case.counsellor_id)
    passes_project = SharedData.PROJECT in row.shared
    content = referral_pdf.render(
        referral_pdf.ReferralSheet(
            letterhead=letterhead(session),
            reference=row.reference,
            made_on=row.made_on,
            partner=partner.name,
            partner_contact=", ".join(part for part in (partner.contact_name, partner.contact_role) if part),
            person=person.full_name if SharedData.IDENTITY in row.shared else "",
            person_initials=f"{person.first_name[:1]}. {person.last_name[:1]}.",
            person_lines=_person_lines(session, person, row.shared),
            counsellor=counsellor["name"],
            counsellor_phone=counsellor["phone"],
            counsellor_email=counsellor["email"],
            next_appointment=_when(header(session, case.id).next_appointment),
            project=(project.summary or "") if passes_project else "",
            phase=case.phase.label if passes_project else "",
            reason=row.reason,
            expectation=row.expectation or "",
            done=_done(session, case.id, row.id),
            consent_on=row.consent_on,
            consent_mode=row.consent_mode.label.lower() if row.consent_mode else "",
            answer_by=row.expected_on,
            delivery="Fiche remise en main propre.",
            refusal_reasons=tuple(
                (item.code, item.label) for item in load_refusal_reasons().values() if not item.archived
            ),
        )
    )
    return Document(f"orientation-{row.reference}.pdf", f"Fiche d’orientation {row.reference}", content)


def recovery_sheet(session: Session, code: str) -> Document:
    """The sheet that opens the base when everything else is lost."""
    name = letterhead(session).name
    content = recovery_pdf.render(recovery_pdf.RecoverySheet(structure=name, code=code, made_on=today()))
    return Document("feuille-de-secours.pdf", "Feuille de secours", content)


def by_reference(session: Session, reference: str) -> Document:
    """The referral sheet asked for by its number."""
    found = session.scalar(select(Referral.id).where(Referral.reference == reference.strip().upper()))
    if found is None:
        raise UserError(f"Il n’y a pas d’orientation « {reference} ». Son numéro ressemble à O-2026-0391.")
    return referral_sheet(session, found)


def _person_lines(session: Session, person: Person, shared: tuple[SharedData, ...]) -> tuple[str, ...]:
    reach = []
    if SharedData.COMMUNE in shared or SharedData.IDENTITY in shared:
        reach.append(place(session, person.commune_code, with_code=True))
    if SharedData.PHONE in shared:
        reach.append(french.show_phone(person.phone))
    if SharedData.EMAIL in shared:
        reach.append(person.email or "")
    lines = [" · ".join(part for part in reach if part)]
    if SharedData.PHONE in shared and person.contact_preference:
        lines.append(person.contact_preference)
    if SharedData.EMPLOYMENT in shared and person.employment_status:
        lines.append(person.employment_status.label)
    return tuple(line for line in lines if line)


def _done(session: Session, case_id: uuid.UUID, but: uuid.UUID) -> tuple[str, ...]:
    rows = session.execute(
        select(Partner.name, Referral.made_on, Referral.status)
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


def _decided(session: Session, case_id: uuid.UUID) -> tuple[report_pdf.ActionLine, ...]:
    rows = session.scalars(
        select(Action)
        .where(Action.case_id == case_id, Action.status.in_(OPEN_ACTIONS))
        .order_by(Action.due_on, Action.label)
    )
    return tuple(
        report_pdf.ActionLine(row.label, row.owner.label if row.owner else "", row.due_on, row.status.label)
        for row in rows
    )


def _referrals(session: Session, case_id: uuid.UUID) -> tuple[report_pdf.ReferralLine, ...]:
    rows = session.execute(
        select(Partner.name, Referral.reason, Referral.status)
        .join(Referral, Referral.partner_id == Partner.id)
        .where(Referral.case_id == case_id, Referral.status != ReferralStatus.CANCELLED)
        .order_by(Referral.made_on.desc())
    )
    return tuple(report_pdf.ReferralLine(name, reason, status.label) for name, reason, status in rows)


def _counsellor(session: Session, counsellor_id: uuid.UUID | None) -> Mapping[str, str]:
    row = session.get(Counsellor, counsellor_id) if counsellor_id else None
    if row is None:
        return {"name": "", "phone": "", "email": ""}
    return {"name": row.short_name, "phone": french.show_phone(row.phone), "email": row.email or ""}


def _site_name(session: Session, site_id: uuid.UUID | None) -> str:
    site = session.get(Site, site_id) if site_id else None
    return site.name if site else ""


def _notice_date(session: Session, person_id: uuid.UUID) -> date | None:
    handed = select(Consent.given_on).where(Consent.person_id == person_id, Consent.kind == ConsentKind.NOTICE)
    return session.scalar(handed.order_by(Consent.given_on.desc()).limit(1))


def _when(instant: datetime | None) -> str:
    if instant is None:
        return ""
    here = local(instant)
    minutes = f"{here.minute:02d}" if here.minute else ""
    return f"{french.long_date(here.date())}, {here.hour} h {minutes}".rstrip()
