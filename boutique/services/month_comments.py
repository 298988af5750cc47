"""« Commentaire du mois »: what the coordinator says of a month and of its figures. For Activité and its workbook."""

import uuid
from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core.errors import UserError
from boutique.models.comment import LONGEST, MonthComment

WHOLE = ""  # the month itself, not one of its figures


def comments(session: Session, month: date, site_id: uuid.UUID | None = None) -> dict[str, str]:
    """The texts of the month of a day, by key of a figure; WHOLE for the month itself."""
    return {row.figure: row.text for row in _rows(session, month, site_id)}


def save(session: Session, month: date, typed: Mapping[str, str], site_id: uuid.UUID | None = None) -> None:
    """Keep these texts; an empty one goes. UserError when one is too long."""
    known = {row.figure: row for row in _rows(session, month, site_id)}
    for figure, text in typed.items():
        words = text.strip()
        if len(words) > LONGEST:
            raise UserError(f"Le commentaire a {len(words)} caractères. Gardez-en {LONGEST} au plus.")
        row = known.get(figure)
        if row is None and words:
            session.add(MonthComment(month=month.replace(day=1), site_id=site_id, figure=figure, text=words))
        elif row is not None and words:
            row.text = words
        elif row is not None:
            session.delete(row)


def _rows(session: Session, month: date, site_id: uuid.UUID | None) -> list[MonthComment]:
    place = MonthComment.site_id.is_(None) if site_id is None else MonthComment.site_id == site_id
    return list(session.scalars(select(MonthComment).where(MonthComment.month == month.replace(day=1), place)))
