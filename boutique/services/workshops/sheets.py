"""What Ateliers shows: the list of sessions, and one session with everybody in it. Reads only."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import clock, french
from boutique.core.text import words
from boutique.models.case import Case
from boutique.models.choices import ZoningState
from boutique.models.person import Person
from boutique.models.structure import Counsellor, Site
from boutique.models.workshop import AnonymousHeads, Attendance, Enrolment, Workshop, WorkshopModule
from boutique.models.workshop_choices import EnrolmentState, WorkshopState
from boutique.services.context import place
from boutique.services.workshops import half_days, numbers, sessions
from boutique.services.workshops.half_days import HalfDay
from boutique.services.workshops.numbers import Numbers
from boutique.services.workshops.places import workshop_of

_MOST = 400


class When(StrEnum):
    """Which sessions are wanted."""

    COMING = "coming"
    PAST = "past"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class SessionQuery:
    """`text` is looked for in title, module, place and speaker."""

    when: When = When.COMING
    text: str = ""
    module_id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session in the list; `to_conclude` when it is over and nobody said that it was held."""

    id: uuid.UUID
    title: str
    module: str
    starts_on: date
    when: str
    place: str
    speaker: str
    capacity: int
    numbers: Numbers
    state: WorkshopState
    to_conclude: bool
    too_few: bool
    summary_due: bool


