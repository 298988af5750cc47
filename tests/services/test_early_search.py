"""What a base answers before it is open for work, on real encrypted files: the same as later, or nothing at all."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import boutique.migrations
from boutique.core.paths import DataFolder
from boutique.services import base_key, search
from boutique.services.base_key import FirstTry
from boutique.services.early_search import EarlySearch
from boutique.services.workspace import open_workspace
from boutique.storage import keys, schema
from boutique.storage.key_file import WrongSecret
from tests.services.conftest import MemoryKeychain
from tests.storage import next_version
from tests.storage.conftest import read_only_disk

__all__ = ["read_only_disk"]

Change = Callable[[DataFolder], None]


@pytest.fixture
def folder(tmp_path: Path, demo_base: tuple[Path, MemoryKeychain], monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    """A copy of sixty fictitious files that the keychain opens."""
    monkeypatch.setattr(base_key, "system_keychain", lambda: demo_base[1])
    shutil.copytree(demo_base[0], tmp_path / "base")
    return DataFolder(tmp_path / "base")


@pytest.fixture
def early(folder: DataFolder) -> Iterator[EarlySearch]:
    made = EarlySearch(folder, FirstTry(folder, None))
    yield made
    made.close()


def content(folder: DataFolder) -> dict[str, bytes]:
    return {str(one.relative_to(folder.root)): one.read_bytes() for one in folder.root.rglob("*") if one.is_file()}


def names(early: EarlySearch) -> list[str]:
    """A word that everybody answers to."""
    found = early.find("2026-", 5)
    return [hit.name for hit in found or ()]


def test_what_is_found_is_what_is_found_once_the_base_is_open(
    early: EarlySearch, folder: DataFolder, demo_base: tuple[Path, MemoryKeychain]
) -> None:
    (someone, *_) = early.find("2026-", 1) or ()
    slip = someone.last_name[:2] + someone.last_name[3:]
    asked = ["2026-", "a", someone.name, slip, someone.phone, "boulang", "frévent", "martin", "zzzzzzzz", "", '"(']
    before = [early.find(typed, 30) for typed in asked]
    early.close()
    opened = open_workspace(folder, keychain=demo_base[1])
    assert before == [opened.read(search.find, opened.index, typed, 30) for typed in asked]
    assert len(before[0] or ()) == 30
    opened.close()


def test_searching_leaves_no_trace_in_the_folder(early: EarlySearch, folder: DataFolder) -> None:
    before = content(folder)
    assert names(early)
    assert content(folder) == before
    early.close()
    assert content(folder) == before


def test_a_folder_that_can_only_be_read_is_searched(
    early: EarlySearch, folder: DataFolder, read_only_disk: Callable[[Path], None]
) -> None:
    read_only_disk(folder.root)
    assert names(early)


def test_the_base_opens_for_work_while_it_is_being_searched(
    early: EarlySearch, folder: DataFolder, demo_base: tuple[Path, MemoryKeychain]
) -> None:
    before = names(early)
    opened = open_workspace(folder, keychain=demo_base[1])
    assert names(early) == before
    early.close()
    opened.close()
    assert not folder.database.with_name("boutique.db-wal").exists()


def test_nothing_is_read_any_more_once_closed(early: EarlySearch) -> None:
    assert names(early)
    early.close()
    assert early.find("2026-", 5) is None


def test_closed_before_it_was_asked_anything_it_opens_nothing(early: EarlySearch) -> None:
    early.close()
    assert early.find("2026-", 5) is None


def test_once_the_key_was_taken_the_base_is_somebody_else_s(folder: DataFolder) -> None:
    first_try = FirstTry(folder, None)
    assert len(first_try.take()) == 32
    assert EarlySearch(folder, first_try).find("2026-", 5) is None


def test_a_wrong_passphrase_finds_nothing_and_is_still_said(folder: DataFolder, tmp_path: Path) -> None:
    phrase = tmp_path / "phrase.txt"
    phrase.write_text("une autre phrase", "utf-8")
    keys.set_passphrase(folder, FirstTry(folder, None).take(), "girafe tuba lampe dimanche")
    first_try = FirstTry(folder, phrase)
    assert EarlySearch(folder, first_try).find("2026-", 5) is None
    with pytest.raises(WrongSecret):
        first_try.take()


def _waiting(folder: DataFolder) -> None:
    shutil.copyfile(folder.database, folder.waiting_copy(1))


def _logged(folder: DataFolder) -> None:
    folder.database.with_name("boutique.db-wal").write_bytes(b"x" * 100)


def _journaled(folder: DataFolder) -> None:
    folder.database.with_name("boutique.db-journal").write_bytes(b"")


def _gone(folder: DataFolder) -> None:
    folder.database.unlink()


def _linked(folder: DataFolder) -> None:
    folder.database.rename(folder.root / "ailleurs.db")
    folder.database.symlink_to(folder.root / "ailleurs.db")


def _empty(folder: DataFolder) -> None:
    folder.database.write_bytes(b"")


def _garbage(folder: DataFolder) -> None:
    folder.database.write_bytes(os.urandom(40_960))


def _plain(folder: DataFolder) -> None:
    folder.database.write_bytes(b"SQLite format 3\x00" + bytes(8_176))


def _cut(folder: DataFolder) -> None:
    folder.database.write_bytes(folder.database.read_bytes()[: 4096 * 3 + 100])


def _damaged(folder: DataFolder) -> None:
    """The first page alone is sound."""
    whole = folder.database.read_bytes()
    folder.database.write_bytes(whole[:4096] + bytes(len(whole) - 4096))


def _keyless(folder: DataFolder) -> None:
    folder.key_file.unlink()


@pytest.mark.parametrize(
    "change",
    [_waiting, _logged, _journaled, _gone, _linked, _empty, _garbage, _plain, _cut, _damaged, _keyless],
)
def test_of_anything_unusual_nothing_is_said_and_nothing_is_touched(folder: DataFolder, change: Change) -> None:
    change(folder)
    before = content(folder)
    early = EarlySearch(folder, FirstTry(folder, None))
    assert early.find("2026-", 5) is None
    assert early.find("2026-", 5) is None
    early.close()
    assert content(folder) == before


def test_a_base_of_an_older_version_waits_for_its_update(
    early: EarlySearch, folder: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boutique.migrations, "__path__", [str(next_version.write(tmp_path))])
    schema.versions.cache_clear()
    try:
        before = content(folder)
        assert early.find("2026-", 5) is None
        assert content(folder) == before
    finally:
        monkeypatch.undo()
        schema.versions.cache_clear()


def test_a_search_needs_nothing_that_is_slow_to_import() -> None:
    script = (
        "import sys, boutique.ui.search_popup, boutique.ui.early_search\n"
        "slow = {'sqlalchemy', 'alembic', 'boutique.models', 'boutique.forms', 'boutique.rules', 'rapidfuzz',"
        " 'phonenumbers', 'keyring', 'openpyxl', 'reportlab', 'boutique.services.workspace'}\n"
        "print(sorted(slow & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
