"""The Accueil in the real window, on a real encrypted base."""

from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from boutique.ui.desk import Desk
from boutique.ui.main_window import MainWindow
from boutique.ui.views.intake import IntakeView
from tests.ui.screens import Screens


@pytest.fixture
def screens(window: MainWindow, qtbot: QtBot) -> Screens:
    made = Screens(window, "today", "file")
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.start("today")
    return made


@pytest.fixture
def open_intake(desk: Desk, window: MainWindow, screens: Screens) -> Callable[..., IntakeView]:
    def make() -> IntakeView:
        return IntakeView(desk)

    window.register("intake", make)

    def open_it(**arguments: Any) -> IntakeView:
        window.show_view("intake", **arguments)
        view = window.stack.current_view()
        assert isinstance(view, IntakeView)
        return view

    return open_it
