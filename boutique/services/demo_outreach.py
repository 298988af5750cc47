"""Outdoor work of the fictitious base: permanences held, visits to businesses, meetings with partners (see `demo`)."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.models.agenda import OutreachSession
from boutique.models.base import Record
from boutique.models.case import Interview
from boutique.models.choices import ZoningState
from boutique.models.outreach import BusinessVisit, KnownBusinesses, OutreachDay, PartnerMeeting, VisitAction
from boutique.models.outreach_choices import BusinessSize, CancelReason, OutreachState, VisitPurpose
from boutique.models.structure import Site
from boutique.rules.outreach import load_business_needs
from boutique.services.demo_files import World
from boutique.services.demo_partners import KnownPartner

_MORNING, _NOON, _EVENING = 9 * 60, 12 * 60, 17 * 60
_MOST_DAYS, _FORTNIGHT = 400, 15
_HOSTS = {"62361": "Mairie de Frévent", "62060": "France services d’Auxi-le-Château", "62041": "Maison des services",
          "62652": "Salle des associations de Pernes"}  # fmt: skip
_DISTRICT_TOWN, _DISTRICT = "62041", "QN06299F"  # no district bears this code
_NAMES = (
    "Menuiserie Delattre", "Garage du Ternois", "Boulangerie Caron", "Textiles de la Canche", "Transports Lefebvre",
    "Salon Au fil des mèches", "Ferme des Trois Ormes", "Imprimerie de l’Authie", "Couverture Hocquet",
    "Biscuiterie d’Artois", "Atelier Bécu, métallerie", "Les Serres de Pernes",
)  # fmt: skip
_PLACES = ("62361", "62767", "62060", "62767", "62652", "62361")
_ACTIVITIES = ("43.32A", "45.20A", "10.71C", "13.20Z", "49.41A", "96.02A")
_PROMISES = ("Envoyer les coordonnées du relais petite enfance", "Mettre en lien avec la Pépinière",
             "Rappeler après le conseil communautaire", "Transmettre la liste des locaux libres")  # fmt: skip
_NOTES = ("Cherche deux apprentis pour septembre.", "Départ en retraite dans trois ans, pas de repreneur connu.", None)
_KNOWN = (("62361", 214), ("62767", 402), ("62060", 131), ("62652", 98))
_TOPICS = (
    ("Point trimestriel sur les orientations", "Envoyer la liste des dossiers sans réponse"),
    ("Présentation de la nouvelle chargée d’accueil", None),
    ("Préparer le forum des entrepreneurs", "Réserver la salle"),
    ("Convention de partenariat", "Relire le projet de convention"),
)


def outdoors(session: Session, world: World, partners: Sequence[KnownPartner], seed: int) -> Iterator[Record]:
    """Drawn apart: nothing else of the base changes with what is added here."""
    rng = Random(f"{seed}/outreach")  # noqa: S311 - the same again, on purpose
    yield from _foreseen(session, world)
    yield from _others(session, world)
    yield from _visits(rng, world)
    yield from (
        KnownBusinesses(commune_code=code, count=count, source="Insee, Sirene (données fictives)",
                        counted_on=world.until - timedelta(120))
        for code, count in _KNOWN
    )  # fmt: skip
    yield from _meetings(rng, world, partners)


def _foreseen(session: Session, world: World) -> Iterator[Record]:
    """The rule of the demonstration: one cancelled, the last one still to be confirmed."""
    rule = session.scalars(
        select(OutreachSession)
        .where(OutreachSession.site_id == world.sites[-1])
        .order_by(OutreachSession.created_at.desc())  # that of this filling
    ).first()
    if rule is None:
        return
    days = [rule.starts_on + timedelta(7 * week) for week in range(60)]
    past = [day for day in days if day < world.until][:-1]
    for number, day in enumerate(past):
        cancelled = number == len(past) // 2
        yield OutreachDay(
            id=uuid.uuid5(rule.id, day.isoformat()),
            rule_id=rule.id,
            expected_on=day,
            site_id=rule.site_id,
            counsellor_id=rule.counsellor_id,
            opens_at=rule.opens_at,
            closes_at=rule.closes_at,
            state=OutreachState.CANCELLED if cancelled else OutreachState.HELD,
            cancel_reason=CancelReason.WEATHER if cancelled else None,
            held_on=day,
            walk_ins=None if cancelled else number % 4,
            offline=None if cancelled else number % 3 == 0,
            **_place(session, rule.site_id),
        )


def _others(session: Session, world: World) -> Iterator[Record]:
    """A permanence each day that somebody was received out of the boutique."""
    places: dict[Any, dict[str, object]] = {site_id: _place(session, site_id) for site_id in world.sites[1:-1]}
    rows: Any = session.execute(
        select(Interview.held_on, Interview.site_id)
        .where(Interview.site_id.in_(places), Interview.held_on < world.until - timedelta(_FORTNIGHT))
        .where(Interview.attended.is_not(False))
        .distinct()
        .order_by(Interview.held_on.desc())
        .limit(_MOST_DAYS)
    ).all()
    rank: dict[Any, int] = {site_id: number for number, site_id in enumerate(world.sites)}
    for on, site_id in sorted(rows, key=lambda row: (row[0], rank[row[1]])):
        yield OutreachDay(
            site_id=site_id, opens_at=_MORNING, closes_at=_NOON if on.day % 2 else _EVENING, state=OutreachState.HELD,
            held_on=on, walk_ins=on.day % 3 or None, offline=on.day % 4 == 0, **places[site_id],
        )  # fmt: skip


def _place(session: Session, site_id: uuid.UUID) -> dict[str, object]:
    commune = session.scalar(select(Site.commune_code).where(Site.id == site_id))
    inside = commune == _DISTRICT_TOWN
    return {
        "commune_code": commune,
        "host": _HOSTS.get(commune or ""),
        "located_in_qpv": ZoningState.YES if inside else ZoningState.NO,
        "qpv_code": _DISTRICT if inside else None,
    }


def _visits(rng: Random, world: World) -> Iterator[Record]:
    needs = tuple(load_business_needs())
    for number, name in enumerate(_NAMES):
        on = world.until - timedelta(3 + 17 * number)
        row = BusinessVisit(
            visited_on=on,
            name=name,
            commune_code=_PLACES[number % len(_PLACES)],
            naf_code=_ACTIVITIES[number % len(_ACTIVITIES)],
            size=rng.choice(tuple(BusinessSize)[:3]),
            purpose=rng.choice(tuple(VisitPurpose)),
            needs=tuple(rng.sample(needs, rng.choice((0, 1, 2, 3)))) or None,
            note=rng.choice(_NOTES),
            next_on=on + timedelta(180) if number % 3 == 0 else None,
            counsellor_id=rng.choice(world.counsellors),
            site_id=world.sites[0],
        )
        yield row
        if number % 2 == 0:
            due = on + timedelta(30)
            done = due if due < world.until and number % 4 == 0 else None
            yield VisitAction(visit_id=row.id, label=rng.choice(_PROMISES), due_on=due, done_on=done)


def _meetings(rng: Random, world: World, partners: Sequence[KnownPartner]) -> Iterator[Record]:
    for number in range(min(10, len(partners))):
        topic, follow_up = _TOPICS[number % len(_TOPICS)]
        on = world.until - timedelta(5 + 23 * number)
        yield PartnerMeeting(
            partner_id=rng.choice(partners).id,
            counsellor_id=rng.choice(world.counsellors),
            site_id=world.sites[0],
            met_on=on,
            topic=topic,
            follow_up=follow_up,
            follow_up_on=on + timedelta(21) if follow_up else None,
            follow_up_done_on=_done(on, world.until) if follow_up and number % 2 else None,
        )


def _done(met_on: date, until: date) -> date:
    return min(met_on + timedelta(18), until)
