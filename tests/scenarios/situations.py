"""The program as it starts, on a data folder that something happened to; and what the disk holds."""

import hashlib
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from boutique.app import Start
from boutique.core import logs
from boutique.core.paths import DataFolder
from boutique.services.workspace import create
from boutique.storage import backup
from boutique.ui.main_window import MainWindow
from boutique.ui.view import View
from boutique.ui.views.problem import ProblemView
from boutique.ui.views.unlock import UnlockView
from boutique.ui.widgets.label import Label
from tests.scripted import ScriptedAsk
from tests.services.conftest import SETUP, MemoryKeychain

PHRASE = "girafe tuba lampe dimanche"
_NOT_DATA = {"boutique.lock", "preferences.json"}
_LONG = 30_000


@dataclass(frozen=True)
class MadeBase:
    """A closed base to copy, with one verified backup, and what opens it."""

    root: Path
    keychain: MemoryKeychain
    code: str

    def copy(self, to: Path) -> DataFolder:
        shutil.copytree(self.root, to)
        return DataFolder(to)


def make_base(root: Path, *, passphrase: str | None = None, backed_up: bool = True) -> MadeBase:
    keychain = MemoryKeychain()
    workspace, code = create(DataFolder(root), SETUP, keychain=keychain, passphrase=passphrase)
    if backed_up:
        backup.make(workspace.database, workspace.folder, "essai")
    workspace.close()
    return MadeBase(root, keychain, code)


def content_of(folder: DataFolder) -> dict[str, str]:
    """Fingerprint of every file of a data folder, what the window remembers of itself apart."""
    return {
        str(file.relative_to(folder.root)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.root.rglob("*"))
        if file.is_file() and file.name not in _NOT_DATA and file.parent.name != "journaux"
    }


class Desktop:
    """The real window with its worker; keys and clicks go where a person's would."""

    def __init__(self, qtbot: QtBot, application: QApplication, folder: DataFolder, phrase: Path | None) -> None:
        self._bot, self._application = qtbot, application
        self.start = Start(application, folder, phrase)
        self.start.frame.resize(1366, 768)
        with qtbot.waitActive(self.start.frame):
            self.start.frame.present()
            self.start.frame.activateWindow()
        self.until(lambda: self.start.session is not None)
        self.settle()

    @property
    def window(self) -> MainWindow:
        window: MainWindow = self.start.window
        return window

    @property
    def view(self) -> View:
        view = self.window.stack.current_view()
        assert view is not None
        return view

    @property
    def problem(self) -> ProblemView:
        assert isinstance(self.view, ProblemView), self.words()
        return self.view

    @property
    def unlock(self) -> UnlockView:
        assert isinstance(self.view, UnlockView), self.words()
        return self.view

    @property
    def name(self) -> str:
        return self.window.stack.current_name()

    def until(self, shown: Callable[[], bool]) -> None:
        self._bot.waitUntil(shown, timeout=_LONG)

    def settle(self) -> None:
        """Until the worker has answered everything that was asked."""
        self.until(lambda: bool(self.start.tasks.idle))

    def words(self) -> str:
        """Everything that can be read."""
        labels = self.start.frame.findChildren(Label)
        return "\n".join(label.text() for label in labels if label.isVisible())

    def click(self, widget: QWidget) -> None:
        assert widget.isVisible()
        assert widget.isEnabled()
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=widget.rect().center())
        self.settle()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self._application.focusWidget() or self.window, key, modifier)
        self.settle()

    def control(self, key: Qt.Key) -> None:
        self.press(key, Qt.KeyboardModifier.ControlModifier)

    def named(self, name: str) -> QWidget:
        """The visible widget of that name."""
        found = [one for one in self.start.frame.findChildren(QWidget, name) if one.isVisible()]
        assert found, f"{name} is not shown:\n{self.words()}"
        return found[0]

    def paste(self, name: str, text: str) -> None:
        """Put a text in a field by the clipboard, as a person would."""
        widget = self.named(name)
        editor = widget.focusProxy() or widget
        editor.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.clipboard().setText(text)
        QTest.keyClick(editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        QApplication.clipboard().clear()
        self.settle()

    def close(self) -> None:
        """Whatever is still being typed."""
        answers = ScriptedAsk()
        answers.plan(True)
        self.window.ask = answers
        self.start.frame.close()
        self.start.end()
        self.start.frame.deleteLater()
        self.start.deleteLater()


Launch = Callable[..., Desktop]


@contextmanager
def launcher(qtbot: QtBot, application: QApplication) -> Iterator[Launch]:
    """Starts windows and closes what is left of them."""
    opened: list[Desktop] = []

    def launch(folder: DataFolder, phrase: Path | None = None) -> Desktop:
        opened.append(Desktop(qtbot, application, folder, phrase))
        return opened[-1]

    yield launch
    for desktop in opened:
        desktop.close()


def forget_logs() -> None:
    """Undo `logs.set_up`."""
    for handler in list(logs.log.handlers):
        logs.log.removeHandler(handler)
        handler.close()
    sys.excepthook, threading.excepthook = sys.__excepthook__, threading.__excepthook__
