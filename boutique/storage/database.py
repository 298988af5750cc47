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
from boutique.storage.key_file import KEY_LENGTH

OLDEST_SAFE_SQLITE = (3, 51, 3)  # older ones may corrupt a write-ahead log that is reset while being read
BUSY_SECONDS = 5.0
_PLAIN_HEADER = b"SQLite format 3\x00"
_PAGE = 4096
_BEGIN = "boutique_begin"

_PRAGMAS = (
    "journal_mode=wal",
    "synchronous=full",
    "foreign_keys=on",
    f"busy_timeout={int(BUSY_SECONDS * 1000)}",
    "cache_size=-16384",  # 16 MiB a connection: more gained little at 10,000 files and weighed on small laptops
    "temp_store=memory",
    "trusted_schema=off",
    "secure_delete=on",
    "journal_size_limit=67108864",
)
_READING_PRAGMAS = (*(p for p in _PRAGMAS if not p.startswith("journal_")), "query_only=on")


class Database:
    """One encrypted file. `session()` writes, `reader()` reads; both translate what the disk refuses."""

    def __init__(self, path: Path, key: bytes, *, create: bool = False, unordered: bool = False) -> None:
        """`create` allows a new file; `unordered` makes the engine shuffle rows nobody ordered (tests)."""
        _refuse_foreign(path, create=create)
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


def open_file(path: Path, key: bytes, *, read_only: bool = False) -> Any:
    """A driver connection to an encrypted file, with every pragma set and every protection verified."""
    if len(key) != KEY_LENGTH:
        raise ValueError("the key of a base has 32 bytes")
    connection = dbapi2.connect(
        _address(path, read_only=read_only),
        timeout=BUSY_SECONDS,
        isolation_level=None,  # we say BEGIN: the driver's implicit one breaks atomic migrations
        check_same_thread=False,
        uri=True,
    )
    try:
        connection.execute("PRAGMA cipher_log_level=none")
        connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # a wrong key shows here
        for pragma in _READING_PRAGMAS if read_only else _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").fetchall()
        _verify(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _protected(path: Path) -> bool:
    return path.exists() and not os.access(path, os.W_OK)


def _address(path: Path, *, read_only: bool) -> str:
    address = path.absolute().as_uri()
    if not read_only:
        return address
    log = path.with_name(path.name + "-wal")
    # Without a log nothing can change under us; with one, the engine must still read it.
    pending = log.exists() and log.stat().st_size > 0
    return address + ("?mode=ro" if pending else "?mode=ro&immutable=1")


def _verify(connection: Any) -> None:
    """Fail closed: a build without cipher accepts a key and writes in clear."""
    if connection.execute("PRAGMA cipher_version").fetchone() is None:
        raise UserError("Le moteur de base installé ne chiffre pas : réinstallez Boutique. Rien n’a été ouvert.")
    if dbapi2.sqlite_version_info < OLDEST_SAFE_SQLITE:
        raise UserError("Le moteur de base installé est trop ancien pour être sûr : réinstallez Boutique.")
    if connection.execute("PRAGMA temp_store").fetchone()[0] != 2:
        raise UserError("Le moteur de base écrirait des données en clair sur le disque : réinstallez Boutique.")


def _refuse_foreign(path: Path, *, create: bool) -> None:
    """Anything that is not our own encrypted file is left untouched, and nothing is created over it."""
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise UserError(
            f"« {path.name} » n’est pas un fichier de base Boutique. Rien n’a été modifié. "
            "Remettez le vrai fichier ou restaurez une sauvegarde."
        )
    if not path.exists():
        if create and path.parent.is_dir() and not path.with_name(path.name + "-wal").exists():
            return
        raise UserError(
            "La base n’est plus à son emplacement habituel ; aucune nouvelle base n’a été créée. "
            "Rebranchez le disque ou la clé USB, remettez le dossier en place ou restaurez une sauvegarde."
        )
    try:
        with path.open("rb") as stream:
            header = stream.read(_PAGE)
    except OSError as error:
        raise UserError(engine_errors.UNREACHABLE) from error
    if not header:
        raise UserError("Le fichier de la base est vide. Rien n’a été modifié. Restaurez une sauvegarde.")
    if header.startswith(_PLAIN_HEADER):
        raise UserError(
            "Ce fichier est une base non chiffrée, pas une base Boutique. Il n’a pas été modifié. "
            "Remettez le vrai fichier ou restaurez une sauvegarde."
        )
    if len(header) < _PAGE:
        raise UserError(engine_errors.DAMAGED)  # the engine would take a few bytes for an empty base and write over


def _begin(connection: Connection) -> None:
    """Writers lock at once: a reader that turns writer fails as soon as somebody else has written."""
    begin = connection.get_execution_options().get(_BEGIN, "BEGIN")
    connection.exec_driver_sql("PRAGMA query_only=" + ("on" if begin == "BEGIN" else "off"))
    connection.exec_driver_sql(begin)
