"""One column of readable width in the middle of the view; for the pages before the base is open."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.ui.theme.manager import theme
from boutique.ui.widgets.scroll_column import ScrollColumn

_MARGIN = 24


class Centred(ScrollColumn):
    """Holds `inside`, at most `width` wide, a third of the spare height above it."""

    def __init__(self, inside: QWidget, *, width: int, parent: QWidget | None = None) -> None:
        super().__init__(margins=(_MARGIN, _MARGIN, _MARGIN, _MARGIN), parent=parent)
        self._inside_part, self._width = inside, width
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(inside, 0, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        holder = QVBoxLayout()
        holder.addLayout(row)
        self.add(holder)
        theme().changed.connect(self._fit)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.viewport().width() - 2 * _MARGIN
        self._inside_part.setFixedWidth(max(theme().px(200), min(theme().px(self._width), room)))
        spare = self.viewport().height() - self._inside_part.sizeHint().height()
        self.body.setContentsMargins(0, max(0, spare // 3 - _MARGIN), 0, 0)
