"""What the database engine complains about, told to the user: used by every session and every opening.

Knows SQLAlchemy's errors by what they carry: importing it would make the first search of the day wait.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2

from boutique.core import files
from boutique.core.errors import UserError

_NO_ROOM_LEFT = 1024 * 1024  # an engine that cannot create its 32 KiB index says "I/O error", not "full"

FULL = (
    "Il n’y a plus de place sur le disque : rien n’a été enregistré, ce qui l’était déjà est intact. "
    "Libérez de l’espace, puis recommencez."
)
READ_ONLY = (
    "La base est en lecture seule : on peut la consulter, rien ne peut y être enregistré. "
    "Déplacez le dossier à un endroit où vous pouvez écrire."
)
PROTECTED = (
    "La base refuse d’être modifiée : son fichier est protégé ou abîmé. Rien n’a été enregistré. "
    "Lancez la vérification de la base dans les réglages."
)
BUSY = (
    "Un autre programme utilise la base en ce moment. Rien n’a été enregistré. "
    "Fermez l’autre fenêtre de Boutique ou attendez un instant, puis recommencez."
)
DAMAGED = (
    "La base est abîmée : une partie du fichier ne se lit plus. Rien n’a été modifié. "
    "Restaurez la dernière sauvegarde vérifiée ; le fichier abîmé sera gardé."
)
DISK = (
    "Le disque ne répond pas correctement : rien n’a été enregistré. Vérifiez qu’il est bien branché, puis recommencez."
)
WRONG_KEY = (
    "Cette clé n’ouvre pas la base, ou le fichier de la base est abîmé. Rien n’a été modifié. "
    "Vérifiez que la base et son fichier de clé vont ensemble, ou restaurez une sauvegarde."
)
UNREACHABLE = (
    "La base ne peut pas être ouverte à cet endroit. "
    "Vérifiez que le dossier existe, que la clé USB ou le réseau est branché et que vous y avez accès."
)

_SENTENCES = {
    "SQLITE_FULL": FULL,
    "SQLITE_READONLY": READ_ONLY,
    "SQLITE_BUSY": BUSY,
    "SQLITE_LOCKED": BUSY,
    "SQLITE_PROTOCOL": BUSY,
    "SQLITE_CORRUPT": DAMAGED,
    "SQLITE_NOTADB": WRONG_KEY,
    "SQLITE_IOERR": DISK,
    "SQLITE_CANTOPEN": UNREACHABLE,
    "SQLITE_PERM": UNREACHABLE,
    "SQLITE_AUTH": UNREACHABLE,
}


def code(error: BaseException) -> str:
    """Primary result code of the engine, without its extension; empty when the error is not the engine's."""
    cause = getattr(error, "orig", None) or error  # SQLAlchemy's errors carry the driver's
    if not isinstance(cause, dbapi2.Error):
        return ""
    name = str(getattr(cause, "sqlite_errorname", ""))
    return "_".join(name.split("_")[:2])


@contextmanager
def explained(path: Path, *, bug_if_written: bool = False) -> Iterator[None]:
    """Raise a sentence for the user in the place of what the engine says about an outside cause."""
    try:
        yield
    except Exception as error:
        if bug_if_written and code(error) == "SQLITE_READONLY":
            raise  # writing through a reader is our doing, not the disk's
        told = translated(error, path)
        if told is None:
            raise
        raise told from error


def translated(error: BaseException, path: Path) -> UserError | None:
    """The sentence for an outside cause (disk, lock, damage); None for anything else: our bug."""
    cause = code(error)
    if cause in ("SQLITE_IOERR", "SQLITE_CANTOPEN") and _without_room(path):
        cause = "SQLITE_FULL"
    if cause == "SQLITE_READONLY" and files.writable(path.parent):
        return UserError(PROTECTED)  # the engine also says so of a base whose pages were altered
    sentence = _SENTENCES.get(cause)
    return UserError(sentence) if sentence else None


def _without_room(path: Path) -> bool:
    try:
        return path.exists() and files.free_bytes(path.parent) < _NO_ROOM_LEFT
    except OSError:
        return False
