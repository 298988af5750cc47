"""The visits leave as a workbook, as they are filtered; used by « Visites d’entreprises »."""

from functools import partial

from PySide6.QtCore import QObject

from boutique.services import accesses, visit_export
from boutique.services.documents import Document
from boutique.services.visit_list import VisitQuery
from boutique.services.workspace import Workspace
from boutique.ui.desk import Desk
from boutique.ui.saving import FileSaving
from boutique.ui.tasks import Progress

_TITLE = "Visites d’entreprises"


class VisitsExport(QObject):
    """`ask(query, told)`: made in the worker, then saved where the user says."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._saving = desk, FileSaving(desk, self)

    def ask(self, query: VisitQuery, told: str) -> None:
        work = partial(_make, self._desk.workspace, query, told)
        self._desk.tasks.run_long(work, self._save, busy="Export des visites…")

    def _save(self, made: Document) -> None:
        self._saving.offer(made, written=partial(self._desk.keep, accesses.note, "export", _TITLE, people=0))


def _make(workspace: Workspace, query: VisitQuery, told: str, progress: Progress) -> Document:
    progress.step(0, 1)
    made = workspace.read(visit_export.export, query, told)
    progress.step(1, 1)
    assert isinstance(made, Document)
    return made
