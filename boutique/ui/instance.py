"""One window a base: the second one learns it at once and can bring the first to the front. Used by the app."""

from pathlib import Path

from PySide6.QtCore import QCryptographicHash, QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_ANSWER_MS = 1000
_SHOW = b"show"


class Instance(QObject):
    """Holds the lock of a data folder; `show_requested` when another window asked for this one."""

    show_requested = Signal()

    def __init__(self, lock_file: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = QLockFile(str(lock_file))
        self._lock.setStaleLockTime(0)
        self._name = _server_name(lock_file)
        self._server: QLocalServer | None = None

    def take(self) -> bool:
        """True when this window is the first on its base; a lock left by a killed one is taken over."""
        if not self._lock.tryLock(0):
            return False
        QLocalServer.removeServer(self._name)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._heard)
        self._server.listen(self._name)
        return True

    def show_first(self) -> bool:
        """Ask the first window to come to the front; False when it does not answer."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_ANSWER_MS):
            return False
        socket.write(_SHOW)
        answered = socket.waitForBytesWritten(_ANSWER_MS)
        socket.disconnectFromServer()
        return bool(answered)

    def release(self) -> None:
        """Let another window take this base."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self._lock.unlock()

    def _heard(self) -> None:
        if self._server is None:
            return
        connection = self._server.nextPendingConnection()
        connection.disconnected.connect(connection.deleteLater)
        self.show_requested.emit()


def _server_name(lock_file: Path) -> str:
    digest = QCryptographicHash.hash(str(lock_file).encode(), QCryptographicHash.Algorithm.Sha256)
    return "boutique-" + bytes(digest.toHex().data()).decode()[:16]
