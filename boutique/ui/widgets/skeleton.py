"""Grey shapes where the view will be, while the rest of the program is being loaded."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from boutique.ui.theme.manager import theme
from boutique.ui.widgets.silhouette import card_shapes


class Skeleton(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Chargement en cours")

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for left, top, width, height, fill, border in card_shapes(self.width(), theme().tokens):
            painter.setBrush(QColor(fill))
            painter.setPen(QColor(border))
            radius = 8 if height > 30 else 4
            painter.drawRoundedRect(QRectF(left + 0.5, top + 0.5, width - 1, height - 1), radius, radius)
