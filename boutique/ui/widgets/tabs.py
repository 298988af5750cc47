"""Underlined tabs, with the count of what is behind each."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QTabBar, QWidget

from boutique.ui.theme.manager import set_role, theme


class Tabs(QTabBar):
    """Tabs known by key; `chosen(key)` when another one is opened."""

    chosen = Signal(str)

    def __init__(
        self, tabs: Sequence[tuple[str, str]], *, accessible: str = "Onglets", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._labels = dict(tabs)
        self._keys = [key for key, _ in tabs]
        set_role(self, "medium")
        self.setAccessibleName(accessible)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setUsesScrollButtons(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for _, label in tabs:
            self.addTab(_plain(label))
        self.currentChanged.connect(self._changed)

    def current(self) -> str:
        return self._keys[self.currentIndex()]

    def open(self, key: str) -> None:
        """Open a tab; `chosen` is emitted when it was not open yet."""
        self.setCurrentIndex(self._keys.index(key))

    def set_count(self, key: str, count: int) -> None:
        label = self._labels[key]
        self.setTabText(self._keys.index(key), _plain(f"{label} · {count}" if count else label))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(theme().tokens.line))
        painter.end()
        super().paintEvent(event)

    def _changed(self, index: int) -> None:
        if index >= 0:
            self.chosen.emit(self._keys[index])


def _plain(text: str) -> str:
    return text.replace("&", "&&")
