"""Diagnostic: the radar of one or two dates, strengths and points to work on, every criterion with its fact."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable, Table, TableStyle

from boutique.exports.letterhead import Letterhead
from boutique.exports.pdf import fonts
from boutique.exports.pdf.answers import pairs
from boutique.exports.pdf.page import (
    HAIRLINE,
    INK,
    MUTED,
    PRIMARY,
    RULE,
    TEXT_WIDTH,
    Masthead,
    Span,
    build,
    para,
)
from boutique.exports.pdf.tables import PADDING, signatures, table
from boutique.rules.diagnosis import HIGHEST, corner

_FILL = HexColor("#E3F0F2")
_RADAR_SHARE = 0.44
_NAMES_SIZE = 8.5
_SHARES = (0.30, 0.11, 0.27, 0.32)
_WORDS_WIDTH = _SHARES[2] * TEXT_WIDTH - 2 * PADDING


@dataclass(frozen=True, slots=True)
class AxisLine:
    """One axis as printed; `half` and `before_half` place it on the radar."""

    label: str
    mark: str
    before: str
    change: str
    state: str
    half: float | None
    before_half: float | None
    blocking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """A criterion that was marked; those of one `axis` follow each other."""

    axis: str
    label: str
    level: int
    wording: str
    fact: str = ""
    blocking: bool = False


@dataclass(frozen=True, slots=True)
class DiagnosisSheet:
    """One diagnosis, compared with another or not; `aims` are the points to work on, said as aims."""

    letterhead: Letterhead
    reference: str
    person: str
    counsellor: str
    made_on: date
    name: str
    before_name: str
    grid: str
    axes: tuple[AxisLine, ...]
    strengths: tuple[str, ...]
    aims: tuple[str, ...]
    criteria: tuple[CriterionLine, ...]
    comment: str


def render(data: DiagnosisSheet) -> bytes:
    """The diagnosis as a PDF."""
    head = Masthead(data.letterhead, "Diagnostic", data.reference, data.made_on)
    story: list[Flowable] = [
        *para(f"Diagnostic du {data.name}", "title"),
        *pairs([("Personne", data.person), ("Référence du dossier", data.reference),
                ("Conseiller·ère", data.counsellor), ("Comparé à", data.before_name or "—")]),
        *_picture(data),
        *_bullets("Points d’appui", data.strengths),
        *_bullets("Points à travailler", data.aims),
        *_criteria(data.criteria),
        *_comment(data.comment),
        *_foot(data),
    ]  # fmt: skip
    return build(head, story)


def _picture(data: DiagnosisSheet) -> list[Flowable]:
    """The radar, and beside it the same in figures."""
    left = TEXT_WIDTH * _RADAR_SHARE
    radar = RadarDrawing(data.axes, data.name, data.before_name, left - 12)
    shares = (0.27, 0.14, 0.15, 0.14, 0.30) if data.before_name else (0.40, 0.20, 0.40)
    heads = ("Axe", "Note", "Avant", "Écart", "État") if data.before_name else ("Axe", "Note", "État")
    rows = [
        (axis.label, axis.mark, *((axis.before, axis.change) if data.before_name else ()), _state(axis))
        for axis in data.axes
    ]
    figures = table("", heads, rows, [share * (1 - _RADAR_SHARE) for share in shares], style="dense")
    both = Table([[radar, figures]], colWidths=[left, TEXT_WIDTH - left])
    both.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 8),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
                ("FONTNAME", (0, 0), (-1, -1), fonts.TEXT),
            ]
        )
    )
    return [both]


def _state(axis: AxisLine) -> str:
    return f"{axis.state} : {', '.join(axis.blocking)}" if axis.blocking else axis.state


def _bullets(title: str, texts: Sequence[str]) -> list[Flowable]:
    if not texts:
        return []
    return [*para(title, "section"), *(made for text in texts for made in para(text, "bullet", bullet="•"))]


def _criteria(lines: Sequence[CriterionLine]) -> list[Flowable]:
    """One table an axis: what was marked, in which words, on which fact."""
    story: list[Flowable] = []
    heads = ("Critère", "Niveau", "Ce que cela veut dire", "Fait constaté")
    for axis in dict.fromkeys(line.axis for line in lines):
        rows = [(one.label, _level(one), _words(one), one.fact) for one in lines if one.axis == axis]
        story += table(axis, heads, rows, _SHARES, style="dense")
    return story


def _level(one: CriterionLine) -> Sequence[Flowable]:
    return para((Span(str(one.level), strong=True), Span(f" sur {HIGHEST}")), "dense")


def _words(one: CriterionLine) -> Sequence[Flowable]:
    if not one.blocking:
        return para(one.wording, "dense", width=_WORDS_WIDTH)
    return para((Span(f"{one.wording} "), Span("(bloquant)", strong=True)), "dense")


def _comment(comment: str) -> list[Flowable]:
    return [*para("Commentaire", "section"), *para(comment)] if comment else []


def _foot(data: DiagnosisSheet) -> list[Flowable]:
    """Who signs; and what this paper is not."""
    told = (
        f"Grille {data.grid}. Une photo du projet à une date, pour voir le chemin parcouru : ni une note de la "
        "personne, ni une décision."
    )
    asked = "Date et signature"
    signers = [("La personne", asked), (data.counsellor or "Le conseiller, la conseillère", asked)]
    return [*para(told, "small"), *signatures("Partagé ensemble", signers)]


class RadarDrawing(Flowable):
    """Marks of the axes around a centre: this date solid with discs, the other dashed with squares; fit for grey."""

    def __init__(self, axes: Sequence[AxisLine], name: str, before_name: str, width: float) -> None:
        super().__init__()
        self._axes, self._name, self._before = axes, name, before_name
        self.width = width
        side = max((fonts.width(axis.label, _NAMES_SIZE) for axis in axes), default=0) + 8
        self._radius = max(min((width - 2 * side) / 2, 82.0), 40.0)
        self.height = 2 * self._radius + 34 + 13 * (2 if before_name else 1)

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        if len(self._axes) < 3:
            return
        self._web()
        if self._before:
            self._shape([axis.before_half for axis in self._axes], main=False)
        self._shape([axis.half for axis in self._axes], main=True)
        self._names()
        self._legend()

    def _at(self, rank: int, value: float) -> tuple[float, float]:
        x, y = corner(rank, len(self._axes), value)
        return self.width / 2 + x * self._radius, self.height - 16 - self._radius - y * self._radius

    def _web(self) -> None:
        self.canv.setLineWidth(0.5)
        for level in range(1, HIGHEST + 1):
            self.canv.setStrokeColor(RULE if level == HIGHEST else HAIRLINE)
            self._polygon([self._at(rank, level) for rank in range(len(self._axes))])
        self.canv.setStrokeColor(HAIRLINE)
        for rank in range(len(self._axes)):
            self.canv.line(*self._at(rank, 0), *self._at(rank, HIGHEST))

    def _polygon(self, places: Sequence[tuple[float, float]], *, fill: int = 0, stroke: int = 1) -> None:
        path = self.canv.beginPath()
        path.moveTo(*places[0])
        for place in places[1:]:
            path.lineTo(*place)
        path.close()
        self.canv.drawPath(path, stroke=stroke, fill=fill)

    def _shape(self, values: Sequence[float | None], *, main: bool) -> None:
        places = [None if value is None else self._at(rank, value) for rank, value in enumerate(values)]
        known = [place for place in places if place is not None]
        self.canv.saveState()
        if main and len(known) == len(places):
            self.canv.setFillColor(_FILL)
            self.canv.setFillAlpha(0.6)
            self._polygon(known, fill=1, stroke=0)
            self.canv.setFillAlpha(1)
        self._pen(main=main)
        for place, following in zip(places, [*places[1:], places[0]], strict=True):
            if place is not None and following is not None:
                self.canv.line(*place, *following)
        self.canv.restoreState()
        for place in known:
            self._mark(*place, main=main)

    def _pen(self, *, main: bool) -> None:
        self.canv.setStrokeColor(PRIMARY if main else INK)
        self.canv.setLineWidth(1.6 if main else 1.0)
        if not main:
            self.canv.setDash(4, 2.5)

    def _mark(self, x: float, y: float, *, main: bool) -> None:
        self.canv.setLineWidth(1)
        self.canv.setStrokeColor(PRIMARY if main else INK)
        self.canv.setFillColor(PRIMARY if main else HexColor("#FFFFFF"))
        if main:
            self.canv.circle(x, y, 2.6, stroke=1, fill=1)
        else:
            self.canv.rect(x - 2.4, y - 2.4, 4.8, 4.8, stroke=1, fill=1)

    def _names(self) -> None:
        for rank, axis in enumerate(self._axes):
            x, y = self._at(rank, HIGHEST)
            width = fonts.width(axis.label, _NAMES_SIZE)
            lean = 0 if abs(x - self.width / 2) < self._radius / 4 else 1 if x > self.width / 2 else -1
            left = x + 5 if lean > 0 else x - 5 - width if lean < 0 else x - width / 2
            low = y < self.height - 16 - 1.5 * self._radius
            base = y - 10 if low else y + 5 if not lean else y - 3
            self._text(axis.label, left, base, _NAMES_SIZE)

    def _legend(self) -> None:
        entries = [(self._name, True), *([(self._before, False)] if self._before else [])]
        base = 13.0 * (len(entries) - 1) + 3
        for name, main in entries:
            self.canv.saveState()
            self._pen(main=main)
            self.canv.line(4, base + 3, 30, base + 3)
            self.canv.restoreState()
            self._mark(17, base + 3, main=main)
            self._text(name, 36, base, 8)
            base -= 13

    def _text(self, text: str, x: float, y: float, size: float) -> None:
        self.canv.setFillColor(INK if size == _NAMES_SIZE else MUTED)
        for face, piece in fonts.runs(fonts.visual(text), fonts.TEXT):
            self.canv.setFont(face, size)
            self.canv.drawString(x, y, piece)
            x += fonts.width(piece, size)
