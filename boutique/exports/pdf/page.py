"""The page of every document: styles from the tokens, header, footer, and the only road from text to paragraph."""

import io
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, NextPageTemplate, PageBreak, PageTemplate, Paragraph

from boutique.core.french import MONTHS
from boutique.core.text import clip
from boutique.exports.letterhead import Letterhead
from boutique.exports.pdf import fonts

# The tokens of the product, light theme.
INK, MUTED, PRIMARY = HexColor("#1B1F2A"), HexColor("#545D6E"), HexColor("#0B5C6B")
RULE, HAIRLINE, CANVAS = HexColor("#8A93A3"), HexColor("#D9DEE7"), HexColor("#F4F6F9")

WIDTH, HEIGHT = A4
MARGIN = 39.0
TEXT_WIDTH = WIDTH - 2 * MARGIN
_FOOT = 54.0  # from the bottom edge to the end of the text
_LEFT = TEXT_WIDTH * 0.7  # of the header: who sends, before the reference
_TOP = HEIGHT - MARGIN + 6
_COUNTER = 62.0  # « Page 10 sur 999 »
_HEADER_LIMIT = 90
_KEPT, _DROPPED = "\n\u200c\u200d", ("Cc", "Cf", "Cs")
_BLOCK = 1500  # characters a paragraph: reportlab's time grows with the square of the length


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line with its own look."""

    text: str
    strong: bool = False
    colour: Color | None = None


Text = str | Sequence[Span]


@cache
def styles() -> dict[str, ParagraphStyle]:
    """The type scale of the documents."""
    fonts.ready()
    base = ParagraphStyle(
        "base", fontName=fonts.TEXT, fontSize=9.6, leading=13.6, textColor=INK, splitLongWords=1, allowWidows=0,
        allowOrphans=0, bulletFontName=fonts.TEXT, embeddedHyphenation=1,  # « Saint-Remy-|en-Bouzemont »
    )  # fmt: skip

    def style(name: str, **changes: Any) -> ParagraphStyle:
        return ParagraphStyle(name, parent=base, **changes)

    strong = {"fontName": fonts.STRONG}
    made = [
        style("body"),
        style("muted", textColor=MUTED, spaceBefore=1),
        style("right", textColor=MUTED, alignment=TA_RIGHT),
        style("sender", textColor=PRIMARY, **strong),
        style("title", fontSize=16.5, leading=24, spaceAfter=4, **strong),
        style("subtitle", fontSize=11.5, leading=15, spaceAfter=2, **strong),
        style("heading", fontSize=9.4, leading=13, textColor=PRIMARY, spaceBefore=10, spaceAfter=2, keepWithNext=1,
              **strong),
        style("section", fontSize=11, leading=14, textColor=PRIMARY, spaceBefore=9, spaceAfter=2, keepWithNext=1,
              **strong),
        style("strong", **strong),
        # Our own words stay whole, « après-midi » too.
        style("label", fontSize=8, leading=10.5, textColor=MUTED, embeddedHyphenation=0),
        style("small", fontSize=8, leading=11, textColor=MUTED),
        style("dense", fontSize=8.7, leading=11.6),
        style("dense-bullet", fontSize=8.7, leading=11.6, leftIndent=12, bulletIndent=2),
        style("bullet", leftIndent=12, bulletIndent=2, spaceAfter=1.5),
        style("code", fontSize=17, leading=28, **strong),
    ]  # fmt: skip
    return {one.name: one for one in made}


def para(text: Text, style: str | ParagraphStyle = "body", *, width: float = TEXT_WIDTH,
         bullet: str = "") -> list[Paragraph]:  # fmt: skip
    """The only way from text to the page: cleaned, escaped, cut into blocks, each glyph in a face that has it."""
    look = styles()[style] if isinstance(style, str) else style
    if not isinstance(text, str):
        markup = "".join(_span(span, look) for span in text)
        return [Paragraph(markup, look, bulletText=bullet or None)]
    blocks = _blocks(printable(text))
    return [
        Paragraph(_markup(block, look, width), look, bulletText=bullet if bullet and not rank else None)
        for rank, block in enumerate(blocks)
    ]


def printable(text: str) -> str:
    """Composed letters, line breaks kept, nothing that controls the drawing; blanks stay as they were typed."""
    text = unicodedata.normalize("NFC", re.sub(r"\r\n|[\r\u2028\u2029]", "\n", text)).replace("\t", " ")
    return "".join(sign for sign in text if sign in _KEPT or unicodedata.category(sign) not in _DROPPED).strip()


def lines(texts: Sequence[str], style: str = "body", *, width: float = TEXT_WIDTH) -> list[Paragraph]:
    """One paragraph a text, empty ones left out."""
    return [made for text in texts if text for made in para(text, style, width=width)]


def _blocks(text: str) -> list[str]:
    """Pieces of bounded length, cut at line ends, then at blanks, then anywhere."""
    blocks = [""]
    for line in text.split("\n"):
        for piece in _pieces(line):
            if blocks[-1] and len(blocks[-1]) + len(piece) > _BLOCK:
                blocks.append(piece)
            else:
                blocks[-1] = f"{blocks[-1]}\n{piece}" if blocks[-1] else piece
    return blocks


def _pieces(line: str) -> list[str]:
    pieces = []
    while len(line) > _BLOCK:
        cut = line.rfind(" ", 1, _BLOCK) + 1 or _BLOCK
        pieces.append(line[:cut])
        line = line[cut:]
    return [*pieces, line]


def _markup(block: str, look: ParagraphStyle, width: float) -> str:
    room = width - float(look.leftIndent) - float(look.rightIndent)
    drawn = [piece for line in block.split("\n") for piece in _drawn_lines(line, look, room)]
    return "<br/>".join(_faced(line, look.fontName) for line in drawn)


def _drawn_lines(line: str, look: ParagraphStyle, room: float) -> list[str]:
    """The line itself, or the lines a right-to-left text takes: it must be broken before it is reordered."""
    if not fonts.is_right_to_left(line):
        return [line]
    broken: list[str] = []
    current = ""
    for word in line.split(" "):
        longer = f"{current} {word}" if current else word
        if current and fonts.width(fonts.visual(longer), look.fontSize, look.fontName) > room:
            broken.append(current)
            longer = word
        current = longer
    return [fonts.visual(one) for one in (*broken, current)]


def _faced(text: str, face: str) -> str:
    return "".join(
        escape(piece) if name == face else f'<font name="{name}">{escape(piece)}</font>'
        for name, piece in fonts.runs(text, face)
    )


def _span(span: Span, look: ParagraphStyle) -> str:
    face = fonts.STRONG if span.strong else look.fontName
    colour = span.colour or look.textColor
    text = printable(f"|{span.text}|".replace("\n", " "))[1:-1]  # the bars keep the blanks at both ends
    return f'<font name="{face}" color="{colour.hexval()}">{_faced(fonts.visual(text), face)}</font>'


def day(value: date) -> str:
    """« 24 novembre 2026 »."""
    return f"{'1er' if value.day == 1 else value.day} {MONTHS[value.month - 1]} {value.year}"


@dataclass(frozen=True, slots=True)
class Masthead:
    """What every page of one document says of it; never a person's name."""

    letterhead: Letterhead
    kind: str
    reference: str = ""
    dated: date | None = None
    footer: str | None = None  # instead of the privacy line

    @property
    def title(self) -> str:
        return " ".join(part for part in (self.kind, self.reference) if part)

    @property
    def foot(self) -> str:
        return self.letterhead.privacy_line if self.footer is None else self.footer


