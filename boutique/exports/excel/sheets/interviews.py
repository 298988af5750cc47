"""Entretiens: one line an interview of the period, absences included, by reference."""

from collections.abc import Sequence

from boutique.exports.excel.activity_rows import ActivityData, InterviewRow
from boutique.exports.excel.cells import Format
from boutique.exports.excel.columns import Column
from boutique.exports.excel.measures import added, equal, equal_and_positive, filled, outside
from boutique.exports.excel.sheets.table_sheet import LiveCheck, TableSheet


def _rows(data: ActivityData) -> tuple[InterviewRow, ...]:
    return data.interviews


def _checks(data: ActivityData) -> Sequence[LiveCheck]:
    return (
        LiveCheck("Entretiens datés hors de la période", outside(data.start, data.end, "Date"), blocking=True),
        LiveCheck("Entretiens sans référence de dossier", filled("Date") - filled("Référence"), blocking=True),
        LiveCheck("Entretiens sans durée", equal("oui", "Venu") - equal_and_positive("oui", "Venu", "Durée (min)")),
    )


SHEET = TableSheet(
    "Entretiens",
    "Un entretien par ligne, absences comprises (durée 0). « Nouveau » : première venue de la personne, ou plus de "
    "24 mois depuis la précédente. Jamais de nom.",
    _rows,
    (
        Column("Date", lambda row: row.held_on, 12, Format.DATE),
        Column("Référence", lambda row: row.reference, 12),
        Column("Type", lambda row: row.type, 18),
        Column(
            "Durée (min)",
            lambda row: 0 if row.attended is False else row.minutes,
            12,
            Format.COUNT,
            total=added() / 60,
            total_format='0.0" h"',
        ),
        Column("Présentiel", lambda row: row.on_site, 10),
        Column("Lieu ou permanence", lambda row: row.place, 20),
        Column("Conseiller", lambda row: row.counsellor, 10),
        Column("Phase", lambda row: row.phase, 14, wrap=True),
        Column("Nouveau", lambda row: row.new, 10, total=equal("oui"), total_format='0" oui"'),
        Column(
            "Venu",
            lambda row: row.attended is not False,
            8,
            total=equal("non"),
            total_format='0" non"',
        ),
    ),
    recounts={
        "interviews": equal("oui", "Venu"),
        "interview_hours": added("Durée (min)") / 60,
        "absences": equal("non", "Venu"),
        "first_interviews": equal("oui", "Nouveau"),
    },
    checks=_checks,
)
