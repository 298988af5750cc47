"""Files that leave the application, one way for all of them: where, written on the worker, told with the way to it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from boutique.core import files
from boutique.core.file_names import safe_name
from boutique.services.documents import Document
from boutique.ui import outside
from boutique.ui.desk import Desk
from boutique.ui.tasks import Failed, Progress
from boutique.ui.view import NoticeAction

_KINDS = {
    ".xlsx": "Classeur Excel",
    ".ods": "Classeur OpenDocument",
    ".zip": "Feuilles en CSV",
    ".csv": "Liste CSV",
    ".pdf": "PDF",
    ".ics": "Agenda",
    ".json": "Données JSON",
    ".toml": "Parcours",
}
_NO_PROGRAM = "Aucun programme de cet ordinateur n’ouvre ce fichier : ouvrez-le depuis son dossier."
ERASE_AFTER = "Effacez ce fichier quand il aura servi."
"""Advice for a file that names people."""


class Content(Protocol):
    """A finished file: a document, a workbook."""

    @property
    def content(self) -> bytes: ...


Made = bytes | Content


class FileSaving(QObject):
    """`offer` what is finished, `save` what is still to be made; `ask` and `tell` for what writes its file itself."""

    saved = Signal(object)
    """The path, once the file is there."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def ask(self, title: str, name: str) -> Path | None:
        """Where to; the file keeps the ending of the name proposed, which is a reference or a month, never a person."""
        suffix = Path(name).suffix
        kind = _KINDS.get(suffix, "Document")
        target = self._desk.ask.save_file(title, safe_name(name), f"{kind} (*{suffix})")
        return None if target is None else files.ending_with(target, suffix)

    def offer(
        self, made: Document, *, title: str = "", written: Callable[[], None] | None = None, advice: str = ""
    ) -> None:
        """Save a finished document; `written` is called once the file is there."""
        path = self.ask(title or made.title, made.file_name)
        if path is not None:
            work, told = partial(_put, path, made), partial(self._told, written, advice, path)
            self._desk.tasks.run(work, told, context=self)

    def save(
        self,
        title: str,
        name: str,
        make: Callable[[Progress], Made],
        *,
        written: Callable[[Any], None] | None = None,
        failed: Failed | None = None,
        busy: str = "Préparation du fichier…",
        advice: str = "",
    ) -> None:
        """Make it once it is known where to; `written` is given what was made, `failed` a sentence."""
        path = self.ask(title, name)
        if path is not None:
            told = partial(self._made, written, advice, path)
            self._desk.tasks.run_long(partial(_make, path, make), told, failed, busy=busy, context=self)

    def tell(self, path: Path, words: str = "", advice: str = "") -> None:
        """The file is there: it is opened, or its folder, with one press."""
        told = (words or f"Enregistré : {path.name}") + (f". {advice}" if advice else "")
        actions: list[NoticeAction] = [
            ("Ouvrir", partial(self._open, path)),
            ("Ouvrir le dossier", partial(self._open, path.parent)),
        ]
        self._desk.shell.notify(told, "success", actions)
        self.saved.emit(path)

    def _made(self, written: Callable[[Any], None] | None, advice: str, path: Path, made: Made) -> None:
        if written is not None:
            written(made)
        self.tell(path, advice=advice)

    def _told(self, written: Callable[[], None] | None, advice: str, path: Path, _nothing: None) -> None:
        if written is not None:
            written()
        self.tell(path, advice=advice)

    def _open(self, path: Path) -> None:
        if not outside.show(path):
            self._desk.shell.notify(_NO_PROGRAM, "warning")


def at_once(read: Callable[[], Made]) -> Callable[[Progress], Made]:
    """For `save`: something made in one go."""
    return partial(_at_once, read)


def by_steps(read: Callable[..., Made]) -> Callable[[Progress], Made]:
    """For `save`: something that says how far it is, `read(step=…)`."""
    return partial(_by_steps, read)


def _at_once(read: Callable[[], Made], progress: Progress) -> Made:
    progress.step(0, 2)
    made = read()
    progress.step(1, 2)
    return made


def _by_steps(read: Callable[..., Made], progress: Progress) -> Made:
    return read(step=progress.step)


def _make(path: Path, make: Callable[[Progress], Made], progress: Progress) -> Made:
    made = make(progress)
    _put(path, made)
    return made


def _put(path: Path, made: Made) -> None:
    files.write_atomically(path, made if isinstance(made, bytes) else made.content)
