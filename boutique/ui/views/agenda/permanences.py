"""Permanences: those there are, and the form of one. Beside the agenda, and in Réglages › Lieux."""

import uuid
from collections.abc import Callable, Sequence
from datetime import date, time
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.core import clock, french
from boutique.core.errors import UserError
from boutique.core.text import clip
from boutique.models.choices import Rhythm
from boutique.services import outreach, settings
from boutique.services.outreach import SessionLine
from boutique.services.settings import Staff
from boutique.ui.desk import Desk
from boutique.ui.forms.text_editors import DateEditor, LineEditor
from boutique.ui.typed_form import TypedForm
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.button import Button, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.chip import Chip
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.field import Field
from boutique.ui.widgets.flow_layout import FlowLayout
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.list_row import ListRow
from boutique.ui.widgets.side_by_side import side_by_side

_SHORTEST = 4  # letters of a list that may be narrow
_RHYTHMS = {
    Rhythm.WEEKLY: "chaque semaine",
    Rhythm.FORTNIGHTLY: "une semaine sur deux",
    Rhythm.MONTHLY: "chaque mois, même rang",
    Rhythm.MONTHLY_LAST: "chaque mois, le dernier",
    Rhythm.ONCE: "une seule fois",
}


class Permanences(QWidget):
    """A list, and the form under it. `closed` by « Fermer », where there is something to go back to."""

    closed = Signal()
    changed = Signal()  # the days that are left out

    def __init__(self, desk: Desk, *, closable: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._id: uuid.UUID | None = None
        self._skipped: list[date] = []
        self._before: tuple[Any, ...] = ()
        self.rows: list[ListRow] = []
        self.new_button = Button("Nouvelle permanence", icon="plus", size="small")
        self.close_button = Button("Fermer", hint="Échap", size="small")
        if not closable:
            self.close_button.hide()
        self.about = Label(
            "Une permanence colore l’agenda ; un rendez-vous pris en dehors est signalé.", role="small", tone="muted",
            wrap=True,
        )  # fmt: skip
        self._make_form()
        self._lay_out()
        editors = {name: field.editor for name, field in self.fields.items()}
        self.typed_form = TypedForm(desk, "outreach_rule", self, left_out=self, **editors)
        self.new_button.clicked.connect(self.new)
        self.close_button.clicked.connect(self.closed)
        self.save_button.clicked.connect(self.save)
        self.cancel_button.clicked.connect(self.put_away)
        self.delete_button.clicked.connect(self._delete)
        self.skip_button.clicked.connect(self._add_skipped)
        self.skip_day.returnPressed.connect(self._add_skipped)

    def enter(self) -> None:
        self.desk.read(settings.staff, then=self._write_staff)
        self.desk.read(outreach.listing, then=self._show)

    def new(self) -> None:
        self.begin(clock.today(), 9 * 60, 12 * 60)

    def begin(self, day: date, opens_at: int, closes_at: int) -> None:
        """A new permanence on this day of each week."""
        self._id = None
        self.desk.read(outreach.blank, day, opens_at, closes_at, then=partial(self._open, "Nouvelle permanence"))

    def edit(self, session_id: uuid.UUID) -> None:
        self._id = session_id
        self.desk.read(outreach.answers, session_id, then=partial(self._open, "Permanence"))

    @property
    def editing(self) -> bool:
        return not self.form.isHidden()

    def is_dirty(self) -> bool:
        return self.editing and self._typed() != self._before

    def put_away(self) -> bool:
        """Close the form; True when there was one."""
        was = self.editing
        if self.is_dirty():
            self.typed_form.put_away(partial(self.take_up, self._id))
        self.form.hide()
        return was

    def take_up(self, session_id: uuid.UUID | None) -> None:
        """The form that was left unfinished (None: of a new one)."""
        if session_id is None:
            self.new()
        else:
            self.edit(session_id)

    def typed(self) -> list[str]:
        """The days that are left out: for the draft."""
        return [day.isoformat() for day in self._skipped]

    def write_typed(self, typed: Sequence[str]) -> None:
        self._skipped = [date.fromisoformat(day) for day in typed]
        self._show_skipped()

    def save(self) -> None:
        if not self.editing:
            return
        self._say("")
        read: dict[str, Callable[[], Any]] = {
            "starts_on": partial(self._date, "starts_on", required=True),
            "ends_on": partial(self._date, "ends_on"),
            "opens_at": partial(self._minutes, "opens_at"),
            "closes_at": partial(self._minutes, "closes_at"),
        }
        typed: dict[str, Any] = {}
        for name, reader in read.items():
            typed[name] = self._read(name, reader)
        if any(self.fields[name].error() for name in read):
            return
        typed |= {
            "site_id": self.site.read(),
            "counsellor_id": self.counsellor.read(),
            "rhythm": self.rhythm.read(),
            "skipped": tuple(self._skipped),
        }
        label = "Permanence modifiée" if self._id else "Permanence notée"
        self.desk.write(label, outreach.save, self._id, typed, then=self._saved, failed=self._say)

    def take_focus(self) -> None:
        (self.rhythm if self.editing else self.new_button).setFocus()

    def _make_form(self) -> None:
        self.site, self.counsellor = ComboBox(empty=None), ComboBox(empty="qui est là")
        self.rhythm = ComboBox(list(_RHYTHMS.items()), empty=None)
        self.starts_on, self.ends_on = DateEditor("Première date"), DateEditor("Dernière date")
        self.opens_at, self.closes_at = LineEditor("De"), LineEditor("À")
        self.fields = {
            "site": Field("Lieu", self.site),
            "counsellor": Field("Tenue par", self.counsellor),
            "rhythm": Field("Rythme", self.rhythm, explanation="Le jour de la semaine est celui de la première date."),
            "starts_on": Field("Première date", self.starts_on),
            "ends_on": Field("Dernière date", self.ends_on, explanation="Rien : sans fin prévue."),
            "opens_at": Field("De", self.opens_at),
            "closes_at": Field("À", self.closes_at),
        }
        for combo in (self.site, self.counsellor, self.rhythm):
            combo.setMinimumContentsLength(_SHORTEST)
        for name, field in self.fields.items():
            field.editor.setObjectName(f"session-{name}")
        self.skip_day = DateEditor("Pas de permanence le")
        self._skip_field = Field("Pas de permanence le", self.skip_day)
        self.skip_button = Button("Ajouter", icon="calendar-x", size="small")
        self.skipped = QWidget()
        self._chips = FlowLayout(self.skipped, gap=4)
        self.trouble = Label(role="small", tone="danger", wrap=True)
        self.trouble.hide()
        self.save_button = PrimaryButton("Enregistrer", icon="check", hint="Ctrl ↵", size="normal")
        self.cancel_button = Button("Annuler")
        self.delete_button = Button("Supprimer", icon="trash-2", variant="ghost")
        self.save_button.setObjectName("session-save")

    def _lay_out(self) -> None:
        self.form = Card("Permanence")
        fields, skipping, buttons = self.fields, QHBoxLayout(), FlowLayout(gap=8)
        skipping.addWidget(self._skip_field, 1)
        skipping.addWidget(self.skip_button, 0, Qt.AlignmentFlag.AlignBottom)
        for button in (self.save_button, self.cancel_button, self.delete_button):
            buttons.addWidget(button)
        self.form.add(
            side_by_side(fields["site"], fields["counsellor"]), fields["rhythm"],
            side_by_side(fields["starts_on"], fields["ends_on"]), side_by_side(fields["opens_at"], fields["closes_at"]),
            self.skipped, skipping, self.trouble, buttons,
        )  # fmt: skip
        self.form.hide()
        self.list = Card("Permanences", action=self.close_button)
        first = QHBoxLayout()
        first.addWidget(self.new_button)
        first.addStretch(1)
        self.list.add(self.about, first)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.form)
        column.addWidget(self.list)
        column.addStretch(1)

    def _write_staff(self, staff: Staff) -> None:
        self.site.set_options([(one.id, one.name) for one in staff.sites])
        self.counsellor.set_options([(one.id, one.name) for one in staff.counsellors])

    def _show(self, lines: Sequence[SessionLine]) -> None:
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = [self._row(line) for line in lines]
        for row in self.rows:
            self.list.add(row)
        if self.rows:
            self.rows[-1].set_last()

    def _row(self, line: SessionLine) -> ListRow:
        off = f"{french.plural(len(line.skipped), 'date annulée', 'dates annulées')}" if line.skipped else ""
        about = " · ".join(part for part in (line.about, line.counsellor, off) if part)
        row = ListRow(line.site, about, trailing=[Badge("terminée")] if line.over else [], clickable=True)
        row.activated.connect(partial(self.edit, line.id))
        return row

    def _open(self, title: str, answers: dict[str, Any]) -> None:
        self.typed_form.settle()
        self.form.set_title(title)
        self.site.write(answers["site_id"])
        self.counsellor.write(answers["counsellor_id"])
        self.rhythm.write(answers["rhythm"])
        self.starts_on.write(answers["starts_on"])
        self.ends_on.write(answers["ends_on"])
        self.opens_at.write(outreach.show_hour(answers["opens_at"]))
        self.closes_at.write(outreach.show_hour(answers["closes_at"]))
        self._skipped = sorted(answers["skipped"])
        self.skip_day.write(None)
        for field in self.fields.values():
            field.set_error("")
        self._say("")
        self._show_skipped()
        self.delete_button.setVisible(self._id is not None)
        self.form.show()
        self._before = self._typed()
        self.typed_form.open(self._id)
        self.take_focus()

    def _typed(self) -> tuple[Any, ...]:
        lines = (self.starts_on, self.ends_on, self.opens_at, self.closes_at)
        combos = (self.site, self.counsellor, self.rhythm)
        return (*(line.text() for line in lines), *(combo.read() for combo in combos), *self._skipped)

    def _read(self, name: str, reader: Callable[[], Any]) -> Any:
        try:
            value = reader()
        except UserError as error:
            self.fields[name].set_error(str(error))
            return None
        self.fields[name].set_error("")
        return value

    def _date(self, name: str, *, required: bool = False) -> date | None:
        text = self.fields[name].editor.text()  # type: ignore[attr-defined]
        if not text.strip() and not required:
            return None
        return french.parse_date(text, today=clock.today())

    def _minutes(self, name: str) -> int:
        typed: time = french.parse_time(self.fields[name].editor.text())  # type: ignore[attr-defined]
        return typed.hour * 60 + typed.minute

    def _add_skipped(self) -> None:
        try:
            day = french.parse_date(self.skip_day.text(), today=clock.today())
        except UserError as error:
            self._say(str(error))
            return
        self._say("")
        self._skipped = sorted({*self._skipped, day})
        self.skip_day.write(None)
        self._show_skipped()
        self.changed.emit()

    def _show_skipped(self) -> None:
        self._chips.clear()
        for day in self._skipped:
            chip = Chip(f"pas le {french.show_date(day)}", removable=True)
            chip.removed.connect(partial(self._put_back, day))
            self._chips.addWidget(chip)
        self.skipped.setVisible(bool(self._skipped))

    def _put_back(self, day: date) -> None:
        self._skipped.remove(day)
        self._show_skipped()
        self.changed.emit()

    def _delete(self) -> None:
        if self._id is not None:
            self.desk.write("Permanence supprimée", outreach.delete, self._id, then=self._deleted)

    def _deleted(self, _nothing: None) -> None:
        self._saved(None)

    def _saved(self, _session_id: uuid.UUID | None) -> None:
        self.typed_form.drop()
        self.form.hide()
        self.enter()

    def _say(self, sentence: str) -> None:
        self.trouble.setText(clip(sentence, 400))
        self.trouble.setVisible(bool(sentence))
