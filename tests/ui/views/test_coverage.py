"""Partenaires › Couverture in the real window: what lacks, and a partner begun where nobody is."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from pytestqt.qtbot import QtBot

from boutique.models.choices import TerritoryLevel
from boutique.services import partners
from boutique.ui.desk import Desk
from boutique.ui.main_window import MainWindow
from boutique.ui.views.coverage import CoverageView
from boutique.ui.views.partners import PartnersView
from tests.scripted import ScriptedAsk

FREVENT = "62361"


@pytest.fixture
def view(qtbot: QtBot, window: MainWindow, desk: Desk) -> CoverageView:
    answers = {"partner.name": "Navette", "partner.type_code": "MOBILITE", "partner.themes": ("QUOTIDIEN",)}
    desk.workspace.write("Fiche", partners.save, None, answers, ((TerritoryLevel.COMMUNE, FREVENT),))
    window.register("coverage", lambda: CoverageView(desk))
    window.register("partners", lambda: PartnersView(desk))
    with qtbot.waitActive(window):
        window.show()
    window.start("coverage")
    made = window.stack.view("coverage")
    assert isinstance(made, CoverageView)
    return made


def choose(view: CoverageView, theme: str) -> None:
    assert view.shown is not None
    rank = next(rank for rank, line in enumerate(view.shown.by_theme()) if line.code == theme)
    view.themes.setCurrentIndex(view.themes.lines.index(rank, 0))


def test_it_opens_on_the_territory_around_the_place_of_the_day(view: CoverageView) -> None:
    assert view.area.text() == "CC du Ternois (intercommunalité)"
    choose(view, "QUOTIDIEN")
    total = len(view.shown.place.communes) if view.shown else 0
    assert f"{total - 1} communes sur {total} sans personne" in view.told.text()
    assert view.communes.lines.rowCount() == total - 1
    view.bare.click()
    assert view.communes.lines.rowCount() == total


def test_a_commune_with_somebody_opens_the_directory_and_one_with_nobody_begins_a_sheet(
    view: CoverageView, window: MainWindow
) -> None:
    choose(view, "QUOTIDIEN")
    view.bare.click()
    rows = [view.communes.lines.row(rank) for rank in range(view.communes.lines.rowCount())]
    served = next(row for row in rows if row is not None and row.partners)
    assert served.commune.code == FREVENT
    view.communes.opened.emit(served)
    view.communes.setCurrentIndex(view.communes.lines.index(rows.index(served), 0))
    view.directory_button.click()
    directory = window.stack.current_view()
    assert isinstance(directory, PartnersView)
    assert (directory.query().theme, directory.query().commune_code) == ("QUOTIDIEN", FREVENT)
    assert directory.table.lines.rowCount() == 1

    window.show_view("coverage")
    choose(view, "NUMERIQUE")
    view.communes.setCurrentIndex(view.communes.lines.index(0, 0))
    bare = view.communes.current()
    assert bare is not None
    view.communes.opened.emit(bare)
    assert window.stack.current_view() is directory
    assert directory.panel.editing
    assert directory.panel.form.answers()["partner.themes"] == ("NUMERIQUE",)
    assert directory.panel.territories.areas() == ((TerritoryLevel.COMMUNE, bare.commune.code),)


def test_the_table_is_exported(view: CoverageView, answers: ScriptedAsk, tmp_path: Path) -> None:
    answers.plan(tmp_path / "couverture")
    view.export_button.click()
    book = load_workbook(tmp_path / "couverture.xlsx")
    assert book["Communes"].max_row > 90


def test_without_a_known_place_it_says_what_to_do(view: CoverageView) -> None:
    view.area.write("")
    view._begin("")
    assert view.choose.isVisible()
    assert not view.themes.isVisible()


def test_where_nobody_is_missing_it_says_so_and_offers_the_communes(view: CoverageView, desk: Desk) -> None:
    answers = {"partner.name": "Partout", "partner.type_code": "MOBILITE", "partner.themes": ("QUOTIDIEN",)}
    desk.workspace.write("Fiche", partners.save, None, answers, ((TerritoryLevel.EPCI, "200069672"),))
    view.refresh()
    choose(view, "QUOTIDIEN")
    assert view.all_served.isVisible()
    assert view.all_served.title.text().startswith("Personne ne manque")
    assert not view.communes.isVisible()
    view.all_served.button.click()
    assert view.communes.isVisible()
    assert view.communes.lines.rowCount() == len(view.shown.place.communes if view.shown else ())
