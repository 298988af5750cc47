"""Compte-rendu d'entretien. For the Documents menu of a file and its interviews."""

import uuid
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.clock import today
from boutique.core.errors import UserError
from boutique.exports import pdf
from boutique.forms.catalogue import INTERVIEW
from boutique.models.case import Action, Interview
from boutique.models.choices import ReferralStatus
from boutique.models.fields import Field
from boutique.models.referral import Partner, Referral
from boutique.services import answers as answers_service
from boutique.services.documents import Document, counsellor_of, letterhead, moment, shown_value, site_name
from boutique.services.partner_names import name_column
from boutique.services.people import OPEN_ACTIONS, header
from boutique.services.rows import existing


def interview_report(session: Session, interview_id: uuid.UUID) -> Document:
    """Compte-rendu d'entretien; the private note never reaches the export."""
    row = existing(session, Interview, interview_id, "Cet entretien n’existe plus. Revenez à la liste des entretiens.")
    case = answers_service.case_of(session, row.case_id)
    top = header(session, case.id)
    answers = {
        key: value
        for key, value in answers_service.read_row("interview", row).items()
        if key != "interview.private_note"
    }

    def show(field: Field, value: Any) -> str:
        return shown_value(session, field, value)

    content = pdf.interview_report.render(
        pdf.interview_report.InterviewReport(
            letterhead=letterhead(session),
            form=INTERVIEW,
            answers=answers,
            printed_on=today(),
            reference=case.reference,
            person=top.name,
            counsellor=counsellor_of(session, row.counsellor_id)["name"],
            place=site_name(session, row.site_id),
            actions=_decided(session, case.id),
            referrals=_referrals(session, case.id),
            next_appointment=moment(top.next_appointment),
            show_value=show,
        )
    )
    name = f"compte-rendu-{case.reference}-{row.held_on:%Y%m%d}.pdf"
    return Document(name, f"Compte-rendu d’entretien du {french.show_date(row.held_on)}", content)


def last_report(session: Session, case_id: uuid.UUID) -> Document:
    """The report of the interview held last."""
    latest = select(Interview.id).where(Interview.case_id == case_id)
    found = session.scalar(latest.order_by(Interview.held_on.desc(), Interview.created_at.desc()).limit(1))
    if found is None:
        raise UserError("Ce dossier n’a pas encore d’entretien. Enregistrez-en un, puis imprimez son compte-rendu.")
    return interview_report(session, found)


def has_interview(session: Session, case_id: uuid.UUID) -> bool:
    """Whether there is an interview to report."""
    return session.scalar(select(Interview.id).where(Interview.case_id == case_id).limit(1)) is not None


def _decided(session: Session, case_id: uuid.UUID) -> "tuple[pdf.interview_report.ActionLine, ...]":
    rows = session.scalars(
        select(Action)
        .where(Action.case_id == case_id, Action.status.in_(OPEN_ACTIONS))
        .order_by(Action.due_on, Action.label)
    )
    return tuple(
        pdf.interview_report.ActionLine(row.label, row.owner.label if row.owner else "", row.due_on, row.status.label)
        for row in rows
    )


def _referrals(session: Session, case_id: uuid.UUID) -> "tuple[pdf.interview_report.ReferralLine, ...]":
    rows = session.execute(
        select(name_column(), Referral.reason, Referral.status)
        .join(Referral, Referral.partner_id == Partner.id)
        .where(Referral.case_id == case_id, Referral.status != ReferralStatus.CANCELLED)
        .order_by(Referral.made_on.desc())
    )
    return tuple(pdf.interview_report.ReferralLine(name, reason, status.label) for name, reason, status in rows)
