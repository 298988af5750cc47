"""The directory leaves as a workbook, as data·inclusion or as a printed guide; used by Partenaires."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from boutique.services import accesses, inclusion, partner_book
from boutique.services.directory import PartnerQuery
from boutique.services.documents import Document
from boutique.services.papers import partner_guide
from boutique.services.workspace import Workspace
from boutique.ui.desk import Desk
from boutique.ui.saving import FileSaving
from boutique.ui.tasks import Progress

_WAYS = {
    "book": "Classeur, à corriger ou à importer ailleurs…",
    "inclusion": "Annuaire data·inclusion (JSON)…",
    "guide": "Guide à imprimer, par thème et par commune (PDF)…",
}


class PartnersExport(QObject):
    """`query()` says which list the guide prints; the two other ways take the whole directory."""

    def __init__(self, desk: Desk, view: QWidget, query: Callable[[], PartnerQuery]) -> None:
        super().__init__(view)
        self._desk, self._view, self._query = desk, view, query
        self._saving = FileSaving(desk, self)

    def menu(self) -> QMenu:
        menu = QMenu(self._view)
        for key, title in _WAYS.items():
            line = menu.addAction(title)
            line.setProperty("id", key)
            line.triggered.connect(partial(self.ask, key))
        return menu

    def open_menu(self, button: QWidget) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))

    def ask(self, key: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - slot
        work = partial(_make, self._desk.workspace, key, self._query())
        self._desk.tasks.run_long(work, self._save, busy="Export de l’annuaire…")

    def _save(self, made: Document) -> None:
        self._saving.offer(made, written=partial(self._desk.keep, accesses.note, "export", made.title, people=0))


def _make(workspace: Workspace, key: str, query: PartnerQuery, progress: Progress) -> Document:
    progress.step(0, 1)
    made: Any
    if key == "guide":
        made = workspace.read(partner_guide.guide, query)
    elif key == "book":
        made = workspace.read(partner_book.directory)
    else:
        made = workspace.read(inclusion.export).document
    progress.step(1, 1)
    assert isinstance(made, Document)
    return made
