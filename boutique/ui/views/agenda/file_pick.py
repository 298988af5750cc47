"""The file an appointment is with, found as the universal search finds it. Used by the agenda's panel."""

import uuid

from PySide6.QtWidgets import QWidget

from boutique.services import search
from boutique.ui.desk import Desk
from boutique.ui.forms.lookup_editors import Found, LookupEditor

_MOST = 8
_UNKNOWN = "Ce dossier n’est pas trouvé. Choisissez une ligne de la liste, ou effacez ce champ."


class FilePick(LookupEditor):
    """Name, phone, commune or project: what the search at the top understands; empty for nobody's file."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._desk = desk
        self._labels: dict[str, str] = {}
        super().__init__(desk.tasks, self._files, self._name, label="Dossier", unknown=_UNKNOWN, parent=parent)
        self.setPlaceholderText("Nom, téléphone, commune… ou rien")

    def case_id(self) -> uuid.UUID | None:
        code = self.read()
        return uuid.UUID(code) if code else None

    def write_file(self, case_id: uuid.UUID | None, label: str) -> None:
        self._labels = {str(case_id): label} if case_id else {}
        self.write(str(case_id) if case_id else None)

    def settle(self) -> None:
        """The base is only asked by the worker: the answer to the last letter is there, or nothing is taken."""
        if self._asked == self.text().strip():
            super().settle()

    def _files(self, text: str) -> Found:
        """On the worker, at each keystroke."""
        workspace = self._desk.workspace
        hits = workspace.read(search.find, workspace.index, text, _MOST)
        found = [(str(hit.case_id), f"{hit.name} · {hit.reference}") for hit in hits]
        self._labels.update(found)
        return found

    def _name(self, code: str) -> str:
        return self._labels.get(code, "")
