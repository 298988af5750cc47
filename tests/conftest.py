"""What holds for every test: own folders, no unexpected log, no window and no thread left behind."""

import gc
import logging
import os
import re
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import hypothesis
import pytest

# A machine may be busy: no test is judged by its speed; and a green run must stay green on the same commit.
hypothesis.settings.register_profile("boutique", deadline=None, derandomize=True)
hypothesis.settings.load_profile("boutique")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_FOLDERS = (
    "HOME",
    "USERPROFILE",
    "APPDATA",
    "LOCALAPPDATA",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_CACHE_HOME",
    "XDG_STATE_HOME",
    "XDG_RUNTIME_DIR",
)
_NOT_OURS = ("QTipLabel",)
ExpectLog = Callable[[str], None]


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing of the developer's own home is read or written."""
    root = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in _FOLDERS:
            folder = root / name.lower()
            folder.mkdir(mode=0o700)
            patch.setenv(name, str(folder))
        patch.delenv("BOUTIQUE_DATA", raising=False)
        yield


class _Watch(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.expected: list[str] = []
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    def unexpected(self) -> list[str]:
        told = [f"{one.name} {one.levelname}: {one.getMessage()}" for one in self.records]
        return [line for line in told if not any(re.search(pattern, line) for pattern in self.expected)]


@pytest.fixture(autouse=True)
def watched_log() -> Iterator[_Watch]:
    """A warning or an error in the log fails the test that did not expect it."""
    watch = _Watch()
    logging.getLogger().addHandler(watch)
    yield watch
    logging.getLogger().removeHandler(watch)
    left = watch.unexpected()
    assert not left, f"unexpected log: {left}"


@pytest.fixture
def expect_log(watched_log: _Watch) -> ExpectLog:
    """`expect_log("pattern")`: this warning is part of what the test shows."""
    return watched_log.expected.append


@pytest.fixture(autouse=True)
def nothing_running() -> Iterator[None]:
    """No worker survives the test that started it."""
    before = set(threading.enumerate())
    yield
    left = [
        one.name
        for one in set(threading.enumerate()) - before
        if one.is_alive() and not one.daemon and "timeout" not in one.name
    ]
    assert not left, f"threads left running: {left}"


@pytest.fixture(autouse=True)
def no_window_left() -> Iterator[None]:
    """No top-level widget survives the test that made it."""
    yield
    left = _windows_left()
    assert not left, f"windows left: {left}"


def _windows_left() -> list[str]:
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return []
    core = sys.modules["PySide6.QtCore"]
    core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)
    if _orphans(widgets):
        gc.collect()
        core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)
    left = _orphans(widgets)
    names = [type(one).__name__ for one in left]
    for one in left:
        one.deleteLater()
    core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)
    return names


def _orphans(widgets: Any) -> list[Any]:
    tops = widgets.QApplication.topLevelWidgets()
    return [one for one in tops if one.parent() is None and one.metaObject().className() not in _NOT_OURS]
