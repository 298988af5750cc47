"""What every printed document shares: letterhead, shown values, names behind ids. For the modules of `papers`."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.clock import local
from boutique.core.errors import UserError
from boutique.exports.letterhead import Letterhead
from boutique.forms import values
from boutique.models.choices import ConsentKind
from boutique.models.fields import Field, Kind
from boutique.models.structure import Counsellor, Site, Structure
from boutique.models.trace import Consent
from boutique.rules import needs as needs_rules
from boutique.services import journey_versions as versions
from boutique.services.context import context, place

_LETTERHEAD = "boutique.letterhead"


@dataclass(frozen=True, slots=True)
class Document:
    """A finished document; its file name carries references, never a person's name."""

    file_name: str
    title: str
    content: bytes


def letterhead(session: Session) -> Letterhead:
    """What is printed at the top and bottom of every page; read once a session."""
    if (known := session.info.get(_LETTERHEAD)) is None:
        known = session.info[_LETTERHEAD] = _letterhead(session)
    assert isinstance(known, Letterhead)
    return known


def _letterhead(session: Session) -> Letterhead:
    row = session.scalars(select(Structure)).first()
    if row is None:
        raise UserError("La structure n’est pas encore décrite. Complétez-la dans Réglages.")
    return Letterhead(
        name=row.name,
        legal_name=row.legal_name or "",
        address=", ".join(part for part in (row.address, row.postal_line) if part),
        phone=french.show_phone(row.phone),
        email=row.email or "",
        dpo_contact=row.dpo_contact or row.email or "",
        legal_basis=row.legal_basis,
        retention_months=row.retention_months or 24,
    )


def shown_value(session: Session, field: Field, value: Any) -> str:
    """The text of a value, with the names of communes, activities, needs and steps instead of their codes."""
    if value is None:
        return ""
    if field.kind is Kind.COMMUNE:
        return place(session, value, with_code=True)
    if field.kind is Kind.NAF:
        found = context(session).reference.naf(value)
        return f"{found.label} ({found.code})" if found else str(value)
    if field.kind is Kind.CODES:
        return ", ".join(_code_label(session, field, code) for code in value)
    return values.show(field, value)


def _code_label(session: Session, field: Field, code: str) -> str:
    if field.key == "interview.steps":
        return versions.step_label(session, code)
    return needs_rules.subject(code).label if field.key == "passage.needs" else code


def counsellor_of(session: Session, counsellor_id: uuid.UUID | None) -> Mapping[str, str]:
    row = session.get(Counsellor, counsellor_id) if counsellor_id else None
    if row is None:
        return {"name": "", "phone": "", "email": ""}
    return {"name": row.short_name, "phone": french.show_phone(row.phone), "email": row.email or ""}


def site_name(session: Session, site_id: uuid.UUID | None) -> str:
    site = session.get(Site, site_id) if site_id else None
    return site.name if site else ""


def notice_date(session: Session, person_id: uuid.UUID) -> date | None:
    handed = select(Consent.given_on).where(Consent.person_id == person_id, Consent.kind == ConsentKind.NOTICE)
    return session.scalar(handed.order_by(Consent.given_on.desc()).limit(1))


def moment(instant: datetime | None) -> str:
    if instant is None:
        return ""
    here = local(instant)
    minutes = f"{here.minute:02d}" if here.minute else ""
    return f"{french.long_date(here.date())}, {here.hour} h {minutes}".rstrip()
