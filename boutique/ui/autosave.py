"""When to keep what is being typed: after a pause, and now and then while typing goes on. Used by every form."""

from PySide6.QtCore import QObject, QTimer, Signal

_PAUSE, _LONGEST = 1_500, 4_500  # with the writing itself, under 2 s and 5 s


class Autosave(QObject):
    """Call `touch` at each change; `due` says that it is time to keep them."""

    due = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pause, self._longest = QTimer(self), QTimer(self)
        for timer, delay in ((self._pause, _PAUSE), (self._longest, _LONGEST)):
            timer.setSingleShot(True)
            timer.setInterval(delay)
            timer.timeout.connect(self.flush)

    @property
    def pending(self) -> bool:
        return self._pause.isActive()

    def touch(self) -> None:
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()

    def flush(self) -> None:
        """Keep now what has not been: the focus leaves, the view is left, the timer has run out."""
        waiting = self._pause.isActive() or self._longest.isActive() or self.sender() in (self._pause, self._longest)
        self.forget()
        if waiting:
            self.due.emit()

    def forget(self) -> None:
        """Nothing more to keep: it was saved, or given up."""
        self._pause.stop()
        self._longest.stop()
