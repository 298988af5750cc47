"""Diagnosis of a person's project at a date: marks of the criteria of a grid, and the axis marks that follow."""

import uuid
from datetime import date
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from boutique.core.clock import today
from boutique.models.base import Base, Record, foreign_key
from boutique.models.fields import Kind, Privacy, field

# Spelled out, never drawn again: the key of a mark follows from its diagnosis and its criterion on every computer.
_MARKS = uuid.UUID("6f1d2f0e-8c0a-4f7e-9d53-3c1f5f0b7a26")


def _axis(label: str) -> Mapped[int | None]:
    return field(label, section="diagnosis", kind=Kind.INTEGER, minimum=1, maximum=5, counts=False)


class Diagnosis(Record):
    """Marks of the five axes at a date (1 weak, 5 solid): a description, never a ranking of people.

    The axis marks follow from the criteria, rounded to a level; the rules read them. Where no criterion of an axis was
    marked, they may be an estimate, given as an answer to a proposal.
    """

    __tablename__ = "diagnosis"

    project_id: Mapped[uuid.UUID] = foreign_key("project")
    # None: made before files were named, it speaks for every file of the project.
    case_id: Mapped[uuid.UUID | None] = foreign_key("accompaniment", nullable=True)
    counsellor_id: Mapped[uuid.UUID | None] = foreign_key("counsellor", nullable=True)
    made_on: Mapped[date] = field(
        "Date", section="grid", kind=Kind.DATE, past=True, required=True, counts=False, privacy=Privacy.NONE
    )
    comment: Mapped[str | None] = field(
        "Commentaire, à partager",
        section="grid",
        kind=Kind.LONG_TEXT,
        max_length=5_000,
        counts=False,
        help="La personne peut lire ce texte : des faits, pas de jugement.",
    )
    grid_version: Mapped[str] = mapped_column(String(60), default="")
    person: Mapped[int | None] = _axis("Axe personne (1 à 5)")
    project: Mapped[int | None] = _axis("Axe projet (1 à 5)")
    market: Mapped[int | None] = _axis("Axe marché (1 à 5)")
    finance: Mapped[int | None] = _axis("Axe finances (1 à 5)")
    legal: Mapped[int | None] = _axis("Axe juridique (1 à 5)")

    __table_args__ = (Index("ix_diagnosis_latest", "project_id", "made_on"),)

    def __init__(self, **values: Any) -> None:
        super().__init__(**{"made_on": today(), **values})


class DiagnosisMark(Record):
    """The level of one criterion, with the fact that shows it.

    A row each, not one JSON: the journal then says which criterion changed, undo takes back that one alone, and two
    counsellors who mark different criteria of one diagnosis never disagree. A mark that is taken back keeps its row,
    with no level. Its key is `mark_id`.
    """

    __tablename__ = "diagnosis_mark"

    diagnosis_id: Mapped[uuid.UUID] = foreign_key("diagnosis")
    criterion: Mapped[str] = mapped_column(String(20))
    level: Mapped[int | None] = field("Niveau", section="mark", kind=Kind.INTEGER, minimum=1, maximum=5, counts=False)
    fact: Mapped[str | None] = field("Fait constaté", section="mark", kind=Kind.TEXT, max_length=300, counts=False)


def mark_id(diagnosis_id: uuid.UUID, criterion: str) -> uuid.UUID:
    """The same key wherever the mark is made: two computers that mark one criterion make one row."""
    return uuid.uuid5(_MARKS, f"{diagnosis_id}/{criterion}")


class DiagnosisGrid(Base):
    """A version of the grid that was used, kept whole: old diagnoses are read with their own wording and weights."""

    __tablename__ = "diagnosis_grid"

    version: Mapped[str] = mapped_column(String(60), primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
