"""A permanence on paper: the nominative sheet one leaves with, the summary of afterwards without a name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reportlab.platypus import Flowable, PageBreak, Spacer, Table, TableStyle

from boutique.exports.letterhead import Letterhead
from boutique.exports.pdf import fonts
from boutique.exports.pdf.answers import pairs
from boutique.exports.pdf.page import CANVAS, INK, TEXT_WIDTH, Masthead, Span, build, para
from boutique.exports.pdf.tables import table

_NOMINATIVE = "Document nominatif : à garder sur soi, à ne laisser à personne, à détruire au retour."
_NAMELESS = "Compté à partir des passages et des entretiens saisis. Aucun nom."
_ROOM_TO_WRITE = 3  # blank lines for who comes without an appointment


@dataclass(frozen=True, slots=True)
class Meeting:
    """One appointment, in words."""

    hour: str
    who: str
    reference: str
    phone: str
    about: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DaySheet:
    """`phones`: (theme, rows of partner, commune, phone, whether somebody expected needs it)."""

    letterhead: Letterhead
    printed_on: date
    title: str
    facts: tuple[tuple[str, str], ...]
    meetings: tuple[Meeting, ...]
    phones: tuple[tuple[str, tuple[tuple[str, str, str], ...], bool], ...]


@dataclass(frozen=True, slots=True)
class DaySummary:
    """`figures`: (label, value); `counts`: (title, rows of label and number)."""

    letterhead: Letterhead
    printed_on: date
    title: str
    state: str
    facts: tuple[tuple[str, str], ...]
    figures: tuple[tuple[str, str], ...]
    counts: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    remaining: tuple[str, ...]
    note: str


def render(data: DaySheet) -> bytes:
    """The sheet to leave with, as a PDF."""
    head = Masthead(data.letterhead, "Feuille de permanence", "", data.printed_on, _NOMINATIVE)
    rows = [
        (one.hour, [*para(one.who, "strong"), *para(one.reference, "small")], one.phone, _about(one.about))
        for one in data.meetings
    ]
    blank = [("", "", "", [Spacer(1, 16)])] * _ROOM_TO_WRITE
    story: list[Flowable] = [
        *para(data.title, "title"),
        _warning(),
        *pairs(data.facts),
        *table("Rendez-vous", ("Heure", "Personne", "Téléphone", "À préparer"), rows, (0.09, 0.28, 0.17, 0.46)),
        *([] if rows else [*para("Rendez-vous", "section"), *para("Aucun rendez-vous pris à ce jour.", "muted")]),
        *table("Sans rendez-vous, à saisir au retour", ("Heure", "Personne", "Téléphone", "Ce qui l’amène"), blank,
               (0.09, 0.28, 0.17, 0.46)),
        *_phones(data),
    ]  # fmt: skip
    return build(head, story)


def summary(data: DaySummary) -> bytes:
    """The summary of a permanence, as a PDF of one page."""
    head = Masthead(data.letterhead, "Bilan de permanence", "", data.printed_on, _NAMELESS)
    story: list[Flowable] = [
        *para(data.title, "title"),
        *para(data.state, "muted"),
        *pairs(data.facts),
        *table("En chiffres", ("Ce qui est compté", "Nombre"), data.figures, (0.8, 0.2)),
    ]
    for title, rows in data.counts:
        story += table(title, ("", "Nombre"), rows, (0.8, 0.2), style="dense")
    if data.remaining:
        story += para("Reste à saisir", "section")
        for line in data.remaining:
            story += para(line, "bullet", bullet="•")
    if data.note:
        story += [*para("Note", "section"), *para(data.note)]
    return build(head, story)


def _warning() -> Flowable:
    """What no reader may miss: this sheet bears names."""
    words = [Span("Document nominatif. ", strong=True), Span("À garder sur soi ; à détruire au retour.")]
    style = TableStyle(
        [
            ("FONTNAME", (0, 0), (-1, -1), fonts.TEXT),
            ("BACKGROUND", (0, 0), (-1, -1), CANVAS),
            ("BOX", (0, 0), (-1, -1), 0.8, INK),
            ("TOPPADDING", (0, 0), (-1, -1), 4),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
        ]
    )
    return Table([[para(words)]], colWidths=[TEXT_WIDTH], style=style, spaceAfter=6)


def _about(lines: Sequence[str]) -> list[Flowable]:
    return [made for line in lines for made in para(line, "dense")]


def _phones(data: DaySheet) -> list[Flowable]:
    """On the back of the sheet."""
    if not data.phones:
        return []
    rows = []
    for theme, found, wanted in data.phones:
        head = [*para(theme, "strong"), *(para("attendu ce jour", "small") if wanted else [])]
        rows.append((head, [line for one in found for line in _partner(*one)]))
    return [
        PageBreak(),
        *para("Téléphones des partenaires, par thème", "subtitle"),
        *table("", ("Thème", "À qui téléphoner, du plus proche au plus large"), rows, (0.2, 0.8)),
    ]


def _partner(name: str, place: str, phone: str) -> list[Flowable]:
    words = f"{name}, {place}" if place else name
    return [*para([Span(f"{phone}\u2002", strong=True), Span(words)], "dense")]
