"""Where a passphrase is typed: hidden or shown, with a word about Caps Lock; for start, lock and protection."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from boutique.ui.theme.manager import theme
from boutique.ui.widgets.button import GhostButton
from boutique.ui.widgets.field import Field
from boutique.ui.widgets.label import Label

_CAPS_ON = "La touche Verr. Maj est active."


class SecretLine(QLineEdit):
    """One hidden line; the eye at its end shows it. `caps_lock` follows what the letters typed reveal."""

    caps_lock = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self._eye = GhostButton(icon="eye", accessible="Afficher ce qui est tapé", size="small", parent=self)
        self._eye.clicked.connect(self._toggle)
        theme().changed.connect(self._place)
        self._place()

    def is_shown(self) -> bool:
        return self.echoMode() == QLineEdit.EchoMode.Normal

    def eye(self) -> GhostButton:
        return self._eye

    def hide_text(self) -> None:
        if self.is_shown():
            self._toggle()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """No toolkit tells the state of Caps Lock; a capital without Shift does."""
        letter = event.text()
        if len(letter) == 1 and letter.lower() != letter.upper():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_lock.emit(letter.isupper() != shifted)
        elif event.key() == Qt.Key.Key_CapsLock:
            self.caps_lock.emit(False)  # noqa: FBT003 - a signal has no names
        super().keyPressEvent(event)

    def _toggle(self) -> None:
        hidden = self.is_shown()
        self.setEchoMode(QLineEdit.EchoMode.Password if hidden else QLineEdit.EchoMode.Normal)
        self._eye.set_icon("eye" if hidden else "eye-off")
        words = "Afficher ce qui est tapé" if hidden else "Cacher ce qui est tapé"
        self._eye.setAccessibleName(words)
        self._eye.setToolTip(words)

    def _place(self) -> None:
        size = self._eye.sizeHint()
        self.setTextMargins(0, 0, size.width() + 4, 0)
        self._eye.setGeometry(
            self.width() - size.width() - 6, (self.height() - size.height()) // 2, size.width(), size.height()
        )


class PassphraseField(Field):
    """A labelled secret line; `submitted` on Enter, `typed` at each change."""

    submitted = Signal()
    typed = Signal(str)

    def __init__(self, label: str, *, explanation: str = "", parent: QWidget | None = None) -> None:
        self.line = SecretLine()
        super().__init__(label, self.line, explanation=explanation, parent=parent)
        self._caps = Label(_CAPS_ON, role="small", tone="warning")
        self._caps.hide()
        column = self.layout()
        if column is not None:
            column.addWidget(self._caps)
        self.line.caps_lock.connect(self._caps.setVisible)
        self.line.returnPressed.connect(self.submitted)
        self.line.textChanged.connect(self._changed)
        self.line.installEventFilter(self)

    def text(self) -> str:
        return self.line.text()

    def forget(self) -> None:
        """Nothing typed stays behind once it was used."""
        self.line.clear()
        self.line.hide_text()
        self._caps.hide()

    def warns_of_caps_lock(self) -> bool:
        return not self._caps.isHidden()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if watched is self.line and event.type() == QEvent.Type.FocusOut:
            self._caps.hide()
        return super().eventFilter(watched, event)

    def _changed(self, text: str) -> None:
        if self.error():
            self.set_error("")
        self.typed.emit(text)
