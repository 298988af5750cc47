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
        """False when another window works on this base. A folder that cannot be written has no lock to take."""
        return bool(self._lock.tryLock(0)) or self._lock.error() != QLockFile.LockError.LockFailedError

    @property
    def held(self) -> bool:
        """Whether the lock is really ours."""
        return self._lock.isLocked()

    def release(self) -> None:
        """Let another window take this base."""
        self._lock.unlock()
