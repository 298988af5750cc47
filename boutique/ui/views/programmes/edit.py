"""The form of an agreement, new or known."""

import uuid
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from boutique.forms.catalogue import PROGRAMME
from boutique.services import programmes
from boutique.ui.desk import Desk
from boutique.ui.forms.view import FormView
from boutique.ui.typed_form import TypedForm
from boutique.ui.widgets.button import Button, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.label import Label

_ROWS = {
    "programme": (("programme.name", "programme.kind"), ("programme.funder", "programme.agreement")),
    "dates": (("programme.starts_on", "programme.ends_on", "programme.alert_days"),),
    "money": (
        ("programme.amount_eur", "programme.places", "programme.places_elsewhere"),
        ("programme.note",),
    ),
}


class ProgrammeForm(Card):
    """`saved(id)` once it is in the base; `toggled` when it opens or closes."""

    saved = Signal(object)
    toggled = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Nouveau programme", parent=parent)
        self._desk = desk
        self._id: uuid.UUID | None = None
        self.form = FormView(PROGRAMME, desk, framed=False, rows=_ROWS)
        self.trouble = Label(role="small", tone="danger", wrap=True)
        self.trouble.hide()
        self.save_button = PrimaryButton("Enregistrer", icon="check", hint="Ctrl ↵", size="normal")
        self.save_button.setObjectName("programme-save")
        self.cancel_button = Button("Annuler", hint="Échap")
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.cancel_button)
        buttons.addStretch(1)
        self.add(self.form, self.trouble, buttons)
        self.typed = TypedForm(desk, "programme", self, self.form)
        self.save_button.clicked.connect(self.save)
        self.cancel_button.clicked.connect(self.go_back)

    def open(self, programme_id: uuid.UUID | None, answers: Mapping[str, Any]) -> None:
        self.typed.settle()
        self._id = programme_id
        self.set_title(str(answers.get("programme.name") or "Nouveau programme"))
        self._say("")
        self.form.load(dict(answers))
        self.typed.open(programme_id)
        self.show()
        self.toggled.emit()
        self.form.focus(self.form.keys()[0])

    def is_open(self) -> bool:
        return not self.isHidden()

    def is_dirty(self) -> bool:
        return self.is_open() and self.form.is_dirty()

    def save(self) -> None:
        self._say("")
        if not self.form.show_errors(self.form.errors()):
            told = "Programme modifié" if self._id else "Programme ajouté"
            answers = self.form.answers()
            self._desk.write(told, programmes.save, self._id, answers, then=self._done, failed=self._say)

    def go_back(self) -> bool:
        """Closed; what was typed and not saved waits in its draft."""
        was_open = self.is_open()
        if self.is_dirty():
            self.typed.put_away(self._reopen)
        self.hide()
        self.toggled.emit()
        return was_open

    def _reopen(self) -> None:
        self.show()
        self.toggled.emit()
        self.form.focus(self.form.keys()[0])

    def _done(self, programme_id: uuid.UUID) -> None:
        self.form.set_clean()
        self.typed.drop()
        self.go_back()
        self.saved.emit(programme_id)

    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))
