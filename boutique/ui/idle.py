"""Notices that nobody has touched the keyboard or the mouse for a while, so that the window locks itself."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

_TOUCHES = frozenset((QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel))


class IdleWatch(QObject):
    """`idle` after `minutes` without a touch; 0 minutes switches it off.

    Keys and mouse reach a window before any widget of it. Watching the application instead would bring every event of
    every widget to Python: two thousand of them when a file is opened.
    """

    idle = Signal()

    def __init__(self, minutes: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(minutes * 60_000)
        self._timer.timeout.connect(self.idle)
        self._on = minutes > 0
        if self._on:
            _application().focusWindowChanged.connect(self._watch)
            self._watch(QGuiApplication.focusWindow())
            self._timer.start()

    def stop(self) -> None:
        """Nothing to lock any more."""
        self._timer.stop()
        if not self._on:
            return
        self._on = False
        _application().focusWindowChanged.disconnect(self._watch)
        for window in QGuiApplication.allWindows():
            window.removeEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() in _TOUCHES:
            self._timer.start()
        return False

    def _watch(self, window: QWindow | None) -> None:
        """A dialog that opens is a window of its own. Asked for twice, Qt watches once."""
        if window is not None:
            window.installEventFilter(self)


def _application() -> QGuiApplication:
    application = QGuiApplication.instance()
    assert isinstance(application, QGuiApplication)
    return application
