"""Printing one document for many files from Dossiers: whom, what, where; given up with Escape; others not held up."""

import threading
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QItemSelectionModel, Qt
from pytestqt.qtbot import QtBot

from boutique.services.papers import batch
from boutique.services.workspace import Workspace
from boutique.ui.desk import Desk
from boutique.ui.main_window import MainWindow
from boutique.ui.tasks import Tasks
from boutique.ui.views.files import FilesView
from tests.scripted import ScriptedAsk
from tests.services.filling import open_file

NAMES = ("Alice", "Béatrice", "Chloé", "Daniel")


@pytest.fixture
def cases(workspace: Workspace) -> list[uuid.UUID]:
    return [open_file(workspace, first, "Martin").case_id for first in NAMES]


@pytest.fixture
def view(qtbot: QtBot, window: MainWindow, desk: Desk, cases: list[uuid.UUID]) -> FilesView:
    window.register("files", lambda: FilesView(desk))
    with qtbot.waitActive(window):
        window.show()
    window.start("files")
    made = window.stack.view("files")
    assert isinstance(made, FilesView)
    return made


def pages(path: Path) -> list[str]:
    return [page.extract_text() for page in PdfReader(path).pages]


def choose(view: FilesView, key: str) -> None:
    menu = view.printing.menu()
    next(line for line in menu.actions() if line.property("id") == key).trigger()
    menu.deleteLater()


def test_the_whole_list_is_printed_in_its_order(
    view: FilesView, answers: ScriptedAsk, tmp_path: Path, window: MainWindow
) -> None:
    answers.plan(tmp_path / "lot")
    choose(view, "support")
    made = pages(tmp_path / "lot.pdf")
    rows = [view.table.lines.row(number) for number in range(4)]
    assert all(row is not None and row.first_name in page for row, page in zip(rows, made, strict=True))
    assert answers.asked == ["Attestation d’accompagnement : 4 dossiers | " + batch.file_name("support")]
    assert "4 documents dans « lot.pdf »" in window.notices.text()


def test_only_the_chosen_lines_are_printed(qtbot: QtBot, view: FilesView, answers: ScriptedAsk, tmp_path: Path) -> None:
    model = view.table.selectionModel()
    rows = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    model.clear()
    for line in (3, 1):
        model.select(view.table.lines.index(line, 0), rows)
    menu = view.printing.menu()
    assert menu.actions()[0].text() == "Pour 2 dossiers choisis"
    menu.deleteLater()
    answers.plan(tmp_path / "lot.pdf")
    choose(view, "plan")
    wanted = [view.table.lines.row(line).first_name for line in (1, 3)]  # type: ignore[union-attr]
    assert [next(name for name in NAMES if name in page) for page in pages(tmp_path / "lot.pdf")] == wanted


def test_ctrl_a_chooses_every_line_even_those_not_read_yet(qtbot: QtBot, view: FilesView) -> None:
    qtbot.keyClick(view.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert view.table.chosen_lines() == (0, 1, 2, 3)


def test_no_file_said_nothing_is_printed(view: FilesView, answers: ScriptedAsk, tmp_path: Path) -> None:
    answers.plan(None)
    choose(view, "intake")
    assert list(tmp_path.glob("*.pdf")) == []


def test_escape_gives_up_and_leaves_no_file(
    qtbot: QtBot, view: FilesView, answers: ScriptedAsk, window: MainWindow, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, beside: Tasks,
) -> None:  # fmt: skip
    """On a real thread, held at its first document until somebody has pressed the key."""
    begun, pressed = threading.Event(), threading.Event()
    step = batch._Batch._look_up

    def held(self: Any, done: int) -> None:
        begun.set()
        assert pressed.wait(10)
        step(self, done)

    monkeypatch.setattr(batch._Batch, "_look_up", held)
    folder = tmp_path / "sortie"
    folder.mkdir()
    answers.plan(folder / "lot.pdf")
    choose(view, "support")
    qtbot.waitUntil(begun.is_set)
    assert [one.suffix for one in folder.iterdir()] == [".tmp"]
    said: list[str] = []
    view.desk.read(lambda _session: "lu", then=said.append)
    assert said == ["lu"]  # the base answers meanwhile
    qtbot.keyClick(view.table, Qt.Key.Key_Escape)
    pressed.set()
    qtbot.waitUntil(lambda: beside.idle)
    assert list(folder.iterdir()) == []
    assert "Imprimé" not in window.notices.text()


@pytest.fixture
def beside(desk: Desk, window: MainWindow) -> Iterator[Tasks]:
    made = Tasks()
    desk.aside = made
    window.watch(made)
    yield made
    made.close()


def test_locking_stops_a_batch_and_takes_its_progress_away(qtbot: QtBot, window: MainWindow, beside: Tasks) -> None:
    window.show()
    go_on = threading.Event()

    def long(_progress: object) -> None:
        assert go_on.wait(10)

    beside.run_long(long, busy="Attestations…")
    qtbot.waitUntil(window.busy.isVisible)
    beside.leave()
    window.unwatch()
    assert not window.busy.isVisible()
    go_on.set()
