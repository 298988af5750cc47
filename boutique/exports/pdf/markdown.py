"""Texts of `resources/texts` laid out: headings, paragraphs, lists, tables; values are put in after parsing.

A value is therefore always text: whatever a structure is called, it never becomes markup.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token
from reportlab.platypus import Flowable, Spacer, Table, TableStyle

from boutique.exports.pdf import fonts
from boutique.exports.pdf.page import CANVAS, HAIRLINE, TEXT_WIDTH, Span, para

_STYLES = {"h1": "title", "h2": "heading", "h3": "heading"}
_PADDING = 5.0
_FIRST_COLUMN = 0.52
_PLACE = re.compile(r"\{(\w+)\}")


def laid_out(text: str, values: Mapping[str, str]) -> list[Flowable]:
    """Flowables of a text, `{name}` replaced by its value; an unknown name is a bug of the text."""
    tokens = iter(MarkdownIt("commonmark").enable("table").parse(text))
    story: list[Flowable] = []
    for token in tokens:
        if token.type == "heading_open":
            story += para(_spans(next(tokens), values), _STYLES[token.tag])
        elif token.type == "paragraph_open":
            story += [*para(_spans(next(tokens), values), "dense"), Spacer(0, 2)]
        elif token.type == "list_item_open":
            next(tokens)
            story += para(_spans(next(tokens), values), "dense-bullet", bullet="•")
        elif token.type == "table_open":
            story += [_table(list(_rows(tokens, values))), Spacer(0, 4)]
    return story


def _spans(inline: Token, values: Mapping[str, str]) -> list[Span]:
    spans: list[Span] = []
    strong = False
    for token in inline.children or []:
        if token.type in ("strong_open", "strong_close"):
            strong = token.type == "strong_open"
        elif token.type == "softbreak":
            spans.append(Span(" "))
        elif token.content:
            spans.append(Span(_PLACE.sub(lambda found: values[found.group(1)], token.content), strong=strong))
    return spans


def _rows(tokens: Iterator[Token], values: Mapping[str, str]) -> Iterator[list[list[Span]]]:
    row: list[list[Span]] = []
    for token in tokens:
        if token.type == "table_close":
            return
        if token.type == "tr_open":
            row = []
        elif token.type == "inline":
            row.append(_spans(token, values))
        elif token.type == "tr_close":
            yield row


def _table(rows: Sequence[Sequence[list[Span]]]) -> Table:
    first = TEXT_WIDTH * _FIRST_COLUMN
    widths = [first, TEXT_WIDTH - first]
    heads = [[Span(span.text, strong=True) for span in cell] for cell in rows[0]]
    cells = [
        [para(cell, "dense", width=width - 2 * _PADDING) for cell, width in zip(row, widths, strict=True)]
        for row in (heads, *rows[1:])
    ]
    style = TableStyle(
        [
            ("FONTNAME", (0, 0), (-1, -1), fonts.TEXT),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("BACKGROUND", (0, 0), (-1, 0), CANVAS),
            ("LINEBELOW", (0, 0), (-1, -1), 0.5, HAIRLINE),
            ("LEFTPADDING", (0, 0), (-1, -1), _PADDING),
            ("RIGHTPADDING", (0, 0), (-1, -1), _PADDING),
            ("TOPPADDING", (0, 0), (-1, -1), 2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ]
    )
    return Table(cells, colWidths=widths, style=style, repeatRows=1)
