"""The goal of an action plan: what the period is for, until when, towards which phase."""

import uuid
from datetime import date

from sqlalchemy.orm import Mapped

from boutique.models.base import Record, foreign_key
from boutique.models.choices import Phase
from boutique.models.fields import Kind, field


class ActionPlan(Record):
    """One a file: a new period writes a new goal over the old one, which stays in the history."""

    __tablename__ = "action_plan"

    case_id: Mapped[uuid.UUID] = foreign_key("accompaniment")
    goal: Mapped[str | None] = field(
        "Objectif de la période", section="plan", kind=Kind.TEXT, max_length=300, required=True
    )
    due_on: Mapped[date | None] = field("Échéance", section="plan", kind=Kind.DATE)
    target_phase: Mapped[Phase | None] = field("Phase visée", section="plan", choices=Phase)
