"""Universal search under the field of the top bar: what is typed finds files at once, or begins a visit."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from boutique.services import intakes
from boutique.services.workspace import Workspace
from boutique.ui.day_search import DaySource
from boutique.ui.desk import Desk
from boutique.ui.main_window import MainWindow
from boutique.ui.search_popup import SearchPopup, highlights
from tests.ui.screens import Screens


@pytest.fixture
def screens(window: MainWindow, qtbot: QtBot) -> Screens:
    made = Screens(window, "today", "file", "intake")
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.start("today")
    return made


@pytest.fixture
def popup(desk: Desk, window: MainWindow, screens: Screens) -> SearchPopup:
    made = SearchPopup(window, window.top.search)
    made.answer_from(DaySource(desk))
    return made


def add(workspace: Workspace, first: str, last: str, **more: str) -> str:
    typed = {"holder.first_name": first, "holder.last_name": last, "passage.happened_on": date(2026, 11, 2)}
    typed |= {key.replace("__", "."): value for key, value in more.items()}
    return workspace.write("Création", intakes.save, typed).reference


def shown(popup: SearchPopup) -> list[str]:
    model = popup.results
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())] if popup.isVisible() else []


def type_in(window: MainWindow, text: str) -> None:
    window.top.search.take_focus()
    QTest.keyClicks(window.top.search.editor, text)


def test_files_show_at_each_keystroke_whatever_the_accents(
    popup: SearchPopup, workspace: Workspace, window: MainWindow
) -> None:
    add(workspace, "Éloïse", "Vandenbroucke", holder__phone="06 12 34 56 78", holder__commune_code="62361")
    add(workspace, "Bruno", "Petit")
    type_in(window, "eloi")
    assert shown(popup)[0] == "Éloïse Vandenbroucke"
    assert "Créer un dossier pour « eloi »" in shown(popup)
    window.top.search.clear()
    assert shown(popup) == []
    type_in(window, "0612345")
    assert shown(popup)[0] == "Éloïse Vandenbroucke"
    window.top.search.clear()
    type_in(window, "vandenbrouke")  # a letter is missing
    assert shown(popup)[0] == "Éloïse Vandenbroucke"


def test_arrows_choose_and_enter_opens_the_file(
    popup: SearchPopup, workspace: Workspace, window: MainWindow, screens: Screens
) -> None:
    for first in ("Anne", "Béatrice"):
        add(workspace, first, "Dupont")
    type_in(window, "dupont")
    wanted = shown(popup)[1]
    QTest.keyClick(window.top.search.editor, Qt.Key.Key_Down)
    QTest.keyClick(window.top.search.editor, Qt.Key.Key_Return)
    case = screens.entered["file"][0]["case_id"]
    assert wanted in ("Anne Dupont", "Béatrice Dupont")
    assert popup.results.rowCount() == 0
    assert case is not None
    assert window.top.search.text() == ""


def test_nobody_found_enter_begins_a_visit_with_what_was_typed(
    popup: SearchPopup, window: MainWindow, screens: Screens
) -> None:
    type_in(window, "Xavier Zzyx")
    assert shown(popup) == ["Créer un dossier pour « Xavier Zzyx »"]
    QTest.keyClick(window.top.search.editor, Qt.Key.Key_Return)
    assert screens.entered["intake"] == [{"text": "Xavier Zzyx"}]


def test_escape_closes_and_keeps_nothing(popup: SearchPopup, workspace: Workspace, window: MainWindow) -> None:
    add(workspace, "Anne", "Dupont")
    type_in(window, "dup")
    assert shown(popup)
    QTest.keyClick(window.top.search.editor, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    assert window.top.search.text() == ""
    assert popup.results.rowCount() == 0


def test_hostile_text_is_searched_as_text(popup: SearchPopup, workspace: Workspace, window: MainWindow) -> None:
    add(workspace, "Anne", "<b>Dupont</b>")
    for text in ('" OR 1=1 --', "<img src=x>", "*", "(((", "=cmd|'/C calc'!A0"):
        window.top.search.write("")
        type_in(window, text)
        assert shown(popup)[-1] == f"Créer un dossier pour « {text} »"
    window.top.search.write("x" * 1_000_000)
    assert len(shown(popup)[-1]) < 200
    window.top.search.write("")
    type_in(window, "dupont")
    assert shown(popup)[0] == "<b>Dupont</b>" or shown(popup)[0] == "Anne <b>Dupont</b>"
    popup.grab()


@pytest.mark.parametrize(
    ("name", "typed", "found"),
    [
        ("Éloïse Vandenbroucke", "eloi vand", ["Éloï", "Vand"]),
        ("Marie-Claude Œuvrard", "claude oeuv", ["Claude", "Œuvrard"]),
        ("Jean Petit", "zzz", []),
    ],
)
def test_what_was_typed_is_marked_in_the_name(name: str, typed: str, found: list[str]) -> None:
    parts = highlights(name, typed)
    assert "".join(text for text, _ in parts) == name
    assert [text for text, on in parts if on] == found


def test_results_follow_the_window_and_leave_with_the_focus(
    popup: SearchPopup, workspace: Workspace, window: MainWindow, screens: Screens
) -> None:
    add(workspace, "Anne", "Dupont")
    type_in(window, "dup")
    assert window.rect().contains(popup.geometry())
    window.resize(1024, 640)
    assert window.rect().contains(popup.geometry())
    view = window.stack.current_view()
    assert view is not None
    view.setFocus()
    assert not popup.isVisible()


def test_the_end_of_the_day_leaves_nothing_on_screen(
    popup: SearchPopup, workspace: Workspace, window: MainWindow
) -> None:
    add(workspace, "Anne", "Dupont")
    type_in(window, "dup")
    popup.answer_from(None)
    assert not popup.isVisible()
    type_in(window, "anne")
    assert not popup.isVisible()
