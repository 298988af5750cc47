"""Shares and funnels as lines: label, bar, value."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from boutique.ui.theme.manager import theme


@dataclass(frozen=True, slots=True)
class Bar:
    """`fraction` of the whole width (0 to 1), `value` as it is to be read."""

    label: str
    fraction: float
    value: str


class HorizontalBars(QWidget):
    """With `track` the rest of each bar shows (shares); without, the value follows the bar (funnel).

    `pressed(rank)` when a line is clicked.
    """

    pressed = Signal(int)

    def __init__(self, accessible: str, *, track: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._track = track
        self._bars: Sequence[Bar] = ()
        self.setAccessibleName(accessible)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def write(self, bars: Sequence[Bar]) -> None:
        self._bars = bars
        self.setAccessibleDescription("; ".join(f"{bar.label} : {bar.value}" for bar in bars))
        self.updateGeometry()
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        super().mouseReleaseEvent(event)
        rank = int(event.position().y() // self._line())
        if 0 <= rank < len(self._bars) and self.rect().contains(event.position().toPoint()):
            self.pressed.emit(rank)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(theme().px(320), self._line() * max(1, len(self._bars)))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(theme().px(180), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme().font("small"))
        metrics, gap = painter.fontMetrics(), theme().px(12)
        widest = max((metrics.horizontalAdvance(bar.label) for bar in self._bars), default=0)
        labels = min(widest + 2, self.width() * 3 // 5)
        values = max((metrics.horizontalAdvance(bar.value) for bar in self._bars), default=0) + 2
        room = QRectF(labels + gap, 0, max(1, self.width() - labels - values - 2 * gap), self._line())
        for number, bar in enumerate(self._bars):
            self._paint_line(painter, bar, room.translated(0, number * self._line()), labels, number)

    def _paint_line(self, painter: QPainter, bar: Bar, room: QRectF, labels: int, number: int) -> None:
        tokens, gap = theme().tokens, theme().px(12)
        painter.setPen(QColor(tokens.ink))
        shown = painter.fontMetrics().elidedText(bar.label, Qt.TextElideMode.ElideRight, labels)
        painter.drawText(QRectF(0, room.y(), labels, room.height()), Qt.AlignmentFlag.AlignVCenter, shown)
        thick = theme().px(8 if self._track else 14)
        lane = QRectF(room.x(), room.center().y() - thick / 2, room.width(), thick)
        painter.setPen(Qt.PenStyle.NoPen)
        radius = thick / 2 if self._track else theme().px(3)
        if self._track:
            painter.setBrush(QColor(tokens.line))
            painter.drawRoundedRect(lane, radius, radius)
        filled = QRectF(lane)
        filled.setWidth(lane.width() * min(1.0, max(0.0, bar.fraction)))
        colour = QColor(tokens.primary)
        if not self._track and len(self._bars) > 1:
            colour.setAlphaF(0.45 + 0.55 * number / (len(self._bars) - 1))
        painter.setBrush(colour)
        if filled.width() >= 1:
            painter.drawRoundedRect(filled, radius, radius)
        painter.setPen(QColor(tokens.ink if self._track else tokens.muted))
        if self._track:
            box = QRectF(lane.right(), room.y(), self.width() - lane.right(), room.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, bar.value)
        else:
            box = QRectF(filled.right() + gap, room.y(), self.width() - filled.right() - gap, room.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, bar.value)

    def _line(self) -> int:
        return QFontMetrics(theme().font("small")).height() + theme().px(8)
