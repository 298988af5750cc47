"""Backups: verified when made, refused when altered, thinned out without trusting the clock."""

import json
import os
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from boutique.core import clock, files
from boutique.core.errors import UserError
from boutique.core.paths import DataFolder
from boutique.storage import backup, digest, keys
from boutique.storage.backup import Backup
from boutique.storage.database import Database
from tests.storage.conftest import KEY

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def remember(base: Database, name: str) -> None:
    with base.session() as session:
        session.execute(text("INSERT INTO setting(name, content) VALUES (:n, :n)"), {"n": name})


def at(monkeypatch: pytest.MonkeyPatch, instant: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: instant)


def test_a_backup_is_whole_encrypted_and_described_without_names(base: Database, folder: DataFolder) -> None:
    remember(base, "Zorglubette")
    made = backup.make(base, folder, "essai")
    backup.verify(made, KEY)
    assert backup.latest_verified(folder) == made
    assert made.rows["setting"] == 1
    assert b"Zorglubette" not in made.path.read_bytes() + made.manifest.read_bytes()
    assert "Zorglubette" not in made.path.name
    assert [path.name for path in folder.backups.iterdir() if path.name.startswith(".")] == []


def test_a_backup_carries_the_key_file(folder: DataFolder) -> None:
    key, code = keys.create(folder, keychain=None, passphrase="phrase d’essai")
    base = Database(folder.database, key, create=True)
    made = backup.make(base, folder, "essai")
    base.close()
    elsewhere = DataFolder(folder.root / "ailleurs")
    elsewhere.root.mkdir()
    elsewhere.key_file.write_bytes(made.key_copy.read_bytes())
    assert keys.open_key(elsewhere, keychain=None, recovery_code=code) == key
    assert made.base == keys.base_id(folder)


def test_what_waits_in_the_log_is_in_the_backup(base: Database, folder: DataFolder) -> None:
    remember(base, "un")
    assert folder.database.with_name("boutique.db-wal").stat().st_size > 0
    assert backup.make(base, folder, "essai").rows["setting"] == 1


@pytest.mark.parametrize("position", [0, 5000, -1])
def test_one_changed_bit_is_refused(base: Database, folder: DataFolder, position: int) -> None:
    made = backup.make(base, folder, "essai")
    content = bytearray(made.path.read_bytes())
    content[position] ^= 1
    made.path.write_bytes(content)
    with pytest.raises(UserError, match="abîmée"):
        backup.verify(made, KEY)


def test_an_altered_manifest_is_refused(base: Database, folder: DataFolder) -> None:
    made = backup.make(base, folder, "essai")
    content = json.loads(made.manifest.read_text())
    content["rows"]["person"] = 12
    made.manifest.write_text(json.dumps(content))
    (found,) = backup.listed(folder)
    with pytest.raises(UserError, match="autre base"):
        backup.verify(found, KEY)


def test_the_backup_of_another_base_is_refused(base: Database, folder: DataFolder) -> None:
    made = backup.make(base, folder, "essai")
    with pytest.raises(UserError, match="autre base"):
        backup.verify(made, bytes(32))


def test_a_copy_that_does_not_match_is_not_kept(
    base: Database, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    remember(base, "un")
    take = digest.take
    taken: list[digest.Content] = []

    def twice(connection: object) -> digest.Content:
        content = take(connection)
        taken.append(content)
        return digest.Content({**content.rows, "setting": len(taken)}, content.digest)

    monkeypatch.setattr(digest, "take", twice)
    with pytest.raises(UserError, match="n’a pas été gardée"):
        backup.make(base, folder, "essai")
    assert list(folder.backups.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"\xff", b'{"made_at": "x"}'])
def test_a_file_without_a_sound_manifest_is_not_offered(base: Database, folder: DataFolder, content: bytes) -> None:
    good = backup.make(base, folder, "essai")
    second = backup.make(base, folder, "essai")
    second.manifest.write_bytes(content)
    assert backup.listed(folder) == [good]


def test_a_cut_backup_is_not_offered(base: Database, folder: DataFolder) -> None:
    made = backup.make(base, folder, "essai")
    made.path.write_bytes(made.path.read_bytes()[:-4096])
    assert backup.latest_verified(folder) is None


