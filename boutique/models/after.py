"""The end of an accompaniment and what comes after: exits, handovers, follow-ups of the business created."""

import uuid
from datetime import date

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from boutique.core.conditions import Condition
from boutique.models.after_choices import FollowUpOutcome, FollowUpState, IncomeBand, TurnoverBand
from boutique.models.base import Record, enum_column, foreign_key
from boutique.models.choices import Channel, EmploymentStatus, ExitReason
from boutique.models.fields import Kind, Privacy, field

_OUTCOME = "follow_up.outcome"
_ALIVE = (Condition(_OUTCOME, "in", (FollowUpOutcome.ACTIVE, FollowUpOutcome.TRANSFORMED)),)
_CEASED = (Condition(_OUTCOME, "in", (FollowUpOutcome.CEASED,)),)
_REACHED = (Condition(_OUTCOME, "in", (FollowUpOutcome.ACTIVE, FollowUpOutcome.TRANSFORMED, FollowUpOutcome.CEASED)),)


class Exit(Record):
    """How an accompaniment ended, with what the funders ask at that moment (DOMAIN § 5.2). A file may end twice."""

    __tablename__ = "exit"

    case_id: Mapped[uuid.UUID] = foreign_key("accompaniment")
    reopened_on: Mapped[date | None] = mapped_column(default=None)
    reason: Mapped[ExitReason | None] = field("Motif de sortie", section="exit", choices=ExitReason, required=True)
    ended_on: Mapped[date] = field("Date de fin", section="exit", kind=Kind.DATE, past=True, required=True)
    employment_status: Mapped[EmploymentStatus | None] = field(
        "Situation à la sortie",
        section="exit",
        choices=EmploymentStatus,
        help="Le FSE+ la demande pour chaque personne sortie.",
    )
    business_created: Mapped[bool | None] = field("Entreprise créée ou reprise", section="exit", kind=Kind.YES_NO)
    training_entered: Mapped[bool | None] = field("Entrée en formation", section="exit", kind=Kind.YES_NO)
    qualification_obtained: Mapped[bool | None] = field("Qualification obtenue", section="exit", kind=Kind.YES_NO)
    note: Mapped[str | None] = field(
        "Note de fin",
        section="exit",
        kind=Kind.TEXT,
        max_length=600,
        help="Des faits : la personne peut lire ce texte.",
    )


class Handover(Record):
    """A file that goes from one counsellor to another, with what the next one must know."""

    __tablename__ = "handover"

    case_id: Mapped[uuid.UUID] = foreign_key("accompaniment")
    from_id: Mapped[uuid.UUID | None] = foreign_key("counsellor", nullable=True)
    to_id: Mapped[uuid.UUID] = foreign_key("counsellor")
    handed_on: Mapped[date]
    note: Mapped[str | None] = mapped_column(String(2000), default=None)
    read_on: Mapped[date | None] = mapped_column(default=None)


class FollowUp(Record):
    """One dated point with the head of a business, 1 to 36 months after its registration."""

    __tablename__ = "follow_up"

    case_id: Mapped[uuid.UUID] = foreign_key("accompaniment")
    months: Mapped[int]
    due_on: Mapped[date]  # the anniversary; it only moves with the date of registration
    call_on: Mapped[date]  # when to call: the anniversary, later after a call without answer
    state: Mapped[FollowUpState] = mapped_column(enum_column(FollowUpState), default=FollowUpState.TO_DO)
    outcome: Mapped[FollowUpOutcome | None] = field(
        "L’entreprise est", section="call", choices=FollowUpOutcome, required=True, privacy=Privacy.SITUATION
    )
    done_on: Mapped[date | None] = field("Date", section="call", kind=Kind.DATE, past=True, required=True)
    how: Mapped[Channel | None] = field("Par", section="call", choices=Channel)
    ceased_on: Mapped[date | None] = field(
        "Cessée le",
        section="call",
        kind=Kind.DATE,
        past=True,
        visible_if=_CEASED,
    )
    turnover: Mapped[TurnoverBand | None] = field(
        "Chiffre d’affaires sur douze mois", section="call", choices=TurnoverBand, visible_if=_ALIVE
    )
    income: Mapped[IncomeBand | None] = field(
        "Revenu tiré de l’activité", section="call", choices=IncomeBand, visible_if=_ALIVE
    )
    jobs: Mapped[int | None] = field(
        "Emplois, dirigeant compris", section="call", kind=Kind.INTEGER, maximum=500, visible_if=_ALIVE
    )
    employment_status: Mapped[EmploymentStatus | None] = field(
        "Situation de la personne", section="call", choices=EmploymentStatus, visible_if=_REACHED
    )
    needs: Mapped[tuple[str, ...] | None] = field(
        "Besoins exprimés", section="call", kind=Kind.CODES, visible_if=_REACHED
    )
    note: Mapped[str | None] = field("Note", section="call", kind=Kind.TEXT, max_length=600)

    __table_args__ = (Index("ix_follow_up_calls", "state", "call_on"),)


class FollowUpAttempt(Record):
    """A call that gave nothing: no answer, or another day asked for."""

    __tablename__ = "follow_up_attempt"

    case_id: Mapped[uuid.UUID] = foreign_key("accompaniment")
    follow_up_id: Mapped[uuid.UUID] = foreign_key("follow_up")
    tried_on: Mapped[date]
    how: Mapped[Channel] = mapped_column(enum_column(Channel), default=Channel.PHONE)
    postponed_to: Mapped[date | None] = mapped_column(default=None)  # somebody answered, and asked for this day
    note: Mapped[str | None] = mapped_column(String(300), default=None)
