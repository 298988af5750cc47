"""Rows of a sheet as SpreadsheetML. For `book`, that would spend its time in the cells of openpyxl otherwise.

The month's workbook of a big base has hundreds of thousands of cells: written one by one through openpyxl they take
several times as long as the queries. Everything around the rows (views, filters, print set-up, charts) is openpyxl's.
"""

import io
import math
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from enum import Enum
from types import NoneType
from typing import Any
from xml.sax.saxutils import escape

from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet._writer import WorksheetWriter

from boutique.exports.excel.cells import DANGEROUS, Formatted, Formula, plain
from boutique.exports.excel.looks import Looks

_ZERO = date(1899, 12, 30).toordinal()  # day 0 of the spreadsheets
_RETURN = {"\r": "&#13;"}
_WRAPPED = frozenset({"head", "head-number", "text-wrapped", "input-text", "note", "label", "total"})
_SAFETY = 1.05
_SIMPLE = frozenset({str, int, float, bool, date, datetime, time, NoneType})
_MOST_KNOWN = 20_000


class Cells:
    """Cells of a workbook as text. What stands in many of them, as most words, dates and counts do, is made once."""

    def __init__(self, looks: Looks) -> None:
        self._looks = looks
        self._known: dict[tuple[Any, ...], tuple[str, int]] = {}

    def made(self, value: Any, style: str, format_: str, width: float) -> tuple[str, int]:
        """What follows the place of a cell, and how many lines its text takes in a column of a width."""
        kind = value.__class__
        if kind not in _SIMPLE and not isinstance(value, Enum):
            return self._made(value, style, format_, width)
        key = (kind, value, style, format_, width)  # with the class: 1, 1.0 and True are equal
        known = self._known.get(key)
        if known is None:
            if len(self._known) > _MOST_KNOWN:
                self._known.clear()
            known = self._known[key] = self._made(value, style, format_, width)
        return known

    def _made(self, value: Any, style: str, format_: str, width: float) -> tuple[str, int]:
        """Text stays text whatever it begins with, in this file and when it is edited later."""
        if isinstance(value, Formatted):
            value, format_ = value.value, format_ or value.format
        if isinstance(value, Formula):
            return f'" s="{self._looks.number(style, format_)}"{_computed(value)}</c>', 1
        content = plain(value)
        if isinstance(content, str):
            look = self._looks.number(style, format_, quoted=content.startswith(DANGEROUS))
            kept = ' xml:space="preserve"' if content[0].isspace() or content[-1].isspace() else ""
            text = f"<is><t{kept}>{escape(content, _RETURN)}</t></is>"
            return f'" s="{look}" t="inlineStr">{text}</c>', _lines(content, width) if style in _WRAPPED else 1
        look = self._looks.number(style, format_)
        return f'" s="{look}"/>' if content is None else f'" s="{look}"><v>{_number(content)}</v></c>', 1


def _lines(text: str, width: float) -> int:
    """Lines that a text takes in a column."""
    if len(text) * _SAFETY <= width and "\n" not in text:
        return 1
    return sum(max(1, math.ceil(len(line) * _SAFETY / width)) for line in text.split("\n"))


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
