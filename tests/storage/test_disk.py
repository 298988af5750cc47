"""Full disks and read-only media: nothing lost, nothing said to be saved that is not, reading goes on."""

import errno
import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlcipher3 import dbapi2

from boutique.core import files
from boutique.core.errors import UserError
from boutique.storage import engine_errors
from boutique.storage.database import Database
from tests.storage.conftest import KEY
from tests.storage.notes import CANARY, add, plain, words


def sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def fill(base: Database) -> int:
    """Write until the disk says no; how many were said to be saved."""
    for number in range(1000):
        try:
            add(base, f"{number}" + "x" * 5000)
        except UserError:
            return number
    raise AssertionError("the disk never filled up")


def test_a_full_base_keeps_what_it_had_and_works_again(tmp_path: Path) -> None:
    base = plain(tmp_path / "b.db")
    add(base, "avant")
    with base.raw() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages + 1}")
    with pytest.raises(UserError, match="plus de place"):
        add(base, "x" * 100_000)
    assert words(base) == ["avant"]
    base.engine.dispose()
    add(base, "après")
    assert words(base) == ["avant", "après"]
    base.close()


def test_a_full_disk_loses_nothing_and_saving_works_again(small_disk: Callable[[int], Path]) -> None:
    disk = small_disk(1024)
    ballast = disk / "ballast"
    ballast.write_bytes(b"x" * 400_000)
    base = plain(disk / "b.db")
    saved = fill(base)
    assert saved > 10
    assert len(words(base)) == saved
    with pytest.raises(UserError, match="plus de place"):
        add(base, "x" * 100_000)
    ballast.unlink()
    add(base, "y" * 100_000)
    assert len(words(base)) == saved + 1
    base.close()
    again = Database(disk / "b.db", KEY)
    assert len(words(again)) == saved + 1
    again.close()


def test_opening_on_a_disk_without_one_byte_left_says_so(small_disk: Callable[[int], Path]) -> None:
    disk = small_disk(256)
    base = plain(disk / "b.db")
    add(base, "avant")
    base.close()
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as stream, suppress(OSError):
        while stream.write(b"x" * 512):
            pass
    with pytest.raises(UserError, match="plus de place"):
        Database(disk / "b.db", KEY)
    ballast.unlink()
    again = Database(disk / "b.db", KEY)
    assert words(again) == ["avant"]
    again.close()


@pytest.mark.parametrize("pending", [False, True])
def test_a_read_only_medium_opens_for_reading(
    tmp_path: Path, read_only_disk: Callable[[Path], None], *, pending: bool
) -> None:
    disk = tmp_path / "clé usb"
    disk.mkdir()
    base = plain(disk / "b.db")
    add(base, CANARY)
    if not pending:
        base.close()
    read_only_disk(disk)
    reading = Database(disk / "b.db", KEY)
    assert reading.read_only
    assert words(reading) == [CANARY]
    with pytest.raises(UserError, match="lecture seule"):
        add(reading, "x")
    reading.close()
    base.engine.dispose()


def test_a_protected_file_opens_for_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "b.db"
    base = plain(path)
    add(base, CANARY)
    base.close()
    path.chmod(0o444)
    monkeypatch.setattr(os, "access", lambda *_arguments: False)  # root may write anything
    reading = Database(path, KEY)
    assert reading.read_only
    assert words(reading) == [CANARY]
    reading.close()
    assert [found.name for found in tmp_path.iterdir()] == ["b.db"]


def test_a_folder_without_the_right_to_write_opens_for_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "b.db"
    base = plain(path)
    add(base, CANARY)
    base.close()
    before = sha(path)
    monkeypatch.setattr(files, "writable", lambda _folder: False)
    reading = Database(path, KEY)
    assert reading.read_only
    assert words(reading) == [CANARY]
    with pytest.raises(UserError, match="lecture seule"), reading.session():
        pass
    with pytest.raises(UserError, match="lecture seule"), reading.reader() as session:
        session.execute(text("INSERT INTO note(words) VALUES ('a')"))
    reading.close()
    assert sha(path) == before
    assert [found.name for found in tmp_path.iterdir()] == ["b.db"]


def test_a_disk_that_vanished_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base = plain(tmp_path / "b.db")

    def gone(_folder: Path) -> int:
        raise OSError(errno.EIO, "gone")

    monkeypatch.setattr(files, "free_bytes", gone)
    error = dbapi2.OperationalError("disk I/O error")
    error.sqlite_errorname = "SQLITE_IOERR"
    told = engine_errors.translated(error, base.path)
    assert "Vérifiez qu’il est bien branché" in str(told)
    base.close()
