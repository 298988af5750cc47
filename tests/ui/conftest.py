"""A dressed application, a window with the inline runner, and scripted answers."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from boutique.core.paths import DataFolder
from boutique.services.workspace import Workspace, open_workspace
from boutique.ui.desk import Desk
from boutique.ui.main_window import MainWindow
from boutique.ui.preferences import Preferences
from boutique.ui.tasks import InlineTasks
from boutique.ui.theme.manager import theme
from tests.scripted import ScriptedAsk
from tests.services.conftest import MemoryKeychain, new_workspace


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    """Each test starts in the light theme at 100 %."""
    if theme().mode != "light" or theme().scale != 1.0 or not qapp.styleSheet():
        theme().install(mode="light", scale=1.0)


@pytest.fixture
def answers() -> Iterator[ScriptedAsk]:
    """Answers to modal questions; one that nobody asked for is an error too."""
    scripted = ScriptedAsk()
    yield scripted
    assert not scripted.left(), f"questions never asked: {scripted.left()}"


@pytest.fixture
def preferences() -> Preferences:
    return Preferences()


@pytest.fixture
def tasks() -> Iterator[InlineTasks]:
    made = InlineTasks()
    yield made
    made.close()


@pytest.fixture
def window(qtbot: QtBot, tasks: InlineTasks, preferences: Preferences) -> MainWindow:
    made = MainWindow(tasks, preferences)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    return made


@pytest.fixture(scope="session")
def empty_base(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, MemoryKeychain]:
    """A closed encrypted base with one place and one counsellor, to copy."""
    root, keychain = tmp_path_factory.mktemp("empty") / "base", MemoryKeychain()
    new_workspace(root, keychain).close()
    return root, keychain


@pytest.fixture
def workspace(tmp_path: Path, empty_base: tuple[Path, MemoryKeychain]) -> Iterator[Workspace]:
    """A copy of the empty base, free to be changed."""
    root, keychain = empty_base
    shutil.copytree(root, tmp_path / "base")
    opened = open_workspace(DataFolder(tmp_path / "base"), keychain=keychain)
    yield opened
    opened.close()


@pytest.fixture
def desk(workspace: Workspace, window: MainWindow, tasks: InlineTasks, answers: ScriptedAsk) -> Desk:
    """What views work with, on a real base: the window is the shell, work is done at once."""
    return Desk(workspace, window, tasks, answers, window)
