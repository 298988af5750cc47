"""Silent referrals and their reminders. Used by Aujourd'hui, the badge of the rail and the Orientations tab."""

import re
import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.clock import today
from boutique.models.case import Case
from boutique.models.choices import ReferralStatus
from boutique.models.person import Person
from boutique.models.referral import Need, Partner, Referral, ReferralEvent
from boutique.models.structure import Structure
from boutique.rules import needs as needs_rules
from boutique.services.context import context
from boutique.services.partner_names import name_column
from boutique.services.referrals import referral_of

DEFAULT_REMINDERS = (9, 21, 45)
_LATEST_REMINDER = 3650
SILENT = (ReferralStatus.HANDED, ReferralStatus.SENT, ReferralStatus.RECEIVED)


@dataclass(frozen=True, slots=True)
class Reminder:
    """A silent referral that has reached a reminder day."""

    referral_id: uuid.UUID
    case_id: uuid.UUID
    partner: str
    partner_phone: str
    person: str
    subject: str
    days: int
    step: int  # 1 for the first reminder day reached, 2 for the second…


def due(session: Session) -> tuple[Reminder, ...]:
    """Silent referrals whose reminder day has come and that were not reminded since, the oldest first."""
    days = reminder_days(session)
    latest = today() - timedelta(days=days[0])
    reminded = dict(
        session.execute(
            select(ReferralEvent.referral_id, func.max(ReferralEvent.happened_on))
            .where(ReferralEvent.reminder)
            .group_by(ReferralEvent.referral_id)
        ).all()
    )
    # The wait begins when the partner is told: a referral may stay « préparée » for weeks before that.
    told = (
        select(func.max(ReferralEvent.happened_on))
        .where(
            ReferralEvent.referral_id == Referral.id,
            ReferralEvent.status.in_((ReferralStatus.HANDED, ReferralStatus.SENT)),
        )
        .correlate(Referral)
        .scalar_subquery()
    )
    since = func.coalesce(told, Referral.made_on, type_=Referral.made_on.type)
    rows = session.execute(
        select(
            Referral.id,
            Referral.case_id,
            since.label("since"),
            name_column(),
            Partner.phone,
            Person.first_name,
            Person.last_name,
            Need.subject_code,
        )
        .join(Partner, Partner.id == Referral.partner_id)
        .join(Case, Case.id == Referral.case_id)
        .join(Person, Person.id == Case.person_id)
        .outerjoin(Need, Need.id == Referral.need_id)
        .where(Referral.status.in_(SILENT), since <= latest)
        .order_by(since, Referral.reference)
    )
    found = (_reminder(row, days, reminded.get(row.id)) for row in rows)
    return tuple(item for item in found if item is not None)


def _reminder(row: Any, days: tuple[int, ...], reminded_on: date | None) -> Reminder | None:
    waited = (today() - row.since).days
    step = sum(waited >= day for day in days)
    reached_on = row.since + timedelta(days=days[step - 1])
    if reminded_on is not None and reminded_on >= reached_on:
        return None
    subject = needs_rules.subject(row.subject_code).label if row.subject_code else ""
    name = f"{row.first_name[:1]}. {row.last_name}"
    return Reminder(row.id, row.case_id, row.name, french.show_phone(row.phone), name, subject, waited, step)


def reminder_days(session: Session) -> tuple[int, ...]:
    """Days after which a silent referral comes up, as the structure set them."""
    written = session.scalar(select(Structure.reminder_days).limit(1)) or ""
    days = {int(found) for found in re.findall(r"\d+", written)}
    return tuple(sorted(day for day in days if 0 < day <= _LATEST_REMINDER)) or DEFAULT_REMINDERS


def remind(session: Session, referral_id: uuid.UUID, note: str = "relancé par téléphone") -> None:
    """The partner was reminded; the next reminder waits for its day."""
    referral = referral_of(session, referral_id)
    session.add(
        ReferralEvent(
            referral_id=referral.id,
            happened_on=today(),
            note=note,
            reminder=True,
            author_id=context(session).counsellor_id,
        )
    )
