"""Grey shapes where the view will be, while the rest of the program is being loaded."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from boutique.ui.theme.manager import theme

_MARGIN, _TOP, _GAP = 22, 58, 16


class Skeleton(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Chargement en cours")

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        tokens, painter = theme().tokens, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.line))
        painter.drawRoundedRect(QRectF(_MARGIN, 20, 260, 18), 5, 5)
        wide = (self.width() - 2 * _MARGIN - _GAP) * 0.64
        for left, top, width, height, rows in (
            (_MARGIN, _TOP, wide, 208, 3),
            (_MARGIN, _TOP + 218, wide, 152, 2),
            (_MARGIN + wide + _GAP, _TOP, self.width() - 2 * _MARGIN - _GAP - wide, 370, 4),
        ):
            painter.setPen(QColor(tokens.line))
            painter.setBrush(QColor(tokens.surface))
            painter.drawRoundedRect(QRectF(left + 0.5, top + 0.5, width - 1, height - 1), 8, 8)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.hover))
            for row in range(rows):
                y = top + 46 + row * 54
                painter.drawRoundedRect(QRectF(left + 17, y, width * 0.42, 12), 4, 4)
                painter.drawRoundedRect(QRectF(left + 17, y + 20, width * 0.62, 10), 4, 4)
