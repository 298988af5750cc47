"""Corrections: what changed in months that were already declared, who did it and why."""

from typing import Any

from boutique.core.french import month_name
from boutique.exports.excel.activity_rows import ActivityData, CorrectionRow
from boutique.exports.excel.cells import Format, figure
from boutique.exports.excel.columns import Column
from boutique.exports.excel.sheets.table_sheet import TableSheet


def _rows(data: ActivityData) -> tuple[CorrectionRow, ...]:
    return data.corrections


def _declared(row: CorrectionRow) -> Any:
    return figure(row.declared, share=row.share)


def _now(row: CorrectionRow) -> Any:
    return figure(row.now, share=row.share)


def _gap(row: CorrectionRow) -> Any:
    return None if row.now is None or row.declared is None else figure(row.now - row.declared, share=row.share)


SHEET = TableSheet(
    "Corrections",
    "Ce qui a changé dans un mois déjà déclaré : chiffres devenus autres et saisies tardives, avec qui et pourquoi. Le "
    "classeur déclaré, lui, ne change pas.",
    _rows,
    (
        Column("Mois déclaré", lambda row: month_name(row.month), 18),
        Column("Indicateur", lambda row: row.figure, 30),
        Column("Déclaré", _declared, 10, Format.NUMBER),
        Column("Devenu", _now, 10, Format.NUMBER),
        Column("Écart", _gap, 10, Format.NUMBER),
        Column("Corrigé le", lambda row: row.corrected_on, 12, Format.DATE),
        Column("Par", lambda row: row.author, 18),
        Column("Référence", lambda row: row.reference, 12),
        Column("Ce qui a changé", lambda row: row.what, 36),
        Column("Pourquoi", lambda row: row.reason, 36),
    ),
    extra=True,
)
