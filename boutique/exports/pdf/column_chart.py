"""Columns above and below zero on paper: told apart by grey and hatching, with their amounts. For the forecast."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import Color, HexColor
from reportlab.platypus import Flowable

from boutique.core.french import show_number
from boutique.exports.pdf import fonts
from boutique.exports.pdf.page import INK, MUTED, PRIMARY, RULE, TEXT_WIDTH

_SIZE, _LINE = 7.0, 9.0
_FILLS = (HexColor("#D9DEE7"), HexColor("#8A93A3"), PRIMARY)
_HATCH = 3.0


@dataclass(frozen=True, slots=True)
class Columns:
    """One series; a legend shows when there are several."""

    label: str
    values: Sequence[float]


class ColumnChart(Flowable):
    """Groups of columns as wide as the page."""

    def __init__(self, labels: Sequence[str], series: Sequence[Columns], *, height: float = 110) -> None:
        super().__init__()
        self._labels, self._series = labels, series
        self.width, self.height = TEXT_WIDTH, height

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        canvas = self.canv
        canvas.setFont(fonts.TEXT, _SIZE)
        legend = _LINE * 1.6 if len(self._series) > 1 else 0.0
        values = [value for one in self._series for value in one.values]
        top, low = max([0.0, *values]), min([0.0, *values])
        span = top - low or 1.0
        below, plot = legend + 2 * _LINE, self.height - legend - 3.2 * _LINE
        zero = below + plot * (-low / span)
        room = self.width / max(1, len(self._labels))
        thick = min(room * 0.7 / max(1, len(self._series)), 34.0)
        for group, label in enumerate(self._labels):
            left = room * group + (room - thick * len(self._series)) / 2
            for number, one in enumerate(self._series):
                value = one.values[group]
                high = plot * abs(value) / span
                self._column(left + thick * number, zero if value >= 0 else zero - high, thick - 1.5, high,
                             self._fill(number), hatched=value < 0)  # fmt: skip
                canvas.setFillColor(INK)
                edge = zero + high + 2 if value >= 0 else zero - high - _SIZE
                canvas.drawCentredString(left + thick * (number + 0.5), edge, show_number(value))
            canvas.setFillColor(MUTED)
            canvas.drawCentredString(room * (group + 0.5), legend + 2, label)
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.7)
        canvas.line(0, zero, self.width, zero)
        if legend:
            self._legend()

    def _fill(self, number: int) -> Color:
        return _FILLS[number - len(self._series)]

    def _column(self, x: float, y: float, width: float, height: float, fill: Color, *, hatched: bool) -> None:
        canvas = self.canv
        canvas.saveState()
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(0.5)
        if not hatched:
            canvas.setFillColor(fill)
            canvas.rect(x, y, width, height, stroke=0, fill=1)
        else:
            path = canvas.beginPath()
            path.rect(x, y, width, height)
            canvas.clipPath(path, stroke=1, fill=0)
            reach = width + height
            for step in range(int(reach / _HATCH) + 1):
                canvas.line(x + step * _HATCH - height, y, x + step * _HATCH, y + height)
            canvas.rect(x, y, width, height, stroke=1, fill=0)
        canvas.restoreState()

    def _legend(self) -> None:
        canvas, left = self.canv, 0.0
        for number, one in enumerate(self._series):
            self._column(left, 1, 7, 7, self._fill(number), hatched=False)
            canvas.setFillColor(MUTED)
            canvas.drawString(left + 11, 2, one.label)
            left += 11 + fonts.width(one.label, _SIZE) + 18
