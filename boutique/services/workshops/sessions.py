"""Sessions of the modules: planned, moved, held, cancelled. The writes of Ateliers; `sheets` reads."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import clock, french
from boutique.core.errors import UserError
from boutique.forms.catalogue import WORKSHOP, WORKSHOP_AFTER
from boutique.forms.spec import Answers
from boutique.models.structure import Site
from boutique.models.workshop import AnonymousHeads, Attendance, Enrolment, Workshop
from boutique.models.workshop_choices import WorkshopState
from boutique.services import answers as answers_service
from boutique.services.context import context
from boutique.services.workshops import half_days, modules, places
from boutique.services.workshops.half_days import HalfDay
from boutique.services.workshops.places import workshop_of

PREFIX = "workshop"
MARKS = 5  # satisfaction goes from 1 to 5
_MORNING, _USUAL_MINUTES = 9 * 60, 180
_LONGEST_REASON = 200
_MOST_ANSWERS = 500


@dataclass(frozen=True, slots=True)
class Setting:
    """Of which module, where, by whom a session is held, and which programme pays for it."""

    module_id: uuid.UUID | None
    site_id: uuid.UUID | None = None
    counsellor_id: uuid.UUID | None = None
    programme_id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """What the form of a session shows, new or not."""

    id: uuid.UUID | None
    answers: Answers
    setting: Setting
    half_days: tuple[HalfDay, ...]


@dataclass(frozen=True, slots=True)
class Saved:
    """A session in the base, and who got a place in it meanwhile."""

    id: uuid.UUID
    moved_up: tuple[str, ...]


def blank(session: Session, module_id: uuid.UUID | None, on: date | None = None) -> Planned:
    """A new session of a module: its title, length and places, here, by whoever is at work."""
    here = context(session)
    day = on or clock.today()
    if module_id is None:
        setting = Setting(None, here.site_id, here.counsellor_id)
        return Planned(None, {}, setting, (HalfDay(day, _MORNING, _MORNING + _USUAL_MINUTES),))
    module = modules.module_of(session, module_id)
    setting = Setting(module_id, here.site_id, here.counsellor_id, module.programme_id)
    answers = {"workshop.title": module.title, "workshop.capacity": module.capacity}
    return Planned(None, answers, setting, (HalfDay(day, _MORNING, _MORNING + module.minutes),))


def planned(session: Session, workshop_id: uuid.UUID) -> Planned:
    """A session, for its form."""
    row = workshop_of(session, workshop_id)
    answers = answers_service.read_row(PREFIX, row)
    shown = {field.key: answers[field.key] for field in WORKSHOP.fields() if field.key in answers}
    setting = Setting(row.module_id, row.site_id, row.counsellor_id, row.programme_id)
    return Planned(row.id, shown, setting, half_days.of(session, row.id))


def save(
    session: Session,
    workshop_id: uuid.UUID | None,
    typed: Mapping[str, Any],
    days: Sequence[HalfDay],
    setting: Setting,
) -> Saved:
    """Plan a session or change it; one of the past may be written down. More places let those who wait in."""
    accepted = WORKSHOP.accept(typed)
    if setting.module_id is None:
        raise UserError("Choisissez le module de cette séance.")
    module = modules.module_of(session, setting.module_id)
    ordered = half_days.check(days)
    row = Workshop() if workshop_id is None else workshop_of(session, workshop_id)
    if workshop_id is not None and accepted["workshop.capacity"] < row.capacity:
        _refuse_too_few_places(session, row, accepted["workshop.capacity"])
    accepted["workshop.commune_code"] = _commune(session, row, accepted, setting)
    answers_service.write_row(row, PREFIX, accepted)
    row.module_id, row.site_id, row.counsellor_id = module.id, setting.site_id, setting.counsellor_id
    row.programme_id = setting.programme_id
    row.starts_on = ordered[0].held_on
    session.add(row)
    half_days.store(session, row, ordered)
    session.flush()
    return Saved(row.id, places.move_up(session, row))


def hold(session: Session, workshop_id: uuid.UUID) -> None:
    """It took place, whoever came."""
    row = workshop_of(session, workshop_id)
    if not places.has_begun(session, row):
        raise UserError(f"Cette séance n’a lieu que le {french.show_date(row.starts_on)}.")
    row.state, row.cancel_reason = WorkshopState.HELD, None


def cancel(session: Session, workshop_id: uuid.UUID, reason: str) -> None:
    """It does not take place; those enrolled stay listed, to be told."""
    row = workshop_of(session, workshop_id)
    if _somebody_came(session, row):
        raise UserError("Des personnes sont notées présentes à cette séance. Retirez leurs présences pour l’annuler.")
    if len(reason) > _LONGEST_REASON:
        raise UserError(f"Donnez ce motif en {_LONGEST_REASON} caractères au plus.")
    row.state, row.cancel_reason = WorkshopState.CANCELLED, reason.strip() or None


def plan_again(session: Session, workshop_id: uuid.UUID) -> None:
    """Back to « prévue »: neither held nor cancelled."""
    row = workshop_of(session, workshop_id)
    if _somebody_came(session, row):
        raise UserError(
            "Des personnes sont notées présentes : la séance a bien eu lieu. Retirez d’abord leurs présences."
        )
    row.state, row.cancel_reason = WorkshopState.PLANNED, None


def delete(session: Session, workshop_id: uuid.UUID) -> None:
    """One that nobody was ever enrolled in goes; the others are cancelled."""
    row = workshop_of(session, workshop_id)
    for model in (Enrolment, AnonymousHeads):
        if session.scalar(select(model.id).where(model.workshop_id == row.id).limit(1)) is not None:
            raise UserError(
                "Des personnes y sont inscrites : annulez cette séance, elle gardera leurs noms à prévenir."
            )
    half_days.remove_all(session, row.id)
    session.delete(row)


def after(session: Session, workshop_id: uuid.UUID) -> Answers:
    """The synthesis of a session, for its form."""
    found = answers_service.read_row(PREFIX, workshop_of(session, workshop_id))
    return {field.key: found[field.key] for field in WORKSHOP_AFTER.fields() if field.key in found}


def save_after(
    session: Session,
    workshop_id: uuid.UUID,
    typed: Mapping[str, Any],
    ratings: Sequence[int] = (),
    average: int | None = None,
) -> None:
    """What came of it: the synthesis, sent or not, and how satisfied people were.

    `ratings` says how many answered 1, 2, 3, 4 and 5; `average` is in hundredths, where only an average is known.
    """
    row = workshop_of(session, workshop_id)
    answers_service.write_row(row, PREFIX, WORKSHOP_AFTER.accept(typed))
    row.ratings, row.rating_hundredths = _ratings(ratings), None
    if row.ratings is None and average is not None:
        if not 100 <= average <= 100 * MARKS:
            raise UserError("La satisfaction moyenne va de 1 à 5.")
        row.rating_hundredths = average


def rating(row: Workshop) -> float | None:
    """Average satisfaction, from 1 to 5; None when nobody answered."""
    counts = row.ratings or []
    if total := sum(counts):
        return float(sum(mark * count for mark, count in enumerate(counts, 1)) / total)
    return None if row.rating_hundredths is None else row.rating_hundredths / 100


def _commune(session: Session, row: Workshop, accepted: Answers, setting: Setting) -> str | None:
    """Within our walls, that of the place, also when the place changes: figures go by the commune of the session."""
    typed: str | None = accepted.get("workshop.commune_code")
    here, before = (session.get(Site, one) if one else None for one in (setting.site_id, row.site_id))
    follows = typed is None or (before is not None and typed == before.commune_code)
    return here.commune_code if follows and here is not None and not accepted.get("workshop.place") else typed


def _ratings(counts: Sequence[int]) -> list[int] | None:
    if not any(counts):
        return None
    if len(counts) != MARKS or any(not 0 <= count <= _MOST_ANSWERS for count in counts):
        raise UserError(f"Le nombre de réponses va de 0 à {_MOST_ANSWERS} pour chaque note.")
    return list(counts)


def _refuse_too_few_places(session: Session, row: Workshop, capacity: int) -> None:
    taken = row.capacity - places.free(session, row)
    if capacity < taken and not places.has_begun(session, row):
        raise UserError(f"{french.plural(taken, 'place')} sont déjà prises : gardez-en au moins autant.")


def _somebody_came(session: Session, row: Workshop) -> bool:
    came = (
        select(Attendance.id)
        .join(Enrolment, Enrolment.id == Attendance.enrolment_id)
        .where(Enrolment.workshop_id == row.id, Attendance.present.is_(True))
    )
    heads = select(AnonymousHeads.id).where(AnonymousHeads.workshop_id == row.id, AnonymousHeads.came > 0)
    return any(session.scalar(query.limit(1)) is not None for query in (came, heads))
