"""Referrals made before to the same person, in all their files: shown first, and told beside each proposal."""

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.clock import today
from boutique.models.case import Case
from boutique.models.choices import ReferralStatus
from boutique.models.referral import Partner, Referral, ReferralEvent
from boutique.rules.lists import load_refusal_reasons
from boutique.services.partner_names import name_column


@dataclass(frozen=True, slots=True)
class Earlier:
    """One earlier referral; `told` continues « déjà orientée »: « le 3 mars : refusée, public non concerné »."""

    referral_id: uuid.UUID
    case_id: uuid.UUID
    case_reference: str
    partner_id: uuid.UUID
    partner: str
    made_on: date
    status: ReferralStatus
    told: str

    @property
    def sentence(self) -> str:
        """« Déjà orientée vers la CMA le 3 mars : refusée, public non concerné »."""
        return f"Déjà orientée vers {self.partner} {self.told}"


def of_person(session: Session, case_id: uuid.UUID) -> tuple[Earlier, ...]:
    """Earlier referrals of the person of a file, the latest first; those that were cancelled are left out."""
    person = select(Case.person_id).where(Case.id == case_id).scalar_subquery()
    latest = (
        select(ReferralEvent.refusal_code)
        .where(ReferralEvent.referral_id == Referral.id, ReferralEvent.refusal_code.is_not(None))
        .order_by(ReferralEvent.happened_on.desc(), ReferralEvent.created_at.desc())
        .limit(1)
        .correlate(Referral)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            Referral.id,
            Referral.case_id,
            Case.reference,
            Referral.partner_id,
            name_column(),
            Referral.made_on,
            Referral.status,
            latest.label("refusal"),
        )
        .join(Case, Case.id == Referral.case_id)
        .join(Partner, Partner.id == Referral.partner_id)
        .where(Case.person_id == person, Referral.status != ReferralStatus.CANCELLED)
        .order_by(Referral.made_on.desc(), Referral.reference.desc())
    )
    return tuple(
        Earlier(
            row.id,
            row.case_id,
            row.reference,
            row.partner_id,
            row.name,
            row.made_on,
            row.status,
            _told(row.made_on, row.status, row.refusal),
        )
        for row in rows
    )


def _told(made_on: date, status: ReferralStatus, refusal: str | None) -> str:
    reason = load_refusal_reasons().get(refusal or "")
    gone = status in (ReferralStatus.REFUSED, ReferralStatus.NO_FOLLOW_UP)
    why = f", {reason.label.lower()}" if reason is not None and gone else ""
    return f"le {_day(made_on)}\u00a0: {status.label.lower()}{why}"


def _day(day: date) -> str:
    """« 3 mars », with its year when it is another one."""
    name = "1er" if day.day == 1 else str(day.day)
    year = "" if day.year == today().year else f" {day.year}"
    return f"{name} {french.MONTHS[day.month - 1]}{year}"
