"""The month looked at, with the ones before and after; PageUp and PageDown move, a press on the name comes back."""

from datetime import date, timedelta

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from boutique.core import clock, french
from boutique.ui.theme.manager import set_role, theme
from boutique.ui.theme.tokens import Tokens
from boutique.ui.widgets.button import Button, Colours, GhostButton

_CLEAR = "#00000000"
_RADIUS = 7.5


class _Name(Button):
    """The month in words, in the colour of what is chosen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent=parent)
        set_role(self, "strong")

    def colours(self, tokens: Tokens) -> Colours:
        return Colours(_CLEAR, _CLEAR, tokens.primary, tokens.line)


class MonthSwitcher(QWidget):
    """`changed(first day of the month)`; never later than the present month."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._month = clock.today().replace(day=1)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Mois")
        self.before = GhostButton(icon="chevron-left", accessible="Mois précédent", parent=self)
        self.name = _Name(self)
        self.after = GhostButton(icon="chevron-right", accessible="Mois suivant", parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(2)
        for part in (self.before, self.name, self.after):
            row.addWidget(part)
        self.before.clicked.connect(self.go_before)
        self.after.clicked.connect(self.go_after)
        self.name.clicked.connect(self.go_now)
        theme().changed.connect(self._show)
        self._show()

    def month(self) -> date:
        return self._month

    def write(self, month: date) -> None:
        """Show a month without a word to anybody."""
        self._month = min(month, clock.today()).replace(day=1)
        self._show()

    def go_before(self) -> None:
        self._go((self._month - timedelta(1)).replace(day=1))

    def go_after(self) -> None:
        self._go((self._month + timedelta(32)).replace(day=1))

    def go_now(self) -> None:
        self._go(clock.today().replace(day=1))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        moves = {Qt.Key.Key_PageUp: self.go_before, Qt.Key.Key_PageDown: self.go_after, Qt.Key.Key_Home: self.go_now}
        move = moves.get(Qt.Key(event.key()))
        if move is None:
            super().keyPressEvent(event)
        else:
            move()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        tokens, painter = theme().tokens, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QPainterPath()
        frame.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        painter.fillPath(frame, QColor(tokens.surface))
        middle = QRectF(self.name.x() - 1, 1, self.name.width() + 2, self.height() - 2)
        painter.fillRect(middle, QColor(tokens.primary_tint))
        painter.setPen(QPen(QColor(tokens.control), 1))
        painter.drawPath(frame)
        painter.setPen(QPen(QColor(tokens.line), 1))
        for at in (middle.left(), middle.right()):
            painter.drawLine(round(at), 1, round(at), self.height() - 2)

    def _go(self, month: date) -> None:
        if month > clock.today() or month == self._month:
            return
        self._month = month
        self._show()
        self.changed.emit(month)

    def _show(self) -> None:
        words = french.month_name(self._month).capitalize()
        self.name.set_label(words)
        self.name.setToolTip("Revenir au mois en cours")
        self.after.setEnabled((self._month + timedelta(32)).replace(day=1) <= clock.today())
        self.before.setFixedHeight(self.name.sizeHint().height() + 2)
        self.after.setFixedHeight(self.name.sizeHint().height() + 2)
