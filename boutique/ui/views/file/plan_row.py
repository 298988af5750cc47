"""One action of the plan: what, who, when, what it waits for; moved on by one press or one key."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from boutique.core import french
from boutique.models.choices import ActionStatus, Priority
from boutique.services.actions import ActionLine
from boutique.ui.views.file.journey_side import due_words
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.button import Button, GhostButton
from boutique.ui.widgets.check_box import CheckBox
from boutique.ui.widgets.label import breakable
from boutique.ui.widgets.list_row import ListRow

# The key of each state, as the menu tells it.
STATE_KEYS: dict[ActionStatus, str] = {
    ActionStatus.PLANNED: "P",
    ActionStatus.IN_PROGRESS: "C",
    ActionStatus.WAITING: "A",
    ActionStatus.DONE: "F",
    ActionStatus.CANCELLED: "N",
    ActionStatus.ABANDONED: "B",
}
_BY_KEY = {Qt.Key[f"Key_{letter}"]: status for status, letter in STATE_KEYS.items()}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PlanRow(ListRow):
    """`moved(status)`, `opened` to be edited, `dropped`, `stepped(±1)` with the arrows."""

    moved = Signal(object)
    opened = Signal()
    dropped = Signal()
    stepped = Signal(int)

    def __init__(self, name: str, line: ActionLine, parent: QWidget | None = None) -> None:
        self.line = line
        box = CheckBox(checked=line.status is ActionStatus.DONE, accessible=f"{line.label} : faite")
        self._state = Button(
            line.status.label, size="small", trailing="chevron-down", accessible=f"État de « {line.label} »"
        )
        following, icon, words = _following(line)
        go_on = GhostButton(icon=icon, accessible=f"{words} « {line.label} »")
        if not line.open:
            go_on.hide()
        edit = GhostButton(icon="pencil", accessible=f"Modifier « {line.label} »")
        drop = GhostButton(icon="trash-2", accessible=f"Supprimer « {line.label} »")
        late = line.late_days > 0
        super().__init__(
            line.label, breakable(told(line)), leading=box, trailing=[*_badges(line), go_on, self._state, edit, drop],
            clickable=True, subtitle_tone="accent" if late else "muted", parent=parent,
        )  # fmt: skip
        self.setObjectName(name)
        self.setAccessibleName(f"{line.label}, {line.status.label.lower()}, {told(line)}")
        parts = {"box": box, "state": self._state, "go": go_on, "edit": edit, "delete": drop}
        for part, widget in parts.items():
            widget.setObjectName(f"{name}-{part}")
        box.clicked.connect(self._tick)
        go_on.clicked.connect(partial(self.moved.emit, following))
        self._state.clicked.connect(self._open_menu)
        edit.clicked.connect(self.opened)
        drop.clicked.connect(self.dropped)
        self.activated.connect(self.opened)

    def status_menu(self) -> QMenu:
        """Every state the action may be in, with its key."""
        menu = QMenu(self)
        for status, letter in STATE_KEYS.items():
            action = menu.addAction(f"{status.label}\t{letter}")
            action.setCheckable(True)
            action.setChecked(status is self.line.status)
            action.triggered.connect(partial(self.moved.emit, status))
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        key, plain = Qt.Key(event.key()), event.modifiers() in (_NONE, _PAD)
        if not plain:
            event.ignore()
        elif key in _BY_KEY:
            self.moved.emit(_BY_KEY[key])
        elif key == Qt.Key.Key_Space:
            self._tick()
        elif key in _ENTER:
            self.opened.emit()
        elif key == Qt.Key.Key_Delete:
            self.dropped.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(-1 if key == Qt.Key.Key_Up else 1)
        else:
            event.ignore()

    def _tick(self) -> None:
        done = self.line.status is ActionStatus.DONE
        self.moved.emit(ActionStatus.PLANNED if done else ActionStatus.DONE)

    def _open_menu(self) -> None:
        menu = self.status_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._state.mapToGlobal(QPoint(0, self._state.height() + 2)))


_NONE, _PAD = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier


def told(line: ActionLine) -> str:
    """When, by whom, with whom, what must come first, what to watch, what came of it."""
    when, _ = due_words(line)
    if not line.open:
        done = f"{line.status.label.lower()} le {french.show_date(line.done_on)}" if line.done_on else ""
        when = " · ".join(part for part in (done, line.owner.lower()) if part)
    parts = [
        when,
        f"avec {line.partner}" if line.partner else "",
        f"d’abord : {line.waits_for}" if line.waits_for else "",
        f"attention : {line.vigilance}" if line.vigilance else "",
        f"résultat : {line.result}" if line.result else "",
    ]
    return " · ".join(part for part in parts if part)


def _badges(line: ActionLine) -> Sequence[QWidget]:
    made: list[QWidget] = []
    if line.late_days:
        made.append(Badge("en retard", "accent", icon="clock-alert"))
    if line.open and line.priority == Priority.HIGH.label:
        made.append(Badge("prioritaire", "warning", icon="flag"))
    return made


def _following(line: ActionLine) -> tuple[ActionStatus, str, str]:
    """(the state that usually comes next, its icon, its verb)."""
    if line.status is ActionStatus.IN_PROGRESS:
        return ActionStatus.WAITING, "pause", "Mettre en attente"
    return ActionStatus.IN_PROGRESS, "play", "Reprendre" if line.status is ActionStatus.WAITING else "Commencer"
