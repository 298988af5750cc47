"""Partenaires in the real window: antennes under their institution, contacts, absences, filters that are kept."""

import uuid
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot

from boutique.core.clock import today
from boutique.models.choices import TerritoryLevel
from boutique.services import directory, own_territories, partner_people, partners
from boutique.services.directory import PartnerQuery
from boutique.ui.desk import Desk
from boutique.ui.main_window import MainWindow
from boutique.ui.views.partner_filters import PartnerFilters
from boutique.ui.views.partners import PartnersView
from tests.scripted import ScriptedAsk

ARRAS = "62041"


@pytest.fixture
def view(qtbot: QtBot, window: MainWindow, desk: Desk) -> PartnersView:
    """An institution with two antennes, and another structure."""
    above = add(desk, "Chambre", website="https://exemple.fr")
    add(desk, "Arras", under=above)
    add(desk, "Lens", under=above, phone="03 21 51 11 00")
    add(desk, "Bus", type_code="MOBILITE")
    window.register("partners", lambda: PartnersView(desk))
    with qtbot.waitActive(window):
        window.show()
    window.start("partners")
    shown = window.stack.view("partners")
    assert isinstance(shown, PartnersView)
    return shown


def add(desk: Desk, name: str, *, type_code: str = "CMA", under: uuid.UUID | None = None, **more: str) -> uuid.UUID:
    typed = {"partner.name": name, "partner.type_code": type_code, "partner.commune_code": ARRAS,
             "partner.parent_id": under} | {f"partner.{key}": value for key, value in more.items()}  # fmt: skip
    made: uuid.UUID = desk.workspace.write("Fiche", partners.save, None, typed)
    return made


def lines(view: PartnersView) -> list[str]:
    model = view.table.lines
    return [str(model.data(model.index(row, 0))).strip() for row in range(model.rowCount())]


def press(menu: QMenu, words: str) -> None:
    next(action for action in menu.actions() if action.text() == words).trigger()


def test_the_keyboard_unfolds_the_antennes_of_an_institution(qtbot: QtBot, view: PartnersView) -> None:
    assert lines(view) == ["Bus", "Chambre (2 antennes)"]
    assert view.count.text() == "4 structures"
    view.table.go_first()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right):
        qtbot.keyClick(view.table, key)
    assert lines(view) == ["Bus", "Chambre (2 antennes)", "Arras", "Lens"]
    assert view.panel.antennes.isVisible()
    qtbot.keyClick(view.table, Qt.Key.Key_Down)
    assert view.panel.sheet.name.text() == "Arras"
    assert "Antenne de Chambre" in view.panel.sheet.institution.label()
    qtbot.keyClick(view.table, Qt.Key.Key_Left)
    assert view.panel.sheet.name.text() == "Chambre"
    qtbot.keyClick(view.table, Qt.Key.Key_Left)
    assert lines(view) == ["Bus", "Chambre (2 antennes)"]
    view.search.write("lens")
    assert lines(view) == ["Chambre — Lens"]
    view.panel.sheet.institution.click()
    assert view.panel.sheet.name.text() == "Chambre"


def test_an_antenne_is_added_from_its_institution(qtbot: QtBot, view: PartnersView, desk: Desk) -> None:
    view.table.go_first()
    qtbot.keyClick(view.table, Qt.Key.Key_Down)
    view.panel.new_antenne()
    assert view.panel.institution.text() == "Chambre"
    view.panel.form.write("partner.name", "Béthune")
    view.panel.form.write("partner.commune_code", ARRAS)
    view.panel.save()
    assert "Chambre — Béthune" in [
        row.name for row in desk.workspace.read(directory.directory, PartnerQuery("béth")).rows
    ]
    view.panel.edit()
    view.panel.institution.write("")
    view.panel.save()
    assert [row.name for row in desk.workspace.read(directory.directory, PartnerQuery("béth")).rows] == ["Béthune"]


def test_an_institution_that_is_not_there_is_refused_beside_the_form(view: PartnersView) -> None:
    view.new()
    view.panel.form.write("partner.name", "Béthune")
    view.panel.form.write("partner.type_code", "CMA")
    view.panel.form.write("partner.commune_code", ARRAS)
    view.panel.institution.write("Nulle part")
    view.panel.save()
    assert "n’est pas dans l’annuaire" in view.panel.trouble.text()
    view.panel.institution.write("chambre")
    view.panel.save()
    assert not view.panel.editing
    assert view.panel.sheet.institution.isVisible()


