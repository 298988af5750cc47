"""What the agenda draws: appointments with what they run into, permanences, workshops, busy time, holidays."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import clock
from boutique.models.agenda import BusyTime, OutreachSession
from boutique.models.case import Appointment, Case
from boutique.models.choices import AppointmentStatus, Conflict
from boutique.models.person import Person
from boutique.models.structure import Counsellor, Site
from boutique.rules import conflicts as conflict_rules
from boutique.rules.conflicts import Booking, Elsewhere, Opening
from boutique.rules.public_days import public_holidays
from boutique.services import outreach
from boutique.services.context import context
from boutique.services.outreach import Held
from boutique.services.workshops import planned
from boutique.services.workshops.planned import Occasion

TAKES_TIME = (AppointmentStatus.PLANNED, AppointmentStatus.DONE)
LONGEST = timedelta(minutes=24 * 60)  # of an appointment: what began earlier is over


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose appointments, and where; None for everybody and everywhere."""

    counsellor_id: uuid.UUID | None = None
    site_id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """One appointment as it is drawn; times are those of the counsellor's clock."""

    id: uuid.UUID
    case_id: uuid.UUID | None
    counsellor_id: uuid.UUID | None
    site_id: uuid.UUID | None
    starts_at: datetime
    ends_at: datetime
    minutes: int
    name: str
    title: str
    reference: str
    counsellor: str
    site: str
    place: str
    mode: str
    status: AppointmentStatus
    mine: bool
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class BusyPeriod:
    """Time taken elsewhere, by the name of the calendar that says so."""

    counsellor_id: uuid.UUID
    counsellor: str
    source: str
    starts_at: datetime
    ends_at: datetime
    all_day: bool


@dataclass(frozen=True, slots=True)
class Schedule:
    """Some days of the agenda."""

    first: date
    days: int
    scope: Scope
    slots: tuple[Slot, ...]
    sessions: tuple[Held, ...]
    busy: tuple[BusyPeriod, ...]
    holidays: dict[date, str]
    workshops: tuple[Occasion, ...] = ()

    @property
    def last(self) -> date:
        return self.first + timedelta(self.days - 1)


def monday(day: date) -> date:
    """The first day of the week of a day."""
    return day - timedelta(day.weekday())


def schedule(session: Session, first: date, days: int, scope: Scope = Scope()) -> Schedule:
    """The agenda from `first` on; what is out of scope still counts as a conflict."""
    last = first + timedelta(days - 1)
    rows = _appointments(session, first, last)
    held, busy = outreach.held(session, first, last), busy_periods(session, first, last)
    workshops = planned.between(session, first, last)
    met = conflict_rules.conflicts(
        _bookings(session, rows, first, last),
        openings=[Opening(one.site_id, one.starts_at, one.ends_at) for one in held],
        by_session=_kept_by_sessions(session, first, last),
        elsewhere=_elsewhere(busy, workshops),
    )
    me = context(session).counsellor_id
    begins = datetime.combine(first, time()).astimezone()
    slots = tuple(
        made for row in rows if _in_scope(row, scope) and (made := _slot(row, me, met.get(row.id, ()))).ends_at > begins
    )
    return Schedule(
        first,
        days,
        scope,
        slots,
        tuple(one for one in held if scope.site_id in (None, one.site_id)),
        tuple(one for one in busy if scope.counsellor_id in (None, one.counsellor_id)),
        public_holidays(first, last, department(session, scope.site_id or context(session).site_id)),
        tuple(one for one in workshops if _in_scope(one, scope)),
    )


def conflicts_of(
    session: Session,
    starts_at: datetime,
    minutes: int,
    *,
    counsellor_id: uuid.UUID | None,
    site_id: uuid.UUID | None,
    without: uuid.UUID | None = None,
) -> tuple[str, ...]:
    """What an appointment being typed would run into, one sentence each."""
    day, ends_at = clock.local(starts_at).date(), starts_at + timedelta(minutes=minutes)
    last = clock.local(ends_at).date()
    seen = schedule(session, day, (last - day).days + 1)
    proposed = Booking(uuid.UUID(int=0), counsellor_id, site_id, starts_at, ends_at, _off(session, site_id, day))
    others = [one for one in seen.slots if one.status in TAKES_TIME and one.id != without]
    met = conflict_rules.conflicts(
        [proposed, *(_booking(one) for one in others)],
        openings=[Opening(one.site_id, one.starts_at, one.ends_at) for one in seen.sessions],
        by_session=_kept_by_sessions(session, day, last),
        elsewhere=_elsewhere(seen.busy, seen.workshops),
    ).get(proposed.id, ())
    overlapping = [
        one
        for one in others
        if one.counsellor_id == counsellor_id and one.starts_at < ends_at and starts_at < one.ends_at
    ]
    sentences = {
        Conflict.OVERLAP: [f"Chevauche {one.starts_at:%H:%M} {one.name or one.title}" for one in overlapping],
        Conflict.HOLIDAY: [f"Jour férié : {_holiday_name(session, site_id, day)}"],
    }
    return tuple(text for one in met for text in sentences.get(one, [one.label]))


