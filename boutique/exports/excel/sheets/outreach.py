"""Permanences: one line a permanence of the period, those that were cancelled included."""

from collections.abc import Sequence
from datetime import time

from boutique.exports.excel.activity_rows import ActivityData
from boutique.exports.excel.cells import Format
from boutique.exports.excel.columns import Column, initials
from boutique.exports.excel.measures import added, equal, filled, outside
from boutique.exports.excel.outreach_rows import OutreachDayRow
from boutique.exports.excel.sheets.table_sheet import LiveCheck, TableSheet
from boutique.models.choices import ZoningState


def _rows(data: ActivityData) -> tuple[OutreachDayRow, ...]:
    return data.outreach


def _district(row: OutreachDayRow) -> str:
    return row.qpv or ("oui" if row.located_in_qpv is ZoningState.YES else "")


def _checks(data: ActivityData) -> Sequence[LiveCheck]:
    return (
        LiveCheck("Permanences datées hors de la période", outside(data.start, data.end, "Date"), blocking=True),
        LiveCheck("Permanences sans commune", filled("Date") - filled("Commune")),
    )


SHEET = TableSheet(
    "Permanences",
    "Une permanence par ligne, annulées comprises. « Personnes reçues » : personnes différentes, comptées dans ce qui "
    "a été noté ce jour-là à cet endroit, jamais saisies. « Passages sans entretien » : venues sans nom.",
    _rows,
    (
        Column("Date", lambda row: row.held_on, 12, Format.DATE),
        Column("Commune", lambda row: row.commune, 18),
        Column("QPV", _district, 14, wrap=True),
        Column("Lieu d'accueil", lambda row: row.host, 24),
        Column("Début", lambda row: time.fromisoformat(row.opens), 8, Format.TIME),
        Column("Fin", lambda row: time.fromisoformat(row.closes), 8, Format.TIME),
        Column("Conseiller", lambda row: initials(row.counsellor), 10),
        Column("Personnes reçues", lambda row: row.received, 10, Format.COUNT, total=added()),
        Column("Passages sans entretien", lambda row: row.walk_ins, 12, Format.COUNT, total=added()),
        Column("Hors ligne", lambda row: row.offline, 10),
        Column("Annulée", lambda row: row.cancelled, 10, total=equal("oui"), total_format='0" oui"'),
    ),
    checks=_checks,
)
