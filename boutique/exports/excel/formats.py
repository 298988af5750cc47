"""The formats of a workbook file: one function each, chosen by the end of the file name."""

from enum import StrEnum
from typing import TYPE_CHECKING

from boutique.exports import excel

if TYPE_CHECKING:
    from boutique.exports.excel.book import Book
    from boutique.exports.excel.sheet_xml import Told


class Form(StrEnum):
    """How a workbook is written; the value is the end of its name."""

    XLSX = ".xlsx"
    ODS = ".ods"
    CSV = ".zip"


def write(book: "Book", form: Form, told: "Told | None" = None) -> bytes:
    """The file. `told` learns how far it is, and may raise to give up."""
    match form:
        case Form.XLSX:
            return book.to_bytes(told)
        case Form.ODS:
            return excel.ods.render(book, told)
        case Form.CSV:
            return excel.csv_files.render(book, told)
