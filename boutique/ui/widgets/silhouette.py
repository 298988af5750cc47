"""The shapes of the window before anything is loaded. Neither fonts nor the Qt namespace: they cost the first paint."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from boutique.ui.theme.tokens import Tokens

_RAIL, _BAR, _STATUS = 200, 56, 25
_MARGIN, _TOP, _GAP = 22, 58, 16


def draw_window(painter: QPainter, width: int, height: int, tokens: Tokens) -> None:
    """Rail, top bar and grey cards, where the real ones will be an instant later."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(0, 0, width, height, QColor(tokens.canvas))
    painter.fillRect(0, 0, _RAIL, height, QColor(tokens.surface))
    painter.fillRect(_RAIL, 0, width - _RAIL, _BAR, QColor(tokens.surface))
    painter.fillRect(0, height - _STATUS, width, _STATUS, QColor(tokens.surface))
    for line in (
        QRectF(_RAIL - 1, 0, 1, height - _STATUS),
        QRectF(_RAIL, _BAR - 1, width - _RAIL, 1),
        QRectF(0, height - _STATUS, width, 1),
    ):
        painter.fillRect(line, QColor(tokens.line))
    for row in range(5):
        _box(painter, QRectF(20, 22 + row * 38 + (8 if row else 0), 110, 12), tokens.hover, tokens.hover, 4)
    _box(painter, QRectF(220.5, 9.5, 439, 36), tokens.surface, tokens.control, 8)
    _box(painter, QRectF(672, 9, 229, 36), tokens.primary, tokens.primary, 8)
    painter.translate(_RAIL, _BAR)
    draw_cards(painter, width - _RAIL, tokens)


def draw_cards(painter: QPainter, width: int, tokens: Tokens) -> None:
    """Grey shapes of a view, from its top left corner."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _box(painter, QRectF(_MARGIN, 20, 260, 18), tokens.line, tokens.line, 5)
    room = width - 2 * _MARGIN - _GAP
    wide = room * 0.64
    for left, top, across, height, rows in (
        (_MARGIN, _TOP, wide, 208, 3),
        (_MARGIN, _TOP + 218, wide, 152, 2),
        (_MARGIN + wide + _GAP, _TOP, room - wide, 370, 4),
    ):
        card = QRectF(round(left) + 0.5, top + 0.5, round(across) - 1, height - 1)
        _box(painter, card, tokens.surface, tokens.line, 8)
        for row in range(rows):
            y = top + 46 + row * 54
            _box(painter, QRectF(left + 17, y, across * 0.42, 12), tokens.hover, tokens.hover, 4)
            _box(painter, QRectF(left + 17, y + 20, across * 0.62, 10), tokens.hover, tokens.hover, 4)


def _box(painter: QPainter, box: QRectF, fill: str, border: str, radius: int) -> None:
    painter.setBrush(QColor(fill))
    painter.setPen(QColor(border))
    painter.drawRoundedRect(box, radius, radius)
