"""Past appointments of which nobody said what became of them, concluded one after the other. For the agenda."""

import uuid
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.core import french
from boutique.models.choices import AppointmentStatus
from boutique.services.appointments import Waiting
from boutique.ui.widgets.button import Button
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.elided_label import ElidedLabel
from boutique.ui.widgets.flow_layout import FlowLayout
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.scroll_column import ScrollColumn

_SHOWN = 30
_CHOICES = (
    (AppointmentStatus.DONE, "Venu·e", "circle-check"),
    (AppointmentStatus.MISSED, "Manqué", "user-x"),
    (AppointmentStatus.CANCELLED, "Annulé", "ban"),
)


class WaitingPanel(ScrollColumn):
    """`concluded(id, status)` on each press; `closed` when it has been read."""

    concluded = Signal(object, object)
    opened = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.close_button = Button("Fermer", hint="Échap", size="small")
        self.card = Card("À conclure", action=self.close_button)
        self.about = Label(tone="muted", wrap=True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(12)
        self.card.add(self.about, self._lines)
        self.add(self.card)
        self.rows: list[QWidget] = []
        self.close_button.clicked.connect(self.closed)

    def write(self, found: Sequence[Waiting]) -> None:
        focus = next((number for number, row in enumerate(self.rows) if _has_focus(row)), None)
        for row in self.rows:
            self._lines.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [self._row(one) for one in found[:_SHOWN]]
        for row in self.rows:
            self._lines.addWidget(row)
        count = french.plural(len(found), "rendez-vous passé", "rendez-vous passés")
        self.about.setText(f"{count} sans suite : qu’en est-il ?" if found else "Rien n’attend : tout a été conclu.")
        if focus is not None and self.rows:
            row = self.rows[min(focus, len(self.rows) - 1)]
            row.findChildren(Button)[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def take_focus(self) -> None:
        target = self.rows[0].findChildren(Button)[0] if self.rows else self.close_button
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _row(self, one: Waiting) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        top = QHBoxLayout()
        when = f"{french.DAYS[one.starts_at.weekday()][:3]}. {french.day_month(one.starts_at.date())}"
        top.addWidget(Label(f"{when} {one.starts_at:%H:%M}", role="figure"))
        top.addWidget(ElidedLabel(one.name, role="strong"), 1)
        flow = FlowLayout(gap=6)
        for status, words, icon in _CHOICES:
            button = Button(words, icon=icon, size="small", accessible=f"{words} : {one.name}, {when}")
            button.clicked.connect(partial(self._conclude, one.id, status))
            flow.addWidget(button)
        column.addLayout(top)
        column.addLayout(flow)
        return row

    def _conclude(self, appointment_id: uuid.UUID, status: AppointmentStatus) -> None:
        self.concluded.emit(appointment_id, status)


def _has_focus(row: QWidget) -> bool:
    return any(button.hasFocus() for button in row.findChildren(Button))
