"""One document for every file of the list, or for the chosen ones, in one PDF; used by Dossiers."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from boutique.core import french
from boutique.services.files import FileQuery, case_ids
from boutique.services.papers import batch, catalogue
from boutique.services.papers.batch import Printed
from boutique.ui.desk import Desk
from boutique.ui.saving import ERASE_AFTER, FileSaving
from boutique.ui.tasks import Progress

Lines = Sequence[int] | None  # lines of the list, None for all of them


class FilesPrint(QObject):
    """`asked()` says which list and which lines of it are to be printed, and how many files that makes."""

    def __init__(self, desk: Desk, view: QWidget, asked: Callable[[], tuple[FileQuery, Lines, int]]) -> None:
        super().__init__(view)
        self._desk, self._view, self._asked = desk, view, asked
        self._saving = FileSaving(desk, self)

    def menu(self) -> QMenu:
        """The documents that may be printed in numbers; the first line says for whom."""
        _, lines, count = self._asked()
        menu = QMenu(self._view)
        whom = f"Pour {french.plural(count, 'dossier choisi', 'dossiers choisis')}" if lines is not None else ""
        about = menu.addAction(whom or f"Pour {french.plural(count, 'dossier')} de la liste")
        about.setEnabled(False)
        menu.addSeparator()
        for paper in catalogue.batches():
            line = menu.addAction(f"{paper.title}…")
            line.setProperty("id", paper.key)
            line.triggered.connect(partial(self.ask, paper.key))
        return menu

    def open_menu(self, button: QWidget) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))

    def ask(self, key: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - slot
        """Where to, then the files of the list as it is now."""
        query, lines, count = self._asked()
        title = f"{catalogue.paper(key).title} : {french.plural(count, 'dossier')}"
        path = self._saving.ask(title, batch.file_name(key))
        if path is not None:
            index = self._desk.workspace.index
            self._desk.read(case_ids, index, query, lines, then=partial(self._print, key, path))

    def _print(self, key: str, path: Path, cases: Sequence[Any]) -> None:
        work = partial(_work, self._desk, key, cases, path)
        busy = f"{catalogue.paper(key).title} : {french.plural(len(cases), 'dossier')}…"
        self._desk.aside.run_long(work, partial(self._printed, path), busy=busy)

    def _printed(self, path: Path, made: Printed) -> None:
        self._saving.tell(path, f"Imprimé : {made.sentence}", ERASE_AFTER)


def _work(desk: Desk, key: str, cases: Sequence[Any], path: Path, progress: Progress) -> Printed:
    return batch.print_many(desk.workspace, key, cases, path, progress.step)
