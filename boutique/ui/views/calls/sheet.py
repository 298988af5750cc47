"""One follow-up on the phone: who, the number, what was tried, what is learnt. Used by « Suivis à faire »."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.core import clock, french
from boutique.core.errors import UserError
from boutique.forms.catalogue import FOLLOW_UP
from boutique.models.after_choices import FollowUpOutcome, FollowUpState
from boutique.services.calls import Call
from boutique.ui.clipboard import KEPT_SECONDS, personal_clipboard
from boutique.ui.desk import Desk
from boutique.ui.forms.layout import Cell
from boutique.ui.forms.view import FormView
from boutique.ui.views.file.action_editor import DateEdit
from boutique.ui.views.file.need_chips import NeedChips
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.button import Button, GhostButton, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.elided_label import ElidedLabel
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.separator import Separator

_NEEDS = "follow_up.needs"
_OUTCOME = "follow_up.outcome"
_KEYS = " · ".join(f"Alt {rank} {outcome.label.lower()}" for rank, outcome in enumerate(FollowUpOutcome, 1))
_ROWS: dict[str, list[list[Cell]]] = {
    "call": [
        [(_OUTCOME, 5), ("follow_up.done_on", 3), ("follow_up.how", 4)],
        [("follow_up.ceased_on", 4), ("", 8)],
        [("follow_up.turnover", 6), ("follow_up.income", 6)],
        [("follow_up.jobs", 4), ("follow_up.employment_status", 8)],
        [("follow_up.note", 12)],
    ]
}


class CallSheet(Card):
    """`saved(typed)`, `unanswered`, `postponed(day)`, `reopened`, `opened`; `write` then `answer` fill it."""

    saved = Signal(dict)
    unanswered = Signal()
    postponed = Signal(object)
    opened = Signal()
    reopened = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk = desk
        self.call: Call | None = None
        self.name, self.business = ElidedLabel(role="title"), ElidedLabel(tone="muted")
        self.milestone, self.tried = Badge("", "info", icon="calendar-clock"), Badge("", "warning", icon="phone-missed")
        self.phone = Label(role="display", selectable=True)
        self.copy = Button("Copier", icon="copy", accessible="Copier le téléphone")
        self.file = GhostButton("Ouvrir le dossier", icon="folder-open")
        self.no_answer = Button("Pas de réponse", icon="phone-missed", hint="Alt N")
        self.until = DateEdit("Rappeler le", placeholder="rappeler le…")
        self.later = Button("Rappeler", icon="calendar-clock")
        self.redo = Button("À refaire", icon="rotate-ccw")
        self.keys = Label(_KEYS, role="small", tone="muted", wrap=True)
        self.form = FormView(FOLLOW_UP, desk, rows=_ROWS, framed=False)
        self.needs = NeedChips()
        self.error = Label(role="small", tone="danger", wrap=True)
        self.save_button = PrimaryButton("Enregistrer et suivant", icon="check", hint="Ctrl ↵", size="normal")
        self._lay_out()
        self._name_and_connect()
        self.tell("")

    def write(self, call: Call) -> None:
        """Another follow-up: who it is with; the answers come with `answer`."""
        self.call = call
        self.name.setText(call.name)
        about = (call.business, f"dossier {call.reference}", call.counsellor and f"suivi par {call.counsellor}")
        self.business.setText(" · ".join(part for part in about if part))
        late = f", {call.late_days} j de retard" if call.late_days else ""
        self.milestone.set_state(f"{call.milestone}, le {french.show_date(call.due_on)}{late}",
                                 "accent" if call.late_days else "info")  # fmt: skip
        days = french.listing([french.day_month(day) for day in call.tried])
        self.tried.set_state(f"sans réponse : {days}")
        self.tried.setVisible(bool(call.tried))
        self.phone.setText(call.phone or "pas de téléphone")
        self.copy.setVisible(bool(call.phone))
        self.until.clear()
        to_do = call.state is FollowUpState.TO_DO
        for widget in (self.no_answer, self.until, self.later):
            widget.setVisible(to_do)
        self.redo.setVisible(not to_do)
        self.tell("")

    def answer(self, answers: dict[str, Any]) -> None:
        self.form.load(answers)
        self.needs.write(answers.get(_NEEDS) or ())

    def typed(self) -> dict[str, Any]:
        return {**self.form.answers(), _NEEDS: self.needs.read()}

    def is_dirty(self) -> bool:
        return self.form.is_dirty()

    def set_outcome(self, outcome: FollowUpOutcome) -> None:
        self.form.write(_OUTCOME, outcome)
        self.form.focus("follow_up.note" if outcome is FollowUpOutcome.UNREACHABLE else None)

    def save(self) -> None:
        """Every error is beside its field."""
        self.tell("")
        if not self.form.show_errors(self.form.errors()):
            self.saved.emit(self.typed())

    def tell(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))

    def take_focus(self) -> None:
        self.form.focus(_OUTCOME)

    def copy_phone(self) -> None:
        if self.call is not None and self.call.phone:
            personal_clipboard().copy(self.call.phone)
            self._desk.shell.notify(f"Téléphone copié, effacé du presse-papiers dans {KEPT_SECONDS} secondes.", "info")

    def _postpone(self) -> None:
        try:
            day = french.parse_date(self.until.text(), today=clock.today())
        except UserError as error:
            self.tell(str(error) if self.until.text().strip() else "Dites quel jour rappeler : demain, jeudi, 12/03…")
            self.until.setFocus()
            return
        self.postponed.emit(day)

    def _need_added(self, code: str) -> None:
        self.needs.write((*self.needs.read(), code))

    def _need_removed(self, code: str) -> None:
        self.needs.write(tuple(kept for kept in self.needs.read() if kept != code))

    def _lay_out(self) -> None:
        head, texts = QHBoxLayout(), QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self.name)
        texts.addWidget(self.business)
        head.addLayout(texts, 1)
        head.addWidget(self.file)
        badges = QHBoxLayout()
        badges.setSpacing(8)
        badges.addWidget(self.milestone)
        badges.addWidget(self.tried)
        badges.addStretch(1)
        dial = QHBoxLayout()
        dial.setSpacing(10)
        dial.addWidget(self.phone)
        dial.addWidget(self.copy)
        dial.addStretch(1)
        again = QHBoxLayout()
        again.setSpacing(8)
        again.addWidget(self.no_answer)
        again.addWidget(self.until)
        again.addWidget(self.later)
        again.addWidget(self.redo)
        again.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(self.save_button)
        foot.addStretch(1)
        self.body.setSpacing(10)
        needs = Label("Besoins exprimés", role="label")
        needs.setBuddy(self.needs.add)
        self.add(head, badges, dial, again, Separator(), self.keys, self.form, needs, self.needs, self.error, foot)

    def _name_and_connect(self) -> None:
        names = {"call-none": self.no_answer, "call-until": self.until, "call-later": self.later,
                 "call-save": self.save_button, "call-file": self.file, "call-copy": self.copy,
                 "call-redo": self.redo}  # fmt: skip
        for name, widget in names.items():
            widget.setObjectName(name)
        self.save_button.clicked.connect(self.save)
        self.no_answer.clicked.connect(self.unanswered)
        self.later.clicked.connect(self._postpone)
        self.redo.clicked.connect(self.reopened)
        self.until.returnPressed.connect(self._postpone)
        self.file.clicked.connect(self.opened)
        self.copy.clicked.connect(self.copy_phone)
        self.needs.added.connect(self._need_added)
        self.needs.removed.connect(self._need_removed)
