"""A scrolling column that shows one of several parts, at its own height; beside a list, what is chosen in it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from boutique.ui.widgets.scroll_column import ScrollColumn


class OneOf(ScrollColumn):
    """`turned` when another part shows; the column is then at its top."""

    turned = Signal()

    def __init__(self, *parts: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.add(*parts)
        self._parts = parts
        self._shown = parts[0]
        for part in parts[1:]:
            part.hide()

    @property
    def shown(self) -> QWidget:
        return self._shown

    def show_part(self, wanted: QWidget) -> None:
        if wanted is self._shown:
            return
        self._shown = wanted
        for part in self._parts:
            part.setVisible(part is wanted)
        self.verticalScrollBar().setValue(0)
        self.turned.emit()
