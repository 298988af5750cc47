"""Views that only remember how they were entered, for tests of what leads to them."""

from collections import defaultdict
from functools import partial
from typing import Any

from PySide6.QtCore import Qt

from boutique.ui.main_window import MainWindow
from boutique.ui.view import View


class Screens:
    """`entered["file"]` has the arguments of each showing."""

    def __init__(self, window: MainWindow, *names: str) -> None:
        self.entered: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for name in names:
            window.register(name, partial(_Screen, self.entered[name]))


class _Screen(View):
    def __init__(self, entered: list[dict[str, Any]]) -> None:
        super().__init__()
        self._entered = entered
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def enter(self, **arguments: Any) -> None:
        self._entered.append(arguments)
