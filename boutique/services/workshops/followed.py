"""The workshops of one person: enrolled, present, absent. For the file and the synthesis of a journey."""

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.models.structure import Site
from boutique.models.workshop import Attendance, Enrolment, Workshop
from boutique.models.workshop_choices import EnrolmentState, WorkshopState
from boutique.services import answers as answers_service
from boutique.services.workshops import half_days, sheets
from boutique.services.workshops.half_days import HalfDay
from boutique.services.workshops.sheets import SessionLine

_OFFERED = 12
PRESENT, ABSENT, CANCELLED = "Présent·e", "Absent·e", "Séance annulée"


@dataclass(frozen=True, slots=True)
class FollowedWorkshop:
    """One session a person was enrolled in; `minutes` are those of the half-days they came to."""

    workshop_id: uuid.UUID
    enrolment_id: uuid.UUID
    title: str
    starts_on: date
    when: str
    place: str
    presence: str
    came: bool
    minutes: int


@dataclass(frozen=True, slots=True)
class Workshops:
    """What the file shows: those followed, and those to come that the person may still join (identifier, words)."""

    followed: tuple[FollowedWorkshop, ...]
    offered: tuple[tuple[uuid.UUID, str], ...]


def in_file(session: Session, case_id: uuid.UUID) -> Workshops:
    """Both, for the tab of a file."""
    known = of_case(session, case_id)
    enrolled = {one.workshop_id for one in known}
    coming = [one for one in sheets.listing(session).rows if one.state is WorkshopState.PLANNED]
    offered = [(one.id, _offer(one)) for one in coming if one.id not in enrolled]
    return Workshops(known, tuple(offered[:_OFFERED]))


def of_case(session: Session, case_id: uuid.UUID) -> tuple[FollowedWorkshop, ...]:
    """Of the holder of a file, the latest first."""
    case = answers_service.case_of(session, case_id)
    rows = session.execute(
        select(Enrolment, Workshop, Site)
        .join(Workshop, Workshop.id == Enrolment.workshop_id)
        .outerjoin(Site, Site.id == Workshop.site_id)
        .where(Enrolment.person_id == case.person_id)
        .order_by(Workshop.starts_on.desc(), Enrolment.id.desc())
    ).all()
    days = half_days.of_workshops(session, [workshop.id for _, workshop, _ in rows])
    marks: dict[uuid.UUID, dict[uuid.UUID, bool]] = {}
    for one in session.scalars(select(Attendance).where(Attendance.enrolment_id.in_([row.id for row, _, _ in rows]))):
        marks.setdefault(one.enrolment_id, {})[one.half_day_id] = one.present
    return tuple(
        _followed(row, workshop, days.get(workshop.id, ()), marks.get(row.id, {}),
                  sheets.place_of(session, workshop, site))
        for row, workshop, site in rows
    )  # fmt: skip


def _offer(one: SessionLine) -> str:
    left = one.capacity - one.numbers.taken
    places = french.plural(left, "place libre", "places libres") if left > 0 else "complet"
    return f"{one.title} · {one.when} · {places}"


def _followed(
    row: Enrolment, workshop: Workshop, days: tuple[HalfDay, ...], marks: dict[uuid.UUID, bool], where: str
) -> FollowedWorkshop:
    attended = [one for one in days if one.id is not None and marks.get(one.id)]
    if workshop.state is WorkshopState.CANCELLED:
        presence = CANCELLED
    elif attended:
        presence = PRESENT if len(attended) == len(days) else f"{PRESENT} ({len(attended)} sur {len(days)})"
    elif marks:
        presence = ABSENT
    else:
        presence = row.state.label if row.state is EnrolmentState.WAITING else EnrolmentState.ENROLLED.label
    return FollowedWorkshop(
        workshop.id,
        row.id,
        workshop.title,
        workshop.starts_on,
        days[0].short if days else "",
        where,
        presence,
        bool(attended),
        sum(one.minutes for one in attended),
    )
