"""Interviews of a file on the left, the one chosen on the right; used by the Entretiens tab."""

import uuid
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.core import french
from boutique.core.text import clip
from boutique.services.interviews import InterviewLine
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.bullets import Bullets
from boutique.ui.widgets.button import Button, GhostButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.label import Label, breakable
from boutique.ui.widgets.list_row import ListRow

_EXCERPT = 90
_SIDE = 14


class InterviewList(Card):
    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        if (frame := self.layout()) is not None:
            frame.setContentsMargins(1, 4, 1, 4)
        self.body.setSpacing(0)
        self._rows: list[ListRow] = []
        self._chosen: uuid.UUID | None = None

    def show_lines(self, lines: Sequence[InterviewLine], chosen: uuid.UUID | None) -> None:
        had_focus = any(row.hasFocus() for row in self._rows)
        empty(self.body)
        self._rows = []
        for rank, line in enumerate(lines):
            row = self._row(rank, line)
            row.set_selected(line.id == chosen)
            row.set_last(rank == len(lines) - 1)
            self._rows.append(row)
            self.body.addWidget(row)
            if had_focus and line.id == chosen:
                self.take_focus()

    def take_focus(self) -> bool:
        chosen = next((row for row in self._rows if row.property("selected")), None)
        if chosen is not None:
            chosen.show()
            chosen.setFocus()
        return chosen is not None

    def _row(self, rank: int, line: InterviewLine) -> ListRow:
        about = " · ".join(part for part in (_minutes(line), line.counsellor) if part)
        text = clip(line.summary or line.decisions, _EXCERPT).replace("\n", " ")
        trailing = [] if line.attended else [Badge("absence", "warning")]
        row = ListRow(
            f"{french.show_date(line.held_on)} · {line.type}", f"{about}\n{text}" if text else about,
            trailing=trailing, clickable=True,
        )  # fmt: skip
        row.setObjectName(f"interview-{rank}")
        row.setProperty("interview", line.id)
        row.activated.connect(self._choose)
        if (frame := row.layout()) is not None:
            frame.setContentsMargins(_SIDE, 8, _SIDE, 8)
        return row

    def _choose(self) -> None:
        row = self.sender()
        if isinstance(row, QWidget):
            self.chosen.emit(row.property("interview"))


class InterviewDetail(Card):
    """`edit_asked`, `again_asked`, `print_asked`, `delete_asked` carry the interview shown."""

    edit_asked = Signal(object)
    again_asked = Signal(object)
    print_asked = Signal(object)
    delete_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._line: InterviewLine | None = None
        self.heading, self.about = Label(role="heading", wrap=True), Label(role="small", tone="muted", wrap=True)
        self.edit = Button("Modifier", icon="pencil")
        self.again = Button("Reprendre", icon="copy-plus", accessible="Reprendre cet entretien pour en noter un autre")
        self.again.setToolTip("Un nouvel entretien du même type, sur les mêmes étapes")
        self.report = Button("Compte-rendu", icon="printer")
        self.delete = GhostButton(icon="trash-2", accessible="Supprimer l’entretien")
        for name, button in {
            "edit": self.edit,
            "again": self.again,
            "print": self.report,
            "delete": self.delete,
        }.items():
            button.setObjectName(f"interview-{name}")
        texts, head = QVBoxLayout(), QHBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self.heading)
        texts.addWidget(self.about)
        head.addLayout(texts, 1)
        for button in (self.edit, self.again, self.report, self.delete):
            head.addWidget(button)
        self._parts = QVBoxLayout()
        self._parts.setSpacing(4)
        self.add(head, self._parts)
        self.edit.clicked.connect(self._edit)
        self.again.clicked.connect(self._again)
        self.report.clicked.connect(self._print)
        self.delete.clicked.connect(self._delete)

    def show_line(self, line: InterviewLine) -> None:
        self._line = line
        self.heading.setText(line.type or "Entretien")
        about = [french.long_date(line.held_on), _minutes(line), line.mode, line.counsellor, line.phase]
        self.about.setText(" · ".join(part for part in about if part))
        empty(self._parts)
        for title, text in (("Points traités", line.summary), ("Décisions de la personne", line.decisions)):
            if text:
                self._add(title, Label(breakable(text), wrap=True, selectable=True))
        for title, points in (("Étapes travaillées", line.steps), ("Actions décidées", line.actions)):
            if points:
                self._add(title, Bullets(points))
        if line.private_note:
            self._parts.addSpacing(6)
            self._parts.addWidget(private_card(Label(breakable(line.private_note), wrap=True, selectable=True)))

    def _add(self, title: str, widget: QWidget) -> None:
        self._parts.addSpacing(6)
        self._parts.addWidget(Label(title, role="label", tone="muted"))
        self._parts.addWidget(widget)

    def _edit(self) -> None:
        if self._line is not None:
            self.edit_asked.emit(self._line.id)

    def _again(self) -> None:
        if self._line is not None:
            self.again_asked.emit(self._line.id)

    def _print(self) -> None:
        if self._line is not None:
            self.print_asked.emit(self._line.id)

    def _delete(self) -> None:
        if self._line is not None:
            self.delete_asked.emit(self._line.id)


def private_card(content: QWidget) -> Card:
    """What is never printed looks like it: tinted, with a lock, and says so."""
    card = Card(tone="warning", tinted=True)
    head = QHBoxLayout()
    head.setSpacing(6)
    head.addWidget(Label("Note discrète", role="label", tone="warning"))
    head.addWidget(Badge("jamais imprimée", "warning", icon="lock"))
    head.addStretch(1)
    if (frame := card.layout()) is not None:
        frame.setContentsMargins(12, 8, 12, 10)
    card.body.setSpacing(4)
    card.add(head, content)
    return card


def _minutes(line: InterviewLine) -> str:
    return french.show_minutes(line.minutes) if line.attended else "absence"
