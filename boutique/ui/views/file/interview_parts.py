"""Parts of the interview form: steps as chips, actions decided."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from boutique.core import french
from boutique.models.choices import ActionOwner
from boutique.rules.journey import Journey
from boutique.ui.views.file.action_editor import ActionEditor
from boutique.ui.widgets.button import GhostButton
from boutique.ui.widgets.chip import Chip
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.flow_layout import FlowLayout
from boutique.ui.widgets.list_row import ListRow


class StepChips(QWidget):
    """Steps of a phase, on when they were worked on; those of another phase that were chosen stay chosen."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._flow = FlowLayout(self, gap=6)
        self._chosen: list[str] = []
        self._journey: Journey | None = None
        self.after: QWidget | None = None  # where Tab comes from

    def set_journey(self, journey: Journey) -> None:
        """The journey of the file: its steps are those offered."""
        self._journey = journey

    def show_phase(self, code: str) -> None:
        self._flow.clear()
        known = {step.code: step for step in self._journey.steps} if self._journey else {}
        own = {step.code: step for step in known.values() if step.phase == code}
        others = [known[step] for step in self._chosen if step in known and step not in own]
        before = self.after
        for step in [*own.values(), *others]:
            chip = Chip(step.label, value=step.code, checked=step.code in self._chosen)
            chip.setObjectName(f"advanced-{step.code}")
            chip.toggled.connect(self._toggled)
            self._flow.addWidget(chip)
            if before is not None:
                QWidget.setTabOrder(before, chip)
                before = chip
        self.updateGeometry()

    def read(self) -> tuple[str, ...]:
        return tuple(self._chosen)

    def write(self, codes: Sequence[str]) -> None:
        self._chosen = list(codes)  # one that the file's version left out stays, though it is no longer offered

    def _toggled(self, on: bool) -> None:  # noqa: FBT001 - slot
        chip = self.sender()
        if isinstance(chip, Chip):
            self._chosen = [code for code in self._chosen if code != chip.value] + ([chip.value] if on else [])
            self.changed.emit()


class DecidedActions(QWidget):
    """Actions decided so far, and a line for one more; what is in the line when saving counts too."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions: list[dict[str, Any]] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.editor = ActionEditor("decided", cross=False, stacked=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._lines)
        column.addWidget(self.editor)
        self.editor.submitted.connect(self._add)
        self.editor.changed.connect(self.changed)

    def complete(self) -> bool:
        """Take in what is left in the line; False when it cannot be accepted."""
        return not self.editor.label.text().strip() or self.editor.submit()

    def read(self) -> tuple[dict[str, Any], ...]:
        return tuple(self._actions)

    def write(self, actions: Sequence[dict[str, Any]]) -> None:
        self._actions = list(actions)
        self.editor.clear()
        self._fill()

    def _add(self, answers: dict[str, Any]) -> None:
        # As a draft would give them back: text and codes only.
        due = answers.get("action.due_on")
        answers["action.due_on"] = french.show_date(due) if due is not None else ""
        self._actions.append(answers)
        self.editor.clear()
        self.editor.take_focus()
        self._fill()
        self.changed.emit()

    def _fill(self) -> None:
        empty(self._lines)
        for rank, action in enumerate(self._actions):
            drop = GhostButton(icon="x", accessible=f"Retirer « {action['action.label']} »", size="small")
            drop.setProperty("rank", rank)
            drop.clicked.connect(self._drop)
            who = ActionOwner(action.get("action.owner") or ActionOwner.HOLDER).label
            due = action.get("action.due_on")
            about = f"{who} · pour le {due}" if due else who
            self._lines.addWidget(ListRow(str(action["action.label"]), about, trailing=[drop]))

    def _drop(self) -> None:
        button = self.sender()
        if isinstance(button, QWidget):
            del self._actions[int(button.property("rank"))]
            self._fill()
            self.editor.take_focus()
            self.changed.emit()
