"""One visit to an existing business: what it shows, what it leads to, the form. Used by « Visites d’entreprises »."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from boutique.core.clock import today
from boutique.core.errors import UserError
from boutique.forms.catalogue import VISIT, VISIT_ACTION
from boutique.forms.spec import Answers
from boutique.models.case import Case
from boutique.models.outreach import BusinessVisit, VisitAction
from boutique.models.project import Business
from boutique.models.structure import Counsellor
from boutique.services import answers as answers_service
from boutique.services.context import context
from boutique.services.rows import existing

_PREFIX = "business_visit"
_MOST_ACTIONS = 12
_OTHERS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Promise:
    """Something to do after a visit; `id` is None while it is being typed."""

    label: str
    due_on: date | None = None
    done_on: date | None = None
    id: uuid.UUID | None = None

    @property
    def late(self) -> bool:
        return self.done_on is None and self.due_on is not None and self.due_on < today()


@dataclass(frozen=True, slots=True)
class OurFile:
    """A business of one of our files."""

    business_id: uuid.UUID
    case_id: uuid.UUID
    reference: str


@dataclass(frozen=True, slots=True)
class VisitSheet:
    """One visit, to read and to edit. `others`: the other visits to the same business, the latest first."""

    id: uuid.UUID | None
    answers: Answers
    promises: tuple[Promise, ...] = ()
    counsellor: str = ""
    counsellor_id: uuid.UUID | None = None
    programme_id: uuid.UUID | None = None
    ours: OurFile | None = None
    others: tuple[tuple[uuid.UUID, date], ...] = ()


def sheet(session: Session, visit_id: uuid.UUID) -> VisitSheet:
    """Everything one visit shows."""
    row = _visit(session, visit_id)
    counsellor = session.get(Counsellor, row.counsellor_id) if row.counsellor_id else None
    promises = session.scalars(
        select(VisitAction).where(VisitAction.visit_id == row.id).order_by(VisitAction.created_at, VisitAction.id)
    )
    others = session.execute(
        select(BusinessVisit.id, BusinessVisit.visited_on)
        .where(BusinessVisit.id != row.id, _same_business(row))
        .order_by(BusinessVisit.visited_on.desc())
        .limit(_OTHERS_SHOWN)
    )
    return VisitSheet(
        id=row.id,
        answers=answers_service.read_row(_PREFIX, row),
        promises=tuple(Promise(one.label, one.due_on, one.done_on, one.id) for one in promises),
        counsellor=counsellor.short_name if counsellor else "",
        counsellor_id=row.counsellor_id,
        programme_id=row.programme_id,
        ours=_our_file(session, Business.id == row.business_id) if row.business_id else None,
        others=tuple((other, on) for other, on in others),
    )


def blank(session: Session, again: uuid.UUID | None = None) -> VisitSheet:
    """A visit of today, to the business of an earlier visit when one is said."""
    answers: Answers = {"business_visit.visited_on": today()}
    if again is not None:
        known = answers_service.read_row(_PREFIX, _visit(session, again))
        kept = {field.key for section in VISIT.sections if section.code == "business" for field in section.fields}
        answers |= {key: value for key, value in known.items() if key in kept}
    return VisitSheet(None, answers, counsellor_id=context(session).counsellor_id)


def save(
    session: Session,
    visit_id: uuid.UUID | None,
    typed: Mapping[str, Any],
    promises: Sequence[Promise] = (),
    *,
    counsellor_id: uuid.UUID | None = None,
    programme_id: uuid.UUID | None = None,
) -> uuid.UUID:
    """Note a visit with what it leads to; the business is tied to our file when one has its SIREN."""
    accepted = VISIT.accept(typed)
    if len(promises) > _MOST_ACTIONS:
        raise UserError(f"Une visite porte au plus {_MOST_ACTIONS} suites : regroupez-les.")
    row = _visit(session, visit_id) if visit_id is not None else None
    if row is None:
        row = BusinessVisit(name=accepted["business_visit.name"], site_id=context(session).site_id)
        session.add(row)
    answers_service.write_row(row, _PREFIX, {field.key: accepted.get(field.key) for field in VISIT.fields()})
    row.counsellor_id, row.programme_id = counsellor_id, programme_id
    ours = _our_file(session, Business.siren == row.siren) if row.siren else None
    row.business_id = ours.business_id if ours is not None else None
    session.flush()
    _write_promises(session, row.id, promises)
    return row.id


def remove(session: Session, visit_id: uuid.UUID) -> None:
    """Delete a visit noted by mistake, with its follow-up."""
    row = _visit(session, visit_id)
    for action in session.scalars(select(VisitAction).where(VisitAction.visit_id == visit_id)):
        session.delete(action)
    session.delete(row)


def set_done(session: Session, action_id: uuid.UUID, *, done: bool) -> None:
    """What was promised is done, or is to be done again."""
    row = existing(session, VisitAction, action_id, "Cette suite n’existe plus : la visite a été relue.")
    row.done_on = today() if done else None


def _write_promises(session: Session, visit_id: uuid.UUID, promises: Iterable[Promise]) -> None:
    known = {row.id: row for row in session.scalars(select(VisitAction).where(VisitAction.visit_id == visit_id))}
    for promise in promises:
        typed = {"visit_action.label": promise.label, "visit_action.due_on": promise.due_on}
        accepted = VISIT_ACTION.accept(typed)
        row = known.pop(promise.id, None) if promise.id is not None else None
        if row is None:
            row = VisitAction(visit_id=visit_id, label=accepted["visit_action.label"])
            session.add(row)
        answers_service.write_row(row, "visit_action", accepted)
        if row.done_on != promise.done_on:
            row.done_on = promise.done_on
    for row in known.values():
        session.delete(row)
    session.flush()


def _same_business(row: BusinessVisit) -> ColumnElement[bool]:
    named = (BusinessVisit.name_key == row.name_key) & (
        BusinessVisit.commune_code.is_(None)
        if row.commune_code is None
        else BusinessVisit.commune_code == row.commune_code
    )
    return named | (BusinessVisit.siren == row.siren) if row.siren else named


def _our_file(session: Session, which: ColumnElement[bool]) -> OurFile | None:
    found = session.execute(
        select(Business.id, Case.id, Case.reference)
        .join(Case, Case.project_id == Business.project_id)
        .where(which)
        .order_by(Case.opened_on, Case.reference)
        .limit(1)
    ).first()
    return OurFile(*found) if found is not None else None


def _visit(session: Session, visit_id: uuid.UUID) -> BusinessVisit:
    return existing(session, BusinessVisit, visit_id, "Cette visite n’existe plus. Revenez à la liste des visites.")
