"""Why and when an accompaniment ends, and the situation at that moment; asked in place by the Fiche tab."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from boutique.forms import values
from boutique.forms.catalogue import EXIT
from boutique.services import endings
from boutique.services.endings import Start
from boutique.ui.desk import Desk
from boutique.ui.forms.layout import Cell
from boutique.ui.forms.view import FormView
from boutique.ui.widgets.button import Button, GhostButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.label import Label

_ROWS: dict[str, list[list[Cell]]] = {
    "exit": [
        [("exit.reason", 4), ("exit.ended_on", 3), ("exit.employment_status", 5)],
        ["exit.business_created", "exit.training_entered", "exit.qualification_obtained"],
        [("exit.note", 12)],
    ]
}
_CLOSING = "Le dossier reste consultable et peut être rouvert. Les suivis de l’entreprise créée continuent."
_COMPLETING = "Le dossier est clos : complétez ou corrigez ce qui est connu de la sortie."


class Ending(Card):
    """`decided(typed)`; the file can be reopened at any time, so nothing is asked twice."""

    decided = Signal(dict)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Clôturer le dossier", tone="warning", parent=parent)
        self._start: Start | None = None
        self.form = FormView(EXIT, desk, rows=_ROWS, framed=False)
        self.confirm = Button("Clôturer", icon="folder-closed")
        self.cross = GhostButton("Annuler", hint="Échap")
        self.about = Label(role="small", tone="muted", wrap=True)
        self.error = Label(role="small", tone="danger", wrap=True)
        self.confirm.setObjectName("ending-confirm")
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.confirm)
        line.addWidget(self.cross)
        line.addStretch(1)
        self.body.setSpacing(10)
        self.add(self.about, self.form, self.error, line)
        self.confirm.clicked.connect(self._decide)
        self.cross.clicked.connect(self.hide)
        self.tell("")

    def open(self, start: Start, known: dict[str, Any] | None = None) -> None:
        """Ask for the end; `known` is what was already said of it, to be corrected."""
        self._start = start
        self.set_title("Compléter la sortie" if known else "Clôturer le dossier")
        self.about.setText(_COMPLETING if known else _CLOSING)
        self.confirm.set_label("Enregistrer" if known else "Clôturer")
        self.confirm.set_icon("check" if known else "folder-closed")
        self.form.load(known or start.answers)
        self.tell("")
        self.show()
        self.form.focus("exit.employment_status" if known else None)

    def tell(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))

    def _decide(self) -> None:
        assert self._start is not None
        errors = self.form.errors()
        if "exit.ended_on" not in errors:
            typed = values.read(EXIT.field("exit.ended_on"), self.form.answers()["exit.ended_on"])
            errors |= endings.misplaced(self._start, typed)
        if not self.form.show_errors(errors):
            self.decided.emit(self.form.answers())
