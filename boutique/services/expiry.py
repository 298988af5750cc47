"""Referrals that nobody answered expire, some time after their last reminder. Done when the base opens.

Written as an event and not worked out on the fly: every list, figure and workbook reads the status of a referral, and
a dated event says in the file what happened. Its date is the day when the wait ended, whenever the base is opened: two
computers write the same. Each such day is passed once, so that taking it back lasts, until somebody changes the delays.
"""

import uuid
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.clock import today
from boutique.models.choices import ReferralStatus
from boutique.models.referral import Referral, ReferralEvent
from boutique.models.structure import Structure
from boutique.models.trace import Setting
from boutique.services import referrals, reminders

USUAL_GRACE_DAYS = 30
LABEL = "Orientations sans réponse expirées"
_PASSED = "referrals.expired_until"


def expire(session: Session) -> int:
    """Expire what was to since the last time; returns how many. One action, undone at once."""
    now = today()
    last, grace = reminders.reminder_days(session)[-1], grace_days(session)
    delays = f"{last}+{grace}"
    since, ends = _passed(session, now, delays), _ends(session, last, grace)
    due = [(row_id, told, day) for row_id, told, day in ends if since <= day < now]
    for referral_id, told, day in due:
        waited = french.plural((day - told).days, "jour")
        referrals.set_status(
            session, referral_id, ReferralStatus.EXPIRED, on=day, note=f"sans réponse après {waited}"
        )  # fmt: skip
    _pass(session, now, delays)
    return len(due)


def grace_days(session: Session) -> int:
    """Days that a silent referral is left after its last reminder, as the structure set them."""
    return session.scalar(select(Structure.expiry_days).limit(1)) or USUAL_GRACE_DAYS


def notice(count: int) -> str:
    """What is told of it, "" for nothing."""
    if not count:
        return ""
    which = french.plural(count, "orientation sans réponse a expiré", "orientations sans réponse ont expiré")
    return f"{which} : le délai après la dernière relance est passé."


def _ends(session: Session, last: int, grace: int) -> list[tuple[uuid.UUID, date, date]]:
    """Silent referrals, since when, and the first day of their expiry: after the last reminder day, and any made."""
    event = ReferralEvent
    told = func.max(event.happened_on).filter(event.status.in_((ReferralStatus.HANDED, ReferralStatus.SENT)))
    reminded = func.max(event.happened_on).filter(event.reminder)
    rows = session.execute(
        select(Referral.id, func.coalesce(told, Referral.made_on, type_=Referral.made_on.type), reminded)
        .outerjoin(event, event.referral_id == Referral.id)
        .where(Referral.status.in_(reminders.SILENT), Referral.consent_on.is_not(None))
        .group_by(Referral.id, Referral.made_on)
        .order_by(Referral.reference)
    )
    found = []
    for referral_id, start, reminded_on in rows:
        days: list[date | None] = [start + timedelta(last), reminded_on]
        found.append((referral_id, start, max(day for day in days if day is not None) + timedelta(grace)))
    return found


def _passed(session: Session, now: date, delays: str) -> date:
    """The first day not looked at yet; after a clock that ran ahead, today; all of them once the delays changed."""
    written = session.get(Setting, _PASSED)
    if written is None:
        return date.min
    day, _, known = written.content.partition(" ")
    return min(date.fromisoformat(day), now) if known in ("", delays) else date.min


def _pass(session: Session, now: date, delays: str) -> None:
    written, content = session.get(Setting, _PASSED), f"{now.isoformat()} {delays}"
    if written is None:
        session.add(Setting(name=_PASSED, content=content))
    else:
        written.content = content
