"""Ateliers: one line a session held in the period, with its counts."""

from collections.abc import Sequence

from boutique.exports.excel.activity_rows import ActivityData, WorkshopRow
from boutique.exports.excel.cells import Format
from boutique.exports.excel.columns import Column
from boutique.exports.excel.measures import added, exceeding, filled, mean, outside, over
from boutique.exports.excel.sheets.table_sheet import LiveCheck, TableSheet


def _rows(data: ActivityData) -> tuple[WorkshopRow, ...]:
    return data.workshops


def _checks(data: ActivityData) -> Sequence[LiveCheck]:
    return (
        LiveCheck("Ateliers datés hors de la période", outside(data.start, data.end, "Date"), blocking=True),
        LiveCheck("Ateliers avec plus de présents que d’inscrits", exceeding("Présents", "Inscrits"), blocking=True),
        LiveCheck("Ateliers sans durée", filled("Date") - over(0, "Durée (h)")),
    )


SHEET = TableSheet(
    "Ateliers",
    "Une séance tenue par ligne, à la date de sa première demi-journée. Inscrits et présents comptent aussi les "
    "personnes venues sans donner de nom ; quelqu’un présent à une demi-journée est présent.",
    _rows,
    (
        Column("Date", lambda row: row.held_on, 12, Format.DATE),
        Column("Titre", lambda row: row.title, 30),
        Column("Module", lambda row: row.module, 18),
        Column("Lieu", lambda row: row.place, 20),
        Column("QPV du lieu", lambda row: row.district, 14, wrap=True),
        Column("Durée (h)", lambda row: row.hours, 10, Format.TENTH, total=added()),
        Column("Places", lambda row: row.capacity, 8, Format.COUNT),
        Column("Inscrits", lambda row: row.enrolled, 8, Format.COUNT, total=added()),
        Column("Présents", lambda row: row.attended, 8, Format.COUNT, total=added()),
        Column("Taux de présence", lambda row: row.attendance, 10, Format.PERCENT),
        Column("Intervenant", lambda row: row.speaker, 20),
        Column("Satisfaction moyenne", lambda row: row.rating, 12, Format.TENTH, total=mean()),
    ),
    recounts={"workshops": filled("Date")},
    checks=_checks,
)
