"""The goal of the period, at the top of the action plan: read, set, changed, taken away."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.core import french
from boutique.forms.catalogue import PLAN
from boutique.ui.desk import Desk
from boutique.ui.forms.layout import Row
from boutique.ui.forms.view import FormView
from boutique.ui.widgets.button import Button, GhostButton, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.label import Label, breakable

_ROWS: dict[str, list[Row]] = {
    "plan": [["action_plan.goal"], [("action_plan.due_on", 3), ("action_plan.target_phase", 6), ("", 3)]]
}


class GoalCard(Card):
    """`decided(answers)`, `dropped`; `edited` tells when typing begins and ends."""

    decided = Signal(dict)
    dropped = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.change = Button("Fixer un objectif", icon="target", size="small")
        self.change.setObjectName("goal-change")
        super().__init__("Objectif de la période", action=self.change, parent=parent)
        self._answers: dict[str, Any] = {}
        self.words, self.about = Label(role="strong", wrap=True), Label(role="small", tone="muted", wrap=True)
        self.form = FormView(PLAN, desk, rows=_ROWS, framed=False)
        self.keep = PrimaryButton("Enregistrer", icon="check", hint="Ctrl S", size="normal")
        self.give_up = Button("Annuler", hint="Échap")
        self.drop = GhostButton("Retirer l’objectif", icon="trash-2")
        for name, button in {"keep": self.keep, "cancel": self.give_up, "drop": self.drop}.items():
            button.setObjectName(f"goal-{name}")
        buttons = QHBoxLayout()
        for button in (self.keep, self.give_up, self.drop):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._editing = QWidget()
        column = QVBoxLayout(self._editing)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        column.addLayout(buttons)
        self._editing.hide()
        self.body.setSpacing(2)
        self.add(self.words, self.about, self._editing)
        self.change.clicked.connect(self.edit)
        self.keep.clicked.connect(self.save)
        self.give_up.clicked.connect(self.close_form)
        self.drop.clicked.connect(self._drop)
        self.write({})

    @property
    def is_editing(self) -> bool:
        return not self._editing.isHidden()

    def write(self, answers: dict[str, Any]) -> None:
        """Show the goal; what is being typed over it stays."""
        self._answers = answers
        goal, due, phase = (answers.get(f"action_plan.{name}") for name in ("goal", "due_on", "target_phase"))
        self.words.setText(breakable(goal or ""))
        self.words.setVisible(bool(goal) and not self.is_editing)
        parts = [
            f"échéance le {french.show_date(due)}" if due else "",
            f"phase visée : {phase.label}" if phase else "",
        ]
        nothing = "Ce que la personne veut avoir obtenu, et pour quand : il figure en tête du plan imprimé."
        self.about.setText(" · ".join(part for part in parts if part) if goal else nothing)
        self.about.setVisible(bool(self.about.text()) and not self.is_editing)
        self.change.set_label("Modifier" if goal else "Fixer un objectif")
        self.change.setVisible(not self.is_editing)

    def edit(self) -> None:
        self.form.load(self._answers)
        self._editing.show()
        self.drop.setVisible(bool(self._answers))
        self.write(self._answers)
        self.form.focus("action_plan.goal")

    def save(self) -> None:
        if not self.form.show_errors(self.form.errors()):
            answers = self.form.answers()
            self.close_form()
            self.decided.emit(answers)

    def close_form(self) -> None:
        self._editing.hide()
        self.write(self._answers)
        self.change.setFocus()

    def _drop(self) -> None:
        self.close_form()
        self.dropped.emit()
