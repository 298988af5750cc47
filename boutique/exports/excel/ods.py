"""A workbook as OpenDocument (.ods): the same sheets, looks, live formulas and print set-up; charts are left out.

odfdo holds the document. Rows reach it as XML, a sheet at a time: cell by cell it would take a minute where this takes
a second.
"""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from odfdo import Document, Element
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token
from openpyxl.utils import get_column_letter

from boutique.exports.excel.book import EPOCH, Book, Row, Sheet
from boutique.exports.excel.cells import Formatted, Formula, plain
from boutique.exports.excel.ods_looks import MASTER_PAGE, PAGE_LAYOUT, OdsLooks
from boutique.exports.excel.sheet_xml import Told

_CENTIMETRES, _MARGIN = 0.185, 0.15  # of a character of a column, and beside the text
_SETTINGS = "ooo:view-settings"


def render(book: Book, told: Told | None = None) -> bytes:
    """The file. `told` learns how many sheets are written, and may raise to give up."""
    document, looks = Document("spreadsheet"), OdsLooks()
    body: Any = document.body
    body.clear()
    for rank, sheet in enumerate(book.sheets):
        if told is not None:
            told(rank, len(book.sheets))
        body.append(Element.from_tag(_table(sheet, looks)))
    body.append(Element.from_tag(_filters(book.sheets)))
    automatic = _emptied(document, "content.xml", "//office:automatic-styles")
    for style in looks.declared():
        automatic.append(Element.from_tag(style))
    _set_up_pages(document, book)
    _freeze(document, book.sheets)
    return _same_bytes(document, book)


def _table(sheet: Sheet, looks: OdsLooks) -> str:
    columns = "".join(
        f'<table:table-column table:style-name="{looks.column(width * _CENTIMETRES + _MARGIN)}"/>'
        for width in sheet.widths
    )
    rows = list(_rows(sheet, looks))
    if sheet.frozen and rows:
        rows[0] = f"<table:table-header-rows>{rows[0]}</table:table-header-rows>"
    name = quoteattr(sheet.name)
    return f'<table:table table:name={name} table:style-name="sheet">{columns}{"".join(rows)}</table:table>'


def _rows(sheet: Sheet, looks: OdsLooks) -> Iterator[str]:
    for rank, row in enumerate(sheet.rows, 1):
        style = looks.page_row if rank in sheet.breaks else looks.row
        cells = "".join(_cells(row, looks)) or "<table:table-cell/>"
        yield f'<table:table-row table:style-name="{style}">{cells}</table:table-row>'


def _cells(row: Row, looks: OdsLooks) -> Iterator[str]:
    formats = row.formats or ("",) * len(row.values)
    for value, style, format_ in zip(row.values, row.styles, formats, strict=False):
        held, shown = (value.value, format_ or value.format) if isinstance(value, Formatted) else (value, format_)
        formula = ""
        if isinstance(held, Formula):
            formula = f" table:formula={quoteattr('of:=' + translated(held.text))}"
            held = held.value
        yield f'<table:table-cell table:style-name="{looks.cell(style, str(shown))}"{formula}{_content(plain(held))}'


def _content(value: Any) -> str:
    """The typed value of a cell, and its end."""
    if value is None:
        return "/>"
    if isinstance(value, str):
        lines = "".join(f"<text:p>{_spaced(line)}</text:p>" for line in value.split("\n"))
        return f' office:value-type="string">{lines}</table:table-cell>'
    if isinstance(value, datetime | date):
        return f' office:value-type="date" office:date-value="{value.isoformat()}"/>'
    if isinstance(value, time):
        return f' office:value-type="time" office:time-value="PT{value:%HH%MM%SS}"/>'
    return f' office:value-type="float" office:value="{value!r}"/>'


def _spaced(line: str) -> str:
    """OpenDocument folds spaces that follow one another, and those at both ends."""
    return escape(line, {"\r": " ", "\t": "<text:tab/>"}).replace("  ", " <text:s/>")


