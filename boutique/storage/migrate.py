"""Bringing an older base to the schema of this program, wholly or not at all. Called at each opening."""

import importlib

from sqlalchemy import Connection

from boutique.core import files
from boutique.core.errors import UserError
from boutique.core.paths import DataFolder
from boutique.storage import backup, engine_errors, schema
from boutique.storage.database import Database

REASON = "avant mise à jour"
_ROOM_FACTOR = 3


def upgrade(database: Database, folder: DataFolder) -> bool:
    """True when the schema changed. An up-to-date base costs one query; a newer one is refused untouched."""
    with database.raw() as connection:
        found = schema.current(connection)
        empty = found is None and not connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
    if found == schema.head():
        return False
    _refuse_unknown(found, empty=empty)
    if database.read_only:
        raise UserError(
            "Cette base doit être mise à jour, mais son dossier est en lecture seule. Rien n’a été modifié. "
            "Déplacez le dossier à un endroit où vous pouvez écrire."
        )
    if not empty:
        _require_room(database)
        backup.make(database, folder, REASON)
    # By name: alembic takes 150 ms to import, and most openings change nothing.
    alembic_run = importlib.import_module("boutique.storage.alembic_run")
    with database.migration() as sql:
        alembic_run.upgrade(sql)
        _require_whole(sql)
    return True


def _refuse_unknown(found: str | None, *, empty: bool) -> None:
    if found is None and not empty:
        raise UserError(
            "Ce fichier est chiffré avec la bonne clé mais n’est pas une base Boutique. Il n’a pas été modifié. "
            "Remettez le vrai fichier ou restaurez une sauvegarde."
        )
    if found is not None and found not in schema.versions():
        raise UserError(
            "Cette base a été enregistrée par une version plus récente de Boutique. Elle n’a pas été modifiée. "
            "Mettez l’application à jour pour l’ouvrir."
        )


def _require_room(database: Database) -> None:
    if files.free_bytes(database.path.parent) < _ROOM_FACTOR * database.path.stat().st_size:
        raise UserError(
            "Il n’y a pas assez de place pour mettre la base à jour. Elle est intacte. "
            "Libérez de l’espace sur le disque, puis recommencez."
        )


def _require_whole(sql: Connection) -> None:
    if sql.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
        raise UserError(engine_errors.DAMAGED)
