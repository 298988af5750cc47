"""One answer among a few, all visible (Oui / Non / À vérifier); arrows move, a second press takes it back."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from boutique.ui.theme.manager import set_role, theme
from boutique.ui.theme.tokens import Tokens
from boutique.ui.widgets.button import Button, Colours

_CLEAR = "#00000000"


class _Segment(Button):
    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent=parent)
        self.setCheckable(True)
        set_role(self, "body")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._weigh)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for the heavier words it will show once chosen, so that nothing moves."""
        plain = super().sizeHint()
        return QSize(plain.width() + theme().px(8), plain.height() + theme().px(3))

    def colours(self, tokens: Tokens) -> Colours:
        base = super().colours(tokens)
        if self.isChecked() and self.isEnabled():
            return Colours(tokens.primary_tint, _CLEAR, tokens.primary, tokens.line)
        return Colours(base.fill, _CLEAR, base.ink, tokens.line)

    def paint_frame(self, painter: QPainter, colours: Colours) -> None:
        holder = self.parentWidget()
        if holder is None:
            return
        inside = QPainterPath()
        frame = QRectF(holder.rect()).adjusted(1, 1, -1, -1).translated(-self.x(), -self.y())
        inside.addRoundedRect(frame, 6.5, 6.5)
        part = QPainterPath()
        part.addRect(QRectF(self.rect()))
        painter.fillPath(inside.intersected(part), QColor(colours.fill))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme().tokens.primary), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 5, 5)

    def _weigh(self, checked: bool) -> None:  # noqa: FBT001 - slot
        set_role(self, "strong" if checked else "body")


class Segmented(QWidget):
    """`read()` gives the value chosen or None; `write(value)` chooses without emitting `changed`."""

    changed = Signal(object)

    def __init__(
        self,
        options: Sequence[tuple[Any, str]],
        *,
        accessible: str = "",
        optional: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._values = [value for value, _ in options]
        self._optional = optional
        self._chosen: Any = None
        self.setAccessibleName(accessible)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(1)
        for number, (_, text) in enumerate(options):
            segment = _Segment(text, self)
            segment.setAccessibleName(f"{accessible} : {text}" if accessible else text)
            self._group.addButton(segment, number)
            row.addWidget(segment)
        self._group.idClicked.connect(self._clicked)
        self._show()

    def read(self) -> Any:
        return self._chosen

    def write(self, value: Any) -> None:
        self._chosen = value if value in self._values else None
        self._show()

    def set_text(self, number: int, text: str) -> None:
        """Other words for an answer, such as how many lines it would show."""
        segment, name = self._group.button(number), self.accessibleName()
        assert isinstance(segment, _Segment)
        segment.set_label(text)
        segment.setAccessibleName(f"{name} : {text}" if name else text)

    def take_focus(self) -> None:
        """The keyboard goes to the chosen segment, or the first."""
        at = self._values.index(self._chosen) if self._chosen in self._values else 0
        self._group.button(at).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}.get(
            Qt.Key(event.key())
        )
        if step is None:
            super().keyPressEvent(event)
            return
        here = next((n for n, button in enumerate(self._group.buttons()) if button.hasFocus()), 0)
        there = min(max(0, here + step), len(self._values) - 1)
        self._group.button(there).setFocus(Qt.FocusReason.OtherFocusReason)
        if self._chosen != self._values[there]:
            self._choose(there)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        tokens, painter = theme().tokens, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QPainterPath()
        frame.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        painter.fillPath(frame, QColor(tokens.surface))
        painter.setPen(QPen(QColor(tokens.control if self.isEnabled() else tokens.line), 1))
        painter.drawPath(frame)
        painter.setPen(QPen(QColor(tokens.line), 1))
        for button in self._group.buttons()[1:]:
            painter.drawLine(button.x() - 1, 1, button.x() - 1, self.height() - 2)

    def _clicked(self, number: int) -> None:
        again = self._chosen == self._values[number]
        self._choose(None if again and self._optional else number)

    def _choose(self, number: int | None) -> None:
        self._chosen = None if number is None else self._values[number]
        self._show()
        self.changed.emit(self._chosen)

    def _show(self) -> None:
        """One stop for the Tab key: the chosen segment, or the first."""
        at = self._values.index(self._chosen) if self._chosen in self._values else None
        for number, button in enumerate(self._group.buttons()):
            button.setChecked(number == at)
            stop = number == (at or 0)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if stop else Qt.FocusPolicy.ClickFocus)
