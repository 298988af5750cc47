"""Visites d’entreprises: one line a visit of the period, without the name of the business, which may be a person’s."""

from boutique.exports.excel.activity_rows import ActivityData
from boutique.exports.excel.cells import Format
from boutique.exports.excel.columns import Column, initials
from boutique.exports.excel.measures import equal
from boutique.exports.excel.outreach_rows import VisitRow
from boutique.exports.excel.sheets.table_sheet import TableSheet


def _rows(data: ActivityData) -> tuple[VisitRow, ...]:
    return data.visits


SHEET = TableSheet(
    "Visites d’entreprises",
    "Une visite par ligne : où, quelle activité, quels besoins. Le nom de l’entreprise, qui peut être celui d’une "
    "personne, reste dans l’application.",
    _rows,
    (
        Column("Date", lambda row: row.visited_on, 12, Format.DATE),
        Column("Commune", lambda row: row.commune, 18),
        Column("Activité", lambda row: row.activity, 30),
        Column("Taille", lambda row: row.size, 16, wrap=True),
        Column("But", lambda row: row.purpose, 18),
        Column("Besoins exprimés", lambda row: row.needs, 40),
        Column("Prochaine visite", lambda row: row.next_on, 12, Format.DATE),
        Column("Accompagnée", lambda row: row.ours, 12, total=equal("oui"), total_format='0" oui"'),
        Column("Conseiller", lambda row: initials(row.counsellor), 10),
    ),
    extra=True,
)
