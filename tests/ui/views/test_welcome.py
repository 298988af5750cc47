"""The first start: three pages, what is missing said beside it, the sheet kept before anything begins."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from boutique.services.documents import Document
from boutique.services.workspace import Setup
from boutique.ui.tasks import InlineTasks
from boutique.ui.views.welcome import DEMO_SETUP, Welcome
from tests.scripted import ScriptedAsk

Ends = list[tuple[Setup, str | None, bool]]
SHEET = Document("feuille-de-secours.pdf", "Feuille de secours", b"%PDF-1.7 sheet")
PHRASE = "girafe tuba lampe dimanche"


@pytest.fixture
def view(qtbot: QtBot, tasks: InlineTasks, answers: ScriptedAsk) -> Welcome:
    made = Welcome(tasks, has_keychain=True, ask=answers)
    qtbot.addWidget(made)
    made.resize(960, 540)
    made.show()
    return made


@pytest.fixture
def ends(view: Welcome) -> Ends:
    kept: Ends = []
    view.finished.connect(lambda setup, phrase, demo: kept.append((setup, phrase, demo)))
    return kept


def _fill(view: Welcome) -> None:
    view.structure.name.editor.setText("Boutique du Ternois")  # type: ignore[attr-defined]
    view.structure.commune_line.setText("frevent")
    view.structure.phone.editor.setText("03 21 04 00 00")  # type: ignore[attr-defined]
    view.next.click()
    view.person.first.editor.setText("Nadia")  # type: ignore[attr-defined]
    view.person.last.editor.setText("Bouzid")  # type: ignore[attr-defined]
    view.person.email.editor.setText("nadia@exemple.fr")  # type: ignore[attr-defined]
    view.next.click()


def test_three_pages_give_the_setup(view: Welcome, ends: Ends) -> None:
    _fill(view)
    view.next.click()
    setup, phrase, demo = ends[0]
    assert setup == Setup(
        "Boutique du Ternois", "62361", "Boutique de Frévent", "Nadia", "Bouzid", "nadia@exemple.fr", "+33321040000"
    )
    assert phrase is None
    assert not demo


def test_what_is_missing_is_said_beside_it_and_the_page_stays(view: Welcome, ends: Ends) -> None:
    view.structure.commune_line.setText("Nulleparteville")
    view.structure.phone.editor.setText("12")  # type: ignore[attr-defined]
    view.next.click()
    assert view.structure.name.error()
    assert "pas reconnue" in view.structure.commune.error()
    assert "n’existe pas" in view.structure.phone.error()
    assert view.structure.isVisible()
    assert ends == []


def test_a_wrong_address_is_said_on_its_page(view: Welcome) -> None:
    _fill(view)
    view.go_back()
    view.person.email.editor.setText("nadia@")  # type: ignore[attr-defined]
    view.next.click()
    assert view.person.isVisible()
    assert "e-mail" in view.person.email.error()


def test_going_back_keeps_what_was_typed(qtbot: QtBot, view: Welcome) -> None:
    _fill(view)
    view.go_back()
    view.go_back()
    assert view.structure.isVisible()
    assert view.structure.name.editor.text() == "Boutique du Ternois"  # type: ignore[attr-defined]
    assert view.structure.commune_line.read() == "62361"


def test_the_whole_start_by_keyboard(qtbot: QtBot, view: Welcome, ends: Ends) -> None:
    view.take_focus()
    qtbot.keyClicks(view.structure.name.editor, "Boutique du Ternois")
    view.structure.commune_line.write("62361")
    qtbot.keyClick(view.structure.name.editor, Qt.Key.Key_Return)
    qtbot.keyClicks(view.person.first.editor, "Nadia")
    qtbot.keyClicks(view.person.last.editor, "Bouzid")
    qtbot.keyClick(view.person.last.editor, Qt.Key.Key_Return)
    view.protection.way.write("passphrase")
    view.protection.way.changed.emit("passphrase")
    for field in (view.protection.passphrase, view.protection.repeat):
        qtbot.keyClicks(field.line, PHRASE)
    qtbot.keyClick(view.protection.repeat.line, Qt.Key.Key_Return)
    assert ends[0][1] == PHRASE


def test_a_short_or_different_passphrase_is_refused(view: Welcome, ends: Ends) -> None:
    _fill(view)
    view.protection.way.write("passphrase")
    view.protection.passphrase.line.setText("court")
    view.next.click()
    assert "12 signes" in view.protection.passphrase.error()
    view.protection.passphrase.line.setText(PHRASE)
    view.protection.repeat.line.setText(PHRASE + "s")
    view.next.click()
    assert "pas les mêmes" in view.protection.repeat.error()
    assert ends == []


def test_without_a_keychain_only_a_passphrase_is_offered(qtbot: QtBot, tasks: InlineTasks) -> None:
    view = Welcome(tasks, has_keychain=False)
    qtbot.addWidget(view)
    view.show()
    ends: Ends = []
    view.finished.connect(lambda setup, phrase, demo: ends.append((setup, phrase, demo)))
    view.try_it.click()
    assert view.protection.secrets.isVisible()
    assert not view.protection.way.isVisible()
    view.protection.passphrase.line.setText(PHRASE)
    view.protection.repeat.line.setText(PHRASE)
    view.next.click()
    assert ends == [(DEMO_SETUP, PHRASE, True)]


def test_with_a_keychain_fictitious_data_are_one_press_away(view: Welcome, ends: Ends) -> None:
    view.try_it.click()
    assert ends == [(DEMO_SETUP, None, True)]


def test_nothing_begins_before_the_sheet_is_said_to_be_kept(
    view: Welcome, answers: ScriptedAsk, tmp_path: Path, qtbot: QtBot
) -> None:
    _fill(view)
    view.creating("Création de la base chiffrée…")
    assert not view.next.isEnabled()
    view.show_recovery(SHEET)
    assert view.recovery.isVisible()
    assert not view.next.isEnabled()
    answers.plan(tmp_path / "feuille.pdf")
    view.recovery.save.click()
    assert (tmp_path / "feuille.pdf").read_bytes() == SHEET.content
    assert answers.asked == ["Enregistrer la feuille de secours | feuille-de-secours.pdf"]
    view.recovery.check.click()
    with qtbot.waitSignal(view.done):
        view.next.click()
    assert view.protection.passphrase.text() == ""


def test_a_base_that_could_not_be_made_is_explained_and_nothing_is_lost(view: Welcome, ends: Ends) -> None:
    _fill(view)
    view.next.click()
    view.creating("Création de la base chiffrée…")
    view.failed("Le disque est plein. Libérez de la place, puis recommencez.")
    assert view.next.isEnabled()
    view.next.click()
    assert len(ends) == 2
