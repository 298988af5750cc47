"""What the tabs of a file have in common: the file they show, asking again, keeping what is being typed."""

import uuid

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from boutique.services.people import FileHeader
from boutique.ui.desk import Desk


class Tab(QWidget):
    """Built at its first opening. `wants_tab(key)` opens another one, `wants_preview(document)` shows a document.

    `wants_ending` asks for the end of the file.
    """

    wants_tab = Signal(str)
    wants_preview = Signal(object)
    wants_ending = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._case_id: uuid.UUID | None = None
        self._focus_due = False
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(10)

    @property
    def case_id(self) -> uuid.UUID:
        assert self._case_id is not None
        return self._case_id

    def open_case(self, case_id: uuid.UUID) -> None:
        """Show a file; another one than before starts afresh."""
        if case_id != self._case_id:
            self.settle()
            self._case_id = case_id
            self.start_afresh()
        self.refresh()

    def show_header(self, header: FileHeader) -> None:
        """What the card of the file says, for tabs that repeat some of it."""

    def start_afresh(self) -> None:
        """Forget what belonged to the file shown before."""

    def refresh(self) -> None:
        """Ask the base again."""

    def settle(self) -> None:
        """Keep what is being typed: the tab or the file is about to be left."""

    @property
    def is_writing(self) -> bool:
        """True while a form of this tab is open, that Ctrl+Return saves with `submit`."""
        return False

    def submit(self) -> None:
        """Save the form that is open."""

    def abandon(self) -> None:
        """The file is gone: nothing of it is kept."""

    def go_back(self) -> bool:
        """Escape: True when something was closed."""
        return False

    def take_focus(self) -> None:
        """Where typing goes when the tab opens; until the base has answered, nowhere that could be pressed."""
        if self.focus_first():
            self._focus_due = False
        else:
            self._focus_due = True
            self.setFocus()

    def focus_first(self) -> bool:
        """Give the focus to what one works on first; False when it is not there yet."""
        return False

    def focus_if_due(self) -> None:
        """To be called once the base has answered; the focus stays where the user has taken it meanwhile."""
        if self._focus_due and (self.hasFocus() or QApplication.focusWidget() is None):
            self._focus_due = not self.focus_first()
