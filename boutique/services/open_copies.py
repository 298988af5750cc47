"""Readable copies of documents while another program shows them: private, nameless, wiped when the base closes.

They lie in a folder of the system's temporary one, open to this user alone, under random names: recent-file lists learn
no name. A crash leaves them; the next start of the window finds the folder by its name and wipes it.
"""

import hashlib
import os
import secrets
import stat
import tempfile
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from boutique.core import files
from boutique.core.errors import UserError

_READ_ONLY = stat.S_IRUSR
_BLOCK = 1024 * 1024
_UNSAFE = (
    "Le dossier temporaire de l’ordinateur n’est pas sûr : un autre utilisateur y a pris la place de Boutique. "
    "Utilisez « Enregistrer sous… »."
)


@dataclass(frozen=True, slots=True)
class Copy:
    """One document shown elsewhere; `mark` is what its file was like when it was written."""

    attachment_id: uuid.UUID
    path: Path
    mark: tuple[int, int]
    watched: bool = True


class OpenCopies:
    """Those of one base."""

    def __init__(self, root: Path) -> None:
        self._name = f"boutique-{hashlib.sha256(os.fsencode(root.absolute())).hexdigest()[:16]}"
        self._open: dict[uuid.UUID, Copy] = {}

    @property
    def folder(self) -> Path:
        return Path(tempfile.gettempdir()) / self._name

    def make(
        self, attachment_id: uuid.UUID, extension: str, write: Callable[[BinaryIO], None], *, watched: bool = True
    ) -> Path:
        """Write a copy that can only be read; the one already open is given again. `watched`: see `changed`."""
        known = self._open.get(attachment_id)
        if known is not None and known.path.exists():
            return known.path
        with files.explained(self.folder):
            folder = self._private_folder() / secrets.token_hex(8)
            folder.mkdir(mode=0o700)
            path = folder / f"document-{secrets.token_hex(3)}{'.' if extension else ''}{extension}"
            try:
                with path.open("xb") as stream:
                    write(stream)
                path.chmod(_READ_ONLY)
            except BaseException:
                _wipe_folder(folder)
                raise
            self._open[attachment_id] = Copy(attachment_id, path, _mark(path), watched)
        return path

    def is_open(self, attachment_id: uuid.UUID) -> bool:
        return attachment_id in self._open

    @property
    def count(self) -> int:
        return len(self._open)

    def changed(self) -> tuple[Copy, ...]:
        """Copies that the other program wrote over, in spite of being read-only."""
        return tuple(
            copy
            for copy in self._open.values()
            if copy.watched and copy.path.exists() and _mark(copy.path) != copy.mark
        )

    def drop(self, attachment_id: uuid.UUID) -> bool:
        """Wipe one copy; False when the other program still holds it, and it will be tried again."""
        copy = self._open.get(attachment_id)
        if copy is None or not _wipe_folder(copy.path.parent):
            return copy is None
        del self._open[attachment_id]
        return True

    def wipe(self) -> bool:
        """Wipe every copy, and what an earlier run left; False when something could not go yet."""
        self._open.clear()
        if not _is_ours(self.folder):
            return True
        done = [_wipe_folder(folder) for folder in self.folder.iterdir()]
        with suppress(OSError):
            self.folder.rmdir()
        return all(done)

    def _private_folder(self) -> Path:
        with suppress(FileExistsError):
            self.folder.mkdir(mode=0o700)
        if not _is_ours(self.folder):
            raise UserError(_UNSAFE)
        return self.folder


def _is_ours(folder: Path) -> bool:
    """A real folder of this user that nobody else may enter."""
    try:
        found = folder.lstat()
    except OSError:
        return False
    if not stat.S_ISDIR(found.st_mode):
        return False
    return os.name != "posix" or (found.st_uid == os.getuid() and not found.st_mode & 0o077)


def _wipe_folder(folder: Path) -> bool:
    """Write over the files of a folder, then remove it. Another program may have left its own beside the copy."""
    for path in sorted(folder.rglob("*"), reverse=True):
        with suppress(OSError):
            if path.is_dir() and not path.is_symlink():
                path.rmdir()
                continue
            if path.is_file() and not path.is_symlink():
                _write_over(path)
            path.unlink()
    with suppress(OSError):
        folder.rmdir()
    return not folder.exists()


def _write_over(path: Path) -> None:
    path.chmod(stat.S_IRUSR | stat.S_IWUSR)
    left = path.stat().st_size
    with path.open("r+b") as stream:
        while left > 0:
            left -= stream.write(bytes(min(left, _BLOCK)))
        stream.flush()
        os.fsync(stream.fileno())


def _mark(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_mtime_ns, found.st_size
