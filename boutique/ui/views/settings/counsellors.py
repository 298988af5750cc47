"""Réglages › Conseillers: the team, and « Confier ses dossiers… » for somebody who leaves."""

import uuid
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.core import french
from boutique.services import handovers, settings
from boutique.services.handovers import HeldFile
from boutique.services.settings import CounsellorLine
from boutique.services.workspace import Workspace
from boutique.ui.desk import Desk
from boutique.ui.forms.tab_order import put_before
from boutique.ui.tasks import Progress
from boutique.ui.typed_form import TypedForm
from boutique.ui.views.settings.entries import COUNSELLORS, EntriesPage
from boutique.ui.widgets.button import Button, GhostButton, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.check_box import CheckBox
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.list_row import ListRow
from boutique.ui.widgets.text_area import TextArea

_WORDS = "Ce qui vaut pour tous ces dossiers. Chacun garde aussi son historique."


class HandoverCard(Card):
    """The open files of somebody, ticked or not, to one colleague, in one action that one undo takes back."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Confier les dossiers", icon="arrow-right-left", tone="info", parent=parent)
        self._desk = desk
        self._giver: uuid.UUID | None = None
        self._held: tuple[HeldFile, ...] = ()
        self.boxes: list[CheckBox] = []
        self.receiver = ComboBox([], empty="Confier à…", accessible="Confier à")
        self.note = TextArea(placeholder=_WORDS, accessible="Note de passation", lines=2)
        self.all = CheckBox("Tous les dossiers ouverts", checked=True)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.confirm = PrimaryButton("Confier", icon="check", size="normal")
        self.cross = GhostButton("Annuler", hint="Échap")
        self.error = Label(role="small", tone="danger", wrap=True)
        self.typed = TypedForm(desk, "handover", self, note=self.note, receiver=self.receiver)
        names = {"give-to": self.receiver, "give-note": self.note, "give-all": self.all, "give-confirm": self.confirm}
        for name, widget in names.items():
            widget.setObjectName(name)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.confirm)
        line.addWidget(self.cross)
        line.addStretch(1)
        self.add(self.receiver, self.note, self.all, self._rows, self.error, line)
        self.all.clicked.connect(self._tick_all)
        self.confirm.clicked.connect(self._give)
        self.cross.clicked.connect(self.hide)

    def open(self, counsellor_id: uuid.UUID, name: str) -> None:
        self.typed.settle()
        self._giver = counsellor_id
        self.set_title(f"Confier les dossiers de {name}")
        self.note.write("")
        self._tell("")
        self.show()
        self._desk.read(settings.people_at_work, then=self._offer)
        self._desk.read(handovers.held_by, counsellor_id, then=self._show)

    def _offer(self, people: tuple[CounsellorLine, ...]) -> None:
        self.receiver.set_options([(line.id, line.name) for line in people if line.id != self._giver])
        self.receiver.write(None)
        self.typed.open(self._giver)
        self.receiver.setFocus()

    def _show(self, held: tuple[HeldFile, ...]) -> None:
        self._held = held
        empty(self._rows)
        self.boxes = []
        for file in held:
            box = CheckBox(checked=True, accessible=f"{file.name}, dossier {file.reference}")
            box.clicked.connect(self._count)
            self.boxes.append(box)
            about = " · ".join(part for part in (file.reference, file.phase, file.project) if part)
            self._rows.addWidget(ListRow(file.name, about, leading=box, wrap=False))
        if not held:
            self._rows.addWidget(Label("Cette personne ne suit aucun dossier ouvert.", tone="muted"))
        for box in self.boxes:  # made after the buttons that follow them
            put_before(box, self.confirm)
        self.all.setVisible(bool(held))
        self.all.setChecked(True)
        self._count()

    def _tick_all(self) -> None:
        for box in self.boxes:
            box.setChecked(self.all.isChecked())
        self._count()

    def _count(self) -> None:
        ticked = sum(box.isChecked() for box in self.boxes)
        self.all.setChecked(bool(self.boxes) and ticked == len(self.boxes))
        self.confirm.set_label(f"Confier {french.plural(ticked, 'dossier')}" if ticked else "Confier")
        self.confirm.setEnabled(bool(ticked))

    def _give(self) -> None:
        to_id = self.receiver.read()
        if to_id is None:
            self._tell("Choisissez à qui confier les dossiers.")
            self.receiver.setFocus()
            return
        cases = [file.case_id for file, box in zip(self._held, self.boxes, strict=True) if box.isChecked()]
        work = partial(_hand_over, self._desk.workspace, cases, to_id, self.note.read())
        self._desk.tasks.run_long(work, self._given, self._tell, busy="Passation des dossiers…")

    def _given(self, count: int) -> None:
        self.hide()
        self.typed.drop()
        given = french.plural(count, "dossier confié", "dossiers confiés")
        told = f"{given} à {self.receiver.currentText()}"
        self._desk.shell.notify(told, "success", [("Annuler", self._desk.undo)])
        self._desk.changed.emit()

    def _tell(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))


def _hand_over(workspace: Workspace, cases: list[uuid.UUID], to_id: uuid.UUID, note: str, progress: Progress) -> int:
    """On the worker; giving up leaves every file where it was."""
    given: int = workspace.write("Dossiers confiés", handovers.give, cases, to_id, note, step=progress.step)
    return given


class CounsellorsPage(EntriesPage):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, COUNSELLORS, parent)
        self.give_button = Button("Confier ses dossiers…", icon="arrow-right-left")
        self.give_button.setObjectName("give")
        self.give_button.hide()
        self.form_card.set_action(self.give_button)
        self.handover = HandoverCard(desk)
        self.handover.hide()
        self.add(self.handover)
        self.give_button.clicked.connect(self._open_handover)

    def new(self) -> None:
        self.give_button.hide()
        self.handover.hide()
        super().new()

    def edit(self, identifier: uuid.UUID, title: str) -> None:
        self.handover.hide()
        self.give_button.show()
        super().edit(identifier, title)

    def go_back(self) -> bool:
        if not self.handover.isHidden():
            self.handover.hide()
            return True
        return super().go_back()

    def _open_handover(self) -> None:
        if self._id is not None:
            self.handover.open(self._id, self._title)
            # Once it has its place: it opens under the list and the form.
            QTimer.singleShot(0, self, partial(self.ensureWidgetVisible, self.handover.confirm))

    def _saved(self, identifier: Any) -> None:
        super()._saved(identifier)
        self.handover.hide()
