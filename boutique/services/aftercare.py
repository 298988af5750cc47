"""Follow-ups of the businesses created, 1 to 36 months after: planned, called, answered. Used by « Suivis à faire »."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from dateutil.relativedelta import relativedelta
from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.clock import today
from boutique.core.errors import UserError
from boutique.forms.catalogue import FOLLOW_UP
from boutique.forms.spec import Answers
from boutique.models.after import FollowUp, FollowUpAttempt
from boutique.models.after_choices import FollowUpOutcome, FollowUpState
from boutique.models.case import Case
from boutique.models.choices import Channel
from boutique.models.project import Business
from boutique.services import answers as answers_service
from boutique.services import intakes
from boutique.services.rows import existing

MONTHS = (1, 3, 6, 12, 24, 36)
RETRY_DAYS = 7
ENOUGH_ATTEMPTS = 2  # « relancer deux fois » before saying that somebody cannot be reached (POS3)
_LATEST_CALL = 365


def due_on(registered_on: date, months: int) -> date:
    """The anniversary; the 31st becomes the last day of a shorter month."""
    return registered_on + relativedelta(months=months)


def first_case(session: Session, project_id: uuid.UUID) -> Case | None:
    """The file that a project started with carries its follow-ups: a couple is called once."""
    return session.scalars(
        select(Case).where(Case.project_id == project_id).order_by(Case.opened_on, Case.reference).limit(1)
    ).first()


def is_ours(case: Case, business: Business) -> bool:
    """A business registered during the accompaniment, not one that was there before."""
    return bool(business.registered) and business.registered_on is not None and business.registered_on >= case.opened_on


def plan(session: Session, business: Business) -> int:
    """Make, move or drop the follow-ups of a business after its date; returns how many are to do."""
    case = first_case(session, business.project_id)
    if case is None:
        return 0
    rows = of_project(session, business.project_id)
    if not is_ours(case, business):
        for idle in rows:
            if idle.state is not FollowUpState.DONE and not attempts(session, [idle.id]):
                session.delete(idle)
        return 0
    assert business.registered_on is not None
    known = {row.months: row for row in rows}
    moved = set()
    for months in MONTHS:
        day = due_on(business.registered_on, months)
        row = known.get(months)
        if row is None:
            session.add(FollowUp(case_id=case.id, months=months, due_on=day, call_on=day, state=FollowUpState.TO_DO))
            moved.add(months)
        elif row.due_on != day and row.state is not FollowUpState.DONE:
            row.due_on = row.call_on = day
            moved.add(months)
    session.flush()
    return settle(session, business, moved)


def settle(session: Session, business: Business, moved: set[int] | None = None) -> int:
    """What no longer makes sense is « sans objet », what makes sense again is to do; returns how many are to do."""
    rows = of_project(session, business.project_id)
    ceased = [row.months for row in rows if row.outcome is FollowUpOutcome.CEASED]
    answered = [row.months for row in rows if row.state is FollowUpState.DONE]
    following = {row.months: later.due_on for row, later in pairwise(rows)}
    for row in rows:
        if row.state is FollowUpState.DONE:
            continue
        stopped = any(months < row.months for months in ceased) or (
            business.ceased_on is not None and row.due_on > business.ceased_on
        )
        if stopped or any(months > row.months for months in answered):
            row.state = FollowUpState.POINTLESS
        elif row.state is FollowUpState.POINTLESS or row.months in (moved or ()):
            # Nobody asks how the first month went once the third is there.
            passed = row.months in following and following[row.months] <= today()
            row.state = FollowUpState.POINTLESS if passed else FollowUpState.TO_DO
    session.flush()
    return sum(row.state is FollowUpState.TO_DO for row in rows)


def of_project(session: Session, project_id: uuid.UUID) -> list[FollowUp]:
    """The follow-ups of a business in their order, whichever file of the project carries them."""
    cases = select(Case.id).where(Case.project_id == project_id)
    return list(session.scalars(select(FollowUp).where(FollowUp.case_id.in_(cases)).order_by(FollowUp.months)))


def attempts(session: Session, follow_ups: Sequence[uuid.UUID]) -> list[FollowUpAttempt]:
    """The calls that gave nothing, in their order."""
    return list(
        session.scalars(
            select(FollowUpAttempt)
            .where(FollowUpAttempt.follow_up_id.in_(follow_ups))
            .order_by(FollowUpAttempt.tried_on, FollowUpAttempt.created_at, FollowUpAttempt.id)
        )
    )


def unanswered(session: Session, follow_up_id: uuid.UUID) -> int:
    """How many days somebody was tried without an answer."""
    return len({row.tried_on for row in attempts(session, [follow_up_id]) if row.postponed_to is None})


def answers(session: Session, follow_up_id: uuid.UUID) -> Answers:
    """The answers of a follow-up, for its form; one that is to do starts with today, by phone."""
    row = follow_up_of(session, follow_up_id)
    found = answers_service.read_row("follow_up", row)
    return {"follow_up.done_on": today(), "follow_up.how": Channel.PHONE, **found}


def no_answer(session: Session, follow_up_id: uuid.UUID, how: Channel = Channel.PHONE, note: str = "") -> date:
    """Nobody answered: noted, and to be called again in a week. Returns that day."""
    row = _open(session, follow_up_id)
    row.call_on = today() + timedelta(RETRY_DAYS)
    session.add(
        FollowUpAttempt(
            case_id=row.case_id, follow_up_id=row.id, tried_on=today(), how=how, note=note.strip()[:300] or None
        )
    )
    return row.call_on


def postpone(session: Session, follow_up_id: uuid.UUID, until: date, note: str = "") -> None:
    """Somebody answered and asked for another day."""
    row = _open(session, follow_up_id)
    if until <= today():
        raise UserError(f"Le rappel se met à un jour à venir, pas au {french.show_date(until)}.")
    if until > today() + timedelta(_LATEST_CALL):
        raise UserError(f"Le {french.show_date(until)} est dans plus d’un an. Choisissez un jour plus proche.")
    row.call_on = until
    session.add(
        FollowUpAttempt(
            case_id=row.case_id,
            follow_up_id=row.id,
            tried_on=today(),
            how=Channel.PHONE,
            postponed_to=until,
            note=note.strip()[:300] or None,
        )
    )


def save(session: Session, follow_up_id: uuid.UUID, typed: Mapping[str, Any]) -> None:
    """What was learnt. A business that has ceased has no later follow-ups; a need that was told joins the file."""
    row = follow_up_of(session, follow_up_id)
    accepted = FOLLOW_UP.accept(typed)
    outcome: FollowUpOutcome = accepted["follow_up.outcome"]
    done_on: date = accepted["follow_up.done_on"]
    business = business_of(session, row)
    said = misplaced(business.registered_on if business else None, accepted)
    if said:
        raise UserError(" ".join(said.values()))
    if outcome is FollowUpOutcome.UNREACHABLE and unanswered(session, row.id) < ENOUGH_ATTEMPTS:
        raise UserError("Relancez deux fois, à des jours différents, avant de noter la personne injoignable.")
    was = row.ceased_on
    blank = {field.key: None for field in FOLLOW_UP.fields()}
    answers_service.write_row(row, "follow_up", {**blank, **accepted})
    row.state = FollowUpState.DONE
    if business is not None:
        if row.ceased_on is not None or (was is not None and business.ceased_on == was):
            business.ceased_on = row.ceased_on
        settle(session, business)
    if outcome is not FollowUpOutcome.UNREACHABLE:
        case = answers_service.case_of(session, row.case_id)
        intakes.touch(case, done_on)
        intakes.raise_needs(session, case.id, accepted.get("follow_up.needs") or (), done_on)
    session.flush()


def misplaced(registered_on: date | None, accepted: Mapping[str, Any]) -> dict[str, str]:
    """Dates of a follow-up that lie before the business; one sentence for each, by key."""
    found = {}
    for key, what in (("follow_up.done_on", "Le suivi"), ("follow_up.ceased_on", "La cessation")):
        on = accepted.get(key)
        if on is not None and registered_on is not None and on < registered_on:
            found[key] = (
                f"{what} ({french.show_date(on)}) est avant l’immatriculation de l’entreprise "
                f"({french.show_date(registered_on)}). Vérifiez la date."
            )
    return found


def reopen(session: Session, follow_up_id: uuid.UUID) -> None:
    """To be called again: what was answered is forgotten."""
    row = follow_up_of(session, follow_up_id)
    answers_service.write_row(row, "follow_up", {field.key: None for field in FOLLOW_UP.fields()})
    row.state = FollowUpState.TO_DO
    business = business_of(session, row)
    session.flush()
    if business is not None:
        settle(session, business)


def follow_up_of(session: Session, follow_up_id: uuid.UUID) -> FollowUp:
    """The follow-up, or a sentence when it is gone."""
    return existing(session, FollowUp, follow_up_id, "Ce suivi n’existe plus. Revenez à la liste des suivis.")


def business_of(session: Session, row: FollowUp) -> Business | None:
    """The business that a follow-up is about."""
    case = answers_service.case_of(session, row.case_id)
    found = answers_service.rows_of(session, case).get("business")
    return found if isinstance(found, Business) else None


def _open(session: Session, follow_up_id: uuid.UUID) -> FollowUp:
    row = follow_up_of(session, follow_up_id)
    if row.state is not FollowUpState.TO_DO:
        raise UserError(f"Ce suivi n’est plus à faire : {row.state.label.lower()}.")
    return row
