"""The half-days of a session: checked together, told in words. For the services of this package and its documents."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import clock, french
from boutique.core.errors import UserError
from boutique.models.workshop import Attendance, Workshop, WorkshopHalfDay
from boutique.services.outreach import DAY, instant, show_hour

SHORTEST, LONGEST_DAY = 30, 480  # minutes a day: the workbook takes from 0.5 to 8 hours
MOST = 20
_OLDEST, _FARTHEST = 2000, 20  # a year, and years ahead


@dataclass(frozen=True, slots=True)
class HalfDay:
    """A day and two minutes of it, on the wall clock; `id` is None until it is saved."""

    held_on: date
    starts_at: int
    ends_at: int
    id: UUID | None = None

    @property
    def minutes(self) -> int:
        return self.ends_at - self.starts_at

    @property
    def times(self) -> str:
        """« de 9 h 00 à 12 h 00 »."""
        begin, end = (f"{at // 60}\u00a0h\u00a0{at % 60:02d}" for at in (self.starts_at, self.ends_at))
        return f"de {begin} à {end}"

    @property
    def short(self) -> str:
        """« mar. 24 nov. 09:00 – 12:00 »."""
        day = f"{french.DAYS[self.held_on.weekday()][:3]}. {french.day_month(self.held_on)}"
        return f"{day} {show_hour(self.starts_at)} – {show_hour(self.ends_at)}"

    @property
    def begins(self) -> datetime:
        return instant(self.held_on, self.starts_at)

    @property
    def ends(self) -> datetime:
        return instant(self.held_on, self.ends_at)


def of_workshops(session: Session, workshops: Sequence[UUID]) -> dict[UUID, tuple[HalfDay, ...]]:
    """Half-days in their order, by session."""
    rows = session.scalars(
        select(WorkshopHalfDay)
        .where(WorkshopHalfDay.workshop_id.in_(workshops))
        .order_by(WorkshopHalfDay.held_on, WorkshopHalfDay.starts_at, WorkshopHalfDay.id)
    )
    found: dict[UUID, tuple[HalfDay, ...]] = {}
    for row in rows:
        made = HalfDay(row.held_on, row.starts_at, row.ends_at, row.id)
        found[row.workshop_id] = (*found.get(row.workshop_id, ()), made)
    return found


def of(session: Session, workshop_id: UUID) -> tuple[HalfDay, ...]:
    """Half-days of one session."""
    return of_workshops(session, (workshop_id,)).get(workshop_id, ())


def has_begun(half_days: Sequence[HalfDay]) -> bool:
    """The first day has come: people may be noted present, or come without having been announced."""
    return bool(half_days) and half_days[0].held_on <= clock.today()


def is_over(half_days: Sequence[HalfDay]) -> bool:
    return bool(half_days) and half_days[-1].ends <= clock.now()


def check(half_days: Sequence[HalfDay]) -> tuple[HalfDay, ...]:
    """The same in their order; UserError when they cannot be held."""
    if not half_days:
        raise UserError("Donnez au moins une demi-journée à cette séance : un jour, un début et une fin.")
    if len(half_days) > MOST:
        raise UserError(f"Une séance a {MOST} demi-journées au plus. Créez-en une autre pour la suite.")
    ordered = tuple(sorted(half_days, key=_start))
    for one in ordered:
        _check_one(one)
    for before, after in pairwise(ordered):
        if before.held_on == after.held_on and after.starts_at < before.ends_at:
            raise UserError(f"Deux demi-journées se chevauchent le {french.show_date(after.held_on)}. Corrigez-les.")
    for day in {one.held_on for one in ordered}:
        if sum(one.minutes for one in ordered if one.held_on == day) > LONGEST_DAY:
            longest = french.show_minutes(LONGEST_DAY)
            raise UserError(f"Le {french.show_date(day)} dépasse {longest} d’atelier. Corrigez les horaires.")
    return ordered


def _check_one(one: HalfDay) -> None:
    if not _OLDEST <= one.held_on.year <= clock.today().year + _FARTHEST:
        raise UserError(f"L’année {one.held_on.year} ne convient pas pour une séance. Vérifiez la date.")
    if not 0 <= one.starts_at < DAY or one.ends_at > DAY or one.minutes < SHORTEST:
        raise UserError("La fin d’une demi-journée vient au moins une demi-heure après son début.")


def store(session: Session, workshop: Workshop, half_days: Sequence[HalfDay]) -> None:
    """Write them; those that are gone take their attendance along (undo brings both back)."""
    ordered = check(half_days)
    known = {row.id: row for row in session.scalars(_rows(workshop.id))}
    kept = {one.id for one in ordered}
    for row_id, row in known.items():
        if row_id not in kept:
            for present in session.scalars(select(Attendance).where(Attendance.half_day_id == row_id)):
                session.delete(present)
            session.delete(row)
    for one in ordered:
        found = known.get(one.id) if one.id is not None else None
        row = found or WorkshopHalfDay(workshop_id=workshop.id)
        if found is not None and one.held_on > clock.today() and _has_attendance(session, found.id):
            raise UserError(
                "Des présences sont déjà notées : la demi-journée ne peut pas passer "
                f"au {french.show_date(one.held_on)}, dans le futur. Retirez-les d’abord."
            )
        row.held_on, row.starts_at, row.ends_at = one.held_on, one.starts_at, one.ends_at
        session.add(row)
    workshop.starts_on = ordered[0].held_on


def remove_all(session: Session, workshop_id: UUID) -> None:
    """The half-days of a session that goes."""
    for row in session.scalars(_rows(workshop_id)):
        session.delete(row)


def _rows(workshop_id: UUID) -> Any:
    return select(WorkshopHalfDay).where(WorkshopHalfDay.workshop_id == workshop_id)


def _has_attendance(session: Session, half_day_id: UUID) -> bool:
    return session.scalar(select(Attendance.id).where(Attendance.half_day_id == half_day_id).limit(1)) is not None


def _start(one: HalfDay) -> tuple[date, int]:
    return one.held_on, one.starts_at
