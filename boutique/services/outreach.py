"""Permanences: when a place comes to life again and again. Edited from the agenda and from Réglages."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import clock, french
from boutique.core.errors import UserError
from boutique.models.agenda import OutreachSession
from boutique.models.choices import Rhythm
from boutique.models.outreach import OutreachDay
from boutique.models.outreach_choices import OutreachState
from boutique.models.structure import Counsellor, Site
from boutique.rules import recurrence
from boutique.rules.recurrence import Recurrence
from boutique.services.context import context
from boutique.services.rows import existing

DAY = 24 * 60
_SHORTEST = 15
_MOST_SKIPPED = 300
_OLDEST = (OutreachSession.starts_on, OutreachSession.id)


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One permanence in words: « chaque jeudi, de 09:00 à 12:00 »."""

    id: uuid.UUID
    site_id: uuid.UUID
    site: str
    counsellor: str
    about: str
    skipped: tuple[date, ...]
    over: bool


@dataclass(frozen=True, slots=True)
class Ref:
    """One dated permanence, stored or not: two computers that note the one of a rule write the same row."""

    id: uuid.UUID
    rule_id: uuid.UUID | None = None
    expected_on: date | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A permanence on one day; `session_id` is the rule it comes from, if any."""

    ref: Ref
    session_id: uuid.UUID | None
    site_id: uuid.UUID
    site: str
    counsellor_id: uuid.UUID | None
    counsellor: str
    starts_at: datetime
    ends_at: datetime
    planned: bool = True  # nobody said yet that it was held


def listing(session: Session, site_id: uuid.UUID | None = None) -> tuple[SessionLine, ...]:
    """Every permanence, of one place or of all, those still going on first."""
    rows = session.execute(_with_names(OutreachSession, site_id).order_by(*_OLDEST)).all()
    lines = [_line(row, site, counsellor) for row, site, counsellor in rows]
    return tuple(sorted(lines, key=_going_on_first))


def held(session: Session, first: date, last: date, site_id: uuid.UUID | None = None) -> tuple[Held, ...]:
    """The permanences of each day from `first` to `last`, in order; those that were cancelled are not there."""
    noted, coming = of_days(session, first, last, site_id)
    found = [
        Held(
            Ref(row.id, row.rule_id, row.expected_on),
            row.rule_id,
            *_who_and_where(row, site, counsellor),
            instant(row.held_on, row.opens_at),
            instant(row.held_on, row.closes_at),
            row.state is OutreachState.PLANNED,
        )
        for row, site, counsellor in noted
        if row.state is not OutreachState.CANCELLED
    ]
    return tuple(sorted([*found, *coming], key=_start))


def of_days(
    session: Session, first: date, last: date, site_id: uuid.UUID | None = None
) -> tuple[Sequence[Any], tuple[Held, ...]]:  # fmt: skip
    """Dated permanences: (row, place, counsellor) of those somebody noted, and what rules foresee beside them."""
    within = OutreachDay.held_on.between(first, last) | OutreachDay.expected_on.between(first, last)
    order = (OutreachDay.held_on, OutreachDay.opens_at, OutreachDay.id)
    rows = session.execute(_with_names(OutreachDay).where(within).order_by(*order)).all()
    known = {(row.rule_id, row.expected_on) for row, _, _ in rows}
    noted = [item for item in rows if first <= item[0].held_on <= last and site_id in (None, item[0].site_id)]
    query = _with_names(OutreachSession, site_id).where(OutreachSession.starts_on <= last).order_by(*_OLDEST)
    coming = tuple(
        Held(
            Ref(uuid.uuid5(row.id, day.isoformat()), row.id, day),
            row.id,
            *_who_and_where(row, site, counsellor),
            instant(day, row.opens_at),
            instant(day, row.closes_at),
        )
        for row, site, counsellor in session.execute(query)
        for day in recurrence.occurrences(_recurrence(row), first, last)
        if (row.id, day) not in known
    )
    return noted, coming


def _who_and_where(
    row: Any, site: Site, counsellor: Counsellor | None
) -> tuple[uuid.UUID, str, uuid.UUID | None, str]:  # fmt: skip
    return row.site_id, site.name, row.counsellor_id, counsellor.short_name if counsellor else ""


def instant(day: date, minutes: int) -> datetime:
    """A minute of the day on the counsellor's wall clock, as an instant; 1440 is the next midnight."""
    days, rest = divmod(minutes, DAY)
    return datetime.combine(day + timedelta(days), time(rest // 60, rest % 60)).astimezone()


def answers(session: Session, session_id: uuid.UUID) -> dict[str, Any]:
    """What the form of a permanence shows."""
    row = _session(session, session_id)
    return {
        "site_id": row.site_id,
        "counsellor_id": row.counsellor_id,
        "rhythm": row.rhythm,
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "opens_at": row.opens_at,
        "closes_at": row.closes_at,
        "skipped": _skipped(row),
    }


def blank(session: Session, on: date, opens_at: int = 9 * 60, closes_at: int = 12 * 60) -> dict[str, Any]:
    """A new permanence, where one is, on this day of each week."""
    here = context(session)
    return {
        "site_id": here.site_id,
        "counsellor_id": None,
        "rhythm": Rhythm.WEEKLY,
        "starts_on": on,
        "ends_on": None,
        "opens_at": opens_at,
        "closes_at": closes_at,
        "skipped": (),
    }


def save(session: Session, session_id: uuid.UUID | None, typed: Mapping[str, Any]) -> uuid.UUID:
    """Add or change a permanence; UserError when it could not be understood."""
    rule = Recurrence(typed["rhythm"], typed["starts_on"], typed["ends_on"], frozenset(typed["skipped"]))
    recurrence.check(rule)
    if typed["site_id"] is None:
        raise UserError("Choisissez le lieu de la permanence.")
    check_hours(typed["opens_at"], typed["closes_at"])
    if len(rule.skipped) > _MOST_SKIPPED:
        raise UserError("Cette permanence a trop de dates annulées : fixez-lui une fin et créez-en une autre.")
    row = OutreachSession() if session_id is None else _session(session, session_id)
    for name in ("site_id", "counsellor_id", "rhythm", "starts_on", "ends_on", "opens_at", "closes_at"):
        setattr(row, name, typed[name])
    row.skipped = tuple(sorted(day.isoformat() for day in rule.skipped)) or None
    session.add(row)
    session.flush()
    return row.id


def check_hours(opens_at: int, closes_at: int) -> None:
    """UserError when a permanence would end before it begins; minutes of the day."""
    if not 0 <= opens_at <= closes_at - _SHORTEST <= DAY - _SHORTEST:
        raise UserError("La fin de la permanence doit venir au moins un quart d’heure après son début.")


def skip(session: Session, session_id: uuid.UUID, on: date) -> None:
    """Leave out one date; the others stay."""
    row = _session(session, session_id)
    row.skipped = tuple(sorted({*(row.skipped or ()), on.isoformat()}))


def delete(session: Session, session_id: uuid.UUID) -> None:
    """Remove a permanence; appointments and the sessions that were noted stay. Undo brings it back."""
    for day in session.scalars(select(OutreachDay).where(OutreachDay.rule_id == session_id)):
        day.rule_id = day.expected_on = None
    session.delete(_session(session, session_id))


def _with_names(model: type[OutreachSession | OutreachDay], site_id: uuid.UUID | None = None) -> Any:
    query = (
        select(model, Site, Counsellor)
        .join(Site, Site.id == model.site_id)
        .outerjoin(Counsellor, Counsellor.id == model.counsellor_id)
    )
    return query if site_id is None else query.where(model.site_id == site_id)


def _line(row: OutreachSession, site: Site, counsellor: Counsellor | None) -> SessionLine:
    rule = _recurrence(row)
    hours = f"de {show_hour(row.opens_at)} à {show_hour(row.closes_at)}"
    until = f", jusqu’au {french.show_date(row.ends_on)}" if row.ends_on else ""
    once = row.rhythm is Rhythm.ONCE
    over = (row.ends_on or (row.starts_on if once else date.max)) < clock.today()
    return SessionLine(
        row.id,
        row.site_id,
        site.name,
        counsellor.short_name if counsellor else "",
        f"{recurrence.spoken(rule).capitalize()}, {hours}{until}",
        tuple(sorted(_skipped(row))),
        over,
    )


def show_hour(minutes: int) -> str:
    """« 09:00 »."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _recurrence(row: OutreachSession) -> Recurrence:
    return Recurrence(row.rhythm, row.starts_on, row.ends_on, frozenset(_skipped(row)))


def _skipped(row: OutreachSession) -> tuple[date, ...]:
    return tuple(date.fromisoformat(day) for day in row.skipped or ())


def _session(session: Session, session_id: uuid.UUID) -> OutreachSession:
    return existing(session, OutreachSession, session_id, "Cette permanence n’existe plus.")


def _going_on_first(line: SessionLine) -> tuple[bool, str]:
    return line.over, line.site


def _start(one: Held) -> datetime:
    return one.starts_at
