"""The grid of a diagnosis, one axis at a time, the radar moving beside it; kept as it is filled in."""

import uuid
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.core import french
from boutique.forms.catalogue import DIAGNOSIS
from boutique.rules import diagnosis as rules
from boutique.rules.lists import Axis
from boutique.services.diagnoses import Sheet
from boutique.ui.autosave import Autosave
from boutique.ui.forms.reminder import Reminder
from boutique.ui.views.file.action_editor import DateEdit
from boutique.ui.views.file.criterion_row import CriterionRow
from boutique.ui.views.file.diagnosis_words import shape
from boutique.ui.widgets.button import Button, GhostButton, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.columns import Columns
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.field import Field
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.radar import Radar
from boutique.ui.widgets.segmented import Segmented
from boutique.ui.widgets.text_area import TextArea

_TITLES = {False: "Nouveau diagnostic", True: "Modifier le diagnostic"}
_PAGES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class DiagnosisForm(QWidget):
    """`submitted(typed)`, `closed` (what was typed stays a draft), `typed(typed)` to be kept."""

    submitted = Signal(dict)
    closed = Signal()
    typed = Signal(dict)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.diagnosis_id: uuid.UUID | None = None
        self.autosave = Autosave(self)
        self.autosave.due.connect(self._keep)
        self._sheet: Sheet | None = None
        self._levels: dict[str, int | None] = {}
        self._facts: dict[str, str] = {}
        self._axis = 0
        self.rows: dict[str, CriterionRow] = {}
        self.heading = Label(role="heading")
        self.progress = Label(role="small", tone="muted")
        self.save = PrimaryButton("Enregistrer", icon="check", hint="Ctrl ↵", size="normal")
        self.close_form = GhostButton("Fermer", hint="Échap")
        self.error = Label(role="small", tone="danger", wrap=True)
        self.error.hide()
        self.day = DateEdit("Date")
        self.day_field = Field("Date", self.day, required=True)
        self.axes = Segmented([], optional=False)
        self._criteria = Card()
        self._rows = QVBoxLayout()
        self.next_axis = Button("Axe suivant", trailing="chevron-right")
        self.radar = Radar("Radar du diagnostic")
        self.comment, self.reminder = TextArea(lines=3), Reminder()
        self.comment_field = Field("Commentaire, à partager", self.comment)
        self._lay_out()
        names = {"save": self.save, "close": self.close_form, "day": self.day, "comment": self.comment,
                 "next-axis": self.next_axis}  # fmt: skip
        for name, widget in names.items():
            widget.setObjectName(f"diagnosis-form-{name}")
        self.save.clicked.connect(self.submit)
        self.close_form.clicked.connect(self.closed)
        self.day.textEdited.connect(self.autosave.touch)
        self.comment.textChanged.connect(self._look)
        self.next_axis.clicked.connect(partial(self._turn, 1))

    def write(self, sheet: Sheet) -> None:
        """Show a diagnosis: new, kept as a draft, or made earlier."""
        self._sheet, self.diagnosis_id = sheet, sheet.diagnosis_id
        self._levels, self._facts = dict(sheet.typed["levels"]), dict(sheet.typed["facts"])
        self.heading.setText(_TITLES[sheet.diagnosis_id is not None])
        self.day.setText(sheet.typed["diagnosis.made_on"])
        self.comment.write(sheet.typed["diagnosis.comment"])
        self._make_axes()
        self._tell({}, "")
        self.save.setEnabled(True)
        self._show_axis(0)
        self.autosave.forget()

    def read(self) -> dict[str, Any]:
        """What is typed, as typed; a draft keeps it as it is."""
        return {
            "diagnosis.made_on": self.day.text(),
            "diagnosis.comment": self.comment.read(),
            "levels": {code: level for code, level in self._levels.items() if level is not None},
            "facts": {code: fact for code, fact in self._facts.items() if fact.strip()},
        }

    def submit(self) -> None:
        """Ctrl+Return: the date and the comment are checked here, each error beside its field."""
        _, errors = DIAGNOSIS.read(self.read())
        self._tell(errors, "")
        if errors or self._sheet is None:
            return
        self.save.setEnabled(False)
        self.submitted.emit(self.read())

    def refuse(self, sentence: str) -> None:
        """The service said no: nothing typed is lost."""
        self.save.setEnabled(True)
        self._tell({}, sentence)

    def take_focus(self) -> None:
        """The first criterion that is not marked, on this axis."""
        waiting = [row for code, row in self.rows.items() if self._levels.get(code) is None]
        first = waiting[0] if waiting else next(iter(self.rows.values()), None)
        if first is not None:
            first.take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        step = _PAGES.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._turn(step)

    def _make_axes(self) -> None:
        """One answer among the axes of this grid, with how far each one is."""
        assert self._sheet is not None
        options = [(rank, axis.label) for rank, axis in enumerate(self._sheet.grid.axes)]
        made = Segmented(options, accessible="Axe", optional=False)
        made.setObjectName("diagnosis-form-axes")
        made.changed.connect(self._chosen_axis)
        self._axes_line.replaceWidget(self.axes, made)
        self.axes.hide()
        self.axes.deleteLater()
        self.axes = made

    def _shown_axis(self) -> Axis:
        assert self._sheet is not None
        return self._sheet.grid.axes[self._axis]

    def _chosen_axis(self, rank: int) -> None:
        self._show_axis(rank)

    def _show_axis(self, rank: int) -> None:
        assert self._sheet is not None
        self._axis = rank
        self.axes.write(rank)
        self.rows = {}  # those that go may still be given the focus by one another
        empty(self._rows)
        axis = self._shown_axis()
        self.rows = {c.code: CriterionRow(c, self._levels.get(c.code), self._facts.get(c.code, ""))
                     for c in axis.criteria}  # fmt: skip
        before: QWidget = self.axes
        for row in self.rows.values():
            self._rows.addWidget(row)
            row.changed.connect(self._changed)
            row.moved.connect(self._move)
            row.entered.connect(self._explain)
            before = _after(before, row)
        QWidget.setTabOrder(before, self.next_axis)
        last = rank == len(self._sheet.grid.axes) - 1
        self.next_axis.setVisible(not last)
        self._count()

    def _turn(self, step: int, *, last: bool = False) -> None:
        """Another axis; from the criterion below the last one, or above the first."""
        assert self._sheet is not None
        wanted = self._axis + step
        if 0 <= wanted < len(self._sheet.grid.axes):
            self._show_axis(wanted)
            rows = list(self.rows.values())
            rows[-1 if last else 0].take_focus()

    def _move(self, code: str, step: int) -> None:
        codes = list(self.rows)
        wanted = codes.index(code) + step
        if 0 <= wanted < len(codes):
            self.rows[codes[wanted]].take_focus()
        else:
            self._turn(step, last=step < 0)

    def _changed(self, code: str) -> None:
        row = self.rows[code]
        self._levels[code], self._facts[code] = row.scale.read(), row.fact.text()
        self._count()
        self.autosave.touch()

    def _explain(self, code: str) -> None:
        """What to look at, and what to be careful about, for the criterion one is on."""
        for other, row in self.rows.items():
            row.explain(other == code)

    def _count(self) -> None:
        assert self._sheet is not None
        axes = rules.evaluate(self._sheet.grid, self._levels)
        marked, total = sum(axis.marked for axis in axes), sum(axis.total for axis in axes)
        self.progress.setText(f"{french.plural(marked, 'critère noté', 'critères notés')} sur {total}")
        order = tuple(axis.code for axis in axes)
        before = shape(self._sheet.before_name, self._sheet.before, order) if self._sheet.before else None
        self.radar.write([axis.label for axis in axes], shape("Ce diagnostic", axes, order), before)

    def _tell(self, errors: dict[str, str], sentence: str) -> None:
        self.day_field.set_error(errors.get("diagnosis.made_on", ""))
        self.comment_field.set_error(errors.get("diagnosis.comment", ""))
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        if "diagnosis.made_on" in errors:
            self.day.setFocus()
        elif errors:
            self.comment.setFocus()

    def _look(self) -> None:
        self.reminder.look_at(self.comment.read())
        self.autosave.touch()

    def _keep(self) -> None:
        self.typed.emit(self.read())

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.heading)
        head.addWidget(self.progress, 1)
        head.addWidget(self.close_form)
        head.addWidget(self.save)
        self._axes_line = QHBoxLayout()
        self._axes_line.addWidget(self.axes)
        self._axes_line.addStretch(1)
        self._rows.setSpacing(12)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.next_axis)
        self._criteria.body.setSpacing(12)
        self._criteria.add(self._axes_line, self._rows, foot)
        side, right = QWidget(), QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(10)
        side.setLayout(right)
        radar_card, about = Card(), Card()
        radar_card.add(self.radar)
        about.add(self.day_field, self.comment_field, self.reminder)
        for card in (radar_card, about):
            right.addWidget(card)
        right.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.error)
        column.addWidget(Columns(self._criteria, side, shares=(7, 4)))


def _after(before: QWidget, row: CriterionRow) -> QWidget:
    """The Tab key goes from the levels of a criterion to its fact, then to the next one."""
    for widget in (*row.scale.levels, row.fact):
        QWidget.setTabOrder(before, widget)
        before = widget
    return before
