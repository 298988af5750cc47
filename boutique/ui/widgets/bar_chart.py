"""Grouped bars month by month, with a legend; drawn with QPainter so that it also prints."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from boutique.ui.theme.manager import theme


@dataclass(frozen=True, slots=True)
class Series:
    """One colour of bars; the last series given is the one that matters and takes the main colour."""

    label: str
    values: Sequence[float]


class BarChart(QWidget):
    def __init__(self, accessible: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = accessible
        self._labels: Sequence[str] = ()
        self._series: Sequence[Series] = ()
        self.setAccessibleName(accessible)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def write(self, labels: Sequence[str], series: Sequence[Series]) -> None:
        """One label per group (month); each series has as many values."""
        self._labels, self._series = labels, series
        told = "; ".join(
            f"{one.label} : " + ", ".join(f"{name} {value:g}" for name, value in zip(labels, one.values, strict=True))
            for one in series
        )
        self.setAccessibleDescription(told)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(theme().px(360), theme().px(160))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(theme().px(200), theme().px(120))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme().font("caption"))
        line = painter.fontMetrics().height()
        legend = line + theme().px(8)
        plot = QRectF(0, line, self.width(), self.height() - legend - 2 * line - theme().px(4))
        self._paint_bars(painter, plot, line)
        self._paint_legend(painter, self.height() - line, line)

    def _colour(self, number: int) -> QColor:
        tokens = theme().tokens
        colour = QColor(tokens.primary if number == len(self._series) - 1 else tokens.control)
        colour.setAlphaF(1.0 if number == len(self._series) - 1 else 0.45)
        return colour

    def _paint_bars(self, painter: QPainter, plot: QRectF, line: int) -> None:
        tokens = theme().tokens
        top = max((value for one in self._series for value in one.values), default=0)
        room = plot.width() / max(1, len(self._labels))
        thick = min(room * 0.66 / max(1, len(self._series)), theme().px(18))
        for group, label in enumerate(self._labels):
            left = plot.x() + room * group + (room - thick * len(self._series)) / 2
            for number, one in enumerate(self._series):
                height = plot.height() * one.values[group] / top if top else 0
                bar = QRectF(left + thick * number, plot.bottom() - height, max(1, thick - 1), height)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._colour(number))
                painter.drawRoundedRect(bar, 1, 1)
                if number == len(self._series) - 1 and height:
                    painter.setPen(QColor(tokens.ink))
                    above = QRectF(plot.x() + room * group, bar.y() - line, room, line)
                    painter.drawText(above, Qt.AlignmentFlag.AlignCenter, f"{one.values[group]:g}".replace(".", ","))
            painter.setPen(QColor(tokens.muted))
            under = QRectF(plot.x() + room * group, plot.bottom() + theme().px(4), room, line)
            shown = painter.fontMetrics().elidedText(label, Qt.TextElideMode.ElideRight, int(room))
            painter.drawText(under, Qt.AlignmentFlag.AlignCenter, shown)

    def _paint_legend(self, painter: QPainter, top: float, line: int) -> None:
        left, side = 0.0, theme().px(9)
        for number, one in reversed(list(enumerate(self._series))):
            painter.fillRect(QRectF(left, top + (line - side) / 2, side, side), self._colour(number))
            painter.setPen(QColor(theme().tokens.muted))
            width = painter.fontMetrics().horizontalAdvance(one.label)
            painter.drawText(QRectF(left + side + 5, top, width + 2, line), Qt.AlignmentFlag.AlignVCenter, one.label)
            left += side + width + theme().px(20)
