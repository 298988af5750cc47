"""What a search finds, listed under its field while one types; the focus stays in the field."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from boutique.ui.theme.manager import set_look, theme
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.search_field import SearchField

_RESULT = Qt.ItemDataRole.UserRole
_MOST, _ACROSS, _ALONG = 8, 12, 6
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Result:
    """A line: who or what, a second line in grey, a note on the right; `value` is given back when chosen."""

    value: Any
    title: str
    subtitle: str = ""
    note: str = ""


class _TwoLines(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802 - Qt's name
        strong, small = QFontMetrics(theme().font("strong")), QFontMetrics(theme().font("small"))
        return QSize(theme().px(200), strong.height() + small.height() + 2 * theme().px(_ALONG))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        result = index.data(_RESULT)
        if not isinstance(result, Result):
            return
        tokens, across = theme().tokens, theme().px(_ACROSS)
        box: QRect = option.rect.adjusted(across, theme().px(_ALONG), -across, -theme().px(_ALONG))
        painter.save()
        painter.setFont(theme().font("small"))
        painter.setPen(QColor(tokens.muted))
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, result.note)
        if result.note:
            box.setRight(box.right() - painter.fontMetrics().horizontalAdvance(result.note) - across)
        second = painter.fontMetrics().elidedText(result.subtitle, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, second)
        painter.setFont(theme().font("strong"))
        painter.setPen(QColor(tokens.ink))
        first = painter.fontMetrics().elidedText(result.title, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, first)
        painter.restore()


class ResultsPopup(QFrame):
    """`chosen(value)` on Enter or click; `nothing_chosen(text)` when Enter is pressed and no line is lit."""

    chosen = Signal(object)
    nothing_chosen = Signal(str)

    def __init__(self, field: SearchField, over: QWidget) -> None:
        super().__init__(over)
        self._field, self._over = field, over
        set_look(self, surface="popup")
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.setSpacing(2)
        self.lines = QListWidget()
        self.lines.setItemDelegate(_TwoLines(self.lines))
        self.lines.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.lines.setAccessibleName("Résultats")
        self.lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.foot = Label(role="small", tone="muted", wrap=True)
        self.foot.setContentsMargins(8, 4, 8, 4)
        column.addWidget(self.lines)
        column.addWidget(self.foot)
        field.moved.connect(self._move)
        field.submitted.connect(self._submit)
        field.left.connect(self.hide)
        self.lines.itemClicked.connect(self._choose)
        self.hide()

    def tell(self, results: Sequence[Result], foot: str = "") -> None:
        """Show what was found; `foot` is the sentence beneath (what Enter will do)."""
        self.lines.clear()
        for result in results:
            item = QListWidgetItem()
            item.setData(_RESULT, result)
            words = ", ".join(filter(None, (result.title, result.subtitle, result.note)))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, words)
            self.lines.addItem(item)
        self.lines.setVisible(bool(results))
        self.foot.setText(foot)
        self.foot.setVisible(bool(foot))
        if not results and not foot:
            self.hide()
            return
        self._place()
        self.show()
        self.raise_()

    def _place(self) -> None:
        corner = self._field.mapTo(self._over, QPoint(0, self._field.height() + 4))
        row = self.lines.sizeHintForRow(0) if self.lines.count() else 0
        shown = min(self.lines.count(), _MOST)
        self.lines.setFixedHeight(max(0, shown * row + 2))
        self.setFixedWidth(max(self._field.width(), theme().px(440)))
        self.adjustSize()
        self.move(corner)

    def _move(self, step: int) -> None:
        if self.isVisible() and self.lines.count():
            row = self.lines.currentRow() + step
            self.lines.setCurrentRow(min(max(-1, row), self.lines.count() - 1))

    def _submit(self, text: str) -> None:
        item = self.lines.currentItem() if self.isVisible() and self.lines.currentRow() >= 0 else None
        if item is None:
            self.hide()
            self.nothing_chosen.emit(text)
        else:
            self._choose(item)

    def _choose(self, item: QListWidgetItem) -> None:
        result = item.data(_RESULT)
        self.hide()
        self.chosen.emit(result.value)
