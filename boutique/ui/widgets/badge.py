"""A state said by word, colour and icon together; never clicked."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from boutique.ui.theme.manager import set_role, theme
from boutique.ui.theme.tokens import Tone
from boutique.ui.widgets.icon import draw_icon
from boutique.ui.widgets.tips import plain_tip

_ICON, _GAP, _ACROSS, _ALONG = 13, 5, 8, 2
_SHORTEST = 70


class Badge(QWidget):
    """`icon` is optional where the word says it all; `round_ends` makes the counter of the rail.

    One that `shortens` gives way to its neighbours; its tooltip has it whole.
    """

    def __init__(
        self,
        text: str,
        tone: Tone = "neutral",
        *,
        icon: str = "",
        round_ends: bool = False,
        minimum: int = 0,
        shortens: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._text, self._tone, self._icon = text, tone, icon
        self._round, self._minimum, self._shortens = round_ends, minimum, shortens
        self._shortest = _SHORTEST
        across = QSizePolicy.Policy.Maximum if shortens else QSizePolicy.Policy.Fixed
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        set_role(self, "small_strong")
        self.setAccessibleName(text)

    def text(self) -> str:
        return self._text

    def tone(self) -> Tone:
        return self._tone

    def set_state(self, text: str, tone: Tone | None = None, icon: str | None = None) -> None:
        self._text = text
        self._tone = tone or self._tone
        self._icon = self._icon if icon is None else icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def set_shortest(self, width: int) -> None:
        """How narrow one that shortens may become: what says more gives way last."""
        self._shortest = width
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        px = theme().px
        text = self.fontMetrics().horizontalAdvance(self._text) + 1
        width = text + 2 * px(_ACROSS) + (px(_ICON + _GAP) if self._icon else 0)
        return QSize(max(width, px(self._minimum)), self.fontMetrics().height() + 2 * px(_ALONG))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        hint = self.sizeHint()
        return hint.boundedTo(QSize(theme().px(self._shortest), hint.height())) if self._shortens else hint

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        if self._shortens:
            self.setToolTip(plain_tip(self._text) if self.width() < self.sizeHint().width() else "")

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        tokens, px, painter = theme().tokens, theme().px, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = tokens.tone(self._tone)
        painter.setBrush(QColor(tokens.tint(self._tone)))
        painter.setPen(QPen(QColor(tokens.line if self._tone == "neutral" else tokens.tint(self._tone)), 1))
        radius = self.height() / 2 if self._round else px(5)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        box = QRectF(self.rect())
        if self._icon:
            left = px(_ACROSS)
            draw_icon(painter, self._icon, left, self.height() / 2, px(_ICON), ink, self.devicePixelRatioF())
            box.setLeft(left + px(_ICON + _GAP))
            box.setRight(self.width() - px(_ACROSS) + 1)
        painter.setPen(QColor(ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._fitting(round(box.width())))

    def _fitting(self, width: int) -> str:
        if not self._shortens:
            return self._text
        room = width - (0 if self._icon else 2 * theme().px(_ACROSS)) + 1
        return self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, room)
