"""What is ticked, dated and counted of a step: deliverable and exit criterion met, due date, time spent."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from boutique.core import clock, french
from boutique.core.errors import UserError
from boutique.services.journeys import StepView
from boutique.ui.theme.manager import set_look, theme
from boutique.ui.views.file.action_editor import DateEdit
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.check_box import CheckBox
from boutique.ui.widgets.label import Label

_MINUTES_WIDTH = 64


class DatedTick(QWidget):
    """A box to tick, with the day since when; `marked(day)`, None when it is taken back."""

    marked = Signal(object)

    def __init__(self, words: str, name: str, accessible: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._on: date | None = None
        self.box = CheckBox(words, accessible=accessible)
        self.box.setObjectName(name)
        self.day = DateEdit(f"{accessible} : depuis le")
        self.day.setObjectName(f"{name}-day")
        self.error = Label(role="small", tone="danger", wrap=True)
        self.error.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.box)
        row.addWidget(self.day)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self.error)
        self.box.clicked.connect(self._ticked)
        self.day.editingFinished.connect(self._dated)

    def show_day(self, on: date | None) -> None:
        self._on = on
        self.box.setChecked(on is not None)
        self.day.setVisible(on is not None)
        if not (self.day.hasFocus() and self.day.isModified()):
            self.day.setText(french.show_date(on) if on is not None else "")
            self._tell("")

    def _ticked(self, on: bool) -> None:  # noqa: FBT001 - slot
        self.marked.emit(clock.today() if on else None)

    def _dated(self) -> None:
        try:
            day = french.parse_date(self.day.text(), today=clock.today())
        except UserError as error:
            self._tell(str(error))
            return
        if day > clock.today():
            self._tell("Cette date est à venir. Mettez le jour où cela a été fait.")
        elif day != self._on:
            self._tell("")
            self.day.setModified(False)
            self.marked.emit(day)

    def _tell(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        set_look(self.day, invalid=bool(sentence))


class StepPlan(QWidget):
    """Due date and time of a step; `planned(day)` and `spent(minutes)` as they are typed and left."""

    planned = Signal(object)
    spent = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._due: date | None = None
        self._minutes = 0
        self.due = DateEdit("Étape à finir pour le", placeholder="sans date")
        self.due.setObjectName("step-due")
        self.late = Badge("", "danger", icon="clock-alert")
        self.late.setObjectName("step-late")
        self.time = Label(role="small", wrap=True)
        self.time.setObjectName("step-time")
        self.minutes = QLineEdit()
        self.minutes.setObjectName("step-minutes")
        self.minutes.setMaxLength(20)
        self.minutes.setFixedWidth(theme().px(_MINUTES_WIDTH))
        self.minutes.setAccessibleName("Minutes passées hors entretien")
        self.error = Label(role="small", tone="danger", wrap=True)
        self._lay_out()
        self.due.editingFinished.connect(self._plan)
        self.minutes.editingFinished.connect(self._spend)

    def show_step(self, step: StepView) -> None:
        self._due, self._minutes = step.due_on, step.other_minutes
        if not (self.due.hasFocus() and self.due.isModified()):
            self.due.setText(french.show_date(step.due_on) if step.due_on else "")
        if not (self.minutes.hasFocus() and self.minutes.isModified()):
            self.minutes.setText(str(step.other_minutes or ""))
        late = f"en retard de {french.plural(step.late_days, 'jour')}"
        self.late.set_state(late if step.late_days else "")
        self.late.setVisible(bool(step.late_days))
        self.time.setText(_time_words(step))
        self._tell("")

    def _plan(self) -> None:
        text = self.due.text().strip()
        try:
            day = french.parse_date(text, today=clock.today()) if text else None
        except UserError as error:
            self._tell(str(error))
            return
        self._tell("")
        if day != self._due:
            self._due = day
            self.due.setModified(False)
            self.planned.emit(day)

    def _spend(self) -> None:
        text = self.minutes.text().strip()
        if text and not (text.isascii() and text.isdigit()):
            self._tell("Écrivez un nombre de minutes, par exemple 20.")
            return
        self._tell("")
        if int(text or 0) != self._minutes:
            self._minutes = int(text or 0)
            self.minutes.setModified(False)
            self.spent.emit(self._minutes)

    def _tell(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))

    def _lay_out(self) -> None:
        due, hand = QHBoxLayout(), QHBoxLayout()
        due.setSpacing(8)
        due.addWidget(Label("Pour le", role="small", tone="muted"))
        due.addWidget(self.due)
        due.addStretch(1)
        hand.setSpacing(8)
        hand.addWidget(Label("Hors entretien", role="small", tone="muted"))
        hand.addWidget(self.minutes)
        hand.addWidget(Label("min", role="small", tone="muted"))
        hand.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(due)
        column.addWidget(self.late)
        column.addWidget(self.time)
        column.addLayout(hand)
        column.addWidget(self.error)
        self.late.hide()
        self.error.hide()


def _time_words(step: StepView) -> str:
    usual = f"durée usuelle {french.show_minutes(step.typical_minutes)}" if step.typical_minutes else ""
    total = step.interview_minutes + step.other_minutes
    if not total:
        return f"Aucun temps compté · {usual}" if usual else "Aucun temps compté"
    parts = [f"{french.show_minutes(total)} passées"]
    if step.interview_minutes:
        parts.append(f"dont {french.show_minutes(step.interview_minutes)} en entretien")
    return " · ".join([*parts, usual] if usual else parts)
