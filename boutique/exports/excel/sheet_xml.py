"""Rows of a sheet as SpreadsheetML. For `book`, that would spend its time in the cells of openpyxl otherwise.

The month's workbook of a big base has hundreds of thousands of cells: written one by one through openpyxl they take
several times as long as the queries. Everything around the rows (views, filters, print set-up, charts) is openpyxl's.
"""

import io
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet._writer import WorksheetWriter

from boutique.exports.excel.cells import DANGEROUS, Formatted, Formula, plain
from boutique.exports.excel.looks import Looks

_ZERO = date(1899, 12, 30).toordinal()  # day 0 of the spreadsheets
_RETURN = {"\r": "&#13;"}


def cell(column: int, row: int, value: Any, style: str, format_: str, looks: Looks) -> str:
    """One cell; text stays text whatever it begins with, in this file and when it is edited later."""
    if isinstance(value, Formatted):
        value, format_ = value.value, format_ or value.format
    place = f'{_letter(column)}{row}"'
    if isinstance(value, Formula):
        return f'<c r="{place} s="{looks.number(style, format_)}"{_computed(value)}</c>'
    content = plain(value)
    if isinstance(content, str):
        look = looks.number(style, format_, quoted=content.startswith(DANGEROUS))
        kept = ' xml:space="preserve"' if content[0].isspace() or content[-1].isspace() else ""
        text = escape(content, _RETURN)
        return f'<c r="{place} s="{look}" t="inlineStr"><is><t{kept}>{text}</t></is></c>'
    look = looks.number(style, format_)
    if content is None:
        return f'<c r="{place} s="{look}"/>'
    return f'<c r="{place} s="{look}"><v>{_number(content)}</v></c>'


def _computed(formula: Formula) -> str:
    """A formula, with what it gives when that is known: a previewer computes nothing."""
    text = f"<f>{escape(formula.text)}</f>"
    value = plain(formula.value)
    if value is None:
        return f">{text}<v/>"
    if isinstance(value, str):
        return f' t="str">{text}<v>{escape(value, _RETURN)}</v>'
    return f">{text}<v>{_number(value)}</v>"


def _number(value: float | date | time) -> str:
    if isinstance(value, datetime | time):
        return repr(to_excel(value))  # type: ignore[no-untyped-call]
    if isinstance(value, date):
        return str(value.toordinal() - _ZERO)
    return repr(value)


@cache
def _letter(column: int) -> str:
    return get_column_letter(column)


class SheetWriter(WorksheetWriter):
    """openpyxl's writer of a sheet, with a buffer for a file and rows that are already written."""

    def __init__(self, sheet: Any, rows: Iterable[str]) -> None:
        self._buffer = io.BytesIO()
        super().__init__(sheet, out=self._buffer)
        self._rows = "".join(rows).encode()

    def write_rows(self) -> None:
        """Put the rows between what openpyxl writes before and after them."""
        whole: Any = self.xf.send(True)  # noqa: FBT003 - asks for the stream
        with whole.element("sheetData"):
            whole.flush()
            self._buffer.write(self._rows)
        self._rows = b""
        self.xf.send(None)

    def cleanup(self) -> None:
        """There is no file to remove."""


Told = Callable[[int, int], None]  # (done, total); may raise to give up
