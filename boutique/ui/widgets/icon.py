"""An outline icon that follows the theme; decorative unless it is given a name."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from boutique.ui.theme import icons
from boutique.ui.theme.manager import theme
from boutique.ui.widgets.label import LabelTone
from boutique.ui.widgets.tips import plain_tip


def tone_colour(tone: LabelTone) -> str:
    tokens = theme().tokens
    if tone == "ink":
        return tokens.ink
    return tokens.muted if tone == "muted" else tokens.tone(tone)


def draw_icon(painter: QPainter, name: str, left: float, middle: float, size: int, colour: str, ratio: float) -> None:
    """Paint an icon whose left edge and vertical middle are given."""
    drawn = icons.pixmap(name, size, QColor(colour).name(), ratio)
    painter.drawPixmap(round(left), round(middle - size / 2), drawn)


class Icon(QWidget):
    def __init__(
        self,
        name: str,
        *,
        tone: LabelTone = "muted",
        size: int = 18,
        accessible: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name, self._tone, self._size = name, tone, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not accessible)
        self.setAccessibleName(accessible)
        if accessible:
            self.setToolTip(plain_tip(accessible))

    def set_icon(self, name: str, tone: LabelTone | None = None) -> None:
        self._name = name
        self._tone = tone or self._tone
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        side = theme().px(self._size)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        side = theme().px(self._size)
        painter = QPainter(self)
        left = (self.width() - side) / 2
        draw_icon(
            painter,
            self._name,
            left,
            self.height() / 2,
            side,
            tone_colour(self._tone),
            self.devicePixelRatioF(),
        )
