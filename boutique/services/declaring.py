"""Declaring a month: what to look at first, its workbook and figures frozen; taking that back. For Activité."""

import io
import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from boutique.core import clock, french
from boutique.core.errors import UserError
from boutique.models.programme import LockedMonth
from boutique.rules.period import Period
from boutique.rules.scope import Scope
from boutique.services import activity, attachment_store, corrections, locked_months
from boutique.services.checks import Check, checks
from boutique.services.context import context
from boutique.services.month import read
from boutique.storage import journal

LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class BeforeDeclaring:
    """What is looked at before a month is declared: the controls that found something, and whether it may be."""

    month: date
    site_id: uuid.UUID | None
    checks: tuple[Check, ...]
    refusal: str


def before(session: Session, month: date, site_id: uuid.UUID | None = None) -> BeforeDeclaring:
    """The controls of a month, and why it cannot be declared (nothing when it can)."""
    book = read(session, month, Scope(site_id))
    found = tuple(check for check in checks(session, book, site_id) if check.count)
    return BeforeDeclaring(month.replace(day=1), site_id, found, _refusal(session, month, site_id))


def declare(session: Session, month: date, site_id: uuid.UUID | None = None) -> uuid.UUID:
    """Freeze the workbook and the figures of a month; what is dated in it and changes later is a correction."""
    if refusal := _refusal(session, month, site_id):
        raise UserError(refusal)
    here = context(session)
    row = LockedMonth(
        month=month.replace(day=1),
        site_id=site_id,
        locked_at=clock.now(),
        locked_by_id=here.counsellor_id,
        content_id=attachment_store.put(session, io.BytesIO(activity.workbook(session, month, site_id))),
        figures=corrections.figures(session, month, site_id),
        stamp=journal.CLOCK.stamp(here.device),
    )
    session.add(row)
    session.flush()
    return row.id


def unlock(session: Session, lock_id: uuid.UUID, reason: str) -> None:
    """The month may be declared anew; the copy of what was declared stays, with the reason."""
    locked_months.refuse_others(session)
    if not reason.strip():
        raise UserError("Dites pourquoi ce mois est déverrouillé : le motif reste dans la déclaration.")
    row = locked_months.known(session, lock_id)
    if row.unlocked_at is not None:
        raise UserError(f"{french.month_name(row.month).capitalize()} n’est plus verrouillé.")
    row.unlocked_at, row.unlocked_by_id = clock.now(), context(session).counsellor_id
    row.unlock_reason = reason.strip()[:LONGEST_REASON]


def _refusal(session: Session, month: date, site_id: uuid.UUID | None) -> str:
    if not locked_months.may_declare(session):
        return "Déclarer un mois revient à la coordination."
    name = french.month_name(month)
    if Period.month(month).end >= clock.today():
        return f"{name.capitalize()} n’est pas terminé : il se déclare à partir du mois suivant."
    if locked_months.in_force(session, month, site_id) is not None:
        return f"{name.capitalize()} est déjà déclaré."
    return ""
