"""The form of a visit to a business: whom, why, what it needs, what follows. Beside the list of visits."""

import uuid
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from boutique.core.text import clip
from boutique.forms.catalogue import VISIT
from boutique.services import drafts, programmes, visit_list, visits
from boutique.services.drafts import DraftLine
from boutique.services.programmes import Option
from boutique.services.settings import Staff
from boutique.services.visits import VisitSheet
from boutique.ui.autosave import Autosave
from boutique.ui.desk import Desk
from boutique.ui.forms.view import FormView
from boutique.ui.views.visits.promises import PromisesEditor
from boutique.ui.widgets.button import Button, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.field import Field
from boutique.ui.widgets.label import Label

_SHORTEST = 4  # letters of a list that may be narrow
_PROMISES = "visit.promises"  # in a draft only
_ROWS: dict[str, list[tuple[tuple[str, int], ...]]] = {
    "business": [
        (("business_visit.name", 1),),
        (("business_visit.siren", 1), ("business_visit.commune_code", 2)),
        (("business_visit.naf_code", 1),),
        (("business_visit.size", 1),),
        (("business_visit.contact_name", 3), ("business_visit.phone", 2)),
    ],
    "visit": [(("business_visit.visited_on", 1), ("business_visit.purpose", 1))],
    "content": [
        (("business_visit.needs", 1),), (("business_visit.note", 1),), (("business_visit.next_on", 1), ("", 1)),
    ],
}  # fmt: skip


class VisitForm(Card):
    """`show_visit(sheet)` fills it; `saved(id)` once it is written, `closed` when it is given up."""

    saved = Signal(object)
    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Nouvelle visite", parent=parent)
        self.desk = desk
        self._id: uuid.UUID | None = None
        self._sheet: VisitSheet | None = None
        options = {"business_visit.needs": visit_list.need_options()}
        self.form = FormView(VISIT, desk, rows=_ROWS, options=options, framed=False)
        self.counsellor, self.programme = ComboBox(empty="non précisé"), ComboBox(empty="aucun")
        for combo, name in ((self.counsellor, "visit-counsellor"), (self.programme, "visit-programme")):
            combo.setMinimumContentsLength(_SHORTEST)
            combo.setObjectName(name)
        self.promises = PromisesEditor()
        self.trouble = Label(role="small", tone="danger", wrap=True)
        self.trouble.hide()
        self.save_button = PrimaryButton("Enregistrer", icon="check", hint="Ctrl ↵", size="normal")
        self.cancel_button = Button("Annuler")
        by, buttons = QHBoxLayout(), QHBoxLayout()
        by.setSpacing(12)
        by.addWidget(Field("Visite faite par", self.counsellor), 1)
        by.addWidget(Field("Programme", self.programme), 1)
        buttons.setSpacing(8)
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.cancel_button)
        buttons.addStretch(1)
        self.add(self.form, self.promises, by, self.trouble, buttons)
        self._draft_id: uuid.UUID | None = None
        self._autosave = Autosave(self)
        self.save_button.clicked.connect(self.save)
        self.cancel_button.clicked.connect(self.closed)
        self.form.changed.connect(self._touch)
        self.promises.changed.connect(self._touch)
        self._autosave.due.connect(self._keep)

    def show_visit(self, sheet: VisitSheet, staff: Staff) -> None:
        """A visit to edit, or a new one."""
        self._id, self._sheet, self._draft_id = sheet.id, sheet, None
        self._autosave.forget()
        self.set_title("Visite" if sheet.id is not None else "Nouvelle visite")
        self.counsellor.set_options([(one.id, one.name) for one in staff.counsellors])
        self.counsellor.write(sheet.counsellor_id)
        self.desk.read(programmes.options, keep=sheet.programme_id, then=self._show_programmes)
        self.promises.write(sheet.promises)
        self.form.load(sheet.answers)
        self._say("")
        self._before = self._typed()
        if sheet.id is not None:
            self.desk.read(drafts.find, VISIT.name, sheet.id, then=self._found)

    def resume(self, draft_id: uuid.UUID) -> None:
        """What was typed last time, on top of what is shown."""
        self._draft_id = draft_id
        self.desk.read(drafts.load, draft_id, then=self._show_draft, failed=self._say)

    def settle(self) -> None:
        """Keep at once what has just been typed."""
        self._autosave.flush()

    def give_up(self) -> None:
        """Nothing of what was typed is kept."""
        self.set_clean()
        self._autosave.forget()
        if self._draft_id is not None:
            self.desk.keep(drafts.drop, self._draft_id)
        self._draft_id = None

    def is_dirty(self) -> bool:
        return self._sheet is not None and (self.form.is_dirty() or self._typed() != self._before)

    def set_clean(self) -> None:
        self.form.set_clean()
        self._before = self._typed()

    def take_focus(self) -> None:
        named = self._sheet is not None and "business_visit.name" in self._sheet.answers
        self.form.focus("business_visit.visited_on" if named else "business_visit.name")

    def save(self) -> None:
        self._say("")
        if self.form.show_errors(self.form.errors()):
            return
        promises = self.promises.read()
        if promises is None:
            return
        self.desk.write(
            "Visite d’entreprise modifiée" if self._id is not None else "Visite d’entreprise notée",
            visits.save, self._id, self.form.answers(), promises, counsellor_id=self.counsellor.read(),
            programme_id=self.programme.read(), then=self._saved, failed=self._say,
        )  # fmt: skip

    _before: tuple[Any, ...] = ()

    def _typed(self) -> tuple[Any, ...]:
        return (self.counsellor.read(), self.programme.read(), *self.promises.typed())

    def _touch(self, _key: str = "") -> None:
        self._autosave.touch()

    def _keep(self) -> None:
        if self.isVisible() and self.is_dirty():
            typed = self.form.draft() | {_PROMISES: [list(line) for line in self.promises.typed()]}
            self._draft_id = self._draft_id or uuid.uuid4()
            self.desk.keep(drafts.keep, VISIT.name, typed, draft_id=self._draft_id, subject_id=self._id)

    def _found(self, draft: DraftLine | None) -> None:
        if draft is not None and self.isVisible() and not self.is_dirty():
            self.resume(draft.id)

    def _show_draft(self, typed: dict[str, Any]) -> None:
        lines = typed.pop(_PROMISES, [])
        self.form.load(typed)
        self.promises.write_typed([(str(label), str(due_on)) for label, due_on in lines])
        self._before = ()  # not saved yet: giving it up is asked about

    def _saved(self, visit_id: uuid.UUID) -> None:
        self.give_up()
        self.saved.emit(visit_id)

    def _show_programmes(self, found: Sequence[Option]) -> None:
        self.programme.set_options([(one.id, one.label) for one in found])
        self.programme.write(self._sheet.programme_id if self._sheet is not None else None)
        self._before = self._typed()

    def _say(self, sentence: str) -> None:
        self.trouble.setText(clip(sentence, 400))
        self.trouble.setVisible(bool(sentence))
