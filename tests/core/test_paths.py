"""Where the files of a base live, on whatever computer."""

import os
import stat
import sys
from pathlib import Path

import pytest

from boutique.core import paths
from boutique.core.paths import DataFolder, cache_folder, data_folder, make_private, resources_folder


def test_the_folder_asked_for_comes_before_the_environment_and_the_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert data_folder().root.name == "boutique"
    monkeypatch.setenv("BOUTIQUE_DATA", str(tmp_path / "une clé"))
    assert data_folder().root == tmp_path / "une clé"
    assert data_folder(tmp_path / "a" / ".." / "b").root == tmp_path / "b"


def test_a_folder_may_be_named_from_the_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOUTIQUE_DATA", "~/base")
    assert data_folder().root == Path(os.environ["HOME"], "base").resolve()


def test_every_file_of_a_base_is_inside_its_folder(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    files = (folder.database, folder.key_file, folder.lock_file, folder.backups, folder.logs, folder.settings)
    assert {file.parent for file in files} == {tmp_path}
    assert len(set(files)) == len(files)


@pytest.mark.parametrize("trace", ["boutique.db", "boutique.db-wal", "boutique.key"])
def test_any_trace_of_a_base_counts_as_one(tmp_path: Path, trace: str) -> None:
    folder = DataFolder(tmp_path)
    assert not folder.has_base
    (tmp_path / trace).touch()
    assert folder.has_base


def test_the_cache_is_not_in_the_data() -> None:
    assert cache_folder() != data_folder().root


@pytest.mark.skipif(os.name != "posix", reason="the Windows profile protects its folders")
def test_a_private_folder_is_for_its_owner_alone(tmp_path: Path) -> None:
    make_private(tmp_path / "a" / "b")
    make_private(tmp_path / "a" / "b")
    assert stat.S_IMODE((tmp_path / "a" / "b").stat().st_mode) == 0o700


def test_resources_are_found_in_the_checkout_the_package_and_the_frozen_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (resources_folder() / "rules").is_dir()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resources_folder() == tmp_path / "resources"
    (tmp_path / "boutique" / "_resources").mkdir(parents=True)
    monkeypatch.setattr(paths, "__file__", str(tmp_path / "boutique" / "core" / "paths.py"))
    assert resources_folder() == tmp_path / "boutique" / "_resources"
