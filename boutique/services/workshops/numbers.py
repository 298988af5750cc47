"""How many have a place, wait and came, for several sessions at once. For lists, sheets and the activity."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from boutique.models.workshop import AnonymousHeads, Attendance, Enrolment
from boutique.models.workshop_choices import EnrolmentState


@dataclass(frozen=True, slots=True)
class Numbers:
    """Of one session. Somebody came when present at one half-day at least; heads are people without a name."""

    enrolled: int = 0
    waiting: int = 0
    heads: int = 0
    people_came: int = 0
    heads_came: int = 0

    @property
    def taken(self) -> int:
        """Places taken: « inscrits » of the workbook."""
        return self.enrolled + self.heads

    @property
    def came(self) -> int:
        """« présents » of the workbook: heads of one session, never distinct persons over several."""
        return self.people_came + self.heads_came


def of_workshops(session: Session, workshops: Sequence[UUID]) -> dict[UUID, Numbers]:
    """By session; those without anybody are there too."""
    places = session.execute(
        select(Enrolment.workshop_id, Enrolment.state, func.count())
        .where(Enrolment.workshop_id.in_(workshops))
        .group_by(Enrolment.workshop_id, Enrolment.state)
    ).all()
    came = session.execute(
        select(Enrolment.workshop_id, func.count(Enrolment.id.distinct()))
        .join(Attendance, Attendance.enrolment_id == Enrolment.id)
        .where(Enrolment.workshop_id.in_(workshops), Attendance.present.is_(True))
        .group_by(Enrolment.workshop_id)
    ).all()
    heads = session.execute(
        select(AnonymousHeads.workshop_id, func.sum(AnonymousHeads.heads), func.sum(AnonymousHeads.came))
        .where(AnonymousHeads.workshop_id.in_(workshops))
        .group_by(AnonymousHeads.workshop_id)
    ).all()
    by_state = {(workshop, state): count for workshop, state, count in places}
    present = {workshop: count for workshop, count in came}  # noqa: C416 - rows, not pairs
    anonymous = {workshop: (count or 0, attended or 0) for workshop, count, attended in heads}
    return {
        one: Numbers(
            by_state.get((one, EnrolmentState.ENROLLED), 0),
            by_state.get((one, EnrolmentState.WAITING), 0),
            anonymous.get(one, (0, 0))[0],
            present.get(one, 0),
            anonymous.get(one, (0, 0))[1],
        )
        for one in workshops
    }


def of(session: Session, workshop_id: UUID) -> Numbers:
    """Of one session."""
    return of_workshops(session, (workshop_id,))[workshop_id]
