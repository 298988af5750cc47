"""Fiche d’orientation: one page, always, with the agreement of the person and the return slip."""

import io
from dataclasses import dataclass
from datetime import date
from typing import cast

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from boutique.core.text import clip
from boutique.exports.letterhead import Letterhead
from boutique.exports.pdf import fonts, slip
from boutique.exports.pdf.page import (
    CANVAS,
    HAIRLINE,
    HEIGHT,
    MARGIN,
    MUTED,
    RULE,
    TEXT_WIDTH,
    WIDTH,
    Masthead,
    Span,
    day,
    draw_header,
    lines,
    metadata,
    para,
    stack,
    stacked_height,
    styles,
)
from boutique.exports.pdf.slip import Slip

_GAP = 13.5
_CARD = (TEXT_WIDTH - _GAP) / 2
_PADDING = 11.0
_SIZES = (9.6, 9.0, 8.4, 7.8)  # tried in turn before any text is shortened
_LEADING = 1.4
_CARD_STYLES = ("body", "small")  # the smaller where even short texts would not hold
_CARD_LINES, _CAPTION = 5, 60
_NAME, _ADDRESSEE, _LINE, _TEXT = 110, 160, 90, 6000
_BOTTOM = 24.0
_CONSENT = (
    " — J’accepte que les informations de cette fiche soient transmises à la structure nommée ci-dessus, "
    "pour ce seul motif. Je peux retirer cet accord auprès de ma boutique."
)


@dataclass(frozen=True, slots=True)
class ReferralSheet:
    """One referral; `person_lines` holds only what the person agreed to pass on."""

    letterhead: Letterhead
    reference: str
    made_on: date
    partner: str
    partner_contact: str = ""
    person: str = ""
    person_initials: str = ""
    person_lines: tuple[str, ...] = ()
    counsellor: str = ""
    counsellor_phone: str = ""
    counsellor_email: str = ""
    next_appointment: str = ""
    project: str = ""
    phase: str = ""
    reason: str = ""
    expectation: str = ""
    done: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    consent_on: date | None = None
    consent_mode: str = ""
    answer_by: date | None = None
    delivery: str = ""
    refusal_reasons: tuple[tuple[str, str], ...] = ()
    seal: str = ""


def render(data: ReferralSheet) -> bytes:
    """The sheet as a fillable PDF of one page."""
    head = Masthead(data.letterhead, "Fiche d’orientation", data.reference, data.made_on)
    styles()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), invariant=1, lang="fr", pageCompression=1)
    properties = metadata(head)
    canvas.setTitle(properties["title"])
    canvas.setAuthor(properties["author"])
    canvas.setSubject(properties["subject"])
    canvas.setCreator(properties["creator"])
    _draw(canvas, data, head)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _draw(canvas: Canvas, data: ReferralSheet, head: Masthead) -> None:
    y = HEIGHT - MARGIN + 6 - draw_header(canvas, head) - 20
    y -= stack(canvas, _title(data), MARGIN, y, TEXT_WIDTH) + 13
    answer = _slip(data)
    foot = lines([f"{head.foot} {data.delivery} Page 1 sur 1."], "small")
    below = 12 + _consent_height() + 27 + slip.height(answer) + 6 + stacked_height(foot, TEXT_WIDTH) + _BOTTOM
    cards, texts = _cards(data), []
    for style in _CARD_STYLES:
        cards = _cards(data, style)
        room = y - _cards_height(cards) - 11 - below
        texts = _fitted(data, room)
        if stacked_height(texts, TEXT_WIDTH) <= room:
            break
    y -= _draw_cards(canvas, cards, y) + 11
    y -= stack(canvas, texts, MARGIN, y, TEXT_WIDTH) + 12
    y -= _draw_consent(canvas, data, y) + 14
    _draw_cut(canvas, data, y)
    y -= 13
    slip.draw(canvas, answer, y)
    stack(canvas, foot, MARGIN, y - slip.height(answer) - 6, TEXT_WIDTH)


