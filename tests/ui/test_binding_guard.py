"""PySide6 6.12.0 eats references on CPython 3.11 and aborts after some thousands of calls: never ship it."""

import sys

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot


def test_a_million_void_calls_do_not_end_the_interpreter(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    for _ in range(1_000_000):
        label.update()
    assert label.isHidden()


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None, True and False are immortal from 3.12 on")
def test_none_true_and_false_keep_their_references(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    for single, call in ((None, label.update), (True, label.isEnabled), (False, label.isVisible)):
        before = sys.getrefcount(single)
        for _ in range(300):
            call()
        assert sys.getrefcount(single) > before - 100, f"{single!r} loses references"
