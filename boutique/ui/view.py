"""What the shell and the views know of each other; every view derives from View and receives a Shell."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from boutique.ui.actions import Actions
from boutique.ui.theme.manager import set_look
from boutique.ui.theme.tokens import Tone
from boutique.ui.widgets.label import LabelTone
from boutique.ui.widgets.status_bar import Zone

NoticeAction = tuple[str, Callable[[], None]]


class View(QWidget):
    """One screen. Built once, then entered each time it is shown, with the arguments of `show_view`."""

    title = ""
    rail = ""
    """Name of the rail entry that is lit while this view shows, when it is not its own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_look(self, surface="canvas")

    def enter(self, **arguments: Any) -> None:
        """Called at each showing: ask again for what is shown."""

    def leave(self) -> bool:
        """False keeps the view in place (something must be settled first); drafts make that rare."""
        return True

    def go_back(self) -> bool:
        """Escape: True when the view itself had something to close."""
        return False

    def take_focus(self) -> None:
        """Where typing goes when the view appears."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)


class Shell(Protocol):
    """What a view may ask of the window."""

    @property
    def commands(self) -> Actions:
        """Where a view declares its actions: `shell.commands.add(Action(…), owner=self)`."""
        ...

    def show_view(self, name: str, **arguments: Any) -> None: ...

    def back(self) -> None: ...

    def notify(self, text: str, tone: Tone = "success", actions: Sequence[NoticeAction] = ()) -> None: ...

    def status(self, zone: Zone, text: str, *, icon: str = "", tone: LabelTone = "muted") -> None: ...

    def set_badge(self, name: str, count: int) -> None: ...
