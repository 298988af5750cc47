"""A form that unfolds in a card and folds again: somebody without a file, people without a name. For Ateliers."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from boutique.core.text import clip
from boutique.ui.forms.view import FormView
from boutique.ui.widgets.button import GhostButton, PrimaryButton
from boutique.ui.widgets.label import Label


class SmallForm(QWidget):
    """A form that unfolds in a card: `submitted(answers)`; Escape or « Annuler » folds it."""

    submitted = Signal(dict)
    folded = Signal()

    def __init__(self, form: FormView, name: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = form
        self.save_button = PrimaryButton(words, icon="check", hint="Ctrl ↵", size="normal")
        self.save_button.setObjectName(f"{name}-save")
        self.cancel_button = GhostButton("Annuler", hint="Échap")
        self.trouble = Label(role="small", tone="danger", wrap=True)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.cancel_button)
        buttons.addStretch(1)
        form.column.addWidget(self.trouble)
        form.column.addLayout(buttons)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(form)
        self.hide()
        self.trouble.hide()
        self.save_button.clicked.connect(self.submit)
        self.cancel_button.clicked.connect(self.fold)

    def open(self, answers: dict[str, Any], words: str) -> None:
        self.save_button.set_label(words)
        self.say("")
        self.form.load(answers)
        self.show()
        self.form.focus()

    def submit(self) -> None:
        self.say("")
        if not self.form.show_errors(self.form.errors()):
            self.submitted.emit(self.form.answers())

    def fold(self) -> None:
        self.form.set_clean()
        self.hide()
        self.folded.emit()

    def say(self, sentence: str) -> None:
        self.trouble.setText(clip(sentence, 400))
        self.trouble.setVisible(bool(sentence))
