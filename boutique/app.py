"""Composition root of the window: what exists, in which order, who receives what. Read downwards, it is the start.

First the shell is painted; only then, on the worker, is everything slow imported and the base opened.
"""

import argparse
import sys
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMessageBox

from boutique.core import logs
from boutique.core.paths import DataFolder, data_folder, make_private
from boutique.ui.appearance import dress
from boutique.ui.instance import Instance
from boutique.ui.loading import load
from boutique.ui.main_window import MainWindow
from boutique.ui.preferences import Preferences
from boutique.ui.tasks import Tasks
from boutique.ui.view import View

_SESSION = "boutique.ui.session"
_PLAY = "boutique.ui.play"


def run(options: argparse.Namespace) -> int:
    """The window, or the demonstration that drives it."""
    if options.verb == "play":
        status: int = load(_PLAY).run(options.output)
        return status
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    folder = data_folder(options.data)
    instance = Instance(folder.lock_file)
    make_private(folder.root)
    logs.set_up(folder.logs)
    preferences = Preferences(folder.settings)
    dress(application, preferences)
    if not instance.take():
        return _second_window(instance)
    start = Start(folder, options.passphrase_file, preferences)
    instance.show_requested.connect(start.come_forward)
    start.window.show()
    code = application.exec()
    instance.release()
    return code


class Start(QObject):
    """From the painted shell to the open base."""

    ready = Signal(object)  # the Session, once everything is loaded

    def __init__(self, folder: DataFolder, passphrase_file: Path | None, preferences: Preferences) -> None:
        super().__init__()
        self._folder, self._passphrase_file = folder, passphrase_file
        self._preferences = preferences
        self.tasks = Tasks(self)
        self.window = MainWindow(self.tasks, preferences)
        self.window.closing.connect(self._close)
        self.window.installEventFilter(self)
        for name in ("today", "files", "file", "intake", "partners", "partner", "activity", "settings", "help"):
            self.window.register(name, partial(self._view, name))
        self._painted = False
        self.session: Any = None  # a ui.session.Session, whose module is not imported before the first paint

    def come_forward(self) -> None:
        """Another window on the same base asked for this one."""
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if not self._painted and event.type() == QEvent.Type.Paint:
            self._painted = True
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._load)
        return super().eventFilter(watched, event)

    def _load(self) -> None:
        self.tasks.run(partial(load, _SESSION), self._loaded)

    def _loaded(self, module: ModuleType) -> None:
        self.session = module.Session(self.window, self.tasks, self._preferences, self._folder, self._passphrase_file)
        self.ready.emit(self.session)

    def _view(self, name: str) -> View:
        view: View = self.session.view(name)
        return view

    def _close(self) -> None:
        if self.session is not None:
            self.session.close()
        self.tasks.close()


def _second_window(instance: Instance) -> int:
    """Say that the base is already open, and offer the window that has it."""
    box = QMessageBox()
    box.setWindowTitle("Boutique")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText("Boutique est déjà ouverte sur cette base.")
    box.setInformativeText("Une seule fenêtre à la fois travaille sur une base : rien n’a été modifié.")
    show = box.addButton("Afficher la fenêtre ouverte", QMessageBox.ButtonRole.AcceptRole)
    box.addButton("Fermer", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(show)
    box.exec()
    if box.clickedButton() is show and not instance.show_first():
        return 1
    return 0
