"""Feuille d’émargement of a workshop: one sheet a day, a box to sign for each half-day, lines for the unexpected."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reportlab.platypus import Flowable, PageBreak, Spacer, Table, TableStyle

from boutique.core.french import long_date, plural
from boutique.exports.letterhead import Letterhead
from boutique.exports.pdf import fonts
from boutique.exports.pdf.answers import pairs
from boutique.exports.pdf.page import CANVAS, RULE, TEXT_WIDTH, Masthead, Pages, build, para
from boutique.exports.pdf.tables import PADDING, signatures

_KIND = "Feuille d’émargement"
_ROOM = 22.0  # points in a line, to sign
_NUMBER, _NAME, _COMMUNE, _CONSENT = 0.05, 0.29, 0.17, 0.15  # shares of the width; signatures have the rest
_CONSENTS = {None: "☐\u00a0oui   ☐\u00a0non", True: "oui", False: "non"}
_STYLE = TableStyle(
    [
        ("FONTNAME", (0, 0), (-1, -1), fonts.TEXT),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("GRID", (0, 0), (-1, -1), 0.5, RULE),
        ("BACKGROUND", (0, 0), (-1, 0), CANVAS),
        ("LEFTPADDING", (0, 0), (-1, -1), PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), PADDING),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]
)
_NOTE = "Personnes venues sans être inscrites : ajoutez leur nom et leur commune sur une ligne libre."


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody expected; `consent` is None when it was not asked yet: the box is left to tick."""

    name: str
    commune: str = ""
    consent: bool | None = None


@dataclass(frozen=True, slots=True)
class SheetDay:
    """One day of the session: its half-days in words (« Matin », « de 9 h 00 à 12 h 00 »)."""

    held_on: date
    halves: tuple[tuple[str, str], ...]

    @property
    def times(self) -> str:
        return " et ".join(times for _, times in self.halves)


@dataclass(frozen=True, slots=True)
class AttendanceSheet:
    """Everything DOMAIN § 7.4 asks of it; `blanks` lines are left for whoever comes unexpected."""

    letterhead: Letterhead
    printed_on: date
    title: str
    module: str
    place: str
    speaker: str
    days: tuple[SheetDay, ...]
    signers: tuple[Signer, ...]
    blanks: int


def render(data: AttendanceSheet) -> bytes:
    """The sheets as one PDF, in the order of the days."""
    return build(*story(data))


def story(data: AttendanceSheet) -> Pages:
    """What the pages are made of; each day begins a page, the heads of the table come back on each."""
    parts: list[Flowable] = []
    for rank, day in enumerate(data.days):
        if rank:
            parts.append(PageBreak())
        parts += _day(data, day)
    return Masthead(data.letterhead, _KIND, "", data.printed_on), parts


def _day(data: AttendanceSheet, day: SheetDay) -> list[Flowable]:
    expected = plural(len(data.signers), "personne inscrite", "personnes inscrites")
    return [
        *para(_KIND, "title"),
        *pairs([
            ("Titre", data.title), ("Module", data.module), ("Date", long_date(day.held_on)),
            ("Horaires", day.times), ("Lieu et commune", data.place), ("Intervenant et structure", data.speaker),
        ]),
        Spacer(0, 8),
        *para(f"{expected}. {_NOTE}", "small"),
        Spacer(0, 6),
        _table(data, day),
        Spacer(0, 10),
        *signatures("", [("L’intervenant·e", "Nom, date et signature"), ("Pour la structure", "Signature et cachet")]),
    ]  # fmt: skip


def _table(data: AttendanceSheet, day: SheetDay) -> Table:
    signed = (1 - _NUMBER - _NAME - _COMMUNE - _CONSENT) / len(day.halves)
    shares = (_NUMBER, _NAME, _COMMUNE, *(signed for _ in day.halves), _CONSENT)
    widths = [share * TEXT_WIDTH for share in shares]
    several = len(day.halves) > 1
    boxes = [f"Signature, {part.lower()}" if several else "Signature" for part, _ in day.halves]
    heads = ["", "Nom et prénom", "Commune", *boxes, "Accepte d’être recontacté·e"]
    empty = [""] * len(boxes)
    rows = [
        [str(rank), one.name, one.commune, *empty, _CONSENTS[one.consent]] for rank, one in enumerate(data.signers, 1)
    ]
    rows += [["", "", "", *empty, _CONSENTS[None]]] * data.blanks
    cells = [_cells(heads, "label", widths), *(_cells(row, "dense", widths) for row in rows)]
    for row in cells[1:]:
        around = Spacer(0, (_ROOM - sum(part.wrap(widths[0], _ROOM)[1] for part in row[0])) / 2)
        row[0] = [around, *row[0], around]
    return Table(cells, colWidths=widths, style=_STYLE, repeatRows=1, splitInRow=0)


def _cells(texts: Sequence[str], style: str, widths: Sequence[float]) -> list[list[Flowable]]:
    return [list(para(text, style, width=width - 2 * PADDING)) for text, width in zip(texts, widths, strict=True)]
