"""Lisez-moi: what the workbook covers, who made it, and what each figure means."""

from collections.abc import Iterable, Sequence

from boutique.exports.excel.book import Book
from boutique.exports.excel.cells import Format, Formatted

TITLE = "Lisez-moi"
_WIDTHS = (34, 100)

Pair = tuple[str, object]


def write(book: Book, title: str, facts: Iterable[Pair], parts: Sequence[tuple[str, Sequence[Pair]]]) -> None:
    """A title, what the workbook is, then titled lists of (word, explanation)."""
    sheet = book.sheet(TITLE, _WIDTHS, frozen=False)
    sheet.row([(title, "title")])
    sheet.row([])
    for label, value in facts:
        sheet.row([(label, "label"), (value, "note")])
    for heading, pairs in parts:
        if pairs:
            sheet.row([])
            sheet.row([(heading, "heading")])
            for word, text in pairs:
                sheet.row([(word, "label"), (text, "note")])


def moment(value: object) -> Formatted:
    """An instant as a reader sees it."""
    return Formatted(value, Format.MOMENT)
