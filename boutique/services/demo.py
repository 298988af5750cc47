"""Fictitious files over eighteen months, to try the product, to show it and to measure it (`boutique demo`).

The same number of people, seed and last day always give the same content; only the identifiers differ.
"""

import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from boutique.core.text import fold
from boutique.models.base import Record
from boutique.models.case import Appointment, Case, Interview, Passage
from boutique.models.choices import Channel, Prescriber, Role, SiteKind
from boutique.models.own_figure import OwnFigure
from boutique.models.person import Person
from boutique.models.project import Business, Project
from boutique.models.referral import Partner, Referral
from boutique.models.structure import Counsellor, Site, Structure
from boutique.models.trace import Draft
from boutique.rules.lists import load_grid
from boutique.rules.needs import load_needs
from boutique.services import demo_pieces, demo_programmes, demo_workshops, grids
from boutique.services.demo_after import hand_over
from boutique.services.demo_agenda import agenda
from boutique.services.demo_data import COMMUNES, TRADES
from boutique.services.demo_directory import add_people_and_institutions
from boutique.services.demo_files import World, fill, open_file
from boutique.services.demo_money import money
from boutique.services.demo_outreach import outdoors
from boutique.services.demo_partners import KnownPartner, add_partners
from boutique.services.demo_people import Identity, identity, partner_of, person, phone_numbers
from boutique.services.demo_plan import Plan, calendar, made_on, number_in_order, plans
from boutique.services.demo_referrals import referrals
from boutique.services.demo_territory import territory
from boutique.services.workspace import Workspace

_BATCH = 200
_LABEL = "Données fictives"
_ANONYMOUS_SHARE = 0.35
_SITES = (
    ("Permanence de Frévent", "62361", 4),
    ("Permanence d’Auxi-le-Château", "62060", 2),
    ("Permanence d’Arras", "62041", 3),
    ("Permanence de Pernes", "62652", 1),
)
_COUNSELLORS = (
    ("Nadia", "Bouzid", Role.COORDINATOR),
    ("Thomas", "Delattre", Role.COUNSELLOR),
    ("Sofia", "Pereira", Role.COUNSELLOR),
)


@dataclass(frozen=True, slots=True)
class DemoCounts:
    """What was written."""

    people: int
    files: int
    passages: int
    interviews: int
    referrals: int
    partners: int
    businesses: int
    appointments: int


@dataclass(frozen=True, slots=True)
class _Cast:
    """Everything that was drawn before the first file is written."""

    seed: int
    plans: Sequence[Plan]
    identities: Sequence[Identity]
    world: World
    partners: Sequence[KnownPartner]


def populate(
    workspace: Workspace, *, people: int, seed: int, until: date, progress: Callable[[int, int], None] | None = None
) -> DemoCounts:
    """Fill a base with `people` fictitious files over the eighteen months before `until`."""
    counsellor = workspace.counsellor_id
    workspace.counsellor_id = None  # nobody did this by hand: it must not come up as something to undo
    try:
        rng = Random(f"{seed}/{people}/{until}")  # noqa: S311 - the same again, on purpose
        world, partners = workspace.write(_LABEL, _setting, rng, until)
        cast = workspace.read(_cast, rng, world, partners, people=people, seed=seed)
        projects: dict[int, Project] = {}
        for start in range(0, people, _BATCH):
            workspace.write(_LABEL, _write_files, cast, cast.plans[start : start + _BATCH], projects)
            if progress is not None:
                progress(min(start + _BATCH, people), people)
        workspace.write(_LABEL, _write_around, rng, cast, counsellor)
    finally:
        workspace.counsellor_id = counsellor
    return workspace.read(_counts)