def test_a_contact_is_added_away_gone_and_erased(view: PartnersView, desk: Desk, answers: ScriptedAsk) -> None:
    view.table.go_first()
    people = view.panel.people
    people.new_contact.click()
    people.contact.keep.click()
    assert "obligatoire" in people.contact.form.field("contact.name").error()
    people.contact.form.write("contact.name", "Zofia Wójcik")
    people.contact.form.write("contact.phone", "03 21 51 11 00")
    people.contact.keep.click()
    assert not people.editing
    bus = view.panel.partner_id
    assert bus is not None

    def there() -> tuple[partner_people.Contact, ...]:
        found: tuple[partner_people.Contact, ...] = desk.workspace.read(partner_people.contacts, bus, gone=True)
        return found

    press(people.menu(there()[0]), "Noter une absence…")
    people.absence.form.write("absence.from_on", today())
    people.absence.form.write("absence.until_on", today() + timedelta(5))
    people.absence.keep.click()
    assert there()[0].away is not None
    button = people.findChild(QPushButton, "absence-end-0")
    assert button is not None
    button.click()
    assert there()[0].away is None
    press(people.menu(there()[0]), "N’y travaille plus")
    assert there()[0].left_on == today()
    answers.plan(True)
    press(people.menu(there()[0]), "Effacer pour de bon…")
    assert there() == ()


def test_a_structure_that_is_away_says_so_in_the_list_and_on_its_sheet(view: PartnersView) -> None:
    view.table.go_first()
    people = view.panel.people
    people.new_absence.click()
    people.absence.form.write("absence.from_on", today())
    people.absence.form.write("absence.reason", "Congés")
    people.absence.keep.click()
    assert view.panel.sheet.away.isVisible()
    assert "(congés)" in view.panel.sheet.away_words.text()
    model = view.table.lines
    assert model.data(model.index(0, 4)) == "absente"
    view.filters.boxes["absent"].setChecked(True)
    assert lines(view) == ["Bus"]


def test_filters_are_found_again_as_they_were_left(qtbot: QtBot, view: PartnersView, desk: Desk) -> None:
    filters = view.filters
    assert filters.boxes["archived"].isHidden() or not filters.boxes["archived"].isVisible()
    filters.more.click()
    assert filters.boxes["archived"].isVisible()
    filters.boxes["without_phone"].setChecked(True)
    filters.kind.write("CMA")
    filters.kind.activated.emit(filters.kind.currentIndex())
    assert lines(view) == ["Chambre", "Chambre — Arras"]
    again = PartnerFilters(desk)
    qtbot.addWidget(again)
    assert again.query("") == filters.query("")
    assert "(1)" in again.more.label()
    again.clear()
    assert again.query("") == PartnerQuery()


def test_a_territory_of_our_own_is_chosen_by_its_name(qtbot: QtBot, view: PartnersView, desk: Desk) -> None:
    pays = [(TerritoryLevel.COMMUNE, ARRAS)]
    desk.workspace.write("Territoire", own_territories.save, None, "Pays d’Artois", pays)
    view.table.go_first()
    view.panel.edit()
    editor = view.panel.territories
    editor.level.write(TerritoryLevel.OWN)
    editor.place.setFocus()
    qtbot.keyClicks(editor.place, "pays d artois")
    editor.problem()
    assert "Pays d’Artois (territoire à nous)" in [chip.label() for chip in editor.chips]
    view.panel.save()
    assert not view.panel.editing
    assert view.panel.partner_id is not None
    found = desk.workspace.read(partners.sheet, view.panel.partner_id).territories
    assert "Pays d’Artois" in {one.name for one in found}
    view.enter()
    assert not view.filters.own_area.isHidden()
    view.filters.own_area.setCurrentIndex(1)
    view.filters.own_area.activated.emit(1)
    assert "Bus" in lines(view)
    again = PartnerFilters(desk)
    qtbot.addWidget(again)
    again.refresh()
    assert again.query("") == view.filters.query("")


def test_the_names_of_those_who_left_long_ago_are_offered_for_erasure(
    view: PartnersView, desk: Desk, answers: ScriptedAsk
) -> None:
    assert view.forget.isHidden()
    bus = view.table.lines.row(0).partner_id  # type: ignore[union-attr]
    contact = desk.workspace.write("Contact", partner_people.save_contact, bus, None, {"contact.name": "Ali"})
    desk.workspace.write("Départ", partner_people.leave, contact, today() - timedelta(400))
    view.refresh()
    assert "1 contact parti il y a plus d’un an" in view.forget.words.text()
    answers.plan(True)
    view.forget.erase.click()
    assert desk.workspace.read(partner_people.contacts, bus, gone=True) == ()
    assert view.forget.isHidden()
