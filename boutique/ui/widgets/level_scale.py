"""Five levels with their wording, one of them chosen: by the mouse, by the keys 1 to 5 and by the arrows."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QSizePolicy, QWidget

from boutique.ui.theme.manager import theme

_ACROSS, _ALONG, _GAP = 8, 5, 6
_WRAP = int(Qt.TextFlag.TextWordWrap)
_ENOUGH = 560
_ARROWS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_TAKE_BACK = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
# The digits, and what the same keys type without Shift on a French keyboard.
_DIGITS = {sign: rank % 5 + 1 for rank, sign in enumerate("12345&é\"'(")}


class _Level(QAbstractButton):
    """One level: its number, its wording."""

    def __init__(self, number: int, wording: str, accessible: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.number = number
        self.setText(wording)
        self.setCheckable(True)
        self.setAccessibleName(f"{accessible} : {number}, {wording}")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        return self._words(width).height() + 2 * theme().px(_ALONG) + 2

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        width = theme().px(120)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        metrics = QFontMetrics(theme().font("small_strong"))
        longest = max(metrics.horizontalAdvance(word) for word in self.text().split())
        return QSize(longest + self._left() + theme().px(_ACROSS) + 2, metrics.height() + 2 * theme().px(_ALONG))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        # The scale decides what every key does but Space; a button alone would walk away with the arrows.
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        tokens, painter, on = theme().tokens, QPainter(self), self.isChecked()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill = tokens.primary_tint if on else tokens.hover if self.underMouse() else tokens.surface
        edge = tokens.primary if on or self.hasFocus() else tokens.line
        thick = 2.0 if self.hasFocus() else 1.0
        painter.setBrush(QColor(fill))
        painter.setPen(QPen(QColor(edge), thick))
        inset = thick / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 6, 6)
        ink = QColor(tokens.primary if on else tokens.muted)
        painter.setFont(theme().font("small_strong"))
        painter.setPen(ink)
        top = theme().px(_ALONG) + 1
        room = QRect(theme().px(_ACROSS), top, self._left(), self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft, str(self.number))
        painter.setFont(theme().font("small_strong" if on else "small"))
        painter.setPen(QColor(tokens.primary if on else tokens.ink))
        box = QRect(self._left(), top, self.width() - self._left() - theme().px(_ACROSS), self.height() - top)
        painter.drawText(box, _WRAP, self.text())

    def _left(self) -> int:
        digit = QFontMetrics(theme().font("small_strong")).horizontalAdvance("5")
        return theme().px(_ACROSS) + digit + theme().px(_GAP)

    def _words(self, width: int) -> QRect:
        """Room for the heavier words it shows once chosen, so that nothing moves."""
        room = QRect(0, 0, max(width - self._left() - theme().px(_ACROSS), 1), 10_000)
        return QFontMetrics(theme().font("small_strong")).boundingRect(room, _WRAP, self.text())


class LevelScale(QWidget):
    """`read()` gives the level or None. `changed` at each choice, `moved(±1)` for the line above or below."""

    changed = Signal(object)
    moved = Signal(int)
    entered = Signal()

    def __init__(self, levels: Sequence[str], *, accessible: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen: int | None = None
        self.setAccessibleName(accessible)
        self.setAccessibleDescription("De 1 à 5 ; Suppr pour retirer la note")
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(4)
        self.levels = [_Level(number, words, accessible, self) for number, words in enumerate(levels, 1)]
        for level in self.levels:
            self._line.addWidget(level, 1)
            level.clicked.connect(self._clicked)
            level.installEventFilter(self)
        theme().changed.connect(self._arrange)
        self._show()

    def read(self) -> int | None:
        return self._chosen

    def write(self, level: int | None) -> None:
        self._chosen = level
        self._show()

    def take_focus(self) -> None:
        self.levels[(self._chosen or 1) - 1].setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        level = _DIGITS.get(event.text())
        if plain and level is not None:
            self._choose(level)
        elif plain and key in _TAKE_BACK:
            self._choose(None)
        elif plain and key in _ARROWS:
            here = self._chosen or next((one.number for one in self.levels if one.hasFocus()), 1) - _ARROWS[key]
            self._choose(min(max(1, here + _ARROWS[key]), len(self.levels)))
        elif plain and key in _MOVES:
            self.moved.emit(_MOVES[key])
        else:
            super().keyPressEvent(event)

    def eventFilter(self, _watched: object, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QFocusEvent) and event.gotFocus():
            self.entered.emit()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The widest level is enough: they may stand one above the other."""
        return QSize(max(level.minimumSizeHint().width() for level in self.levels), 0)

    def _arrange(self) -> None:
        beside = self.width() >= theme().px(_ENOUGH)
        wanted = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._line.direction() != wanted:
            self._line.setDirection(wanted)
            for level in self.levels:
                policy = level.sizePolicy()
                across = QSizePolicy.Policy.Ignored if beside else QSizePolicy.Policy.Preferred
                policy.setHorizontalPolicy(across)
                level.setSizePolicy(policy)
            self.updateGeometry()

    def _clicked(self) -> None:
        level = self.sender()
        if isinstance(level, _Level):
            self._choose(None if level.number == self._chosen else level.number)

    def _choose(self, level: int | None) -> None:
        self._chosen = level
        self._show()
        self.take_focus()
        self.changed.emit(level)

    def _show(self) -> None:
        """One stop for the Tab key: the level chosen, or the first."""
        for level in self.levels:
            level.setChecked(level.number == self._chosen)
            stop = level.number == (self._chosen or 1)
            level.setFocusPolicy(Qt.FocusPolicy.StrongFocus if stop else Qt.FocusPolicy.ClickFocus)
