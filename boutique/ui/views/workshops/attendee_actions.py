"""What can be done with the person chosen in the table of a session: file, attestation, place, out. For its sheet."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from boutique.services.workshops.sheets import Attendee
from boutique.ui.widgets.button import Button
from boutique.ui.widgets.flow_layout import FlowLayout


class AttendeeActions(QWidget):
    """`wanted(verb, attendee)` with file, intake, link, edit, place, certificate or remove."""

    wanted = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._one: Attendee | None = None
        self.buttons = {
            "file": Button("Ouvrir le dossier", icon="folder-open", size="small"),
            "intake": Button("Créer le dossier", icon="folder-plus", size="small"),
            "link": Button("Relier à un dossier…", icon="link", size="small"),
            "edit": Button("Corriger", icon="pencil", size="small"),
            "place": Button("Donner une place", icon="ticket", size="small"),
            "certificate": Button("Attestation", icon="award", size="small"),
            "remove": Button("Désinscrire", icon="user-minus", size="small", variant="ghost"),
        }
        flow = FlowLayout(self, gap=6)
        for verb, button in self.buttons.items():
            button.setObjectName(f"attendee-{verb}")
            button.clicked.connect(partial(self._press, verb))
            flow.addWidget(button)

    def write(self, one: Attendee | None) -> None:
        """Only what makes sense for this person shows."""
        self._one = one
        self.setVisible(one is not None)
        if one is None:
            return
        shown = {
            "file": one.case_id is not None, "intake": one.case_id is None, "link": one.case_id is None,
            "edit": one.case_id is None, "place": bool(one.waiting_rank), "certificate": one.came, "remove": True,
        }  # fmt: skip
        for verb, button in self.buttons.items():
            button.setVisible(shown[verb])
            button.setAccessibleName(f"{button.label()} : {one.name}")

    def _press(self, verb: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - slot
        if self._one is not None:
            self.wanted.emit(verb, self._one)