def _setting(session: Session, rng: Random, until: date) -> tuple[World, list[KnownPartner]]:
    """Places, counsellors, partners and the identity of the structure, added to what the base has."""
    structure = session.scalars(select(Structure)).first()
    if structure is not None:
        _describe(structure)
    sites = list(session.scalars(select(Site).where(Site.closed_on.is_(None)).order_by(Site.created_at)))
    usual = {name: weight for name, _commune, weight in _SITES}
    there = {site.name for site in sites}
    sites += [
        Site(name=name, kind=SiteKind.OUTREACH, commune_code=commune)
        for name, commune, _weight in _SITES
        if name not in there
    ]
    weights = [usual.get(site.name, 6) for site in sites]
    counsellors = list(session.scalars(select(Counsellor).order_by(Counsellor.created_at)))
    known = {counsellor.first_name for counsellor in counsellors}
    newcomers = [
        Counsellor(first_name=first, last_name=last, role=role, email=f"{fold(first)}@exemple.fr", phone="+33353010090")
        for first, last, role in _COUNSELLORS
        if first not in known
    ]
    counsellors += newcomers[: max(0, len(_COUNSELLORS) - len(counsellors))]
    session.add_all([*sites, *counsellors])
    grids.keep(session, load_grid())
    partners = add_partners(session, rng, until)
    add_people_and_institutions(session, until)
    agreements = demo_programmes.programmes(until)
    session.add_all([*agreements, *demo_programmes.around(agreements, until)])
    if session.scalar(select(OwnFigure.id).limit(1)) is None:
        session.add_all(demo_programmes.own_figures())
    world = World(
        until=until,
        sites=tuple(site.id for site in sites),
        site_weights=tuple(weights),
        counsellors=tuple(counsellor.id for counsellor in counsellors[: len(_COUNSELLORS)]),
        subjects=tuple(subject.code for theme in load_needs() for subject in theme.subjects),
        programmes=tuple(agreement.id for agreement in agreements),
    )
    return world, partners


def _describe(structure: Structure) -> None:
    structure.legal_name = structure.legal_name or "Association loi 1901"
    structure.address = structure.address or "12 place de la Mairie"
    structure.postal_line = structure.postal_line or "62130 Saint-Pol-sur-Ternoise"
    structure.phone = structure.phone or "+33353010010"
    structure.email = structure.email or "accueil@exemple.fr"
    structure.dpo_contact = structure.dpo_contact or "donnees@exemple.fr"


def _cast(
    session: Session, rng: Random, world: World, partners: list[KnownPartner], *, people: int, seed: int
) -> _Cast:
    """Who comes and when; references follow the dates and go on after those of the base."""
    drawn = plans(rng, people=people, until=world.until)
    opened = [plan.opened_on for plan in drawn]
    for plan, reference in zip(drawn, number_in_order("", opened, _taken(session, Case, "")), strict=True):
        plan.reference = reference
    sendings = sorted((sending for plan in drawn for sending in plan.sendings), key=made_on)
    made = [sending.made_on for sending in sendings]
    for sending, reference in zip(sendings, number_in_order("O-", made, _taken(session, Referral, "O-")), strict=True):
        sending.reference = reference
    return _Cast(seed, drawn, _identities(rng, drawn, world.until), world, partners)


def _taken(session: Session, model: type[Case] | type[Referral], prefix: str) -> dict[int, int]:
    """The last number used in each year."""
    taken: dict[int, int] = {}
    for reference in session.scalars(select(model.reference).where(model.reference.startswith(prefix))):
        year, number = reference.removeprefix(prefix).split("-")
        taken[int(year)] = max(taken.get(int(year), 0), int(number))
    return taken


def _identities(rng: Random, drawn: Sequence[Plan], until: date) -> list[Identity]:
    found: list[Identity] = []
    numbers = phone_numbers(rng)
    for plan in drawn:
        if plan.couple_with is not None:
            found.append(partner_of(rng, found[plan.couple_with], until))
        elif plan.copy_of is not None:
            original = found[plan.copy_of]
            found.append(replace(original, last_name=original.last_name.upper(), phone=next(numbers)))
        else:
            found.append(identity(rng, next(numbers), until))
    return found


