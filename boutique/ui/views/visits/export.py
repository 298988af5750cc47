"""The visits leave as a workbook, as they are filtered; used by « Visites d’entreprises »."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from boutique.core.files import ending_with, write_atomically
from boutique.services import accesses, visit_export
from boutique.services.documents import Document
from boutique.services.visit_list import VisitQuery
from boutique.services.workspace import Workspace
from boutique.ui.desk import Desk
from boutique.ui.tasks import Progress

_TITLE = "Visites d’entreprises"


class VisitsExport(QObject):
    """`ask(query, told)`: made in the worker, then saved where the user says."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def ask(self, query: VisitQuery, told: str) -> None:
        work = partial(_make, self._desk.workspace, query, told)
        self._desk.tasks.run_long(work, self._save, busy="Export des visites…")

    def _save(self, made: Document) -> None:
        target = self._desk.ask.save_file(made.title, made.file_name, "Classeur (*.xlsx)")
        if target is not None:
            self._desk.tasks.run(partial(_write, ending_with(target, ".xlsx"), made.content), self._saved)

    def _saved(self, name: str) -> None:
        self._desk.keep(accesses.note, "export", _TITLE, people=0)
        self._desk.shell.notify(f"{_TITLE} : « {name} » est écrit.", "success")


def _make(workspace: Workspace, query: VisitQuery, told: str, progress: Progress) -> Document:
    progress.step(0, 1)
    made = workspace.read(visit_export.export, query, told)
    progress.step(1, 1)
    assert isinstance(made, Document)
    return made


def _write(path: Path, content: bytes) -> str:
    write_atomically(path, content)
    return path.name
