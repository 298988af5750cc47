"""The directory leaves as a workbook, as data·inclusion or as a printed guide; used by Partenaires."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from boutique.core.files import ending_with, write_atomically
from boutique.services import accesses, inclusion, partner_book
from boutique.services.directory import PartnerQuery
from boutique.services.documents import Document
from boutique.services.papers import partner_guide
from boutique.services.workspace import Workspace
from boutique.ui.desk import Desk
from boutique.ui.tasks import Progress

# title, kinds of files, what makes it
_WAYS: dict[str, tuple[str, str, str]] = {
    "book": ("Classeur, à corriger ou à importer ailleurs…", "Classeur (*.xlsx)", ".xlsx"),
    "inclusion": ("Annuaire data·inclusion (JSON)…", "data·inclusion (*.json)", ".json"),
    "guide": ("Guide à imprimer, par thème et par commune (PDF)…", "PDF (*.pdf)", ".pdf"),
}


class PartnersExport(QObject):
    """`query()` says which list the guide prints; the two other ways take the whole directory."""

    def __init__(self, desk: Desk, view: QWidget, query: Callable[[], PartnerQuery]) -> None:
        super().__init__(view)
        self._desk, self._view, self._query = desk, view, query

    def menu(self) -> QMenu:
        menu = QMenu(self._view)
        for key, (title, _, _) in _WAYS.items():
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
        self._desk.tasks.run_long(work, partial(self._save, key), busy="Export de l’annuaire…")

    def _save(self, key: str, made: Document) -> None:
        _, filters, suffix = _WAYS[key]
        target = self._desk.ask.save_file(made.title, made.file_name, filters)
        if target is not None:
            path = ending_with(target, suffix)
            self._desk.tasks.run(partial(_write, path, made.content), partial(self._saved, made.title))

    def _saved(self, title: str, name: str) -> None:
        self._desk.keep(accesses.note, "export", title, people=0)
        self._desk.shell.notify(f"{title} : « {name} » est écrit.", "success")


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


def _write(path: Path, content: bytes) -> str:
    write_atomically(path, content)
    return path.name
