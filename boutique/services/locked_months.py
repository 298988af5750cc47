"""Months declared to the funders: which ones, their workbook as it left. Read by Activité, exports and corrections."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.errors import UserError
from boutique.exports.excel.formats import Form
from boutique.models.attachment import AttachmentContent
from boutique.models.choices import Role
from boutique.models.programme import LockedMonth
from boutique.models.structure import Counsellor, Site
from boutique.services import attachment_store
from boutique.services.context import context
from boutique.services.rows import existing

EVERYWHERE = "Tous les lieux"
XLSX = Form.XLSX.value
_ONLY_COORDINATOR = (
    "Déclarer un mois, ou le déverrouiller, revient à la coordination. "
    "Choisissez en haut une personne dont c’est le rôle (Réglages › Conseillers)."
)

_ONLY_EXCEL = (
    "{month} a été déclaré quand seul le classeur Excel était gardé\u00a0: "
    "enregistrez-le en .xlsx, votre tableur en fera un autre format."
)


@dataclass(frozen=True, slots=True)
class LockLine:
    """One declaration. `unlocked_at` and what follows are empty while the month is locked."""

    id: uuid.UUID
    month: date
    site_id: uuid.UUID | None
    place: str
    locked_at: datetime
    locked_by: str
    size: int
    unlocked_at: datetime | None
    unlocked_by: str
    unlock_reason: str

    @property
    def in_force(self) -> bool:
        return self.unlocked_at is None


def listing(session: Session, year: int | None = None) -> tuple[LockLine, ...]:
    """Every declaration (of a year), those since unlocked included: the latest month and declaration first."""
    names: dict[uuid.UUID | None, str] = {one.id: one.short_name for one in session.scalars(select(Counsellor))}
    query = (
        select(LockedMonth, Site.name, AttachmentContent.size)
        .join(AttachmentContent, AttachmentContent.id == LockedMonth.content_id)
        .outerjoin(Site, Site.id == LockedMonth.site_id)
        .order_by(LockedMonth.month.desc(), LockedMonth.locked_at.desc())
    )
    if year is not None:
        query = query.where(LockedMonth.month.between(date(year, 1, 1), date(year, 12, 31)))
    return tuple(
        LockLine(
            row.id, row.month, row.site_id, place or EVERYWHERE, row.locked_at, names.get(row.locked_by_id, ""), size,
            row.unlocked_at, names.get(row.unlocked_by_id, ""), row.unlock_reason or "",
        )
        for row, place, size in session.execute(query)
    )  # fmt: skip


def in_force(session: Session, month: date, site_id: uuid.UUID | None) -> LockedMonth | None:
    """The declaration of a month at this very place (or of all places), while it is locked."""
    return session.scalars(
        select(LockedMonth)
        .where(
            LockedMonth.month == month.replace(day=1),
            LockedMonth.site_id.is_(None) if site_id is None else LockedMonth.site_id == site_id,
            LockedMonth.unlocked_at.is_(None),
        )
        .order_by(LockedMonth.locked_at.desc())
        .limit(1)
    ).first()


def frozen(
    session: Session, month: date, site_id: uuid.UUID | None = None, form: str = XLSX
) -> bytes | None:  # fmt: skip
    """The workbook of a declared month, to the byte as it was declared; None when it was not.

    UserError when this format was not kept then.
    """
    row = in_force(session, month, site_id)
    return None if row is None else _copy(session, row, form)


def kept(session: Session, lock_id: uuid.UUID, form: str = XLSX) -> bytes:
    """The workbook of one declaration, even unlocked since. UserError when this format was not kept then."""
    return _copy(session, known(session, lock_id), form)


def _copy(session: Session, row: LockedMonth, form: str) -> bytes:
    content_id = {Form.XLSX: row.content_id, Form.ODS: row.ods_id, Form.CSV: row.csv_id}[Form(form)]
    if content_id is None:
        raise UserError(_ONLY_EXCEL.format(month=french.month_name(row.month).capitalize()))
    return attachment_store.whole(session, content_id)


def known(session: Session, lock_id: uuid.UUID) -> LockedMonth:
    """One declaration, or a sentence when it is gone."""
    return existing(session, LockedMonth, lock_id, "Cette déclaration n’existe plus. Revenez à la liste des mois.")


def any_in_force(session: Session) -> bool:
    """Whether anything can be a correction at all."""
    return session.scalar(select(LockedMonth.id).where(LockedMonth.unlocked_at.is_(None)).limit(1)) is not None


def may_declare(session: Session) -> bool:
    """Whether who is at work may declare and unlock; everybody may where nobody coordinates."""
    here = session.get(Counsellor, context(session).counsellor_id) if context(session).counsellor_id else None
    if here is not None and here.role is Role.COORDINATOR:
        return True
    coordinates = select(func.count()).where(Counsellor.role == Role.COORDINATOR, Counsellor.left_on.is_(None))
    return not session.scalar(coordinates)


def refuse_others(session: Session) -> None:
    """Roles are a convenience, not a protection: they say whose task this is."""
    if not may_declare(session):
        raise UserError(_ONLY_COORDINATOR)
