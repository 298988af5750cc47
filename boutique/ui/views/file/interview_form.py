"""An interview on one screen: when, what was said, what was decided, what comes next; kept as it is typed."""

import uuid
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from boutique.core import french
from boutique.core.errors import UserError
from boutique.forms.catalogue import INTERVIEW
from boutique.models.choices import InterviewMode, InterviewType
from boutique.rules.journey import Journey
from boutique.services import interviews
from boutique.services.interviews import Following
from boutique.services.programmes import Option
from boutique.ui.autosave import Autosave
from boutique.ui.forms.reminder import Reminder
from boutique.ui.theme.manager import theme
from boutique.ui.views.file.action_editor import DateEdit
from boutique.ui.views.file.interview_list import private_card
from boutique.ui.views.file.interview_parts import DecidedActions, StepChips
from boutique.ui.views.file.interview_timer import InterviewTimer
from boutique.ui.views.file.need_chips import NeedChips
from boutique.ui.views.file.next_meeting import NextMeeting
from boutique.ui.widgets.button import GhostButton, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.check_box import CheckBox
from boutique.ui.widgets.columns import Columns
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.field import Field
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.text_area import TextArea

_MINUTES_WIDTH = 84


class InterviewForm(QWidget):
    """`submitted(answers, following)`, `closed` (what was typed stays a draft), `typed(answers)` to be kept."""

    submitted = Signal(dict, object)
    closed = Signal()
    typed = Signal(dict)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.interview_id: uuid.UUID | None = None
        self.autosave = Autosave(self)
        self.autosave.due.connect(self._keep)
        self._usual_minutes = ""
        self.heading = Label("Nouvel entretien", role="heading")
        self.save = PrimaryButton("Enregistrer", icon="check", hint="Ctrl ↵", size="normal")
        self.close_form = GhostButton("Fermer", hint="Échap")
        self.error = Label(role="small", tone="danger", wrap=True)
        self.error.hide()
        self.kind = ComboBox([(t, t.label) for t in InterviewType], empty=None)
        self.day = DateEdit("Date")
        self.minutes = QLineEdit()
        self.minutes.setMaxLength(20)
        self.minutes.setFixedWidth(theme().px(_MINUTES_WIDTH))
        self.timer = InterviewTimer()
        self.mode = ComboBox([(m, m.label) for m in InterviewMode])
        self.absent = CheckBox("La personne n’est pas venue")
        self.summary, self.decisions = TextArea(lines=4), TextArea(lines=2)
        self.private_note = TextArea(lines=1, accessible="Note discrète, jamais imprimée")
        self.reminder, self.private_reminder = Reminder(), Reminder(quiet=True)
        self.programme = ComboBox(empty="Aucun")
        self.phase = ComboBox(empty=None, accessible="Phase du parcours")
        self._journey: Journey | None = None
        self.steps, self.decided = StepChips(), DecidedActions()
        self.steps.after = self.phase
        self.meeting, self.needs = NextMeeting(), NeedChips()
        self._fields: dict[str, Field] = {}
        self._lay_out()
        self._name()
        self._connect()

    def write(self, answers: dict[str, Any], *, title: str, interview_id: uuid.UUID | None = None) -> None:
        """Show an interview: blank, kept as a draft, or made earlier."""
        self.interview_id = interview_id
        self.heading.setText(title)
        get = answers.get
        self.kind.write(get("interview.type"))
        self.day.setText(_shown(get("interview.held_on")))
        self.minutes.setText(_shown(get("interview.minutes")))
        self._usual_minutes = str(interviews.minutes_for(InterviewType(self.kind.read())))
        self.mode.write(get("interview.mode"))
        self.absent.setChecked(get("interview.attended") is False)
        self.summary.write(_shown(get("interview.summary")))
        self.decisions.write(_shown(get("interview.decisions")))
        self.private_note.write(_shown(get("interview.private_note")))
        self.programme.write(str(get("programme_id")) if get("programme_id") else None)
        self.steps.write(get("interview.steps") or ())
        self.phase.write(self._own_phase(answers))
        self.steps.show_phase(self.phase.read() or "")
        self.decided.write(get("actions") or ())
        self.needs.write(tuple(get("needs") or ()))
        self.meeting.day.setText(str(get("next.day") or ""))
        self.meeting.hour.setText(str(get("next.hour") or ""))
        self.meeting.minutes.write(int(get("next.minutes") or 60))
        for part in (self._next, self._raised, self._decided_group):
            part.setVisible(interview_id is None)  # they are files of their own once the interview was saved
        self.timer.setVisible(interview_id is None)
        self.timer.write(get("timer"))
        self._tell({}, "")
        self.save.setEnabled(True)
        self.autosave.forget()

    def set_journey(self, journey: Journey) -> None:
        """The journey of the file, before anything of it is shown."""
        self._journey = journey
        self.phase.set_options([(phase.code, phase.label) for phase in journey.phases])
        self.steps.set_journey(journey)

    def set_programmes(self, programmes: tuple[Option, ...]) -> None:
        """What the interview may be charged to; nothing is asked where the structure follows no programme."""
        self.programme.set_options([(str(option.id), option.label) for option in programmes])
        self._charged.setVisible(bool(programmes))

    def _own_phase(self, answers: dict[str, Any]) -> str | None:
        standard = answers.get("interview.phase")
        if self._journey is None or not standard:
            return None
        return self._journey.place(str(standard), answers.get("own_phase")).code

    def _standard_phase(self) -> str | None:
        code = self.phase.read()
        return self._journey.phase(code).counts_as if self._journey is not None and code else None

    def read(self) -> dict[str, Any]:
        """What is typed, as typed: text, codes, yes and no; a draft keeps it as it is."""
        return {
            "interview.type": self.kind.read(),
            "interview.held_on": self.day.text(),
            "interview.minutes": "0" if self.absent.isChecked() else self.minutes.text(),
            "interview.mode": self.mode.read(),
            "interview.attended": not self.absent.isChecked(),
            "interview.summary": self.summary.read(),
            "interview.decisions": self.decisions.read(),
            "interview.private_note": self.private_note.read(),
            "interview.phase": self._standard_phase(),
            "own_phase": self.phase.read(),
            "programme_id": self.programme.read(),
            "interview.steps": self.steps.read(),
            "actions": list(self.decided.read()),
            "needs": list(self.needs.read()),
            "timer": self.timer.read(),
            "next.day": self.meeting.day.text(),
            "next.hour": self.meeting.hour.text(),
            "next.minutes": self.meeting.minutes.read(),
        }

    def submit(self) -> None:
        """Ctrl+Return: everything is checked here first, each error beside its field."""
        self.timer.pause()
        answers, errors = INTERVIEW.read(self.read())
        instant: datetime | None = None
        try:
            instant = self.meeting.read()
        except UserError as error:
            errors["next"] = str(error)
        self._tell(errors, "")
        complete = self.decided.complete()
        if errors or not complete:
            return
        self.save.setEnabled(False)
        answers |= {"own_phase": self.phase.read(), "programme_id": self.programme.read()}
        following = Following(self.decided.read(), instant, self.meeting.minutes.read(), self.needs.read())
        self.submitted.emit(answers, following)

    def refuse(self, sentence: str) -> None:
        """The service said no: nothing typed is lost."""
        self.save.setEnabled(True)
        self._tell({}, sentence)

    def take_focus(self) -> None:
        self.summary.setFocus()

    def _tell(self, errors: dict[str, str], sentence: str) -> None:
        for key, field in self._fields.items():
            field.set_error(errors.get(key, ""))
        unplaced = [text for key, text in errors.items() if key not in self._fields]
        self.error.setText(" ".join([*unplaced, sentence]).strip())
        self.error.setVisible(bool(self.error.text()))
        first = next((self._fields[key].editor for key in errors if key in self._fields), None)
        if first is not None:
            first.setFocus()

    def _keep(self) -> None:
        self.typed.emit(self.read())

    def _kind_changed(self) -> None:
        usual = str(interviews.minutes_for(InterviewType(self.kind.read())))
        if self.minutes.text() in ("", self._usual_minutes):
            self.minutes.setText(usual)
        self._usual_minutes = usual
        self.autosave.touch()

    def _phase_changed(self) -> None:
        self.steps.show_phase(self.phase.read() or "")
        self.autosave.touch()

    def _absence_changed(self, absent: bool) -> None:  # noqa: FBT001 - slot
        self.minutes.setEnabled(not absent)
        self.timer.setEnabled(not absent)
        if absent:
            self.timer.pause()
        self.autosave.touch()

    def _time_changed(self) -> None:
        if (counted := self.timer.minutes()) > 0:  # started by mistake: the usual time stays
            self.minutes.setText(str(counted))
        self.autosave.touch()

    def _look(self) -> None:
        self.reminder.look_at(f"{self.summary.read()}\n{self.decisions.read()}")
        self.private_reminder.look_at(self.private_note.read())
        self.autosave.touch()

    def _add_need(self, code: str) -> None:
        self.needs.write((*self.needs.read(), code))
        self.autosave.touch()

    def _remove_need(self, code: str) -> None:
        self.needs.write(tuple(one for one in self.needs.read() if one != code))
        self.autosave.touch()

    def _field(self, key: str, label: str, editor: QWidget, *, required: bool = False) -> Field:
        self._fields[key] = Field(label, editor, required=required)
        return self._fields[key]

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.heading, 1)
        head.addWidget(self.timer)
        head.addSpacing(12)
        head.addWidget(self.absent)
        head.addSpacing(12)
        head.addWidget(self.close_form)
        head.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.error)
        column.addWidget(Columns(self._said(), self._following(), shares=(6, 5)))

    def _said(self) -> Card:
        when = QHBoxLayout()
        when.setSpacing(10)
        when.addWidget(self._field("interview.type", "Type", self.kind), 1)
        when.addWidget(self._field("interview.held_on", "Date", self.day))
        when.addWidget(self._field("interview.minutes", "Minutes", self.minutes))
        when.addWidget(self._field("interview.mode", "Présence", self.mode))
        note = QVBoxLayout()
        note.setSpacing(4)
        note.addWidget(self.private_note)
        note.addWidget(self.private_reminder)
        holder = QWidget()
        holder.setLayout(note)
        note.setContentsMargins(0, 0, 0, 0)
        self._charged = Field("Programme", self.programme)
        self._charged.hide()
        card = Card()
        card.add(
            when,
            self._charged,
            self._field("interview.summary", "Points traités, à partager", self.summary),
            self.reminder,
            self._field("interview.decisions", "Décisions de la personne", self.decisions),
            private_card(holder),
        )
        return card

    def _following(self) -> Card:
        self._decided_group = _group("Actions décidées", self.decided)
        self._next = self._field("next", "Prochain rendez-vous", self.meeting)
        self._raised = _group("Besoins exprimés", self.needs)
        card = Card()
        card.body.setSpacing(12)
        card.add(
            _group("Étapes travaillées", self.steps, beside=self.phase),
            self._decided_group,
            self._next,
            self._raised,
        )
        return card

    def _name(self) -> None:
        names = {"type": self.kind, "day": self.day, "minutes": self.minutes, "mode": self.mode, "absent": self.absent,
                 "summary": self.summary, "decisions": self.decisions, "private": self.private_note,
                 "phase": self.phase, "programme": self.programme, "save": self.save,
                 "close": self.close_form}  # fmt: skip
        for name, widget in names.items():
            widget.setObjectName(f"interview-form-{name}")

    def _connect(self) -> None:
        self.save.clicked.connect(self.submit)
        self.close_form.clicked.connect(self.closed)
        self.kind.currentIndexChanged.connect(self._kind_changed)
        self.phase.currentIndexChanged.connect(self._phase_changed)
        for choice in (self.mode, self.programme):
            choice.currentIndexChanged.connect(self.autosave.touch)
        self.absent.toggled.connect(self._absence_changed)
        self.timer.changed.connect(self._time_changed)
        self.minutes.textEdited.connect(self.timer.give_way)
        for line in (self.day, self.minutes):
            line.textEdited.connect(self.autosave.touch)
        for area in (self.summary, self.decisions, self.private_note):
            area.textChanged.connect(self._look)
        for part in (self.steps, self.decided, self.meeting):
            part.changed.connect(self.autosave.touch)
        self.needs.added.connect(self._add_need)
        self.needs.removed.connect(self._remove_need)


def _group(title: str, content: QWidget, *, beside: QWidget | None = None) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(5)
    head = QHBoxLayout()
    head.addWidget(Label(title, role="label"), 1)
    if beside is not None:
        head.addWidget(beside, 1)
    column.addLayout(head)
    column.addWidget(content)
    return holder


def _shown(value: object) -> str:
    if isinstance(value, date):
        return french.show_date(value)
    return "" if value is None else str(value)
