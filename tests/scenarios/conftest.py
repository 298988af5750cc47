"""The real window on a real base, started as the app starts it; nothing of it may ever flash as a window of its own."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from boutique.app import Start
from boutique.core.paths import DataFolder
from boutique.services import base_key
from tests.scenarios.driver import Driver
from tests.services.conftest import MemoryKeychain, clock, demo_base

__all__ = ["clock", "demo_base"]

_POPUPS = (Qt.WindowType.Popup, Qt.WindowType.ToolTip)  # lists of proposals open over everything


class Flashes(QObject):
    """Notes what is shown as a window without being one."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            name = type(watched).__name__
            if name != "Frame" and watched.parent() is None and watched.windowType() not in _POPUPS:
                self.seen.append(name)
        return False


@pytest.fixture(autouse=True)
def no_part_flashes(qapp: QApplication) -> Iterator[None]:
    """No part of a view is ever shown as a window."""
    watch = Flashes()
    qapp.installEventFilter(watch)
    yield
    qapp.removeEventFilter(watch)
    assert watch.seen == []


@pytest.fixture
def keychain(monkeypatch: pytest.MonkeyPatch, demo_base: tuple[Path, MemoryKeychain]) -> MemoryKeychain:
    """The keychain of this computer, for the length of a test."""
    kept = demo_base[1]
    monkeypatch.setattr(base_key, "system_keychain", lambda: kept)
    return kept


@pytest.fixture
def folder(tmp_path: Path, demo_base: tuple[Path, MemoryKeychain], keychain: MemoryKeychain) -> DataFolder:
    """A copy of sixty fictitious files."""
    shutil.copytree(demo_base[0], tmp_path / "base")
    return DataFolder(tmp_path / "base")


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """Where the pictures and the papers go; kept by who wants to look at them."""
    folder = Path(os.environ.get("BOUTIQUE_PICTURES", tmp_path / "images"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def open_window(qapp: QApplication, output: Path, folder: DataFolder) -> Iterator[Callable[[], Driver]]:
    """Open the window on the base; again after a `close()`."""
    opened: list[Driver] = []

    def begin() -> Driver:
        start = Start(qapp, folder, None)
        start.frame.resize(1366, 768)
        start.frame.present()
        driver = Driver(qapp, start, output)
        opened.append(driver)
        driver.begin()
        return driver

    yield begin
    for driver in opened:
        driver.close()


@pytest.fixture
def driver(open_window: Callable[[], Driver]) -> Driver:
    """A hand on the real window, open on Aujourd’hui."""
    return open_window()
