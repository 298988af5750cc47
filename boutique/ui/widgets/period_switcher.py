"""The month or the year looked at, with the ones before and after; PageUp and PageDown move, Home comes back."""

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
    """The period in words, in the colour of what is chosen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent=parent)
        set_role(self, "strong")

    def colours(self, tokens: Tokens) -> Colours:
        return Colours(_CLEAR, _CLEAR, tokens.primary, tokens.line)


class PeriodSwitcher(QWidget):
    """`changed(first day of the period)`; never later than the present one."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._month = clock.today().replace(day=1)
        self._yearly = False
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.before = GhostButton(icon="chevron-left", parent=self)
        self.name = _Name(self)
        self.after = GhostButton(icon="chevron-right", parent=self)
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

    @property
    def yearly(self) -> bool:
        return self._yearly

    def month(self) -> date:
        """First day of the month looked at, which a year remembers."""
        return self._month

    def start(self) -> date:
        """First day of the period."""
        return self._month.replace(month=1) if self._yearly else self._month

    def write(self, month: date) -> None:
        """Show a period without a word to anybody."""
        self._month = min(month, clock.today()).replace(day=1)
        self._show()

    def set_yearly(self, yearly: bool) -> None:  # noqa: FBT001 - slot
        """Whole years rather than months."""
        if yearly != self._yearly:
            self._yearly = yearly
            self._show()
            self.changed.emit(self.start())

    def go_before(self) -> None:
        self._go(self._beside(-1))

    def go_after(self) -> None:
        self._go(self._beside(1))

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

    def _beside(self, step: int) -> date:
        """The same month of another year, at the latest the present month; or the month beside."""
        if self._yearly:
            return min(self._month.replace(year=self._month.year + step), clock.today().replace(day=1))
        return (self._month + timedelta(32 if step > 0 else -1)).replace(day=1)

    def _go(self, month: date) -> None:
        if month > clock.today() or month == self._month:
            return
        self._month = month
        self._show()
        self.changed.emit(self.start())

    def _show(self) -> None:
        kind, gender = ("Année", "e") if self._yearly else ("Mois", "")
        self.setAccessibleName(kind)
        self.before.setAccessibleName(f"{kind} précédent{gender}")
        self.after.setAccessibleName(f"{kind} suivant{gender}")
        words = str(self._month.year) if self._yearly else french.month_name(self._month).capitalize()
        self.name.set_label(words)
        self.name.setToolTip("Revenir à l’année en cours" if self._yearly else "Revenir au mois en cours")
        today = clock.today()
        now = today.replace(month=1, day=1) if self._yearly else today.replace(day=1)
        self.after.setEnabled(self.start() < now)
        self.before.setFixedHeight(self.name.sizeHint().height() + 2)
        self.after.setFixedHeight(self.name.sizeHint().height() + 2)
