"""The coverage of a territory as a workbook: every commune, every theme. For Partenaires › Couverture."""

from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import clock
from boutique.core.text import fold
from boutique.exports import excel
from boutique.exports.excel.cells import Format
from boutique.exports.excel.columns import Column
from boutique.models.structure import Structure
from boutique.services import coverage_gaps
from boutique.services.coverage_gaps import Reach, ThemeLine
from boutique.services.documents import Document

_NAME_WIDTH, _THEME_WIDTH = 34, 15
_THEMES: tuple[Column[ThemeLine], ...] = (
    Column("Besoin", lambda line: line.label, 40),
    Column("Communes sans personne", lambda line: line.uncovered, 16, Format.COUNT),
    Column("Habitants de ces communes", lambda line: line.inhabitants, 18, Format.COUNT),
)


def book(session: Session, key: str, reach: Reach) -> Document:
    """Themes with what they lack, then the whole table: partners by commune and theme."""
    table = coverage_gaps.table(session, key, reach)
    structure = session.scalars(select(Structure).limit(1)).first()
    title = f"Couverture — {table.place.label}"
    made = excel.book.Book(title=title, author=structure.name if structure else "", made_at=clock.local(clock.now()))
    facts: list[tuple[str, object]] = [
        ("Territoire", table.place.label),
        ("Communes", len(table.place.communes)),
        ("Partenaires comptés", table.reach.label),
        ("Le", excel.sheets.readme.moment(clock.local(clock.now()))),
        ("À savoir", "Un partenaire compte pour un besoin si son type y répond ou si sa fiche le dit ; 0 : personne."),
    ]
    excel.sheets.readme.write(made, title, facts, [])
    made.table("Besoins", _THEMES, table.by_theme())
    columns: list[Column[Any]] = [
        Column("Commune", lambda row: row[0].name, _NAME_WIDTH),
        Column("Code INSEE", lambda row: row[0].code, 11),
        Column("Intercommunalité", lambda row: row[0].epci or "", _NAME_WIDTH),
        Column("Habitants", lambda row: row[0].population, 12, Format.COUNT),
    ]
    columns += [
        Column(label, partial(_count, rank), _THEME_WIDTH, Format.COUNT) for rank, (_, label) in enumerate(table.themes)
    ]
    made.table("Communes", columns, list(zip(table.place.communes, table.counts, strict=True)))
    name = "-".join(fold(table.place.label).split())[:60]
    return Document(f"couverture-{name}.xlsx", title, made.to_bytes())


def _count(rank: int, row: Any) -> int:
    count: int = row[1][rank]
    return count