def test_without_room_the_base_is_intact_and_it_is_told(
    base: Database, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "free_bytes", lambda _folder: 1000)
    with pytest.raises(UserError, match="pas assez de place"):
        backup.make(base, folder, "essai")
    remember(base, "un")


def test_a_base_opened_for_reading_makes_no_backup(
    base: Database, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "read_only", True)
    with pytest.raises(UserError, match="lecture seule"):
        backup.make(base, folder, "essai")
    assert not folder.backups.exists()


def test_a_backup_is_due_after_four_hours_or_when_the_clock_makes_no_sense(
    base: Database, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert backup.due(folder, NOON)
    at(monkeypatch, NOON)
    backup.make(base, folder, "essai")
    assert not backup.due(folder, NOON + timedelta(hours=3))
    assert backup.due(folder, NOON + timedelta(hours=4))
    assert backup.due(folder, NOON - timedelta(days=3650))


def test_backups_are_thinned_out_by_day_week_and_month(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder.backups.mkdir(parents=True)
    for number in range(1000):  # two a day, over 500 days
        _pretend(folder, number, NOON + timedelta(hours=12 * number))
    at(monkeypatch, NOON - timedelta(days=9999))  # the present date plays no part
    before = backup.listed(folder)
    backup.prune(folder)
    kept = backup.listed(folder)
    assert before[:3] == kept[:3]
    days = {clock.local(found.made_at).date() for found in kept}
    months = {(day.year, day.month) for day in days}
    assert len(months) == 12
    assert len({day.isocalendar()[:2] for day in days}) >= 8
    assert 7 <= len(kept) <= 7 + 8 + 12
    assert len(list(folder.backups.iterdir())) == 2 * len(kept)
    backup.prune(folder)
    assert backup.listed(folder) == kept


def test_an_old_backup_stays_when_nothing_newer_exists(folder: DataFolder) -> None:
    folder.backups.mkdir(parents=True)
    _pretend(folder, 1, NOON - timedelta(days=5000))
    assert backup.prune(folder) == []
    assert len(backup.listed(folder)) == 1


def test_a_backup_dated_in_the_future_does_not_push_the_others_out(folder: DataFolder) -> None:
    folder.backups.mkdir(parents=True)
    for number in range(5):
        _pretend(folder, number, NOON + timedelta(days=number))
    _pretend(folder, 5, NOON + timedelta(days=36500))
    _pretend(folder, 6, NOON + timedelta(days=6))
    assert backup.prune(folder) == []
    latest = backup.latest_verified(folder)
    assert latest is not None
    assert latest.sequence == 6


def _pretend(folder: DataFolder, sequence: int, made_at: datetime) -> None:
    """A backup as far as listing and thinning can tell."""
    path = folder.backups / f"boutique-{sequence:05d}.db"
    path.write_bytes(b"x")
    made = Backup(
        path=path, sequence=sequence, made_at=made_at, reason="", base="", schema=None, size=1, sha256="",
        rows={}, digest="",
    )  # fmt: skip
    made.manifest.write_text(json.dumps(backup._plain(made)))


def test_what_is_saved_during_the_copy_does_not_wait_for_its_end_and_is_not_in_it(
    base: Database, folder: DataFolder
) -> None:
    """With documents attached a copy lasts seconds: nobody's save may wait, or fail, meanwhile."""
    with base.session() as session:
        for number in range(120):
            row = {"n": f"gros-{number}", "c": os.urandom(400_000).hex()}
            session.execute(text("INSERT INTO setting(name, content) VALUES (:n, :c)"), row)
    done: list[Backup] = []
    worker = threading.Thread(target=lambda: done.append(backup.make(base, folder, "essai")))
    worker.start()
    sizes, saved = [], 0
    while worker.is_alive():
        remember(base, f"pendant-{saved}")
        saved += 1
        sizes.append(sum(path.stat().st_size for path in folder.backups.glob(".boutique-*")))
    worker.join()
    (made,) = done
    backup.verify(made, KEY)
    assert made.rows["setting"] < 120 + saved
    assert any(0 < size < made.size for size in sizes), "a save ended while the copy was growing"
