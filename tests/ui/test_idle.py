"""The window that locks itself when nobody touches it."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from boutique.ui.idle import IdleWatch


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    shown = QWidget()
    qtbot.addWidget(shown)
    QVBoxLayout(shown).addWidget(QLineEdit())
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    return shown


def begins_again(watch: IdleWatch, window: QWidget) -> bool:
    """Whether a key in this window counts as a touch: the watch, held still, starts again."""
    watch._timer.stop()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_A)
    return watch._timer.isActive()


def test_who_touches_nothing_is_told(window: QWidget, qtbot: QtBot) -> None:
    watch = IdleWatch(10, window)
    with qtbot.waitSignal(watch.idle):
        watch._timer.start(1)


def test_a_key_a_click_and_the_mouse_begin_again(window: QWidget) -> None:
    watch = IdleWatch(10, window)
    handle = window.windowHandle()
    assert begins_again(watch, window)
    watch._timer.stop()
    QTest.mouseMove(handle, QPoint(5, 5))
    assert watch._timer.isActive()
    watch._timer.stop()
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert watch._timer.isActive()


def test_a_dialog_over_the_window_is_watched_too(window: QWidget, qtbot: QtBot) -> None:
    watch = IdleWatch(10, window)
    dialog = QDialog(window)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    assert begins_again(watch, dialog)


def test_stopped_or_switched_off_it_never_locks(window: QWidget) -> None:
    watch, off = IdleWatch(10, window), IdleWatch(0, window)
    watch.stop()
    off.stop()
    assert not begins_again(watch, window)
    assert not begins_again(off, window)
