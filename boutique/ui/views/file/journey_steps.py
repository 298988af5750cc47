"""The steps of one phase, with what is done of each; the left column of Parcours."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLayoutItem, QLineEdit, QVBoxLayout, QWidget

from boutique.core import french
from boutique.core.errors import UserError
from boutique.models.choices import StepStatus
from boutique.services.journeys import LONGEST_REASON, JourneyView, PhaseView, StepView, accept_reason
from boutique.ui.forms.reminder import Reminder
from boutique.ui.theme.manager import set_look
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.button import Button, GhostButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.check_box import CheckBox
from boutique.ui.widgets.label import Label, breakable
from boutique.ui.widgets.length_note import LengthNote
from boutique.ui.widgets.list_row import ListRow
from boutique.ui.widgets.separator import Separator
from boutique.ui.widgets.tips import plain_tip

_SIDE = 16
_LONGEST_TYPED = 20_000
_MOST_PHASES = 12


class StepRow(ListRow):
    """One step: a box to tick, its titles, its badges. `show_step` gives it to another step with the same badges."""

    def __init__(self, step: StepView) -> None:
        self.code = step.code
        self.box = CheckBox()
        self._late = Badge("", "danger", icon="clock-alert") if step.late_days else None
        self._advised = step.suggested
        super().__init__(step.title, step.subtitle, leading=self.box, under=self._late, clickable=True)
        if self._advised:
            _advise(self)
        if (layout := self.layout()) is not None:
            layout.setContentsMargins(_SIDE, 8, _SIDE, 8)

    def fits(self, step: StepView) -> bool:
        return (self._late is not None, self._advised) == (bool(step.late_days), step.suggested)

    def show_step(self, step: StepView) -> None:
        self.code = step.code
        self.setObjectName(f"step-{step.code}")
        self.write(step.title, step.subtitle)
        self.box.setObjectName(f"step-box-{step.code}")
        self.box.setAccessibleName(f"{step.title} : étape franchie")
        self.box.setChecked(step.status is StepStatus.DONE)
        if self._late is not None:
            self._late.set_state(f"en retard de {french.plural(step.late_days, 'jour')}")


class StepsCard(Card):
    """`chosen(code)` opens a step, `ticked(code, done)` ends or reopens it, `skipped(code, reason)` passes it.

    `version_asked` when the file should follow the version in force.
    """

    chosen = Signal(str)
    ticked = Signal(str, bool)
    skipped = Signal(str, str)
    version_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._rows: dict[str, StepRow] = {}
        self._step: StepView | None = None
        self.phase_title = Label(role="heading", wrap=True)
        self.subtitle = Label(role="small", tone="muted", wrap=True)
        self.rows = QVBoxLayout()
        self.rows.setSpacing(0)
        self.skip = Button("Passer une étape…")
        self.skip.setObjectName("step-skip")
        self.model = Label(role="small", tone="muted", wrap=True)
        self.reason = QLineEdit()
        self.reason.setMaxLength(_LONGEST_TYPED)
        self.reason.setObjectName("step-skip-reason")
        self.reason.setPlaceholderText("Pourquoi elle ne s’applique pas")
        self.reason.setAccessibleName("Pourquoi cette étape est passée")
        self.length = LengthNote(self.reason, LONGEST_REASON)
        self.confirm = Button("Passer")
        self.confirm.setObjectName("step-skip-confirm")
        self.give_up = GhostButton(icon="x", accessible="Ne pas passer l’étape")
        self.error = Label(role="small", tone="danger", wrap=True)
        self.reminder = Reminder(quiet=True)
        self.version = Button("Changer de version…", icon="refresh-cw", size="small")
        self.version.setObjectName("journey-version")
        self.history_title = Label("Phases de ce dossier", role="label", tone="muted")
        self.history = Label(role="small", wrap=True)
        self.history.setObjectName("journey-history")
        self._asking = QWidget()
        self._lay_out()
        self.skip.clicked.connect(self._ask)
        self.confirm.clicked.connect(self._skip)
        self.reason.returnPressed.connect(self._skip)
        self.give_up.clicked.connect(self.stop_asking)
        self.reason.textChanged.connect(self.reminder.look_at)
        self.version.clicked.connect(self.version_asked)

    def show_phase(self, phase: PhaseView, step: StepView | None, journey: JourneyView) -> None:
        inside = self.focusWidget()
        focused = next((code for code, row in self._rows.items() if row is inside or row.isAncestorOf(inside)), "")
        self._step = step
        self.phase_title.setText(breakable(phase.title))
        self.subtitle.setText("\n".join(part for part in (phase.subtitle, phase.history) if part))
        self.model.setText(breakable(f"modèle {journey.version}"))
        self.version.setVisible(journey.newer is not None)
        if journey.newer is not None:
            self.version.setToolTip(plain_tip(f"La version en vigueur est « {journey.newer[1]} »"))
        self.history.setText(breakable("\n".join(journey.history[:_MOST_PHASES])))
        for part in (self.history_title, self.history):
            part.setVisible(len(journey.history) > 1)
        self._fill(phase, step)
        self.skip.setEnabled(step is not None and step.status in (None, StepStatus.IN_PROGRESS))
        if focused in self._rows:
            self._rows[focused].setFocus()

    def stop_asking(self) -> None:
        self._asking.hide()
        self.skip.show()

    def is_asking(self) -> bool:
        return self._asking.isVisible()

    def _fill(self, phase: PhaseView, chosen: StepView | None) -> None:
        """Rows are kept from one phase, and from one file, to the next: making them takes longer than all the rest."""
        for rank, step in enumerate(phase.steps):
            row = self._row(rank, step)
            row.show_step(step)
            row.set_selected(chosen is not None and step.code == chosen.code)
            row.set_last(rank == len(phase.steps) - 1)
        while self.rows.count() > len(phase.steps):
            _drop(self.rows.takeAt(self.rows.count() - 1))
        made = (self.rows.itemAt(rank) for rank in range(self.rows.count()))
        shown = (item.widget() for item in made if item is not None)
        self._rows = {row.code: row for row in shown if isinstance(row, StepRow)}

    def _row(self, rank: int, step: StepView) -> StepRow:
        """The row that stands there, or a new one where it has not the badges of this step."""
        item = self.rows.itemAt(rank)
        before = item.widget() if item is not None else None
        if isinstance(before, StepRow) and before.fits(step):
            return before
        row = StepRow(step)
        row.box.clicked.connect(self._tick)
        row.activated.connect(self._choose)
        if before is not None:
            _drop(self.rows.takeAt(rank))
        self.rows.insertWidget(rank, row)
        return row

    def _choose(self) -> None:
        row = self.sender()
        if isinstance(row, StepRow):
            self.chosen.emit(row.code)

    def _tick(self, done: bool) -> None:  # noqa: FBT001 - slot
        box = self.sender()
        row = next((one for one in self._rows.values() if one.box is box), None)
        if row is not None:
            self.ticked.emit(row.code, done)

    def _ask(self) -> None:
        self.skip.hide()
        self._asking.show()
        self.reason.clear()
        self._tell("")
        self.reason.setFocus()

    def _skip(self) -> None:
        try:
            reason = accept_reason(self.reason.text())
        except UserError as error:
            self._tell(str(error))
            return
        if self._step is not None:
            self.stop_asking()
            self.skipped.emit(self._step.code, reason)

    def _tell(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        set_look(self.reason, invalid=bool(sentence))

    def _lay_out(self) -> None:
        if (frame := self.layout()) is not None:
            frame.setContentsMargins(1, 12, 1, 14)
        head = QVBoxLayout()
        head.setContentsMargins(_SIDE, 0, _SIDE, 4)
        head.setSpacing(2)
        head.addWidget(self.phase_title)
        head.addWidget(self.subtitle)
        foot = QHBoxLayout()
        foot.setContentsMargins(_SIDE, 4, _SIDE, 0)
        foot.addWidget(self.skip)
        foot.addStretch(1)
        asking, choice = QVBoxLayout(self._asking), QHBoxLayout()
        asking.setContentsMargins(_SIDE, 4, _SIDE, 0)
        asking.setSpacing(6)
        for part in (self.reason, self.length, self.error, self.reminder):
            asking.addWidget(part)
        choice.addWidget(self.confirm)
        choice.addWidget(self.give_up)
        choice.addStretch(1)
        asking.addLayout(choice)
        self._asking.hide()
        self.body.setSpacing(0)
        self.error.hide()
        below = QVBoxLayout()
        below.setContentsMargins(_SIDE, 8, _SIDE, 0)
        below.setSpacing(4)
        followed = QHBoxLayout()
        followed.addWidget(self.model, 1)
        followed.addWidget(self.version)
        below.addLayout(followed)
        below.addWidget(self.history_title)
        below.addWidget(self.history)
        self.add(head, Separator(), self.rows, foot, self._asking, below)


def _drop(item: QLayoutItem | None) -> None:
    if item is not None and (row := item.widget()) is not None:
        row.hide()
        row.deleteLater()


def _advise(row: ListRow) -> None:
    """The badge goes beside the subtitle: titles of steps are long, and are read first."""
    outer = row.layout()
    items = [outer.itemAt(rank) for rank in range(outer.count())] if outer is not None else []
    texts = next((part for item in items if item is not None and (part := item.layout()) is not None), None)
    if isinstance(texts, QVBoxLayout):
        line = QHBoxLayout()
        texts.removeWidget(row.subtitle)
        line.addWidget(row.subtitle, 1)
        line.addWidget(Badge("étape conseillée", "info"))
        texts.addLayout(line)
