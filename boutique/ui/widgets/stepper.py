"""The phases of a journey as bars that fill; each can be opened with the mouse or the keyboard."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from boutique.ui.theme.manager import theme


@dataclass(frozen=True, slots=True)
class Phase:
    """`done` from 0 to 1."""

    key: str
    label: str
    done: float = 0.0


class _Bar(QAbstractButton):
    def __init__(self, phase: Phase, *, current: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.write(phase, current=current)

    def write(self, phase: Phase, *, current: bool) -> None:
        self.phase, self._current = phase, current
        state = "phase en cours" if current else f"{round(phase.done * 100)} %"
        self.setAccessibleName(f"{phase.label}, {state}")
        self.setToolTip(f"{phase.label} · {state}")
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        text = QFontMetrics(theme().font("small"))
        return QSize(theme().px(40), theme().px(6 + 6 + 4) + text.height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        tokens, px, painter = theme().tokens, theme().px, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bar = QRectF(0, px(2), self.width(), px(6))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.line))
        painter.drawRoundedRect(bar, px(3), px(3))
        if self.phase.done > 0:
            painter.setClipRect(QRectF(0, 0, self.width() * min(1.0, self.phase.done), self.height()))
            painter.setBrush(QColor(tokens.primary))
            painter.drawRoundedRect(bar, px(3), px(3))
            painter.setClipping(False)
        painter.setFont(theme().font("small_strong" if self._current else "small"))
        strong = self._current or self.underMouse()
        painter.setPen(QColor(tokens.ink if strong else tokens.muted))
        box = QRectF(0, px(11), self.width(), self.height() - px(11))
        text = painter.fontMetrics().elidedText(self.phase.label, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, text)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.primary), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)


class Stepper(QWidget):
    """`chosen(key)` when a phase is pressed; arrows move between phases."""

    chosen = Signal(str)

    def __init__(self, phases: Sequence[Phase] = (), current: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Parcours")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self._bars: list[_Bar] = []
        self.write(phases, current)

    def write(self, phases: Sequence[Phase], current: str) -> None:
        """The same bars serve again: they keep the focus, and their place in the order of Tab."""
        if len(phases) == len(self._bars):
            for bar, phase in zip(self._bars, phases, strict=True):
                bar.write(phase, current=phase.key == current)
            return
        for bar in self._bars:
            self._row.removeWidget(bar)
            bar.hide()
            bar.deleteLater()
        self._bars = [_Bar(phase, current=phase.key == current, parent=self) for phase in phases]
        for bar in self._bars:
            bar.clicked.connect(self._pressed)
            self._row.addWidget(bar)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        here = next((n for n, bar in enumerate(self._bars) if bar.hasFocus()), None)
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None and here is not None and 0 <= here + step < len(self._bars):
            self._bars[here + step].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().keyPressEvent(event)

    def _pressed(self) -> None:
        bar = self.sender()
        if isinstance(bar, _Bar):
            self.chosen.emit(bar.phase.key)
