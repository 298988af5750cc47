"""The floors of our workbooks: the same cells written by openpyxl as its manual shows it, with nothing of ours."""

import io
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from typing import Any, Self

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import NamedStyle

from boutique.core import french


@dataclass(frozen=True, slots=True)
class Page:
    """What stands in a sheet: values and looks, read back from our own file."""

    title: str
    widths: dict[str, float]
    heights: dict[int, float]
    rows: list[list[tuple[Any, NamedStyle]]]

    @classmethod
    def of(cls, sheet: Any) -> Self:
        looks: dict[int, NamedStyle] = {}
        rows = []
        for row in sheet.iter_rows():
            for cell in row:
                if cell.style_id not in looks:
                    looks[cell.style_id] = NamedStyle(
                        f"look {sheet.title} {cell.style_id}",
                        font=copy(cell.font),
                        fill=copy(cell.fill),
                        border=copy(cell.border),
                        alignment=copy(cell.alignment),
                        number_format=cell.number_format,
                    )
            rows.append([(cell.value, looks[cell.style_id]) for cell in row])
        widths = {letter: dimension.width for letter, dimension in sheet.column_dimensions.items()}
        heights = {number: dimension.height for number, dimension in sheet.row_dimensions.items() if dimension.height}
        return cls(sheet.title, widths, heights, rows)


def pages_of(content: bytes) -> list[Page]:
    """The sheets of a workbook."""
    return [Page.of(sheet) for sheet in load_workbook(io.BytesIO(content))]


def cells(pages: list[Page]) -> str:
    """How many cells, as it is told."""
    return french.show_number(sum(len(row) for page in pages for row in page.rows))


def usual(pages: list[Page]) -> bytes:
    """The usual way, a named style a look."""
    book = Workbook()
    book.remove(book.worksheets[0])
    known: set[str] = set()
    for page in pages:
        sheet = _sheet(book, page)
        for number, height in page.heights.items():
            sheet.row_dimensions[number].height = height
        for at, row in enumerate(page.rows, 1):
            for column, (value, look) in enumerate(row, 1):
                sheet.cell(at, column, value).style = look if look.name not in known else look.name
                known.add(look.name)
    return _saved(book)


def write_only(pages: list[Page]) -> bytes:
    """The write-only way, with the same looks."""
    book = Workbook(write_only=True)
    for name, look in {look.name: look for page in pages for row in page.rows for _value, look in row}.items():
        if name not in book.named_styles:
            book.add_named_style(look)
    for page in pages:
        sheet = _sheet(book, page)
        for row in page.rows:
            sheet.append(_styled(sheet, row))
    return _saved(book)


def bare(pages: list[Page]) -> bytes:
    """The write-only way, values alone."""
    book = Workbook(write_only=True)
    for page in pages:
        sheet = book.create_sheet()
        for row in page.rows:
            sheet.append([value for value, _look in row])
    return _saved(book)


def _styled(sheet: Any, row: list[tuple[Any, NamedStyle]]) -> Iterator[Any]:
    for value, look in row:
        cell = WriteOnlyCell(sheet, value)
        cell.style = look.name
        yield cell


def _sheet(book: Workbook, page: Page) -> Any:
    sheet: Any = book.create_sheet(page.title)
    for letter, width in page.widths.items():
        sheet.column_dimensions[letter].width = width
    return sheet


def _saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
