"""What guides the step being worked on: when it is done, what it leaves, what to watch; right of Parcours."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from boutique.core import french
from boutique.services.actions import ActionLine
from boutique.services.attachments import AttachmentLine, Shelf
from boutique.services.journeys import StepView
from boutique.ui.views.file.journey_marks import DatedTick, StepPlan
from boutique.ui.widgets.bullets import Bullets
from boutique.ui.widgets.button import Button
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.elided_label import ElidedLabel
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.label import Label, breakable
from boutique.ui.widgets.separator import Separator

_MOST_ACTIONS = 5


class StepSide(QWidget):
    """`delivered`, `met` and `planned` carry (step, day or None), `spent` (step, minutes); `pieces_asked`."""

    delivered = Signal(str, object)
    met = Signal(str, object)
    planned = Signal(str, object)
    spent = Signal(str, int)
    pieces_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self._code = ""
        self.goal = Card()
        self.criterion_title, self.criterion = _titled("Critère de sortie")
        self.deliverable_title, self.deliverable = _titled("Livrable")
        self.goal.body.setSpacing(2)
        self.criterion_met = DatedTick("Atteint", "step-criterion", "Critère de sortie atteint")
        self.delivered_on = DatedTick("Fait", "step-deliverable", "Livrable fait")
        self._attached: tuple[AttachmentLine, ...] = ()
        self._pieces = QVBoxLayout()
        self._pieces.setSpacing(2)
        self.attach = Button("Documents…", icon="paperclip", size="small", accessible="Documents de cette étape")
        self.attach.setObjectName("step-pieces")
        self.goal.add(self.criterion_title, self.criterion, self.criterion_met)
        self.goal.body.addSpacing(8)
        self.goal.add(self.deliverable_title, self.deliverable, self.delivered_on, self._pieces, self.attach)
        self.goal.body.setAlignment(self.attach, Qt.AlignmentFlag.AlignLeft)
        self.plan_card = Card()
        self.plan = StepPlan()
        self.plan_card.add(Label("Échéance et temps", role="label", tone="muted"), self.plan)
        self.watch = Card("Points de vigilance", icon="triangle-alert", tone="warning", tinted=True)
        self._points = Bullets()
        self.watch.add(self._points)
        self.open_actions = Card()
        self._lines = QVBoxLayout()
        self.open_actions.add(Label("Actions ouvertes", role="label", tone="muted"), self._lines)
        column.addWidget(self.goal)
        column.addWidget(self.plan_card)
        column.addWidget(self.watch)
        column.addWidget(self.open_actions, 1)
        self.criterion_met.marked.connect(self._meet)
        self.delivered_on.marked.connect(self._deliver)
        self.attach.clicked.connect(self.pieces_asked)
        self.plan.planned.connect(self._plan)
        self.plan.spent.connect(self._spend)

    def show_step(self, step: StepView) -> None:
        self._code = step.code
        for title, label, text, tick, on in (
            (self.criterion_title, self.criterion, step.exit_criterion, self.criterion_met, step.criterion_on),
            (self.deliverable_title, self.deliverable, step.deliverable, self.delivered_on, step.deliverable_on),
        ):
            label.setText(breakable(text))
            tick.show_day(on)
            for part in (title, label, tick):
                part.setVisible(bool(text))
        self.plan.show_step(step)
        self._fill_pieces()
        self.goal.setVisible(bool(step.exit_criterion or step.deliverable))
        self.watch.setVisible(bool(step.vigilance))
        points = Bullets(step.vigilance, role="small")
        self.watch.body.replaceWidget(self._points, points)
        self._points.hide()
        self._points.deleteLater()
        self._points = points

    def show_pieces(self, shelf: Shelf) -> None:
        """The documents of the file; those of this step stand under its deliverable."""
        self._attached = shelf.lines
        self._fill_pieces()

    def _fill_pieces(self) -> None:
        empty(self._pieces)
        for line in self._attached:
            if line.step_code == self._code:
                self._pieces.addWidget(ElidedLabel(f"{line.name} · {french.show_date(line.added_on)}", role="small"))

    def _meet(self, on: object) -> None:
        self.met.emit(self._code, on)

    def _deliver(self, on: object) -> None:
        self.delivered.emit(self._code, on)

    def _plan(self, due_on: object) -> None:
        self.planned.emit(self._code, due_on)

    def _spend(self, minutes: int) -> None:
        self.spent.emit(self._code, minutes)

    def show_actions(self, lines: Sequence[ActionLine]) -> None:
        empty(self._lines)
        shown = [line for line in lines if line.open][:_MOST_ACTIONS]
        for rank, line in enumerate(shown):
            if rank:
                self._lines.addWidget(Separator())
            self._lines.addWidget(Label(breakable(line.label), wrap=True))
            text, late = due_words(line)
            self._lines.addWidget(Label(text, role="small", tone="accent" if late else "muted", wrap=True))
        if not shown:
            self._lines.addWidget(Label("Aucune action en cours.", role="small", tone="muted", wrap=True))


def due_words(line: ActionLine) -> tuple[str, bool]:
    """(when and by whom, whether it is late)."""
    if line.late_days:
        return f"en retard de {french.plural(line.late_days, 'jour')} · {line.owner.lower()}", True
    when = f"avant le {line.due_on:%d/%m}" if line.due_on else "sans date"
    return f"{when} · {line.owner.lower()}", False


def _titled(title: str) -> tuple[Label, Label]:
    return Label(title, role="label", tone="muted"), Label(role="small", wrap=True)
