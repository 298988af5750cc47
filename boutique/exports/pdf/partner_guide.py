"""Guide of the partners: an index by theme, then every sheet by commune. To print, or to hand to colleagues."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reportlab.platypus import Flowable, KeepTogether, PageBreak, Spacer

from boutique.exports.letterhead import Letterhead
from boutique.exports.pdf.page import Masthead, Span, build, para
from boutique.exports.pdf.tables import table

_FOOT = "Guide des partenaires : appelez avant de vous déplacer, une fiche peut avoir changé depuis sa vérification."
_GAP = 7.0
_PARTS = re.compile(r"(, | · )")
_KEPT = 1200  # characters: a longer sheet may be cut where a page ends


@dataclass(frozen=True, slots=True)
class GuideSheet:
    """One structure, in words."""

    name: str
    kind: str
    lines: tuple[tuple[str, str], ...] = ()  # label, value


@dataclass(frozen=True, slots=True)
class Guide:
    """`themes`: (theme, rows of name, commune, phone); `places`: (commune, sheets)."""

    letterhead: Letterhead
    printed_on: date
    told: str
    themes: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...]
    places: tuple[tuple[str, tuple[GuideSheet, ...]], ...]


def render(data: Guide) -> bytes:
    """The guide as a PDF."""
    head = Masthead(data.letterhead, "Guide des partenaires", "", data.printed_on, _FOOT)
    story: list[Flowable] = [*para("Guide des partenaires", "title"), *para(data.told, "muted")]
    story += para("Qui aide à quoi", "subtitle")
    for theme, rows in data.themes:
        story += table(theme, ("Structure", "Commune", "Téléphone"), rows, (0.58, 0.24, 0.18), style="dense")
    story += [PageBreak(), *para("Les structures, commune par commune", "subtitle")]
    for place, sheets in data.places:
        for rank, sheet in enumerate(sheets):
            story += _sheet(sheet, "" if rank else place)
    return build(head, story)


def _sheet(sheet: GuideSheet, place: str) -> Sequence[Flowable]:
    """The first sheet of a commune takes its title along: no page ends with a title alone."""
    parts: list[Flowable] = [*(para(place, "section") if place else []), *para(sheet.name, "strong")]
    parts += para(sheet.kind, "small")
    for label, value in sheet.lines:
        if len(value) > _KEPT:
            parts += [*para(label, "label"), *para(value, "dense")]
        else:
            parts += para([Span(f"{label} : ", strong=True), *_spans(value)], "dense")
    parts.append(Spacer(1, _GAP))
    return [KeepTogether(parts)] if sum(len(value) for _, value in sheet.lines) < _KEPT else parts


def _spans(value: str) -> list[Span]:
    """Part by part: a name in Arabic among other words does not turn the whole line around."""
    return [Span(part) for part in _PARTS.split(value) if part]
