"""The packed reference file, unpacked once on this computer and opened read-only; used by `reference`."""

import contextlib
import hashlib
import lzma
import os
import sqlite3
import tempfile
import threading
from pathlib import Path
from typing import Any

from boutique.core.errors import UserError
from boutique.core.paths import cache_folder, resources_folder

_PREFIX = "reference-"


class ReferenceFile:
    """The open file; one thread asks at a time."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._lock = threading.Lock()

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def _rows(self, query: str, parameters: Any = ()) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._connection.execute(query, parameters).fetchall()


def packed_file() -> Path:
    return resources_folder() / "reference" / "reference.sqlite.xz"


def open_reference_file(packed: Path | None = None, cache: Path | None = None) -> sqlite3.Connection:
    """A read-only connection, usable from several threads one at a time."""
    packed = packed or packed_file()
    try:
        content = packed.read_bytes()
    except FileNotFoundError as missing:
        raise UserError(
            "Les données de référence (communes, activités) manquent : réinstallez Boutique, "
            "ou lancez « make reference » si vous l’avez prise à la source."
        ) from missing
    unpacked = (cache or cache_folder()) / f"{_PREFIX}{hashlib.sha256(content).hexdigest()[:8]}.sqlite"
    try:
        return _open_or_unpack(content, unpacked)
    except OSError:
        # No room or no right to write in the cache: these are public facts and small, memory holds them.
        return _in_memory(content)


def _open_or_unpack(content: bytes, unpacked: Path) -> sqlite3.Connection:
    if unpacked.exists():
        try:
            return _read_only(unpacked)
        except sqlite3.DatabaseError:
            unpacked.unlink()  # torn by a crash, or not ours
    _unpack(content, unpacked)
    return _read_only(unpacked)


def _unpack(content: bytes, unpacked: Path) -> None:
    """Write beside then rename, so that a second instance never reads half a file."""
    unpacked.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=_PREFIX, suffix=".tmp", dir=unpacked.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(lzma.decompress(content))
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(unpacked)
    finally:
        temporary.unlink(missing_ok=True)
    for old in unpacked.parent.glob(f"{_PREFIX}*.sqlite"):
        if old != unpacked:
            with contextlib.suppress(OSError):  # still open in an older version of the application
                old.unlink()


def _read_only(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    try:
        whole = connection.execute("SELECT value FROM meta WHERE key = 'communes'").fetchone()
        pages, size = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
        if whole is None or pages * size != path.stat().st_size:
            raise sqlite3.DatabaseError("incomplete reference file")
    except BaseException:
        connection.close()
        raise
    return connection


def _in_memory(content: bytes) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    connection.deserialize(lzma.decompress(content))
    connection.execute("PRAGMA query_only = ON")
    return connection
