"""Files that are either wholly there or not at all, and French words for what a disk may answer.

Used by storage (key file, backups), exports (documents, workbooks) and settings.
"""

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from boutique.core.errors import UserError

LEFTOVER_PREFIX = ".boutique-"
LEFTOVER_SUFFIX = ".tmp"
LOW_SPACE = 500 * 1024 * 1024  # under this the user is warned

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ETXTBSY}
_ABSENT = {errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO, errno.ESTALE}


def write_atomically(path: Path, data: bytes) -> None:
    """The whole of `data` under `path`, or the file as it was: never a half file, even if the power goes."""
    with explained(path), replacement(path) as temporary:
        temporary.write_bytes(data)


@contextmanager
def replacement(path: Path) -> Iterator[Path]:
    """A temporary file in the same folder that replaces `path` at the end, or disappears on error."""
    handle, name = tempfile.mkstemp(prefix=LEFTOVER_PREFIX, suffix=LEFTOVER_SUFFIX, dir=path.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        sync_file(temporary)
        temporary.replace(path)
        sync_folder(path.parent)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def sync_file(path: Path) -> None:
    """Wait until the content of a file is on the disk."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until a name created or replaced in a folder is on the disk (Windows has no such call)."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what the system refuses about `path` into a sentence for the user."""
    try:
        yield
    except OSError as error:
        raise UserError(refusal(error, path)) from error


def refusal(error: OSError, path: Path) -> str:
    """French sentence for a system error about a file: what happened, what to do."""
    name, folder = path.name, path.parent
    if error.errno in _NO_ROOM:
        return f"Il n’y a plus de place pour écrire « {name} ». Libérez de l’espace, puis réessayez."
    if error.errno in _FORBIDDEN:
        return (
            f"Impossible d’écrire « {name} » : le dossier « {folder} » est en lecture seule ou le fichier "
            "est ouvert dans un autre programme. Fermez-le ou choisissez un autre dossier."
        )
    if error.errno in _ABSENT:
        return (
            f"Le dossier « {folder} » n’est pas accessible (supprimé, clé USB retirée, réseau coupé). "
            "Choisissez un autre dossier ou rebranchez-le."
        )
    if error.errno == errno.ENAMETOOLONG:
        return "Ce nom de fichier est trop long. Choisissez un nom plus court."
    if error.errno == errno.EISDIR:
        return f"« {name} » est un dossier. Choisissez un autre nom de fichier."
    return f"Le disque n’a pas pu enregistrer « {name} ». Vérifiez le disque ou choisissez un autre dossier."


def free_bytes(folder: Path) -> int:
    """Room left on the disk of a folder (or of its nearest existing parent)."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return shutil.disk_usage(folder).free


def writable(folder: Path) -> bool:
    """True when a file can really be created there: permission bits say nothing about a read-only medium."""
    try:
        with tempfile.NamedTemporaryFile(prefix=LEFTOVER_PREFIX, suffix=LEFTOVER_SUFFIX, dir=folder):
            return True
    except OSError as error:
        # A full disk refuses too, yet reading, and writing once there is room, must go on as usual.
        return error.errno in _NO_ROOM


def purge_leftovers(folder: Path) -> int:
    """Remove what an interrupted write left behind; returns how many files went."""
    removed = 0
    for leftover in folder.glob(f"{LEFTOVER_PREFIX}*{LEFTOVER_SUFFIX}*"):
        with suppress(OSError):
            leftover.unlink()
            removed += 1
    return removed


def ending_with(path: Path, suffix: str) -> Path:
    """The path that was chosen, with the suffix (« .pdf ») that its name lacks."""
    return path if path.suffix.lower() == suffix else path.with_name(f"{path.name}{suffix}")
