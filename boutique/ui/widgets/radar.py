"""Marks of several axes drawn from a centre, one date over another; the words beside it say the same."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from boutique.core import french
from boutique.rules.diagnosis import HIGHEST, corner
from boutique.ui.theme.manager import theme

_GAP, _ACROSS = 6, 190


@dataclass(frozen=True, slots=True)
class Shape:
    """One date: a value for each axis, None where it is not known."""

    name: str
    values: Sequence[float | None]


class Radar(QWidget):
    """`write(axes, main, other)`: `main` is filled and solid with discs, `other` dashed with squares."""

    def __init__(self, accessible: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._axes: Sequence[str] = ()
        self._main: Shape | None = None
        self._other: Shape | None = None
        self.setAccessibleName(accessible)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def write(self, axes: Sequence[str], main: Shape | None, other: Shape | None = None) -> None:
        self._axes, self._main, self._other = axes, main, other
        told = [f"{shape.name} : {self._told(shape)}." for shape in (main, other) if shape is not None]
        self.setAccessibleDescription(" ".join(told))
        self.updateGeometry()
        self.update()

    def _told(self, shape: Shape) -> str:
        pairs = zip(self._axes, shape.values, strict=True)
        return ", ".join(f"{axis} {'incomplet' if value is None else number(value)}" for axis, value in pairs)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        line = QFontMetrics(theme().font("small")).height()
        return QSize(theme().px(320), theme().px(_ACROSS) + 3 * line + self._legend(line))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(2 * self._side() + theme().px(60), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme().font("small"))
        line = painter.fontMetrics().height()
        legend = self._legend(line)
        plot = QRectF(0, 1.5 * line, self.width(), self.height() - 3 * line - legend)
        radius = max(min(plot.width() / 2 - self._side(), plot.height() / 2), 10.0)
        centre = plot.center()
        if len(self._axes) > 2:
            self._paint_web(painter, centre, radius)
            if self._other is not None:
                self._paint_shape(painter, centre, radius, self._other, main=False)
            if self._main is not None:
                self._paint_shape(painter, centre, radius, self._main, main=True)
            self._paint_names(painter, centre, radius)
        self._paint_legend(painter, self.height() - legend, line)

    def _legend(self, line: int) -> int:
        return line * sum(shape is not None for shape in (self._main, self._other))

    def _side(self) -> int:
        """Room for the names of the axes on the left and on the right."""
        metrics = QFontMetrics(theme().font("small"))
        return max((metrics.horizontalAdvance(axis) for axis in self._axes), default=0) + 2 * theme().px(_GAP)

    def _at(self, centre: QPointF, radius: float, rank: int, value: float) -> QPointF:
        x, y = corner(rank, len(self._axes), value)
        return QPointF(centre.x() + radius * x, centre.y() + radius * y)

    def _paint_web(self, painter: QPainter, centre: QPointF, radius: float) -> None:
        tokens = theme().tokens
        ranks = range(len(self._axes))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for level in range(1, HIGHEST + 1):
            painter.setPen(QPen(QColor(tokens.control if level == HIGHEST else tokens.line), 1))
            painter.drawPolygon(QPolygonF([self._at(centre, radius, rank, level) for rank in ranks]))
        painter.setPen(QPen(QColor(tokens.line), 1))
        for rank in ranks:
            painter.drawLine(centre, self._at(centre, radius, rank, HIGHEST))

    def _paint_shape(self, painter: QPainter, centre: QPointF, radius: float, shape: Shape, *, main: bool) -> None:
        """Neighbours that are both known are joined; an axis that is not known leaves a gap."""
        tokens = theme().tokens
        places = [
            None if value is None else self._at(centre, radius, rank, value) for rank, value in enumerate(shape.values)
        ]
        known = [place for place in places if place is not None]
        colour = QColor(tokens.primary if main else tokens.accent)
        pen = QPen(colour, theme().px(2) if main else theme().px(1.5))
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if not main:
            pen.setStyle(Qt.PenStyle.DashLine)
        if main and len(known) == len(places):
            fill = QColor(colour)
            fill.setAlphaF(0.14)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(fill)
            painter.drawPolygon(QPolygonF(known))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen)
        for place, following in zip(places, [*places[1:], places[0]], strict=True):
            if place is not None and following is not None:
                painter.drawLine(place, following)
        for place in known:
            self._paint_mark(painter, place, main=main)

    def _paint_mark(self, painter: QPainter, place: QPointF, *, main: bool) -> None:
        tokens, size = theme().tokens, theme().px(4)
        painter.setPen(QPen(QColor(tokens.primary if main else tokens.accent), theme().px(1.5)))
        painter.setBrush(QColor(tokens.primary if main else tokens.surface))
        if main:
            painter.drawEllipse(place, size, size)
        else:
            painter.drawRect(QRectF(place.x() - size, place.y() - size, 2 * size, 2 * size))

    def _paint_names(self, painter: QPainter, centre: QPointF, radius: float) -> None:
        painter.setPen(QColor(theme().tokens.ink))
        line, gap = painter.fontMetrics().height(), theme().px(_GAP)
        for rank, axis in enumerate(self._axes):
            end = self._at(centre, radius, rank, HIGHEST)
            width = painter.fontMetrics().horizontalAdvance(axis) + 2
            lean = math.copysign(1, end.x() - centre.x()) if abs(end.x() - centre.x()) > radius / 4 else 0
            left = end.x() + gap if lean > 0 else end.x() - gap - width if lean < 0 else end.x() - width / 2
            above = end.y() < centre.y() - radius / 2
            below = end.y() > centre.y() + radius / 2
            top = end.y() - line - gap / 2 if above and not lean else end.y() + gap / 2 if below else end.y() - line / 2
            left = min(max(left, 0), self.width() - width)
            painter.drawText(QRectF(left, top, width, line), Qt.AlignmentFlag.AlignCenter, axis)

    def _paint_legend(self, painter: QPainter, top: float, line: int) -> None:
        stroke = theme().px(26)
        for shape, main in ((self._main, True), (self._other, False)):
            if shape is None:
                continue
            middle = QPointF(theme().px(4) + stroke / 2, top + line / 2)
            pen = QPen(QColor(theme().tokens.primary if main else theme().tokens.accent), theme().px(2))
            if not main:
                pen.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.drawLine(QPointF(middle.x() - stroke / 2, middle.y()), QPointF(middle.x() + stroke / 2, middle.y()))
            self._paint_mark(painter, middle, main=main)
            painter.setPen(QColor(theme().tokens.ink))
            box = QRectF(middle.x() + stroke / 2 + theme().px(8), top, self.width(), line)
            words = painter.fontMetrics().elidedText(
                shape.name, Qt.TextElideMode.ElideRight, int(self.width() - box.x())
            )
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)
            top += line


def number(value: float) -> str:
    """A mark as it is written: « 3,5 », « 4 »."""
    return french.show_number(value, 0 if value == int(value) else 1)
