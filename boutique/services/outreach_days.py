"""Permanences one by one: to come, to confirm, held or cancelled. Used by « Permanences » and its documents."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from boutique.core.clock import now, today
from boutique.core.errors import UserError
from boutique.forms.catalogue import OUTREACH_DAY
from boutique.forms.spec import Answers
from boutique.models.case import Appointment
from boutique.models.choices import ZoningState
from boutique.models.outreach import OutreachDay
from boutique.models.outreach_choices import CancelReason, OutreachState
from boutique.models.structure import Site
from boutique.services import answers as answers_service
from boutique.services import outreach, zoning
from boutique.services.context import context, place
from boutique.services.outreach import Held, Ref
from boutique.services.outreach_reception import NOBODY, Reception, receptions
from boutique.services.rows import existing

TO_CONFIRM_DAYS = 60  # how far back a permanence that nobody confirmed is still asked about
_PREFIX = "outreach_day"
_USUAL_HOURS = (9 * 60, 12 * 60)
_KEPT_FROM_LAST = ("host", "commune_code", "located_in_qpv", "qpv_code")


@dataclass(frozen=True, slots=True)
class DayLine:
    """One permanence in a list. `walk_ins`: anonymous visits noted, and those counted without being noted."""

    ref: Ref
    stored: bool  # somebody noted something of it
    held_on: date
    starts_at: datetime
    ends_at: datetime
    site_id: uuid.UUID
    site: str
    host: str
    commune_code: str | None
    commune: str
    located_in_qpv: ZoningState | None
    qpv_code: str
    counsellor_id: uuid.UUID | None
    counsellor: str
    programme_id: uuid.UUID | None
    state: OutreachState
    reason: str
    offline: bool | None
    reception: Reception
    walk_ins: int

    @property
    def hours(self) -> str:
        """« 09:00 – 12:00 »."""
        return f"{self.starts_at:%H:%M} – {self.ends_at:%H:%M}"

    @property
    def to_confirm(self) -> bool:
        return self.state is OutreachState.PLANNED and self.ends_at <= now()


@dataclass(frozen=True, slots=True)
class About:
    """Where, by whom, charged to what, from when to when (minutes of the day)."""

    site_id: uuid.UUID | None
    counsellor_id: uuid.UUID | None
    opens_at: int
    closes_at: int
    programme_id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class DaySheet:
    """One permanence to edit: its answers, and what they hang from."""

    ref: Ref | None
    answers: Answers
    about: About
    reception: Reception = NOBODY


def listing(
    session: Session, first: date, last: date, site_id: uuid.UUID | None = None
) -> tuple[DayLine, ...]:  # fmt: skip
    """Every permanence from `first` to `last`, cancelled ones included, in order."""
    received = receptions(session, first, last, site_id)
    noted, coming = outreach.of_days(session, first, last, site_id)
    lines = []
    for row, site, counsellor in noted:
        name = counsellor.short_name if counsellor else ""
        lines.append(_noted_line(session, row, site.name, name, received.get(row.id, NOBODY)))
    usual: dict[uuid.UUID, Answers] = {}
    for one in coming:
        if one.site_id not in usual:
            usual[one.site_id] = usual_place(session, one.site_id)
        lines.append(_foreseen_line(session, one, usual[one.site_id], received.get(one.ref.id, NOBODY)))
    return tuple(sorted(lines, key=_start))


def to_confirm(session: Session) -> tuple[DayLine, ...]:
    """Past permanences of which nobody said whether they were held, the latest first."""
    found = listing(session, today() - timedelta(TO_CONFIRM_DAYS), today())
    return tuple(line for line in reversed(found) if line.to_confirm)


def line_of(session: Session, ref: Ref) -> DayLine:
    """One permanence as it is now; UserError when it is gone."""
    on = _stored_on(session, ref)
    found = next((line for line in listing(session, on, on) if line.ref.id == ref.id), None)
    if found is None:
        raise UserError("Cette séance n’existe plus. Revenez à la liste des permanences.")
    return found


def sheet(session: Session, ref: Ref) -> DaySheet:
    """What the form of one permanence shows."""
    line = line_of(session, ref)
    row = session.get(OutreachDay, ref.id)
    if row is not None:
        about = About(row.site_id, row.counsellor_id, row.opens_at, row.closes_at, row.programme_id)
        return DaySheet(ref, answers_service.read_row(_PREFIX, row), about, line.reception)
    about = About(
        line.site_id, line.counsellor_id, _minutes(line.starts_at, line.held_on), _minutes(line.ends_at, line.held_on)
    )
    return DaySheet(ref, _new_answers(session, line.held_on, line.site_id), about, line.reception)


def blank(session: Session, on: date) -> DaySheet:
    """A permanence that no rule foresaw: a round, one more morning."""
    here = context(session)
    return DaySheet(
        None, _new_answers(session, on, here.site_id), About(here.site_id, here.counsellor_id, *_USUAL_HOURS)
    )


def _new_answers(session: Session, on: date, site_id: uuid.UUID | None) -> Answers:
    start: Answers = {"outreach_day.held_on": on, "outreach_day.state": OutreachState.PLANNED}
    return start if site_id is None else start | usual_place(session, site_id)


def save(session: Session, ref: Ref | None, typed: Mapping[str, Any], about: About) -> Ref:
    """Note one permanence; UserError when it could not be."""
    accepted = OUTREACH_DAY.accept(typed)
    on: date = accepted["outreach_day.held_on"]
    if about.site_id is None:
        raise UserError("Choisissez le lieu de la permanence.")
    outreach.check_hours(about.opens_at, about.closes_at)
    if accepted["outreach_day.state"] is OutreachState.HELD and on > today():
        raise UserError("Cette séance est à venir : elle ne peut pas être déjà tenue.")
    row = session.get(OutreachDay, ref.id) if ref is not None else None
    if row is None:
        row = OutreachDay(held_on=on)
        if ref is not None:
            row.id, row.rule_id, row.expected_on = ref.id, ref.rule_id, ref.expected_on
        session.add(row)
    answers_service.write_row(row, _PREFIX, {field.key: accepted.get(field.key) for field in OUTREACH_DAY.fields()})
    for item in fields(about):
        setattr(row, item.name, getattr(about, item.name))
    session.flush()
    return Ref(row.id, row.rule_id, row.expected_on)


def confirm(session: Session, ref: Ref) -> Ref:
    """It was held as foreseen."""
    return _become(session, ref, {"outreach_day.state": OutreachState.HELD})


def cancel(session: Session, ref: Ref, reason: CancelReason) -> Ref:
    """It is not held, or was not."""
    return _become(session, ref, {"outreach_day.state": OutreachState.CANCELLED, "outreach_day.cancel_reason": reason})


def reopen(session: Session, ref: Ref) -> Ref:
    """Neither held nor cancelled any more: to be confirmed again."""
    return _become(session, ref, {"outreach_day.state": OutreachState.PLANNED})


def remove(session: Session, ref: Ref) -> None:
    """Delete what was noted by mistake; the permanence that a rule foresees comes back as it was foreseen."""
    row = existing(
        session,
        OutreachDay,
        ref.id,
        "Rien n’a été noté pour cette séance : annulez-la, ou corrigez le rythme de la permanence.",
    )
    session.delete(row)


def appointments_there(line: DayLine) -> tuple[ColumnElement[bool], ...]:
    """Conditions on the appointments of that day at that place, with whoever holds the permanence."""
    start = datetime.combine(line.held_on, time()).astimezone()
    end = datetime.combine(line.held_on + timedelta(1), time()).astimezone()
    there = (Appointment.site_id == line.site_id, Appointment.starts_at >= start, Appointment.starts_at < end)
    if line.counsellor_id is None:
        return there
    return (*there, Appointment.counsellor_id.is_(None) | (Appointment.counsellor_id == line.counsellor_id))


def district_name(session: Session, line: DayLine) -> str:
    """The QPV of the place by its name; its code when no list is imported."""
    known = dict(zoning.districts(session, line.commune_code))
    return known.get(line.qpv_code, line.qpv_code)


def _become(session: Session, ref: Ref, changed: Mapping[str, Any]) -> Ref:
    shown = sheet(session, ref)
    return save(session, ref, {**shown.answers, **changed}, shown.about)


def _stored_on(session: Session, ref: Ref) -> date:
    row = session.get(OutreachDay, ref.id)
    on = row.held_on if row is not None else ref.expected_on
    if on is None:
        raise UserError("Cette séance n’existe plus. Revenez à la liste des permanences.")
    return on


def usual_place(session: Session, site_id: uuid.UUID) -> Answers:
    """Host, commune and QPV of the last permanence noted at a place; the place itself when there is none."""
    last = session.scalars(
        select(OutreachDay)
        .where(OutreachDay.site_id == site_id, OutreachDay.commune_code.is_not(None))
        .order_by(OutreachDay.held_on.desc(), OutreachDay.id)
        .limit(1)
    ).first()
    if last is not None:
        found = {f"{_PREFIX}.{name}": getattr(last, name) for name in _KEPT_FROM_LAST}
    else:
        site = session.get(Site, site_id)
        found = {f"{_PREFIX}.host": site.name, f"{_PREFIX}.commune_code": site.commune_code} if site else {}
    return {key: value for key, value in found.items() if value is not None}


def _noted_line(session: Session, row: OutreachDay, site: str, counsellor: str, reception: Reception) -> DayLine:
    return DayLine(
        ref=Ref(row.id, row.rule_id, row.expected_on),
        stored=True,
        held_on=row.held_on,
        starts_at=outreach.instant(row.held_on, row.opens_at),
        ends_at=outreach.instant(row.held_on, row.closes_at),
        site_id=row.site_id,
        site=site,
        host=row.host or "",
        commune_code=row.commune_code,
        commune=place(session, row.commune_code),
        located_in_qpv=row.located_in_qpv,
        qpv_code=row.qpv_code or "",
        counsellor_id=row.counsellor_id,
        counsellor=counsellor,
        programme_id=row.programme_id,
        state=row.state,
        reason=row.cancel_reason.label if row.cancel_reason else "",
        offline=row.offline,
        reception=reception,
        walk_ins=reception.anonymous + (row.walk_ins or 0),
    )


def _foreseen_line(session: Session, one: Held, usual: Answers, reception: Reception) -> DayLine:
    commune_code = usual.get("outreach_day.commune_code")
    return DayLine(
        ref=one.ref,
        stored=False,
        held_on=one.starts_at.date(),
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        site_id=one.site_id,
        site=one.site,
        host=usual.get("outreach_day.host", ""),
        commune_code=commune_code,
        commune=place(session, commune_code),
        located_in_qpv=usual.get("outreach_day.located_in_qpv"),
        qpv_code=usual.get("outreach_day.qpv_code", ""),
        counsellor_id=one.counsellor_id,
        counsellor=one.counsellor,
        programme_id=None,
        state=OutreachState.PLANNED,
        reason="",
        offline=None,
        reception=reception,
        walk_ins=reception.anonymous,
    )


def _minutes(instant: datetime, since: date) -> int:
    """The minute of the day that began with `since`; 1440 for the midnight that ends it."""
    return (instant.date() - since).days * outreach.DAY + instant.hour * 60 + instant.minute


def _start(line: DayLine) -> tuple[datetime, str]:
    return line.starts_at, line.site
