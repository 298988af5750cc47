"""Files written whole or not at all, and the sentences for what a disk refuses."""

import errno
import os
import stat
import tempfile
from pathlib import Path

import pytest

from boutique.core import files
from boutique.core.errors import UserError


def test_a_file_is_replaced_whole_and_stays_private(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    files.write_atomically(path, b"un")
    files.write_atomically(path, b"deux")
    assert path.read_bytes() == b"deux"
    assert path.stat().st_mode & 0o077 == 0
    assert [found.name for found in tmp_path.iterdir()] == ["a.bin"]


@pytest.mark.parametrize("step", ["write_bytes", "replace"])
def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"avant")

    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(Path, step, full)
    with pytest.raises(UserError, match="plus de place"):
        files.write_atomically(path, b"apres")
    monkeypatch.undo()
    assert path.read_bytes() == b"avant"
    assert [found.name for found in tmp_path.iterdir()] == ["a.bin"]


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="clé USB retirée"):
        files.write_atomically(tmp_path / "absent" / "a.bin", b"x")


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    place = tmp_path / "dossier"
    place.mkdir()
    with pytest.raises(UserError, match="est un dossier"):
        files.write_atomically(place, b"x")
    assert [found.name for found in tmp_path.iterdir()] == ["dossier"]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.EROFS, "lecture seule"),
        (errno.EACCES, "ouvert dans un autre programme"),
        (errno.EDQUOT, "plus de place"),
        (errno.ENAMETOOLONG, "trop long"),
        (errno.EIO, "Vérifiez le disque"),
    ],
)
def test_each_refusal_says_what_to_do(tmp_path: Path, number: int, said: str) -> None:
    assert said in files.refusal(OSError(number, "x"), tmp_path / "a.bin")


def test_room_is_told_even_for_a_folder_to_come(tmp_path: Path) -> None:
    assert files.free_bytes(tmp_path / "à" / "venir") == pytest.approx(files.free_bytes(tmp_path), rel=0.1)


def test_a_folder_is_writable_only_when_a_file_can_be_made_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert files.writable(tmp_path)
    assert not files.writable(tmp_path / "absent")
    assert list(tmp_path.iterdir()) == []
    for number, expected in ((errno.ENOSPC, True), (errno.EROFS, False)):

        def refuse(*_arguments: object, _number: int = number, **_options: object) -> None:
            raise OSError(_number, "x")

        monkeypatch.setattr(tempfile, "NamedTemporaryFile", refuse)
        assert files.writable(tmp_path) is expected


def test_only_our_leftovers_are_removed(tmp_path: Path) -> None:
    for name in (".boutique-a.tmp", ".boutique-b.tmp-wal", "boutique.db", ".autre.tmp"):
        (tmp_path / name).touch()
    assert files.purge_leftovers(tmp_path) == 2
    assert {found.name for found in tmp_path.iterdir()} == {"boutique.db", ".autre.tmp"}


def test_the_content_is_on_the_disk_before_the_name_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def synced(handle: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "content")
        fsync(handle)

    def renamed(self: Path, target: Path) -> Path:
        done.append("name")
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", renamed)
    files.write_atomically(tmp_path / "a.bin", b"x")
    assert done == ["content", "name", "folder"]


def test_a_system_without_folder_sync_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "name", "nt")
    monkeypatch.setattr(os, "open", None)
    files.sync_folder(tmp_path)
    monkeypatch.undo()


@pytest.mark.parametrize(
    ("chosen", "kept"), [("plan.pdf", "plan.pdf"), ("Plan.PDF", "Plan.PDF"), ("plan", "plan.pdf"), ("v1.2", "v1.2.pdf")]
)
def test_a_chosen_name_takes_the_suffix_that_it_lacks(chosen: str, kept: str) -> None:
    assert files.ending_with(Path("sorties") / chosen, ".pdf") == Path("sorties") / kept
