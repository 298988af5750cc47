"""The search field of the real window, between its first picture and the opening of the base."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QApplication, QListView

from boutique import app
from boutique.app import Start
from boutique.core.paths import DataFolder
from boutique.services import demo
from boutique.services.base_key import FirstTry
from boutique.services.workspace import create
from boutique.storage import keys
from boutique.ui import preparing
from boutique.ui.loading import load
from boutique.ui.play.player import Player
from boutique.ui.views.unlock import UnlockView
from tests.scenarios.driver import CTRL, KEY
from tests.services.conftest import LAST_DAY, SETUP

PHRASE = "girafe tuba lampe dimanche"


class Early(Player):
    """The real window; what opens the base is imported when the test says so."""

    def __init__(self, application: QApplication, start: Start, output: Path, gate: threading.Event) -> None:
        super().__init__(application, start.frame, output)
        self.start, self._gate = start, gate
        self._closed = False
        start.frame.resize(1366, 768)
        start.frame.present()
        start.frame.activateWindow()
        self.wait("la fenêtre ne se dessine pas", self._has_field)

    @property
    def hits(self) -> list[str]:
        """What the list under the field shows."""
        popup = self.start.search
        model = popup.results
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())] if popup.isVisible() else []

    @property
    def name(self) -> str:
        found: str = self.start.window.stack.current_name()
        return found

    def until(self, shown: Callable[[], bool]) -> None:
        self.wait("rien ne vient", shown)

    def open_the_gate(self) -> None:
        self._gate.set()

    def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        self._gate.set()
        self.start.frame.close()
        self.start.end()
        self.start.frame.deleteLater()
        self.start.deleteLater()

    def _has_field(self) -> bool:
        return self.start.search is not None and self.start.window.top.search.editor.hasFocus()


@pytest.fixture
def begin(
    qapp: QApplication, tmp_path: Path, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Early]]:
    """Open the window on the base, its opening held back."""
    gate, opened = threading.Event(), list[Early]()

    def held(name: str) -> tuple[str, ...]:
        if name == "boutique.ui.session":
            gate.wait(60)
        return preparing.prepare(name)

    def make(phrase: Path | None = None) -> Early:
        opened.append(Early(qapp, Start(qapp, folder, phrase), tmp_path, gate))
        return opened[-1]

    asked = SimpleNamespace(prepare=held)
    monkeypatch.setattr(app, "load", lambda name: asked if name == preparing.__name__ else load(name))
    yield make
    for one in opened:
        one.close()


def test_files_show_before_the_base_is_open_and_the_one_chosen_opens_with_the_day(
    begin: Callable[..., Early],
) -> None:
    window = begin()
    window.write("2026-")
    window.until(lambda: len(window.hits) > 5)
    assert window.start.session is None
    wanted = window.hits[1]
    window.press(KEY.Key_Down)
    window.press(KEY.Key_Return)
    assert window.hits == []
    window.open_the_gate()
    window.until(lambda: window.name == "file")
    window.until(lambda: window.says(wanted))


def test_the_same_list_goes_on_once_the_base_is_open(begin: Callable[..., Early]) -> None:
    window = begin()
    window.write("202")
    window.until(lambda: bool(window.hits))
    before = window.hits
    window.press(KEY.Key_Down)
    window.open_the_gate()
    window.until(lambda: window.name == "today")
    lines: QListView = window.start.search.lines
    assert (window.hits, lines.currentIndex().row()) == (before, 1)
    window.write("6-")
    window.until(lambda: window.start.search.results.text == "2026-")
    assert window.hits[:3] == before[:3]


def test_what_was_typed_too_early_is_answered_by_the_open_base(begin: Callable[..., Early], folder: DataFolder) -> None:
    folder.database.with_name("boutique.db-wal").write_bytes(b"")  # the base must be looked at first
    window = begin()
    window.write("2026-")
    window.open_the_gate()
    window.until(lambda: len(window.hits) > 5)
    assert window.start.session.workday is not None


def test_enter_pressed_before_any_answer_waits_for_the_one_of_the_open_base(
    begin: Callable[..., Early], folder: DataFolder
) -> None:
    folder.database.with_name("boutique.db-wal").write_bytes(b"")
    window = begin()
    window.write("2026-")
    window.press(KEY.Key_Return)
    window.open_the_gate()
    window.until(lambda: window.name == "file")


def test_nobody_found_begins_a_visit_with_the_day(begin: Callable[..., Early]) -> None:
    window = begin()
    window.write("Xavier Zzyx")
    window.until(lambda: window.hits == ["Créer un dossier pour « Xavier Zzyx »"])
    window.press(KEY.Key_Return)
    window.open_the_gate()
    window.until(lambda: window.name == "intake")


def test_locked_at_once_names_leave_the_screen_and_nothing_opens_by_itself(begin: Callable[..., Early]) -> None:
    window = begin()
    window.write("2026-")
    window.until(lambda: bool(window.hits))
    window.press(KEY.Key_L, CTRL)
    assert window.hits == []
    assert window.start.window.top.search.text() == ""
    window.write("2026-")
    window.open_the_gate()
    window.until(lambda: window.name == "unlock")
    assert window.start.session.workday is None
    assert window.hits == []
    page = window.start.window.stack.current_view()
    assert isinstance(page, UnlockView)
    page.open_button.click()
    window.until(lambda: window.name == "today")


def test_a_window_closed_at_once_lets_go_of_the_base(begin: Callable[..., Early], folder: DataFolder) -> None:
    window = begin()
    window.write("2026-")
    window.until(lambda: bool(window.hits))
    window.close()
    assert {one.name for one in folder.root.glob("boutique.db*")} == {"boutique.db"}


def test_a_wrong_passphrase_shows_nobody_and_is_asked_again(
    begin: Callable[..., Early], folder: DataFolder, tmp_path: Path
) -> None:
    phrase = tmp_path / "phrase.txt"
    phrase.write_text("une autre phrase", "utf-8")
    keys.set_passphrase(folder, FirstTry(folder, None).take(), PHRASE)
    window = begin(phrase)
    window.write("2026-")
    window.open_the_gate()
    window.until(lambda: window.name == "unlock")
    assert window.hits == []


def test_a_restoration_cut_off_is_finished_before_anything_is_shown(
    begin: Callable[..., Early], folder: DataFolder
) -> None:
    folder.waiting_copy(3).write_bytes(folder.database.read_bytes())
    window = begin()
    window.write("2026-")
    window.open_the_gate()
    window.until(lambda: len(window.hits) > 5)
    assert folder.waiting_copies() == []
    assert (folder.root / "bases-remplacees" / "3" / "boutique.db").exists()


_SCRIPT = """
import sys
from boutique import app
from boutique.__main__ import main

