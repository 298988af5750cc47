"""The order of the Tab key, which follows the eye: Qt puts what is made later at the end. Used by forms and views."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def put_before(widget: QWidget, other: QWidget) -> None:
    """Tab reaches `widget` just before `other`; both are in the same window."""
    before = other.previousInFocusChain()
    while before is not None and before is not other and _is_skipped(before, widget):
        before = before.previousInFocusChain()
    if before is not None and before is not other:
        QWidget.setTabOrder(before, widget)


def follow(before: QWidget, parts: Iterable[QWidget]) -> None:
    """Tab goes from `before` through these parts, made again since, each from its first control to its last."""
    for part in parts:
        for one in (part, *part.findChildren(QWidget)):
            if one.focusPolicy() != Qt.FocusPolicy.NoFocus and one.window() is before.window():
                QWidget.setTabOrder(before, one)
                before = one


def _is_skipped(candidate: QWidget, widget: QWidget) -> bool:
    return candidate is widget or candidate.focusPolicy() == Qt.FocusPolicy.NoFocus
