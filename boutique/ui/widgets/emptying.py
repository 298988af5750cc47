"""Taking away what a layout holds, before it is filled again; used by every list that is made anew."""

from PySide6.QtWidgets import QLayout


def empty(layout: QLayout) -> None:
    """Nothing is left in it. What it held hides at once: until it is deleted, it would show out of its place."""
    while (item := layout.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
        elif (inner := item.layout()) is not None:
            empty(inner)
