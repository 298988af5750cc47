"""Restoring: the log never undoes it, the replaced base is kept, a power cut at any step only delays it."""

import os
from pathlib import Path

import pytest
from sqlalchemy import text

from boutique.core.errors import UserError
from boutique.core.paths import DataFolder
from boutique.storage import backup, key_file, keys, restore, schema
from boutique.storage.base import create_base, open_base
from boutique.storage.database import Database
from tests.storage.conftest import KEY
from tests.storage.test_backup import remember


def names(base: Database) -> list[str]:
    with base.reader() as session:
        return list(session.scalars(text("SELECT name FROM setting ORDER BY name")))


@pytest.fixture
def saved(folder: DataFolder) -> backup.Backup:
    """A base with « un », backed up, to which « deux » was added, left open by a killed program: its log is full."""
    base = create_base(folder, KEY)
    remember(base, "un")
    made = backup.make(base, folder, "essai")
    remember(base, "deux")
    log = folder.database.with_name("boutique.db-wal")
    left = (folder.database.read_bytes(), log.read_bytes())
    base.close()
    folder.database.write_bytes(left[0])
    log.write_bytes(left[1])
    return made


def test_the_log_left_by_a_killed_program_does_not_undo_it(folder: DataFolder, saved: backup.Backup) -> None:
    restore.restore(folder, KEY, saved)
    base = open_base(folder, KEY)
    assert names(base) == ["un"]
    base.close()


def test_the_replaced_base_is_kept_with_its_log(folder: DataFolder, saved: backup.Backup) -> None:
    kept = restore.restore(folder, KEY, saved)
    base = Database(kept / "boutique.db", KEY)
    assert names(base) == ["deux", "un"]
    base.close()
    again = restore.restore(folder, KEY, saved)
    assert again != kept


@pytest.mark.parametrize("step", range(1, 5))
def test_a_power_cut_at_any_step_is_made_up_for_at_the_next_start(
    folder: DataFolder, saved: backup.Backup, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    replace = Path.replace
    done: list[str] = []

    def cut(self: Path, target: str | os.PathLike[str]) -> Path:
        done.append(self.name)
        if len(done) == step:
            raise KeyboardInterrupt
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", cut)
    with pytest.raises(KeyboardInterrupt):
        restore.restore(folder, KEY, saved)
    monkeypatch.undo()
    base = open_base(folder, KEY)
    # Before the copy is whole nothing has happened; after that, it always ends restored.
    assert names(base) == (["deux", "un"] if step == 1 else ["un"])
    base.close()
    assert not list(folder.root.glob("restauration-*"))
    assert not list(folder.root.glob(".boutique-*"))


def test_an_altered_backup_changes_nothing(folder: DataFolder, saved: backup.Backup) -> None:
    content = bytearray(saved.path.read_bytes())
    content[9000] ^= 1
    saved.path.write_bytes(content)
    before = folder.database.read_bytes()
    with pytest.raises(UserError, match="abîmée"):
        restore.restore(folder, KEY, saved)
    assert folder.database.read_bytes() == before
    base = open_base(folder, KEY)
    assert names(base) == ["deux", "un"]
    base.close()


def test_a_backup_of_a_newer_program_is_refused(
    folder: DataFolder, saved: backup.Backup, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "versions", dict)
    with pytest.raises(UserError, match="version plus récente"):
        restore.restore(folder, KEY, saved)


def test_a_lost_base_comes_back(folder: DataFolder, saved: backup.Backup) -> None:
    folder.database.unlink()
    folder.database.with_name("boutique.db-wal").unlink()
    restore.restore(folder, KEY, saved)
    base = open_base(folder, KEY)
    assert names(base) == ["un"]
    base.close()


@pytest.mark.parametrize("damage", [None, b"rien"])
def test_a_lost_or_damaged_key_file_comes_back(folder: DataFolder, damage: bytes | None) -> None:
    key, code = keys.create(folder, keychain=None, passphrase="phrase d’essai")
    base = create_base(folder, key)
    backup.make(base, folder, "essai")
    base.close()
    sound = folder.key_file.read_bytes()
    restore.restore_key_file(folder)
    assert folder.key_file.read_bytes() == sound
    folder.key_file.unlink()
    if damage is not None:
        folder.key_file.write_bytes(damage)
    restore.restore_key_file(folder)
    assert keys.open_key(folder, keychain=None, recovery_code=code) == key


def test_without_any_copy_of_the_key_file_it_is_told(folder: DataFolder) -> None:
    with pytest.raises(UserError, match="copie du fichier de clé"):
        restore.restore_key_file(folder)
    with pytest.raises(UserError):
        key_file.read(folder)
