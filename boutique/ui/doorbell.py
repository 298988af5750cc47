"""How a second window asks the first one to come to the front. Loaded by name: it needs Qt's network module."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_ANSWER_MS = 1000
_RING = b"show"


class Doorbell(QObject):
    """`rung` when another window of the same user, on the same base, asked for this one."""

    rung = Signal()

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        QLocalServer.removeServer(name)  # left by a killed window: the lock, which is ours, says so
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._heard)
        self._server.listen(name)

    def close(self) -> None:
        """Nobody answers any more."""
        self._server.close()

    def _heard(self) -> None:
        connection = self._server.nextPendingConnection()
        connection.disconnected.connect(connection.deleteLater)
        self.rung.emit()


def ring(name: str) -> bool:
    """Ask the first window to come to the front; False when it does not answer."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(_ANSWER_MS):
        return False
    socket.write(_RING)
    answered = socket.waitForBytesWritten(_ANSWER_MS)
    socket.disconnectFromServer()
    return bool(answered)
