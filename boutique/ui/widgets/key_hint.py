"""The little box that tells a shortcut; drawn inside buttons, fields and rail items."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from boutique.ui.theme.manager import theme


def hint_width(text: str) -> int:
    return QFontMetrics(theme().font("caption")).horizontalAdvance(text) + theme().px(11)


def hint_height() -> int:
    return QFontMetrics(theme().font("caption")).height() + theme().px(3)


def draw_hint(painter: QPainter, text: str, left: float, middle: float, ink: str, border: str) -> None:
    """Paint a hint whose left edge and vertical middle are given."""
    box = QRectF(left + 0.5, round(middle - hint_height() / 2) + 0.5, hint_width(text) - 1, hint_height() - 1)
    painter.save()
    painter.setFont(theme().font("caption"))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(border), 1))
    painter.drawRoundedRect(box, 3, 3)
    painter.setPen(QColor(ink))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


class KeyHint(QWidget):
    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(hint_width(self._text), hint_height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        tokens = theme().tokens
        draw_hint(QPainter(self), self._text, 0, self.height() / 2, tokens.muted, tokens.line)