@dataclass(frozen=True, slots=True)
class SessionPage:
    """`no_module`: the catalogue is empty; `total`: sessions found, of which the first are there."""

    total: int
    rows: tuple[SessionLine, ...]
    no_module: bool


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody enrolled; `presence` by half-day, nothing where nobody said."""

    id: uuid.UUID
    name: str
    commune: str
    phone: str
    prescriber: str
    person_id: uuid.UUID | None
    case_id: uuid.UUID | None
    reference: str
    waiting_rank: int
    consent: bool | None
    presence: Mapping[uuid.UUID, bool]

    @property
    def came(self) -> bool:
        return any(self.presence.values())


@dataclass(frozen=True, slots=True)
class HeadsLine:
    """People without a name: « 3 personnes · femmes · Frévent »."""

    id: uuid.UUID
    heads: int
    came: int | None
    about: str


@dataclass(frozen=True, slots=True)
class SessionSheet:
    """Everything of one session. `rating` from 1 to 5; `ratings`: how many answered 1, 2, 3, 4, 5."""

    id: uuid.UUID
    title: str
    module: str
    level: str
    minimum: int | None
    waiting_list: bool
    half_days: tuple[HalfDay, ...]
    place: str
    qpv: str
    speaker: str
    counsellor: str
    capacity: int
    numbers: Numbers
    state: WorkshopState
    cancel_reason: str
    begun: bool
    over: bool
    people: tuple[Attendee, ...]
    heads: tuple[HeadsLine, ...]
    summary: str
    summary_sent_on: date | None
    ratings: tuple[int, ...]
    rating: float | None


def listing(session: Session, query: SessionQuery = SessionQuery()) -> SessionPage:
    """Sessions to come, the next first; past ones, the latest first."""
    today, day = clock.today(), Workshop.starts_on
    conditions: dict[When, tuple[Any, ...]] = {When.COMING: (day >= today,), When.PAST: (day < today,), When.ALL: ()}
    chosen = (*conditions[query.when], *(() if query.module_id is None else (Workshop.module_id == query.module_id,)))
    order = (day, Workshop.id) if query.when is When.COMING else (day.desc(), Workshop.id.desc())
    rows = session.execute(
        select(Workshop, WorkshopModule, Site)
        .join(WorkshopModule, WorkshopModule.id == Workshop.module_id)
        .outerjoin(Site, Site.id == Workshop.site_id)
        .where(*chosen)
        .order_by(*order)
    ).all()
    wanted = words(query.text)
    told = [(row, module, place_of(session, row, site)) for row, module, site in rows]
    found = [one for one in told if _matches(one, wanted)]
    shown = found[:_MOST]
    ids = [row.id for row, _, _ in shown]
    counted, days = numbers.of_workshops(session, ids), half_days.of_workshops(session, ids)
    lines = tuple(_line(row, module, where, counted[row.id], days.get(row.id, ())) for row, module, where in shown)
    no_module = session.scalar(select(WorkshopModule.id).limit(1)) is None
    return SessionPage(len(found), lines, no_module)


def sheet(session: Session, workshop_id: uuid.UUID) -> SessionSheet:
    """One session."""
    row = workshop_of(session, workshop_id)
    module = session.get_one(WorkshopModule, row.module_id)
    site = session.get(Site, row.site_id) if row.site_id else None
    counsellor = session.get(Counsellor, row.counsellor_id) if row.counsellor_id else None
    days = half_days.of(session, row.id)
    return SessionSheet(
        id=row.id,
        title=row.title,
        module=module.title,
        level=module.level.label if module.level else "",
        minimum=module.minimum,
        waiting_list=module.waiting_list is True,
        half_days=days,
        place=place_of(session, row, site),
        qpv=qpv_of(row),
        speaker=row.speaker or "",
        counsellor=counsellor.short_name if counsellor else "",
        capacity=row.capacity,
        numbers=numbers.of(session, row.id),
        state=row.state,
        cancel_reason=row.cancel_reason or "",
        begun=half_days.has_begun(days),
        over=half_days.is_over(days),
        people=attendees(session, row.id),
        heads=_heads(session, row.id),
        summary=row.summary or "",
        summary_sent_on=row.summary_sent_on,
        ratings=tuple(row.ratings or ()),
        rating=sessions.rating(row),
    )


def attendees(session: Session, workshop_id: uuid.UUID) -> tuple[Attendee, ...]:
    """Those who have a place, by name; then those who wait, in their turn."""
    rows = session.execute(
        select(Enrolment, Person, Case.reference)
        .outerjoin(Person, Person.id == Enrolment.person_id)
        .outerjoin(Case, Case.id == Enrolment.case_id)
        .where(Enrolment.workshop_id == workshop_id)
        .order_by(Enrolment.id)
    ).all()
    marks: dict[uuid.UUID, dict[uuid.UUID, bool]] = {}
    said = select(Attendance).join(Enrolment, Enrolment.id == Attendance.enrolment_id)
    for one in session.scalars(said.where(Enrolment.workshop_id == workshop_id).order_by(Attendance.id)):
        marks.setdefault(one.enrolment_id, {})[one.half_day_id] = one.present
    waiting = [row.id for row, _, _ in rows if row.state is EnrolmentState.WAITING]
    ranks = {row_id: rank for rank, row_id in enumerate(waiting, 1)}
    made = [
        _attendee(session, row, person, reference or "", ranks.get(row.id, 0), marks.get(row.id, {}))
        for row, person, reference in rows
    ]
    return tuple(sorted(made, key=_by_place_then_name))


def place_of(session: Session, row: Workshop, site: Site | None) -> str:
    """« Salle des fêtes, Frévent », « Boutique de Saint-Pol »: where it is, then the commune when not told already."""
    where = row.place or (site.name if site else "")
    commune = place(session, row.commune_code or (site.commune_code if site and not row.place else None))
    return where if commune and commune in where else ", ".join(part for part in (where, commune) if part)


def qpv_of(row: Workshop) -> str:
    """The QPV of the place: its name where it is known, « Oui », « Non », « À vérifier », or nothing."""
    if row.in_qpv is ZoningState.YES and row.qpv:
        return row.qpv
    return row.in_qpv.label if row.in_qpv else ""


def lies_in_qpv(row: Workshop) -> bool | None:
    """Whether the place is in a QPV; None when not known or still to check."""
    return {ZoningState.YES: True, ZoningState.NO: False}.get(row.in_qpv) if row.in_qpv else None


def _matches(one: tuple[Workshop, WorkshopModule, str], wanted: list[str]) -> bool:
    row, module, where = one
    known = " ".join(words(f"{row.title} {module.title} {where} {row.speaker or ''}"))
    return all(word in known for word in wanted)


def _line(
    row: Workshop, module: WorkshopModule, where: str, counted: Numbers, days: tuple[HalfDay, ...]
) -> SessionLine:
    over = half_days.is_over(days)
    more = f" + {len(days) - 1}" if len(days) > 1 else ""
    is_planned = row.state is WorkshopState.PLANNED
    return SessionLine(
        row.id,
        row.title,
        module.title,
        row.starts_on,
        (days[0].short if days else french.show_date(row.starts_on)) + more,
        where,
        row.speaker or "",
        row.capacity,
        counted,
        row.state,
        to_conclude=over and is_planned,
        too_few=is_planned and not over and counted.taken < (module.minimum or 0),
        summary_due=row.state is WorkshopState.HELD and row.summary_sent_on is None,
    )


def _attendee(
    session: Session, row: Enrolment, person: Person | None, reference: str, rank: int, marks: Mapping[uuid.UUID, bool]
) -> Attendee:
    typed = f"{row.first_name or ''} {row.last_name or ''}".strip()
    return Attendee(
        row.id,
        person.full_name if person else typed,
        place(session, person.commune_code if person else row.commune_code),
        french.show_phone(person.phone if person else row.phone),
        row.prescriber.label if row.prescriber else "",
        row.person_id,
        row.case_id,
        reference,
        rank,
        row.contact_consent,
        marks,
    )


def _heads(session: Session, workshop_id: uuid.UUID) -> tuple[HeadsLine, ...]:
    rows = session.scalars(
        select(AnonymousHeads).where(AnonymousHeads.workshop_id == workshop_id).order_by(AnonymousHeads.id)
    )
    return tuple(HeadsLine(row.id, row.heads, row.came, _about(session, row)) for row in rows)


def _about(session: Session, row: AnonymousHeads) -> str:
    parts = (
        row.gender.label if row.gender else "",
        place(session, row.commune_code),
        row.prescriber.label if row.prescriber else "",
    )
    return " · ".join(part for part in parts if part)


def _by_place_then_name(one: Attendee) -> tuple[int, list[str]]:
    last = one.name.split(" ")
    return one.waiting_rank, words(" ".join([*last[1:], last[0]]))
