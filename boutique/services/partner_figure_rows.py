"""What the figures of partners are counted on: referrals made, structures proposed, and how both are grouped."""

import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.models.case import Case
from boutique.models.choices import Choice, ReferralStatus
from boutique.models.person import Person
from boutique.models.proposal import ProposedPartner
from boutique.models.referral import Partner, Referral, ReferralEvent
from boutique.rules.partners import load_partner_types
from boutique.rules.period import Period
from boutique.rules.scope import Scope
from boutique.services import own_territories
from boutique.services.context import context, place_name
from boutique.services.narrowing import at_home, within
from boutique.services.partner_names import name_column

_UNSAID = (ReferralStatus.PREPARED, ReferralStatus.CANCELLED)
_NOWHERE = "Commune non connue"

Grouper = Callable[[Any], Iterable[tuple[str, str]]]  # what a row belongs to: key, label


class Group(Choice):
    """What one line is about; territories are those where the person lives."""

    PARTNER = "partner", "Structure"
    TYPE = "type", "Type"
    COMMUNE = "commune", "Commune"
    EPCI = "epci", "Intercommunalité"
    OWN = "own", "Pays"


@dataclass(frozen=True, slots=True)
class Shown:
    """A structure proposed to a file one day."""

    case_id: uuid.UUID
    case_reference: str
    partner_id: uuid.UUID
    name: str
    type_code: str | None
    commune_code: str | None
    on: date
    chosen: bool
    set_aside: str | None


def referrals(session: Session, period: Period, scope: Scope, *more: Any) -> Iterable[Any]:
    """Referrals made in the period and told to their partner, with the last coded reason."""
    refusal = (
        select(ReferralEvent.refusal_code)
        .where(ReferralEvent.referral_id == Referral.id, ReferralEvent.refusal_code.is_not(None))
        .order_by(ReferralEvent.happened_on.desc(), ReferralEvent.id.desc())
        .limit(1)
        .correlate(Referral)
        .scalar_subquery()
    )
    return session.execute(
        select(
            Referral.case_id,
            Case.reference.label("case_reference"),
            Referral.partner_id,
            name_column(),
            Partner.type_code,
            Person.commune_code,
            Referral.made_on.label("on"),
            Referral.status,
            Referral.answered_on,
            refusal.label("refusal"),
        )
        .join(Case, Case.id == Referral.case_id)
        .join(Person, Person.id == Case.person_id)
        .join(Partner, Partner.id == Referral.partner_id)
        .where(Referral.made_on.between(period.start, period.end), Referral.status.not_in(_UNSAID), *more)
        .where(*within(scope, Referral.site_id, Referral.counsellor_id), *at_home(scope))
    ).all()


def proposals(session: Session, period: Period, scope: Scope, *more: Any) -> Iterable[Shown]:
    """A structure counts once a day for a file: chosen if it was at any time, set aside if that was the last word."""
    found = session.execute(
        select(
            ProposedPartner.case_id,
            Case.reference.label("case_reference"),
            ProposedPartner.partner_id,
            name_column(),
            Partner.type_code,
            Person.commune_code,
            ProposedPartner.shown_on.label("on"),
            ProposedPartner.chosen,
            ProposedPartner.set_aside,
        )
        .join(Case, Case.id == ProposedPartner.case_id)
        .join(Person, Person.id == Case.person_id)
        .join(Partner, Partner.id == ProposedPartner.partner_id)
        .where(ProposedPartner.shown_on.between(period.start, period.end), ProposedPartner.rank > 0, *more)
        .where(*within(scope, ProposedPartner.site_id, ProposedPartner.counsellor_id), *at_home(scope))
        .order_by(ProposedPartner.id)
    )
    shown: dict[Any, Shown] = {}
    for row in found:
        key = (row.case_id, row.partner_id, row.on)
        before = shown.get(key)
        now = Shown(*row)
        shown[key] = replace(now, chosen=now.chosen or (before is not None and before.chosen))
    return shown.values()


def grouper(session: Session, by: Group) -> Grouper:
    """What each row belongs to, by key and label."""
    if by is Group.PARTNER:
        return _by_partner
    if by is Group.TYPE:
        return _by_type
    if by is Group.OWN:
        ours = own_territories.own(session)

        def by_own(row: Any) -> Iterator[tuple[str, str]]:
            for code, territory in ours.items():
                if row.commune_code in territory.communes:
                    yield code, territory.name

        return by_own
    reference = context(session).reference

    @cache
    def place(code: str | None) -> tuple[str, str]:
        commune = reference.commune(code) if code else None
        if by is Group.COMMUNE or commune is None:
            return code or "", place_name(reference, code) or _NOWHERE
        return commune.epci_code or "", commune.epci or "Sans intercommunalité"

    def by_place(row: Any) -> tuple[tuple[str, str]]:
        return (place(row.commune_code),)

    return by_place


def _by_partner(row: Any) -> tuple[tuple[str, str], ...]:
    return ((str(row.partner_id), row.name),)


def _by_type(row: Any) -> tuple[tuple[str, str], ...]:
    known = load_partner_types().get(row.type_code or "")
    return ((row.type_code or "", known.short if known else row.type_code or "Sans type"),)
