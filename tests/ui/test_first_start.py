"""From a new folder to a day's work and back through the lock, in the real window on a real base."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from boutique.core.paths import DataFolder
from boutique.services import base_key
from boutique.ui.main_window import MainWindow
from boutique.ui.preferences import Preferences
from boutique.ui.preview import Preview
from boutique.ui.search_popup import SearchPopup
from boutique.ui.session import Session
from boutique.ui.tasks import InlineTasks
from boutique.ui.views.unlock import UnlockView
from boutique.ui.views.welcome import Welcome
from boutique.ui.workday import VIEWS
from tests.services.conftest import MemoryKeychain

PHRASE = "girafe tuba lampe dimanche"


@pytest.fixture
def keychain(monkeypatch: pytest.MonkeyPatch) -> MemoryKeychain:
    kept = MemoryKeychain()
    monkeypatch.setattr(base_key, "system_keychain", lambda: kept)
    return kept


@pytest.fixture
def session(
    window: MainWindow, tasks: InlineTasks, preferences: Preferences, tmp_path: Path, keychain: MemoryKeychain
) -> Iterator[Session]:
    window.show()
    search = SearchPopup(window, window.top.search)
    made = Session(window, tasks, preferences, DataFolder(tmp_path / "new"), None, search)
    for name in VIEWS:
        window.register(name, lambda name=name: made.view(name))  # type: ignore[misc]
    yield made
    made.close()
    made.end()


def _welcome(window: MainWindow) -> Welcome:
    shown = window.stack.current_view()
    assert isinstance(shown, Welcome)
    return shown


def _fill(view: Welcome) -> None:
    view.structure.name.editor.setText("Boutique du Ternois")  # type: ignore[attr-defined]
    view.structure.commune_line.write("62361")
    view.next.click()
    view.person.first.editor.setText("Nadia")  # type: ignore[attr-defined]
    view.person.last.editor.setText("Bouzid")  # type: ignore[attr-defined]
    view.next.click()


def _start(view: Welcome) -> None:
    view.recovery.check.click()
    view.next.click()


def test_three_pages_and_the_sheet_lead_to_today(window: MainWindow, session: Session) -> None:
    view = _welcome(window)
    assert not window.rail.isVisible()
    _fill(view)
    view.next.click()
    assert view.recovery.isVisible()
    _start(view)
    assert window.stack.current_name() == "today"
    assert window.rail.isVisible()
    assert window.top.place.label() == "Boutique de Frévent"


def test_enter_on_the_ticked_box_starts_the_day(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    view = _welcome(window)
    _fill(view)
    view.next.click()
    qtbot.keyClick(view.recovery.check, Qt.Key.Key_Return)
    assert view.recovery.isVisible()  # not before it is said to be kept
    qtbot.keyClick(view.recovery.check, Qt.Key.Key_Space)
    qtbot.keyClick(view.recovery.check, Qt.Key.Key_Return)
    assert window.stack.current_name() == "today"


def test_the_recovery_sheet_is_seen_before_it_is_printed(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    view = _welcome(window)
    _fill(view)
    view.next.click()
    view.recovery.view.click()
    (shown,) = window.findChildren(Preview)
    assert shown.isVisible()
    shown.close()
    _start(view)


def test_a_locked_base_comes_back_by_its_passphrase_and_not_by_another(
    window: MainWindow, session: Session, keychain: MemoryKeychain
) -> None:
    view = _welcome(window)
    _fill(view)
    view.protection.way.write("passphrase")
    view.protection.passphrase.line.setText(PHRASE)
    view.protection.repeat.line.setText(PHRASE)
    view.next.click()
    _start(view)
    assert keychain.kept == {}
    window.commands.run("lock")
    page = window.stack.current_view()
    assert isinstance(page, UnlockView)
    assert session.workday is None
    page.passphrase.line.setText("une autre phrase de passe")
    page.open_button.click()
    assert page.passphrase.error()
    page.passphrase.line.setText(PHRASE)
    page.open_button.click()
    assert window.stack.current_name() == "today"
    assert page.passphrase.text() == ""


def test_a_locked_base_kept_by_the_keychain_comes_back_at_one_press(window: MainWindow, session: Session) -> None:
    view = _welcome(window)
    _fill(view)
    view.next.click()
    _start(view)
    window.commands.run("lock")
    page = window.stack.current_view()
    assert isinstance(page, UnlockView)
    assert not page.passphrase.isVisible()
    page.open_button.click()
    assert window.stack.current_name() == "today"
