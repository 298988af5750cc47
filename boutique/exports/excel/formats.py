"""The formats of a workbook file: one function each, chosen by the end of the file name."""

import importlib
from collections.abc import Callable
from enum import StrEnum

from boutique.exports.excel import csv_files
from boutique.exports.excel.book import Book
from boutique.exports.excel.sheet_xml import Told


class Form(StrEnum):
    """How a workbook is written; the value is the end of its name."""

    XLSX = ".xlsx"
    ODS = ".ods"
    CSV = ".zip"


def write(book: Book, form: Form, told: Told | None = None) -> bytes:
    """The file. `told` learns how far it is, and may raise to give up."""
    return _WRITERS[form](book, told)


def _ods(book: Book, told: Told | None) -> bytes:
    # Loaded when it is wanted: few ask for it, and its library takes ten megabytes in every window.
    made: bytes = importlib.import_module("boutique.exports.excel.ods").render(book, told)
    return made


_WRITERS: dict[Form, Callable[[Book, Told | None], bytes]] = {
    Form.XLSX: Book.to_bytes,
    Form.ODS: _ods,
    Form.CSV: csv_files.render,
}
