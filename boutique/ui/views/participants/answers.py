"""What one participant answered at entry and six months after the end, and what is still missing."""

import uuid
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from boutique.forms.catalogue import PARTICIPATION
from boutique.rules.participants import Moment
from boutique.services import participants
from boutique.services.participants import ParticipantLine
from boutique.ui.desk import Desk
from boutique.ui.forms.view import FormView
from boutique.ui.widgets.button import Button, GhostButton, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.flow_layout import FlowLayout
from boutique.ui.widgets.label import Label

_MOMENTS = {Moment.ENTRY: "À l’entrée", Moment.EXIT: "À la sortie", Moment.SIX_MONTHS: "À six mois"}
_ROWS = {
    "entry": (
        ("participation.entered_on",),
        ("participation.in_training",),
        ("participation.employment_status",),
        ("participation.registration_duration",),
        ("participation.education_level",),
        ("participation.allowances",),
    ),
    "six_months": (
        ("participation.reached_on",),
        ("participation.unreachable",),
        ("participation.status_after",),
        ("participation.improved",),
    ),
}


class AnswersCard(Card):
    """`file_asked(line)`: what is missing is in the file itself."""

    file_asked = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Participant", parent=parent)
        self._desk = desk
        self._line: ParticipantLine | None = None
        self.missing = Label(tone="warning", wrap=True)
        self.file_button = Button("Ouvrir la fiche", icon="folder-open", size="small")
        self.form = FormView(PARTICIPATION, desk, framed=False, rows=_ROWS)
        self.trouble = Label(role="small", tone="danger", wrap=True)
        self.save_button = PrimaryButton("Enregistrer", icon="check", size="normal")
        self.remove_button = GhostButton("Retirer de l’opération", icon="user-round-minus")
        buttons = FlowLayout(gap=8)
        for name, button in (("save", self.save_button), ("file", self.file_button), ("remove", self.remove_button)):
            button.setObjectName(f"participant-{name}")
            buttons.addWidget(button)
        self.trouble.hide()
        self.add(self.missing, self.form, self.trouble, buttons)
        self.save_button.clicked.connect(self.save)
        self.file_button.clicked.connect(self._ask_file)
        self.remove_button.clicked.connect(self._remove)

    def open(self, line: ParticipantLine) -> None:
        if self._line is not None and line.id == self._line.id and not self.isHidden():
            return
        self._line = line
        self._tell(line)
        self._desk.read_latest("participant", participants.answers, line.id, then=self._load)

    def follow(self, lines: tuple[ParticipantLine, ...]) -> None:
        """What is missing of the one in sight, once something was saved; it closes when it is gone."""
        here = next((line for line in lines if self._line is not None and line.id == self._line.id), None)
        if here is None:
            self.close_quietly()
        else:
            self._line = here
            self._tell(here)

    def is_dirty(self) -> bool:
        return not self.isHidden() and self.form.is_dirty()

    def close(self) -> bool:
        """Escape: True when it was open."""
        was_open = not self.isHidden()
        self.close_quietly()
        return was_open

    def close_quietly(self) -> None:
        self._line = None
        self.form.set_clean()
        self.hide()

    def save(self) -> None:
        if self._line is None or self.form.show_errors(self.form.errors()):
            return
        self._say("")
        self._desk.write(
            "Participant modifié", participants.save, self._line.id, self.form.answers(), then=self._saved,
            failed=self._say,
        )  # fmt: skip

    def _tell(self, line: ParticipantLine) -> None:
        self.set_title(f"{line.name} · {line.reference}")
        told = [
            f"{words} : {', '.join(one.label for one in line.missing if one.moment is moment)}"
            for moment, words in _MOMENTS.items()
            if any(one.moment is moment for one in line.missing)
        ]
        self.missing.setText("À compléter.\n" + "\n".join(told) if told else "Rien ne manque à ce jour.")
        self.missing.set_tone("warning" if told else "success")

    def _load(self, answers: dict[str, Any]) -> None:
        self._say("")
        self.form.load(answers)
        self.show()

    def _saved(self, _nothing: None) -> None:
        self.form.set_clean()

    def _ask_file(self) -> None:
        self.file_asked.emit(self._line)

    def _remove(self) -> None:
        if self._line is not None:
            gone: uuid.UUID = self._line.id
            self._desk.write("Participant retiré de l’opération", participants.remove, gone)

    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))
