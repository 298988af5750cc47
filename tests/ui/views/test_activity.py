"""Activité on fictitious files: the figures shown, the files behind them, the workbook."""

import shutil
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import time_machine
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu, QTableWidget
from pytestqt.qtbot import QtBot

from boutique.core import french
from boutique.core.paths import DataFolder
from boutique.models.choices import Channel
from boutique.rules.indicators import MAIN, figure
from boutique.rules.period import Period
from boutique.rules.scope import EVERYWHERE, Scope
from boutique.services import activity, demo, intakes, scopes
from boutique.services.workspace import Workspace, open_workspace
from boutique.ui.desk import Desk
from boutique.ui.main_window import MainWindow
from boutique.ui.tasks import InlineTasks
from boutique.ui.view import View
from boutique.ui.views.activity import ActivityView
from boutique.ui.widgets.button import Button
from tests.scripted import ScriptedAsk
from tests.services.conftest import MemoryKeychain, new_workspace

LAST_DAY = date(2026, 11, 24)
NOVEMBER = date(2026, 11, 1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 24, 9, 30).astimezone()):
        yield


@pytest.fixture(scope="module")
def filled_base(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, MemoryKeychain]:
    root, keychain = tmp_path_factory.mktemp("filled") / "base", MemoryKeychain()
    with time_machine.travel(datetime(2026, 11, 24, 9, 30).astimezone()):
        built = new_workspace(root, keychain)
        demo.populate(built, people=40, seed=3, until=LAST_DAY)
        built.close()
    return root, keychain


@pytest.fixture
def filled(tmp_path: Path, filled_base: tuple[Path, MemoryKeychain]) -> Iterator[Workspace]:
    root, keychain = filled_base
    shutil.copytree(root, tmp_path / "filled")
    opened = open_workspace(DataFolder(tmp_path / "filled"), keychain=keychain)
    yield opened
    opened.close()


class _Elsewhere(View):
    def enter(self, **arguments: Any) -> None:
        self.asked = arguments


def _open(desk: Desk, window: MainWindow) -> ActivityView:
    window.register("activity", lambda: ActivityView(desk))
    window.register("file", _Elsewhere)
    window.show()
    window.start("activity")
    made = window.stack.view("activity")
    assert isinstance(made, ActivityView)
    return made


@pytest.fixture
def view(filled: Workspace, window: MainWindow, tasks: InlineTasks, answers: ScriptedAsk) -> ActivityView:
    return _open(Desk(filled, window, tasks, answers, window), window)


def _text(table: QTableWidget, row: int, column: int) -> str:
    item = table.item(row, column)
    assert item is not None
    return item.text()


def _column(view: ActivityView, column: int) -> list[str]:
    table = view.figures.table
    return [_text(table, row, column) for row in range(table.rowCount())]


def test_the_table_shows_the_figures_of_the_service(filled: Workspace, view: ActivityView) -> None:
    found = filled.read(activity.month_view, NOVEMBER)
    assert _column(view, 0) == [line.label for line in found.indicators]
    assert _column(view, 1) == [french.show_number(line.month or 0, line.decimals) for line in found.indicators]
    assert _titles(view)[1:5] == ["Mois", "Octobre", "nov. 2025", "Cumul 2026"]


def _titles(view: ActivityView) -> list[str]:
    table = view.figures.table
    heads = [table.horizontalHeaderItem(column) for column in range(table.columnCount())]
    return [head.text() for head in heads if head is not None]


def test_a_figure_opens_as_many_people_as_it_says(filled: Workspace, window: MainWindow, view: ActivityView) -> None:
    table = view.figures.table
    table.cellClicked.emit(0, 1)
    assert view.behind.isVisible()
    assert view.behind.table.rowCount() == int(_column(view, 1)[0])
    assert view.behind.heading.text() == f"Personnes reçues · novembre 2026 : {_column(view, 1)[0]}"
    rows = filled.read(activity.people_behind, "received", Period.month(NOVEMBER))
    view.behind.open_button.click()
    shown = window.stack.view("file")
    assert isinstance(shown, _Elsewhere)
    assert shown.asked == {"case_id": rows[0].case_id}


def test_a_figure_is_opened_and_left_by_keyboard(qtbot: QtBot, view: ActivityView) -> None:
    table = view.figures.table
    table.setFocus()
    table.setCurrentCell(0, 4)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert view.behind.heading.text().startswith("Personnes reçues · janvier à novembre 2026")
    assert view.go_back()
    assert not view.behind.isVisible()
    assert not view.go_back()


