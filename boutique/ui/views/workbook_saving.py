"""A workbook saved where one likes: read and written on the worker, told with the way to its folder."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from boutique.core import files
from boutique.services import accesses
from boutique.services.activity_files import BookFile
from boutique.ui.desk import Desk
from boutique.ui.tasks import Progress

_SUFFIX = ".xlsx"
_FILTER = f"Classeur Excel (*{_SUFFIX})"
_BUSY = "Préparation du classeur…"


class WorkbookSaving(QObject):
    """`written` is called once the file is there: what the journal of accesses keeps of it."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def save(
        self,
        title: str,
        name: str,
        made: Callable[[], bytes],
        *,
        written: Callable[[], None] | None = None,
        busy: str = _BUSY,
    ) -> None:
        path = self._path(title, name)
        if path is not None:
            told = partial(self._told, written)
            self._desk.tasks.run_long(partial(_write, path, made), told, busy=busy, context=self)

    def save_book(self, title: str, name: str, read: Callable[..., BookFile]) -> None:
        """A workbook of the activity: `read(step=…)` says how far it is, and what to note of it."""
        path = self._path(title, name)
        if path is not None:
            work = partial(_write_book, path, read)
            self._desk.tasks.run_long(work, self._told_book, busy=_BUSY, context=self)

    def _path(self, title: str, name: str) -> Path | None:
        path = self._desk.ask.save_file(title, f"{name}{_SUFFIX}", _FILTER)
        return None if path is None else files.ending_with(path, _SUFFIX)

    def _told_book(self, saved: tuple[Path, BookFile]) -> None:
        path, book = saved
        self._told(partial(self._desk.keep, accesses.note, "export", book.noted), path)

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


def _write_book(path: Path, read: Callable[..., BookFile], progress: Progress) -> tuple[Path, BookFile]:
    made = read(step=progress.step)
    files.write_atomically(path, made.content)
    return path, made


def _show_folder(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
