"""Activité › Observatoire in the real window: years, levels, a territory, the threshold, files of a finished year."""

import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
import time_machine
from openpyxl import load_workbook
from pytestqt.qtbot import QtBot

from boutique.core.paths import DataFolder
from boutique.services import demo, observatory
from boutique.services.observatory_table import Shape
from boutique.services.workspace import Workspace, open_workspace
from boutique.ui.desk import Desk
from boutique.ui.main_window import MainWindow
from boutique.ui.views.observatory import ObservatoryView
from tests.scripted import ScriptedAsk
from tests.services.conftest import MemoryKeychain, new_workspace

TERNOIS = "epci:200069672"


@pytest.fixture(scope="session")
def filled_base(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, MemoryKeychain]:
    root, keychain = tmp_path_factory.mktemp("observed") / "base", MemoryKeychain()
    built = new_workspace(root, keychain)
    demo.populate(built, people=60, seed=7, until=date(2026, 11, 24))
    built.close()
    return root, keychain


@pytest.fixture
def workspace(tmp_path: Path, filled_base: tuple[Path, MemoryKeychain]) -> Iterator[Workspace]:
    root, keychain = filled_base
    shutil.copytree(root, tmp_path / "base")
    opened = open_workspace(DataFolder(tmp_path / "base"), keychain=keychain)
    with time_machine.travel(datetime(2027, 1, 4, 9, 30).astimezone()):
        yield opened
    opened.close()


@pytest.fixture
def view(qtbot: QtBot, window: MainWindow, desk: Desk) -> ObservatoryView:
    window.register("observatory", lambda: ObservatoryView(desk))
    with qtbot.waitActive(window):
        window.show()
    window.start("observatory")
    made = window.stack.view("observatory")
    assert isinstance(made, ObservatoryView)
    return made


def cells(view: ObservatoryView, column: int) -> list[str]:
    lines = view.table.lines
    return [lines.data(lines.index(row, column)) for row in range(lines.rowCount())]


def test_it_opens_on_the_last_finished_year_and_turns(view: ObservatoryView) -> None:
    assert view.year.read() == 2026
    names = cells(view, 0)
    assert names[-1] == "Ensemble"
    assert any("autres communes" in name for name in names)
    assert "masqué" in cells(view, 4)
    view.level.write(Shape.EPCI)
    view.level.changed.emit(Shape.EPCI)
    assert "CC du Ternois" in cells(view, 0)
    view.area.show_area(TERNOIS, "CC du Ternois")
    view.area.changed.emit()
    assert cells(view, 0) == ["CC du Ternois"]  # its total
    assert view.go_back()
    assert view.place is None
    view.side.changed.emit("chart")
    assert "Saint-Pol" in view.bars.accessibleDescription() or "CC" in view.bars.accessibleDescription()
    view.level.changed.emit(Shape.OWN)


def test_the_threshold_is_kept_for_everybody(view: ObservatoryView, desk: Desk) -> None:
    view.threshold.write(11)
    view.threshold.activated.emit(0)
    assert desk.workspace.read(observatory.threshold) == 11
    assert view.grid is not None
    assert view.grid.threshold == 11
    assert "De 1 à 10 personnes" in view.told.text()


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_a_finished_year_leaves_as_a_file(
    view: ObservatoryView, answers: ScriptedAsk, tmp_path: Path, suffix: str
) -> None:
    answers.plan(tmp_path / "observatoire")
    view.export(suffix)
    made = tmp_path / f"observatoire.{suffix}"
    if suffix == "xlsx":
        assert load_workbook(made)["Communes"].max_row > 3
    else:
        assert made.read_text("utf-8-sig").startswith("Niveau;Code;Territoire")


def test_the_current_year_stays_on_the_screen(view: ObservatoryView, window: MainWindow) -> None:
    window.show_view("observatory", year=2027)
    assert not view.export_button.isEnabled()
    assert "à l’écran seulement" in view.told.text()
    view.export("xlsx")  # from the palette
    assert "n’est pas finie" in window.notices.text()
