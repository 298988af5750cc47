"""A workbook in memory: tables with totals, charts, print set-up. Nothing is ever written to the disk.

openpyxl keeps each sheet in clear in the temporary folder while saving; here sheets are written to memory, and
instants come from the data, so that the same data gives the same bytes.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import repeat
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook.properties import CalcProperties
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.writer.excel import ExcelWriter

from boutique.exports.excel.area import Area
from boutique.exports.excel.cells import Format, plain
from boutique.exports.excel.columns import Column, R
from boutique.exports.excel.looks import Looks
from boutique.exports.excel.sheet_xml import Cells, SheetWriter, Told

_WIDE = 18.0
_LINE_HEIGHT, _TALLEST = 13.5, 400.0
EPOCH = (1980, 1, 1, 0, 0, 0)
_TITLE_LIMIT = 31
_FORBIDDEN_IN_TITLE = re.compile(r"[\[\]:*?/\\]")
_AT_ONCE = 500  # rows between two looks at whether the user gave up


@dataclass(frozen=True, slots=True)
class Row:
    """Values of a row, how each looks, and formats other than those of the looks."""

    values: Sequence[Any]
    styles: Sequence[str]
    formats: Sequence[str] = ()


class Book:
    """Sheets one after the other, then the bytes."""

    def __init__(self, *, title: str, author: str, made_at: datetime) -> None:
        self.workbook = Workbook(write_only=True)
        self.sheets: list[Sheet] = []
        properties = self.workbook.properties
        properties.title, properties.creator, properties.language = str(plain(title)), str(plain(author)), "fr"
        properties.created = properties.modified = made_at.replace(tzinfo=None, microsecond=0)
        self.workbook.calculation = CalcProperties(fullCalcOnLoad=True)
        self.footer = str(plain(f"{author} · {title}")).replace("&", "&&")
        self._cells = Cells(Looks(self.workbook))

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
        made.oddFooter.left.text, made.oddFooter.right.text = self.footer, "Page &P sur &N"
        sheet = Sheet(name, made, widths, frozen=frozen, filtered=filtered)
        self.sheets.append(sheet)
        return sheet

    def table(self, title: str, columns: Sequence[Column[R]], rows: Sequence[R], *,
              strong: Callable[[R], bool] | None = None, breaks: Iterable[int] = ()) -> Area:  # fmt: skip
        """Header, rows, totals; an empty table keeps one empty row so that its formulas still read something.

        `breaks`: ranks of the rows that begin a page when printed.
        """
        last = max(len(rows), 1) + 1
        sheet = self.sheet(title, [column.width for column in columns], filtered=last)
        sheet.row([(column.title, "head" if column.is_text else "head-number") for column in columns])
        plain_looks, formats = [style_of(column) for column in columns], [column.format.value for column in columns]
        strong_looks = [style_of(column, strong=True) for column in columns]
        for one in rows:
            bold = strong is not None and strong(one)
            values = [column.get(one) for column in columns]
            sheet.rows.append(Row(values, strong_looks, formats) if bold else Row(values, plain_looks))
        if not rows:
            sheet.row([])
        letters = {column.title: get_column_letter(rank) for rank, column in enumerate(columns, 1)}
        area = Area(sheet.name, letters, 2, last, tuple(row.values for row in sheet.rows[1:]))
        if any(column.total for column in columns):
            sheet.row([_total(column, area, rank) for rank, column in enumerate(columns)],
                      [column.total_format or column.format for column in columns])  # fmt: skip
        sheet.break_before(rank + 2 for rank in breaks)
        return area

    def to_bytes(self, told: Told | None = None) -> bytes:
        """The file. `told` learns how many rows are written, and may raise to give up."""
        done, total = 0, sum(len(sheet.rows) for sheet in self.sheets)
        for sheet in self.sheets:
            for written in sheet.write(self._cells):
                if told is not None:
                    told(done + written, total)
            done += len(sheet.rows)
        buffer = io.BytesIO()
        ExcelWriter(self.workbook, _Archive(buffer, "w", zipfile.ZIP_DEFLATED)).save()
        return buffer.getvalue()


class Sheet:
    """Rows of one sheet, as they will be written."""

    def __init__(
        self, name: str, made: Any, widths: Sequence[float], *, frozen: bool = False, filtered: int = 0
    ) -> None:  # fmt: skip
        self.name = name
        self.made = made
        self.widths = widths
        self.frozen, self.filtered = frozen, filtered
        self.breaks: frozenset[int] = frozenset()
        self.rows: list[Row] = []
        self._letters = [get_column_letter(rank) for rank in range(1, len(widths) + 1)]

    def row(self, cells: Iterable[tuple[Any, str]], formats: Sequence[str] = ()) -> None:
        """Append (value, style) cells, with number formats other than those of the styles."""
        pairs = list(cells)
        self.rows.append(Row([value for value, _ in pairs], [style for _, style in pairs], formats))

    def break_before(self, rows: Iterable[int]) -> None:
        """Begin a page at these rows. Spreadsheets forget such breaks on a sheet that is fitted to the page."""
        self.breaks = frozenset(rows)
        if self.breaks:
            self.made.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=False)
            for row in sorted(self.breaks):
                self.made.row_breaks.append(Break(id=row - 1))

    def write(self, cells: Cells) -> Iterator[int]:
        """Write every row before openpyxl opens the sheet: a refused value leaves nothing half open."""
        written: list[str] = []
        for rank, row in enumerate(self.rows, 1):
            written.append(self._row(row, rank, cells))
            if rank % _AT_ONCE == 0:
                yield rank
        writer = SheetWriter(self.made, written)
        self.made._writer = writer  # noqa: SLF001 - else openpyxl opens a file in the temporary folder
        writer.write_top()
        self.made.close()
        yield len(self.rows)

    def _row(self, row: Row, rank: int, cells: Cells) -> str:
        height, written = 1, []
        for letter, value, style, format_, width in zip(
            self._letters, row.values, row.styles, row.formats or repeat(""), self.widths, strict=False
        ):
            made, lines = cells.made(value, style, format_, width)
            written.append(f'<c r="{letter}{rank}{made}')
            height = max(height, lines)
        # A wrapped row without its height is shown cut by some spreadsheets.
        tall = f' ht="{min(height * _LINE_HEIGHT, _TALLEST)}" customHeight="1"' if height > 1 else ""
        return f'<row r="{rank}"{tall}>{"".join(written)}</row>'


class _Archive(zipfile.ZipFile):
    """A zip whose members come from memory and all bear the same date."""

    def write(self, filename: Any, arcname: Any = None, *_: Any, **__: Any) -> None:
        self.writestr(arcname, filename.getvalue())

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any, **__: Any) -> None:
        member = zipfile.ZipInfo(str(zinfo_or_arcname), EPOCH)
        super().writestr(member, data, zipfile.ZIP_DEFLATED)


def style_of(column: Column[Any], *, strong: bool = False) -> str:
    """Name of the style of the data of a column."""
    if strong:
        return "total" if column.format is Format.TEXT else "total-number"
    if column.format is Format.TEXT:
        return "text-wrapped" if column.wrap or column.width >= _WIDE else "text"
    return column.format.name.lower()


def _total(column: Column[Any], area: Area, rank: int) -> tuple[Any, str]:
    if column.total is not None:
        return area.formula(column.total, column.title), "total-number"
    return (None if rank else "Total"), "total"
