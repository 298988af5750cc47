"""What outdoor work asks for today, in few words: a permanence to prepare or to confirm, promises that are late."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.clock import now
from boutique.models.outreach import PartnerMeeting
from boutique.services import outreach, visit_list
from boutique.services.context import context
from boutique.services.outreach import Ref
from boutique.services.outreach_days import TO_CONFIRM_DAYS


class Asks(StrEnum):
    """What a line asks for, and so where it leads."""

    PREPARE = "prepare"
    CONFIRM = "confirm"
    VISITS = "visits"
    MEETINGS = "meetings"


@dataclass(frozen=True, slots=True)
class OutdoorLine:
    """One line of the card; `ref` is the permanence it is about."""

    asks: Asks
    title: str
    detail: str = ""
    ref: Ref | None = None


def lines(session: Session, on: date) -> tuple[OutdoorLine, ...]:
    """What concerns whoever is at work, and what concerns nobody in particular."""
    planned = list(_planned(session, on))
    past = [line for ends_at, line in planned if ends_at <= now()]
    found = [line for ends_at, line in planned if ends_at > now()]
    if past:
        title = french.plural(len(past), "permanence à confirmer", "permanences à confirmer")
        found.append(OutdoorLine(Asks.CONFIRM, title, past[-1].detail, past[-1].ref))
    visits, meetings = visit_list.late_count(session), _late_meetings(session, on)
    if visits:
        words = french.plural(visits, "suite de visite en retard", "suites de visites en retard")
        found.append(OutdoorLine(Asks.VISITS, words))
    if meetings:
        words = french.plural(meetings, "suite de rencontre en retard", "suites de rencontres en retard")
        found.append(OutdoorLine(Asks.MEETINGS, words))
    return tuple(found)


def _planned(session: Session, on: date) -> Iterator[tuple[datetime, OutdoorLine]]:
    """Permanences of the last weeks, of today and of tomorrow that nobody held nor cancelled, in order."""
    me = context(session).counsellor_id
    for one in outreach.held(session, on - timedelta(TO_CONFIRM_DAYS), on + timedelta(1)):
        if one.planned and one.counsellor_id in (None, me):
            day = "aujourd’hui" if one.starts_at.date() == on else "demain"
            if one.starts_at.date() < on:
                day = f"du {french.show_date(one.starts_at.date())}"
            hours = f"{one.site}, {one.starts_at:%H:%M} – {one.ends_at:%H:%M}"
            yield one.ends_at, OutdoorLine(Asks.PREPARE, f"Permanence {day}", hours, one.ref)


def _late_meetings(session: Session, on: date) -> int:
    late = (PartnerMeeting.follow_up.is_not(None), PartnerMeeting.follow_up_done_on.is_(None))
    query = select(func.count()).select_from(PartnerMeeting).where(*late, PartnerMeeting.follow_up_on < on)
    return session.scalar(query) or 0
