"""The structure, its places and its counsellors, as Réglages edits them and as the top bar offers them."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.clock import today
from boutique.core.errors import UserError
from boutique.forms.catalogue import COUNSELLOR, SITE, STRUCTURE
from boutique.forms.spec import Answers
from boutique.models.case import Case
from boutique.models.structure import Counsellor, Site, Structure
from boutique.services import answers as answers_service
from boutique.services.context import context, place
from boutique.services.rows import existing


@dataclass(frozen=True, slots=True)
class SiteLine:
    """A boutique or a permanence."""

    id: uuid.UUID
    name: str
    kind: str
    place: str
    phone: str
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class CounsellorLine:
    """Somebody who receives people, or who did."""

    id: uuid.UUID
    name: str
    initials: str
    role: str
    email: str
    left_on: date | None


@dataclass(frozen=True, slots=True)
class Staff:
    """Who may work where, and who does now: what the top bar shows and offers."""

    sites: tuple[SiteLine, ...]
    counsellors: tuple[CounsellorLine, ...]
    site: SiteLine | None
    counsellor: CounsellorLine | None


def staff(session: Session) -> Staff:
    """Open places and people at work, with those of this window."""
    here, places, people = context(session), open_sites(session), people_at_work(session)
    return Staff(
        places,
        people,
        next((line for line in places if line.id == here.site_id), None),
        next((line for line in people if line.id == here.counsellor_id), None),
    )


def file_count(session: Session) -> int:
    """How many files the base holds, for the status bar."""
    return session.scalar(select(func.count()).select_from(Case)) or 0


def structure(session: Session) -> Answers:
    """Answers of the structure, for its form."""
    return answers_service.read_row("structure", _structure(session))


def save_structure(session: Session, typed: Mapping[str, Any]) -> None:
    """Save the form of the structure; reminder days must be days."""
    accepted = STRUCTURE.accept(typed)
    accepted["structure.reminder_days"] = _days(accepted.get("structure.reminder_days"))
    answers_service.write_row(_structure(session), "structure", accepted)


def _structure(session: Session) -> Structure:
    found = session.scalars(select(Structure).limit(1)).first()
    if found is None:
        raise UserError("Cette base n’a pas encore de structure : terminez le premier démarrage.")
    return found


def _days(typed: str | None) -> str | None:
    if not typed:
        return None
    parts = [part.strip() for part in typed.replace(";", ",").split(",") if part.strip()]
    if not all(part.isascii() and part.isdigit() and 0 < int(part[:4]) < 1000 for part in parts):
        raise UserError("Les relances s’écrivent en jours, séparés par des virgules. Exemple : 9, 21, 45.")
    return ", ".join(str(day) for day in sorted({int(part) for part in parts}))


def sites(session: Session) -> tuple[SiteLine, ...]:
    """Every place, the open ones first."""
    rows = session.scalars(select(Site).order_by(Site.closed_on.is_not(None), Site.created_at, Site.id))
    return tuple(
        SiteLine(
            row.id,
            row.name,
            row.kind.label if row.kind else "",
            place(session, row.commune_code),
            french.show_phone(row.phone),
            row.closed_on,
        )
        for row in rows
    )


def open_sites(session: Session) -> tuple[SiteLine, ...]:
    """Where people may be received today: the list of the top bar."""
    return tuple(line for line in sites(session) if line.closed_on is None or line.closed_on > today())


def site(session: Session, site_id: uuid.UUID) -> Answers:
    """Answers of a place, for its form."""
    return answers_service.read_row("site", _site(session, site_id))


def save_site(session: Session, site_id: uuid.UUID | None, typed: Mapping[str, Any]) -> uuid.UUID:
    """Add or change a place; the last one open cannot close."""
    accepted = SITE.accept(typed)
    if site_id is None:
        row = Site(name=accepted["site.name"])
        session.add(row)
    else:
        row = _site(session, site_id)
    answers_service.write_row(row, "site", accepted)
    session.flush()
    if not session.scalar(select(func.count()).select_from(Site).where(Site.closed_on.is_(None))):
        raise UserError("C’est le dernier lieu ouvert : ajoutez-en un autre avant de le fermer.")
    return row.id


def _site(session: Session, site_id: uuid.UUID) -> Site:
    return existing(session, Site, site_id, "Ce lieu n’existe plus. Revenez aux réglages.")


def counsellors(session: Session) -> tuple[CounsellorLine, ...]:
    """Everybody, those at work first."""
    rows = session.scalars(
        select(Counsellor).order_by(Counsellor.left_on.is_not(None), Counsellor.created_at, Counsellor.id)
    )
    return tuple(
        CounsellorLine(
            row.id,
            f"{row.first_name} {row.last_name}".strip(),
            row.initials,
            row.role.label if row.role else "",
            row.email or "",
            row.left_on,
        )
        for row in rows
    )


def people_at_work(session: Session) -> tuple[CounsellorLine, ...]:
    """Who may be at the counter: the list of the top bar."""
    return tuple(line for line in counsellors(session) if line.left_on is None or line.left_on > today())


def counsellor(session: Session, counsellor_id: uuid.UUID) -> Answers:
    """Answers of a counsellor, for the form."""
    return answers_service.read_row("counsellor", _counsellor(session, counsellor_id))


def save_counsellor(session: Session, counsellor_id: uuid.UUID | None, typed: Mapping[str, Any]) -> uuid.UUID:
    """Add or change a counsellor; nobody leaves while at work here, and somebody stays."""
    accepted = COUNSELLOR.accept(typed)
    left_on = accepted.get("counsellor.left_on")
    if left_on is not None and counsellor_id == context(session).counsellor_id:
        raise UserError("Cette personne est au travail sur cet ordinateur : choisissez-en une autre en haut d’abord.")
    if counsellor_id is None:
        row = Counsellor(first_name=accepted["counsellor.first_name"], last_name=accepted["counsellor.last_name"])
        session.add(row)
    else:
        row = _counsellor(session, counsellor_id)
    answers_service.write_row(row, "counsellor", accepted)
    session.flush()
    if not session.scalar(select(func.count()).select_from(Counsellor).where(Counsellor.left_on.is_(None))):
        raise UserError("C’est la dernière personne au travail : ajoutez-en une autre avant d’enregistrer son départ.")
    return row.id


def _counsellor(session: Session, counsellor_id: uuid.UUID) -> Counsellor:
    return existing(
        session, Counsellor, counsellor_id, "Cette personne n’est plus dans la liste. Revenez aux réglages."
    )
