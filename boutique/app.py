"""Composition root of the window: what exists, in which order, who receives what. Read downwards, it is the start.

The frame paints first; then the shell is built in it; then, on the worker, all that is slow is imported and the base is
opened. Modules that the first paint must not wait for are loaded by name.
"""

import argparse
import os
import sys
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from boutique.core.interpreter import tune
from boutique.core.paths import DataFolder, data_folder, make_private
from boutique.ui.frame import Frame
from boutique.ui.instance import Instance
from boutique.ui.loading import load
from boutique.ui.preferences import Preferences

_BASE_KEY, _SHELL = "boutique.services.base_key", "boutique.ui.main_window"
_SESSION, _PLAY = "boutique.ui.session", "boutique.ui.play"
_LOGS = "boutique.core.logs"
_APPEARANCE, _TASKS, _DOORBELL = "boutique.ui.appearance", "boutique.ui.tasks", "boutique.ui.doorbell"
_PREPARING = "boutique.ui.preparing"
_SEARCH, _EARLY_SEARCH = "boutique.ui.search_popup", "boutique.ui.early_search"
_FILES = "boutique.core.files"
_VIEWS = (
    "today", "files", "file", "agenda", "calls", "workshops", "workshop_modules", "workshop_balance", "intake",
    "partners", "coverage", "partner", "partner_import", "partner_figures", "activity", "declared", "programmes",
    "participants", "follow_lists", "own_figures", "observatory", "activity_book", "external_import", "settings",
    "help", "permanences", "visits", "meetings",
)  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """The window, or the demonstration that drives it."""
    tune()
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    if options.verb == "play":
        played: int = load(_PLAY).run(application, options.output, partial(Start, application))
        return played
    folder = data_folder(options.data)
    if refusal := _unusable(folder):
        return _say(refusal)
    instance = Instance(folder.lock_file)
    if not instance.take():
        return _second_window(instance)
    start = Start(application, folder, options.passphrase_file, bell=instance.name if instance.held else "")
    start.frame.present()
    code = application.exec()
    start.end()
    instance.release()
    return code


class Start(QObject):
    """From the painted frame to the open base."""

    ready = Signal(object)  # the Session, once everything is loaded

    def __init__(
        self, application: QApplication, folder: DataFolder, passphrase_file: Path | None, *, bell: str = ""
    ) -> None:
        super().__init__()
        self._application, self._folder, self._passphrase_file = application, folder, passphrase_file
        self._bell = bell
        self.preferences = Preferences(folder.settings)
        self.frame = Frame(self.preferences)
        self.frame.painted.connect(self._build_shell)
        # Of modules that are not imported before the first paint.
        self.window: Any = None
        self.tasks: Any = None
        self.search: Any = None
        self._lock_asked = False
        self._first_try: Any = None
        self.session: Any = None

    def come_forward(self) -> None:
        """Another window on the same base asked for this one."""
        # Without naming a state of Qt: its namespace alone would take an eighth of the time to the first paint.
        if self.frame.isMinimized() and self.frame.isMaximized():
            self.frame.showMaximized()
        elif self.frame.isMinimized():
            self.frame.showNormal()
        self.frame.show()
        self.frame.raise_()
        self.frame.activateWindow()

    def end(self) -> None:
        """Everything that was asked is done, then the base is closed."""
        if self.tasks is not None:
            self.tasks.finish()
        if self.session is not None:
            self.session.end()

    def _build_shell(self) -> None:
        load(_LOGS).set_up(self._folder.logs)
        self._first_try = load(_BASE_KEY).FirstTry(self._folder, self._passphrase_file)
        load(_APPEARANCE).dress(self._application, self.preferences)
        self.tasks = load(_TASKS).Tasks(self)
        self.window = load(_SHELL).MainWindow(self.tasks, self.preferences)
        for name in _VIEWS:
            self.window.register(name, partial(self._view, name))
        self.window.closing.connect(self._close)
        self.window.lock_requested.connect(self._lock)
        self.frame.install(self.window)
        self.search = load(_SEARCH).SearchPopup(self.window, self.window.top.search)
        self.search.answer_from(load(_EARLY_SEARCH).EarlySource(self._folder, self._first_try, self))
        self.window.top.search.take_focus()
        self.tasks.run(partial(load(_PREPARING).prepare, _SESSION), self._begin)

    def _begin(self, names: tuple[str, ...]) -> None:
        for name in names:
            load(name)
        if self._bell:
            doorbell = load(_DOORBELL).Doorbell(self._bell, self)
            doorbell.rung.connect(self.come_forward)
        self.window.lock_requested.disconnect(self._lock)
        self.session = load(_SESSION).Session(
            self.window,
            self.tasks,
            self.preferences,
            self._folder,
            self._passphrase_file,
            self.search,
            self._first_try,
            locked=self._lock_asked,
        )
        self._first_try = None  # it may hold the key
        self.ready.emit(self.session)

    def _view(self, name: str) -> Any:
        return self.session.view(name)

    def _lock(self) -> None:
        """Asked for before there is a session: what was found leaves the screen, nothing will open by itself."""
        self._lock_asked = True
        self.search.answer_from(None)

    def _close(self) -> None:
        if self.search is not None:
            self.search.answer_from(None)
        if self.session is not None:
            self.session.close()


def _unusable(folder: DataFolder) -> str:
    """Why nothing can be read in this folder. One that can only be read is opened for reading."""
    try:
        make_private(folder.root)
    except FileExistsError:
        return f"« {folder.root} » est un fichier, pas un dossier. Choisissez un autre dossier de données."
    except OSError as error:
        return "" if os.access(folder.root, os.R_OK | os.X_OK) else load(_FILES).refusal(error, folder.root)
    return ""


def _say(refusal: str) -> int:
    """The one line of a start that ends there."""
    box = _message("Boutique ne peut pas utiliser ce dossier.", refusal)
    box.addButton("Fermer", box.ButtonRole.RejectRole)
    box.exec()
    return 1


def _message(text: str, more: str) -> Any:
    box = load("PySide6.QtWidgets").QMessageBox()  # by name: most starts say nothing
    box.setWindowTitle("Boutique")
    box.setTextFormat(load("PySide6.QtCore").Qt.TextFormat.PlainText)
    box.setText(text)
    box.setInformativeText(more)
    return box


def _second_window(instance: Instance) -> int:
    """Say that the base is already open, and offer the window that has it."""
    box = _message(
        "Boutique est déjà ouverte sur cette base.",
        "Une seule fenêtre à la fois travaille sur une base : rien n’a été modifié.",
    )
    show = box.addButton("Afficher la fenêtre ouverte", box.ButtonRole.AcceptRole)
    box.addButton("Fermer", box.ButtonRole.RejectRole)
    box.setDefaultButton(show)
    box.exec()
    if box.clickedButton() is show and not load(_DOORBELL).ring(instance.name):
        return 1
    return 0
