"""Territoire: people and acts by commune, small numbers grouped or hidden."""

from typing import Any

from boutique.exports.excel.annual_rows import AnnualData, TerritoryRow
from boutique.exports.excel.book import Book
from boutique.exports.excel.cells import Format
from boutique.exports.excel.columns import Column

TITLE = "Territoire"
LEGEND = (
    "Toute la structure, par commune de résidence (de l’entreprise pour les créations, du lieu pour les permanences). "
    "Les communes où trop peu de personnes sont venues sont réunies sur une ligne ; « masqué » empêche de retrouver un "
    "petit nombre par soustraction. Vide tant que l’année n’est pas finie : deux états d’une même année se "
    "soustrairaient."
)
_HIDDEN = "masqué"
_COLUMNS: tuple[Column[TerritoryRow], ...] = (
    Column("Commune", lambda row: row.label, 20),
    Column("Personnes reçues", lambda row: _shown(row.people), 12, Format.COUNT),
    Column("dont QPV", lambda row: _shown(row.in_qpv), 10, Format.COUNT),
    Column("Permanences", lambda row: _shown(row.outreach), 12, Format.COUNT),
    Column("Créations", lambda row: _shown(row.creations), 10, Format.COUNT),
    Column("Orientations", lambda row: _shown(row.referrals), 12, Format.COUNT),
)


def write(book: Book, data: AnnualData) -> None:
    """The table; its total is written, not summed: hidden numbers are in it."""
    book.table(TITLE, _COLUMNS, data.territory, strong=_is_total)


def _is_total(row: TerritoryRow) -> bool:
    return row.total


def _shown(count: int | None) -> Any:
    return _HIDDEN if count is None else count
