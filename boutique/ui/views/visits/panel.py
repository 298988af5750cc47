"""One visit to read: the business, what it needs, what was promised and is ticked here, its other visits."""

import uuid
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.core import french
from boutique.core.clock import today
from boutique.forms import values
from boutique.forms.catalogue import VISIT
from boutique.rules.outreach import need_labels
from boutique.services.visits import Promise, VisitSheet
from boutique.ui.desk import Desk
from boutique.ui.forms.tab_order import put_before
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.button import Button
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.check_box import CheckBox
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.flow_layout import FlowLayout
from boutique.ui.widgets.icon import Icon
from boutique.ui.widgets.label import Label, breakable

# What is shown, in order: field → icon.
_LINES = (
    ("business_visit.contact_name", "user"),
    ("business_visit.phone", "phone"),
    ("business_visit.siren", "hash"),
    ("business_visit.size", "users"),
    ("business_visit.purpose", "target"),
)


class VisitPanel(Card):
    """`edited`, `again`, `removed`: what its buttons ask; `ticked(id, done)`; `opened(visit id)`; `filed(case id)`."""

    edited = Signal()
    again = Signal()
    removed = Signal()
    ticked = Signal(object, bool)
    opened = Signal(object)
    filed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk = desk
        self.sheet: VisitSheet | None = None
        self.name = Label(role="title", wrap=True, selectable=True)
        self.about = Label(tone="muted", wrap=True)
        self.note = Label(wrap=True, selectable=True)
        self.next = Badge("", "info", icon="calendar-days")
        self._lines, self._promises = QVBoxLayout(), QVBoxLayout()
        self._needs, self._others = QWidget(), QWidget()
        self._need_flow, self._other_flow = FlowLayout(self._needs, gap=6), FlowLayout(self._others, gap=6)
        self._promises_head = Label("Suites à donner", role="label")
        self.file_button = Button("Ouvrir son dossier", icon="folder-open")
        self.edit_button = Button("Modifier", icon="pencil")
        self.again_button = Button("Nouvelle visite", icon="plus")
        self.remove_button = Button("Supprimer", icon="trash-2", variant="ghost")
        self._lay_out()
        self.edit_button.clicked.connect(self.edited)
        self.again_button.clicked.connect(self.again)
        self.remove_button.clicked.connect(self.removed)
        self.file_button.clicked.connect(self._open_file)

    def show_visit(self, sheet: VisitSheet) -> None:
        self.sheet = sheet
        answers = sheet.answers
        name = str(answers.get("business_visit.name", ""))
        self.setAccessibleName(f"Visite : {name}")
        self.name.setText(breakable(name))
        self.about.setText(breakable(self._where(sheet)))
        self._show_lines(sheet)
        self._need_flow.clear()
        for label in need_labels(answers.get("business_visit.needs") or ()):
            self._need_flow.addWidget(Badge(label, "info", shortens=True))
        self._needs.setVisible(bool(answers.get("business_visit.needs")))
        self.note.setText(breakable(str(answers.get("business_visit.note") or "")))
        self.note.setVisible(bool(self.note.text()))
        self._show_promises(sheet)
        self._show_next(sheet)
        self._show_others(sheet)
        self.file_button.setVisible(sheet.ours is not None)

    def take_focus(self) -> None:
        self.edit_button.setFocus()

    def _where(self, sheet: VisitSheet) -> str:
        reference = self._desk.workspace.reference
        commune = reference.commune(sheet.answers.get("business_visit.commune_code") or "")
        activity = reference.naf(sheet.answers.get("business_visit.naf_code") or "")
        on = french.long_date(sheet.answers["business_visit.visited_on"])
        parts = (
            f"Visite du {on}", sheet.counsellor, commune.name if commune else "",
            (activity.short_label or activity.label) if activity else "",
        )  # fmt: skip
        return " · ".join(part for part in parts if part)

    def _show_lines(self, sheet: VisitSheet) -> None:
        empty(self._lines)
        for key, icon in _LINES:
            field = VISIT.field(key)
            if text := values.show(field, sheet.answers.get(key)):
                self._lines.addLayout(_line(Icon(icon, size=16, accessible=field.label), text))

    def _show_promises(self, sheet: VisitSheet) -> None:
        empty(self._promises)
        self._promises_head.setVisible(bool(sheet.promises))
        for promise in sheet.promises:
            row = self._promise(promise)
            self._promises.addWidget(row)
            put_before(row.findChildren(CheckBox)[0], self.edit_button)

    def _promise(self, promise: Promise) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        box = CheckBox("", checked=promise.done_on is not None)
        box.setAccessibleName(f"Fait : {promise.label}")
        box.toggled.connect(partial(self._tick, promise.id))
        row.addWidget(box)
        row.addWidget(Label(breakable(promise.label), wrap=True, tone="muted" if promise.done_on else "ink"), 1)
        if promise.done_on is not None:
            row.addWidget(Badge(f"fait le {french.show_date(promise.done_on)}", "success", icon="check"))
        elif promise.due_on is not None:
            late = promise.late
            words = f"{'en retard : ' if late else 'pour le '}{french.show_date(promise.due_on)}"
            row.addWidget(Badge(words, "accent" if late else "neutral", icon="clock-alert" if late else "clock"))
        return made

    def _show_next(self, sheet: VisitSheet) -> None:
        on = sheet.answers.get("business_visit.next_on")
        self.next.setVisible(on is not None)
        if on is not None:
            come = on <= today()
            words = f"{'À revoir depuis le' if come else 'À revoir le'} {french.show_date(on)}"
            self.next.set_state(words, "warning" if come else "info")

    def _show_others(self, sheet: VisitSheet) -> None:
        self._other_flow.clear()
        for visit_id, on in sheet.others:
            words = f"visite du {french.show_date(on)}"
            button = Button(words, size="small", accessible=f"Ouvrir la {words}")
            button.clicked.connect(partial(self.opened.emit, visit_id))
            self._other_flow.addWidget(button)
            put_before(button, self.edit_button)
        self._others.setVisible(bool(sheet.others))

    def _tick(self, action_id: uuid.UUID | None, done: bool) -> None:  # noqa: FBT001 - slot
        self.ticked.emit(action_id, done)

    def _open_file(self) -> None:
        if self.sheet is not None and self.sheet.ours is not None:
            self.filed.emit(self.sheet.ours.case_id)

    def _lay_out(self) -> None:
        self._lines.setSpacing(6)
        self._promises.setSpacing(6)
        buttons = FlowLayout(gap=8)
        for button in (self.edit_button, self.again_button, self.file_button, self.remove_button):
            buttons.addWidget(button)
        marks = QHBoxLayout()
        marks.addWidget(self.next)
        marks.addStretch(1)
        self.add(
            self.name, self.about, marks, self._lines, self._needs, self.note, self._promises_head, self._promises,
            self._others, buttons,
        )  # fmt: skip


def _line(icon: Icon, text: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(icon)
    row.addWidget(Label(breakable(text), wrap=True, selectable=True), 1)
    return row
