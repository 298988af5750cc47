"""Why and when an accompaniment ends, asked in place; used by the Fiche tab."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from boutique.core import clock, french
from boutique.core.errors import UserError
from boutique.models.choices import ExitReason
from boutique.ui.views.file.action_editor import DateEdit
from boutique.ui.widgets.button import Button, GhostButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.label import Label


class Ending(Card):
    """`decided(reason, date)`; the file can be reopened at any time, so nothing is asked twice."""

    decided = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Clôturer le dossier", tone="warning", parent=parent)
        self.reason = ComboBox(
            [(r, r.label) for r in ExitReason], empty="Motif de sortie…", accessible="Motif de sortie"
        )
        self.day = DateEdit("Date de fin")
        self.confirm = Button("Clôturer", icon="folder-closed")
        self.cross = GhostButton(icon="x", accessible="Ne pas clôturer")
        self.error = Label(role="small", tone="danger", wrap=True)
        for name, widget in {"reason": self.reason, "day": self.day, "confirm": self.confirm}.items():
            widget.setObjectName(f"ending-{name}")
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.reason, 1)
        line.addWidget(self.day)
        line.addWidget(self.confirm)
        line.addWidget(self.cross)
        words = "Le dossier reste consultable et peut être rouvert. Les suites à 1, 3, 6 et 12 mois restent possibles."
        self.add(Label(words, role="small", tone="muted", wrap=True), line, self.error)
        self.confirm.clicked.connect(self._decide)
        self.cross.clicked.connect(self.hide)
        self.tell("")

    def take_focus(self) -> None:
        self.reason.write(None)
        self.day.setText(french.show_date(clock.today()))
        self.tell("")
        self.reason.setFocus()

    def tell(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))

    def _decide(self) -> None:
        code = self.reason.read()
        if code is None:
            self.tell("Choisissez le motif de sortie dans la liste.")
            self.reason.setFocus()
            return
        try:
            on = french.parse_date(self.day.text(), today=clock.today(), past=True)
        except UserError as error:
            self.tell(str(error))
            return
        self.decided.emit(ExitReason(code), on)
