"""Aujourd’hui: the permanence to prepare or to confirm, what was promised outdoors and is late; often hidden."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from boutique.services.outreach_today import Asks, OutdoorLine
from boutique.ui.desk import Desk
from boutique.ui.widgets.button import Button
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.icon import Icon
from boutique.ui.widgets.label import LabelTone
from boutique.ui.widgets.list_row import ListRow

_LOOKS: dict[Asks, tuple[str, LabelTone, str]] = {
    Asks.PREPARE: ("map-pin", "ink", "Préparer"),
    Asks.CONFIRM: ("clock-alert", "warning", "Confirmer"),
    Asks.VISITS: ("factory", "warning", "Voir"),
    Asks.MEETINGS: ("handshake", "warning", "Voir"),
}


class OutdoorsCard(Card):
    """`write` makes the rows again; the view calls it only when something is new."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Sur le terrain", parent=parent)
        self._desk = desk
        self.body.setSpacing(0)
        self.hide()

    def write(self, lines: Sequence[OutdoorLine]) -> None:
        empty(self.body)
        for line in lines:
            icon, tone, words = _LOOKS[line.asks]
            button = Button(words, accessible=f"{words} : {line.title}")
            button.clicked.connect(partial(self._open, line))
            leading = Icon(icon, tone=tone)
            row = ListRow(line.title, line.detail, leading=leading, trailing=[button], wrap=False)
            row.set_last(line is lines[-1])
            self.add(row)
        self.setVisible(bool(lines))

    def _open(self, line: OutdoorLine) -> None:
        show = self._desk.shell.show_view
        if line.ref is not None:
            show("permanences", ref=line.ref)
        elif line.asks is Asks.VISITS:
            show("visits", follow="late")
        else:
            show("meetings", to_follow=True)
