"""One line to say what is to be done, by whom, by when; used in the plan, the journey and the interview."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from boutique.core import clock, french
from boutique.core.errors import UserError
from boutique.forms.catalogue import ACTION
from boutique.models.choices import ActionOwner
from boutique.ui.forms.reminder import Reminder
from boutique.ui.forms.text_editors import LineEditor
from boutique.ui.theme.manager import set_look, theme
from boutique.ui.widgets.button import Button, GhostButton
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.tips import plain_tip

_DATE_WIDTH, _OWNER_WIDTH = 118, 140
_LONGEST_DATE = 100


class DateEdit(QLineEdit):
    """A date as people type it (12/03, demain, jeudi); put in its one form when the field is left."""

    def __init__(self, accessible: str, *, placeholder: str = "jj/mm/aaaa", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(accessible)
        self.setPlaceholderText(placeholder)
        self.setFixedWidth(theme().px(_DATE_WIDTH))
        self.setMaxLength(_LONGEST_DATE)
        self.editingFinished.connect(self._tidy)

    def _tidy(self) -> None:
        try:
            if self.text().strip():
                self.setText(french.show_date(french.parse_date(self.text(), today=clock.today())))
        except UserError as error:
            set_look(self, invalid=True)
            self.setToolTip(plain_tip(str(error)))
        else:
            set_look(self, invalid=False)
            self.setToolTip("")


class ActionEditor(QWidget):
    """`submitted(answers)` once they make an action; `cancelled` for the cross. `changed` at each keystroke."""

    submitted = Signal(dict)
    cancelled = Signal()
    changed = Signal()

    def __init__(
        self,
        name: str,
        *,
        button: str = "Ajouter",
        cross: bool = True,
        stacked: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.label = LineEditor("Action")
        self.label.setPlaceholderText("Ce qui est à faire")
        self.label.setAccessibleName("Action")
        self.owner = ComboBox([(o, o.label) for o in ActionOwner], empty=None, accessible="Qui")
        self.owner.setMinimumWidth(theme().px(_OWNER_WIDTH))
        self.due = DateEdit("Pour le", placeholder="pour le…")
        self.button = Button(button, icon="plus" if button == "Ajouter" else "check")
        self.cross = GhostButton(icon="x", accessible="Fermer cette ligne")
        if not cross:
            self.cross.hide()
        self.error = Label(role="small", tone="danger", wrap=True)
        self.error.hide()
        self.reminder = Reminder(quiet=True)
        for part, widget in {"label": self.label, "owner": self.owner, "due": self.due, "add": self.button}.items():
            widget.setObjectName(f"{name}-{part}")
        self._lay_out(stacked=stacked)
        for line in (self.label, self.due):
            line.returnPressed.connect(self.submit)
            line.textEdited.connect(self.changed)
        self.label.textChanged.connect(self.reminder.look_at)
        self.label.refused.connect(self._tell)
        self.owner.currentIndexChanged.connect(self.changed)
        self.button.clicked.connect(self.submit)
        self.cross.clicked.connect(self.cancelled)

    def write(self, answers: dict[str, Any]) -> None:
        self.label.setText(str(answers.get("action.label") or ""))
        self.owner.write(answers.get("action.owner") or ActionOwner.HOLDER)
        due = answers.get("action.due_on")
        self.due.setText(due if isinstance(due, str) else french.show_date(due) if due else "")
        self._tell("")

    def typed(self) -> dict[str, Any]:
        owner = self.owner.read()
        return {"action.label": self.label.text(), "action.owner": owner, "action.due_on": self.due.text()}

    def submit(self) -> bool:
        """True when there was an action, and nothing wrong with it."""
        answers, errors = ACTION.read({**self.typed(), "action.status": "prevue"})
        errors.pop("action.status", None)
        self._tell(" ".join(errors.values()))
        if errors:
            return False
        answers.pop("action.status", None)
        self.submitted.emit(answers)
        return True

    def clear(self) -> None:
        self.write({})

    def take_focus(self) -> None:
        self.label.setFocus()

    def _tell(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))

    def _lay_out(self, *, stacked: bool) -> None:
        """`stacked`: what is to be done on a line of its own, in a narrow column."""
        row = QHBoxLayout()
        row.setSpacing(6)
        if not stacked:
            row.addWidget(self.label, 1)
        row.addWidget(self.owner)
        row.addWidget(self.due)
        row.addWidget(self.button)
        row.addWidget(self.cross)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        if stacked:
            column.addWidget(self.label)
        column.addLayout(row)
        column.addWidget(self.error)
        column.addWidget(self.reminder)
