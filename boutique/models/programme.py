"""Agreements with funders: their co-financing, targets and participants, and the months declared to them."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from boutique.core.conditions import Condition
from boutique.models.base import Record, foreign_key
from boutique.models.choices import Allowance, EducationLevel, EmploymentStatus, RegistrationDuration
from boutique.models.fields import Kind, Privacy, field
from boutique.models.programme_choices import Improvement, ProgrammeKind
from boutique.models.types import Codes

_PLACES = (Condition("programme.kind", "in", (ProgrammeKind.HUMAN_RESOURCES, ProgrammeKind.SALES_DEVELOPMENT)),)
_JOBSEEKERS = (EmploymentStatus.JOBSEEKER_WITH_BENEFIT, EmploymentStatus.JOBSEEKER_WITHOUT_BENEFIT)


class Programme(Record):
    """An agreement with a funder. Files and acts are charged to it; amounts are whole euros."""

    __tablename__ = "programme"

    name: Mapped[str] = field(
        "Nom du programme", section="programme", kind=Kind.TEXT, max_length=120, required=True, privacy=Privacy.NONE
    )
    kind: Mapped[ProgrammeKind] = field(
        "Type", section="programme", choices=ProgrammeKind, required=True, privacy=Privacy.NONE
    )
    funder: Mapped[str | None] = field(
        "Financeur", section="programme", kind=Kind.TEXT, max_length=120, privacy=Privacy.NONE
    )
    agreement: Mapped[str | None] = field(
        "N° de convention", section="programme", kind=Kind.TEXT, max_length=60, privacy=Privacy.NONE
    )
    starts_on: Mapped[date] = field("Du", section="dates", kind=Kind.DATE, required=True, privacy=Privacy.NONE)
    ends_on: Mapped[date | None] = field("Au", section="dates", kind=Kind.DATE, privacy=Privacy.NONE)
    alert_days: Mapped[int | None] = field(
        "Prévenir avant la fin (jours)",
        section="dates",
        kind=Kind.INTEGER,
        maximum=365,
        privacy=Privacy.NONE,
        help="Aujourd’hui le rappelle pendant ce temps ; 90 jours si rien n’est indiqué.",
    )
    amount_eur: Mapped[int | None] = field(
        "Montant de la convention (€)", section="money", kind=Kind.EUROS, maximum=100_000_000, privacy=Privacy.NONE
    )
    places: Mapped[int | None] = field(
        "Places prévues",
        section="money",
        kind=Kind.INTEGER,
        maximum=100_000,
        privacy=Privacy.NONE,
        visible_if=_PLACES,
        help="Chaque dossier rattaché au programme en prend une.",
    )
    places_elsewhere: Mapped[int | None] = field(
        "Places prises sans dossier",
        section="money",
        kind=Kind.INTEGER,
        maximum=100_000,
        privacy=Privacy.NONE,
        visible_if=_PLACES,
    )
    note: Mapped[str | None] = field("Remarque", section="money", kind=Kind.TEXT, max_length=600, privacy=Privacy.NONE)
    archived_on: Mapped[date | None] = mapped_column(default=None)


class CoFinancing(Record):
    """What one financer brings to a programme; the share outside the city's own credits is CDV_COFINANCEMENT."""

    __tablename__ = "co_financing"

    programme_id: Mapped[uuid.UUID] = foreign_key("programme")
    financer: Mapped[str] = field(
        "Financeur", section="share", kind=Kind.TEXT, max_length=120, required=True, privacy=Privacy.NONE
    )
    amount_eur: Mapped[int] = field(
        "Montant (€)", section="share", kind=Kind.EUROS, maximum=100_000_000, required=True, privacy=Privacy.NONE
    )
    common_law: Mapped[bool | None] = field(
        "Droit commun",
        section="share",
        kind=Kind.YES_NO,
        privacy=Privacy.NONE,
        help="Oui : hors crédits de la politique de la ville.",
    )
    year: Mapped[int | None] = field(
        "Année",
        section="share",
        kind=Kind.INTEGER,
        minimum=2000,
        maximum=2100,
        privacy=Privacy.NONE,
        help="Vide : toute la convention.",
    )


class Objective(Record):
    """A target for one figure: of a programme, or of the structure itself; for a year, or the whole agreement."""

    __tablename__ = "objective"

    programme_id: Mapped[uuid.UUID | None] = foreign_key("programme", nullable=True)
    figure: Mapped[str] = mapped_column(String(60))  # key of a figure of `rules.indicators`
    year: Mapped[int | None] = mapped_column(default=None)  # None: the whole agreement
    target: Mapped[float]  # in the unit of the figure

    __table_args__ = (Index("ix_objective_year", "year", "programme_id", "figure"),)


