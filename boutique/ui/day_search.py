"""The search field answers from the base that is open for work. Made by the workday."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer

from boutique.services import search
from boutique.ui.desk import Desk

_SETTLED, _NOBODY = 2_000, "zzzzzzzz"  # ms after the base opened; a word nobody bears


class DaySource:
    """Asks through the desk, like every view."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._warming = QTimer(desk)
        self._warming.setSingleShot(True)
        self._warming.timeout.connect(self._warm)
        self._warming.start(_SETTLED)

    def ask(self, text: str, limit: int, then: Callable[[Any], None]) -> None:
        self._desk.read_latest("search", search.find, self._desk.workspace.index, text, limit, then=then)

    def close(self) -> None:
        self._warming.stop()

    def _warm(self) -> None:
        """The first typing error reads every name once: done when the hand is elsewhere."""
        workspace = self._desk.workspace
        self._desk.tasks.run(partial(workspace.read, search.find, workspace.index, _NOBODY, 1))