def translated(formula: str) -> str:
    """A formula of ours in the words of OpenFormula: references in brackets, arguments apart by semicolons."""
    return "".join(_word(token) for token in Tokenizer(f"={formula}").items)


def _word(token: Token) -> str:
    if token.type == Token.SEP:
        return ";"
    if token.type != Token.OPERAND or token.subtype != Token.RANGE:
        return str(token.value)
    sheet, _, cells = str(token.value).rpartition("!")
    first, *last = cells.split(":")
    ends = [f"{'$' + sheet if sheet else ''}.{first}", *(f".{one}" for one in last)]
    return f"[{':'.join(ends)}]"


def _filters(sheets: list[Sheet]) -> str:
    """The buttons of the titles."""
    ranges = "".join(
        f'<table:database-range table:name="__Anonymous_Sheet_DB__{rank}" table:display-filter-buttons="true" '
        f"table:target-range-address={quoteattr(_corners(sheet))}/>"
        for rank, sheet in enumerate(sheets)
        if sheet.filtered
    )
    return f"<table:database-ranges>{ranges}</table:database-ranges>"


def _corners(sheet: Sheet) -> str:
    name = "'" + sheet.name.replace("'", "''") + "'"
    return f"{name}.A1:{name}.{get_column_letter(len(sheet.widths))}{sheet.filtered}"


def _set_up_pages(document: Document, book: Book) -> None:
    """A4 lying down, fitted to its width, who made it and the number of the page below."""
    _emptied(document, "styles.xml", "//office:automatic-styles").append(Element.from_tag(PAGE_LAYOUT))
    page = Element.from_tag(MASTER_PAGE.format(footer=escape(book.footer.replace("&&", "&"))))
    _emptied(document, "styles.xml", "//office:master-styles").append(page)


def _emptied(document: Document, part: str, tag: str) -> Any:
    """An element of the template without what it held."""
    found: Any = document.get_part(part)
    element = found.get_element(tag)
    element.clear()
    return element


def _freeze(document: Document, sheets: list[Sheet]) -> None:
    """Titles stay in sight."""
    frozen = "".join(
        f"<config:config-item-map-entry config:name={quoteattr(sheet.name)}>"
        '<config:config-item config:name="VerticalSplitMode" config:type="short">2</config:config-item>'
        '<config:config-item config:name="VerticalSplitPosition" config:type="int">1</config:config-item>'
        '<config:config-item config:name="PositionBottom" config:type="int">1</config:config-item>'
        "</config:config-item-map-entry>"
        for sheet in sheets
        if sheet.frozen
    )
    _emptied(document, "settings.xml", "//office:settings").append(
        Element.from_tag(
            f'<config:config-item-set config:name="{_SETTINGS}"><config:config-item-map-indexed config:name="Views">'
            '<config:config-item-map-entry><config:config-item config:name="ViewId" config:type="string">view1'
            f'</config:config-item><config:config-item-map-named config:name="Tables">{frozen}'
            "</config:config-item-map-named></config:config-item-map-entry></config:config-item-map-indexed>"
            "</config:config-item-set>"
        )
    )


def _same_bytes(document: Document, book: Book) -> bytes:
    """The same data gives the same file: instants come from the data, and what the template carries along goes."""
    properties = book.workbook.properties
    meta: Any = document.meta
    meta.title, meta.initial_creator, meta.generator = properties.title, properties.creator, "Boutique"
    meta.creation_date = meta.date = properties.created
    loose, kept = io.BytesIO(), io.BytesIO()
    document.save(loose)
    with zipfile.ZipFile(loose) as source, zipfile.ZipFile(kept, "w") as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "mimetype", name)):
            member = zipfile.ZipInfo(name, EPOCH)
            packing = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            target.writestr(member, source.read(name), packing)
    return kept.getvalue()
