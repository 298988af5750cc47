"""A workbook in memory: styles, tables with totals, print set-up. Nothing is ever written to the disk.

openpyxl keeps each sheet in clear in the temporary folder while saving; here sheets are written to memory, and
instants come from the data, so that the same data gives the same bytes.
"""

import io
import math
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.properties import CalcProperties
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.writer.excel import ExcelWriter

from boutique.exports.excel.cells import Format, Formula, cell, plain
from boutique.exports.excel.columns import Column, R

# openpyxl writes <color> where the schema does not want it: the only fault of its files.
Font.__elements__ = ("b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color",
                     "name", "family", "charset", "scheme")  # fmt: skip

PRIMARY, INK, MUTED, LINE, BAND = "FF0B5C6B", "FF1B1F2A", "FF545D6E", "FFD9DEE7", "FFF4F6F9"
ENTRY = "FFFFF8E1"  # cells one may change
FAMILY = "Calibri"  # installed with every spreadsheet; a workbook embeds no font
_WIDE = 18.0
_WRAPPED = frozenset({"head", "head-number", "text-wrapped", "input-text", "note", "label", "total"})
_LINE_HEIGHT, _TALLEST, _SAFETY = 13.5, 400.0, 1.05
_EPOCH = (1980, 1, 1, 0, 0, 0)
_TITLE_LIMIT = 31
_FORBIDDEN_IN_TITLE = re.compile(r"[\[\]:*?/\\]")
_RANGE = re.compile(r"\[([^\[\]]+)\]")


@dataclass(frozen=True, slots=True)
class Area:
    """Where a table landed: sheet, header positions, first and last row of data."""

    sheet: str
    letters: dict[str, str]
    first: int
    last: int

    def range(self, title: str) -> str:
        """Absolute reference to the data of one column."""
        letter = self.letters[title]
        return f"{quote_sheetname(self.sheet)}!${letter}${self.first}:${letter}${self.last}"

    def formula(self, template: str) -> str:
        """A formula where [Column title] stands for the data of that column."""
        return _RANGE.sub(lambda found: self.range(found.group(1)), template)


class Book:
    """Sheets one after the other, then the bytes."""

    def __init__(self, *, title: str, author: str, made_at: datetime) -> None:
        self.workbook = Workbook(write_only=True)
        self._sheets: list[Sheet] = []
        properties = self.workbook.properties
        properties.title, properties.creator, properties.language = str(plain(title)), str(plain(author)), "fr"
        properties.created = properties.modified = made_at.replace(tzinfo=None, microsecond=0)
        self.workbook.calculation = CalcProperties(fullCalcOnLoad=True)
        self._footer = str(plain(f"{author} · {title}")).replace("&", "&&")
        for style in _styles():
            self.workbook.add_named_style(style)

    def sheet(self, title: str, widths: Sequence[float], *, frozen: bool = True, filtered: int = 0) -> "Sheet":
        """A new sheet; `filtered` is the last row of the data that the header filters."""
        name = _FORBIDDEN_IN_TITLE.sub(" ", title)[:_TITLE_LIMIT]
        made = self.workbook.create_sheet(name)
        for rank, width in enumerate(widths, 1):
            made.column_dimensions[get_column_letter(rank)].width = width
        if frozen:
            made.freeze_panes = "A2"
            made.print_title_rows = "1:1"
        if filtered:
            made.auto_filter.ref = f"A1:{get_column_letter(len(widths))}{filtered}"
        made.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        made.page_setup.orientation, made.page_setup.paperSize = "landscape", 9
        made.page_setup.fitToWidth, made.page_setup.fitToHeight = 1, 0
        made.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.75, footer=0.35)
        made.oddFooter.left.text, made.oddFooter.right.text = self._footer, "Page &P sur &N"
        sheet = Sheet(name, made, widths)
        self._sheets.append(sheet)
        return sheet

    def table(self, title: str, columns: Sequence[Column[R]], rows: Sequence[R], *,
              strong: Callable[[R], bool] | None = None) -> Area:  # fmt: skip
        """Header, rows, totals; an empty table keeps one empty row so that its formulas still read something."""
        last = max(len(rows), 1) + 1
        sheet = self.sheet(title, [column.width for column in columns], filtered=last)
        letters = {column.title: get_column_letter(rank) for rank, column in enumerate(columns, 1)}
        area = Area(sheet.name, letters, 2, last)
        sheet.row([(column.title, "head" if column.is_text else "head-number") for column in columns])
        for one in rows:
            bold = strong is not None and strong(one)
            sheet.row([(column.get(one), style_of(column, strong=bold)) for column in columns],
                      [column.format for column in columns] if bold else ())  # fmt: skip
        if not rows:
            sheet.row([])
        if any(column.total for column in columns):
            sheet.row([_total(column, area, rank) for rank, column in enumerate(columns)],
                      [column.total_format or column.format for column in columns])  # fmt: skip
        return area

    def to_bytes(self) -> bytes:
        """The file."""
        styles = self._style_arrays()
        for sheet in self._sheets:
            sheet.write(styles)
        buffer = io.BytesIO()
        ExcelWriter(self.workbook, _Archive(buffer, "w", zipfile.ZIP_DEFLATED)).save()
        return buffer.getvalue()

    def _style_arrays(self) -> dict[str, StyleArray]:
        """What a cell holds for each named style: looked up once, not once a cell."""
        arrays = {}
        for name in self.workbook.named_styles:
            probe: Any = WriteOnlyCell(self._sheets[0].made)
            probe.style = name
            arrays[name] = probe._style  # noqa: SLF001 - the constructor of a cell takes it, nothing public gives it
        return arrays


