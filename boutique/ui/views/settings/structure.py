"""Réglages › Structure: what documents print at their top, data protection, delays of reminders."""

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from boutique.forms.catalogue import STRUCTURE
from boutique.services import settings
from boutique.ui.desk import Desk
from boutique.ui.forms.view import FormView
from boutique.ui.typed_form import TypedForm
from boutique.ui.views.settings.page import Page
from boutique.ui.widgets.button import PrimaryButton
from boutique.ui.widgets.label import Label

_ROWS: dict[str, list[tuple[tuple[str, int], ...]]] = {
    "structure": [
        (("structure.name", 1), ("structure.legal_name", 1)),
        (("structure.address", 1), ("structure.postal_line", 1)),
        (("structure.phone", 1), ("structure.email", 1)),
    ],
    "orientation": [(("structure.reminder_days", 1), ("structure.expiry_days", 1))],
    "rgpd": [
        (("structure.dpo_contact", 1), ("structure.legal_basis", 1)),
        (("structure.notice_version", 1), ("structure.notice_date", 1)),
        (("structure.retention_months", 1), ("structure.contact_months", 1)),
    ],
}


_LABELS = {
    "structure.retention_months": "Conservation des dossiers (mois)",
    "structure.contact_months": "Noms sans dossier (mois)",
}


class StructurePage(Page):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.form = FormView(STRUCTURE, desk, rows=_ROWS, labels=_LABELS)
        self.save_button = PrimaryButton("Enregistrer", icon="check", hint="Ctrl ↵", size="normal")
        self.trouble = Label(role="small", tone="danger", wrap=True)
        self.trouble.hide()
        buttons = QHBoxLayout()
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.trouble, 1)
        buttons.addStretch(1)
        self.add(self.form, buttons)
        self.typed = TypedForm(desk, "structure", self, self.form)
        self.save_button.clicked.connect(self.save)

    def enter(self) -> None:
        if not self.form.is_dirty():
            self.desk.read(settings.structure, then=self._show)

    def save(self) -> None:
        self._say("")
        if not self.form.show_errors(self.form.errors()):
            self.desk.write(
                "Structure modifiée", settings.save_structure, self.form.answers(), then=self._saved, failed=self._say
            )

    def is_dirty(self) -> bool:
        return self.form.is_dirty()

    def _show(self, answers: dict[str, Any]) -> None:
        if not self.form.is_dirty():
            self.form.load(answers)
            self.typed.open(None)

    def _saved(self, _nothing: None) -> None:
        self.form.set_clean()
        self.typed.drop()
        self.enter()

    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))
