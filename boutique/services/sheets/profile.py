"""Rows of « Profil du public »: the people received in a period by the values of each breakdown."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from boutique.exports.excel.activity_rows import ProfileRow
from boutique.rules.dimensions import DIMENSIONS
from boutique.services.month import RECEIVED
from boutique.services.sheets.asked import Asked

SHOWN = (
    "gender", "age", "employment", "registration", "education", "allowances", "qpv", "commune", "sector", "phase",
)  # fmt: skip


def rows(_session: Session, asked: Asked) -> Iterator[ProfileRow]:
    """Of the month, and of the year so far: as the figure of the people received breaks down everywhere else."""
    book = asked.book
    for key in SHOWN:
        by = DIMENSIONS[key]
        month = {one.key: one for one in book.book.breakdown(RECEIVED, key, book.month)}
        year = {one.key: one for one in book.book.breakdown(RECEIVED, key, book.year)}
        # Whoever came this month came this year, but may have been seen since of another age: then only the month
        # has the value.
        for value in sorted(year.keys() | month.keys(), key=[*year, *month].index):
            shown = year.get(value) or month[value]
            now, so_far = (round(slices[value].part) if value in slices else 0 for slices in (month, year))
            yield ProfileRow(by.title, shown.label, now, so_far, by.exclusive)