build, load = app.Start._build_shell, app.load

def painted(start):
    build(start)
    core, gui = load("PySide6.QtCore"), load("PySide6.QtGui")
    def look():
        if not start.search.isVisible():
            core.QTimer.singleShot(5, look)
            return
        print(start.search.results.index(0, 0).data(), "sqlalchemy" in sys.modules, start.session)
        start.frame.close()
    for letter in "martin":
        key = gui.QKeyEvent(core.QEvent.Type.KeyPress, 0, core.Qt.KeyboardModifier.NoModifier, letter)
        app.QApplication.postEvent(start.window.top.search.editor, key)
    look()

load("boutique.ui.preparing").prepare = lambda name: ()  # the rest is not imported yet
app.Start._begin = lambda self, modules: None
app.Start._build_shell = painted
sys.exit(main(["--data", sys.argv[1], "--passphrase-file", sys.argv[2]]))
"""


def test_a_start_answers_without_what_is_slow_to_import(tmp_path: Path) -> None:
    (tmp_path / "phrase.txt").write_text(PHRASE, "utf-8")
    made, _code = create(DataFolder(tmp_path / "base"), SETUP, keychain=None, passphrase=PHRASE)
    demo.populate(made, people=40, seed=2, until=LAST_DAY)
    made.close()
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT, str(tmp_path / "base"), str(tmp_path / "phrase.txt")],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert done.stdout.strip().endswith("False None")