class Participation(Record):
    """A file in a FSE+ operation: the situation at entry as it was, and six months after the end (DOMAIN § 5.2).

    What the operation's own questionnaire asks (origin, housing) is never held here.
    """

    __tablename__ = "participation"

    programme_id: Mapped[uuid.UUID] = foreign_key("programme")
    case_id: Mapped[uuid.UUID] = foreign_key("accompaniment")
    entered_on: Mapped[date] = field(
        "Date d’entrée dans l’opération", section="entry", kind=Kind.DATE, past=True, required=True
    )
    employment_status: Mapped[EmploymentStatus | None] = field(
        "Situation à l’entrée", section="entry", choices=EmploymentStatus
    )
    registration_duration: Mapped[RegistrationDuration | None] = field(
        "Durée de recherche d’emploi à l’entrée",
        section="entry",
        choices=RegistrationDuration,
        visible_if=(Condition("participation.employment_status", "in", _JOBSEEKERS),),
    )
    in_training: Mapped[bool | None] = field("En formation ou études à l’entrée", section="entry", kind=Kind.YES_NO)
    education_level: Mapped[EducationLevel | None] = field(
        "Plus haut niveau de formation à l’entrée", section="entry", choices=EducationLevel
    )
    allowances: Mapped[tuple[Allowance, ...] | None] = field(
        "Allocations à l’entrée", section="entry", choices=Allowance, many=True
    )
    reached_on: Mapped[date | None] = field("Répondu le", section="six_months", kind=Kind.DATE, past=True)
    status_after: Mapped[EmploymentStatus | None] = field(
        "Situation à six mois", section="six_months", choices=EmploymentStatus
    )
    improved: Mapped[Improvement | None] = field("Situation améliorée", section="six_months", choices=Improvement)
    unreachable: Mapped[bool | None] = field(
        "Injoignable après deux relances",
        section="six_months",
        kind=Kind.YES_NO,
        help="Injoignable n’est pas sans emploi : les deux se comptent à part.",
    )


class LockedMonth(Record):
    """A month declared to the funders: its workbook and its figures as they left. Unlocking it leaves the row."""

    __tablename__ = "locked_month"

    month: Mapped[date] = mapped_column(index=True)  # its first day
    site_id: Mapped[uuid.UUID | None] = foreign_key("site", nullable=True)  # None: all places
    locked_at: Mapped[datetime]
    locked_by_id: Mapped[uuid.UUID | None] = foreign_key("counsellor", nullable=True)
    stamp: Mapped[str] = mapped_column(String(40))  # of the journal: what is later is a correction
    content_id: Mapped[uuid.UUID] = foreign_key("attachment_content")  # .xlsx
    # The same as .ods and .csv; None of months that were declared before these were kept.
    ods_id: Mapped[uuid.UUID | None] = foreign_key("attachment_content", nullable=True)
    csv_id: Mapped[uuid.UUID | None] = foreign_key("attachment_content", nullable=True)
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)
    unlocked_at: Mapped[datetime | None] = mapped_column(default=None)
    unlocked_by_id: Mapped[uuid.UUID | None] = foreign_key("counsellor", nullable=True)
    unlock_reason: Mapped[str | None] = mapped_column(String(300), default=None)


class CorrectionReason(Record):
    """Why something dated in a declared month was changed afterwards; one for each action of the journal."""

    __tablename__ = "correction_reason"

    action_id: Mapped[uuid.UUID] = mapped_column(index=True)
    reason: Mapped[str] = mapped_column(String(300))
    given_on: Mapped[date]
    given_by_id: Mapped[uuid.UUID | None] = foreign_key("counsellor", nullable=True)


class ListModel(Record):
    """A follow-up list kept under a name: its columns, in order, and which files it holds. Used for funders."""

    __tablename__ = "list_model"

    name: Mapped[str] = field(
        "Nom de la liste", section="list", kind=Kind.TEXT, max_length=120, required=True, privacy=Privacy.NONE
    )
    programme_id: Mapped[uuid.UUID | None] = foreign_key("programme", nullable=True)
    columns: Mapped[tuple[str, ...]] = mapped_column(Codes(4_000))
    criteria: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
