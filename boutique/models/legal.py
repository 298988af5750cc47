"""What was answered in the comparison of legal forms of a file: so that it can be taken up again."""

import uuid

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from boutique.models.base import Record, foreign_key


class FormComparison(Record):
    """One a file; criterion → answer, criterion → importance."""

    __tablename__ = "form_comparison"

    case_id: Mapped[uuid.UUID] = foreign_key("accompaniment")
    answers: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    importance: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
