"""A search answered at the start, before what opens the base for work is imported. Used by the search field.

It reads, by a connection of its own, a base that has nothing unusual about it; of any other it says nothing, and
whoever opens the base for work says why. It is over as soon as somebody does.
"""

from threading import Lock
from typing import Any

from sqlcipher3 import dbapi2

from boutique.core.errors import UserError
from boutique.core.paths import DataFolder
from boutique.services.base_key import FirstTry
from boutique.services.search import Hit, look
from boutique.storage import schema
from boutique.storage.connection import open_file
from boutique.storage.reference import reference
from boutique.storage.search import Search


class EarlySearch:
    """Opens the base at the first question; `close` from any thread, as soon as nothing may be read any more."""

    def __init__(self, folder: DataFolder, first_try: FirstTry) -> None:
        self._folder = folder
        self._first_try: FirstTry | None = first_try
        self._search, self._lock = Search(), Lock()
        self._connection: Any = None
        self._over = False

    def find(self, typed: str, limit: int) -> tuple[Hit, ...] | None:
        """As `search.find`; None when that must wait for the base to be open for work."""
        known, first_try = reference(), self._first_try
        key = first_try.peek() if first_try is not None else None
        with self._lock:
            if self._over or key is None:
                return None
            try:
                if self._connection is None:
                    self._connection = _opened(self._folder, key)
                return look(self._connection, known, self._search, typed, limit)
            except (dbapi2.Error, UserError, OSError, _Unusual):
                self._end()
                return None

    def close(self) -> None:
        """Let go of the base and of the names read."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        connection, self._connection, self._over = self._connection, None, True
        self._first_try = None  # it may hold the key
        self._search.forget()
        if connection is not None:
            connection.close()


class _Unusual(Exception):  # noqa: N818 - not an error: another road is taken
    """The base needs something before it can be read."""


def _opened(folder: DataFolder, key: bytes) -> Any:
    base = folder.database
    beside = [base.with_name(base.name + suffix) for suffix in ("-wal", "-journal")]
    # With a log, reading would create its index: then the base is opened for work first.
    if base.is_symlink() or not base.is_file() or any(one.exists() for one in beside) or folder.waiting_copies():
        raise _Unusual
    connection = open_file(base, key, read_only=True)
    try:
        if schema.current(connection) != schema.head():
            raise _Unusual
    except BaseException:
        connection.close()
        raise
    return connection
