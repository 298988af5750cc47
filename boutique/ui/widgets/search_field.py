"""The front door: a line to type in, with its icon, its shortcut and a way to empty it."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from boutique.ui.theme.manager import set_look, theme
from boutique.ui.widgets.button import GhostButton
from boutique.ui.widgets.icon import Icon
from boutique.ui.widgets.key_hint import KeyHint

_LONGEST = 500  # nobody is called more than that, and each keystroke asks the base


class SearchField(QFrame):
    """`changed` at each keystroke, `submitted` on Enter, `moved` (+1/-1) on the arrows, `left` on Escape."""

    changed = Signal(str)
    submitted = Signal(str)
    moved = Signal(int)
    left = Signal()

    def __init__(
        self,
        placeholder: str = "",
        *,
        hint: str = "",
        accessible: str = "Rechercher",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        set_look(self, surface="search", active=False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(11, 0, 8, 0)
        row.setSpacing(8)
        self.editor = QLineEdit()
        self.editor.setMaxLength(_LONGEST)
        self.editor.setPlaceholderText(placeholder)
        self.editor.setAccessibleName(accessible)
        set_look(self.editor, bare=True)
        self._hint = KeyHint(hint)
        if not hint:
            self._hint.hide()
        self._clear = GhostButton(icon="x", accessible="Effacer la recherche", size="small")
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.hide()
        row.addWidget(Icon("search", size=18))
        row.addWidget(self.editor, 1)
        row.addWidget(self._clear)
        row.addWidget(self._hint)
        self.setFocusProxy(self.editor)
        self.editor.installEventFilter(self)
        self.editor.textChanged.connect(self._typed)
        self.editor.returnPressed.connect(self._entered)
        self._clear.clicked.connect(self.clear)
        theme().changed.connect(self._fit)
        self._fit()

    def text(self) -> str:
        return self.editor.text()

    def write(self, text: str) -> None:
        self.editor.setText(text)

    def clear(self) -> None:
        self.editor.clear()
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_focus(self) -> None:
        self.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.editor.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            set_look(self, active=event.type() == QEvent.Type.FocusIn)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event.key())
        return super().eventFilter(watched, event)

    def _key(self, key: int) -> bool:
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.moved.emit(1 if key == Qt.Key.Key_Down else -1)
            return True
        if key == Qt.Key.Key_Escape:
            self.left.emit()
            return True
        return False

    def _typed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self.changed.emit(text)

    def _entered(self) -> None:
        self.submitted.emit(self.editor.text())

    def _fit(self) -> None:
        self.setFixedHeight(max(37, self.editor.fontMetrics().height() + theme().px(18)))
