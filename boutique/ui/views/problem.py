"""The page shown when the base cannot be opened and nothing typed would help: what happened, and the ways out."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.core import clock, french
from boutique.services.opening import Refused
from boutique.services.protection import BackupLine
from boutique.ui.view import View
from boutique.ui.widgets.busy import Spinner
from boutique.ui.widgets.button import Button, GhostButton, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.centred import Centred
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.field import Field
from boutique.ui.widgets.label import Label

_ASIDE = "La base actuelle sera gardée à part dans le dossier « bases-remplacees »."


class ProblemView(View):
    """`again`, `quit`, and when they help: `restore(sequence)`, `key_wanted`, `over`."""

    again = Signal()
    restore = Signal(int)
    key_wanted = Signal()
    over = Signal()
    quit = Signal()
    title = "Base non ouverte"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = Label(wrap=True, selectable=True)
        self.copies = ComboBox(empty=None)
        self._copies_field = Field("Sauvegarde à restaurer", self.copies, explanation=_ASIDE)
        self.retry = PrimaryButton("Réessayer", icon="rotate-ccw")
        self.restore_button = Button("Restaurer une sauvegarde…", icon="history")
        self.key_button = Button("Remettre le fichier de clé", icon="key-round")
        self.over_button = Button("Recommencer l’installation", icon="play")
        self.quit_button = GhostButton("Quitter")
        self.confirm = Button("Restaurer cette sauvegarde", icon="check", variant="danger")
        self.failure = Label(role="small", tone="danger", wrap=True)
        self._working, self._buttons = QWidget(), QWidget()
        self._lay_out()
        self.retry.clicked.connect(self._again)
        self.quit_button.clicked.connect(self.quit)
        self.restore_button.clicked.connect(self._offer_copies)
        self.confirm.clicked.connect(self._restore)
        self.key_button.clicked.connect(self._take_key)
        self.over_button.clicked.connect(self._start_over)

    def enter(self, *, refused: Refused | None = None, **_arguments: Any) -> None:
        """What is wrong now; the page may be entered again after each try."""
        found = refused or Refused("")
        self._set_busy(busy=False)
        self.sentence.setText(found.sentence)
        self.failure.hide()
        self.copies.set_options([(one.sequence, _words(one)) for one in found.backups])
        self.restore_button.setVisible(bool(found.backups))
        self.key_button.setVisible(found.key_copies)
        self.over_button.setVisible(found.unfinished)
        for part in (self._copies_field, self.confirm):
            part.hide()

    def failed(self, sentence: str) -> None:
        """A way out did not work: the page stays, with why."""
        self._set_busy(busy=False)
        self.failure.setText(sentence)
        self.failure.show()

    def take_focus(self) -> None:
        self.retry.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_back(self) -> bool:
        return True

    def _lay_out(self) -> None:
        card = Card()
        working = QHBoxLayout(self._working)
        working.setContentsMargins(0, 0, 0, 0)
        working.addWidget(Spinner())
        working.addWidget(Label("Un instant…", tone="muted"), 1)
        rows = QVBoxLayout(self._buttons)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addLayout(_row([self.restore_button, self.key_button, self.over_button]))
        rows.addWidget(self._copies_field)
        rows.addLayout(_row([self.confirm]))
        rows.addLayout(_row([self.retry, self.quit_button]))
        card.body.setSpacing(12)
        heading = Label("La base n’a pas pu être ouverte", role="title", wrap=True)
        card.add(heading, self.sentence, self.failure, self._buttons, self._working)
        self._working.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Centred(card, width=560))

    def _offer_copies(self) -> None:
        for part in (self._copies_field, self.confirm):
            part.show()
        self.copies.setFocus(Qt.FocusReason.OtherFocusReason)

    def _again(self) -> None:
        self._set_busy(busy=True)
        self.again.emit()

    def _restore(self) -> None:
        self._set_busy(busy=True)
        self.restore.emit(self.copies.read())

    def _take_key(self) -> None:
        self._set_busy(busy=True)
        self.key_wanted.emit()

    def _start_over(self) -> None:
        self._set_busy(busy=True)
        self.over.emit()

    def _set_busy(self, *, busy: bool) -> None:
        self._buttons.setEnabled(not busy)
        self._working.setVisible(busy)


def _row(buttons: Sequence[QWidget]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row


def _words(one: BackupLine) -> str:
    at = clock.local(one.made_at)
    return f"{french.long_date(at.date())} à {at:%H:%M} · {french.plural(one.files, 'dossier')}"
