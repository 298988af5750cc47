"""Indicators that a structure draws up itself, beside those of its funders. For Activité and its workbook."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from boutique.models.base import Record
from boutique.models.fields import Kind, Privacy, field


class OwnFigure(Record):
    """What it counts, of which events, under which conditions, as a block of `resources/indicators.toml` says it."""

    __tablename__ = "own_figure"

    code: Mapped[str] = mapped_column(String(20))  # NOUS_1, NOUS_2…: workbooks bear it, an archived one keeps its own
    name: Mapped[str] = field(
        "Nom de l’indicateur", section="figure", kind=Kind.TEXT, max_length=80, required=True, privacy=Privacy.NONE
    )
    counted: Mapped[str] = mapped_column(String(20))  # a `Count` of `rules.figure_rules`
    event: Mapped[str] = mapped_column(String(40))  # a `Kind` of `rules.figure_rules`
    criteria: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # any_of: groups of [fact, operator, value]
    archived_on: Mapped[date | None] = mapped_column(default=None)
