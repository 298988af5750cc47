"""The encrypted base: opening it safely and handing out units of work to the services."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from boutique.core import files
from boutique.core.errors import UserError
from boutique.storage import engine_errors
from boutique.storage.connection import open_file, refuse_foreign

_BEGIN = "boutique_begin"


class Database:
    """One encrypted file. `session()` writes, `reader()` reads; both translate what the disk refuses."""

    def __init__(self, path: Path, key: bytes, *, create: bool = False, unordered: bool = False) -> None:
        """`create` allows a new file; `unordered` makes the engine shuffle rows nobody ordered (tests)."""
        refuse_foreign(path, create=create)
        self.path = path
        self.key = key
        self.read_only = not files.writable(path.parent) or _protected(path)
        self._unordered = unordered
        self.engine = create_engine(
            "sqlite://",
            creator=self._connect,
            module=dbapi2,
            poolclass=QueuePool,
            pool_size=2,
            max_overflow=4,
            hide_parameters=True,  # an error must never carry what was typed
        )
        event.listen(self.engine, "begin", _begin)
        self._read = sessionmaker(self.engine, expire_on_commit=False)
        self._immediate = self.engine.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"})
        self.writing = sessionmaker(self._immediate, expire_on_commit=False)
        with self.raw():  # opens now, so that whatever is wrong is said now
            pass

    def __repr__(self) -> str:
        return f"<Database {self.path.name}>"

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A unit of work: committed at the end, wholly undone on any error. Locks other writers out."""
        if self.read_only:
            raise UserError(engine_errors.READ_ONLY)
        with engine_errors.explained(self.path), self.writing.begin() as session:
            yield session

    @contextmanager
    def reader(self) -> Iterator[Session]:
        """A consistent view of the base; writing through it is a bug, and the engine refuses it."""
        with engine_errors.explained(self.path, bug_if_written=not self.read_only), self._read() as session:
            yield session

    @contextmanager
    def raw(self) -> Iterator[Any]:
        """The driver's own connection, outside any transaction: pragmas, checks, backups."""
        with engine_errors.explained(self.path):
            pooled = self.engine.raw_connection()
            try:
                pooled.driver_connection.execute("PRAGMA query_only=" + ("on" if self.read_only else "off"))  # type: ignore[union-attr]
                yield pooled.driver_connection
            finally:
                pooled.close()

    @contextmanager
    def migration(self) -> Iterator[Connection]:
        """One transaction for a schema change, foreign keys off: rebuilding a table would erase its children."""
        with engine_errors.explained(self.path), self._immediate.connect() as connection:
            # The pragma is ignored inside a transaction, so it comes before BEGIN.
            connection.connection.execute("PRAGMA foreign_keys=off")
            try:
                with connection.begin():
                    yield connection
            finally:
                connection.invalidate()

    def close(self) -> None:
        """Fold the write-ahead log into the file and let go; what cannot be folded now is safe in the log."""
        if not self.read_only:
            with suppress(UserError), self.raw() as connection:
                connection.execute("PRAGMA optimize")
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        self.engine.dispose()

    def _connect(self) -> Any:
        connection = open_file(self.path, self.key, read_only=self.read_only)
        if self._unordered:
            connection.execute("PRAGMA reverse_unordered_selects=on")
        return connection


def _protected(path: Path) -> bool:
    return path.exists() and not os.access(path, os.W_OK)


def _begin(connection: Connection) -> None:
    """Writers lock at once: a reader that turns writer fails as soon as somebody else has written."""
    begin = connection.get_execution_options().get(_BEGIN, "BEGIN")
    connection.exec_driver_sql("PRAGMA query_only=" + ("on" if begin == "BEGIN" else "off"))
    connection.exec_driver_sql(begin)
