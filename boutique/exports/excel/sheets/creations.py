"""Créations: one line a business registered in the period, by the reference of its file."""

from collections.abc import Sequence

from boutique.core.french import show_date
from boutique.exports.excel.activity_rows import ActivityData, CreationRow
from boutique.exports.excel.cells import Format
from boutique.exports.excel.columns import Column
from boutique.exports.excel.measures import added, filled, outside
from boutique.exports.excel.sheets.table_sheet import LiveCheck, TableSheet

_DATE = "Date d'immatriculation"


def _rows(data: ActivityData) -> tuple[CreationRow, ...]:
    return data.creations


def _checks(data: ActivityData) -> Sequence[LiveCheck]:
    return (
        LiveCheck("Créations datées hors de la période", outside(data.start, data.end, _DATE), blocking=True),
        LiveCheck(
            "Créations sans SIREN",
            filled("Référence") - filled("SIREN"),
            references=tuple(row.reference for row in data.creations if not row.siren),
        ),
        LiveCheck(
            "Créations non vérifiées au registre",
            filled("Référence") - filled("Vérifiée au RNE"),
            references=tuple(row.reference for row in data.creations if row.verified_on is None),
        ),
    )


SHEET = TableSheet(
    "Créations",
    "Une entreprise immatriculée par ligne. Le SIREN d’une entreprise individuelle désigne une personne : il n’est "
    "pas montré (« connu »). « Vérifiée au RNE » : date où l’immatriculation a été vue au registre, au répertoire "
    "Sirene ou sur un extrait.",
    _rows,
    (
        Column(_DATE, lambda row: row.registered_on, 14, Format.DATE),
        Column("Référence", lambda row: row.reference, 12, total=filled(), total_format="0"),
        Column("SIREN", lambda row: row.siren, 12),
        Column("Forme", lambda row: row.legal_form, 14, wrap=True),
        Column("Activité (section NAF)", lambda row: row.activity, 20),
        Column("Commune d'implantation", lambda row: row.commune, 18),
        Column("QPV d'implantation", lambda row: row.in_qpv.label.lower() if row.in_qpv else None, 12),
        Column("ZFRR d'implantation", lambda row: row.in_zfrr, 12),
        Column("Reprise", lambda row: row.takeover, 10),
        Column("Emplois (dirigeant compris)", lambda row: row.jobs, 12, Format.COUNT, total=added()),
        Column("Financements obtenus (€)", lambda row: row.funding, 14, Format.NUMBER, total=added()),
        Column("Acre demandée", lambda row: row.acre, 10),
        Column("Vérifiée au RNE", lambda row: show_date(row.verified_on) if row.verified_on else None, 10),
    ),
    recounts={"creations": filled("Référence")},
    checks=_checks,
)