def busy_periods(session: Session, first: date, last: date) -> tuple[BusyPeriod, ...]:
    """Time taken elsewhere between two days, according to the calendars brought in."""
    begins, ends = _minute(first), _minute(last + timedelta(1))
    rows = session.execute(
        select(BusyTime.counsellor_id, BusyTime.source, BusyTime.periods, Counsellor)
        .join(Counsellor, Counsellor.id == BusyTime.counsellor_id)
        .where(BusyTime.first_on <= last, BusyTime.last_on >= first)
        .order_by(BusyTime.source, BusyTime.id)
    )
    return tuple(
        BusyPeriod(counsellor_id, counsellor.short_name, source, _instant(start), _instant(end), bool(all_day))
        for counsellor_id, source, periods, counsellor in rows
        for start, end, all_day in periods
        if start < ends and begins < end
    )


def department(session: Session, site_id: uuid.UUID | None) -> str:
    """The department of a place, which decides its public holidays; nothing when its commune is not known."""
    code = session.scalar(select(Site.commune_code).where(Site.id == site_id)) if site_id else None
    found = context(session).reference.commune(code) if code else None
    return found.department_code if found else ""


def _appointments(session: Session, first: date, last: date) -> Sequence[Any]:
    start = datetime.combine(first, time()).astimezone()
    end = datetime.combine(last + timedelta(1), time()).astimezone()
    return session.execute(
        select(
            Appointment.id,
            Appointment.case_id,
            Appointment.counsellor_id,
            Appointment.site_id,
            Appointment.starts_at,
            Appointment.minutes,
            Appointment.title,
            Appointment.place,
            Appointment.mode,
            Appointment.status,
            Case.reference,
            Person.first_name,
            Person.last_name,
            Counsellor.first_name.label("counsellor_first"),
            Counsellor.last_name.label("counsellor_last"),
            Site.name.label("site"),
        )
        .outerjoin(Case, Case.id == Appointment.case_id)
        .outerjoin(Person, Person.id == Case.person_id)
        .outerjoin(Counsellor, Counsellor.id == Appointment.counsellor_id)
        .outerjoin(Site, Site.id == Appointment.site_id)
        .where(Appointment.starts_at > start - LONGEST, Appointment.starts_at < end)
        .order_by(Appointment.starts_at, Appointment.id)
    ).all()


def _slot(row: Any, me: uuid.UUID | None, met: tuple[Conflict, ...]) -> Slot:
    starts_at = clock.local(row.starts_at)
    initial = f" {row.counsellor_last[:1]}." if row.counsellor_last else ""
    return Slot(
        id=row.id,
        case_id=row.case_id,
        counsellor_id=row.counsellor_id,
        site_id=row.site_id,
        starts_at=starts_at,
        ends_at=clock.local(row.starts_at + timedelta(minutes=row.minutes)),
        minutes=row.minutes,
        name=f"{row.first_name} {row.last_name}" if row.first_name else "",
        title=row.title or "",
        reference=row.reference or "",
        counsellor=f"{row.counsellor_first}{initial}" if row.counsellor_first else "",
        site=row.site or "",
        place=row.place or "",
        mode=row.mode.label if row.mode else "",
        status=row.status,
        mine=row.counsellor_id == me,
        conflicts=met,
    )


def _bookings(session: Session, rows: Iterable[Any], first: date, last: date) -> list[Booking]:
    """Those that take time; a public holiday is one where the appointment takes place."""
    here, off = context(session).site_id, {}
    made = []
    for row in rows:
        if row.status not in TAKES_TIME:
            continue
        site = row.site_id or here
        if site not in off:
            off[site] = public_holidays(first, last, department(session, site))
        start = row.starts_at
        holiday = clock.local(start).date() in off[site]
        ends_at = start + timedelta(minutes=row.minutes)
        made.append(Booking(row.id, row.counsellor_id, row.site_id, start, ends_at, holiday))
    return made


def _booking(slot: Slot) -> Booking:
    return Booking(slot.id, slot.counsellor_id, slot.site_id, slot.starts_at, slot.ends_at)


def _kept_by_sessions(session: Session, first: date, last: date) -> frozenset[uuid.UUID]:
    """Places whose permanences are known for these days: outside them nobody is there."""
    rows = session.scalars(
        select(OutreachSession.site_id).where(
            OutreachSession.starts_on <= last,
            OutreachSession.ends_on.is_(None) | (OutreachSession.ends_on >= first),
        )
    )
    return frozenset(rows)


def _off(session: Session, site_id: uuid.UUID | None, day: date) -> bool:
    return bool(_holiday_name(session, site_id, day))


def _holiday_name(session: Session, site_id: uuid.UUID | None, day: date) -> str:
    found = public_holidays(day, day, department(session, site_id or context(session).site_id))
    return found.get(day, "")


def _elsewhere(busy: Iterable[BusyPeriod], workshops: Iterable[Occasion]) -> list[Elsewhere]:
    """Who is taken by another calendar, or by a workshop they organise."""
    taken = [Elsewhere(one.counsellor_id, one.starts_at, one.ends_at) for one in busy]
    return taken + [
        Elsewhere(one.counsellor_id, one.starts_at, one.ends_at) for one in workshops if one.counsellor_id is not None
    ]


def _in_scope(row: Any, scope: Scope) -> bool:
    return scope.counsellor_id in (None, row.counsellor_id) and scope.site_id in (None, row.site_id)


def _minute(day: date) -> int:
    return round(datetime.combine(day, time()).astimezone().timestamp() / 60)


def _instant(minute: int) -> datetime:
    return datetime.fromtimestamp(minute * 60).astimezone()
