"""The list of files as it is on screen (same filter, same columns), as a workbook. For « Exporter cette vue »."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import clock, french
from boutique.exports import excel
from boutique.exports.excel.cells import Format
from boutique.exports.excel.columns import Column as SheetColumn
from boutique.models.structure import Counsellor, Structure
from boutique.services.context import context
from boutique.services.documents import Document
from boutique.services.file_columns import BY_KEY, Column, FileRow
from boutique.services.files import FileQuery, files
from boutique.storage.search import Search

MOST_ROWS = 20_000
_PIXELS_A_CHARACTER = 7
_WARNING = "Liste nominative : à ne transmettre qu’aux personnes habilitées, à effacer après usage"


def export(session: Session, index: Search, query: FileQuery, keys: Sequence[str], told: str) -> Document:
    """`keys` are the columns shown; `told` says the filter in words."""
    columns = [BY_KEY[key] for key in keys if key in BY_KEY]
    page = files(session, index, query, limit=MOST_ROWS)
    here = context(session)
    structure = session.scalars(select(Structure).limit(1)).first()
    author = session.get(Counsellor, here.counsellor_id) if here.counsellor_id else None
    book = excel.book.Book(
        title="Liste de dossiers", author=structure.name if structure else "", made_at=clock.local(clock.now())
    )
    facts: list[tuple[str, object]] = [
        ("Structure", structure.name if structure else ""),
        ("Établi par", author.short_name if author else ""),
        ("Le", excel.sheets.readme.moment(clock.local(clock.now()))),
        ("Filtre", told),
        ("Dossiers", f"{len(page.rows)} sur {page.total}"),
        ("Attention", _WARNING),
    ]
    excel.sheets.readme.write(book, "Liste de dossiers", facts, [])
    book.table("Dossiers", [_sheet_column(column) for column in columns], page.rows)
    day = clock.today()
    return Document(f"dossiers-{day:%Y-%m-%d}.xlsx", f"Dossiers au {french.show_date(day)}", book.to_bytes())


def _sheet_column(column: Column) -> SheetColumn[FileRow]:
    width = max(10.0, column.width / _PIXELS_A_CHARACTER)
    if column.value is not None:
        return SheetColumn(column.title, column.value, width, Format.DATE)
    return SheetColumn(column.title, partial(_text, column), width)


def _text(column: Column, row: FileRow) -> Any:
    return column.getter(row) or None
