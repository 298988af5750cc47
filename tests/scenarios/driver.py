"""A hand on the real window: keys, clicks and typing, and what they cost. It never calls a view's methods."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from boutique.app import Start
from boutique.services.workspace import Workspace
from boutique.ui.play.player import Player
from boutique.ui.widgets.button import Button
from tests.scripted import ScriptedAsk

CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
KEY = Qt.Key


class Dialogs(QObject):
    """Blocking dialogs, in the order in which they came."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Show and isinstance(watched, QDialog) and watched.isModal():
            self.names.append(watched.objectName() or type(watched).__name__)
        return False


class Driver(Player):
    """Counts `screens` (views and blocking dialogs passed), `inputs` (given because they must be) and `actions`."""

    def __init__(self, application: QApplication, start: Start, output: Path) -> None:
        super().__init__(application, start.frame, output)
        self.application, self.start = application, start
        self.answers = ScriptedAsk()
        self.inputs: dict[str, str] = {}
        self.actions: list[str] = []
        self._views: list[str] = []
        self._dialogs = Dialogs()
        self._closed = False

    def begin(self) -> None:
        """Wait until Aujourd’hui shows, then count."""
        self.wait("la base ne s’ouvre pas", self._is_open)
        self.follow(self.start.tasks)
        self.settle()
        self.desk.ask = self.answers
        self.start.window.stack.shown.connect(self._views.append)
        self.application.installEventFilter(self._dialogs)

    @property
    def desk(self) -> Any:
        return self.start.session.workday.desk

    @property
    def workspace(self) -> Workspace:
        found: Workspace = self.desk.workspace
        return found

    @property
    def view(self) -> str:
        name: str = self.start.window.stack.current_name()
        return name

    @property
    def screens(self) -> list[str]:
        """Views and blocking dialogs passed since the window opened; coming back to one is not another one."""
        return list(dict.fromkeys([*self._views, *self._dialogs.names]))

    @property
    def notice(self) -> str:
        """What the strip says."""
        strip = self.start.window.notices
        return strip.text() if strip.isVisible() else ""

    def typed(self, what: str, text: str) -> None:
        """Type where the focus is what must be typed."""
        self.inputs[what] = "typed"
        self.write(text)

    def chosen(self, what: str) -> None:
        """The action that comes next chooses something that must be."""
        self.inputs[what] = "chosen"

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key that acts, then whatever it sets going."""
        self.actions.append(str(key.name))
        self.press(key, modifiers)
        self.settle()

    def hit(self, name: str) -> None:
        """One click, then whatever it sets going."""
        self.actions.append(name)
        self.click(name)
        self.settle()

    def focus(self) -> str:
        """Name of what has the focus."""
        focused = self.application.focusWidget()
        return focused.objectName() if focused is not None else ""

    def buttons(self, words: str) -> list[Button]:
        """Buttons on screen that say this."""
        return [one for one in self._widgets() if isinstance(one, Button) and words in one.label()]

    def top(self) -> QWidget | None:
        return self.application.activeModalWidget()

    def picture(self, name: str, *, dark: bool = False) -> None:
        """Only for who wants to look: dressing a whole window in another theme takes seconds."""
        if "BOUTIQUE_PICTURES" in os.environ:
            super().picture(name, dark=dark)
        else:
            self.settle()

    def until(self, what: str, condition: Callable[[], bool]) -> None:
        self.wait(what, condition)

    def close(self) -> None:
        """Close the window as its user does, and let go of the base."""
        if self._closed:
            return
        self._closed = True
        self.application.removeEventFilter(self._dialogs)
        self.start.frame.close()
        self.start.end()
        self.start.frame.deleteLater()
        self.start.deleteLater()

    def _is_open(self) -> bool:
        return self.start.session is not None and self.start.session.workday is not None
