"""Partenaires: one line a meeting with a partner in the period."""

from collections.abc import Sequence

from boutique.exports.excel.activity_rows import ActivityData
from boutique.exports.excel.cells import Format
from boutique.exports.excel.columns import Column
from boutique.exports.excel.measures import outside
from boutique.exports.excel.outreach_rows import MeetingRow
from boutique.exports.excel.sheets.table_sheet import LiveCheck, TableSheet


def _rows(data: ActivityData) -> tuple[MeetingRow, ...]:
    return data.meetings


def _checks(data: ActivityData) -> Sequence[LiveCheck]:
    measure = outside(data.start, data.end, "Date")
    return (LiveCheck("Rencontres de partenaires datées hors de la période", measure, blocking=True),)


SHEET = TableSheet(
    "Partenaires",
    "Une rencontre avec un partenaire par ligne : de quoi l’on a parlé et ce qui suit.",
    _rows,
    (
        Column("Date", lambda row: row.met_on, 12, Format.DATE),
        Column("Structure", lambda row: row.partner, 24),
        Column("Type", lambda row: row.type, 18),
        Column("Objet", lambda row: row.topic, 30),
        Column("Suite", lambda row: row.follow_up, 24),
    ),
    checks=_checks,
)
