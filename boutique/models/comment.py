"""What the coordinator says of a month, of a figure or of the whole: written in the workbook of the month."""

import uuid
from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from boutique.models.base import Record, foreign_key
from boutique.models.fields import Kind, Privacy, field

LONGEST = 1_000


class MonthComment(Record):
    """One text; `figure` is the key of a figure, empty for the month itself. Facts: it leaves with the workbook."""

    __tablename__ = "month_comment"

    month: Mapped[date] = mapped_column(index=True)  # its first day
    site_id: Mapped[uuid.UUID | None] = foreign_key("site", nullable=True)  # None: all places
    figure: Mapped[str] = mapped_column(String(60), default="")
    text: Mapped[str] = field(
        "Commentaire",
        section="comment",
        kind=Kind.LONG_TEXT,
        max_length=LONGEST,
        required=True,
        privacy=Privacy.NONE,
        help="Des faits, sans nom : ce texte part avec le classeur.",
    )
