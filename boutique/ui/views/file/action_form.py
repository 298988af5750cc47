"""Every answer of one action, with the partner it counts on; opens in the place of its line in the plan."""

import uuid
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from boutique.forms.catalogue import ACTION
from boutique.services.directory import PartnerRow
from boutique.ui.desk import Desk
from boutique.ui.forms.layout import Row
from boutique.ui.forms.view import FormView
from boutique.ui.views.file.partner_pick import PartnerPick
from boutique.ui.widgets.button import Button, GhostButton, PrimaryButton
from boutique.ui.widgets.elided_label import ElidedLabel
from boutique.ui.widgets.label import Label

_ROWS: dict[str, list[Row]] = {
    "action": [
        ["action.label"],
        [("action.owner", 4), ("action.due_on", 3), ("action.status", 3), ("action.priority", 4)],
        [("action.prerequisite", 6), ("action.vigilance", 6)],
        ["action.result"],
    ]
}


class ActionForm(QWidget):
    """`submitted(answers)` once they are right, `action.partner_id` among them; `cancelled`."""

    submitted = Signal(dict)
    cancelled = Signal()

    def __init__(self, desk: Desk, others: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._partner_id: uuid.UUID | None = None
        self.form = FormView(ACTION, desk, rows=_ROWS, framed=False)
        self._suggest(others)
        self.partner = ElidedLabel("")
        self.choose = Button("Choisir…", icon="handshake", size="small", accessible="Choisir un partenaire")
        self.clear = GhostButton(icon="x", accessible="Sans partenaire")
        self.pick = PartnerPick(desk)
        self.pick.hide()
        self.keep = PrimaryButton("Enregistrer", icon="check", hint="Ctrl S", size="normal")
        self.give_up = Button("Annuler", hint="Échap")
        parts = {"choose": self.choose, "clear": self.clear, "keep": self.keep, "cancel": self.give_up}
        for name, button in parts.items():
            button.setObjectName(f"edited-{name}")
        self._lay_out()
        self.choose.clicked.connect(self.pick.open)
        self.clear.clicked.connect(self._no_partner)
        self.pick.picked.connect(self._picked)
        self.keep.clicked.connect(self.save)
        self.give_up.clicked.connect(self.cancelled)
        self.set_partner(None)

    def write(self, answers: dict[str, Any]) -> None:
        self.form.load(answers)

    def set_partner(self, found: tuple[uuid.UUID, str] | None) -> None:
        self._partner_id = found[0] if found else None
        self.partner.setText(found[1] if found else "aucun")
        self.clear.setVisible(found is not None)

    def take_focus(self) -> None:
        self.form.focus("action.label")

    def save(self) -> None:
        if not self.form.show_errors(self.form.errors()):
            self.submitted.emit({**self.form.answers(), "action.partner_id": self._partner_id})

    def go_back(self) -> bool:
        """Escape closes the search of a partner first."""
        searching = not self.pick.isHidden()
        self.pick.hide()
        return searching

    def _picked(self, row: PartnerRow) -> None:
        self.set_partner((row.partner_id, row.name))
        self.keep.setFocus()

    def _no_partner(self) -> None:
        self.set_partner(None)
        self.choose.setFocus()

    def _suggest(self, others: Sequence[str]) -> None:
        """What must come first is most often another line of the plan."""
        editor = self.form.editor("action.prerequisite")
        assert isinstance(editor, QLineEdit)
        completer = QCompleter(list(others), editor)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        editor.setCompleter(completer)

    def _lay_out(self) -> None:
        partner, buttons = QHBoxLayout(), QHBoxLayout()
        partner.setSpacing(8)
        partner.addWidget(Label("Partenaire :", role="label"))
        partner.addWidget(self.partner)
        partner.addWidget(self.choose)
        partner.addWidget(self.clear)
        partner.addStretch(1)
        buttons.addWidget(self.keep)
        buttons.addWidget(self.give_up)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 12)
        column.setSpacing(10)
        column.addWidget(self.form)
        column.addLayout(partner)
        column.addWidget(self.pick)
        column.addLayout(buttons)
