"""Parcours et sorties: one line a file that moved in the period, by reference."""

from collections.abc import Sequence

from boutique.core.french import show_date
from boutique.exports.excel.activity_rows import ActivityData, JourneyRow
from boutique.exports.excel.cells import Format
from boutique.exports.excel.columns import Column
from boutique.exports.excel.measures import added, filled, mean, repeated
from boutique.exports.excel.sheets.table_sheet import LiveCheck, TableSheet

_MINUTES = 60


def _rows(data: ActivityData) -> tuple[JourneyRow, ...]:
    return data.journeys


def _checks(data: ActivityData) -> Sequence[LiveCheck]:
    return (
        LiveCheck("Parcours : dossiers comptés deux fois", repeated("Référence"), blocking=True),
        LiveCheck(
            "Sorties sans motif",
            filled("Sortie") - filled("Motif de sortie"),
            references=tuple(row.reference for row in data.journeys if row.ended_on and row.reason is None),
        ),
        LiveCheck(
            "Sorties sans situation à la sortie",
            filled("Sortie") - filled("Situation à la sortie"),
            references=tuple(row.reference for row in data.journeys if row.ended_on and row.employment_status is None),
        ),
    )


SHEET = TableSheet(
    "Parcours et sorties",
    "Un dossier par ligne, s’il a bougé dans la période : entretien tenu, changement de phase ou fin. Le diagnostic "
    "est la moyenne des axes du dernier diagnostic fait ; les heures sont celles de tout le dossier, à la fin de la "
    "période. Sans phase de début : dossier ouvert dans la période.",
    _rows,
    (
        Column("Référence", lambda row: row.reference, 12),
        Column("Phase en début de mois", lambda row: row.phase_before, 16, wrap=True),
        Column("Phase en fin de mois", lambda row: row.phase_after, 16, wrap=True),
        Column("Diagnostic moyen", lambda row: row.diagnosis, 12, Format.TENTH, total=mean()),
        Column("Heures cumulées", lambda row: row.minutes / _MINUTES, 12, Format.TENTH, total=added()),
        Column("Sortie", lambda row: show_date(row.ended_on) if row.ended_on else None, 10, total=filled(),
               total_format="0"),
        Column("Motif de sortie", lambda row: row.reason, 18),
        Column("Situation à la sortie", lambda row: row.employment_status, 18),
    ),
    checks=_checks,
)  # fmt: skip
