"""One window a base: its lock, taken before anything is shown. Used by the app."""

from pathlib import Path

from PySide6.QtCore import QCryptographicHash, QLockFile


class Instance:
    """Holds the lock of a data folder; one left by a killed window is taken over at once."""

    def __init__(self, lock_file: Path) -> None:
        self._lock = QLockFile(str(lock_file))
        self._lock.setStaleLockTime(0)
        digest = QCryptographicHash.hash(str(lock_file).encode(), QCryptographicHash.Algorithm.Sha256)
        self.name = "boutique-" + bytes(digest.toHex().data()).decode()[:16]

    def take(self) -> bool:
        """True when this window is the first on its base."""
        return bool(self._lock.tryLock(0))

    def release(self) -> None:
        """Let another window take this base."""
        self._lock.unlock()