def _write_files(session: Session, cast: _Cast, batch: Sequence[Plan], projects: dict[int, Project]) -> None:
    for plan in batch:
        rng = Random(f"{cast.seed}/file/{plan.number}")  # noqa: S311
        careful = min(1.0, 0.55 + 0.16 * len(plan.meetings) + rng.uniform(-0.15, 0.15))
        who = person(rng, cast.identities[plan.number], careful=careful)
        shared = projects.pop(plan.couple_with, None) if plan.couple_with is not None else None
        if shared is not None and rng.random() < 0.4:
            shared = None  # each their own project
        file = open_file(plan, rng, cast.world, who, shared, rng.choice(TRADES))
        fill(file)
        demo_programmes.charge(file, cast.world.programmes)
        session.add_all(file.rows)
        session.add_all(referrals(file, cast.partners))
        session.add_all(money(file, Random(f"{cast.seed}/money/{plan.number}")))  # noqa: S311
        session.flush()  # one file at a time: the journal looks for the owner of a row among those in hand
        projects[plan.number] = file.project
        projects.pop(plan.number - 2, None)


def _write_around(session: Session, rng: Random, cast: _Cast, counsellor: uuid.UUID | None) -> None:
    """What belongs to no file: anonymous visits, the agenda around the last day, forms left unfinished."""
    session.add_all(_anonymous(rng, cast))
    session.add_all(agenda(session, cast.world, cast.seed))
    session.flush()
    session.add_all(outdoors(session, cast.world, cast.partners, cast.seed))
    session.add_all(_drafts(cast, counsellor, session))
    session.add_all(territory(session))
    demo_pieces.add(session, cast.world.until)
    demo_workshops.add(session, cast.world, cast.seed)
    hand_over(session, counsellor or cast.world.counsellors[0], cast.world.counsellors, cast.world.until)


def _anonymous(rng: Random, cast: _Cast) -> Iterator[Record]:
    days, weights = calendar(cast.world.until)
    drawn = rng.choices(days, weights, k=round(len(cast.plans) * _ANONYMOUS_SHARE))
    for day in [*sorted(drawn), cast.world.until, cast.world.until]:
        yield Passage(
            happened_on=day,
            channel=rng.choices(tuple(Channel), (60, 4, 24, 1, 6, 0, 5))[0],
            prescriber=rng.choice((None, *Prescriber)),
            needs=rng.choice(TRADES).needs[:1] or None,
            minutes=rng.choice((5, 10, 15)),
            counsellor_id=rng.choice(cast.world.counsellors),
            site_id=rng.choices(cast.world.sites, cast.world.site_weights)[0],
            commune_code=rng.choice(list(COMMUNES)) if rng.random() < 0.6 else None,
        )


def _drafts(cast: _Cast, counsellor: uuid.UUID | None, session: Session) -> Iterator[Draft]:
    yesterday = datetime.combine(cast.world.until - timedelta(1), time(17, 52)).astimezone()
    yield Draft(
        form="intake",
        author_id=counsellor,
        updated_at=yesterday,
        answers={"holder.first_name": "Inès", "holder.last_name": "", "project.summary": "Vente sur les marchés"},
    )
    met = [plan.reference for plan in cast.plans if plan.meetings and plan.closed_on is None]
    case = session.scalar(select(Case.id).where(Case.reference == met[-1])) if met else None
    if case is not None:
        yield Draft(
            form="interview",
            author_id=counsellor,
            subject_id=case,
            updated_at=yesterday - timedelta(hours=2),
            answers={"interview.summary": "Point sur les devis reçus, à terminer", "interview.minutes": "45"},
        )


def _counts(session: Session) -> DemoCounts:
    models = (Person, Case, Passage, Interview, Referral, Partner, Business, Appointment)
    return DemoCounts(*(session.scalar(select(func.count()).select_from(model)) or 0 for model in models))
