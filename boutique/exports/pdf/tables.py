"""Tables and signature boxes of the documents: any length, titles repeated, rows cut where a page ends."""

from collections.abc import Sequence
from typing import Any

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Table, TableStyle

from boutique.exports.pdf import fonts
from boutique.exports.pdf.page import HAIRLINE, RULE, TEXT_WIDTH, para

PADDING = 4.0
_BOX, _GAP = 72.0, 18.0
_ROOM = 90.0  # a title and two lines: less than that begins on the next page
Cell = str | Sequence[Flowable]


def table(
    title: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]], shares: Sequence[float], *, style: str = "body"
) -> list[Flowable]:
    """A titled table, nothing when it has no row; `shares` of the width add up to 1."""
    if not rows:
        return []
    widths = [share * TEXT_WIDTH for share in shares]
    cells = [
        [made(cell, look, width) for cell, width in zip(row, widths, strict=True)]
        for look, group in (("label", [heads]), (style, rows))
        for row in group
    ]
    titled: list[Flowable] = []
    if title:
        titled = [CondPageBreak(_ROOM), *para(title, "section")]
        titled[-1].keepWithNext = 0  # else a long table would leave the page whose end it does not reach
    return [*titled, Table(cells, colWidths=widths, style=lined(), repeatRows=1, splitInRow=1)]


def made(cell: Cell, style: str, width: float) -> list[Flowable]:
    """The content of a cell; what was made already stays as it is."""
    return [*para(cell, style, width=width - 2 * PADDING)] if isinstance(cell, str) else list(cell)


def lined() -> TableStyle:
    """Hairlines between the rows, no frame."""
    return TableStyle(
        [
            ("FONTNAME", (0, 0), (-1, -1), fonts.TEXT),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LINEBELOW", (0, 0), (-1, -1), 0.5, HAIRLINE),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 2 * PADDING),
            ("TOPPADDING", (0, 0), (-1, -1), 2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ]
    )


def signatures(title: str, signers: Sequence[tuple[str, str]]) -> list[Flowable]:
    """Boxes side by side, each with who signs and what is asked of them; never cut from their title."""
    width = (TEXT_WIDTH - (len(signers) - 1) * _GAP) / max(2, len(signers))
    widths: list[float] = []
    row: list[list[Flowable]] = []
    style: list[Any] = [
        ("FONTNAME", (0, 0), (-1, -1), fonts.TEXT), ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 5),
    ]  # fmt: skip
    for rank, (who, asked) in enumerate(signers):
        if rank:
            row.append([])
            widths.append(_GAP)
        style.append(("BOX", (len(row), 0), (len(row), 0), 0.7, RULE))
        row.append([*para(who, "strong", width=width - 12), *para(asked, "small", width=width - 12)])
        widths.append(width)
    boxes = Table([row], colWidths=widths, rowHeights=[_tall(row, widths)], style=TableStyle(style), hAlign="LEFT")
    return [KeepTogether([*(para(title, "section") if title else []), boxes])]


def _tall(row: Sequence[Sequence[Flowable]], widths: Sequence[float]) -> float:
    """Room to sign under the words, however many lines these take."""
    words = max(sum(part.wrap(width - 12, 1000)[1] for part in cell) for cell, width in zip(row, widths, strict=True))
    return float(words) + _BOX
