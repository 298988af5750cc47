"""Small choices shown all at once: on/off chips, chips that can be taken away, and « + ajouter »."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from boutique.ui.theme.manager import theme
from boutique.ui.theme.tokens import Tokens
from boutique.ui.widgets.button import Button, Colours


class Chip(Button):
    """A choice that is on or off (`toggled`); a `removable` one is always on, `removed` asks to drop it."""

    removed = Signal()

    def __init__(
        self,
        text: str,
        *,
        value: Any = None,
        checked: bool = False,
        removable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, size="small", trailing="x" if removable else "", parent=parent)
        self.value = text if value is None else value
        self._removable = removable
        self.setCheckable(True)
        self.setChecked(checked or removable)
        if removable:
            self.setAccessibleDescription("Suppr pour retirer")

    def colours(self, tokens: Tokens) -> Colours:
        if self.isChecked() and self.isEnabled():
            return Colours(tokens.info_tint, tokens.info_tint, tokens.info, tokens.line)
        base = super().colours(tokens)
        return Colours(base.fill, tokens.line, tokens.muted if self.isEnabled() else base.ink, tokens.line)

    def nextCheckState(self) -> None:  # noqa: N802 - Qt's name
        if not self._removable:
            super().nextCheckState()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        super().mouseReleaseEvent(event)
        cross = self.width() - theme().px(self.metrics.icon + self.metrics.across + self.metrics.gap)
        if self._removable and event.position().x() >= cross and self.rect().contains(event.position().toPoint()):
            self.removed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if self._removable and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
            return
        super().keyPressEvent(event)


class AddChip(Button):
    """« + ajouter » at the end of a line of chips."""

    def __init__(self, text: str = "ajouter", *, parent: QWidget | None = None) -> None:
        super().__init__(text, icon="plus", size="small", parent=parent)

    def colours(self, tokens: Tokens) -> Colours:
        base = super().colours(tokens)
        return Colours(base.fill, tokens.line, tokens.muted if self.isEnabled() else base.ink, tokens.line)
