"""Rows of « Profil du public »: the people received in a period by the values of each breakdown."""

from collections import Counter
from collections.abc import Iterator

from sqlalchemy.orm import Session

from boutique.exports.excel.activity_rows import ProfileRow
from boutique.rules.public import BREAKDOWNS
from boutique.services.holders import known
from boutique.services.month import RECEIVED
from boutique.services.sheets.asked import Asked


def rows(session: Session, asked: Asked) -> Iterator[ProfileRow]:
    """Of the month, and of the year so far."""
    book = asked.book
    month = book.behind(RECEIVED)
    here = book.holders(RECEIVED)
    others = known(session, book.people(RECEIVED, book.year) - here.keys())  # the public of the month is already there
    year = (*others.values(), *here.values())
    for breakdown in BREAKDOWNS:
        counts: Counter[str] = breakdown.count(month, book.month.end)
        so_far = breakdown.count(year, book.month.end)
        for label in breakdown.sorted(counts | so_far):
            yield ProfileRow(breakdown.title, label, counts[label], so_far[label], breakdown.exclusive)
