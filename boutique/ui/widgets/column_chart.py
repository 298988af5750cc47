"""Columns above and below a zero line, in groups, with their amounts in words for screen readers; prints in grey."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from boutique.core import french
from boutique.ui.theme.manager import theme

_SMALL, _THOUSAND, _MILLION = 100, 1_000, 1_000_000


@dataclass(frozen=True, slots=True)
class Series:
    """One colour of columns; the last series given is the one that matters and takes the main colour."""

    label: str
    values: Sequence[float]


class ColumnChart(QWidget):
    """What is below zero is hatched in the colour of danger; `pressed(rank)` when a group is clicked."""

    pressed = Signal(int)

    def __init__(self, accessible: str, *, unit: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unit = unit
        self._labels: Sequence[str] = ()
        self._series: Sequence[Series] = ()
        self.setAccessibleName(accessible)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def write(self, labels: Sequence[str], series: Sequence[Series]) -> None:
        """One label per group; each series has as many values."""
        self._labels, self._series = labels, series
        told = "; ".join(
            f"{one.label} : "
            + ", ".join(
                f"{name} {written(value)} {self._unit}".rstrip() for name, value in zip(labels, one.values, strict=True)
            )
            for one in series
        )
        self.setAccessibleDescription(told)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        super().mouseReleaseEvent(event)
        if self._labels and self.rect().contains(event.position().toPoint()):
            self.pressed.emit(min(int(event.position().x() * len(self._labels) / self.width()), len(self._labels) - 1))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(theme().px(340), theme().px(170))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(theme().px(180), theme().px(150))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme().font("caption"))
        line = painter.fontMetrics().height()
        legend = line + theme().px(8) if len(self._series) > 1 else 0
        plot = QRectF(0, line, self.width(), max(1, self.height() - legend - 3 * line - theme().px(6)))
        self._paint_columns(painter, plot, line)
        if legend:
            self._paint_legend(painter, self.height() - line, line)

    def _paint_columns(self, painter: QPainter, plot: QRectF, line: int) -> None:
        values = [value for one in self._series for value in one.values]
        top, low = max([0.0, *values]), min([0.0, *values])
        span = top - low or 1.0
        zero = plot.y() + plot.height() * (top / span if top or low else 1)
        room = plot.width() / max(1, len(self._labels))
        thick = min(room * 0.7 / max(1, len(self._series)), theme().px(26))
        told, wide = self._amounts(painter, room, thick + theme().px(6))
        for group, label in enumerate(self._labels):
            left = plot.x() + room * group + (room - thick * len(self._series)) / 2
            for number, one in enumerate(self._series):
                value = one.values[group]
                high = plot.height() * abs(value) / span
                column = QRectF(left + thick * number, zero - high if value >= 0 else zero, max(1, thick - 1), high)
                self._paint_column(painter, column, number, below=value < 0)
                if value and one in told:
                    edge = column.y() - line if value >= 0 else column.bottom()
                    painter.setPen(QColor(theme().tokens.danger if value < 0 else theme().tokens.ink))
                    box = QRectF(column.center().x() - wide / 2, edge, wide, line)
                    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, short(value))
            painter.setPen(QColor(theme().tokens.muted))
            under = QRectF(plot.x() + room * group, plot.bottom() + line + theme().px(2), room, line)
            shown = painter.fontMetrics().elidedText(label, Qt.TextElideMode.ElideRight, int(room))
            painter.drawText(under, Qt.AlignmentFlag.AlignCenter, shown)
        painter.setPen(QPen(QColor(theme().tokens.control), 1))
        painter.drawLine(round(plot.left()), round(zero), round(plot.right()), round(zero))

    def _paint_column(self, painter: QPainter, column: QRectF, number: int, *, below: bool) -> None:
        tokens = theme().tokens
        last = number == len(self._series) - 1
        colour = QColor(tokens.danger if below else tokens.primary if last else tokens.control)
        painter.setPen(Qt.PenStyle.NoPen if not below else QPen(colour, 1))
        if not last and not below:
            colour.setAlphaF(0.35 + 0.3 * number)
        painter.setBrush(QBrush(colour, Qt.BrushStyle.BDiagPattern) if below else colour)
        painter.drawRect(column)

    def _amounts(self, painter: QPainter, room: float, beside: float) -> tuple[Sequence[Series], float]:
        """The series whose amounts are written, and the width of one: none runs into its neighbour."""
        metrics = painter.fontMetrics()
        for told, wide in ((self._series, beside), (self._series[-1:], room)):
            widest = max((metrics.horizontalAdvance(short(value)) for one in told for value in one.values), default=0)
            if widest + 2 <= wide:
                return told, wide
        return (), 0

    def _paint_legend(self, painter: QPainter, top: float, line: int) -> None:
        left, side = 0.0, theme().px(9)
        for number, one in enumerate(self._series):
            box = QRectF(left, top + (line - side) / 2, side, side)
            self._paint_column(painter, box, number, below=False)
            painter.setPen(QColor(theme().tokens.muted))
            width = painter.fontMetrics().horizontalAdvance(one.label)
            painter.drawText(QRectF(left + side + 5, top, width + 2, line), Qt.AlignmentFlag.AlignVCenter, one.label)
            left += side + width + theme().px(20)


def short(value: float) -> str:
    """« 12,5 k »: an amount where there is little room."""
    size = abs(value)
    if size >= _MILLION:
        return f"{french.show_number(value / _MILLION, 1)} M"
    if size >= 10 * _THOUSAND:
        return f"{french.show_number(value / _THOUSAND)} k"
    return f"{french.show_number(value / _THOUSAND, 1)} k" if size >= _THOUSAND else written(value)


def written(value: float) -> str:
    """A whole number, or one decimal where it says something."""
    return french.show_number(value, 1 if abs(value) < _SMALL and not float(value).is_integer() else 0)
