"""When what is typed is kept, and personal copies leave the clipboard."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from boutique.ui.autosave import Autosave
from boutique.ui.clipboard import KEPT_SECONDS, personal_clipboard
from boutique.ui.widgets.text_area import TextArea


@pytest.fixture
def kept(qapp: QApplication) -> tuple[Autosave, list[str]]:
    saver, times = Autosave(qapp), []

    def note() -> None:
        times.append("kept")

    saver.due.connect(note)
    return saver, times


def test_nothing_is_kept_when_nothing_was_typed(kept: tuple[Autosave, list[str]]) -> None:
    saver, times = kept
    saver.flush()
    assert times == []


def test_it_is_due_after_the_pause_and_once(kept: tuple[Autosave, list[str]]) -> None:
    saver, times = kept
    saver.touch()
    saver.touch()
    assert saver._pause.interval() < 2_000
    assert saver._longest.interval() < 5_000
    saver._pause.timeout.emit()
    saver.flush()
    assert times == ["kept"]
    assert not saver.pending


def test_what_is_given_up_is_not_kept(kept: tuple[Autosave, list[str]]) -> None:
    saver, times = kept
    saver.touch()
    saver.forget()
    saver.flush()
    assert times == []


def test_a_personal_copy_leaves_after_half_a_minute(qapp: QApplication) -> None:
    board = personal_clipboard()
    board.copy("06 12 34 56 78")
    assert board._timer.interval() == KEPT_SECONDS * 1000 == 30_000
    board._timer.timeout.emit()
    assert qapp.clipboard().text() == ""


def test_a_text_area_grows_with_its_text_up_to_a_limit(qtbot: QtBot) -> None:
    area = TextArea(lines=2, most=5)
    qtbot.addWidget(area)
    area.resize(300, 60)
    area.show()
    small = area.sizeHint().height()
    area.setPlainText("\n".join(["ligne"] * 4))
    four = area.sizeHint().height()
    area.setPlainText("\n".join(["ligne"] * 40))
    assert small < four < area.sizeHint().height() < 3 * small
