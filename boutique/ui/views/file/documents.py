"""The documents of a file: their menu, their actions, and the preview they open in. The catalogue is the services’."""

import uuid
from functools import partial

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QWidget

from boutique.services.documents import Document
from boutique.services.papers import catalogue
from boutique.ui.actions import Action
from boutique.ui.desk import Desk
from boutique.ui.preview import Preview


class FileDocuments(QObject):
    """`shown` is the preview opened last."""

    def __init__(self, desk: Desk, view: QWidget, button: QWidget) -> None:
        super().__init__(view)
        self._desk, self._view, self._button = desk, view, button
        self._case_id: uuid.UUID | None = None
        self._person_id: uuid.UUID | None = None
        self._available: frozenset[str] = frozenset()
        self.shown: Preview | None = None
        for paper in catalogue.PAPERS:
            action = Action(
                _name(paper.key), paper.title, partial(self.open, paper.key), paper.icon, "",
                ("imprimer", "pdf", "document", *paper.keywords), "Dossier", partial(self._may_open, paper.key),
            )  # fmt: skip
            desk.shell.commands.add(action, view)

    def set_file(self, case_id: uuid.UUID, person_id: uuid.UUID) -> None:
        if case_id != self._case_id:
            self._available = frozenset()
        self._case_id, self._person_id = case_id, person_id
        self._desk.read_latest("file.papers", catalogue.available, case_id, then=self._set_available)

    def open_menu(self) -> None:
        menu = self._desk.shell.commands.menu([_name(paper.key) for paper in catalogue.PAPERS], self._view)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._button.mapToGlobal(QPoint(0, self._button.height() + 2)))

    def open(self, key: str) -> None:
        """Make one document of this file and show it."""
        self._desk.read(catalogue.make, key, self._case_id, then=self.preview)

    def preview(self, shown: Document | tuple[Document, ...]) -> None:
        sheets = (shown,) if isinstance(shown, Document) else shown
        self.shown = Preview.open_documents(self._desk, *sheets, person_id=self._person_id)

    def _set_available(self, keys: frozenset[str]) -> None:
        self._available = keys

    def _may_open(self, key: str) -> bool:
        return key in self._available


def _name(key: str) -> str:
    return f"file.document.{key}"