def _title(data: ReferralSheet) -> list[Paragraph]:
    partner = clip(data.partner, _ADDRESSEE)
    contact = f" — {clip(data.partner_contact, _NAME)}" if data.partner_contact else ""
    return [*para("Fiche d’orientation", "title"), *para(f"À l’attention de : {partner}{contact}", "muted")]


Cards = tuple[list[Paragraph], list[Paragraph]]


def _cards(data: ReferralSheet, style: str = "body") -> Cards:
    """What the two cards hold; their lines are small where the page has no room for more."""
    room = _CARD - 2 * _PADDING
    counsellor = [Span(clip(data.counsellor, _NAME), strong=True)]
    if data.counsellor_phone:
        counsellor.append(Span(f" · {clip(data.counsellor_phone, _LINE)}"))
    person = [
        *para("Personne orientée", "heading", width=room),
        *para([Span(clip(data.person, _NAME), strong=True)] if data.person else "", style, width=room),
        *lines([clip(line, _LINE) for line in _few(data.person_lines)], style, width=room),
    ]
    appointment = f"Prochain rendez-vous : {clip(data.next_appointment, _LINE)}" if data.next_appointment else ""
    adviser = [
        *para("Conseiller·ère référent·e", "heading", width=room),
        *para(counsellor, style, width=room),
        *lines([clip(data.counsellor_email, _LINE)], style, width=room),
        *lines([appointment], "muted" if style == "body" else style, width=room),
    ]
    return person, adviser


def _few(texts: tuple[str, ...]) -> list[str]:
    """At most as many lines as the card holds, the last ones sharing a line."""
    return [*texts[: _CARD_LINES - 1], " · ".join(texts[_CARD_LINES - 1 :])]


def _cards_height(cards: Cards) -> float:
    return max(stacked_height(card, _CARD - 2 * _PADDING) for card in cards) + 2 * _PADDING - 3


def _draw_cards(canvas: Canvas, cards: Cards, top: float) -> float:
    room, height = _CARD - 2 * _PADDING, _cards_height(cards)
    canvas.setStrokeColor(HAIRLINE)
    canvas.setLineWidth(0.8)
    for rank, card in enumerate(cards):
        x = MARGIN + rank * (_CARD + _GAP)
        canvas.roundRect(x, top - height, _CARD, height, 6)
        stack(canvas, card, x + _PADDING, top - _PADDING + 3, room)
    return height


def _sections(data: ReferralSheet) -> list[tuple[str, str]]:
    phase = f"Étape : {data.phase}." if data.phase else ""
    attached = ", ".join(data.attachments)
    named = [
        ("Le projet", "\n".join(part for part in (data.project, phase) if part)),
        ("Pourquoi vous", data.reason),
        ("Ce que nous attendons", data.expectation),
        ("Ce qui a déjà été fait", " · ".join(data.done)),
        ("Pièces jointes, avec l’accord de la personne", attached),
    ]
    return [(title, text) for title, text in named if text.strip()]


def _fitted(data: ReferralSheet, room: float) -> list[Paragraph]:
    """The texts at the largest size at which they hold in `room`; shortened, and marked as such, if none does."""
    sections = _sections(data)
    for size in _SIZES:
        blocks = _blocks(sections, size)
        whole = [part for title, text in blocks for part in (*title, *text)]
        if stacked_height(whole, TEXT_WIDTH) <= room and all(len(text) <= _TEXT for _, text in sections):
            return whole
    blocks, line = _blocks(sections, _SIZES[-1]), _SIZES[-1] * _LEADING + 0.5
    heads = stacked_height([part for title, _ in blocks for part in title], TEXT_WIDTH) + 10
    shares = _shares(
        [stacked_height(text, TEXT_WIDTH) for _, text in blocks],
        room - heads,
        line + stacked_height(_mark(), TEXT_WIDTH),
    )
    return [
        part
        for (title, text), (_, full), share in zip(blocks, sections, shares, strict=True)
        for part in (*title, *_shortened(text, share, cut=len(full) > _TEXT))
    ]


