"""A workbook saved where one likes: read and written on the worker, told with the way to its folder."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from boutique.core import files
from boutique.ui.desk import Desk
from boutique.ui.tasks import Progress

_FILTER = "Classeur Excel (*.xlsx)"


class WorkbookSaving(QObject):
    """`written` is called once the file is there: what the journal of accesses keeps of it."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def save(
        self, title: str, name: str, made: Callable[[], bytes], *, written: Callable[[], None] | None = None
    ) -> None:
        path = self._desk.ask.save_file(title, f"{name}.xlsx", _FILTER)
        if path is not None:
            work = partial(_write, files.ending_with(path, ".xlsx"), made)
            told = partial(self._told, written)
            self._desk.tasks.run_long(work, told, busy="Préparation du classeur…", context=self)

    def _told(self, written: Callable[[], None] | None, path: Path) -> None:
        if written is not None:
            written()
        self._desk.shell.notify(
            f"Classeur enregistré : {path.name}", "success", [("Ouvrir le dossier", partial(_show_folder, path.parent))]
        )


def _write(path: Path, made: Callable[[], bytes], progress: Progress) -> Path:
    progress.step(0, 2)
    content = made()
    progress.step(1, 2)
    files.write_atomically(path, content)
    return path


def _show_folder(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