Pages = tuple[Masthead, list[Flowable]]  # one document before it is laid out


def _sender(head: Masthead) -> list[Paragraph]:
    left = _LEFT - 12
    return [
        *para(clip(head.letterhead.name, _HEADER_LIMIT) or "Boutique de l’initiative", "sender", width=left),
        *lines([clip(head.letterhead.contact_line, 2 * _HEADER_LIMIT)], "muted", width=left),
    ]


def _facts(head: Masthead) -> list[Paragraph]:
    facts = [f"n° {head.reference}" if head.reference else "", day(head.dated) if head.dated else ""]
    return lines(facts, "right", width=TEXT_WIDTH - _LEFT)


def stack(canvas: Canvas, blocks: Sequence[Flowable], x: float, top: float, width: float) -> float:
    """Draw flowables one under the other; the height they took."""
    y = top
    for rank, block in enumerate(blocks):
        _, height = block.wrapOn(canvas, width, HEIGHT)
        y -= height + (float(block.getSpaceBefore()) if rank else 0)
        block.drawOn(canvas, x, y)
    return top - y


def stacked_height(blocks: Sequence[Flowable], width: float) -> float:
    """Height that `stack` would take."""
    gaps = sum(float(block.getSpaceBefore()) for block in blocks[1:])
    return gaps + sum(float(block.wrap(width, HEIGHT)[1]) for block in blocks)


def draw_header(canvas: Canvas, head: Masthead) -> float:
    """Draw the top of a page; its height."""
    right = stack(canvas, _facts(head), MARGIN + _LEFT, _TOP, TEXT_WIDTH - _LEFT)
    return max(_draw_sender(canvas, head), right)


