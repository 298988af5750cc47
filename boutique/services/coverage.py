"""Which partners cover a commune, and what is known of how they answer. Used by proposals and the directory."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from boutique.models.choices import Public, ReferralStatus, TerritoryLevel
from boutique.models.referral import Partner, PartnerTerritory, Referral
from boutique.services import own_territories, partner_people
from boutique.services.context import context, place
from boutique.services.partner_names import inherited_column, lists, name_column
from boutique.storage.reference_records import Commune

ACCEPTED = (ReferralStatus.TAKEN_UP, ReferralStatus.SUCCEEDED)
ANSWERED = (*ACCEPTED, ReferralStatus.NO_FOLLOW_UP, ReferralStatus.REFUSED, ReferralStatus.UNREACHABLE)
_NEAREST = {level: rank for rank, level in enumerate(TerritoryLevel)}  # declared from the nearest to the widest


@dataclass(frozen=True, slots=True)
class Covering:
    """A partner that covers the commune asked for; `extent` says how, `away` until when nobody answers, in French."""

    partner_id: uuid.UUID
    name: str
    type_code: str
    place: str
    extent: str
    nearness: int
    verified_on: date | None
    review_months: int | None = None
    publics: tuple[Public, ...] = ()
    themes: tuple[str, ...] = ()
    parent_id: uuid.UUID | None = None
    away: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """How a partner answered so far: `accepted` of `answers`, out of `referrals`; median days of `timed` answers."""

    referrals: int
    answers: int
    accepted: int
    median_days: int | None
    timed: int

    @property
    def accepted_share(self) -> float | None:
        return self.accepted / self.answers if self.answers else None


NO_RECORD = Record(0, 0, 0, None, 0)


def covering(
    session: Session, commune_code: str | None, types: Collection[str], themes: Collection[str] = ()
) -> tuple[Covering, ...]:
    """Living partners of these types, or whose sheet says one of these themes, that cover the commune.

    Without a commune, those of the whole country. An institution steps back before its antennes of the same type.
    """
    commune = context(session).reference.commune(commune_code) if commune_code else None
    own = own_territories.names(session) if commune is not None else {}
    rows = session.execute(
        select(
            Partner.id,
            name_column(),
            Partner.type_code,
            Partner.commune_code,
            Partner.verified_on,
            Partner.review_months,
            inherited_column(Partner.publics),
            inherited_column(Partner.themes),
            Partner.parent_id,
            PartnerTerritory.level,
            PartnerTerritory.code,
        )
        .join(PartnerTerritory, PartnerTerritory.partner_id == Partner.id)
        .where(Partner.archived_on.is_(None), or_(Partner.type_code.in_(types), *map(says_theme, themes)))
        .where(covers(session, commune))
    )
    best: dict[uuid.UUID, Covering] = {}
    for partner_id, name, type_code, at, verified_on, months, publics, said, parent_id, level, code in rows:
        near = _NEAREST[level]
        if partner_id not in best or near < best[partner_id].nearness:
            best[partner_id] = Covering(
                partner_id,
                name,
                type_code or "",
                place(session, at),
                _extent(level, commune, own.get(code, "")),
                near,
                verified_on,
                months,
                publics or (),
                said or (),
                parent_id,
            )
    return _present(session, best)


def _present(session: Session, found: dict[uuid.UUID, Covering]) -> tuple[Covering, ...]:
    """Without the institutions whose antennes are there; who is away is told."""
    nearer = {(one.parent_id, one.type_code) for one in found.values()}
    kept = [one for one in found.values() if (one.partner_id, one.type_code) not in nearer]
    away = partner_people.away(session, [one.partner_id for one in kept])
    return tuple(replace(one, away=away[one.partner_id].told()) if one.partner_id in away else one for one in kept)


def says_theme(theme: str) -> ColumnElement[bool]:
    """Condition on a partner: its sheet, else that of its institution, says this theme."""
    return lists(Partner.themes, theme)


def covers(session: Session, commune: Commune | None) -> ColumnElement[bool]:
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
    ours = own_territories.containing(session, commune)
    return or_(
        national,
        and_(PartnerTerritory.level == TerritoryLevel.OWN, PartnerTerritory.code.in_(ours)),
        *(and_(PartnerTerritory.level == level, PartnerTerritory.code == code) for level, code in pairs if code),
    )


def _extent(level: TerritoryLevel, commune: Commune | None, own: str) -> str:
    if commune is None or level is TerritoryLevel.NATIONAL:
        return "couvre toute la France"
    return {
        TerritoryLevel.COMMUNE: f"couvre {commune.name}",
        TerritoryLevel.EPCI: f"couvre {commune.name} ({commune.epci})",
        TerritoryLevel.OWN: f"couvre {commune.name} ({own})",
        TerritoryLevel.DEPARTMENT: f"couvre {commune.name} ({commune.department})",
        TerritoryLevel.REGION: f"couvre {commune.name} ({commune.region})",
    }[level]


def records(session: Session, partners: Iterable[uuid.UUID]) -> dict[uuid.UUID, Record]:
    """How these partners answered the referrals made to them."""
    among = Referral.partner_id.in_(list(partners))
    counted = session.execute(
        select(
            Referral.partner_id,
            func.count(),
            func.count().filter(Referral.status.in_(ANSWERED)),
            func.count().filter(Referral.status.in_(ACCEPTED)),
        )
        .where(among)
        .group_by(Referral.partner_id)
    ).all()
    delays = _delays(session, among)
    return {
        partner_id: Record(made, answers, accepted, *delays.get(partner_id, (None, 0)))
        for partner_id, made, answers, accepted in counted
    }


def _delays(session: Session, among: ColumnElement[bool]) -> dict[uuid.UUID, tuple[int, int]]:
    """Median days to answer of each partner and how many answers it comes from, worked out by the base."""
    days = func.julianday(Referral.answered_on) - func.julianday(Referral.made_on)
    whose = Referral.partner_id
    ranked = (
        select(
            whose.label("partner_id"),
            days.label("days"),
            func.row_number().over(partition_by=whose, order_by=days).label("place"),
            func.count().over(partition_by=whose).label("timed"),
        )
        .where(among, Referral.answered_on.is_not(None))
        .subquery()
    )
    middle = ranked.c.place.in_(((ranked.c.timed + 1) // 2, (ranked.c.timed + 2) // 2))
    rows = session.execute(
        select(ranked.c.partner_id, func.avg(ranked.c.days), ranked.c.timed).where(middle).group_by(ranked.c.partner_id)
    )
    return {partner_id: (round(median), timed) for partner_id, median, timed in rows}


def usual_acceptance(session: Session) -> float | None:
    """Share of the answers that are a yes over the whole base; None when nobody answered yet."""
    answers, accepted = session.execute(
        select(
            func.count().filter(Referral.status.in_(ANSWERED)), func.count().filter(Referral.status.in_(ACCEPTED))
        ).select_from(Referral)
    ).one()
    return accepted / answers if answers else None
