"""One page of a document, as sharp as the screen; it shrinks to the width there is. Used by previews."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from boutique.ui.theme.manager import theme


class Sheet(QWidget):
    def __init__(self, image: QImage, name: str, *, widest: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image, self._widest = image, widest
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        return max(1, round(self._fitted(width) * self._image.height() / max(1, self._image.width())))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        width = theme().px(self._widest)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        least = min(200, self._widest)
        return QSize(least, self.heightForWidth(least))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        width = self._fitted(self.width())
        sheet = QRect((self.width() - width) // 2, 0, width, self.heightForWidth(self.width()))
        painter.drawImage(sheet, self._image)
        painter.setPen(theme().tokens.line)
        painter.drawRect(sheet.adjusted(0, 0, -1, -1))

    def _fitted(self, width: int) -> int:
        return min(width, theme().px(self._widest))
