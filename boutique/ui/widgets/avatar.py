"""Initials in a disc, for a person or a counsellor."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from boutique.ui.theme.manager import theme
from boutique.ui.widgets.tips import plain_tip


def initials(first: str, last: str) -> str:
    return (first.strip()[:1] + last.strip()[:1]).upper()


class Avatar(QWidget):
    """`name` is what a screen reader says and the tooltip shows; `size` in pixels at 100 %."""

    def __init__(self, letters: str = "", *, name: str = "", size: int = 28, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = size
        self._letters = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_person(letters, name)

    def set_person(self, letters: str, name: str) -> None:
        self._letters = letters[:3]
        self.setAccessibleName(name or letters)
        self.setToolTip(plain_tip(name))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        side = theme().px(self._size)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        tokens, painter = theme().tokens, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(tokens.primary_tint))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(self.rect())
        face = theme().font("strong")
        face.setPointSizeF(face.pointSizeF() * self._size / (28 * 1.12) if self._size < 36 else 12 * theme().scale)
        painter.setFont(face)
        painter.setPen(QColor(tokens.primary))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._letters)
