"""Coaching: the visit, the file (accompaniment), interviews, journey steps, actions and appointments."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from boutique.models.base import Record, enum_column, foreign_key
from boutique.models.choices import (
    ActionOwner,
    ActionStatus,
    AppointmentStatus,
    Channel,
    ExitReason,
    InterviewMode,
    InterviewType,
    NextStep,
    Phase,
    Prescriber,
    Priority,
    StepStatus,
)
from boutique.models.fields import Kind, Privacy, field


class Passage(Record):
    """Somebody came in or called. Anonymous until a person is named; the visit itself is never lost."""

    __tablename__ = "passage"

    happened_on: Mapped[date] = field(
        "Date", section="visit", kind=Kind.DATE, past=True, required=True, privacy=Privacy.NONE
    )
    channel: Mapped[Channel | None] = field("Mode de contact", section="visit", choices=Channel, privacy=Privacy.NONE)
    prescriber: Mapped[Prescriber | None] = field("Orienté·e par", section="visit", choices=Prescriber)
    needs: Mapped[tuple[str, ...] | None] = field("Ce qui l’amène", section="visit", kind=Kind.CODES, counts=False)
    next_step: Mapped[NextStep | None] = field("Suite", section="visit", choices=NextStep, counts=False)
    minutes: Mapped[int | None] = mapped_column(default=None)
    site_id: Mapped[uuid.UUID | None] = foreign_key("site", nullable=True)
    counsellor_id: Mapped[uuid.UUID | None] = foreign_key("counsellor", nullable=True)
    person_id: Mapped[uuid.UUID | None] = foreign_key("person", nullable=True)
    case_id: Mapped[uuid.UUID | None] = foreign_key("accompaniment", nullable=True)
    # What may be known of an anonymous visitor, for the statistics only.
    commune_code: Mapped[str | None] = mapped_column(String(5), default=None)

    # Covers what the activity counts: reading years of visits must not read the visits themselves. No wider than that:
    # deciphering it is most of the time it takes.
    __table_args__ = (Index("ix_passage_activity", "happened_on", "person_id", "channel"),)


class Case(Record):
    """A file: one person, one project, one counsellor, from opening to a coded end."""

    __tablename__ = "accompaniment"

    reference: Mapped[str] = mapped_column(String(16), unique=True)
    person_id: Mapped[uuid.UUID] = foreign_key("person")
    project_id: Mapped[uuid.UUID] = foreign_key("project", index=False)
    counsellor_id: Mapped[uuid.UUID | None] = foreign_key("counsellor", nullable=True)
    site_id: Mapped[uuid.UUID | None] = foreign_key("site", nullable=True)
    programme_id: Mapped[uuid.UUID | None] = foreign_key("programme", nullable=True)  # what its acts are charged to
    opened_on: Mapped[date]
    closed_on: Mapped[date | None] = mapped_column(default=None, index=True)
    exit_reason: Mapped[ExitReason | None] = mapped_column(enum_column(ExitReason), default=None)
    # What figures, rules and filters know; the structure's own phase of the same file stands beside it.
    phase: Mapped[Phase] = mapped_column(enum_column(Phase), default=Phase.RECEPTION_AND_EMERGENCE)
    journey_phase: Mapped[str | None] = mapped_column(String(20), default=None)
    journey_version: Mapped[str] = mapped_column(String(20), default="")
    last_contact_on: Mapped[date] = mapped_column(index=True)

    __table_args__ = (
        Index("ix_accompaniment_holder", "id", "person_id", "reference"),  # whose file it is, asked for each act
        Index("ix_accompaniment_span", "opened_on", "closed_on"),
        Index("ix_accompaniment_first", "project_id", "opened_on", "reference"),  # the file a project began with
    )


class PhaseChange(Record):
    """When a file entered a phase; going back is allowed and kept."""

    __tablename__ = "phase_change"

    case_id: Mapped[uuid.UUID] = foreign_key("accompaniment")
    phase: Mapped[Phase] = mapped_column(enum_column(Phase))
    journey_phase: Mapped[str | None] = mapped_column(String(20), default=None)
    entered_on: Mapped[date]

    __table_args__ = (Index("ix_phase_change_entered", "entered_on", "case_id"),)


class StepProgress(Record):
    """What was worked out on one step of the journey: answers, end, or why it was skipped."""

    __tablename__ = "step_progress"

    case_id: Mapped[uuid.UUID] = foreign_key("accompaniment")
    step_code: Mapped[str] = mapped_column(String(12))
    status: Mapped[StepStatus] = mapped_column(enum_column(StepStatus), default=StepStatus.IN_PROGRESS)
    done_on: Mapped[date | None] = mapped_column(default=None)
    due_on: Mapped[date | None] = mapped_column(default=None, index=True)  # late ones, each time Aujourd’hui shows
    deliverable_on: Mapped[date | None] = mapped_column(default=None)
    criterion_on: Mapped[date | None] = mapped_column(default=None)
    minutes: Mapped[int] = mapped_column(default=0)  # spent outside interviews, which count their own
    answers: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    skip_reason: Mapped[str | None] = mapped_column(String(300), default=None)

    __table_args__ = (Index("ix_step_progress_done", "step_code", "deliverable_on", "done_on", "case_id"),)


class Interview(Record):
    """One interview, logged in one screen; the private note never leaves in a document for others."""

    __tablename__ = "interview"

    case_id: Mapped[uuid.UUID] = foreign_key("accompaniment")
    counsellor_id: Mapped[uuid.UUID | None] = foreign_key("counsellor", nullable=True)
    site_id: Mapped[uuid.UUID | None] = foreign_key("site", nullable=True)
    programme_id: Mapped[uuid.UUID | None] = foreign_key("programme", nullable=True)  # kept when the file’s changes
    held_on: Mapped[date] = field(
        "Date", section="interview", kind=Kind.DATE, past=True, required=True, privacy=Privacy.NONE
    )
    type: Mapped[InterviewType | None] = field(
        "Type d’entretien", section="interview", choices=InterviewType, required=True
    )
    minutes: Mapped[int | None] = field(
        "Durée (minutes)",
        section="interview",
        kind=Kind.INTEGER,
        minimum=0,
        maximum=480,
        required=True,
        help="De 5 à 240 minutes ; 0 pour une absence.",
    )
    mode: Mapped[InterviewMode | None] = field("Présence", section="interview", choices=InterviewMode)
    attended: Mapped[bool | None] = field("La personne est venue", section="interview", kind=Kind.YES_NO)
    phase: Mapped[Phase | None] = field("Phase", section="interview", choices=Phase)
    journey_phase: Mapped[str | None] = mapped_column(String(20), default=None)
    steps: Mapped[tuple[str, ...] | None] = field("Étapes travaillées", section="interview", kind=Kind.CODES)
    summary: Mapped[str | None] = field(
        "Points traités, à partager",
        section="content",
        kind=Kind.LONG_TEXT,
        help="La personne peut lire ce texte : des faits, des décisions, des suites.",
    )
    decisions: Mapped[str | None] = field("Décisions de la personne", section="content", kind=Kind.LONG_TEXT)
    private_note: Mapped[str | None] = field(
        "Note discrète",
        section="content",
        kind=Kind.LONG_TEXT,
        help="Jamais imprimée ni transmise ; la personne peut demander à la lire.",
    )

    # Covers what the activity counts, so that the texts are not read with it.
    __table_args__ = (Index("ix_interview_activity", "held_on", "case_id", "type", "attended", "minutes"),)


class Action(Record):
    """Something decided: who does what, by when."""

    __tablename__ = "action"

    case_id: Mapped[uuid.UUID] = foreign_key("accompaniment")
    interview_id: Mapped[uuid.UUID | None] = foreign_key("interview", nullable=True)
    label: Mapped[str] = field("Action", section="action", kind=Kind.TEXT, max_length=200, required=True)
    owner: Mapped[ActionOwner | None] = field("Qui", section="action", choices=ActionOwner)
    due_on: Mapped[date | None] = field("Pour le", section="action", kind=Kind.DATE)
    status: Mapped[ActionStatus] = field("État", section="action", choices=ActionStatus)
    priority: Mapped[Priority | None] = field("Priorité", section="action", choices=Priority)
    prerequisite: Mapped[str | None] = field(
        "Avant, il faut",
        section="action",
        kind=Kind.TEXT,
        max_length=200,
        help="Une autre action du plan, ou quelques mots : ce qui doit être fait d’abord.",
    )
    vigilance: Mapped[str | None] = field("Point de vigilance", section="action", kind=Kind.TEXT, max_length=200)
    result: Mapped[str | None] = field("Résultat", section="action", kind=Kind.TEXT, max_length=200)
    partner_id: Mapped[uuid.UUID | None] = foreign_key("partner", nullable=True)
    done_on: Mapped[date | None] = mapped_column(default=None)


class Appointment(Record):
    """A meeting, with a file or not: planned, then held, missed or cancelled."""

    __tablename__ = "appointment"

    case_id: Mapped[uuid.UUID | None] = foreign_key("accompaniment", nullable=True)
    counsellor_id: Mapped[uuid.UUID | None] = foreign_key("counsellor", nullable=True)
    site_id: Mapped[uuid.UUID | None] = foreign_key("site", nullable=True)
    starts_at: Mapped[datetime] = mapped_column(index=True)
    minutes: Mapped[int] = mapped_column(default=60)
    title: Mapped[str | None] = field("Objet", section="appointment", kind=Kind.TEXT, max_length=200)
    mode: Mapped[InterviewMode | None] = field("Présence", section="appointment", choices=InterviewMode)
    place: Mapped[str | None] = field(
        "Adresse ou lien",
        section="appointment",
        kind=Kind.TEXT,
        max_length=300,
        help="Là où l’on se retrouve, si ce n’est pas au lieu d’accueil.",
    )
    note: Mapped[str | None] = field(
        "Note",
        section="appointment",
        kind=Kind.LONG_TEXT,
        max_length=2000,
        help="Ce qu’il faut préparer. Jamais exportée ni imprimée.",
    )
    status: Mapped[AppointmentStatus] = mapped_column(enum_column(AppointmentStatus), default=AppointmentStatus.PLANNED)

    # What waits for an answer is asked at each opening of Aujourd’hui: few rows among many.
    __table_args__ = (Index("ix_appointment_waiting", "status", "starts_at", "counsellor_id"),)
