"""Historique: who changed or consulted what, and taking an action back."""

import uuid
from functools import partial
from itertools import groupby

from PySide6.QtWidgets import QHBoxLayout, QWidget

from boutique.core import clock, french
from boutique.services import history, undo
from boutique.services.history import HistoryLine
from boutique.ui.desk import Desk
from boutique.ui.views.file.tab import Tab
from boutique.ui.widgets.bullets import Bullets
from boutique.ui.widgets.button import Button, GhostButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.check_box import CheckBox
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.separator import Separator

_STEP, _FIELDS_SHOWN = 40, 6


class HistoryTab(Tab):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._lines: tuple[HistoryLine, ...] = ()
        self._limit = _STEP
        self.consultations = CheckBox("Montrer aussi les consultations et impressions", checked=True)
        self.consultations.setObjectName("history-consultations")
        self.more = Button("Remonter plus loin", icon="history")
        self.more.setObjectName("history-more")
        self.more.hide()
        self._cards: list[Card] = []
        self.column.addWidget(self.consultations)
        self.column.addWidget(self.more)
        self.consultations.toggled.connect(self._redraw)
        self.more.clicked.connect(self._go_further)

    def start_afresh(self) -> None:
        self._lines, self._limit = (), _STEP

    def refresh(self) -> None:
        self.desk.read_latest("file.history", history.of_case, self.case_id, self._limit, then=self._show)

    def focus_first(self) -> bool:
        self.consultations.setFocus()
        return True

    def _show(self, lines: tuple[HistoryLine, ...]) -> None:
        self._lines = lines
        self._redraw()

    def _redraw(self) -> None:
        for card in self._cards:
            self.column.removeWidget(card)
            card.hide()
            card.deleteLater()
        every = self.consultations.isChecked()
        shown = [line for line in self._lines if every or line.action_id is not None]
        self._cards = [self._day(day, list(lines)) for day, lines in groupby(shown, key=_day_of)]
        for rank, card in enumerate(self._cards, 1):
            self.column.insertWidget(rank, card)
        self.more.setVisible(len(self._lines) >= self._limit)

    def _day(self, title: str, lines: list[HistoryLine]) -> Card:
        card = Card(title[:1].upper() + title[1:])
        for rank, line in enumerate(lines):
            if rank:
                card.add(Separator())
            card.add(self._head(line))
            if line.lines:
                left = len(line.lines) - _FIELDS_SHOWN
                more = (f"et {french.plural(left, 'autre changement', 'autres changements')}",) if left > 0 else ()
                card.add(Bullets((*line.lines[:_FIELDS_SHOWN], *more), role="small", tone="muted", indent=52))
        return card

    def _head(self, line: HistoryLine) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(Label(f"{clock.local(line.at):%H:%M}", role="figure", tone="muted"))
        row.addWidget(Label(line.action, role="strong" if line.action_id else "body", wrap=True), 1)
        row.addWidget(Label(line.author, role="small", tone="muted"))
        if line.undoable and line.action_id is not None:
            button = GhostButton("Annuler", icon="undo-2", accessible=f"Annuler : {line.action}")
            button.setObjectName("history-undo")
            button.clicked.connect(partial(self._undo, line.action_id, line.action))
            row.addWidget(button)
        return row

    def _undo(self, action_id: uuid.UUID, label: str) -> None:
        told = f"Annulé : {label[:1].lower()}{label[1:]}"
        self.desk.write(f"Annulation : {label}"[:120], undo.undo, action_id, told=told)

    def _go_further(self) -> None:
        self._limit += _STEP
        self.refresh()


def _day_of(line: HistoryLine) -> str:
    return french.long_date(clock.local(line.at).date())
