"""Putting a backup in the place of the base, in two steps that survive a power cut; the replaced base is kept."""

import shutil
from pathlib import Path

from boutique.core import files
from boutique.core.errors import UserError
from boutique.core.paths import DataFolder, make_private
from boutique.storage import backup as backups
from boutique.storage import key_file, schema
from boutique.storage.backup import Backup

_REPLACED = "bases-remplacees"


def restore(folder: DataFolder, key: bytes, backup: Backup) -> Path:
    """Verify, copy, then swap; the base must be closed. Returns the folder that keeps the replaced base."""
    backups.verify(backup, key)
    if backup.schema is not None and backup.schema not in schema.versions():
        raise UserError(
            "Cette sauvegarde a été faite par une version plus récente de Boutique. Rien n’a été changé : "
            "mettez l’application à jour, puis restaurez-la."
        )
    attempt = _next_attempt(folder)
    pending = folder.waiting_copy(attempt)
    with files.explained(pending), files.replacement(pending) as copy:
        shutil.copyfile(backup.path, copy)
        backups.verify_copy_of(backup, copy, key)
    # From here on the copy is whole and on the disk: a start that finds it finishes the work.
    finish(folder)
    return folder.root / _REPLACED / str(attempt)


def finish(folder: DataFolder) -> bool:
    """Swap a waiting copy in. Called before every opening, it does nothing when none is waiting."""
    pending = max(folder.waiting_copies(), key=_attempt, default=None)
    if pending is None:
        return False
    aside = folder.root / _REPLACED / str(_attempt(pending))
    with files.explained(folder.database):
        make_private(aside.parent)
        make_private(aside)
        # The log goes with the base it belongs to: left beside the restored one, it would undo the restoration.
        for suffix in ("", "-wal", "-shm", "-journal"):
            old = folder.database.with_name(folder.database.name + suffix)
            if old.exists():
                old.replace(aside / old.name)
        files.sync_folder(aside)
        files.sync_folder(folder.root)
        pending.replace(folder.database)
        files.sync_folder(folder.root)
    return True


def anything_kept(folder: DataFolder) -> bool:
    """Whether a replaced base or a waiting copy lies beside the base."""
    return (folder.root / _REPLACED).exists() or bool(folder.waiting_copies())


def restore_key_file(folder: DataFolder) -> None:
    """Put back the newest copy of a lost or damaged key file; a sound one is never touched."""
    if folder.key_file.exists():
        try:
            key_file.read(folder)
        except UserError:
            pass
        else:
            return
    for backup in backups.listed(folder):
        if backup.key_copy.exists():
            with files.explained(folder.key_file):
                if folder.key_file.exists():
                    folder.key_file.replace(folder.key_file.with_suffix(".key-abimee"))
                files.write_atomically(folder.key_file, backup.key_copy.read_bytes())
            return
    raise UserError("Aucune sauvegarde ne contient de copie du fichier de clé. Cherchez « boutique.key ».")


def _attempt(pending: Path) -> int:
    return int(pending.stem.rpartition("-")[2])


def _next_attempt(folder: DataFolder) -> int:
    done = [int(kept.name) for kept in (folder.root / _REPLACED).glob("*") if kept.name.isdigit()]
    waiting = [_attempt(pending) for pending in folder.waiting_copies()]
    return 1 + max([*done, *waiting], default=0)
