"""Réponses des partenaires: what became of the referrals of the period, by partner, type and territory."""

from boutique.exports.excel.activity_rows import ActivityData, PartnerStatRow
from boutique.exports.excel.cells import Format
from boutique.exports.excel.columns import Column
from boutique.exports.excel.sheets.table_sheet import TableSheet


def _rows(data: ActivityData) -> tuple[PartnerStatRow, ...]:
    return data.partner_stats


def _share(part: int, row: PartnerStatRow) -> float | None:
    return part / row.answered if row.answered else None


SHEET = TableSheet(
    "Réponses des partenaires",
    "Ce que sont devenues les orientations de la période : par partenaire, par type, par territoire. Le taux "
    "d’acceptation se calcule sur les réponses reçues ; le délai médian, en jours, de l’envoi à la réponse. Sans "
    "réponse : depuis le premier jour de relance, ou l’orientation a expiré. Les territoires sont ceux où vivent les "
    "personnes. Non choisie : proposée au moment d’orienter, une autre a été prise.",
    _rows,
    (
        Column("Par", lambda row: row.group, 14),
        Column("Partenaire, type ou territoire", lambda row: row.label, 36),
        Column("Orientations", lambda row: row.sent, 12, Format.COUNT),
        Column("Réponses", lambda row: row.answered, 10, Format.COUNT),
        Column("Acceptées", lambda row: row.accepted, 10, Format.COUNT),
        Column("Taux d’acceptation", lambda row: _share(row.accepted, row), 12, Format.PERCENT),
        Column("Refusées", lambda row: row.refused, 10, Format.COUNT),
        Column("Sans réponse", lambda row: row.silent, 10, Format.COUNT),
        Column("Délai médian (jours)", lambda row: row.median_days, 12, Format.TENTH),
        Column("Motifs de refus", lambda row: row.refusals, 40),
        Column("Proposées", lambda row: row.proposed, 10, Format.COUNT),
        Column("Non choisies", lambda row: row.not_chosen, 10, Format.COUNT),
        Column("Écartées, motifs", lambda row: row.set_aside, 40),
    ),
    extra=True,
)
