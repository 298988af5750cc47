"""Orientations: one line a referral of the period, by reference."""

from collections.abc import Sequence

from boutique.core.french import show_date
from boutique.core.text import clip
from boutique.exports.excel.activity_rows import ActivityData, ReferralRow
from boutique.exports.excel.cells import Format
from boutique.exports.excel.columns import Column
from boutique.exports.excel.measures import equal, filled, outside, ratio
from boutique.exports.excel.sheets.table_sheet import LiveCheck, TableSheet

_REASON = 120


def _rows(data: ActivityData) -> tuple[ReferralRow, ...]:
    return data.referrals


def _checks(data: ActivityData) -> Sequence[LiveCheck]:
    return (
        LiveCheck("Orientations datées hors de la période", outside(data.start, data.end, "Date"), blocking=True),
        LiveCheck(
            "Orientations sans accord enregistré",
            filled("Référence") - filled("Accord"),
            references=tuple(row.reference for row in data.referrals if row.consent_on is None),
        ),
    )


SHEET = TableSheet(
    "Orientations",
    "Une orientation par ligne. « Accord » : date à laquelle la personne a accepté la transmission ; sans accord, la "
    "fiche lui est remise en main propre. « Règle » : vide quand l’orientation a été choisie à la main.",
    _rows,
    (
        Column("Date", lambda row: row.made_on, 12, Format.DATE),
        Column("Référence", lambda row: row.reference, 12),
        Column("Type de partenaire", lambda row: row.partner_type, 22),
        Column("Structure", lambda row: row.partner, 24),
        Column("Motif", lambda row: clip(row.reason, _REASON), 30),
        Column("Règle", lambda row: row.rule, 8),
        Column("Accord", lambda row: show_date(row.consent_on) if row.consent_on else None, 8),
        Column("Échéance de retour", lambda row: row.expected_on, 12, Format.DATE),
        Column(
            "Retour reçu",
            lambda row: row.answered,
            10,
            total=ratio(equal("oui"), filled("Référence")),
            total_format="0 %",
        ),
        Column("Issue", lambda row: row.status, 14, wrap=True),
    ),
    recounts={"referrals": filled("Référence"), "referrals_answered": equal("oui", "Retour reçu")},
    checks=_checks,
)
