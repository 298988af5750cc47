"""Contacts who left long ago, whose names are no longer to be kept: said above the directory, erased when asked."""

import uuid

from PySide6.QtWidgets import QHBoxLayout, QWidget

from boutique.core import french
from boutique.services import partner_people
from boutique.ui.desk import Desk
from boutique.ui.widgets.button import Button
from boutique.ui.widgets.icon import Icon
from boutique.ui.widgets.label import Label

_ASKED = (
    "Leurs noms, leurs coordonnées et ce que l’historique en garde seront effacés pour de bon. "
    "Les structures et les orientations restent."
)


class ForgetLine(QWidget):
    """Hidden as long as there is nobody to forget."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._due: tuple[uuid.UUID, ...] = ()
        self.words = Label(role="small", tone="warning", wrap=True)
        self.erase = Button("Effacer leurs noms…", icon="user-x", size="small")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Icon("user-x", tone="warning", size=16))
        row.addWidget(self.words, 1)
        row.addWidget(self.erase)
        self.erase.clicked.connect(self._ask)
        self.hide()

    def refresh(self) -> None:
        self._desk.read_latest("partners.forget", partner_people.to_erase, then=self._show)

    def _show(self, found: tuple[tuple[uuid.UUID, str], ...]) -> None:
        self._due = tuple(contact for contact, _ in found)
        count = french.plural(len(found), "contact parti", "contacts partis")
        self.words.setText(f"{count} il y a plus d’un an : il n’y a plus de raison de garder leur nom.")
        self.setVisible(bool(found))

    def _ask(self) -> None:
        count = french.plural(len(self._due), "contact")
        if self._desk.ask.confirm(f"Effacer {count} ?", _ASKED, yes="Effacer pour de bon", danger=True):
            self._desk.keep(partner_people.erase_contacts, self._due, then=self._erased)

    def _erased(self, _nothing: object) -> None:
        self._desk.shell.notify("Contacts effacés, historique compris.", "success")
        self._desk.changed.emit()
