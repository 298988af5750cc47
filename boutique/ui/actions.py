"""Every action is declared once; menus, shortcuts, the palette and the help are made from the declaration.

To add one: `actions.add(Action("referral.print", "Imprimer la fiche", self.print_sheet, icon="printer",
shortcut="Ctrl+P"), owner=self)`. Nothing else has to be edited.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit, QTextEdit, QWidget

from boutique.ui.theme import icons
from boutique.ui.theme.manager import theme

_KEYS = (
    ("Return", "↵"),
    ("Enter", "↵"),
    ("Shift", "Maj"),
    ("Escape", "Échap"),
    ("Esc", "Échap"),
    ("Delete", "Suppr"),
    ("Del", "Suppr"),
    ("Left", "←"),
    ("Right", "→"),
    ("PgUp", "Pg préc."),
    ("PgDown", "Pg suiv."),
    ("Up", "↑"),
    ("Down", "↓"),
)
_UNDO = QKeySequence("Ctrl+Z")
_DIGITS = dict(zip("12345780", "&É\"'(È_À", strict=True))  # the 6 is left out: there its key types the minus sign
# What a hand does while typing, which no shortcut takes away (unless with Alt).
_EDITING = frozenset(
    {Qt.Key.Key_C, Qt.Key.Key_X, Qt.Key.Key_V, Qt.Key.Key_A, Qt.Key.Key_Y, Qt.Key.Key_Left, Qt.Key.Key_Right}
    | {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Insert}
    | {Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
)


@dataclass(frozen=True, slots=True)
class Action:
    """`enabled_when` is asked each time the action could be seen; `hidden` ones stay out of the palette."""

    id: str
    title: str
    run: Callable[[], None]
    icon: str = ""
    shortcut: str = ""
    keywords: Sequence[str] = ()
    section: str = "Général"
    enabled_when: Callable[[], bool] | None = None
    hidden: bool = False


def spoken_keys(shortcut: str) -> str:
    """A shortcut as it is written on French keyboards: Ctrl ↵, Alt A, Maj F1."""
    words = dict(_KEYS)
    parts = [*shortcut.split("+")[:-2], "+"] if shortcut.endswith("++") else shortcut.split("+")
    return " ".join(words.get(part, part) for part in parts)


def _sequences(shortcut: str) -> list[QKeySequence]:
    """The keys as declared; digits also as French keyboards give them, where they need no shift."""
    start, last = shortcut[:-1], shortcut[-1:]
    also = [QKeySequence(start + _DIGITS[last])] if start.endswith("+") and last in _DIGITS else []
    return [QKeySequence(shortcut), *also]


class Actions(QObject):
    """The registry. Actions of a view (`owner`) work, and are offered, only while that view shows."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._entries: dict[str, _Entry] = {}
        self._watched: QWidget | None = None
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_moved)

    def add(self, action: Action, owner: QWidget | None = None) -> QAction:
        known = self._living().get(action.id)
        if known is not None and (owner is None or type(known.holder) is not type(owner)):
            message = f"action {action.id} is declared twice"
            raise ValueError(message)
        holder = owner or self._window
        made = QAction(action.title.replace("&", "&&"), holder)
        if action.shortcut:
            made.setShortcuts(_sequences(action.shortcut))
        made.setShortcutContext(Qt.ShortcutContext.WindowShortcut)  # of a view that is hidden, Qt does not listen
        made.setProperty("id", action.id)
        made.triggered.connect(self._triggered)
        holder.addAction(made)
        self._entries[action.id] = _Entry(action, made, holder)
        return made

    def remove(self, identifier: str) -> None:
        """Forget an action whose reason is gone (the base was closed)."""
        entry = self._entries.pop(identifier, None)
        if entry is not None and shiboken6.isValid(entry.made):
            entry.holder.removeAction(entry.made)
            entry.made.deleteLater()

    def run(self, identifier: str) -> None:
        """Do it, if it may be done now."""
        if self.is_possible(identifier):
            self._entries[identifier].action.run()

    def is_possible(self, identifier: str) -> bool:
        entry = self._living().get(identifier)
        if entry is None:
            return False
        here = entry.holder is self._window or entry.holder.isVisible()
        condition = entry.action.enabled_when
        return here and (condition is None or condition())

    def offered(self) -> list[Action]:
        """What can be done here and now, as the palette shows it."""
        return [one for one in self.declared() if not one.hidden and self.is_possible(one.id)]

    def declared(self) -> list[Action]:
        """Everything, for the help page."""
        return [entry.action for entry in self._living().values()]

    def menu(self, identifiers: Sequence[str], parent: QWidget) -> QMenu:
        """A menu of actions as they are now; an empty identifier draws a separator."""
        made = QMenu(parent)
        for identifier in identifiers:
            if not identifier:
                made.addSeparator()
                continue
            action = self._entries[identifier].action
            line = made.addAction(action.title.replace("&", "&&"))
            line.setProperty("id", identifier)
            line.setEnabled(self.is_possible(identifier))
            if action.icon:
                line.setIcon(icons.icon(action.icon, theme().tokens.muted))
            if action.shortcut:
                line.setText(f"{line.text()}\t{spoken_keys(action.shortcut)}")
            line.triggered.connect(self._triggered)
        return made

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """On some desktops text fields keep Ctrl+E or Ctrl+K for themselves: what is declared comes first."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_ours(event):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Only what has the focus is watched: a filter on the whole application would slow everything down."""
        if self._watched is not None and shiboken6.isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = now if now is not None and now.window() is self._window.window() else None
        if self._watched is not None:
            self._watched.installEventFilter(self)

    def _is_ours(self, event: QKeyEvent) -> bool:
        keys = QKeySequence(event.keyCombination())
        if keys == _UNDO and _has_typing(self._watched):
            return False
        if event.key() in _EDITING and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            return False
        entries = self._living().values()
        return any(keys in one.made.shortcuts() and self.is_possible(one.action.id) for one in entries)

    def _living(self) -> dict[str, "_Entry"]:
        """A view that has been destroyed takes its actions with it."""
        self._entries = {name: entry for name, entry in self._entries.items() if shiboken6.isValid(entry.holder)}
        return self._entries

    def _triggered(self) -> None:
        made = self.sender()
        if isinstance(made, QAction):
            self.run(str(made.property("id")))


def _has_typing(editor: QWidget | None) -> bool:
    """Something typed here can still be undone."""
    if isinstance(editor, QLineEdit):
        return editor.isUndoAvailable() and not editor.isReadOnly()
    if isinstance(editor, QTextEdit | QPlainTextEdit):
        return editor.document().isUndoAvailable() and not editor.isReadOnly()
    return False


@dataclass(frozen=True, slots=True)
class _Entry:
    action: Action
    made: QAction
    holder: QWidget