class _Pages(Canvas):
    """A canvas that learns the number of pages of each part at the end (« sur N » is a form drawn last)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.totals: dict[str, int] = {}

    def stamp(self, name: str, draw: Callable[[], object]) -> None:
        """What is the same on every page is drawn once."""
        if not self.hasForm(name):
            self.beginForm(name, 0, 0, WIDTH, HEIGHT)
            draw()
            self.endForm()
        self.doForm(name)

    def save(self) -> None:
        for name, total in self.totals.items():
            self.beginForm(name)
            self.setFont(fonts.TEXT, 8)
            self.setFillColor(MUTED)
            self.drawString(0, 0, str(total))
            self.endForm()
        super().save()


class _Parts(BaseDocTemplate):
    """Lays out one part after the other, each with its own heads and page numbers; only one is held at a time."""

    _hanging: list[Flowable]  # reportlab's own, which its types leave out

    def __init__(self, target: io.BytesIO | str, head: Masthead, parts: Iterator[Pages]) -> None:
        super().__init__(target, pagesize=A4, invariant=1, lang="fr", pageCompression=1, **metadata(head))
        self._waiting = parts
        self._rank = self._page_of_part = 0
        self._head, self._facts = head, list[Paragraph]()
        self._heights: dict[Letterhead, float] = {}

    def lay_out(self) -> None:
        """Every part, to the end."""
        story = self._next()
        if story is not None:
            self.build(story[1:], canvasmaker=_Pages)  # the first needs no page break

    def handle_flowable(self, flowables: list[Flowable]) -> None:
        super().handle_flowable(flowables)
        # Actions that wait (the beginning of a page) are a list of their own.
        if not flowables and flowables is not self._hanging and (story := self._next()) is not None:
            flowables += story

    def _next(self) -> list[Flowable] | None:
        part = next(self._waiting, None)
        if part is None:
            return None
        self._head, story = part
        self._rank += 1
        self._page_of_part = 0
        self._facts = _facts(self._head)
        height = max(self._sender_height(), stacked_height(self._facts, TEXT_WIDTH - _LEFT))
        name = f"page {height:.1f}"
        if name not in {template.id for template in self.pageTemplates}:
            frame = Frame(MARGIN, _FOOT, TEXT_WIDTH, HEIGHT - MARGIN - height - 8 - _FOOT, 0, 0, 0, 0)
            self.addPageTemplates([PageTemplate(name, [frame], onPage=self._decorate)])
        return [NextPageTemplate(name), PageBreak(), *story] if self._rank > 1 else [PageBreak(), *story]

    def _sender_height(self) -> float:
        """That of the sender is the same for all: measured once."""
        sender = self._head.letterhead
        if sender not in self._heights:
            self._heights[sender] = stacked_height(_sender(self._head), _LEFT - 12)
        return self._heights[sender]

    def _decorate(self, canvas: Canvas, _document: BaseDocTemplate) -> None:
        assert isinstance(canvas, _Pages)
        self._page_of_part += 1
        total = f"pages{self._rank}"
        canvas.totals[total] = self._page_of_part
        head = self._head
        stack(canvas, self._facts, MARGIN + _LEFT, _TOP, TEXT_WIDTH - _LEFT)
        canvas.stamp(f"sender{hash(head.letterhead)}", partial(_draw_sender, canvas, head))
        canvas.stamp(f"foot{hash(head.foot)}", partial(_draw_foot, canvas, head.foot))
        _draw_counter(canvas, self._page_of_part, total)


def _draw_sender(canvas: Canvas, head: Masthead) -> float:
    return stack(canvas, _sender(head), MARGIN, _TOP, _LEFT - 12)


def _draw_foot(canvas: Canvas, foot: str) -> None:
    canvas.setStrokeColor(HAIRLINE)
    canvas.setLineWidth(0.6)
    canvas.line(MARGIN, _FOOT - 8, WIDTH - MARGIN, _FOOT - 8)
    stack(canvas, lines([foot], "small"), MARGIN, _FOOT - 12, TEXT_WIDTH - _COUNTER - 16)


def _draw_counter(canvas: Canvas, number: int, total: str) -> None:
    counter = f"Page {number} sur "
    x = WIDTH - MARGIN - _COUNTER
    canvas.setFont(fonts.TEXT, 8)
    canvas.setFillColor(MUTED)
    canvas.drawString(x, _FOOT - 20.6, counter)
    canvas.saveState()
    canvas.translate(x + fonts.width(counter, 8), _FOOT - 20.6)
    canvas.doForm(total)
    canvas.restoreState()


def build(head: Masthead, story: Sequence[Flowable]) -> bytes:
    """The whole document: as many pages as it takes, the same bytes for the same data."""
    buffer = io.BytesIO()
    _Parts(buffer, head, iter([(head, list(story))])).lay_out()
    return buffer.getvalue()


def build_many(target: Path, head: Masthead, parts: Iterator[Pages]) -> None:
    """Many documents in one file, each numbered by itself; `parts` are asked for one at a time."""
    _Parts(str(target), head, parts).lay_out()


def metadata(head: Masthead) -> dict[str, Any]:
    """Properties of the file: kind and reference, never a person."""
    title = re.sub(r"\s+", " ", head.title)
    return {"title": title, "author": head.letterhead.name, "subject": head.kind, "creator": "Boutique"}
