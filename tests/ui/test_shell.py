"""The window around the views: what shows first, the way there and back, what it remembers."""

from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from boutique.core.errors import UserError
from boutique.ui.frame import Frame
from boutique.ui.main_window import MainWindow
from boutique.ui.preferences import Preferences
from boutique.ui.shell.rail import PLACES
from boutique.ui.tasks import InlineTasks
from boutique.ui.theme.manager import theme
from boutique.ui.theme.tokens import DARK, LIGHT
from boutique.ui.view import View
from boutique.ui.widgets.tabs import Tabs
from tests.conftest import ExpectLog

CTRL = Qt.KeyboardModifier.ControlModifier
BACK = CTRL | Qt.KeyboardModifier.ShiftModifier


class Screen(View):
    title = "Dossiers"

    def __init__(self) -> None:
        super().__init__()
        self.entered: list[dict[str, Any]] = []
        self.stays = False
        self.opened = False
        self.editor = QLineEdit()
        QVBoxLayout(self).addWidget(self.editor)

    def enter(self, **arguments: Any) -> None:
        self.entered.append(arguments)

    def leave(self) -> bool:
        return not self.stays

    def go_back(self) -> bool:
        was, self.opened = self.opened, False
        return was

    def take_focus(self) -> None:
        self.editor.setFocus()


@pytest.fixture
def shell(qtbot: QtBot, window: MainWindow) -> MainWindow:
    for name in ("today", "files", "file", "settings", "help"):
        window.register(name, Screen)
    with qtbot.waitActive(window):
        window.show()
    return window


class Parts(View):
    """A view with tabs."""

    def __init__(self) -> None:
        super().__init__()
        self.tabs = Tabs([("one", "Un"), ("two", "Deux"), ("three", "Trois")])
        QVBoxLayout(self).addWidget(self.tabs)


def test_ctrl_tab_goes_through_the_tabs_of_the_view(qtbot: QtBot, shell: MainWindow) -> None:
    shell.register("parts", Parts)
    shell.start("today")
    assert not shell.commands.is_possible("tab.next")
    shell.show_view("parts")
    view = shell.stack.view("parts")
    assert isinstance(view, Parts)
    seen = []
    for key, keys in ((Qt.Key.Key_Tab, CTRL), (Qt.Key.Key_Tab, CTRL), (Qt.Key.Key_Tab, CTRL), (Qt.Key.Key_Tab, BACK)):
        qtbot.keyClick(view.tabs, key, keys)
        seen.append(view.tabs.current())
    assert seen == ["two", "three", "one", "three"]
    assert "Onglet suivant" in {one.title for one in shell.commands.declared()}


def _screen(window: MainWindow, name: str) -> Screen:
    view = window.stack.view(name)
    assert isinstance(view, Screen)
    return view


def test_the_shell_shows_grey_shapes_until_the_rest_is_there(shell: MainWindow) -> None:
    assert shell.stack.currentWidget() is shell.stack.skeleton
    assert shell.top.search.editor.hasFocus()
    shell.start("today")
    assert shell.stack.current_name() == "today"
    assert _screen(shell, "today").entered == [{}]


def test_what_was_asked_for_meanwhile_shows_first(shell: MainWindow) -> None:
    shell.show_view("files", text="dupont")
    shell.start("today")
    assert shell.stack.current_name() == "files"
    assert _screen(shell, "files").entered == [{"text": "dupont"}]


def test_only_places_that_exist_are_in_the_rail_in_their_order(shell: MainWindow) -> None:
    shell.register("activity", Screen)
    shell.register("partners", Screen)
    shown = [place.name for place in PLACES if place.name in shell.rail._items]
    assert shown == ["today", "files", "partners", "activity", "settings", "help"]
    QCoreApplication.sendPostedEvents()
    tops = [shell.rail.item(name).geometry().y() for name in shown]
    assert tops == sorted(set(tops))


