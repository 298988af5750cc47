"""The driver's own connection to an encrypted file. For the database, backups, and a search before the rest is loaded.

Imports nothing that is slow to import.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2

from boutique.core.errors import UserError
from boutique.storage import engine_errors
from boutique.storage.key_file import KEY_LENGTH

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

OLDEST_SAFE_SQLITE = (3, 51, 3)  # older ones may corrupt a write-ahead log that is reset while being read
BUSY_SECONDS = 5.0
_PLAIN_HEADER = b"SQLite format 3\x00"
_PAGE = 4096

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


def refuse_foreign(path: Path, *, create: bool) -> None:
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


def under(session: "Session") -> Any:
    """The driver's connection that a session works with, in the session's transaction."""
    return session.connection().connection.driver_connection
