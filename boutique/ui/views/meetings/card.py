"""Meetings with one partner, on its sheet: the latest ones, and the form of a new one."""

import uuid
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from boutique.core import french
from boutique.services import meetings
from boutique.services.meetings import MeetingLine, MeetingSheet
from boutique.ui.desk import Desk
from boutique.ui.forms.tab_order import follow
from boutique.ui.views.meetings.form import MeetingForm
from boutique.ui.views.meetings.row import meeting_row
from boutique.ui.widgets.button import Button
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.check_box import CheckBox
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.list_row import ListRow

_SHOWN = 5


class MeetingsCard(Card):
    """`show_partner(id)`; `opened(form)` when the form is to be seen."""

    opened = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.new_button = Button("Noter une rencontre", icon="plus", size="small")
        super().__init__("Rencontres", action=self.new_button, parent=parent)
        self.desk = desk
        self.rows: list[ListRow] = []
        self._partner_id: uuid.UUID | None = None
        self._form: MeetingForm | None = None
        self._place, self._list = QVBoxLayout(), QVBoxLayout()
        self._list.setSpacing(0)
        self.rest = Label(role="small", tone="muted", wrap=True)
        self.add(self._place, self._list, self.rest)
        self.new_button.clicked.connect(self.new)

    @property
    def form(self) -> MeetingForm:
        """Made when it is first wanted: most sheets are only read."""
        if self._form is None:
            self._form = MeetingForm(self.desk)
            self._form.hide()
            self._form.saved.connect(self._saved)
            self._form.closed.connect(self._give_up)
            self._place.addWidget(self._form)
            follow(self._form.remove_button, self.rows)  # the form stands above them
        return self._form

    @property
    def editing(self) -> bool:
        return self._form is not None and not self._form.isHidden()

    def show_partner(self, partner_id: uuid.UUID) -> None:
        if partner_id != self._partner_id:
            self.put_away()
        self._partner_id = partner_id
        self.desk.read_latest("partner meetings", meetings.of_partner, partner_id, then=self._show)

    def new(self) -> None:
        if self._partner_id is not None and not (self.editing and self.form.is_dirty()):
            self.desk.read(meetings.blank, self._partner_id, then=self._edit)

    def save(self) -> bool:
        """True when there was a form to save."""
        if self.editing:
            self.form.save()
        return self.editing

    def put_away(self) -> bool:
        """Close the form, whose draft stays; True when there was one."""
        was = self.editing
        if self._form is not None:
            self._form.set_clean()
            self._form.hide()
        return was

    def _give_up(self) -> None:
        self.form.give_up()
        self.put_away()

    def _open(self, meeting_id: uuid.UUID) -> None:
        self.desk.read(meetings.sheet, meeting_id, then=self._edit)

    def _edit(self, sheet: MeetingSheet) -> None:
        self.form.show_meeting(sheet)
        self.form.show()
        self.opened.emit(self.form)
        self.form.take_focus()

    def _saved(self, _id: object) -> None:
        self.put_away()
        if self._partner_id is not None:
            self.show_partner(self._partner_id)

    def _show(self, lines: Sequence[MeetingLine]) -> None:
        empty(self._list)
        self.rows = []
        for line in lines[:_SHOWN]:
            row = meeting_row(line)
            row.activated.connect(partial(self._open, line.id))
            if (box := row.findChild(CheckBox)) is not None:
                box.toggled.connect(partial(self._tick, line.id))
            self.rows.append(row)
            self._list.addWidget(row)
        if self.rows:
            self.rows[-1].set_last()
        left = len(lines) - _SHOWN
        told = f"et {french.plural(left, 'autre')}, dans Rencontres" if left > 0 else ""
        self.rest.setText(told if lines else "Aucune rencontre notée avec cette structure.")
        self.rest.setVisible(bool(self.rest.text()))

    def _tick(self, meeting_id: uuid.UUID, done: bool) -> None:  # noqa: FBT001 - slot
        label = "Suite de rencontre faite" if done else "Suite de rencontre à refaire"
        self.desk.write(label, meetings.set_done, meeting_id, done=done)
