"""Health of the base in sentences: `boutique check` and the settings page show them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from boutique.core import clock, files
from boutique.core.errors import UserError
from boutique.core.paths import DataFolder
from boutique.storage import backup
from boutique.storage.database import Database

_SETTINGS = {"synchronous": 2, "journal_mode": "wal", "temp_store": 2, "secure_delete": 1, "foreign_keys": 1}
_BACKUP_AGE = timedelta(days=7)
_ROOM_FACTOR = 3
HEAVY = 1_000_000_000  # bytes of documents from which backups weigh on the day


class State(StrEnum):
    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at, and what to do about it in French."""

    name: str
    state: State
    sentence: str


def check(database: Database) -> list[Finding]:
    """Look at everything; a check that cannot even run is a finding too."""
    return [_run(name, examine, database) for name, examine in _CHECKS.items()]


def _run(name: str, examine: Callable[[Database], tuple[State, str]], database: Database) -> Finding:
    try:
        state, sentence = examine(database)
    except UserError as error:
        state, sentence = State.PROBLEM, str(error)
    return Finding(name, state, sentence)


def _structure(database: Database) -> tuple[State, str]:
    with database.raw() as connection:
        sound = connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
    if sound:
        return State.OK, "La structure de la base est saine."
    return State.PROBLEM, "La base est abîmée : restaurez la dernière sauvegarde vérifiée."


def _links(database: Database) -> tuple[State, str]:
    with database.raw() as connection:
        broken = len(connection.execute("PRAGMA foreign_key_check").fetchall())
    if not broken:
        return State.OK, "Tous les liens entre les fiches sont valides."
    return State.PROBLEM, f"Liens entre fiches rompus : {broken}. Restaurez une sauvegarde plus ancienne."


def _encryption(database: Database) -> tuple[State, str]:
    with database.raw() as connection:
        if database.read_only:
            return _cipher_verdict(connection)
        # The check reads the main file only: what is still in the log would look like damage.
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        connection.execute("BEGIN IMMEDIATE")
        try:
            log = database.path.with_name(database.path.name + "-wal")
            if log.exists() and log.stat().st_size:
                return State.WARNING, "La base est utilisée : refaites cette vérification dans un instant."
            return _cipher_verdict(connection)
        finally:
            connection.execute("ROLLBACK")


def _cipher_verdict(connection: Any) -> tuple[State, str]:
    version = connection.execute("PRAGMA cipher_version").fetchone()[0]
    if connection.execute("PRAGMA cipher_integrity_check").fetchall():
        return State.PROBLEM, "Des pages chiffrées ont été modifiées : restaurez la dernière sauvegarde vérifiée."
    return State.OK, f"Le fichier est chiffré et aucune page n’a été modifiée (SQLCipher {version})."


def _settings(database: Database) -> tuple[State, str]:
    with database.raw() as connection:
        wrong = [name for name, value in _SETTINGS.items() if _pragma(connection, name) != value]
    if database.read_only:
        wrong = [name for name in wrong if name != "journal_mode"]
    if wrong:
        return State.PROBLEM, f"Réglages du moteur à corriger, réinstallez Boutique : {', '.join(wrong)}."
    return State.OK, "Chaque enregistrement est écrit sur le disque ; rien n’est écrit en clair."


def _erasure(database: Database) -> tuple[State, str]:
    with database.raw() as connection:
        indexes = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%using fts5%'"
        ).fetchall()
        keeping = [name for (name,) in indexes if not _erases(connection, name)]
    if keeping:
        return State.PROBLEM, "L’index de recherche garde des textes effacés : reconstruisez-le."
    return State.OK, "Ce qui est effacé l’est aussi de l’index de recherche."


def _documents(database: Database) -> tuple[State, str]:
    with database.raw() as connection:
        number, size = connection.execute("SELECT count(*), coalesce(sum(size), 0) FROM attachment_content").fetchone()
        # Only lengths are read: the bytes themselves are vouched for by the check of the encryption.
        broken = connection.execute(
            "SELECT count(*) FROM attachment_content AS content WHERE size <> (SELECT coalesce(sum(length(data)), 0)"
            " FROM attachment_chunk WHERE content_id = content.id)"
        ).fetchone()[0]
    if broken:
        return State.PROBLEM, f"Documents joints incomplets : {broken}. Restaurez une sauvegarde plus ancienne."
    if size > HEAVY:
        return State.WARNING, f"Les documents joints pèsent {size // 1_000_000} Mo : les sauvegardes deviennent lentes."
    told = "1 document joint" if number == 1 else f"{number} documents joints"
    return State.OK, f"{told}, {size / 1_000_000:.1f} Mo : rien n’y manque.".replace(".", ",", 1)


def _room(database: Database) -> tuple[State, str]:
    free = files.free_bytes(database.path.parent)
    if free < _ROOM_FACTOR * database.path.stat().st_size:
        return State.PROBLEM, "Il reste trop peu de place pour une sauvegarde ou une mise à jour : libérez-en."
    if free < files.LOW_SPACE:
        return State.WARNING, f"Il ne reste que {free // 1_000_000} Mo sur le disque."
    return State.OK, "Il y a assez de place sur le disque."


def _backup_age(database: Database) -> tuple[State, str]:
    last = backup.latest_verified(DataFolder(database.path.parent))
    if last is None:
        return State.WARNING, "Aucune sauvegarde vérifiée pour l’instant."
    age = clock.now() - last.made_at
    day = clock.local(last.made_at)
    if age < timedelta(0):
        return State.WARNING, f"La dernière sauvegarde est datée du {day:%d/%m/%Y} : vérifiez l’horloge."
    if age >= _BACKUP_AGE:
        return State.PROBLEM, f"La dernière sauvegarde vérifiée date du {day:%d/%m/%Y} : faites-en une."
    return State.OK, f"Dernière sauvegarde vérifiée le {day:%d/%m/%Y à %H h %M}."


def _pragma(connection: Any, name: str) -> Any:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


def _erases(connection: Any, index: str) -> bool:
    # The name comes from the engine's own catalogue.
    row = connection.execute(f"SELECT v FROM \"{index}_config\" WHERE k = 'secure-delete'").fetchone()  # noqa: S608
    return row is not None and int(row[0]) == 1


_CHECKS: dict[str, Callable[[Database], tuple[State, str]]] = {
    "Structure": _structure,
    "Liens": _links,
    "Chiffrement": _encryption,
    "Réglages": _settings,
    "Effacement": _erasure,
    "Documents": _documents,
    "Place": _room,
    "Sauvegarde": _backup_age,
}
