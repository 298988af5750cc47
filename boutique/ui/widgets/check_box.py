"""A box to tick, painted from the tokens; `text` may be left out when a row beside it says what it is."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QWidget

from boutique.ui.theme.manager import theme
from boutique.ui.widgets.icon import draw_icon

_BOX, _GAP, _RING = 18, 9, 3


class CheckBox(QCheckBox):
    def __init__(
        self,
        text: str = "",
        *,
        checked: bool = False,
        accessible: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text.replace("&", "&&"), parent)
        self._label = text
        self.setAccessibleName(accessible or text)
        self.setChecked(checked)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        px = theme().px
        text = self.fontMetrics().horizontalAdvance(self._label) + px(_GAP) + 2 if self._label else 0
        return QSize(px(_BOX + 2 * _RING) + text, max(px(_BOX + 2 * _RING), self.fontMetrics().height()))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        tokens, px, painter = theme().tokens, theme().px, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring, side, middle = px(_RING), px(_BOX), self.height() / 2
        box = QRectF(ring + 0.5, round(middle - side / 2) + 0.5, side - 1, side - 1)
        on = self.checkState() != Qt.CheckState.Unchecked
        mark = tokens.primary if self.isEnabled() else tokens.control
        painter.setBrush(QColor(mark if on else tokens.hover if self.underMouse() else tokens.surface))
        painter.setPen(QPen(QColor(mark if on else tokens.control), 1))
        painter.drawRoundedRect(box, 5, 5)
        if on:
            name = "check" if self.checkState() == Qt.CheckState.Checked else "minus"
            inner = px(_BOX - 4)
            draw_icon(painter, name, ring + px(2), middle, inner, tokens.on_primary, self.devicePixelRatioF())
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.primary), 2))
            painter.drawRoundedRect(box.adjusted(-2, -2, 2, 2), 7, 7)
        painter.setPen(QColor(tokens.ink if self.isEnabled() else tokens.control))
        left = px(_BOX + 2 * _RING + _GAP) - ring
        words = QRectF(left, 0, self.width() - left, self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self._label)
