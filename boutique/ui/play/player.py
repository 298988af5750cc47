"""Keys and clicks on the real widgets, and pictures of what they give. Used by the demonstration and its test."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from boutique.ui.tasks import Tasks
from boutique.ui.theme.manager import Mode, theme

W = TypeVar("W", bound=QWidget)
_PATIENCE = 30.0  # seconds before a step is given up


class PlayError(Exception):
    """The window did not do what a person would have seen it do."""


class Player:
    """Whatever it does, a counsellor can: it never calls a view's methods."""

    def __init__(self, application: QApplication, window: QWidget, output: Path) -> None:
        self._application, self._window, self._output = application, window, output
        self._tasks: Tasks | None = None
        self._pictures = 0

    def follow(self, tasks: Tasks) -> None:
        """From now on, wait for this worker."""
        self._tasks = tasks

    def wait(self, what: str, until: Callable[[], bool]) -> None:
        """Let the window live until it shows what is expected."""
        deadline = time.monotonic() + _PATIENCE
        while not until():
            if time.monotonic() > deadline:
                raise PlayError(what)
            self._application.processEvents()
            QTest.qWait(10)

    def settle(self) -> None:
        """Until the worker has answered everything and the window has drawn it."""
        for _ in range(3):
            self.wait("le travail en cours ne finit pas", self._is_idle)
            QTest.qWait(160)  # the pause after which typing is looked at

    def find(self, name: str, kind: type[W]) -> W:
        """The visible widget of that name."""
        found = [one for one in self._window.findChildren(kind, name) if one.isVisible()]
        if not found:
            raise PlayError(f"« {name} » n’est pas à l’écran")
        return found[0]

    def shows(self, name: str) -> bool:
        """Whether a widget of that name is on screen."""
        return any(one.isVisible() for one in self._window.findChildren(QWidget, name))

    def says(self, words: str) -> bool:
        """Whether these words can be read on screen."""
        return any(words in label.text() for label in self._window.findChildren(QLabel) if label.isVisible())

    def type_in(self, name: str, text: str) -> None:
        """Go to a field and type."""
        widget = self.find(name, QWidget)
        editor = widget.focusProxy() or widget
        editor.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClicks(editor, text)

    def press(self, keys: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key or a shortcut, wherever the focus is."""
        target = self._application.focusWidget() or self._window
        QTest.keyClick(target, keys, modifiers)

    def control(self, key: Qt.Key) -> None:
        """Ctrl and a key."""
        self.press(key, Qt.KeyboardModifier.ControlModifier)

    def click(self, name: str) -> None:
        """The left button, in the middle of a widget (on the box of a check box)."""
        widget = self.find(name, QWidget)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=widget.rect().center())

    def picture(self, name: str, *, dark: bool = False) -> None:
        """Keep what is on screen, in the light theme and, if asked, in the dark one."""
        self.settle()
        self._pictures += 1
        modes: tuple[Mode, ...] = ("light", "dark") if dark else ("light",)
        for mode in modes:
            theme().set_mode(mode)
            self._application.processEvents()
            suffix = "-sombre" if mode == "dark" else ""
            self._window.grab().save(str(self._output / f"{self._pictures:02d}-{name}{suffix}.png"))
        theme().set_mode("light")
        self._application.processEvents()

    def _is_idle(self) -> bool:
        return self._tasks is None or self._tasks.idle
