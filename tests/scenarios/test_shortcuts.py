"""Declared keys win over text fields, editing keys never lose, and no key means two things in one view."""

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from sqlalchemy import select

from boutique.models.case import Case
from tests.scenarios.driver import ALT, CTRL, KEY, SHIFT, Driver

VIEWS = ("today", "files", "intake", "partners", "activity", "settings", "help", "file", "agenda")


class Greedy(QLineEdit):
    """A field as on desktops where Qt keeps Ctrl+E, Ctrl+K… for text: it wants every key."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.got: list[str] = []

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and event.key() not in (KEY.Key_Control, KEY.Key_Shift):
                self.got.append(QKeySequence(event.keyCombination()).toString())
        return super().event(event)


@pytest.fixture
def greedy(driver: Driver) -> Iterator[Greedy]:
    """In the file of somebody, above everything."""
    _open(driver, "file")
    field = Greedy(driver.start.window)
    field.show()
    field.setFocus()
    yield field
    field.deleteLater()


def _open(driver: Driver, name: str) -> None:
    case = driver.workspace.read(
        lambda session: session.scalars(select(Case.id).where(Case.closed_on.is_(None))).first()
    )
    driver.start.window.show_view(name, **({"case_id": case} if name == "file" else {}))
    driver.settle()


def test_declared_keys_come_before_those_of_a_text_field(driver: Driver, greedy: Greedy) -> None:
    driver.key(KEY.Key_E, CTRL)
    assert driver.focus() == "interview-form-summary"
    greedy.setFocus()
    driver.key(KEY.Key_K, CTRL)
    assert driver.start.window.command_palette().isVisible()
    driver.key(KEY.Key_Escape)
    greedy.setFocus()
    driver.key(KEY.Key_4, CTRL)
    assert driver.start.window.stack.view("file").tabs.current() == "referrals"
    assert greedy.got == []


def test_tabs_of_a_file_open_with_the_digits_of_french_keyboards(driver: Driver) -> None:
    _open(driver, "file")
    view = driver.start.window.stack.view("file")
    driver.key(KEY.Key_Apostrophe, CTRL)
    assert view.tabs.current() == "referrals"
    driver.key(KEY.Key_Eacute, CTRL)
    assert view.tabs.current() == "interviews"


def test_editing_keys_stay_with_the_field(driver: Driver, greedy: Greedy) -> None:
    for key, modifiers in (
        (KEY.Key_C, CTRL), (KEY.Key_X, CTRL), (KEY.Key_V, CTRL), (KEY.Key_A, CTRL), (KEY.Key_Z, CTRL | SHIFT),
        (KEY.Key_Left, CTRL), (KEY.Key_Right, CTRL), (KEY.Key_Backspace, CTRL), (KEY.Key_Home, CTRL),
    ):  # fmt: skip
        driver.press(key, modifiers)
    assert greedy.got == [
        "Ctrl+C", "Ctrl+X", "Ctrl+V", "Ctrl+A", "Ctrl+Shift+Z", "Ctrl+Left", "Ctrl+Right", "Ctrl+Backspace",
        "Ctrl+Home",
    ]  # fmt: skip


def test_a_key_whose_action_is_not_possible_now_stays_with_the_field(driver: Driver, greedy: Greedy) -> None:
    driver.press(KEY.Key_P, CTRL)  # nothing is chosen to be referred to
    assert greedy.got == ["Ctrl+P"]


def test_typing_is_undone_while_there_is_some_then_the_last_action(driver: Driver) -> None:
    driver.key(KEY.Key_N, CTRL)
    driver.key(KEY.Key_A, ALT)
    assert driver.notice == "Passage anonyme enregistré"
    _open(driver, "file")
    driver.key(KEY.Key_E, CTRL)
    summary = driver.find("interview-form-summary", QPlainTextEdit)
    driver.write("oui")
    driver.key(KEY.Key_Z, CTRL)
    assert summary.toPlainText() == ""
    assert driver.notice == "Passage anonyme enregistré"
    driver.key(KEY.Key_Z, CTRL)
    assert driver.notice == "Annulé : passage anonyme"


@pytest.mark.parametrize("name", VIEWS)
def test_one_key_one_action_and_each_action_is_within_reach(driver: Driver, name: str) -> None:
    _open(driver, name)
    commands = driver.start.window.commands
    here = [one for one in commands.declared() if _belongs(driver, one.id)]
    keys = Counter(QKeySequence(one.shortcut).toString() for one in here if one.shortcut)
    assert [key for key, count in keys.items() if count > 1] == []
    assert [one.id for one in here if one.hidden and not one.shortcut] == []
    assert len(here) > 10


def _belongs(driver: Driver, identifier: str) -> bool:
    """Qt listens to its key while this view shows, whether it is possible at this moment or not."""
    holder = driver.start.window.commands._entries[identifier].holder
    return bool(holder is driver.start.window or holder.isVisible())
