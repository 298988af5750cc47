"""The program from its first line, on folders that cannot be used as they are: one French box, no traceback."""

import argparse
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox

from boutique import app
from boutique.core.paths import DataFolder
from boutique.ui.instance import Instance
from tests.scenarios.situations import forget_logs
from tests.storage.conftest import _mount as mount
from tests.storage.conftest import _unmount as unmount


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Iterator[list[str]]:
    """What the boxes said; each is closed at once."""
    said: list[str] = []

    def close(box: QMessageBox) -> int:
        said.append(f"{box.text()} {box.informativeText()}")
        box.deleteLater()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", close)
    yield said
    forget_logs()


def start(root: Path) -> int:
    return app.run(argparse.Namespace(verb=None, data=root, passphrase_file=None))


def test_a_file_in_the_place_of_the_folder_is_said(told: list[str], tmp_path: Path) -> None:
    (tmp_path / "base").write_text("ceci n’est pas un dossier", "utf-8")
    assert start(tmp_path / "base") == 1
    assert "est un fichier, pas un dossier" in told[0]


def test_a_folder_that_cannot_be_made_is_said(told: list[str], tmp_path: Path) -> None:
    medium = tmp_path / "usb"
    medium.mkdir()
    mount("-t", "tmpfs", "-o", "ro,size=64k", "tmpfs", str(medium))
    try:
        assert start(medium / "base") == 1
    finally:
        unmount(medium)
    assert "lecture seule" in told[0]


def test_a_second_window_says_so_and_changes_nothing(told: list[str], tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "base")
    folder.root.mkdir()
    first = Instance(folder.lock_file)
    assert first.take()
    assert start(folder.root) == 0
    assert "déjà ouverte" in told[0]
    first.release()


def test_a_medium_without_a_lock_is_not_taken_for_an_open_base(tmp_path: Path) -> None:
    medium = tmp_path / "usb"
    medium.mkdir()
    mount("-t", "tmpfs", "-o", "ro,size=64k", "tmpfs", str(medium))
    try:
        reading = Instance(medium / "boutique.lock")
        assert reading.take()
        assert not reading.held
    finally:
        unmount(medium)
