"""Referrals of the person made before, whatever the file: shown above the proposals, in Orientations."""

import uuid
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from boutique.core import french
from boutique.services.earlier import Earlier
from boutique.ui.widgets.button import GhostButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.list_row import ListRow
from boutique.ui.widgets.tips import plain_tip

_SHOWN = 3


class EarlierCard(Card):
    """`wants_file(case_id)` for a referral of another file; hidden as long as there is nothing to say."""

    wants_file = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.more = GhostButton("", size="small")
        super().__init__("Déjà orientée", icon="history", action=self.more, tone="info", parent=parent)
        self._made: tuple[Earlier, ...] = ()
        self._here: uuid.UUID | None = None
        self._whole = False
        self.rows = QVBoxLayout()
        self.rows.setSpacing(0)
        self.add(self.rows)
        self.more.setObjectName("earlier-more")
        self.more.clicked.connect(self._turn)
        self.hide()

    def show_earlier(self, made: Sequence[Earlier], case_id: uuid.UUID) -> None:
        if case_id != self._here:
            self._whole = False
        self._made, self._here = tuple(made), case_id
        self._show()

    def _show(self) -> None:
        empty(self.rows)
        shown = self._made if self._whole else self._made[:_SHOWN]
        for rank, one in enumerate(shown):
            elsewhere = one.case_id != self._here
            about = f"{one.told} · dossier {one.case_reference}" if elsewhere else one.told
            row = ListRow(f"vers {one.partner}", about, clickable=elsewhere, wrap=False, role="body")
            row.setToolTip(plain_tip(one.sentence))
            row.setObjectName(f"earlier-{rank}")
            row.setProperty("case", one.case_id)
            row.set_last(rank == len(shown) - 1)
            row.activated.connect(self._go)
            self.rows.addWidget(row)
        left = len(self._made) - _SHOWN
        self.more.set_label("Voir moins" if self._whole else french.plural(left, "autre"))
        self.more.setVisible(left > 0)
        self.setVisible(bool(self._made))

    def _turn(self) -> None:
        self._whole = not self._whole
        self._show()

    def _go(self) -> None:
        row = self.sender()
        if isinstance(row, QWidget):
            self.wants_file.emit(row.property("case"))
