"""A list whose lines are put in order, with the mouse or with Alt+↑ and Alt+↓; used by the journey's settings."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QSizePolicy, QWidget

from boutique.ui.theme.manager import theme

_FEWEST_ROWS = 4


class OrderedList(QListWidget):
    """`chosen(code)` when another line is current, `ordered(codes)` when one was moved."""

    chosen = Signal(str)
    ordered = Signal(list)

    def __init__(self, accessible: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(accessible)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._high = 0
        self.currentItemChanged.connect(self._chosen)
        theme().changed.connect(self._measure)

    def write(self, lines: Sequence[tuple[str, str]], current: str) -> None:
        """Show lines (code, words), the current one as it was."""
        self.blockSignals(True)  # noqa: FBT003 - Qt's own
        self.clear()
        for code, words in lines:
            item = QListWidgetItem(words)
            item.setData(Qt.ItemDataRole.UserRole, code)
            item.setToolTip("Alt ↑ et Alt ↓ la déplacent")
            self.addItem(item)
            if code == current:
                self.setCurrentItem(item)
        self.blockSignals(False)  # noqa: FBT003 - Qt's own
        self._measure()

    def rename(self, code: str, words: str) -> None:
        for row in range(self.count()):
            if self._code(row) == code:
                self.item(row).setText(words)
        self._measure()

    def codes(self) -> list[str]:
        return [self._code(row) for row in range(self.count())]

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as its lines: the page scrolls, not the list."""
        least = _FEWEST_ROWS * self.fontMetrics().height()
        return QSize(theme().px(160), max(self._high, least) + 2 * self.frameWidth() + 2)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(theme().px(120), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._measure()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.shift(step)
            return
        super().keyPressEvent(event)

    def shift(self, step: int) -> None:
        """Move the current line by one."""
        here = self.currentRow()
        if here >= 0 and 0 <= here + step < self.count():
            self._put(here, here + step)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Where it was dropped; the lines are ours to move, so Qt is told that nothing left."""
        here, over = self.currentRow(), self.indexAt(event.position().toPoint()).row()
        below = self.dropIndicatorPosition() == QAbstractItemView.DropIndicatorPosition.BelowItem
        there = self.count() if over < 0 else over + below
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if here >= 0 and there not in (here, here + 1):
            self._put(here, there - (there > here))

    def _measure(self) -> None:
        """Lines wrap: how high they are is known once they are laid out in the width there is."""
        self.doItemsLayout()
        high = self.contentsSize().height()
        if high != self._high:
            self._high = high
            self.updateGeometry()

    def _put(self, here: int, there: int) -> None:
        codes = self.codes()
        codes.insert(there, codes.pop(here))
        self.ordered.emit(codes)

    def _code(self, row: int) -> str:
        return str(self.item(row).data(Qt.ItemDataRole.UserRole))

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(str(item.data(Qt.ItemDataRole.UserRole)))
