"""What every page of the settings is: a column that knows when it is shown."""

import uuid

from PySide6.QtWidgets import QWidget

from boutique.ui.desk import Desk
from boutique.ui.widgets.scroll_column import ScrollColumn


class Page(ScrollColumn):
    """`enter` asks for what is shown; `go_back` closes what was open; `is_dirty` while something typed is not saved."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(margins=(0, 0, 0, 14), gap=10, parent=parent)
        self.desk = desk

    def enter(self) -> None:
        """Shown: ask again."""

    def go_back(self) -> bool:
        return False

    def save(self) -> None:
        """Ctrl+Enter, where there is something to save."""

    def is_dirty(self) -> bool:
        return False

    def take_up(self, subject_id: uuid.UUID | None, form: str = "") -> None:
        """Open again the form of one that was left unfinished (None: of a new one); `form` where there are two."""
