"""Nouveaux porteurs: one line a person met for the first time in the period, by reference."""

from collections.abc import Sequence

from boutique.exports.excel.activity_rows import ActivityData, NewHolderRow
from boutique.exports.excel.cells import Format
from boutique.exports.excel.columns import Column
from boutique.exports.excel.measures import equal, filled, outside, repeated
from boutique.exports.excel.sheets.table_sheet import LiveCheck, TableSheet


def _rows(data: ActivityData) -> tuple[NewHolderRow, ...]:
    return data.new_holders


def _checks(data: ActivityData) -> Sequence[LiveCheck]:
    return (
        LiveCheck("Nouveaux porteurs comptés deux fois", repeated("Référence"), blocking=True),
        LiveCheck("Nouveaux porteurs entrés hors de la période", outside(data.start, data.end, "Date d'entrée")),
        LiveCheck(
            "Nouveaux porteurs au dossier incomplet",
            equal("non", "Dossier complet"),
            references=tuple(row.reference for row in data.new_holders if not row.complete),
        ),
    )


SHEET = TableSheet(
    "Nouveaux porteurs",
    "Une personne par ligne : premier entretien dans la période, jamais reçue avant ou plus de 24 mois auparavant.",
    _rows,
    (
        Column("Référence", lambda row: row.reference, 12, total=filled(), total_format='0" personnes"'),
        Column("Date d'entrée", lambda row: row.entered_on, 12, Format.DATE),
        Column("Sexe", lambda row: row.gender.value if row.gender else None, 8),
        Column("Tranche d'âge", lambda row: row.age_band, 12),
        Column("Situation d'emploi", lambda row: row.employment_status, 22),
        Column("Durée d'inscription", lambda row: row.registration_duration, 16, wrap=True),
        Column("Allocations", lambda row: row.allowances, 16, wrap=True),
        Column("Niveau de formation", lambda row: row.education_level, 14, wrap=True),
        Column("QPV", lambda row: row.lives_in_qpv.label.lower() if row.lives_in_qpv else None, 10),
        Column("ZFRR", lambda row: row.lives_in_zfrr, 10),
        Column("Commune", lambda row: row.commune, 18),
        Column("Prescripteur", lambda row: row.prescriber, 20),
        Column("Secteur", lambda row: row.sector, 14, wrap=True),
        Column("Nature du projet", lambda row: row.kind, 16),
        Column(
            "Dossier complet",
            lambda row: row.complete,
            12,
            total=equal("non"),
            total_format='0" non"',
        ),
    ),
    recounts={"new_holders": filled("Référence")},
    checks=_checks,
)
