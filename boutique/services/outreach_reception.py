"""Who was received at each permanence: counted from the visits and interviews noted there, never typed."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core.clock import local
from boutique.models.case import Case, Interview, Passage
from boutique.rules.outreach import Sitting, sitting_of
from boutique.services import outreach
from boutique.services.outreach import Held


@dataclass(frozen=True, slots=True)
class Contact:
    """An interview that was held, or a visit; nobody is known of an anonymous one."""

    person_id: uuid.UUID | None
    case_id: uuid.UUID | None
    minutes: int = 0
    interview: bool = False


@dataclass(frozen=True, slots=True)
class Reception:
    """What was noted at one permanence."""

    contacts: tuple[Contact, ...] = ()

    @property
    def people(self) -> frozenset[uuid.UUID]:
        """Persons received: each once, at an interview or at a visit in their name."""
        return frozenset(one.person_id for one in self.contacts if one.person_id is not None)

    @property
    def received(self) -> int:
        return len(self.people)

    @property
    def anonymous(self) -> int:
        """Visits of which nobody is named: they are not persons received."""
        return sum(one.person_id is None for one in self.contacts)

    @property
    def interviews(self) -> int:
        return sum(one.interview for one in self.contacts)

    @property
    def minutes(self) -> int:
        """Of the interviews."""
        return sum(one.minutes for one in self.contacts if one.interview)


NOBODY = Reception()


def receptions(
    session: Session, first: date, last: date, site_id: uuid.UUID | None = None
) -> dict[uuid.UUID, Reception]:  # fmt: skip
    """By key of the dated permanence (`Ref.id`): what was noted that day, at that place, by that counsellor.

    Where two share a day and a place, each visit and interview counts at one of them (`rules.outreach.sitting_of`).
    """
    sittings = _by_day_and_place(outreach.held(session, first, last, site_id))
    found: dict[uuid.UUID, list[Contact]] = {}
    for on, site, counsellor, entered_at, contact in _contacts(session, first, last, {at for _, at in sittings}):
        if (on, site) not in sittings:
            continue
        key = sitting_of(sittings[on, site], counsellor, _minute(entered_at, on))
        if key is not None:
            found.setdefault(key, []).append(contact)
    return {key: Reception(tuple(contacts)) for key, contacts in found.items()}


def _by_day_and_place(held: Iterable[Held]) -> dict[tuple[date, uuid.UUID], list[Sitting]]:
    made: dict[tuple[date, uuid.UUID], list[Sitting]] = {}
    for one in held:
        opens_at = one.starts_at.hour * 60 + one.starts_at.minute
        sitting = Sitting(one.ref.id, one.counsellor_id, opens_at)
        made.setdefault((one.starts_at.date(), one.site_id), []).append(sitting)
    return made


def _contacts(
    session: Session, first: date, last: date, sites: set[uuid.UUID]
) -> Iterator[tuple[date, uuid.UUID, uuid.UUID | None, datetime, Contact]]:  # fmt: skip
    """Nobody ticks « venue » for somebody who sits there: not known means came."""
    if not sites:
        return
    held: Any = (
        select(Interview.held_on, Interview.site_id, Interview.counsellor_id, Interview.created_at, Case.person_id,
               Interview.case_id, Interview.minutes)
        .join(Case, Case.id == Interview.case_id)
        .where(Interview.held_on.between(first, last), Interview.site_id.in_(sites))
        .where(Interview.attended.is_(None) | Interview.attended.is_(True))
    )  # fmt: skip
    for on, site, counsellor, entered_at, person, case, minutes in session.execute(held):
        yield on, site, counsellor, entered_at, Contact(person, case, minutes or 0, interview=True)
    seen: Any = (
        select(Passage.happened_on, Passage.site_id, Passage.counsellor_id, Passage.created_at, Passage.person_id,
               Passage.case_id)
        .where(Passage.happened_on.between(first, last), Passage.site_id.in_(sites))
    )  # fmt: skip
    for on, site, counsellor, entered_at, person, case in session.execute(seen):
        yield on, site, counsellor, entered_at, Contact(person, case)


def _minute(entered_at: datetime, on: date) -> int | None:
    """The minute of the day when it was noted, None when that was another day."""
    here = local(entered_at)
    return here.hour * 60 + here.minute if here.date() == on else None
