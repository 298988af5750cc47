"""Declaring a month: what to look at first, its workbook and figures frozen; taking that back. For Activité."""

import io
import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from boutique.core import clock, french
from boutique.core.errors import UserError
from boutique.exports.excel.formats import Form
from boutique.models.programme import LockedMonth
from boutique.rules.period import Period
from boutique.rules.scope import Scope
from boutique.services import activity_files, attachment_store, corrections, declared_figures, locked_months
from boutique.services.activity_files import Step
from boutique.services.checks import Check, checks
from boutique.services.context import context
from boutique.services.corrections import Corrections
from boutique.services.locked_months import LockLine
from boutique.services.month import read
from boutique.storage import journal

LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class MonthState:
    """Where a month stands: the controls and why it cannot be declared; or its declaration and what changed since.

    `before` are earlier declarations of it, since unlocked.
    """

    month: date
    site_id: uuid.UUID | None
    checks: tuple[Check, ...]
    refusal: str
    lock: LockLine | None
    corrections: Corrections | None
    before: tuple[LockLine, ...]
    may_unlock: bool


def state(session: Session, month: date, site_id: uuid.UUID | None = None) -> MonthState:
    """What is looked at before a month is declared, and afterwards."""
    lines = [line for line in locked_months.listing(session, month.year) if line.month == month.replace(day=1)]
    here = [line for line in lines if line.site_id == site_id]
    lock = next((line for line in here if line.in_force), None)
    found: tuple[Check, ...] = ()
    if lock is None:
        book = read(session, month, Scope(site_id))
        found = tuple(check for check in checks(session, book, Scope(site_id)) if check.count)
    return MonthState(
        month=month.replace(day=1),
        site_id=site_id,
        checks=found,
        refusal=_refusal(session, month, site_id),
        lock=lock,
        corrections=corrections.of_lock(session, lock.id) if lock is not None else None,
        before=tuple(line for line in here if not line.in_force),
        may_unlock=locked_months.may_declare(session),
    )


def declare(
    session: Session, month: date, site_id: uuid.UUID | None = None, step: Step | None = None
) -> uuid.UUID:  # fmt: skip
    """Freeze the workbook (every format) and the figures of a month; what changes in it later is a correction.

    `step` is told how far it is out of 100, and may raise to give up.
    """
    if refusal := _refusal(session, month, site_id):
        raise UserError(refusal)
    here = context(session)
    copies = {
        form: attachment_store.put(session, io.BytesIO(content))
        for form, content in activity_files.month_copies(session, month, site_id, step).items()
    }
    row = LockedMonth(
        month=month.replace(day=1),
        site_id=site_id,
        locked_at=clock.now(),
        locked_by_id=here.counsellor_id,
        content_id=copies[Form.XLSX],
        ods_id=copies[Form.ODS],
        csv_id=copies[Form.CSV],
        figures=declared_figures.freeze(session, month, site_id),
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
