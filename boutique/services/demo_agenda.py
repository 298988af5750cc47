"""The agenda of the fictitious base: two weeks behind, two weeks ahead, and a permanence every Thursday."""

import uuid
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core.clock import local
from boutique.models.agenda import OutreachSession
from boutique.models.base import Record
from boutique.models.case import Appointment, Case
from boutique.models.choices import AppointmentStatus, InterviewMode, Rhythm
from boutique.services.demo_files import World

_AROUND, _MORNING, _NOON = 14, 9 * 60, 12 * 60
_HOURS = (9, 10, 11, 14, 15, 16)
_MODES = (InterviewMode.ON_SITE, InterviewMode.ON_SITE, InterviewMode.ON_SITE, InterviewMode.REMOTE)
_THURSDAY = 3
_ENDED = (AppointmentStatus.DONE, AppointmentStatus.MISSED, AppointmentStatus.CANCELLED)
_WITHOUT_FILE = ("Réunion d’équipe", "Comité d’engagement", "Forum des associations", "Point avec la mairie")


def agenda(session: Session, world: World, seed: int) -> Iterator[Record]:
    """Appointments of files under way, some without a file, and one permanence; never on the last day itself."""
    rng = Random(f"{seed}/agenda")  # noqa: S311 - the same again, on purpose
    thursday = world.until - timedelta((world.until.weekday() - _THURSDAY) % 7 + 56)
    yield OutreachSession(
        site_id=world.sites[-1],
        counsellor_id=world.counsellors[-1],
        rhythm=Rhythm.WEEKLY,
        starts_on=thursday,
        opens_at=_MORNING,
        closes_at=_NOON,
    )
    cases = session.execute(
        select(Case.id, Case.counsellor_id, Case.site_id).where(Case.closed_on.is_(None)).order_by(Case.reference)
    ).all()
    left = 2  # past ones of which nobody said what became of them
    for offset in range(-_AROUND, _AROUND + 1):
        day = world.until + timedelta(offset)
        if day.weekday() > 4 or offset == 0:
            continue
        for hour in sorted(rng.sample(_HOURS, rng.choice((1, 2, 2)))):
            waits = -7 <= offset < 0 and left > 0 and rng.random() < 0.4
            left -= waits
            status = AppointmentStatus.PLANNED if waits or offset > 0 else rng.choices(_ENDED, (8, 1, 1))[0]
            with_file = bool(cases) and rng.random() < 0.8
            case = rng.choice(cases) if with_file else None
            site = world.sites[-1] if day.weekday() == _THURSDAY and hour < 12 else world.sites[0]
            yield _appointment(rng, world, day, hour, status, case[0] if case else None, site)


def _appointment(
    rng: Random, world: World, day: date, hour: int, status: AppointmentStatus, case: uuid.UUID | None, site: uuid.UUID
) -> Appointment:
    return Appointment(
        case_id=case,
        counsellor_id=rng.choices(world.counsellors, (6, 3, 2)[: len(world.counsellors)])[0],
        site_id=site,
        starts_at=local(datetime.combine(day, time(hour)).astimezone()),
        minutes=rng.choice((45, 60, 60)),
        title=None if case else rng.choice(_WITHOUT_FILE),
        mode=rng.choice(_MODES),
        status=status,
    )
