"""Réglages › Territoires in the real window: drawn from an EPCI and a list, changed, taken back, removed."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from boutique.models.choices import TerritoryLevel
from boutique.services import own_territories, territories
from boutique.services.own_territories import TerritorySheet
from boutique.ui.desk import Desk
from boutique.ui.main_window import MainWindow
from boutique.ui.views.settings import SettingsView
from boutique.ui.views.settings.territories import TerritoriesPage
from tests.scripted import ScriptedAsk

TERNOIS, FREVENT, ARRAS = "200069672", "62361", "62041"


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, desk: Desk) -> TerritoriesPage:
    window.register("settings", lambda: SettingsView(desk))
    with qtbot.waitActive(window):
        window.show()
    window.start("settings", page="territories")
    view = window.stack.view("settings")
    assert isinstance(view, SettingsView)
    made = view.page("territories")
    assert isinstance(made, TerritoriesPage)
    return made


def drawn(desk: Desk) -> tuple[TerritorySheet, ...]:
    return desk.workspace.read(own_territories.listing)


def test_a_territory_is_drawn_changed_and_removed(
    page: TerritoriesPage, desk: Desk, answers: ScriptedAsk, tmp_path: Path
) -> None:
    page.new_button.click()
    page.save()
    assert "Donnez un nom" in page.trouble.text() or "aucune commune" in page.trouble.text()
    page.name.setText("Pays du Ternois")
    page.parts.add(territories.territory(desk.workspace.reference, TerritoryLevel.EPCI, TERNOIS))
    page.commune.write(FREVENT)
    page.take_out()
    listed = tmp_path / "liste.csv"
    listed.write_text(f"code\n{ARRAS}\n99999\n", "utf-8")
    answers.plan(listed)
    page.import_button.click()
    assert "99999" in page.told.text()
    assert page.is_dirty()
    page.save()
    assert page.form_card.isHidden()
    (made,) = drawn(desk)
    codes = {commune.code for commune in made.extent.communes}
    assert ARRAS in codes
    assert FREVENT not in codes
    assert page.rows[0].title.text() == "Pays du Ternois"

    page.rows[0].activated.emit()
    assert not page.is_dirty()
    page.commune.write(ARRAS)
    page.take_out()  # listed by itself: taken away, not left out
    page.save()
    (changed,) = drawn(desk)
    assert {commune.code for commune in changed.extent.communes} == codes - {ARRAS}
    assert [part.code for part in changed.left_out] == [FREVENT]

    page.rows[0].activated.emit()
    page.delete_button.click()
    assert not drawn(desk)
    desk.undo()
    assert drawn(desk) == (changed,)


def test_a_long_list_shows_its_first_chips_and_how_many_more(page: TerritoriesPage, desk: Desk) -> None:
    page.new_button.click()
    page.parts.add(
        *(
            territories.Territory(TerritoryLevel.COMMUNE, one.code, one.name)
            for one in desk.workspace.reference.communes_inside(epci=TERNOIS)
        )
    )
    shown = len(page.parts.chips)
    assert shown < len(page.parts.areas())
    assert page.parts.rest.text() == f"et {len(page.parts.areas()) - shown} autres"
    assert page.go_back()
    assert not page.go_back()
