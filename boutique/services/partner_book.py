"""The directory as a workbook that an import reads back, and what an import says as a workbook. For Partenaires."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import clock, french
from boutique.exports import excel
from boutique.exports.excel.cells import Format
from boutique.exports.excel.columns import Column
from boutique.forms import values
from boutique.forms.catalogue import PARTNER
from boutique.models.structure import Structure
from boutique.services import partner_cells, partners
from boutique.services.context import place
from boutique.services.documents import Document
from boutique.services.import_outcomes import Outcome, Report
from boutique.services.import_preview import LABELS
from boutique.services.partner_cells import Sheet

Row = dict[str, Any]
_LEFT, _TAKEN = "Ligne refusée", "Valeur laissée vide"
# To add a column: its cell, a title that storage/partner_files.py knows, its width.
_COLUMNS: tuple[tuple[str, str, float], ...] = (
    ("name", "Nom", 44), ("institution", "Antenne de", 30), ("type", "Type", 34), ("siret", "SIRET", 17),
    ("address", "Adresse", 44), ("commune_code", "Code INSEE", 11), ("place", "Commune (nom)", 22),
    ("phone", "Téléphone", 16), ("email", "E-mail", 30), ("website", "Site internet", 32), ("access", "Accès", 34),
    ("contact_name", "Contact", 24), ("contact_role", "Fonction", 20), ("contact_phone", "Téléphone du contact", 16),
    ("contact_email", "E-mail du contact", 30), ("contact_themes", "Thèmes du contact", 24),
    ("contact_verified_on", "Contact vérifié le", 12), ("contacts", "Autres contacts", 44), ("opening", "Horaires", 34),
    ("publics", "Publics", 34), ("eligibility", "Conditions d’accès", 34), ("cost", "Coût pour la personne", 20),
    ("themes", "Thèmes", 24), ("territory", "Territoire", 12), ("communes", "Communes couvertes", 24),
    ("epcis", "EPCI couverts", 16), ("own_areas", "Territoires à nous", 24),
    ("departments", "Départements couverts", 16), ("regions", "Régions couvertes", 14),
    ("verified_on", "Vérifiée le", 12), ("review_months", "À revérifier après (mois)", 14),
    ("internal", "Interne", 9), ("legal_basis", "Base légale", 30), ("source", "Source", 24), ("id", "Identifiant", 38),
)  # fmt: skip


def directory(session: Session) -> Document:
    """Every sheet that is not archived, every column."""
    rows = [_row(session, sheet) for sheet in partner_cells.current(session)]
    book = _book(session, "Annuaire des partenaires")
    facts: list[tuple[str, object]] = [
        ("Le", excel.sheets.readme.moment(clock.local(clock.now()))),
        ("Fiches", len(rows)),
        ("À savoir", "Ce classeur peut être corrigé puis importé : gardez les titres et la colonne « Identifiant »."),
        ("Pour imprimer", "Le guide (PDF, par besoin et par commune) est fait pour cela : Partenaires › Exporter."),
    ]
    excel.sheets.readme.write(book, "Annuaire des partenaires", facts, [])
    book.table("Annuaire", [_column(*item) for item in _COLUMNS], rows)
    day = clock.today()
    return Document(f"annuaire-{day:%Y-%m-%d}.xlsx", f"Annuaire au {french.show_date(day)}", book.to_bytes())


def _row(session: Session, sheet: Sheet) -> Row:
    partner = sheet.partner
    row: Row = dict(partner_cells.cells(*sheet))
    row["type"] = partners.full_type_label(partner.type_code)
    row["place"] = place(session, partner.commune_code)
    row["verified_on"] = partner.verified_on
    row["contact_verified_on"] = sheet.contacts[0].verified_on if sheet.contacts else None
    if partner.publics:
        row["publics"] = values.show(PARTNER.field("partner.publics"), partner.publics)
    return row


def _column(name: str, title: str, width: float) -> Column[Row]:
    format_ = Format.DATE if name in ("verified_on", "contact_verified_on") else Format.TEXT
    return Column(title, partial(_value, name), width, format_)


def _value(name: str, row: Row) -> Any:
    return row.get(name)


def report(session: Session, made: Report, file_name: str) -> Document:
    """What an import does or would do: each cell that is wrong, then each line and what becomes of it."""
    book = _book(session, "Contrôle d’un import")
    facts: list[tuple[str, object]] = [
        ("Fichier", file_name),
        ("Le", excel.sheets.readme.moment(clock.local(clock.now()))),
        ("Ajoutés", made.created),
        ("Mis à jour", made.updated),
        ("Inchangés", made.unchanged),
        ("Refusés", len(made.refused)),
        ("Doublons possibles", len(made.twins)),
    ]
    excel.sheets.readme.write(book, "Contrôle d’un import", facts, [])
    book.table("Cellules", _CELLS, [*_told(made.refused, _LEFT), *_told(made.warnings, _TAKEN)])
    book.table("Lignes", _LINES, made.outcomes)
    return Document(f"controle-import-{clock.today():%Y-%m-%d}.xlsx", "Contrôle d’un import", book.to_bytes())


def _told(remarks: Iterable[Any], what: str) -> list[tuple[Any, str]]:
    return [(remark, what) for remark in remarks]


_CELLS: tuple[Column[tuple[Any, str]], ...] = (
    Column("Ligne", lambda item: item[0].line or None, 8, Format.COUNT),
    Column("Colonne", lambda item: LABELS.get(item[0].column, item[0].column), 26),
    Column("Valeur", lambda item: item[0].value, 40),
    Column("Ce qui ne va pas", lambda item: item[0].reason, 80),
    Column("Suite", lambda item: item[1], 20),
)
_LINES: tuple[Column[Outcome], ...] = (
    Column("Ligne", lambda one: one.line, 8, Format.COUNT),
    Column("Nom", lambda one: one.name, 60),
    Column("Suite", lambda one: one.fate, 14),
    Column("Ce qui change", lambda one: ", ".join(one.changes), 44),
    Column("Peut-être déjà là", lambda one: " ; ".join(f"{twin.name} ({twin.reason})" for twin in one.twins), 60),
)


def _book(session: Session, title: str) -> "excel.book.Book":
    structure = session.scalars(select(Structure).limit(1)).first()
    return excel.book.Book(title=title, author=structure.name if structure else "", made_at=clock.local(clock.now()))