def test_the_way_back_by_keys(qtbot: QtBot, shell: MainWindow) -> None:
    shell.start("today")
    shell.show_view("files")
    shell.show_view("file", reference="2026-0147")
    qtbot.keyClick(shell, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert shell.stack.current_name() == "files"
    qtbot.keyClick(_screen(shell, "files").editor, Qt.Key.Key_Escape)
    assert shell.stack.current_name() == "today"
    qtbot.keyClick(_screen(shell, "today").editor, Qt.Key.Key_Escape)
    assert shell.stack.current_name() == "today", "there is nothing further back"


def test_escape_first_closes_what_the_view_has_open(qtbot: QtBot, shell: MainWindow) -> None:
    shell.start("today")
    shell.show_view("files")
    _screen(shell, "files").opened = True
    qtbot.keyClick(_screen(shell, "files").editor, Qt.Key.Key_Escape)
    assert shell.stack.current_name() == "files"


def test_a_view_that_must_settle_something_stays(shell: MainWindow) -> None:
    shell.start("today")
    _screen(shell, "today").stays = True
    shell.show_view("files")
    shell.back()
    assert shell.stack.current_name() == "today"
    assert not shell.close()
    _screen(shell, "today").stays = False


def test_the_rail_lights_the_place_of_the_view(qtbot: QtBot, shell: MainWindow) -> None:
    shell.start("today")
    qtbot.mouseClick(shell.rail.item("files"), Qt.MouseButton.LeftButton)
    assert shell.stack.current_name() == "files"
    assert shell.rail.item("files").isChecked()
    assert not shell.rail.item("today").isChecked()
    assert shell.windowTitle() == "Dossiers — Boutique"


def test_keys_reach_the_search_the_new_visit_the_lock_and_the_places(qtbot: QtBot, shell: MainWindow) -> None:
    shell.start("today")
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(shell, Qt.Key.Key_F, control)
    assert shell.top.search.editor.hasFocus()
    qtbot.keyClick(shell.top.search.editor, Qt.Key.Key_Escape)
    assert _screen(shell, "today").editor.hasFocus()
    with qtbot.waitSignal(shell.new_requested):
        qtbot.keyClick(shell, Qt.Key.Key_N, control)
    with qtbot.waitSignal(shell.lock_requested):
        qtbot.keyClick(shell, Qt.Key.Key_L, control)
    qtbot.keyClick(shell, Qt.Key.Key_F3)
    assert shell.stack.current_name() == "files"


def test_an_error_for_the_user_is_a_notice_that_stays(shell: MainWindow, tasks: InlineTasks) -> None:
    def refuse() -> None:
        raise UserError("Le dossier est en lecture seule : choisissez un autre emplacement.")

    tasks.run(refuse)
    assert shell.notices.isVisible()
    assert shell.notices.text().startswith("Le dossier est en lecture seule")
    assert not shell.notices._timer.isActive()
    shell.notices.dismiss()
    assert not shell.notices.isVisible()


def test_a_bug_is_told_without_its_text(shell: MainWindow, tasks: InlineTasks, expect_log: ExpectLog) -> None:
    expect_log("work failed")

    def crash() -> None:
        raise ValueError("Vandenbroucke")

    tasks.run(crash)
    assert "défaut du logiciel" in shell.notices.text()
    assert "Vandenbroucke" not in shell.notices.text()


def test_a_notice_can_be_acted_on(qtbot: QtBot, shell: MainWindow) -> None:
    done: list[str] = []
    shell.notify("Entretien enregistré.", actions=[("Annuler", lambda: done.append("annulé"))])
    assert shell.notices._timer.isActive()
    button, _ = shell.notices._buttons[0]
    button.setFocus()
    assert not shell.notices._timer.isActive(), "it waits while it is being read"
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert done == ["annulé"]
    assert not shell.notices.isVisible()


def test_the_window_remembers_its_size_and_its_rail(qtbot: QtBot, tasks: InlineTasks, preferences: Preferences) -> None:
    first, shell = Frame(preferences), MainWindow(tasks, preferences)
    qtbot.addWidget(first)
    first.install(shell)
    first.present()
    first.setGeometry(10, 20, 1100, 700)
    shell.commands.run("rail")
    first.close()
    again, shell_again = Frame(preferences), MainWindow(tasks, preferences)
    qtbot.addWidget(again)
    again.install(shell_again)
    again.present()
    assert (again.width(), again.height()) == (1100, 700)
    assert shell_again.rail.is_narrow()


def test_a_window_whose_screen_is_gone_comes_back_in_sight(qtbot: QtBot, preferences: Preferences) -> None:
    preferences.put("window", [90_000, 90_000, 1100, 700])
    made = Frame(preferences)
    qtbot.addWidget(made)
    assert made.x() < 5_000


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_frame_shows_shapes_first_and_says_when(
    qtbot: QtBot, tasks: InlineTasks, preferences: Preferences, mode: str
) -> None:
    preferences.put("theme", mode)
    frame = Frame(preferences)
    qtbot.addWidget(frame)
    with qtbot.waitSignal(frame.painted):
        frame.present()
    canvas = frame.grab().toImage().pixelColor(700, 700).name().upper()
    assert canvas == (LIGHT if mode == "light" else DARK).canvas
    shell = MainWindow(tasks, preferences)
    frame.install(shell)
    shell.register("today", Screen)
    shell.start("today")
    assert shell.isVisible()
    assert frame.windowTitle() == "Dossiers — Boutique"


def test_the_frame_stays_when_a_view_must_settle_something(
    qtbot: QtBot, tasks: InlineTasks, preferences: Preferences
) -> None:
    frame, shell = Frame(preferences), MainWindow(tasks, preferences)
    qtbot.addWidget(frame)
    frame.install(shell)
    shell.register("today", Screen)
    shell.start("today")
    frame.present()
    _screen(shell, "today").stays = True
    assert not frame.close()
    assert frame.isVisible()
    _screen(shell, "today").stays = False
    with qtbot.waitSignal(shell.closing):
        assert frame.close()


def test_the_rail_folds_by_itself_when_the_window_is_narrow(shell: MainWindow) -> None:
    shell.resize(960, 540)
    assert shell.rail.is_narrow()
    shell.resize(1366, 768)
    assert not shell.rail.is_narrow()


def test_text_grows_by_keys_and_is_remembered(qtbot: QtBot, shell: MainWindow, preferences: Preferences) -> None:
    before = shell.top.new.height()
    for _ in range(12):
        shell.commands.run("text.larger")
    assert theme().scale == 2.0
    assert preferences.number("text_scale", 1.0) == 2.0
    qtbot.waitUntil(lambda: shell.top.new.height() > before * 1.6)
    shell.commands.run("text.normal")
    assert theme().scale == 1.0


def test_locking_forgets_every_view(shell: MainWindow) -> None:
    shell.start("today")
    shell.stack.stop()
    assert shell.stack.currentWidget() is shell.stack.skeleton
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert shell.findChildren(Screen) == []
    shell.start("files")
    assert shell.stack.current_name() == "files"


def test_late_relances_are_counted_in_words_too(shell: MainWindow) -> None:
    shell.set_badge("today", 3)
    assert shell.rail.item("today").accessibleName() == "Aujourd’hui, 3 à voir"
    shell.set_badge("unknown", 3)


def test_place_counsellor_and_status_show(shell: MainWindow) -> None:
    shell.set_place("Permanence de Frévent")
    shell.set_counsellor("NB", "Nadia B.")
    shell.status("saving", "Tout est enregistré")
    assert shell.top.place.isVisible()
    assert shell.top.counsellor.accessibleName() == "Nadia B."
    assert shell.status_bar.text("saving") == "Tout est enregistré"


def test_long_work_shows_its_progress_and_escape_stops_it(qtbot: QtBot, shell: MainWindow, tasks: InlineTasks) -> None:
    tasks.busy_changed.emit("Export du classeur…", True)
    qtbot.waitUntil(shell.busy.isVisible)
    tasks.progressed.emit(5, 10)
    tasks.busy_changed.emit("", False)
    assert not shell.busy.isVisible()


def test_everything_that_can_be_pressed_or_typed_in_has_a_name(shell: MainWindow) -> None:
    shell.start("today")
    nameless = [
        type(one).__name__
        for one in shell.findChildren(QWidget)
        if one.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not one.accessibleName()
        and not isinstance(one.parentWidget(), Screen)
        and not isinstance(one, View)
    ]
    assert nameless == []
