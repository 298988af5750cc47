"""Which partners cover a commune, and what is known of how they answer. Used by proposals and the directory."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from boutique.models.choices import ReferralStatus, TerritoryLevel
from boutique.models.referral import Partner, PartnerTerritory, Referral
from boutique.services.context import context, place
from boutique.storage.reference_records import Commune

_ACCEPTED = (ReferralStatus.TAKEN_UP, ReferralStatus.SUCCEEDED)
_ANSWERED = (*_ACCEPTED, ReferralStatus.NO_FOLLOW_UP, ReferralStatus.REFUSED, ReferralStatus.UNREACHABLE)
_NEAREST = {level: rank for rank, level in enumerate(TerritoryLevel)}  # declared from the nearest to the widest


@dataclass(frozen=True, slots=True)
class Covering:
    """A partner that covers the commune asked for; `extent` says how, in French."""

    partner_id: uuid.UUID
    name: str
    type_code: str
    place: str
    extent: str
    nearness: int
    verified_on: date | None


@dataclass(frozen=True, slots=True)
class Record:
    """How a partner answered so far: `answers` out of `referrals`, share accepted, median days."""

    referrals: int
    answers: int
    accepted_share: float | None
    median_days: int | None


def covering(session: Session, commune_code: str | None, types: Collection[str]) -> tuple[Covering, ...]:
    """Living partners of these types that cover the commune; without a commune, those of the whole country."""
    commune = context(session).reference.commune(commune_code) if commune_code else None
    rows = session.execute(
        select(
            Partner.id,
            Partner.name,
            Partner.type_code,
            Partner.commune_code,
            Partner.verified_on,
            PartnerTerritory.level,
            PartnerTerritory.code,
        )
        .join(PartnerTerritory, PartnerTerritory.partner_id == Partner.id)
        .where(Partner.archived_on.is_(None), Partner.type_code.in_(types), covers(commune))
    )
    best: dict[uuid.UUID, Covering] = {}
    for partner_id, name, type_code, at, verified_on, level, _code in rows:
        near = _NEAREST[level]
        if partner_id not in best or near < best[partner_id].nearness:
            extent = _extent(level, commune)
            best[partner_id] = Covering(
                partner_id, name, type_code or "", place(session, at), extent, near, verified_on
            )
    return tuple(best.values())


def covers(commune: Commune | None) -> ColumnElement[bool]:
    """Condition on a territory: it contains the commune (the whole country only, without a commune)."""
    national = PartnerTerritory.level == TerritoryLevel.NATIONAL
    if commune is None:
        return national
    pairs = [
        (TerritoryLevel.COMMUNE, commune.code),
        (TerritoryLevel.EPCI, commune.epci_code),
        (TerritoryLevel.DEPARTMENT, commune.department_code),
        (TerritoryLevel.REGION, commune.region_code),
    ]
    return or_(
        national,
        *(and_(PartnerTerritory.level == level, PartnerTerritory.code == code) for level, code in pairs if code),
    )


def _extent(level: TerritoryLevel, commune: Commune | None) -> str:
    if commune is None or level is TerritoryLevel.NATIONAL:
        return "couvre toute la France"
    return {
        TerritoryLevel.COMMUNE: f"couvre {commune.name}",
        TerritoryLevel.EPCI: f"couvre {commune.name} ({commune.epci})",
        TerritoryLevel.DEPARTMENT: f"couvre {commune.name} ({commune.department})",
        TerritoryLevel.REGION: f"couvre {commune.name} ({commune.region})",
    }[level]


def records(session: Session, partners: Iterable[uuid.UUID]) -> dict[uuid.UUID, Record]:
    """How these partners answered the referrals made to them."""
    rows = session.execute(
        select(Referral.partner_id, Referral.status, Referral.made_on, Referral.answered_on).where(
            Referral.partner_id.in_(list(partners))
        )
    )
    by_partner: dict[uuid.UUID, list[tuple[ReferralStatus, date, date | None]]] = {}
    for partner_id, status, made_on, answered_on in rows:
        by_partner.setdefault(partner_id, []).append((status, made_on, answered_on))
    return {partner_id: _record(made) for partner_id, made in by_partner.items()}


def _record(made: list[tuple[ReferralStatus, date, date | None]]) -> Record:
    answered = [status for status, _, _ in made if status in _ANSWERED]
    delays = [(answer - sent).days for _, sent, answer in made if answer is not None]
    return Record(
        referrals=len(made),
        answers=len(answered),
        accepted_share=sum(status in _ACCEPTED for status in answered) / len(answered) if answered else None,
        median_days=round(median(delays)) if delays else None,
    )
