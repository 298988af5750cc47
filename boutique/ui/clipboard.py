"""Copying a person's phone or e-mail: gone from the clipboard after half a minute. Used by the file and lists."""

from functools import cache

from PySide6.QtCore import QByteArray, QMimeData, QObject, QTimer
from PySide6.QtGui import QGuiApplication

KEPT_SECONDS = 30
# What tells the clipboard histories of Windows, KDE and macOS to leave this entry out.
_HINTS = (
    ("x-kde-passwordManagerHint", b"secret"),
    ("application/x-qt-windows-mime;value=\"ExcludeClipboardContentFromMonitorProcessing\"", b"1"),
    ("org.nspasteboard.ConcealedType", b"1"),
)  # fmt: skip


class PersonalClipboard(QObject):
    """One per application: copies, and clears what is still ours when the time has come."""

    def __init__(self) -> None:
        super().__init__()
        self._copied = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEPT_SECONDS * 1000)
        self._timer.timeout.connect(self.clear)
        if (application := QGuiApplication.instance()) is not None:
            application.aboutToQuit.connect(self.clear)

    def copy(self, text: str) -> None:
        content = QMimeData()
        content.setText(text)
        for name, value in _HINTS:
            content.setData(name, QByteArray(value))
        QGuiApplication.clipboard().setMimeData(content)
        self._copied = text
        self._timer.start()

    def clear(self) -> None:
        """Forget the copy, unless something else was copied meanwhile; also called when locking and quitting."""
        self._timer.stop()
        if self._copied and QGuiApplication.clipboard().text() == self._copied:
            QGuiApplication.clipboard().clear()
        self._copied = ""


@cache
def personal_clipboard() -> PersonalClipboard:
    return PersonalClipboard()
