"""Of which institution a structure is an antenne: found while typing, or none. For the form of a partner."""

import uuid

from PySide6.QtWidgets import QWidget

from boutique.services import directory
from boutique.ui.desk import Desk
from boutique.ui.forms.lookup_editors import Found, LookupEditor

_UNKNOWN = (
    "Cette institution n’est pas dans l’annuaire. Choisissez une ligne de la liste, ou videz ce champ : "
    "la structure n’est alors l’antenne d’aucune autre."
)


class InstitutionEditor(LookupEditor):
    """`chosen()` is the institution, None for none; its own antennes and the structure itself are not offered."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._desk = desk
        self._names: dict[str, str] = {}
        self._types: dict[str, str] = {}
        self.without: uuid.UUID | None = None
        search, name = self._institutions, self._name
        super().__init__(desk.tasks, search, name, label="Antenne de", unknown=_UNKNOWN, parent=parent)
        self.setPlaceholderText("Nom de l’institution, si c’en est une antenne")

    def show_institution(self, institution: tuple[uuid.UUID, str] | None, *, of: uuid.UUID | None) -> None:
        self.without = of
        if institution is not None:
            self._names[str(institution[0])] = institution[1]
        self.write(institution[0] if institution else None)

    def chosen(self) -> uuid.UUID | None:
        code = self.read()
        return uuid.UUID(code) if code else None

    def type_code(self) -> str:
        """The type of the institution chosen, "" when it is not known."""
        return self._types.get(self.read() or "", "")

    def _institutions(self, text: str) -> Found:
        rows = self._desk.workspace.read(directory.institutions, text)
        kept = [row for row in rows if row.partner_id != self.without]
        self._types |= {str(row.partner_id): row.type_code for row in kept}
        found = [(str(row.partner_id), f"{row.name} ({row.place})" if row.place else row.name) for row in kept]
        self._names |= dict(found)
        return found

    def _name(self, code: str) -> str:
        return self._names.get(code, "")
