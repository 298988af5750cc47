"""Signs of work in progress: a spinner, and a floating card with progress and « Annuler »."""

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QRectF, QSize, QTimer, Signal
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from boutique.ui.theme.manager import set_look, theme
from boutique.ui.widgets.button import Button
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.progress_bar import ProgressBar

_SHOWN_AFTER = 100
_DETAILED_AFTER = 1_000
_TURN = 900


class Spinner(QWidget):
    def __init__(self, *, size: int = 18, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Travail en cours")
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(40)
        self._timer.timeout.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        side = theme().px(self._size)
        return QSize(side, side)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        self._clock.start()
        self._timer.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        self._timer.stop()
        super().hideEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        tokens, painter = theme().tokens, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        painter.setPen(QPen(QColor(tokens.line), 2))
        painter.drawEllipse(box)
        painter.setPen(QPen(QColor(tokens.primary), 2))
        turned = self._clock.elapsed() % _TURN if self._clock.isValid() else 0
        painter.drawArc(box, round(-turned / _TURN * 360 * 16), 100 * 16)


class BusyOverlay(QFrame):
    """Floats over the bottom of its parent and blocks nothing; seen after 100 ms, with progress after 1 s."""

    cancelled = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        set_look(self, surface="popup")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 10, 8)
        row.setSpacing(10)
        self._text = Label(role="medium")
        self._bar = ProgressBar()
        self._bar.setFixedWidth(160)
        self._cancel = Button("Annuler", hint="Échap")
        self._cancel.clicked.connect(self.cancelled)
        for part in (Spinner(), self._text, self._bar, self._cancel):
            row.addWidget(part)
        self._long = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SHOWN_AFTER)
        self._soon.timeout.connect(self._appear)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_DETAILED_AFTER)
        self._later.timeout.connect(self._detail)
        parent.installEventFilter(self)
        self.hide()

    def begin(self, text: str, *, cancellable: bool = False) -> None:
        """`cancellable` work shows its progress and « Annuler » once it lasts."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self._long = cancellable
        self._bar.write(0)
        self._bar.hide()
        self._cancel.hide()
        self._soon.start()
        self._later.start()

    def step(self, done: int, total: int) -> None:
        self._bar.write(done / total if total else 0)

    def end(self) -> None:
        self._soon.stop()
        self._later.stop()
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Resize and watched is self._over:
            self._place()
        return super().eventFilter(watched, event)

    def _appear(self) -> None:
        self.show()
        self._place()

    def _detail(self) -> None:
        self._bar.setVisible(self._long)
        self._cancel.setVisible(self._long)
        self._place()

    def _place(self) -> None:
        if self.isHidden():
            return
        self.adjustSize()
        over = self._over.rect()
        self.move((over.width() - self.width()) // 2, over.height() - self.height() - 16)
        self.raise_()
