"""Keys and clicks on the real widgets, and pictures of what they give. Used by the demonstration and its test."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from boutique.ui.tasks import Tasks
from boutique.ui.theme.manager import Mode, theme

W = TypeVar("W", bound=QWidget)
_PATIENCE = 30.0  # seconds before a step is given up
_GLANCE_MS = 10
_PAUSE_MS = 160  # after it, what was typed is looked at


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
        self._window.activateWindow()  # shortcuts only work in the active window
        self.wait("la fenêtre ne vient pas au premier plan", self._window.isActiveWindow)

    def wait(self, what: str, until: Callable[[], bool]) -> None:
        """Let the window live until it shows what is expected."""
        deadline = time.monotonic() + _PATIENCE
        while not until():
            if time.monotonic() > deadline:
                raise PlayError(what)
            _live(_GLANCE_MS)

    def settle(self) -> None:
        """Until the worker has answered everything and the window has drawn it."""
        for _ in range(3):
            self.wait("le travail en cours ne finit pas", self._is_idle)
            _live(_PAUSE_MS)

    def find(self, name: str, kind: type[W]) -> W:
        """The visible widget of that name."""
        found = [one for one in self._widgets() if isinstance(one, kind) and one.objectName() == name]
        if not found:
            raise PlayError(f"« {name} » n’est pas à l’écran")
        return found[0]

    def shows(self, name: str) -> bool:
        """Whether a widget of that name is on screen."""
        return any(one.objectName() == name for one in self._widgets())

    def says(self, words: str) -> bool:
        """Whether these words can be read on screen."""
        return any(words in label.text() for label in self._widgets() if isinstance(label, QLabel))

    def write(self, text: str) -> None:
        """Type where the focus is."""
        self._strike(self._application.focusWidget() or self._window, text)

    def type_in(self, name: str, text: str) -> None:
        """Go to a field and type."""
        widget = self.find(name, QWidget)
        editor = widget.focusProxy() or widget
        editor.setFocus(Qt.FocusReason.TabFocusReason)
        self._strike(editor, text)

    def press(self, keys: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key or a shortcut, wherever the focus is."""
        if self._application.activeWindow() is None:
            self._window.activateWindow()  # without a window manager, nobody gives the focus back after a dialog
            self.wait("la fenêtre ne revient pas au premier plan", self._window.isActiveWindow)
        popup: QWidget | None = self._application.activePopupWidget()
        editor: QWidget | None = popup.focusWidget() if popup is not None else self._application.focusWidget()
        target = editor or popup or self._window
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
            shown = self._application.activeModalWidget() or self._application.activeWindow() or self._window
            shown.grab().save(str(self._output / f"{self._pictures:02d}-{name}{suffix}.png"))
        theme().set_mode("light")
        self._application.processEvents()

    def _strike(self, editor: QWidget, text: str) -> None:
        for letter in text:  # QTest only knows the keys of an American keyboard
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                self._application.sendEvent(editor, event)

    def _widgets(self) -> list[QWidget]:
        return [one for one in self._application.allWidgets() if one.isVisible()]

    def _is_idle(self) -> bool:
        return self._tasks is None or self._tasks.idle


def _live(milliseconds: int) -> None:
    """Let the window live. An event loop lets the worker run meanwhile, which QTest.qWait does not."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