def _blocks(sections: list[tuple[str, str]], size: float) -> list[tuple[list[Paragraph], list[Paragraph]]]:
    body = ParagraphStyle(
        "fitted", parent=styles()["body"], fontSize=size, leading=size * _LEADING, allowWidows=1, allowOrphans=1
    )
    return [(para(title, "heading"), para(text[:_TEXT], body)) for title, text in sections]


def _shares(wanted: list[float], room: float, least: float) -> list[float]:
    """Room for each text: short ones whole, the long ones sharing what is left."""
    shares = [0.0] * len(wanted)
    for done, rank in enumerate(sorted(range(len(wanted)), key=wanted.__getitem__)):
        shares[rank] = min(wanted[rank], max(least, room / (len(wanted) - done)))
        room -= shares[rank]
    return shares


def _shortened(text: list[Paragraph], room: float, *, cut: bool) -> list[Paragraph]:
    if not cut and stacked_height(text, TEXT_WIDTH) <= room + 0.1:
        return text
    mark = _mark()
    kept: list[Paragraph] = []
    left = room - stacked_height(mark, TEXT_WIDTH)
    for part in text:
        taken = part.split(TEXT_WIDTH, left)
        if not taken:
            break
        kept.append(cast(Paragraph, taken[0]))
        left -= stacked_height(taken[:1], TEXT_WIDTH)
        if len(taken) > 1:
            break
    return [*kept, *mark]


def _mark() -> list[Paragraph]:
    return para("[…] Texte raccourci pour tenir sur une page ; la boutique a la suite.", "small")


def _consent() -> list[Paragraph]:
    return para([Span("Accord de la personne", strong=True), Span(_CONSENT)], width=TEXT_WIDTH - 2 * _PADDING)


def _consent_height() -> float:
    return stacked_height(_consent(), TEXT_WIDTH - 2 * _PADDING) + 2 * _PADDING + 22


def _draw_consent(canvas: Canvas, data: ReferralSheet, top: float) -> float:
    height = _consent_height()
    canvas.setFillColor(CANVAS)
    canvas.roundRect(MARGIN, top - height, TEXT_WIDTH, height, 6, stroke=0, fill=1)
    left, right = MARGIN + _PADDING, WIDTH - MARGIN - _PADDING
    stack(canvas, _consent(), left, top - _PADDING + 2, TEXT_WIDTH - 2 * _PADDING)
    y = top - height + _PADDING + 2
    given = day(data.consent_on) if data.consent_on else ""
    if given and data.consent_mode:
        given += f" ({data.consent_mode.lower()})"
    stack(canvas, para("Le"), left, y + 11, 20)
    stack(canvas, lines([given]), left + 17, y + 11, 170)
    stack(canvas, para("Signature"), left + 188, y + 11, 60)
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(0.6)
    canvas.line(left + 16, y - 3, left + 174, y - 3)
    canvas.line(left + 236, y - 3, right, y - 3)
    return height


def _slip(data: ReferralSheet) -> Slip:
    parts = (f"Orientation {data.reference}", data.person_initials, data.letterhead.name,
             data.counsellor_email or data.letterhead.email or data.letterhead.phone)  # fmt: skip
    caption = " · ".join(clip(part, _CAPTION) for part in parts if part)
    return Slip(clip(data.partner, _NAME), caption, data.reference, data.seal, data.refusal_reasons)


def _draw_cut(canvas: Canvas, data: ReferralSheet, y: float) -> None:
    until = f" avant le {day(data.answer_by)}" if data.answer_by else ""
    text = f"✂ Coupon-réponse, à remettre ou renvoyer{until} (formulaire à remplir aussi à l’écran)"
    width = fonts.width(text, float(styles()["small"].fontSize)) + 6
    canvas.setStrokeColor(MUTED)
    canvas.setLineWidth(0.6)
    canvas.setDash(3, 2.5)
    canvas.line(0, y, MARGIN - 3, y)
    canvas.line(MARGIN + width, y, WIDTH, y)
    canvas.setDash()
    stack(canvas, para(text, "small"), MARGIN, y + 6, TEXT_WIDTH)
