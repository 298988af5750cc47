"""A workbook as .csv files in a .zip, one a sheet, as a French spreadsheet opens them: semicolons, decimal commas.

A formula leaves what it gives. A text that a spreadsheet could take for a formula gets an apostrophe.
"""

import csv
import io
import zipfile
from datetime import date, datetime, time
from typing import Any

from boutique.core.french import show_date
from boutique.exports.excel.book import EPOCH, Book, Sheet
from boutique.exports.excel.cells import DANGEROUS, Formatted, Formula, plain
from boutique.exports.excel.sheet_xml import Told

_DIGITS = 6


def render(book: Book, told: Told | None = None) -> bytes:
    """The .zip. `told` learns how many sheets are written, and may raise to give up."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for rank, sheet in enumerate(book.sheets):
            if told is not None:
                told(rank, len(book.sheets))
            name = zipfile.ZipInfo(f"{rank + 1:02} {sheet.name}.csv", EPOCH)
            archive.writestr(name, _file(sheet).encode("utf-8-sig"), zipfile.ZIP_DEFLATED)
    return kept.getvalue()


def _file(sheet: Sheet) -> str:
    written = io.StringIO(newline="")
    lines = csv.writer(written, delimiter=";", lineterminator="\r\n")
    for row in sheet.rows:
        lines.writerow([shown(value) for value in row.values])
    return written.getvalue()


def shown(value: Any) -> str:
    """What stands in a cell, as a text that stays harmless."""
    if isinstance(value, Formatted):
        value = value.value
    content = plain(value.value if isinstance(value, Formula) else value)
    if content is None:
        return ""
    if isinstance(content, str):
        return f"'{content}" if content.startswith(DANGEROUS) else content
    if isinstance(content, datetime):
        return f"{show_date(content)} {content:%H:%M}"
    if isinstance(content, date):
        return show_date(content)
    if isinstance(content, time):
        return f"{content:%H:%M}"
    return str(round(content, _DIGITS)).replace(".", ",")
