"""Workbooks of the activity as files: of a month or of a year, in the format asked for. For Activité and the CLI."""

import uuid
from collections.abc import Callable
from datetime import date

from sqlalchemy.orm import Session

from boutique.core.errors import UserError
from boutique.core.french import month_name
from boutique.exports.excel import activity_book as month_workbook
from boutique.exports.excel import annual_book as year_workbook
from boutique.exports.excel import formats
from boutique.exports.excel.formats import Form
from boutique.services import locked_months
from boutique.services.activity_book import activity_book
from boutique.services.annual_book import annual_book
from boutique.services.documents import Document

Step = Callable[[int, int], None]
_READING, _WHOLE = 60, 100  # the reading takes more than the writing
SHORTEST_REASON = 8


def month_file(
    session: Session,
    month: date,
    form: Form = Form.XLSX,
    site_id: uuid.UUID | None = None,
    *,
    author: str = "",
    reason: str = "",
    step: Step | None = None,
) -> Document:
    """The workbook of the month of a day. A `reason` adds the names of the people: whoever asks notes the access.

    `step` is told how far it is out of 100, and may raise to give up. UserError when the reason says nothing.
    """
    if reason and len(reason.strip()) < SHORTEST_REASON:
        raise UserError("Dites en quelques mots à quoi servent les noms : ce motif est noté au journal des accès.")
    if form is Form.XLSX and not reason:
        declared = locked_months.frozen(session, month, site_id)
        if declared is not None:  # to the byte as it was sent: what changed since is in « Corrections » of the next one
            return Document(f"activite-{month:%Y-%m}{form.value}", f"Activité de {month_name(month)}", declared)
    data = activity_book(session, month, site_id, author=author, reason=reason.strip(), step=_part(step, 0, _READING))
    content = formats.write(month_workbook.make(data), form, _part(step, _READING, _WHOLE))
    named = "-nominatif" if reason else ""
    return Document(f"activite-{month:%Y-%m}{named}{form.value}", f"Activité de {month_name(month)}", content)


def year_file(
    session: Session,
    year: int,
    form: Form = Form.XLSX,
    site_id: uuid.UUID | None = None,
    *,
    author: str = "",
    step: Step | None = None,
) -> Document:
    """The workbook of a year: numbers only."""
    data = annual_book(session, year, site_id, author=author, step=_part(step, 0, _READING))
    content = formats.write(year_workbook.make(data), form, _part(step, _READING, _WHOLE))
    return Document(f"activite-{year}{form.value}", f"Activité de l’année {year}", content)


def _part(step: Step | None, first: int, last: int) -> Step | None:
    """The same signs of progress, between two points of a longer way."""
    if step is None:
        return None

    def told(done: int, total: int) -> None:
        step(first + (last - first) * done // max(total, 1), _WHOLE)

    return told
