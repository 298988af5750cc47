"""Figures that a partner gave (a chamber’s list of businesses), kept apart from ours: for the Observatoire."""

from datetime import date
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from boutique.models.base import Record
from boutique.models.fields import Kind, Privacy, field


class ExternalSource(Record):
    """One file of a partner: counts by commune, never a line of it. One row, so that it leaves as it came."""

    __tablename__ = "external_source"

    name: Mapped[str] = field(
        "Ce que disent ces chiffres", section="external", kind=Kind.TEXT, max_length=120, required=True,
        privacy=Privacy.NONE, help="Par exemple : Entreprises artisanales.",
    )  # fmt: skip
    origin: Mapped[str] = field(
        "Source", section="external", kind=Kind.TEXT, max_length=160, required=True, privacy=Privacy.NONE,
        help="Qui les donne : chambre de métiers, Urssaf, commune…",
    )  # fmt: skip
    dated_on: Mapped[date] = field(
        "Données au", section="external", kind=Kind.DATE, required=True, past=True, privacy=Privacy.NONE
    )
    legal_basis: Mapped[str] = field(
        "Base légale ou licence", section="external", kind=Kind.TEXT, max_length=200, required=True,
        privacy=Privacy.NONE, help="Convention, licence ouverte, accord écrit du…",
    )  # fmt: skip
    imported_on: Mapped[date]
    lines: Mapped[int]
    counts: Mapped[dict[str, Any]] = mapped_column(JSON)  # {measure: {INSEE code: count}}
