"""A dressed application, a window with the inline runner, and scripted answers."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from boutique.ui.main_window import MainWindow
from boutique.ui.preferences import Preferences
from boutique.ui.tasks import InlineTasks
from boutique.ui.theme.manager import theme
from tests.scripted import ScriptedAsk


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
    return made