def test_the_share_of_women_opens_those_women(filled: Workspace, view: ActivityView) -> None:
    table = view.figures.table
    women = _titles(view).index("Femmes")
    table.cellClicked.emit(0, women)
    assert view.behind.table.rowCount() == int(_column(view, women)[0])
    assert " · femmes · " in view.behind.heading.text()


def test_a_zero_or_a_dash_opens_nothing(view: ActivityView) -> None:
    table = view.figures.table
    for row in range(table.rowCount()):
        for column in range(table.columnCount()):
            if _text(table, row, column) in ("0", "0,0", "—"):
                table.cellClicked.emit(row, column)
    assert not view.behind.isVisible()


def test_the_month_before_is_one_key_away(qtbot: QtBot, filled: Workspace, view: ActivityView) -> None:
    assert not view.period.after.isEnabled()
    qtbot.keyClick(view.period.name, Qt.Key.Key_PageUp)
    assert view.period.name.label() == "Octobre 2026"
    found = filled.read(activity.month_view, date(2026, 10, 1))
    assert _column(view, 1)[0] == french.show_number(found.indicators[0].month or 0)
    assert view.period.after.isEnabled()
    view.period.name.click()
    assert view.period.month() == NOVEMBER


def test_a_place_narrows_every_figure(filled: Workspace, view: ActivityView) -> None:
    everywhere = _column(view, 4)
    entry = view.scope.place_menu().actions()[1]
    entry.trigger()
    assert view.scope.place.label() == entry.text() == "Boutique de Saint-Pol"
    found = filled.read(activity.month_view, NOVEMBER, Scope(filled.site_id))
    assert _column(view, 4) == [french.show_number(line.year or 0, line.decimals) for line in found.indicators]
    assert _column(view, 4) != everywhere


def test_a_control_lists_its_references(filled: Workspace, view: ActivityView) -> None:
    found = [check for check in filled.read(activity.month_view, NOVEMBER).checks if check.count]
    assert [row.title.text() for row in view.checks.rows()] == [check.label for check in found]
    view.checks.rows()[0].activated.emit()
    assert view.behind.table.rowCount() == found[0].count
    assert _text(view.behind.table, 0, 0) == (found[0].found[0].reference or "sans référence")


