"""What was just done, with « Annuler » or « Ouvrir »; goes away by itself, waits while it is being read."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from boutique.ui.theme.manager import set_look
from boutique.ui.theme.tokens import Tone
from boutique.ui.widgets.button import Button, GhostButton
from boutique.ui.widgets.icon import Icon
from boutique.ui.widgets.label import Label

_ICONS: dict[Tone, str] = {
    "success": "circle-check",
    "info": "info",
    "warning": "triangle-alert",
    "danger": "circle-alert",
    "accent": "bell",
    "primary": "info",
    "neutral": "info",
}
_SHOWN_FOR = 8_000


class NoticeStrip(QFrame):
    """`tell(text, tone, actions)`. Warnings and errors stay until closed; pointer or focus holds the rest."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_look(self, surface="card", tone="info", tinted=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 8, 6)
        row.setSpacing(10)
        self._icon = Icon("info", tone="info")
        self._text = Label(role="medium", wrap=True)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(8)
        self._close = GhostButton(icon="x", accessible="Fermer le message")
        self._close.clicked.connect(self.dismiss)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addLayout(self._actions)
        row.addWidget(self._close)
        self._buttons: list[tuple[Button, Callable[[], None]]] = []
        self._lasting = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SHOWN_FOR)
        self._timer.timeout.connect(self.dismiss)
        self.hide()

    def text(self) -> str:
        return self._text.text()

    def tell(
        self,
        text: str,
        tone: Tone = "success",
        actions: Sequence[tuple[str, Callable[[], None]]] = (),
    ) -> None:
        """Show one notice in place of the one before; each action is (words, what to do)."""
        set_look(self, tone=tone)
        self._icon.set_icon(_ICONS[tone], tone)
        self._text.setText(text)
        self._fill(actions)
        self._lasting = tone in ("warning", "danger")
        self.show()
        self._restart()
        event = QAccessibleAnnouncementEvent(self, text)
        if self._lasting:
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)

    def dismiss(self) -> None:
        self._timer.stop()
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 - Qt's name
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        self._restart()
        super().leaveEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.FocusIn:
            self._timer.stop()
        elif event.type() == QEvent.Type.FocusOut:
            self._restart()
        return super().eventFilter(watched, event)

    def _fill(self, actions: Sequence[tuple[str, Callable[[], None]]]) -> None:
        for button, _ in self._buttons:
            self._actions.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        for words, act in actions:
            button = Button(words)
            button.setObjectName(f"notice-{len(self._buttons)}")
            button.clicked.connect(self._act)
            button.installEventFilter(self)
            self._actions.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
            self._buttons.append((button, act))

    def _act(self) -> None:
        pressed = self.sender()
        act = next(act for button, act in self._buttons if button is pressed)
        self.dismiss()
        act()

    def _restart(self) -> None:
        if not self._lasting and self.isVisible():
            self._timer.start()
