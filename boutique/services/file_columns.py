"""Columns of the list of files, each declared once: what the table shows, sorts and exports."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, func, select

from boutique.core import clock, french
from boutique.core.clock import now, today
from boutique.core.names import Name, joint_name
from boutique.models.base import Record
from boutique.models.case import Appointment, Case
from boutique.models.choices import AppointmentStatus, ExitReason, Phase
from boutique.models.person import Person
from boutique.models.project import Project
from boutique.models.structure import Counsellor, Site
from boutique.models.types import Instant
from boutique.rules.journey import load_journey

STALE_DAYS = 60


@dataclass(frozen=True, slots=True)
class FileRow:
    """One line of the list."""

    case_id: uuid.UUID
    person_id: uuid.UUID
    reference: str
    first_name: str
    last_name: str
    phone: str  # as stored: shown only where its column is
    email: str
    commune: str
    project: str
    phase: Phase
    counsellor: str
    site: str
    opened_on: date
    last_contact_on: date
    closed_on: date | None
    exit_reason: ExitReason | None
    next_at: datetime | None
    missing: tuple[str, ...]
    holders: tuple[Name, ...] = ()  # all of them, when several carry the project

    @property
    def name(self) -> str:
        return joint_name(self.holders or [(self.first_name, self.last_name)], last_first=True)

    @property
    def stale(self) -> bool:
        """Open, and without news for 60 days."""
        return self.closed_on is None and (today() - self.last_contact_on).days >= STALE_DAYS


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the list: what the table shows and what an export of the view writes."""

    key: str
    title: str
    getter: Callable[[FileRow], str]
    width: int
    order: ColumnElement[Any] | None = None
    reads: type[Record] = Case  # the entity that `order` is on
    shown: bool = True  # unless the user chose otherwise
    value: Callable[[FileRow], date | datetime | None] | None = None  # what a spreadsheet gets, when not the text


_RANKS = {phase: rank for rank, phase in enumerate(Phase)}
_PHASE_RANK = case(_RANKS, value=Case.phase)
_NEXT = (
    select(func.min(Appointment.starts_at))
    .where(
        Appointment.case_id == Case.id,
        Appointment.status == AppointmentStatus.PLANNED,
        Appointment.starts_at >= bindparam("present", callable_=now, type_=Instant()),
    )
    .correlate(Case)
    .scalar_subquery()
)


@cache
def _phase_labels() -> dict[Phase, str]:
    return {Phase(phase.code): phase.short for phase in load_journey().phases}


def _end(row: FileRow) -> str:
    if row.closed_on is None:
        return ""
    reason = f" · {row.exit_reason.label}" if row.exit_reason else ""
    return f"{french.show_date(row.closed_on)}{reason}"


def _next(row: FileRow) -> str:
    if row.next_at is None:
        return ""
    at = clock.local(row.next_at)
    return f"{french.day_month(at.date())} {at:%H:%M}"


# To add a column: one line here, and its value in FileRow when it is new.
COLUMNS: tuple[Column, ...] = (
    Column("name", "Nom", lambda row: row.name, 170, Person.name_key.expression, Person),
    Column("project", "Projet", lambda row: row.project, 230, func.lower(Project.summary), Project),
    # INSEE codes follow the alphabet within a département.
    Column("commune", "Commune", lambda row: row.commune, 145, Person.commune_code.expression, Person),
    Column("phase", "Phase", lambda row: _phase_labels()[row.phase], 130, _PHASE_RANK),
    Column("last_contact", "Dernier contact", lambda row: french.show_date(row.last_contact_on), 130,
           Case.last_contact_on.expression, value=lambda row: row.last_contact_on),
    Column("next", "Rendez-vous", _next, 120, _NEXT, value=lambda row: row.next_at and clock.local(row.next_at).date()),
    Column("counsellor", "Référent·e", lambda row: row.counsellor, 95, Counsellor.last_name.expression, Counsellor),
    Column("missing", "À compléter", lambda row: ", ".join(row.missing), 130),
    Column("phone", "Téléphone", lambda row: french.show_phone(row.phone), 120, Person.phone_key.expression, Person,
           shown=False),
    Column("email", "E-mail", lambda row: row.email, 200, Person.email_key.expression, Person, shown=False),
    Column("site", "Lieu", lambda row: row.site, 140, Site.name.expression, Site, shown=False),
    Column("opened", "Ouvert le", lambda row: french.show_date(row.opened_on), 100, Case.opened_on.expression,
           shown=False, value=lambda row: row.opened_on),
    Column("closed", "Terminé", _end, 160, Case.closed_on.expression, shown=False),
    Column("reference", "Dossier", lambda row: row.reference, 100, Case.reference.expression, shown=False),
)  # fmt: skip
BY_KEY = {column.key: column for column in COLUMNS}
