"""Contacts and absences of a structure: whom to ask for, who is away until when. For the directory and referrals."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.clock import today
from boutique.core.errors import UserError
from boutique.forms.catalogue import ABSENCE, CONTACT
from boutique.forms.spec import Answers
from boutique.models.directory import PartnerAbsence, PartnerContact
from boutique.models.referral import Partner, Referral
from boutique.models.trace import Change
from boutique.rules import needs
from boutique.services import answers as answers_service
from boutique.services.partner_cells import RESERVED
from boutique.services.rows import existing

KEPT_MONTHS = 12  # a contact who left is due to be erased after that


@dataclass(frozen=True, slots=True)
class Absence:
    """Days without answer; `contact_id` is None when it is the whole structure."""

    id: uuid.UUID
    contact_id: uuid.UUID | None
    from_on: date
    until_on: date | None
    reason: str
    replacement: str

    def covers(self, day: date) -> bool:
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)

    def told(self, word: str = "absente") -> str:
        """« absente jusqu’au 3 août (congés) ; à la place : l’accueil »."""
        words = f"{word} depuis le {_day(self.from_on)}"
        if self.until_on is not None:
            words = f"{word} jusqu’au {_day(self.until_on)}"
        if not self.covers(today()):
            until = f" au {_day(self.until_on)}" if self.until_on else ""
            words = f"{word} du {_day(self.from_on)}{until}" if until else f"{word} à partir du {_day(self.from_on)}"
        reason = f" ({self.reason[:1].lower()}{self.reason[1:]})" if self.reason else ""
        return f"{words}{reason}{f' ; à la place : {self.replacement}' if self.replacement else ''}"


@dataclass(frozen=True, slots=True)
class Contact:
    """A person to ask for. `away` is the absence of today."""

    id: uuid.UUID
    name: str
    role: str
    phone: str
    email: str
    themes: tuple[str, ...]
    verified_on: date | None
    left_on: date | None
    away: Absence | None

    @property
    def line(self) -> str:
        """« M. Leroy, conseiller »."""
        return ", ".join(part for part in (self.name, self.role) if part)


def _day(day: date) -> str:
    return french.whole_day(day, today=today())


def contacts(session: Session, partner_id: uuid.UUID, *, gone: bool = False) -> tuple[Contact, ...]:
    """Those who are there, in the order they were added; with `gone`, those who left too."""
    return by_partner(session, [partner_id], gone=gone).get(partner_id, ())


def by_partner(
    session: Session, partners: Collection[uuid.UUID], *, gone: bool = False
) -> dict[uuid.UUID, tuple[Contact, ...]]:  # fmt: skip
    """The contacts of several structures."""
    rows = session.scalars(
        select(PartnerContact)
        .where(PartnerContact.partner_id.in_(partners), *(() if gone else (PartnerContact.left_on.is_(None),)))
        .order_by(PartnerContact.left_on.is_not(None), PartnerContact.created_at, PartnerContact.id)
    ).all()
    away = {one.contact_id: one for found in absences(session, partners).values() for one in found if one.contact_id
            and one.covers(today())}  # fmt: skip
    found: dict[uuid.UUID, list[Contact]] = {}
    for row in rows:
        found.setdefault(row.partner_id, []).append(_contact(row, away.get(row.id)))
    return {partner_id: tuple(people) for partner_id, people in found.items()}


def _contact(row: PartnerContact, away: Absence | None) -> Contact:
    return Contact(
        row.id, row.name, row.role or "", row.phone or "", row.email or "", row.themes or (), row.verified_on,
        row.left_on, away,
    )  # fmt: skip


def absences(session: Session, partners: Collection[uuid.UUID]) -> dict[uuid.UUID, tuple[Absence, ...]]:
    """Absences that are not over, the first to begin first."""
    rows = session.scalars(
        select(PartnerAbsence)
        .where(PartnerAbsence.partner_id.in_(partners), not_over(today()))
        .order_by(PartnerAbsence.from_on, PartnerAbsence.id)
    )
    found: dict[uuid.UUID, list[Absence]] = {}
    for row in rows:
        found.setdefault(row.partner_id, []).append(
            Absence(row.id, row.contact_id, row.from_on, row.until_on, row.reason or "", row.replacement or "")
        )
    return {partner_id: tuple(those) for partner_id, those in found.items()}


def away(session: Session, partners: Collection[uuid.UUID]) -> dict[uuid.UUID, Absence]:
    """The structures that answer nobody today, and until when."""
    found = absences(session, partners)
    return {
        partner_id: one
        for partner_id, those in found.items()
        for one in those
        if one.contact_id is None and one.covers(today())
    }


def not_over(day: date) -> ColumnElement[bool]:
    """Condition on an absence: it lasts, or is still to come."""
    return or_(PartnerAbsence.until_on.is_(None), PartnerAbsence.until_on >= day)


def absent_partners(day: date) -> Any:
    """A statement: structures of which all, or somebody, is away that day."""
    return select(PartnerAbsence.partner_id).where(PartnerAbsence.from_on <= day, not_over(day))


def choose(people: Collection[Contact], theme: str | None) -> Contact | None:
    """Whom to write to about a theme: who is there first, then who answers for this theme, then for everything."""
    fitting = [one for one in people if not one.themes or theme is None or theme in one.themes]
    ranked = sorted(fitting, key=lambda one: (one.away is not None, theme not in one.themes))
    return ranked[0] if ranked else None


def contact_answers(session: Session, contact_id: uuid.UUID) -> Answers:
    """What the form of a contact shows."""
    return answers_service.read_row("contact", _contact_row(session, contact_id))


def save_contact(
    session: Session, partner_id: uuid.UUID, contact_id: uuid.UUID | None, typed: Mapping[str, Any]
) -> uuid.UUID:  # fmt: skip
    """Add or change a contact."""
    accepted = CONTACT.accept(typed)
    for key in ("contact.name", "contact.role"):
        accepted[key] = accepted[key].translate(RESERVED) if accepted.get(key) else None
    if strange := set(accepted.get("contact.themes") or ()) - {theme.code for theme in needs.load_needs()}:
        raise UserError(f"Thème « {sorted(strange)[0][:40]} » inconnu : choisissez dans la liste.")
    if contact_id is None:
        partner_row(session, partner_id)
        row = PartnerContact(partner_id=partner_id, name=accepted["contact.name"])
        session.add(row)
    else:
        row = _contact_row(session, contact_id)
    answers_service.write_row(row, "contact", accepted)
    session.flush()
    return row.id


def leave(session: Session, contact_id: uuid.UUID, on: date | None = None) -> None:
    """No longer there: not proposed any more, still named on the referrals that were addressed to them."""
    _contact_row(session, contact_id).left_on = on or today()


def come_back(session: Session, contact_id: uuid.UUID) -> None:
    """There after all."""
    _contact_row(session, contact_id).left_on = None


def erase_contact(session: Session, contact_id: uuid.UUID) -> None:
    """Forget a contact for good, journal included: nothing brings the name back. Referrals stay, addressed to nobody.

    An erasure leaves no trace to undo (RGPD, art. 17), so the rows go without the journal's hearing of it.
    """
    row = _contact_row(session, contact_id)
    session.flush()
    lost = list(session.scalars(select(PartnerAbsence.id).where(PartnerAbsence.contact_id == contact_id)))
    session.execute(update(Referral).where(Referral.contact_id == contact_id).values(contact_id=None))
    session.execute(delete(PartnerAbsence).where(PartnerAbsence.contact_id == contact_id))
    session.execute(delete(PartnerContact).where(PartnerContact.id == contact_id))
    session.execute(delete(Change).where(Change.row_id.in_([row.id, *lost])))
    session.expire_all()


def erase_contacts(session: Session, due: Iterable[tuple[uuid.UUID, str]]) -> None:
    """The same for those that `to_erase` found."""
    for contact_id, _structure in due:
        erase_contact(session, contact_id)


def to_erase(session: Session) -> tuple[tuple[uuid.UUID, str], ...]:
    """(contact, structure) of those who left a year ago or more: what keeps their name is over."""
    before = today() - relativedelta(months=KEPT_MONTHS)
    rows = session.execute(
        select(PartnerContact.id, Partner.name)
        .join(Partner, Partner.id == PartnerContact.partner_id)
        .where(PartnerContact.left_on <= before)
        .order_by(PartnerContact.left_on, PartnerContact.id)
    )
    return tuple((row.id, row.name) for row in rows)


def save_absence(
    session: Session, partner_id: uuid.UUID, contact_id: uuid.UUID | None, typed: Mapping[str, Any]
) -> uuid.UUID:  # fmt: skip
    """Say that a structure, or one of its contacts, will be away."""
    accepted = ABSENCE.accept(typed)
    partner_row(session, partner_id)
    if contact_id is not None and _contact_row(session, contact_id).partner_id != partner_id:
        raise UserError("Ce contact est celui d’une autre structure. Choisissez-le dans la liste.")
    row = PartnerAbsence(partner_id=partner_id, contact_id=contact_id, from_on=accepted["absence.from_on"])
    answers_service.write_row(row, "absence", accepted)
    session.add(row)
    session.flush()
    return row.id


def end_absence(session: Session, absence_id: uuid.UUID) -> None:
    """Back, or never gone."""
    row = session.get(PartnerAbsence, absence_id)
    if row is not None:
        session.delete(row)


def _contact_row(session: Session, contact_id: uuid.UUID) -> PartnerContact:
    return existing(
        session, PartnerContact, contact_id, "Ce contact n’existe plus. Revenez à la fiche de la structure."
    )


def partner_row(session: Session, partner_id: uuid.UUID) -> Partner:
    """The structure itself; UserError when it was deleted meanwhile."""
    return existing(session, Partner, partner_id, "Cette fiche n’existe plus. Revenez à la liste des partenaires.")
