"""Grey shapes where the view will be, while the rest of the program is being loaded."""

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from boutique.ui.theme.manager import theme
from boutique.ui.widgets.silhouette import draw_cards


class Skeleton(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Chargement en cours")

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        draw_cards(QPainter(self), self.width(), theme().tokens)