class Sheet:
    """Rows of one sheet, as they will be written."""

    def __init__(self, name: str, made: Any, widths: Sequence[float]) -> None:
        self.name = name
        self.made = made
        self._widths = widths
        self._rows: list[tuple[list[tuple[Any, str]], Sequence[str]]] = []

    def row(self, cells: Iterable[tuple[Any, str]], formats: Sequence[str] = ()) -> None:
        """Append (value, style) cells, with number formats other than those of the styles."""
        self._rows.append((list(cells), formats))

    def write(self, styles: Mapping[str, StyleArray]) -> None:
        """Make every cell before anything is serialised: a refused value leaves nothing half open."""
        rows: list[tuple[int, list[Any]]] = [
            (rank, self._cells(cells, formats, rank, styles)) for rank, (cells, formats) in enumerate(self._rows, 1)
        ]
        writer = _InMemoryWriter(self.made, rows)
        self.made._writer = writer  # noqa: SLF001 - else openpyxl opens a file in the temporary folder
        writer.write_top()

    def _cells(
        self, cells: Sequence[tuple[Any, str]], formats: Sequence[str], rank: int, styles: Mapping[str, StyleArray]
    ) -> list[Cell]:
        written, height = [], 1
        for column, ((value, style), width) in enumerate(zip(cells, self._widths, strict=False), 1):
            one = cell(self.made, (rank, column), value, styles[style])
            written.append(one)
            if style in _WRAPPED and one.data_type == "s":
                height = max(height, _lines(str(one.value), width))
        for one, format_ in zip(written, formats, strict=False):
            one.number_format = format_
        if height > 1:  # a wrapped row without its height is shown cut by some spreadsheets
            self.made.row_dimensions[rank].height = min(height * _LINE_HEIGHT, _TALLEST)
        return written


def _lines(text: str, width: float) -> int:
    return sum(max(1, math.ceil(len(line) * _SAFETY / width)) for line in text.split("\n"))


class _InMemoryWriter(WorksheetWriter):
    """openpyxl's writer of a sheet, with a buffer for a file."""

    def __init__(self, sheet: Any, rows: list[tuple[int, list[Any]]]) -> None:
        super().__init__(sheet, out=io.BytesIO())
        self._ready = rows

    def rows(self) -> list[tuple[int, list[Any]]]:
        """(number, cells) of each row."""
        return self._ready

    def cleanup(self) -> None:
        """There is no file to remove."""


class _Archive(zipfile.ZipFile):
    """A zip whose members come from memory and all bear the same date."""

    def write(self, filename: Any, arcname: Any = None, *_: Any, **__: Any) -> None:
        self.writestr(arcname, filename.getvalue())

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any, **__: Any) -> None:
        member = zipfile.ZipInfo(str(zinfo_or_arcname), _EPOCH)
        super().writestr(member, data, zipfile.ZIP_DEFLATED)


def style_of(column: Column[Any], *, strong: bool = False) -> str:
    """Name of the style of the data of a column."""
    if strong:
        return "total" if column.format is Format.TEXT else "total-number"
    if column.format is Format.TEXT:
        return "text-wrapped" if column.wrap or column.width >= _WIDE else "text"
    return column.format.name.lower()


def _total(column: Column[Any], area: Area, rank: int) -> tuple[Any, str]:
    if column.total:
        return Formula(area.formula(column.total.replace("[this]", f"[{column.title}]"))), "total-number"
    return (None if rank else "Total"), "total"


def _styles() -> list[NamedStyle]:
    line = Border(bottom=Side("thin", color=LINE))
    body = Font(name=FAMILY, size=10, color=INK)
    strong = Font(name=FAMILY, size=10, color=INK, bold=True)
    number = Alignment(vertical="top", horizontal="right", indent=1)
    left = Alignment(vertical="top", horizontal="left", wrap_text=True)
    held = {
        Format.TEXT: Alignment(vertical="top", shrink_to_fit=True),
        Format.DATE: Alignment(vertical="top", horizontal="left"),
    }
    made = [
        NamedStyle(format_.name.lower(), font=body, border=line, alignment=held.get(format_, number),
                   number_format=format_.value)
        for format_ in Format
    ]  # fmt: skip
    white = Font(name=FAMILY, size=10, bold=True, color="FFFFFFFF")
    band, pale = PatternFill("solid", start_color=PRIMARY), PatternFill("solid", start_color=BAND)
    entry = PatternFill("solid", start_color=ENTRY)
    centred = Alignment(vertical="center", wrap_text=True)
    right = Alignment(vertical="center", horizontal="right", indent=1, wrap_text=True)
    above = Border(top=Side("thin", color=PRIMARY))
    made += [
        NamedStyle("text-wrapped", font=body, border=line, alignment=left, number_format="@"),
        NamedStyle("head", font=white, fill=band, number_format="@", alignment=centred),
        NamedStyle("head-number", font=white, fill=band, number_format="@", alignment=right),
        NamedStyle("total", font=strong, fill=pale, number_format="@", border=above, alignment=left),
        NamedStyle("total-number", font=strong, fill=pale, border=above, alignment=number),
        NamedStyle("title", font=Font(name=FAMILY, size=16, bold=True, color=PRIMARY), number_format="@"),
        NamedStyle("heading", font=Font(name=FAMILY, size=12, bold=True, color=PRIMARY), number_format="@"),
        NamedStyle("label", font=Font(name=FAMILY, size=10, color=MUTED), alignment=left, number_format="@"),
        NamedStyle("input", font=body, fill=entry, border=line, alignment=number),
        NamedStyle("input-text", font=body, fill=entry, border=line, alignment=left, number_format="@"),
        NamedStyle("aside", font=Font(name=FAMILY, size=10, color=MUTED), number_format="@"),
        NamedStyle("note", font=body, alignment=left, number_format="@"),
    ]  # fmt: skip
    return made
