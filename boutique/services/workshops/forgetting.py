"""Names noted at workshops, of people who never had a file: how long they are kept, and how they go for good.

A simple contact without a sequel is kept twelve months (privacy_rules.csv, « Simple contact sans suite »), or as long
as the structure says: from the last session somebody was enrolled in. What was counted stays: each name gives way to a
mark drawn at random, one for each participant, which leads back to nobody.
"""

import secrets
import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time

from dateutil.relativedelta import relativedelta
from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from boutique.core.clock import today
from boutique.models.structure import Structure
from boutique.models.trace import Change
from boutique.models.workshop import Enrolment, Workshop, WorkshopHalfDay
from boutique.rules.workshops import participant_key

KEPT_MONTHS = 12
FORGOTTEN = "Nom effacé"
_NAMING = ("first_name", "last_name", "phone", "contact_consent")


@dataclass(frozen=True, slots=True)
class Due:
    """One participant whose name is no longer to be kept; never the name itself."""

    enrolments: tuple[uuid.UUID, ...]
    workshop_id: uuid.UUID  # the last session
    last_on: date
    title: str


def kept_months(session: Session) -> int:
    """How long this structure keeps such a name after the last session."""
    return session.scalar(select(Structure.contact_months).limit(1)) or KEPT_MONTHS


def due(session: Session, on: date | None = None) -> tuple[Due, ...]:
    """The participants whose last session is older than that, the oldest first; all of their enrolments go together."""
    before = (on or today()) - relativedelta(months=kept_months(session))
    last = select(func.max(WorkshopHalfDay.held_on)).where(WorkshopHalfDay.workshop_id == Workshop.id)
    rows = session.execute(
        select(Enrolment, Workshop, func.coalesce(last.scalar_subquery(), Workshop.starts_on))
        .join(Workshop, Workshop.id == Enrolment.workshop_id)
        .where(Enrolment.person_id.is_(None), Enrolment.last_name.not_like(f"{FORGOTTEN}%"))
        .order_by(Enrolment.id)
    )
    found: dict[str, list[tuple[date, Enrolment, Workshop]]] = defaultdict(list)
    for row, workshop, ended in rows:
        key = participant_key("", row.first_name or "", row.last_name or "", row.phone or "", row.commune_code or "")
        found[key].append((ended, row, workshop))
    people = (sorted(of_one, key=_ended) for of_one in found.values())
    return tuple(sorted((_due(one) for one in people if one[-1][0] < before), key=_last))


def erase(session: Session, participants: tuple[Due, ...]) -> int:
    """Forget these names for good, journal included: nothing brings them back. How many people that makes.

    An erasure leaves no trace to undo (RGPD, art. 17), so the rows change without the journal's hearing of it.
    """
    session.flush()
    still = [one for one in due(session) if one in participants]
    for one in still:
        session.execute(
            update(Enrolment)
            .where(Enrolment.id.in_(one.enrolments), Enrolment.person_id.is_(None))
            .values(first_name=None, last_name=f"{FORGOTTEN} {secrets.token_hex(4)}", phone=None, contact_consent=None)
        )
        _unname(session, Change.row_id.in_(one.enrolments))
    gone = select(Enrolment.id).where(Enrolment.id == Change.row_id).exists()
    _unname(session, ~gone & Change.person_id.is_(None) & (Change.stamp < _stamp_before(session)))
    session.expire_all()
    return len(still)


def _unname(session: Session, which: ColumnElement[bool]) -> None:
    """What the journal keeps of an enrolment, without who it was: also of those who were taken out long ago."""
    named = func.json_remove(Change.fields, *(f"$.{name}" for name in _NAMING))
    session.execute(
        update(Change)
        .where(Change.entity == Enrolment.__tablename__, which)
        .values(fields=named)
        .execution_options(synchronize_session=False)
    )


def _stamp_before(session: Session) -> str:
    """The stamp of the journal before which nothing names anybody without a file any more."""
    limit = datetime.combine(today() - relativedelta(months=kept_months(session)), time()).astimezone()
    return f"{int(limit.timestamp() * 1000):013d}"


def _ended(one: tuple[date, Enrolment, Workshop]) -> date:
    return one[0]


def _last(one: Due) -> date:
    return one.last_on


def _due(of_one: list[tuple[date, Enrolment, Workshop]]) -> Due:
    last_on, _row, workshop = of_one[-1]
    return Due(tuple(row.id for _, row, _ in of_one), workshop.id, last_on, workshop.title)
