"""What an eye would complain about in a window: texts that are cut, things that lie on each other, controls without a
name. For the tests of accessibility, which look at every screen with it."""

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QScrollBar,
    QStackedWidget,
    QTabBar,
    QWidget,
)

from boutique.ui.widgets.elided_label import ElidedLabel

_CONTROLS = (QAbstractButton, QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit, QTabBar)


def visible(root: QWidget) -> list[QWidget]:
    """Every widget of a window that shows."""
    return [one for one in root.findChildren(QWidget) if one.isVisible()]


def cut(root: QWidget) -> list[str]:
    """Texts narrower or lower than their letters, and things that stick out of what holds them."""
    return [*_cut_texts(root), *_sticking_out(root)]


def overlapping(root: QWidget) -> list[str]:
    """Neighbours of one layout that lie on each other."""
    found = []
    for parent in [root, *visible(root)]:
        if parent.layout() is None or isinstance(parent, QStackedWidget):
            continue
        held = [one for one in _children(parent) if parent.layout().indexOf(one) >= 0 or _in_layouts(parent, one)]
        for first, second in combinations(held, 2):
            shared = first.geometry() & second.geometry()
            if shared.width() > 1 and shared.height() > 1:
                found.append(f"{told(first)} overlaps {told(second)} by {shared.width()} × {shared.height()}")
    return found


def nameless(root: QWidget) -> list[str]:
    """Controls that a screen reader would call « button » or « edit » and nothing else."""
    return [told(one) for one in controls(root) if not _name(one)]


def controls(root: QWidget) -> list[QWidget]:
    """What one can act on."""
    return [one for one in visible(root) if isinstance(one, _CONTROLS) and _is_ours(one)]


def told(widget: QWidget) -> str:
    """A widget in the words of a failure."""
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton | QLineEdit) else ""
    names = [type(one).__name__ for one in _line(widget)][:3]
    return f"{' < '.join(names)} {widget.objectName()} « {text[:60] or widget.accessibleName()[:60]} »"


def _name(widget: QWidget) -> str:
    spoken = QAccessible.queryAccessibleInterface(widget)
    return spoken.text(QAccessible.Text.Name).strip() if spoken is not None else ""


def _is_ours(widget: QWidget) -> bool:
    """Not a part of a control: its scroll bars, the line of a spin box, the buttons of a table's corner."""
    if isinstance(widget, QScrollBar) or widget.objectName().startswith("qt_"):
        return False
    parent = widget.parentWidget()
    inside = isinstance(parent, QAbstractSpinBox | QComboBox | QAbstractItemView)
    return not inside and widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.isEnabled()


def _cut_texts(root: QWidget) -> Iterator[str]:
    for one in visible(root):
        if isinstance(one, ElidedLabel) or not isinstance(one, QLabel | QAbstractButton):
            continue
        if not one.text():
            continue
        wanted, has = _wanted(one), one.size()
        if wanted.width() > has.width() + 1 or wanted.height() > has.height() + 1:
            yield f"{told(one)} has {has.width()} × {has.height()}, needs {wanted.width()} × {wanted.height()}"


def _wanted(one: QLabel | QAbstractButton) -> QSize:
    if isinstance(one, QLabel) and one.wordWrap():
        words = one.fontMetrics().boundingRect(
            QRect(0, 0, one.contentsRect().width(), 100_000), int(Qt.TextFlag.TextWordWrap), one.text()
        )
        return QSize(words.width(), words.height())
    if one.hasHeightForWidth():
        return QSize(one.minimumSizeHint().width(), one.heightForWidth(one.width()))
    return one.minimumSizeHint() if isinstance(one, QAbstractButton) else one.sizeHint()


def _sticking_out(root: QWidget) -> Iterator[str]:
    """Only sideways: what is too high scrolls, or is seen by the check of texts."""
    for one in visible(root):
        parent = one.parentWidget()
        if parent is None or not _children_matter(parent) or one.isWindow():
            continue
        if one.geometry().right() > parent.width() or one.geometry().left() < 0:
            yield f"{told(one)} sticks out of {told(parent)}"
    for area in visible(root):
        if isinstance(area, QScrollArea) and area.horizontalScrollBar().maximum() > 0:
            yield f"{told(area)} scrolls sideways by {area.horizontalScrollBar().maximum()}"


def _children_matter(parent: QWidget) -> bool:
    return not isinstance(parent, QAbstractItemView | QLineEdit | QComboBox) and not isinstance(
        parent.parentWidget(), QAbstractScrollArea
    )


def _children(parent: QWidget) -> list[QWidget]:
    return [one for one in parent.children() if isinstance(one, QWidget) and one.isVisible() and not one.isWindow()]


def _in_layouts(parent: QWidget, child: QWidget) -> bool:
    waiting = [parent.layout()]
    while waiting:
        layout = waiting.pop()
        for index in range(layout.count() if layout is not None else 0):
            item = layout.itemAt(index)
            if item.widget() is child:
                return True
            if item.layout() is not None:
                waiting.append(item.layout())
    return False


def _line(widget: QWidget) -> Iterator[QWidget]:
    here: QWidget | None = widget
    while here is not None:
        yield here
        here = here.parentWidget()


def place(widget: QWidget, root: QWidget) -> QPoint:
    """Where it is in the window."""
    return widget.mapTo(root, QPoint(0, 0))
