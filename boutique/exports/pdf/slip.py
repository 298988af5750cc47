"""The return slip of a referral sheet: what the partner ticks by hand, or fills in on the screen.

The names of the fields are what reading a returned slip relies on: never change one.
"""

from dataclasses import dataclass
from typing import Any

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import white
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from boutique.exports.pdf.page import INK, MARGIN, RULE, TEXT_WIDTH, WIDTH, lines, para, stack, stacked_height

CHECKED = "/Yes"

_GAP = 13.5
_HALF = (TEXT_WIDTH - _GAP) / 2
_RIGHT = MARGIN + _HALF + _GAP
_ROW = 17.6
_BOX = 10.5
_QR = 46.5
_SIZE = 9.6
_HEAD_WIDTH = TEXT_WIDTH - _QR - 16
_BODY = 3 * _ROW + 50


@dataclass(frozen=True, slots=True)
class Slip:
    """What the slip says of the referral it answers."""

    partner: str
    caption: str  # reference, initials of the person, who to answer
    reference: str
    seal: str = ""
    reasons: tuple[tuple[str, str], ...] = ()


def height(slip: Slip) -> float:
    """Height the slip takes."""
    return max(_QR, stacked_height(_head(slip), _HEAD_WIDTH)) + _BODY


def draw(canvas: Canvas, slip: Slip, top: float) -> None:
    """Draw the slip below `top`, with its form fields."""
    used = max(_QR, stack(canvas, _head(slip), MARGIN, top, _HEAD_WIDTH))
    _draw_qr(canvas, slip.reference, WIDTH - MARGIN - _QR, top - _QR)
    y = top - used - 16
    _ticked(canvas, "taken_up", "Prise en charge, rendez-vous le", MARGIN, y)
    _text(canvas, "appointment_on", "Date du rendez-vous proposé", MARGIN + 166, y, MARGIN + _HALF)
    _ticked(canvas, "refused", "Non retenue, motif :", _RIGHT, y)
    _reason(canvas, slip.reasons, _RIGHT + 113, y)
    _ticked(canvas, "succeeded", "Aboutie", MARGIN, y - _ROW)
    _ticked(canvas, "redirected", "Réorientée vers", _RIGHT, y - _ROW)
    _text(canvas, "redirected_to", "Structure vers laquelle la personne est réorientée", _RIGHT + 93, y - _ROW)
    _ticked(canvas, "unreachable", "Personne non joignable", MARGIN, y - 2 * _ROW)
    _label(canvas, "Par", _RIGHT, y - 2 * _ROW)
    _text(canvas, "answered_by", "Nom de la personne qui répond", _RIGHT + 21, y - 2 * _ROW, _RIGHT + 127)
    _label(canvas, "le", _RIGHT + 133, y - 2 * _ROW)
    _text(canvas, "answered_on", "Date de la réponse", _RIGHT + 146, y - 2 * _ROW)
    _comment(canvas, y - 3 * _ROW - 6)
    _hidden(canvas, "reference", slip.reference)
    _hidden(canvas, "seal", slip.seal)


def _head(slip: Slip) -> list[Paragraph]:
    return [
        *para(f"Réponse de : {slip.partner}", "subtitle", width=_HEAD_WIDTH),
        *lines([slip.caption], "muted", width=_HEAD_WIDTH),
    ]


def _form(canvas: Canvas) -> Any:
    """The form of the document (its type stubs know whole points only)."""
    return canvas.acroForm


def _label(canvas: Canvas, text: str, x: float, y: float) -> None:
    stack(canvas, para(text), x, y + 9.6, _HALF)


def _ticked(canvas: Canvas, name: str, label: str, x: float, y: float) -> None:
    _form(canvas).checkbox(
        name=name, tooltip=label, x=x, y=y - 1, size=_BOX, buttonStyle="check", borderColor=RULE, fillColor=white,
        textColor=INK, borderWidth=0.8, fieldFlags="", forceBorder=True,
    )  # fmt: skip
    _label(canvas, label, x + 16.5, y)


def _line(canvas: Canvas, left: float, right: float, y: float) -> None:
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(0.6)
    canvas.line(left, y - 2.5, right, y - 2.5)


def _text(canvas: Canvas, name: str, tooltip: str, left: float, y: float, right: float = WIDTH - MARGIN) -> None:
    _line(canvas, left, right, y)
    _form(canvas).textfield(
        name=name, tooltip=tooltip, x=left, y=y - 2, width=right - left, height=14, fontSize=9, borderWidth=0,
        fillColor=None, textColor=INK, maxlen=120, fieldFlags="",
    )  # fmt: skip


def _reason(canvas: Canvas, reasons: tuple[tuple[str, str], ...], left: float, y: float) -> None:
    tooltip = "Motif si l’orientation n’est pas retenue"
    if not reasons:
        _text(canvas, "refusal_reason", tooltip, left, y)
        return
    right = WIDTH - MARGIN
    _line(canvas, left, right, y)
    _form(canvas).choice(
        name="refusal_reason", tooltip=tooltip, x=left, y=y - 2, width=right - left,
        height=14, fontSize=9, borderWidth=0, fillColor=None, textColor=INK, value=" ",
        options=[(" ", " "), *((label, code) for code, label in reasons)], fieldFlags="combo",
    )  # fmt: skip


def _comment(canvas: Canvas, y: float) -> None:
    _label(canvas, "Commentaire", MARGIN, y)
    _line(canvas, MARGIN + 65, WIDTH - MARGIN, y)
    _line(canvas, MARGIN, WIDTH - MARGIN, y - 17)
    _form(canvas).textfield(
        name="comment", tooltip="Commentaire", x=MARGIN + 65, y=y - 19, width=TEXT_WIDTH - 65, height=32, fontSize=9,
        borderWidth=0, fillColor=None, textColor=INK, maxlen=600, fieldFlags="multiline",
    )  # fmt: skip


def _hidden(canvas: Canvas, name: str, value: str) -> None:
    """A value the partner neither sees nor changes, by which a returned slip is recognised."""
    if value:
        _form(canvas).textfield(
            name=name, value=value, x=MARGIN, y=4, width=10, height=10, annotationFlags="hidden", fieldFlags="readOnly",
            borderWidth=0, maxlen=120,
        )  # fmt: skip


def _draw_qr(canvas: Canvas, reference: str, x: float, y: float) -> None:
    widget = QrCodeWidget(reference, barLevel="M", barBorder=0)
    left, bottom, right, top = widget.getBounds()
    scale = _QR / (right - left)
    drawing = Drawing(_QR, _QR, transform=[scale, 0, 0, _QR / (top - bottom), 0, 0])
    drawing.add(widget)
    renderPDF.draw(drawing, canvas, x, y)
