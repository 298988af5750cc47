"""What an eye would complain about in a window: texts that are cut, things that lie on each other, controls without a
name. For the tests of accessibility, which look at every screen with it."""

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLayout,
    QLineEdit,
    QScrollArea,
    QScrollBar,
    QStackedLayout,
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
        layout = parent.layout()
        if layout is None or isinstance(layout, QStackedLayout):
            continue
        for first, second in combinations(_laid_out(layout), 2):
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
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip()


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


def _laid_out(layout: QLayout) -> list[QWidget]:
    """The visible widgets of a layout and of those inside it."""
    found: list[QWidget] = []
    for index in range(layout.count()):
        item = layout.itemAt(index)
        widget, inner = (item.widget(), item.layout()) if item is not None else (None, None)
        if widget is not None and widget.isVisible():
            found.append(widget)
        if inner is not None:
            found.extend(_laid_out(inner))
    return found


def _line(widget: QWidget) -> Iterator[QWidget]:
    here: QWidget | None = widget
    while here is not None:
        yield here
        here = here.parentWidget()
