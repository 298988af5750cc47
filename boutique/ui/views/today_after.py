"""Aujourd'hui: files received from a colleague, and the businesses to call; the card hides when there is nothing."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from boutique.core import clock, french
from boutique.services import calls, handovers
from boutique.services.calls import Call, CallList
from boutique.services.handovers import HandoverNote
from boutique.ui.desk import Desk
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.button import Button
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.icon import Icon
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.list_row import ListRow

_SHOWN = 3


class AfterCards(QWidget):
    """`refresh` asks again; what did not change stays as it is."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._told: dict[str, object] = {}
        self.open_calls = Button("Appeler", icon="phone", accessible="Suivis à faire : appeler")
        self.received, self.calls = Card("Dossiers reçus"), Card("Suivis d’entreprises", action=self.open_calls)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for card in (self.received, self.calls):
            card.body.setSpacing(0)
            card.hide()
            column.addWidget(card)
        self.hide()
        self.open_calls.setObjectName("today-calls")
        self.open_calls.clicked.connect(self._call)

    def refresh(self) -> None:
        self._desk.read_latest("today.handovers", handovers.unread, then=self._show_received)
        self._desk.read_latest("today.calls", calls.waiting, limit=_SHOWN, then=self._show_calls)

    def _show_received(self, notes: tuple[HandoverNote, ...]) -> None:
        if self._is_same("received", notes):
            return
        rows = [self._received_row(note) for note in notes[:_SHOWN]]
        more = len(notes) - _SHOWN
        _fill(self.received, rows, f"et {french.plural(more, 'autre dossier', 'autres dossiers')}" if more > 0 else "")
        self.received.setVisible(bool(notes))
        self._arrange()

    def _received_row(self, note: HandoverNote) -> ListRow:
        giver = f"confié par {note.giver}" if note.giver else "confié"
        open_file = Button("Ouvrir", accessible=f"Ouvrir : {note.person}")
        open_file.clicked.connect(partial(self._open, note))
        return ListRow(
            note.person, f"{giver} · {note.note}" if note.note else giver,
            leading=Icon("arrow-right-left", tone="ink"), trailing=[open_file], wrap=False,
        )  # fmt: skip

    def _show_calls(self, found: CallList) -> None:
        if self._is_same("calls", (clock.today(), found)):
            return
        due = [call for call in found.calls if call.due]
        late = sum(1 for call in found.calls if call.late_days)
        more = found.due - len(due)
        _fill(self.calls, [_call_row(call) for call in due], f"et {more} autres" if more > 0 else "")
        title = f"Suivis d’entreprises · {french.plural(found.due, 'appel')} à faire"
        self.calls.set_title(title if late or due else "Suivis d’entreprises")
        self.calls.setVisible(bool(due))
        self._arrange()

    def _is_same(self, name: str, told: object) -> bool:
        same = name in self._told and self._told[name] == told
        self._told[name] = told
        return same

    def _arrange(self) -> None:
        self.setVisible(not self.received.isHidden() or not self.calls.isHidden())

    def _open(self, note: HandoverNote) -> None:
        self._desk.shell.show_view("file", case_id=note.case_id)

    def _call(self) -> None:
        self._desk.shell.show_view("calls")


def _call_row(call: Call) -> ListRow:
    late = f"{call.late_days} j de retard" if call.late_days else "aujourd’hui"
    badge = Badge(late, "accent" if call.late_days else "info", icon="clock-alert" if call.late_days else "clock")
    return ListRow(call.name, f"{call.milestone} · {call.business}", leading=Icon("store", tone="ink"),
                   trailing=[badge], wrap=False)  # fmt: skip


def _fill(card: Card, rows: list[ListRow], more: str) -> None:
    while (item := card.body.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
    for row in rows:
        card.add(row)
    if rows and not more:
        rows[-1].set_last()
    if more:
        card.add(Label(more, role="small", tone="muted"))
