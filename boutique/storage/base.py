"""Opening a base from end to end, in the only safe order; called by services."""

from boutique.core import files
from boutique.core.paths import DataFolder, make_private
from boutique.storage import migrate, restore
from boutique.storage.database import Database


def create_base(folder: DataFolder, key: bytes, *, unordered: bool = False) -> Database:
    """A new, empty base at the present schema; the key comes from `keys.create`."""
    with files.explained(folder.database):
        make_private(folder.root)
    database = Database(folder.database, key, create=True, unordered=unordered)
    return _upgraded(database, folder)


def open_base(folder: DataFolder, key: bytes, *, unordered: bool = False) -> Database:
    """The base, after finishing an interrupted restoration and bringing it to the present schema."""
    if files.writable(folder.root):
        files.purge_leftovers(folder.root)
        restore.finish(folder)
    database = Database(folder.database, key, unordered=unordered)
    return _upgraded(database, folder)


def _upgraded(database: Database, folder: DataFolder) -> Database:
    try:
        migrate.upgrade(database, folder)
    except BaseException:
        database.close()
        raise
    return database
