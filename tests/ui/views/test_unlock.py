"""The page that opens the base: what is typed goes out once, what is wrong is said where it is."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from boutique.ui.views.unlock import UnlockView

Tries = list[tuple[str | None, str | None]]


@pytest.fixture
def view(qtbot: QtBot) -> UnlockView:
    made = UnlockView()
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.enter()
    made.show()
    made.take_focus()
    return made


@pytest.fixture
def tries(view: UnlockView) -> Tries:
    kept: Tries = []
    view.tried.connect(lambda phrase, code: kept.append((phrase, code)))
    return kept


def test_enter_tries_the_passphrase(qtbot: QtBot, view: UnlockView, tries: Tries) -> None:
    qtbot.keyClicks(view.passphrase.line, "Quatre mots sans rapport")
    qtbot.keyClick(view.passphrase.line, Qt.Key.Key_Return)
    assert tries == [("Quatre mots sans rapport", None)]
    assert not view.open_button.isEnabled()


def test_an_empty_passphrase_is_asked_for_without_a_try(view: UnlockView, tries: Tries) -> None:
    view.open_button.click()
    assert tries == []
    assert view.passphrase.error() == "Tapez votre phrase de passe."


def test_a_wrong_passphrase_is_said_under_it_and_stays_to_be_corrected(view: UnlockView, tries: Tries) -> None:
    view.passphrase.line.setText("faux")
    view.open_button.click()
    view.enter(sentence="Cette phrase de passe n’ouvre pas la base.")
    assert view.passphrase.error() == "Cette phrase de passe n’ouvre pas la base."
    assert view.passphrase.line.selectedText() == "faux" or view.passphrase.line.hasSelectedText()
    assert view.open_button.isEnabled()


def test_typing_again_takes_the_error_away(qtbot: QtBot, view: UnlockView, tries: Tries) -> None:
    view.open_button.click()
    qtbot.keyClicks(view.passphrase.line, "a")
    assert view.passphrase.error() == ""


def test_the_recovery_code_sets_itself_in_groups(qtbot: QtBot, view: UnlockView, tries: Tries) -> None:
    view.other_way.click()
    qtbot.keyClicks(view.code, "abcdefghij klmno")
    assert view.code.text() == "ABCDE-FGHIJ-KLMNO"
    qtbot.keyClick(view.code, Qt.Key.Key_Return)
    assert tries == [(None, "ABCDE-FGHIJ-KLMNO")]


def test_the_group_with_a_typing_error_is_selected(view: UnlockView, tries: Tries) -> None:
    view.other_way.click()
    view.code.setText("ABCDE-FGHIJ-KLMNO")
    view.open_button.click()
    view.failed("Le groupe n° 2 du code de secours (« FGHIJ ») contient une faute de frappe.")
    assert view.code.selectedText() == "FGHIJ"


def test_the_eye_shows_and_hides_what_is_typed(view: UnlockView) -> None:
    line = view.passphrase.line
    line.eye().click()
    assert line.echoMode() == QLineEdit.EchoMode.Normal
    assert line.eye().accessibleName() == "Cacher ce qui est tapé"
    line.eye().click()
    assert line.echoMode() == QLineEdit.EchoMode.Password


def test_a_capital_without_shift_warns_of_caps_lock(qtbot: QtBot, view: UnlockView) -> None:
    qtbot.keyPress(view.passphrase.line, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)
    assert not view.passphrase.warns_of_caps_lock()
    qtbot.keyClick(view.passphrase.line, "A")
    assert view.passphrase.warns_of_caps_lock()
    qtbot.keyClick(view.passphrase.line, "a")
    assert not view.passphrase.warns_of_caps_lock()


def test_when_the_keychain_is_enough_one_press_comes_back(view: UnlockView, tries: Tries) -> None:
    view.enter(passphrase=False)
    view.open_button.click()
    assert tries == [(None, None)]
    view.enter(sentence="Le trousseau du système est verrouillé.")
    assert view.open_button.isEnabled()


def test_escape_leaves_the_recovery_code_for_the_passphrase(view: UnlockView) -> None:
    view.enter(sentence="Le trousseau ne répond pas.")
    view.other_way.click()
    assert view.code.isVisible()
    assert view.go_back()
    assert view.passphrase.isVisible()
    assert view.sentence.text() == "Le trousseau ne répond pas."


def test_nothing_typed_stays_once_forgotten(view: UnlockView) -> None:
    view.passphrase.line.setText("secret")
    view.code.setText("ABCDE")
    view.forget()
    assert view.passphrase.text() == ""
    assert view.code.text() == ""
