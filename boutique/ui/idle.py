"""Notices that nobody has touched the keyboard or the mouse for a while, so that the window locks itself."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

_TOUCHES = frozenset((QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel))


class IdleWatch(QObject):
    """`idle` after `minutes` without a touch; 0 minutes switches it off."""

    idle = Signal()

    def __init__(self, minutes: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(minutes * 60_000)
        self._timer.timeout.connect(self.idle)
        if minutes and (application := QApplication.instance()) is not None:
            application.installEventFilter(self)
            self._timer.start()

    def stop(self) -> None:
        """Nothing to lock any more."""
        self._timer.stop()
        if (application := QApplication.instance()) is not None:
            application.removeEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() in _TOUCHES:
            self._timer.start()
        return False
