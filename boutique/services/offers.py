"""Proposals kept with a file: shown, chosen, set aside with a reason. For Orientations and the figures of partners.

What stands further down the list than the last one chosen, beyond the first few, was hardly looked at: it is not kept.
A structure is kept once a day for a file, whatever the number of referrals made that day.
"""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from boutique.core.clock import today
from boutique.core.errors import UserError
from boutique.models.proposal import ProposedPartner
from boutique.rules.choice_reasons import load_set_aside_reasons
from boutique.services.context import context

_LOOKED_AT = 5


@dataclass(frozen=True, slots=True)
class Offer:
    """A structure as it stood in the list; `rank` from 1, 0 when it was not in it."""

    partner_id: uuid.UUID
    rank: int
    subject_code: str | None
    rules: tuple[str, ...]
    set_aside: str | None = None


def keep(session: Session, case_id: uuid.UUID, shown: Iterable[Offer], chosen: Collection[uuid.UUID]) -> None:
    """A referral is made: keep what was proposed at that moment and what was chosen."""
    offers = tuple(shown)
    last = max((offer.rank for offer in offers if offer.partner_id in chosen), default=0)
    known = _kept_today(session, case_id)
    for offer in offers:
        taken = offer.partner_id in chosen
        if taken or (offer.rank <= max(last, _LOOKED_AT) and offer.partner_id not in known):
            _add(session, case_id, offer, chosen=taken)


def set_aside(session: Session, case_id: uuid.UUID, offer: Offer, reason: str | None) -> None:
    """This proposal is not for this person (`reason`: a code of the list), or it is again (None)."""
    if reason is not None and reason not in load_set_aside_reasons():
        raise UserError("Choisissez dans la liste pourquoi cette structure est écartée.")
    _add(session, case_id, replace(offer, set_aside=reason), chosen=False)


def reasons_aside(session: Session, case_id: uuid.UUID) -> dict[uuid.UUID, str]:
    """Structures set aside for a file, with the code of the reason."""
    latest = select(func.max(ProposedPartner.id)).where(ProposedPartner.case_id == case_id)
    rows = session.execute(
        select(ProposedPartner.partner_id, ProposedPartner.set_aside).where(
            ProposedPartner.id.in_(latest.group_by(ProposedPartner.partner_id)),
            ProposedPartner.set_aside.is_not(None),
        )
    )
    return {partner_id: str(code) for partner_id, code in rows}


def _kept_today(session: Session, case_id: uuid.UUID) -> frozenset[uuid.UUID]:
    kept = select(ProposedPartner.partner_id).where(
        ProposedPartner.case_id == case_id, ProposedPartner.shown_on == today()
    )
    return frozenset(session.scalars(kept))


def _add(session: Session, case_id: uuid.UUID, offer: Offer, *, chosen: bool) -> None:
    here = context(session)
    session.add(
        ProposedPartner(
            case_id=case_id,
            partner_id=offer.partner_id,
            shown_on=today(),
            rank=offer.rank,
            subject_code=offer.subject_code,
            rules=offer.rules,
            chosen=chosen,
            set_aside=None if chosen else offer.set_aside,
            counsellor_id=here.counsellor_id,
            site_id=here.site_id,
        )
    )
