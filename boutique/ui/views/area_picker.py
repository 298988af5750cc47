"""One field to choose a territory: an EPCI, a département, a région or one of ours."""

from typing import Any

from PySide6.QtWidgets import QWidget

from boutique.services import areas
from boutique.ui.desk import Desk
from boutique.ui.forms.lookup_editors import Found, LookupEditor

_UNKNOWN = "Ce territoire n’est pas reconnu : tapez son nom, puis prenez une ligne de la liste."


class AreaPicker(LookupEditor):
    """`read()` is the key of the territory (`services.areas`); `changed` when another one is chosen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._desk = desk
        self._labels: dict[str, str] = {}
        super().__init__(desk.tasks, self._areas, self._area_label, label="Territoire", unknown=_UNKNOWN, parent=parent)
        self.setPlaceholderText("Intercommunalité, département, pays…")
        self.setAccessibleName("Territoire")

    def show_area(self, key: str, label: str) -> None:
        """A territory chosen elsewhere."""
        self._labels[key] = label
        self.write(key)

    def focusInEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        """Typing replaces the territory that is shown."""
        super().focusInEvent(event)
        self.selectAll()

    def _areas(self, text: str) -> Found:
        found = self._desk.workspace.read(areas.search, text)
        self._labels |= dict(found)
        return found

    def _area_label(self, key: str) -> str:
        return self._labels.get(key, "")
