"""Versions of the journey: the shipped one as files first used it, and those that the structure published."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from boutique.models.base import Record


class JourneyVersion(Record):
    """A whole journey, never edited once published; files refer to it by its code and keep it for good."""

    __tablename__ = "journey_version"

    code: Mapped[str] = mapped_column(String(20), unique=True)
    label: Mapped[str] = mapped_column(String(80))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)  # as `resources/journey/journey.toml` is written
    shipped: Mapped[bool] = mapped_column(default=False)
    published_on: Mapped[date]
    # New files follow the version chosen last; none chosen means the one that the application ships.
    chosen_at: Mapped[datetime | None] = mapped_column(default=None)
