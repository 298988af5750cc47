"""The lines of the directory: antennes unfold under their institution, by keys or by the mouse. For Partenaires."""

import uuid

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from boutique.services.directory import COLUMNS, PartnerRow
from boutique.ui.theme.manager import theme
from boutique.ui.widgets.paged_table import Look, PagedTable

_ARROW = 30  # from the left of the line to the right of its arrow


class PartnerTree(PagedTable):
    """`turned(institution)`: open it or close it; → opens, ← goes up then closes, a press on the arrow does either."""

    turned = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Partenaires", _look, stretch="name", parent=parent)
        self.lines.sortable = _never
        self.set_columns(COLUMNS)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        row = self.current()
        if isinstance(row, PartnerRow) and not event.modifiers():
            if event.key() == Qt.Key.Key_Right and row.antennes and not row.opened:
                self.turned.emit(row.partner_id)
                return
            if event.key() == Qt.Key.Key_Left and (row.opened or row.under):
                self._fold(row)
                return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        super().mousePressEvent(event)
        row = self.lines.row(self.rowAt(event.position().toPoint().y()))
        on_arrow = event.position().x() < theme().px(_ARROW) and event.button() == Qt.MouseButton.LeftButton
        if on_arrow and isinstance(row, PartnerRow) and row.antennes:
            self.turned.emit(row.partner_id)

    def go_to(self, partner_id: uuid.UUID) -> None:
        """Make a line current, when it is among those that are there."""
        for number in range(self.lines.rowCount()):
            row = self.lines.row(number)
            if row is not None and row.partner_id == partner_id:
                self.setCurrentIndex(self.lines.index(number, 0))
                return

    def _fold(self, row: PartnerRow) -> None:
        """An antenne goes up to its institution, which then closes."""
        number = self.currentIndex().row()
        while row.under and number > 0:
            number -= 1
            above = self.lines.row(number)
            if above is None:
                return
            row = above
        if self.currentIndex().row() == number:
            self.turned.emit(row.partner_id)
        else:
            self.setCurrentIndex(self.lines.index(number, 0))


def _never(_key: str) -> bool:
    return False


def _look(row: PartnerRow, key: str) -> Look | None:
    if key == "name":
        arrow = ("chevron-down" if row.opened else "chevron-right") if row.antennes else ""
        state = (", antennes dépliées" if row.opened else ", antennes repliées") if row.antennes else ""
        return Look(strong=not row.under, icon=arrow, about=f"{row.indented.strip()}{state}")
    if key == "age":
        if row.away:
            return Look(tone="warning", icon="calendar-off", about=row.away)
        return Look(tone="warning", icon="clock-alert") if row.age.due else Look(tone="success", icon="badge-check")
    return None
