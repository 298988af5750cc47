"""Workshops of the fictitious base: the usual modules, a session a fortnight, one full and one to conclude."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.models.base import Record
from boutique.models.case import Case
from boutique.models.choices import Gender, Prescriber, ZoningState
from boutique.models.structure import Site
from boutique.models.workshop import AnonymousHeads, Attendance, Enrolment, Workshop, WorkshopHalfDay, WorkshopModule
from boutique.models.workshop_choices import EnrolmentState, WorkshopState
from boutique.services.demo_data import COMMUNES, FAMILIES, MEN, WOMEN
from boutique.services.demo_files import World
from boutique.services.workshops import modules

# Days from the last one: one a fortnight, the one of yesterday still to conclude, three to come.
_DAYS = (-161, -147, -133, -119, -105, -91, -77, -63, -49, -35, -21, -7, -1, 6, 13, 27)
_CANCELLED, _WHOLE_DAY, _FULL = -63, (-91, 13), 6
_MORNING, _AFTERNOON = (9 * 60, 12 * 60), (14 * 60, 17 * 60)
_SPEAKERS = ("Mme Leroy, Chambre de métiers", "M. Caron, expert-comptable", "Mme Duval, Adie", None)
_SUMMARY = "Chacun repart avec son calcul de prix. À revoir : les charges sociales et la marge sur les petites séries."
_SITE_SHARE, _CAME, _CONSENTS = 0.6, 0.82, (True, True, False, None)
_MOBILE = "+336399865"  # kept for fiction, out of the reach of the fictitious files


def add(session: Session, world: World, seed: int) -> None:
    """The catalogue, then sessions with people of the files, people who have none and people without a name."""
    rng = Random(f"{seed}/workshops")  # noqa: S311 - the same again, on purpose
    modules.add_usual(session)
    offered = session.scalars(select(WorkshopModule).order_by(WorkshopModule.title)).all()
    offered[0].programme_id = world.programmes[0]
    cases = session.scalars(select(Case).order_by(Case.reference)).all()
    home = session.get_one(Site, world.sites[0]).commune_code
    for rank, offset in enumerate(_DAYS):
        day = world.until + timedelta(offset)
        session.add_all(_session(rng, world, offered[rank % len(offered)], day, cases, home))
        session.flush()


def _session(
    rng: Random, world: World, module: WorkshopModule, day: date, cases: Sequence[Case], home: str | None
) -> Iterator[Record]:
    offset, away = (day - world.until).days, rng.random() > _SITE_SHARE
    state = WorkshopState.HELD if offset < -1 else WorkshopState.PLANNED
    row = Workshop(
        module_id=module.id,
        site_id=None if away else world.sites[0],
        counsellor_id=rng.choice(world.counsellors),
        programme_id=module.programme_id,
        starts_on=day,
        title=module.title,
        capacity=module.capacity,
        speaker=rng.choice(_SPEAKERS),
        place="Maison France Services" if away else None,
        commune_code=rng.choice(list(COMMUNES)) if away else home,
        in_qpv=rng.choice((ZoningState.YES, ZoningState.NO)),
        state=WorkshopState.CANCELLED if offset == _CANCELLED else state,
        cancel_reason="Intervenant empêché" if offset == _CANCELLED else None,
    )
    hours = (_MORNING, _AFTERNOON) if offset in _WHOLE_DAY else (_MORNING,)
    halves = [WorkshopHalfDay(workshop_id=row.id, held_on=day, starts_at=start, ends_at=end) for start, end in hours]
    enrolled = list(_enrolled(rng, row, cases, world.until))
    if row.state is WorkshopState.HELD:
        _conclude(rng, row, world.until)
    yield row
    yield from halves
    yield from enrolled
    if row.state is WorkshopState.HELD:
        yield from _attendance(rng, enrolled, halves)
    left = row.capacity - len(enrolled)
    if left > 0 and rng.random() < 0.5:
        heads = rng.randint(1, min(left, 4))
        came = heads if row.state is WorkshopState.HELD else None
        yield AnonymousHeads(workshop_id=row.id, heads=heads, came=came, gender=rng.choice((None, Gender.FEMALE)))


def _conclude(rng: Random, row: Workshop, until: date) -> None:
    """The synthesis of the latest ones waits; most were rated."""
    row.ratings = [0, rng.randint(0, 1), rng.randint(0, 2), rng.randint(1, 4), rng.randint(1, 4)]
    row.summary = _SUMMARY
    sent = row.starts_on + timedelta(rng.randint(2, 6))
    row.summary_sent_on = sent if sent < until - timedelta(7) else None


def _enrolled(rng: Random, row: Workshop, cases: Sequence[Case], until: date) -> Iterator[Enrolment]:
    """More than there are places in the one that is full: the last ones wait."""
    open_ = [case for case in cases if case.opened_on <= min(row.starts_on, until)]
    full = (row.starts_on - until).days == _FULL
    wanted = row.capacity + 2 if full else rng.randint(3, max(3, row.capacity - 3))
    people = rng.sample(open_, min(len(open_), wanted - 2))
    seen, rank = set(), 0
    for case in people:
        if case.person_id not in seen:  # somebody may have two files
            seen.add(case.person_id)
            yield _placed(Enrolment(workshop_id=row.id, person_id=case.person_id, case_id=case.id), row, rank)
            rank += 1
    while rank < wanted:
        yield _placed(_without_file(rng, row), row, rank)
        rank += 1


def _placed(one: Enrolment, row: Workshop, rank: int) -> Enrolment:
    one.state = EnrolmentState.ENROLLED if rank < row.capacity else EnrolmentState.WAITING
    return one


def _without_file(rng: Random, row: Workshop) -> Enrolment:
    return Enrolment(
        workshop_id=row.id,
        first_name=rng.choice((*WOMEN, *MEN)),
        last_name=rng.choice(FAMILIES),
        commune_code=rng.choice(list(COMMUNES)),
        phone=f"{_MOBILE}{rng.randint(0, 99):02d}",
        prescriber=rng.choice((None, Prescriber.FRANCE_TRAVAIL, Prescriber.TOWN_HALL, Prescriber.WORD_OF_MOUTH)),
        contact_consent=rng.choice(_CONSENTS),
    )


def _attendance(rng: Random, enrolled: Sequence[Enrolment], halves: Sequence[WorkshopHalfDay]) -> Iterator[Attendance]:
    for one in enrolled:
        came = rng.random() < _CAME
        for half in halves:
            yield Attendance(enrolment_id=one.id, half_day_id=half.id, present=came)
