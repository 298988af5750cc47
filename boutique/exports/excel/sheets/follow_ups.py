"""Suivi post-création: one line a dated point with the head of a business, by the reference of its file."""

from collections.abc import Sequence

from boutique.exports.excel.activity_rows import ActivityData, FollowUpRow
from boutique.exports.excel.cells import Format
from boutique.exports.excel.columns import Column
from boutique.exports.excel.measures import added, filled, numbers, ratio
from boutique.exports.excel.sheets.table_sheet import LiveCheck, TableSheet


def _rows(data: ActivityData) -> tuple[FollowUpRow, ...]:
    return data.follow_ups


def _checks(_data: ActivityData) -> Sequence[LiveCheck]:
    return (LiveCheck("Suivis sans référence de dossier", filled("Échéance") - filled("Référence"), blocking=True),)


SHEET = TableSheet(
    "Suivi post-création",
    "Un suivi par ligne : prévu ou fait dans la période. Chiffre d’affaires et revenu ne sont connus que par tranches.",
    _rows,
    (
        Column("Référence", lambda row: row.reference, 12),
        Column("Échéance", lambda row: f"{row.months} mois", 10),
        Column("Prévu le", lambda row: row.due_on, 12, Format.DATE),
        Column("Fait le", lambda row: row.done_on, 12, Format.DATE, total=ratio(filled(), numbers("Prévu le")),
               total_format="0 %"),
        Column("Statut", lambda row: row.status, 14, wrap=True),
        Column("Emplois", lambda row: row.jobs, 10, Format.COUNT, total=added()),
        Column("Chiffre d'affaires (tranche)", lambda row: row.turnover, 16, wrap=True),
        Column("Revenu du dirigeant (tranche)", lambda row: row.income, 16, wrap=True),
        Column("Besoin", lambda row: row.needs, 20),
    ),
    checks=_checks,
)  # fmt: skip
