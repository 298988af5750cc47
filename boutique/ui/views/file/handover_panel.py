"""A file goes to another counsellor: whom, with which note; and the note, at the top of the file until it is read."""

import uuid

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from boutique.core import french
from boutique.services import handovers, settings
from boutique.services.handovers import HandoverNote
from boutique.services.settings import CounsellorLine
from boutique.ui.desk import Desk
from boutique.ui.widgets.button import Button, GhostButton, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.text_area import TextArea

WORDS = "Ce que la personne suivante doit savoir : où on en est, ce qui est promis, ce qui est attendu."


class HandoverPanel(Card):
    """Asked in place, under the card of the file."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Confier le dossier", icon="arrow-right-left", tone="info", parent=parent)
        self._desk = desk
        self._case_id: uuid.UUID | None = None
        self.receiver = ComboBox([], empty="Confier à…", accessible="Confier à")
        self.note = TextArea(placeholder=WORDS, accessible="Note de passation", lines=3)
        self.confirm = Button("Confier le dossier", icon="check")
        self.cross = GhostButton("Annuler", hint="Échap")
        self.error = Label(role="small", tone="danger", wrap=True)
        names = {"handover-to": self.receiver, "handover-note": self.note, "handover-confirm": self.confirm}
        for name, widget in names.items():
            widget.setObjectName(name)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.confirm)
        line.addWidget(self.cross)
        line.addStretch(1)
        about = "Les rendez-vous à venir suivent le dossier. La note s’affiche en haut jusqu’à ce qu’elle soit lue."
        self.add(self.receiver, self.note, Label(about, role="small", tone="muted", wrap=True), self.error, line)
        self.confirm.clicked.connect(self._give)
        self.cross.clicked.connect(self.hide)

    def open(self, case_id: uuid.UUID) -> None:
        self._case_id = case_id
        self.note.write("")
        self._tell("")
        self.show()
        self._desk.read(settings.people_at_work, then=self._offer)
        self.receiver.setFocus()

    def _offer(self, people: tuple[CounsellorLine, ...]) -> None:
        self.receiver.set_options([(line.id, line.name) for line in people])
        self.receiver.write(None)

    def _give(self) -> None:
        to_id = self.receiver.read()
        if to_id is None:
            self._tell("Choisissez à qui confier le dossier.")
            self.receiver.setFocus()
            return
        told = f"Dossier confié à {self.receiver.currentText()}"
        self._desk.write(
            told, handovers.give, [self._case_id], to_id, self.note.read(), then=self._given, failed=self._tell
        )

    def _given(self, _count: int) -> None:
        self.hide()

    def _tell(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))


class HandoverNoteCard(Card):
    """`read(id)` once the new counsellor has taken note."""

    read = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.done = PrimaryButton("J’ai lu", icon="check", size="normal")
        super().__init__(
            "Passation", action=self.done, icon="arrow-right-left", tone="info", tinted=True, parent=parent
        )
        self._note: HandoverNote | None = None
        self.text = Label(wrap=True, selectable=True)
        self.add(self.text)
        self.done.setObjectName("handover-read")
        self.done.clicked.connect(self._tell)
        self.hide()

    def write(self, note: HandoverNote | None) -> None:
        self._note = note
        self.setVisible(note is not None)
        if note is None:
            return
        giver = f" par {note.giver}" if note.giver else ""
        receiver = "vous" if note.mine else note.receiver
        self.set_title(f"Dossier confié à {receiver}{giver} le {french.show_date(note.on)}")
        self.text.setText(note.note or "Sans note.")
        self.done.setVisible(note.mine)

    def _tell(self) -> None:
        if self._note is not None:
            self.read.emit(self._note.id)
