"""The workbook of Activité and the list behind a figure, saved where one likes; the rest is in « Classeur »."""

import uuid
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from boutique.core import files
from boutique.services import accesses, activity, activity_page
from boutique.services.activity_files import BookFile
from boutique.services.activity_page import Asked
from boutique.services.files import FileFilter, FileQuery
from boutique.ui.desk import Desk
from boutique.ui.tasks import Progress

_SUFFIX = ".xlsx"
_EXCEL = f"Classeur Excel (*{_SUFFIX})"
Made = Callable[[Progress], tuple[bytes, str]]


class Saving(QObject):
    """Asks where, then reads and writes on the worker; the window stays free, and one may give up."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._view = desk, parent

    def workbook(self, asked: Asked) -> None:
        """The workbook of the month or of the year, by reference."""
        name = f"activite-{asked.day:%Y}" if asked.yearly else f"activite-{asked.day:%Y-%m}"
        made = partial(_workbook, partial(self._desk.workspace.read, activity_page.workbook, asked))
        self._save("Enregistrer le classeur d’activité", name, made, "Préparation du classeur…")

    def follow_up(self, cases: Sequence[uuid.UUID], asked: Asked) -> None:
        """The follow-up list of some files, by reference."""
        query = FileQuery(filter=FileFilter.ALL, cases=tuple(cases), sort="opened", descending=False)
        made = partial(_list, partial(self._desk.workspace.read, activity.follow_up, query))
        self._save("Enregistrer la liste de suivi", f"dossiers-{asked.day:%Y-%m}", made, "Préparation de la liste…")

    def _save(self, title: str, name: str, made: Made, busy: str) -> None:
        path = self._desk.ask.save_file(title, f"{name}{_SUFFIX}", _EXCEL)
        if path is not None:
            work = partial(_write, files.ending_with(path, _SUFFIX), made)
            self._desk.tasks.run_long(work, self._told, busy=busy, context=self._view)

    def _told(self, saved: tuple[Path, str]) -> None:
        path, noted = saved
        self._desk.keep(accesses.note, "export", noted)
        self._desk.shell.notify(
            f"Classeur enregistré : {path.name}", "success", [("Ouvrir le dossier", partial(_show_folder, path.parent))]
        )


def _workbook(read: Callable[..., BookFile], progress: Progress) -> tuple[bytes, str]:
    made = read(step=progress.step)
    return made.content, made.noted


def _list(read: Callable[[], bytes], _progress: Progress) -> tuple[bytes, str]:
    return read(), "Liste de suivi"


def _write(path: Path, made: Made, progress: Progress) -> tuple[Path, str]:
    content, noted = made(progress)
    files.write_atomically(path, content)
    return path, noted


def _show_folder(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
