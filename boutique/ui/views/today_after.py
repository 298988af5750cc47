"""Aujourd'hui: files received from a colleague, businesses to call, agreements that end; no card without a line."""

import uuid
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from boutique.core import french
from boutique.core.clock import today
from boutique.services.calls import Call, CallList
from boutique.services.handovers import HandoverNote
from boutique.services.programmes import ProgrammeLine
from boutique.ui.desk import Desk
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.button import Button
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.icon import Icon
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.list_row import ListRow

SHOWN = 3


class AfterCards(QWidget):
    """`write` makes the rows again; the view calls it only when something is new."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.received, self.calls = Card("Dossiers reçus"), Card("Suivis d’entreprises")
        self.ending = Card("Conventions qui se terminent")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for card in (self.received, self.calls, self.ending):
            card.body.setSpacing(0)
            card.hide()
            column.addWidget(card)
        self.hide()

    def write(
        self, received: tuple[HandoverNote, ...], waiting: CallList, ending: tuple[ProgrammeLine, ...] = ()
    ) -> None:
        more = len(received) - SHOWN
        rows: list[QWidget] = [self._received_row(note) for note in received[:SHOWN]]
        if more > 0:
            rows.append(
                Label(f"et {french.plural(more, 'autre dossier', 'autres dossiers')}", role="small", tone="muted")
            )
        _fill(self.received, rows)
        self.received.setVisible(bool(received))
        due = [call for call in waiting.calls if call.due]
        self.calls.set_title(f"Suivis d’entreprises · {french.plural(waiting.due, 'appel')} à faire")
        _fill(self.calls, [*map(_call_row, due), self._call_button(waiting.due)] if due else [])
        self.calls.setVisible(bool(due))
        _fill(self.ending, [self._ending_row(line) for line in ending])
        self.ending.setVisible(bool(ending))
        self.setVisible(bool(received) or bool(due) or bool(ending))

    def _call_button(self, due: int) -> QWidget:
        made = Button(
            "Appeler" if due == 1 else f"Appeler les {due}", icon="phone", accessible="Suivis à faire : appeler"
        )
        made.setObjectName("today-calls")
        made.clicked.connect(self._call)
        return made

    def _received_row(self, note: HandoverNote) -> ListRow:
        giver = f"confié par {note.giver}" if note.giver else "confié"
        open_file = Button("Ouvrir", accessible=f"Ouvrir : {note.person}")
        open_file.clicked.connect(partial(self._open, note))
        return ListRow(
            note.person, f"{giver} · {note.note}" if note.note else giver,
            leading=Icon("arrow-right-left", tone="ink"), trailing=[open_file], wrap=False,
        )  # fmt: skip

    def _ending_row(self, line: ProgrammeLine) -> ListRow:
        days = line.days_left or 0
        words = "dernier jour" if days == 0 else f"dans {french.plural(days, 'jour')}"
        look = Button("Voir", accessible=f"Voir : {line.name}")
        look.clicked.connect(partial(self._show_programme, line.id))
        return ListRow(
            line.name, f"{line.funder or line.kind} · jusqu’au {french.show_date(line.ends_on or today())}",
            leading=Icon("landmark", tone="ink"), trailing=[Badge(words, "warning", icon="triangle-alert"), look],
            wrap=False,
        )  # fmt: skip

    def _show_programme(self, programme_id: uuid.UUID) -> None:
        self._desk.shell.show_view("programmes", programme_id=programme_id)

    def _open(self, note: HandoverNote) -> None:
        self._desk.shell.show_view("file", case_id=note.case_id)

    def _call(self) -> None:
        self._desk.shell.show_view("calls")


def _call_row(call: Call) -> ListRow:
    late = f"{call.late_days} j de retard" if call.late_days else "aujourd’hui"
    badge = Badge(late, "accent" if call.late_days else "info", icon="clock-alert" if call.late_days else "clock")
    return ListRow(call.name, f"{call.milestone} · {call.business}", leading=Icon("store", tone="ink"),
                   trailing=[badge], wrap=False)  # fmt: skip


def _fill(card: Card, rows: list[QWidget]) -> None:
    empty(card.body)
    for row in rows:
        card.add(row)
    last = next((row for row in reversed(rows) if isinstance(row, ListRow)), None)
    if last is not None:
        last.set_last()
