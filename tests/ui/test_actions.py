"""An action declared once works from its key, the menus and the palette."""

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from boutique.ui.actions import Action, Actions, spoken_keys
from boutique.ui.main_window import MainWindow
from boutique.ui.palette import Deliver, Found, score


@pytest.fixture
def done() -> list[str]:
    return []


def test_a_key_runs_the_action_and_its_condition_is_asked_at_that_moment(
    qtbot: QtBot, window: MainWindow, done: list[str]
) -> None:
    allowed = [False]
    window.commands.add(
        Action("x", "Imprimer", lambda: done.append("x"), shortcut="Ctrl+P", enabled_when=lambda: allowed[0])
    )
    with qtbot.waitActive(window):
        window.show()
    qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert done == []
    allowed[0] = True
    qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert done == ["x"]


def test_actions_of_a_view_are_offered_only_while_it_shows(qtbot: QtBot, window: MainWindow, done: list[str]) -> None:
    view = QWidget(window)
    window.commands.add(Action("v", "Joindre", lambda: done.append("v")), owner=view)
    with qtbot.waitActive(window):
        window.show()
    view.show()
    assert "v" in [one.id for one in window.commands.offered()]
    view.hide()
    assert "v" not in [one.id for one in window.commands.offered()]
    window.commands.run("v")
    assert done == []
    shiboken6.delete(view)
    assert "v" not in [one.id for one in window.commands.declared()]


def test_declaring_the_same_action_twice_is_a_bug(window: MainWindow) -> None:
    with pytest.raises(ValueError, match="lock"):
        window.commands.add(Action("lock", "Encore", window.back))


def test_a_menu_shows_what_may_be_done_with_its_keys(qtbot: QtBot, done: list[str]) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    actions = Actions(holder)
    actions.add(Action("a", "Joindre", lambda: done.append("a"), icon="paperclip", shortcut="Ctrl+J"))
    actions.add(Action("b", "Effacer", lambda: done.append("b"), enabled_when=lambda: False))
    menu = actions.menu(["a", "", "b"], holder)
    lines = menu.actions()
    assert [line.text() for line in lines] == ["Joindre\tCtrl J", "", "Effacer"]
    assert lines[0].isEnabled()
    assert not lines[2].isEnabled()
    lines[0].trigger()
    assert done == ["a"]


def test_keys_are_written_as_on_a_french_keyboard() -> None:
    assert spoken_keys("Ctrl+Return") == "Ctrl ↵"
    assert spoken_keys("Shift+Del") == "Maj Suppr"
    assert spoken_keys("Alt+Left") == "Alt ←"


def test_a_few_letters_without_accents_find_the_action() -> None:
    action = Action("x", "Réduire le texte", lambda: None, keywords=("taille",))
    assert score("reduire", action) > score("texte", action) > score("rdt", action) > 0
    assert score("taille", action) > 0
    assert score("zzz", action) == 0
    assert score("", action) > 0


def test_the_palette_is_used_without_the_mouse(qtbot: QtBot, window: MainWindow, done: list[str]) -> None:
    window.commands.add(Action("p", "Imprimer la fiche", lambda: done.append("p"), icon="printer"))
    with qtbot.waitActive(window):
        window.show()
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = window.command_palette()
    assert palette.isVisible()
    qtbot.keyClicks(palette.field.editor, "impri")
    qtbot.keyClick(palette.field.editor, Qt.Key.Key_Return)
    assert done == ["p"]
    assert not palette.isVisible()


def test_the_palette_says_when_nothing_matches_and_escape_closes_it(qtbot: QtBot, window: MainWindow) -> None:
    window.show()
    palette = window.command_palette()
    palette.ask()
    qtbot.keyClicks(palette.field.editor, "zzzz")
    assert palette.lines.count() == 0
    qtbot.keyClick(palette.field.editor, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_other_sources_add_lines_and_late_answers_are_dropped(
    qtbot: QtBot, window: MainWindow, done: list[str]
) -> None:
    waiting: dict[str, Deliver] = {}
    window.show()
    palette = window.command_palette()
    palette.add_source(waiting.__setitem__)
    palette.ask()
    qtbot.keyClicks(palette.field.editor, "zx")
    waiting["z"]([Found("Trop tard", lambda: done.append("tard"))])
    waiting["zx"]([Found("Éloïse Vandenbroucke", lambda: done.append("file"), note="dossier", icon="user")])
    assert palette.lines.count() == 1
    qtbot.keyClick(palette.field.editor, Qt.Key.Key_Return)
    assert done == ["file"]


def test_arrows_stop_at_both_ends(qtbot: QtBot, window: MainWindow) -> None:
    window.show()
    palette = window.command_palette()
    palette.ask()
    qtbot.keyClick(palette.field.editor, Qt.Key.Key_Up)
    assert palette.lines.currentRow() == 0
    for _ in range(palette.lines.count() + 3):
        qtbot.keyClick(palette.field.editor, Qt.Key.Key_Down)
    assert palette.lines.currentRow() == palette.lines.count() - 1
    palette.reject()
