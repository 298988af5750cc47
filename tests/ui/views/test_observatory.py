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
from boutique.ui.views.external_import import ExternalImportView
from boutique.ui.views.observatory import ObservatoryView
from boutique.ui.widgets.button import Button
from tests.scripted import ScriptedAsk
from tests.services.conftest import MemoryKeychain, new_workspace

ABOUT = {
    "external_source.name": "Entreprises artisanales",
    "external_source.origin": "Chambre de métiers",
    "external_source.dated_on": "30/06/2026",
    "external_source.legal_basis": "Convention du 3 mars 2026",
}
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


LIST = "Nom;Code INSEE;Secteur\n" + "Ets Durand;62767;Bâtiment\n" * 7 + "Le Pain;62361;Alimentation\n" * 5


def test_figures_of_a_partner_are_looked_at_kept_compared_and_taken_away(
    view: ObservatoryView, window: MainWindow, answers: ScriptedAsk, desk: Desk, tmp_path: Path
) -> None:
    window.register("external_import", lambda: ExternalImportView(desk))
    listed = tmp_path / "chambre.csv"
    listed.write_text(LIST, "utf-8")
    answers.plan(listed)
    view.sources.import_button.click()
    look = window.stack.current_view()
    assert isinstance(look, ExternalImportView)
    assert look.look is not None
    assert look.look.dropped == ("Nom",)
    look.keep()  # nothing is said of the source yet
    assert window.stack.current_view() is look
    for key, value in ABOUT.items():
        look.form.write(key, value)
    look.keep_button.click()
    assert window.stack.current_view() is view
    assert [row.title.text() for row in view.sources.rows] == ["Entreprises artisanales"]
    view.compare.setCurrentIndex(1)
    view.compare.activated.emit(1)
    assert "Chambre de métiers" in view.told.text()
    assert cells(view, 4)[-1] == "12"
    remove = view.sources.rows[0].findChild(Button)
    assert remove is not None
    remove.click()
    assert "Chambre de métiers" not in view.told.text()
    assert not view.sources.rows
    assert view.compare.isHidden()


def test_the_current_year_stays_on_the_screen(view: ObservatoryView, window: MainWindow) -> None:
    window.show_view("observatory", year=2027)
    assert not view.export_button.isEnabled()
    assert "à l’écran seulement" in view.told.text()
    view.export("xlsx")  # from the palette
    assert "n’est pas finie" in window.notices.text()
