"""The form of a meeting with a partner, a few keys long. On the sheet of the partner and beside the list."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.core.text import clip
from boutique.forms.catalogue import MEETING
from boutique.services import meetings, programmes, settings
from boutique.services.meetings import MeetingSheet
from boutique.services.programmes import Option
from boutique.services.settings import Staff
from boutique.ui.desk import Desk
from boutique.ui.forms.view import FormView
from boutique.ui.typed_form import TypedForm
from boutique.ui.widgets.button import Button, PrimaryButton
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.field import Field
from boutique.ui.widgets.label import Label

_SHORTEST = 4  # letters of a list that may be narrow
_ROWS: dict[str, list[tuple[tuple[str, int], ...]]] = {
    "meeting": [
        (("partner_meeting.topic", 1),),
        (("partner_meeting.met_on", 1), ("partner_meeting.with_whom", 1)),
        (("partner_meeting.follow_up", 2), ("partner_meeting.follow_up_on", 1)),
    ],
}


class MeetingForm(QWidget):
    """`show_meeting(sheet)` fills it; `saved` once it is written, `closed` when it is given up."""

    saved = Signal(object)
    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.sheet: MeetingSheet | None = None
        self.form = FormView(MEETING, desk, rows=_ROWS, framed=False)
        self.counsellor, self.programme = ComboBox(empty="non précisé"), ComboBox(empty="aucun")
        for combo, name in ((self.counsellor, "meeting-counsellor"), (self.programme, "meeting-programme")):
            combo.setMinimumContentsLength(_SHORTEST)
            combo.setObjectName(name)
        self.trouble = Label(role="small", tone="danger", wrap=True)
        self.trouble.hide()
        self.save_button = PrimaryButton("Enregistrer", icon="check", hint="Ctrl ↵", size="normal")
        self.cancel_button = Button("Annuler")
        self.remove_button = Button("Supprimer", icon="trash-2", variant="ghost")
        self._lay_out()
        self.typed = TypedForm(
            desk, "partner_meeting", self, self.form, counsellor=self.counsellor, programme=self.programme
        )
        self.save_button.clicked.connect(self.save)
        self.cancel_button.clicked.connect(self.closed)
        self.remove_button.clicked.connect(self._remove)

    def show_meeting(self, sheet: MeetingSheet) -> None:
        """A meeting to edit, or a new one of today."""
        self.typed.settle()
        self.sheet = sheet
        self.desk.read(settings.staff, then=self._show_staff)
        self.desk.read(programmes.options, keep=sheet.programme_id, then=self._show_programmes)
        self.form.load(sheet.answers)
        self.remove_button.setVisible(sheet.id is not None)
        self._say("")
        self.typed.open(sheet.id or sheet.partner_id)

    def is_dirty(self) -> bool:
        return self.sheet is not None and (self.form.is_dirty() or self._chosen() != self._before)

    def set_clean(self) -> None:
        self.form.set_clean()
        self._before = self._chosen()

    def give_up(self) -> None:
        """Saved, or wanted no more: nothing of what was typed is kept."""
        self.set_clean()
        self.typed.drop()

    def take_focus(self) -> None:
        self.form.focus("partner_meeting.topic")

    def save(self) -> None:
        self._say("")
        if self.sheet is None or self.form.show_errors(self.form.errors()):
            return
        told = "Rencontre modifiée" if self.sheet.id is not None else "Rencontre notée"
        chosen = replace(self.sheet, counsellor_id=self.counsellor.read(), programme_id=self.programme.read())
        self.desk.write(told, meetings.save, chosen, self.form.answers(), then=self._saved, failed=self._say)

    _before: tuple[Any, ...] = ()

    def _chosen(self) -> tuple[Any, ...]:
        return self.counsellor.read(), self.programme.read()

    def _saved(self, _id: object) -> None:
        self.give_up()
        self.saved.emit(_id)

    def _remove(self) -> None:
        if self.sheet is not None and self.sheet.id is not None:
            self.desk.write("Rencontre supprimée", meetings.remove, self.sheet.id, then=self._saved)

    def _show_staff(self, staff: Staff) -> None:
        self.counsellor.set_options([(one.id, one.name) for one in staff.counsellors])
        self.counsellor.write(self.sheet.counsellor_id if self.sheet is not None else None)
        self._before = self._chosen()

    def _show_programmes(self, found: Sequence[Option]) -> None:
        self.programme.set_options([(one.id, one.label) for one in found])
        self.programme.write(self.sheet.programme_id if self.sheet is not None else None)
        self._before = self._chosen()

    def _say(self, sentence: str) -> None:
        self.trouble.setText(clip(sentence, 400))
        self.trouble.setVisible(bool(sentence))

    def _lay_out(self) -> None:
        by, buttons, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        by.setSpacing(12)
        by.addWidget(Field("Notre participant·e", self.counsellor), 1)
        by.addWidget(Field("Programme", self.programme), 1)
        buttons.setSpacing(8)
        for button in (self.save_button, self.cancel_button, self.remove_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.form)
        column.addLayout(by)
        column.addWidget(self.trouble)
        column.addLayout(buttons)
