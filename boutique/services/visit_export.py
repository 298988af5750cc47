"""Visits to businesses as a workbook: the list as it is filtered, and the coverage by commune. For the view."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import clock, french
from boutique.exports import excel
from boutique.exports.excel.cells import Format
from boutique.exports.excel.columns import Column
from boutique.models.structure import Structure
from boutique.services import visit_coverage, visit_list
from boutique.services.documents import Document
from boutique.services.visit_coverage import CommuneCoverage
from boutique.services.visit_list import VisitLine, VisitQuery

MOST_ROWS = 20_000
_WARNING = "Entreprises et personnes rencontrées : à ne transmettre qu’aux personnes habilitées"
_VISITS: tuple[Column[VisitLine], ...] = (
    Column("Date", lambda line: line.visited_on, 12, Format.DATE),
    Column("Entreprise", lambda line: line.name, 34),
    Column("Commune", lambda line: line.commune or None, 22),
    Column("But", lambda line: line.purpose or None, 24),
    Column("Besoins", lambda line: line.needs or None, 44, wrap=True),
    Column("Suites à faire", lambda line: line.to_do, 10, Format.COUNT),
    Column("En retard", lambda line: line.late, 10, Format.COUNT),
    Column("Prochaine visite", lambda line: line.next_on, 12, Format.DATE),
    Column("Conseiller", lambda line: line.counsellor or None, 16),
    Column("Dossier chez nous", lambda line: "oui" if line.ours else "non", 10),
)
_COVERAGE: tuple[Column[CommuneCoverage], ...] = (
    Column("Commune", lambda line: line.commune, 28),
    Column("Entreprises visitées", lambda line: line.visited, 12, Format.COUNT),
    Column("Visites", lambda line: line.visits, 10, Format.COUNT),
    Column("Entreprises connues", lambda line: line.known, 12, Format.COUNT),
    Column("Taux de couverture", lambda line: line.rate, 12, Format.PERCENT),
    Column("Source", lambda line: line.source or None, 34),
    Column("Au", lambda line: line.counted_on, 12, Format.DATE),
)


def export(session: Session, query: VisitQuery, told: str) -> Document:
    """`told` says the filter in words."""
    page = visit_list.listing(session, query, limit=MOST_ROWS)
    structure = session.scalars(select(Structure).limit(1)).first()
    title = "Visites d’entreprises"
    book = excel.book.Book(title=title, author=structure.name if structure else "", made_at=clock.local(clock.now()))
    facts: list[tuple[str, object]] = [
        ("Le", excel.sheets.readme.moment(clock.local(clock.now()))),
        ("Filtre", told),
        ("Visites", f"{len(page.rows)} sur {page.total}"),
        ("Attention", _WARNING),
    ]
    excel.sheets.readme.write(book, title, facts, [])
    book.table("Visites", _VISITS, page.rows)
    book.table("Couverture", _COVERAGE, visit_coverage.coverage(session).communes)
    day = clock.today()
    return Document(f"visites-entreprises-{day:%Y-%m-%d}.xlsx", f"{title} au {french.show_date(day)}", book.to_bytes())
