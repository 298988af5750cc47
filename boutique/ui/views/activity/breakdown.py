"""How a figure of Activité breaks down: by what, the bars, and the value that the list beside is narrowed to."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from boutique.core import french
from boutique.services.activity_page import Behind
from boutique.services.figures import Slice
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.horizontal_bars import Bar, HorizontalBars
from boutique.ui.widgets.label import Label

_EVERY = "Toutes les lignes"
_MOST = 12  # bars; a breakdown by commune may have hundreds


class BreakdownCard(Card):
    """`changed` when another dimension, or one value of it, was chosen."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Ventilation", parent=parent)
        self._slices: Sequence[Slice] = ()
        self.by = ComboBox(empty=None, accessible="Ventiler par")
        self.bars = HorizontalBars("Ventilation")
        self.value = ComboBox(empty=_EVERY, accessible="Ne montrer que")
        self.note = Label(role="small", tone="muted", wrap=True)
        self.only = Label("Ne montrer que", role="label", tone="muted")
        self.add(self.by, self.bars, self.note, self.only, self.value)
        self.body.addStretch(1)
        self.by.activated.connect(self._other_dimension)
        self.value.activated.connect(self._tell)
        self.bars.pressed.connect(self._press)

    def dimension(self) -> str:
        return self.by.read() or ""

    def within(self) -> tuple[str, Any] | None:
        """(dimension, value) that the list is narrowed to."""
        rank = self.value.read()
        return None if rank is None else (self.dimension(), self._slices[int(rank)].key)

    def write(self, found: Behind) -> None:
        self.by.set_options(found.dimensions)
        self.by.write(found.asked.dimension)
        self._slices = found.slices
        drawn = found.slices[:_MOST]
        most = 1.0 if found.fraction else max((one.value or 0 for one in drawn), default=0)
        self.bars.write([Bar(one.label, (one.value or 0) / most if most else 0, found.show(one)) for one in drawn])
        self.value.set_options([(str(rank), one.label) for rank, one in enumerate(found.slices)])
        narrowed = next((rank for rank, one in enumerate(found.slices) if found.is_narrowed_to(one)), None)
        self.value.write(None if narrowed is None else str(narrowed))
        left = len(found.slices) - len(drawn)
        more = f"{french.plural(left, 'autre ligne')} dans la liste ci-dessous." if left else ""
        self.note.setText(f"{more} {found.note}".strip())
        self.note.setVisible(bool(more or found.note))

    def _other_dimension(self, _rank: int) -> None:
        self.value.write(None)
        self.changed.emit()

    def _press(self, rank: int) -> None:
        again = self.value.read() == str(rank)
        self.value.write(None if again else str(rank))
        self.changed.emit()

    def _tell(self, _rank: int) -> None:
        self.changed.emit()
