"""A one-pixel line between two things."""

from PySide6.QtWidgets import QFrame, QWidget

from boutique.ui.theme.manager import set_look


class Separator(QFrame):
    def __init__(self, *, upright: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_look(self, surface="line")
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)
