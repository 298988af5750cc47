"""What a visit leads to, line by line: what is to be done, by when. Part of the form of a visit."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.core import clock, french
from boutique.core.errors import UserError
from boutique.services.visits import Promise
from boutique.ui.forms.tab_order import put_before
from boutique.ui.forms.text_editors import DateEditor, LineEditor
from boutique.ui.widgets.button import Button, GhostButton
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.label import Label


@dataclass(slots=True)
class _Line:
    """The editors of one promise, and what it is when it was known before."""

    label: LineEditor
    due_on: DateEditor
    id: uuid.UUID | None
    done_on: date | None


class PromisesEditor(QWidget):
    """`write` and `read` promises; a line left empty is no promise."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[_Line] = []
        self.add_button = Button("Ajouter une suite", icon="plus", size="small")
        self.trouble = Label(role="small", tone="danger", wrap=True)
        self.trouble.hide()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(Label("Suites à donner", role="label"))
        column.addLayout(self._rows)
        column.addWidget(self.trouble)
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_button.clicked.connect(self.add)

    def write(self, promises: Sequence[Promise]) -> None:
        empty(self._rows)
        self.lines = []
        self._say("")
        for promise in promises:
            self._append(promise)

    def read(self) -> tuple[Promise, ...] | None:
        """What is promised; None, with a sentence, when a date cannot be read."""
        self._say("")
        found = []
        for line in self.lines:
            label, typed = line.label.text().strip(), line.due_on.text().strip()
            if not label and not typed:
                continue
            try:
                due_on = french.parse_date(typed, today=clock.today()) if typed else None
            except UserError as error:
                self._say(str(error))
                line.due_on.setFocus()
                return None
            if not label:
                self._say("Dites ce qu’il y a à faire, ou effacez la date.")
                line.label.setFocus()
                return None
            found.append(Promise(label, due_on, line.done_on, line.id))
        return tuple(found)

    def typed(self) -> tuple[tuple[str, str], ...]:
        """Word for word, to know whether something was typed."""
        return tuple((line.label.text(), line.due_on.text()) for line in self.lines)

    def write_typed(self, lines: Sequence[tuple[str, str]]) -> None:
        """What `typed` gave, word for word; a line that is known keeps what it is."""
        for number, (label, due_on) in enumerate(lines):
            line = self.lines[number] if number < len(self.lines) else self._append(Promise(""))
            line.label.write(label)
            line.due_on.write(due_on)

    def add(self) -> None:
        """One more line, under the hand."""
        self._append(Promise("")).label.setFocus(Qt.FocusReason.OtherFocusReason)

    def _append(self, promise: Promise) -> _Line:
        number = len(self.lines) + 1
        line = _Line(
            LineEditor(f"Suite {number}"), DateEditor(f"Pour le (suite {number})"), promise.id, promise.done_on
        )
        line.label.setPlaceholderText("Qui fait quoi")
        line.label.setAccessibleName(f"Suite {number}")
        line.due_on.setAccessibleName(f"Suite {number} : pour le")
        line.label.write(promise.label)
        line.due_on.write(promise.due_on)
        row = QWidget()
        shown = QHBoxLayout(row)
        shown.setContentsMargins(0, 0, 0, 0)
        shown.setSpacing(8)
        remove = GhostButton(icon="x", accessible=f"Retirer la suite {number}")
        remove.clicked.connect(partial(self._remove, line, row))
        shown.addWidget(line.label, 2)
        shown.addWidget(line.due_on, 1)
        shown.addWidget(remove)
        self._rows.addWidget(row)
        row.show()
        for part in (line.label, line.due_on, remove):
            put_before(part, self.add_button)
        line.label.textChanged.connect(self._told)
        line.due_on.textChanged.connect(self._told)
        self.lines.append(line)
        return line

    def _remove(self, line: _Line, row: QWidget) -> None:
        self.lines.remove(line)
        self._rows.removeWidget(row)
        row.hide()
        row.deleteLater()
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _told(self, _text: str) -> None:
        self.changed.emit()

    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))
