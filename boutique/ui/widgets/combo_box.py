"""A list that unfolds, with values behind the words; does not change under a scrolling wheel."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStyle, QStyleOptionComboBox, QWidget

from boutique.ui.theme.manager import theme
from boutique.ui.widgets.icon import draw_icon


class ComboBox(QComboBox):
    """`read()` and `write(value)`; with `empty` the first line stands for « no answer » (None)."""

    def __init__(
        self,
        options: Sequence[tuple[Any, str]] = (),
        *,
        empty: str | None = "",
        accessible: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._empty = empty
        self.setAccessibleName(accessible)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setMaxVisibleItems(12)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_options(options)

    def set_options(self, options: Sequence[tuple[Any, str]]) -> None:
        """Replace the lines, keeping the value chosen when it is still among them."""
        kept = self.read() if self.count() else None
        self.blockSignals(True)  # noqa: FBT003 - Qt's own
        self.clear()
        if self._empty is not None:
            self.addItem(self._empty, None)
        for value, text in options:
            self.addItem(text, value)
        self.blockSignals(False)  # noqa: FBT003 - Qt's own
        self.write(kept)

    def read(self) -> Any:
        return self.currentData()

    def write(self, value: Any) -> None:
        found = next((n for n in range(self.count()) if self.itemData(n) == value), None)
        self.setCurrentIndex((0 if self.count() else -1) if found is None else found)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        tokens, side = theme().tokens, theme().px(16)
        left = self.width() - side - 9
        if self.isEditable():
            super().paintEvent(event)
        painter = QPainter(self)
        if not self.isEditable():
            option = QStyleOptionComboBox()
            self.initStyleOption(option)
            self.style().drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option, painter, self)
            box = self.rect().adjusted(11, 0, -(self.width() - left + 4), 0)
            painter.setPen(QColor(tokens.ink if self.isEnabled() else tokens.muted))
            words = self.currentText()
            shown = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)
        ink = tokens.muted if self.isEnabled() else tokens.control
        draw_icon(painter, "chevron-down", left, self.height() / 2, side, ink, self.devicePixelRatioF())