def test_the_workbook_is_saved_where_asked(
    window: MainWindow, view: ActivityView, answers: ScriptedAsk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "activite-2026-11.xlsx"
    answers.plan(target)
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    window.commands.run("activity.workbook")
    assert answers.asked == ["Enregistrer le classeur d’activité | activite-2026-11.xlsx"]
    assert "Synthèse" in openpyxl.load_workbook(BytesIO(target.read_bytes())).sheetnames
    assert window.notices.isVisible()
    from_notice = [one for one in window.notices.findChildren(Button) if one.label() == "Ouvrir le dossier"]
    from_notice[-1].click()
    assert opened == [str(tmp_path)]


def test_the_files_behind_a_figure_are_exported_by_reference(
    view: ActivityView, answers: ScriptedAsk, tmp_path: Path
) -> None:
    view.figures.table.cellClicked.emit(0, 1)
    shown = {_text(view.behind.table, row, 0) for row in range(view.behind.table.rowCount())}
    answers.plan(tmp_path / "dossiers-2026-11.xlsx")
    view.behind.export_button.click()
    assert answers.asked == ["Enregistrer la liste de suivi | dossiers-2026-11.xlsx"]
    book = openpyxl.load_workbook(tmp_path / "dossiers-2026-11.xlsx")
    assert book["Liste"].max_row == view.behind.table.rowCount() + 2  # titles and total
    cells = {str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell}
    assert shown <= cells
    names = {_text(view.behind.table, row, 1) for row in range(view.behind.table.rowCount())}
    assert not names & cells


def test_giving_up_the_workbook_changes_nothing(view: ActivityView, answers: ScriptedAsk, tmp_path: Path) -> None:
    answers.plan(None)
    view.workbook.click()
    assert not list(tmp_path.glob("*.xlsx"))


def test_an_empty_base_says_that_nothing_was_recorded(window: MainWindow, desk: Desk) -> None:
    view = _open(desk, window)
    assert view.figures.hint.text() == "Rien n’a encore été enregistré ce mois-ci"
    assert not view.alerts.isVisible()
    assert not view.checks.rows()


def test_figures_follow_what_is_saved(window: MainWindow, desk: Desk) -> None:
    view = _open(desk, window)
    visit = {"passage.happened_on": LAST_DAY, "passage.channel": Channel.PHONE}
    desk.write("Passage", intakes.save_anonymous, visit, needs=())
    shown = dict(zip(_column(view, 0), _column(view, 1), strict=True))
    assert shown["Passages"] == "1"
    view.figures.table.cellClicked.emit(list(shown).index("Passages"), 1)
    assert _text(view.behind.table, 0, 1) == "Passage anonyme"
    assert not view.behind.open_button.isEnabled()


def test_a_year_is_compared_with_the_year_before(filled: Workspace, window: MainWindow, view: ActivityView) -> None:
    window.commands.run("activity.span")
    assert view.period.name.label() == "2026"
    assert view.span.read() is True
    assert _titles(view)[1:3] == ["2026", "2025"]
    found = filled.read(activity.year_view, NOVEMBER)
    assert _column(view, 1) == [line.show(line.month) for line in found.indicators]
    assert not view.checks.rows()
    (see,) = view.checks.findChildren(Button)
    assert see.label() == "Contrôles de novembre 2026"
    view.figures.table.cellClicked.emit(0, 1)
    assert view.behind.heading.text().startswith("Personnes reçues · janvier à novembre 2026")
    assert view.behind.table.rowCount() == int(_column(view, 1)[0])


def test_a_month_of_the_chart_is_one_press_away(view: ActivityView) -> None:
    view.span.write(True)
    view.period.set_yearly(True)
    view.months.pressed.emit(3)
    assert view.period.name.label() == "Mars 2026"
    assert view.span.read() is False


def test_the_name_of_a_figure_draws_it_month_by_month(filled: Workspace, view: ActivityView) -> None:
    row = _column(view, 0).index("Entretiens")
    view.figures.table.cellClicked.emit(row, 0)
    assert view.months.title.text() == "Entretiens par mois"
    book = filled.read(activity.month_view, NOVEMBER, EVERYWHERE, MAIN, figure("interviews"))
    shown = view.months.chart.accessibleDescription().split("; ")[1]
    assert shown.endswith(f"N {french.show_number(book.bars[10].this_year or 0)}")


def _open_share(view: ActivityView) -> None:
    view.figures.group.setCurrentIndex(1)
    view.figures.group.activated.emit(1)
    table = view.figures.table
    row = _column(view, 0).index("Part de personnes orientées")
    table.cellClicked.emit(row, _titles(view).index("Cumul 2026"))


def test_both_sides_of_a_share_open(view: ActivityView) -> None:
    _open_share(view)
    behind = view.behind
    part = behind.table.rowCount()
    behind.side.write("whole")
    behind.side.changed.emit("whole")
    whole = behind.table.rowCount()
    assert 0 < part < whole
    assert f": {round(100 * part / whole)}" in behind.heading.text()


def test_a_breakdown_narrows_the_list_and_adds_up(view: ActivityView) -> None:
    table = view.figures.table
    row = _column(view, 0).index("Entretiens")
    table.cellClicked.emit(row, 4)
    behind, card = view.behind, view.behind.breakdown
    every = behind.table.rowCount()
    for dimension in range(card.by.count()):
        card.by.setCurrentIndex(dimension)
        card.by.activated.emit(dimension)
        counts = []
        for value in range(1, card.value.count()):
            card.bars.pressed.emit(value - 1)
            counts.append(behind.table.rowCount())
        assert sum(counts) == every
        card.bars.pressed.emit(card.value.count() - 2)  # pressed again: everything
        assert behind.table.rowCount() == every


def test_a_counsellor_becomes_a_chip_that_is_taken_away(filled: Workspace, view: ActivityView) -> None:
    everybody = _column(view, 4)
    who = view.scope.more_menu().actions()[0].menu()
    assert isinstance(who, QMenu)
    who.actions()[0].trigger()
    narrowed = filled.read(scopes.resolve, view.scope.keys())
    assert narrowed.counsellor_id is not None
    found = filled.read(activity.month_view, NOVEMBER, narrowed)
    assert _column(view, 4) == [line.show(line.year) for line in found.indicators]
    assert [chip.label() for chip in view.scope.chips] == [who.actions()[0].text()]
    view.scope.chips[0].removed.emit()
    assert _column(view, 4) == everybody
    assert not view.scope.chips


def test_the_workbook_of_a_year_is_saved_too(
    view: ActivityView, window: MainWindow, answers: ScriptedAsk, tmp_path: Path
) -> None:
    window.commands.run("activity.span")
    answers.plan(tmp_path / "annee")
    window.commands.run("activity.workbook")
    assert answers.asked == ["Enregistrer le classeur d’activité | activite-2026.xlsx"]
    book = openpyxl.load_workbook(BytesIO((tmp_path / "annee.xlsx").read_bytes()))
    assert "Synthèse annuelle" in book.sheetnames
