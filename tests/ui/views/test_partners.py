"""Partenaires in the real window: list, sheet, form with territories, freshness, archive, import with its report."""

import uuid
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from boutique.models.choices import TerritoryLevel
from boutique.services import directory, drafts, partners, territories
from boutique.services.directory import PartnerQuery, PartnerRow
from boutique.ui.desk import Desk
from boutique.ui.main_window import MainWindow
from boutique.ui.views.partner import PartnerView
from boutique.ui.views.partner_import import PartnerImportView
from boutique.ui.views.partners import PartnersView
from tests.scripted import ScriptedAsk

LIST = (
    "id;type;nom;code_insee;telephone\n"
    "1;cma;Chambre de métiers;62041;03 21 51 11 00\n"
    "2;boulangerie;Le bon pain;62041;\n"
    "3;cci;CCI Artois;62041;12\n"
)


@pytest.fixture
def shell(qtbot: QtBot, window: MainWindow, desk: Desk) -> MainWindow:
    window.register("partners", lambda: PartnersView(desk))
    window.register("partner", lambda: PartnerView(desk))
    window.register("partner_import", lambda: PartnerImportView(desk))
    with qtbot.waitActive(window):
        window.show()
    return window


def opened(shell: MainWindow) -> PartnersView:
    shell.start("partners")
    view = shell.stack.view("partners")
    assert isinstance(view, PartnersView)
    return view


def looking(shell: MainWindow) -> PartnerImportView:
    view = shell.stack.view("partner_import")
    assert isinstance(view, PartnerImportView)
    assert view.isVisible()
    return view


def fill(desk: Desk, *names: str, commune: str = "62041") -> None:
    for name in names:
        typed = {"partner.name": name, "partner.type_code": "CMA", "partner.commune_code": commune}
        desk.workspace.write("Ajout", partners.save, None, typed)


def shown(view: PartnersView) -> list[str]:
    lines = view.table.lines
    return [str(lines.data(lines.index(row, 0))) for row in range(lines.rowCount())]


def editing(view: PartnersView) -> bool:
    return view.panel.editing


def first_id(view: PartnersView) -> uuid.UUID:
    row = view.table.lines.row(0)
    assert isinstance(row, PartnerRow)
    return row.partner_id


def stored(desk: Desk, *, archived: bool = False) -> list[str]:
    page = desk.workspace.read(directory.directory, PartnerQuery(archived=archived))
    return [row.name for row in page.rows]


def test_an_empty_directory_offers_to_import_a_list(shell: MainWindow, answers: ScriptedAsk) -> None:
    view = opened(shell)
    assert view.nothing.isVisible()
    answers.plan(None)
    view.nothing.button.click()
    assert answers.asked == ["Importer une liste de partenaires"]


def test_a_new_partner_is_typed_saved_and_shown(qtbot: QtBot, shell: MainWindow, desk: Desk) -> None:
    view = opened(shell)
    qtbot.keyClick(view, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert editing(view)
    form = view.panel.form
    form.write("partner.name", "Adie Arras")
    form.write("partner.type_code", "ADIE")
    view.panel.territories.place.write("")
    view.panel.territories.add(
        territories.territory(desk.workspace.reference, TerritoryLevel.DEPARTMENT, "62"),
    )
    qtbot.keyClick(form.editor("partner.name"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert stored(desk) == ["Adie Arras"]
    assert not editing(view)
    assert view.panel.sheet.name.text() == "Adie Arras"
    assert shown(view) == ["Adie Arras"]
    assert view.panel.sheet.age.text() == "Fiche jamais vérifiée"


def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(shell: MainWindow, desk: Desk) -> None:
    view = opened(shell)
    view.new()
    form = view.panel.form
    form.write("partner.phone", "06 12")
    view.panel.save()
    assert "obligatoire" in form.field("partner.name").error()
    assert form.field("partner.phone").error()
    form.write("partner.name", "Adie")
    form.write("partner.type_code", "ADIE")
    form.write("partner.phone", "")
    view.panel.save()
    assert "quel territoire" in view.panel.trouble.text()
    assert form.answers()["partner.name"] == "Adie"
    assert stored(desk) == []
    assert view.leave()


def test_a_territory_is_found_while_typing_and_taken_off(qtbot: QtBot, shell: MainWindow, desk: Desk) -> None:
    view = opened(shell)
    view.new()
    editor = view.panel.territories
    editor.level.write(TerritoryLevel.REGION)
    editor.place.setFocus()
    qtbot.keyClicks(editor.place, "hauts-de-france")
    assert editor.problem() == ""
    assert editor.areas() == ((TerritoryLevel.REGION, "32"),)
    assert editor.place.text() == ""
    editor.level.write(TerritoryLevel.NATIONAL)
    editor.level.activated.emit(editor.level.currentIndex())
    assert [chip.label() for chip in editor.chips] == ["Hauts-de-France (région)", "France entière"]
    qtbot.keyClick(editor.chips[0], Qt.Key.Key_Delete)
    assert editor.areas() == ((TerritoryLevel.NATIONAL, ""),)
    qtbot.keyClicks(editor.place, "nulle part ailleurs")
    editor.level.write(TerritoryLevel.DEPARTMENT)
    editor.place.setEnabled(True)
    editor.place.write("nulle part ailleurs")
    assert "n’est pas reconnu" in editor.problem()
    view.panel.form.set_clean()
    assert view.panel.cancel()


def test_the_sheet_follows_the_line_and_is_verified_then_undone(qtbot: QtBot, shell: MainWindow, desk: Desk) -> None:
    fill(desk, "Alpha", "Beta")
    view = opened(shell)
    assert view.panel.sheet.name.text() == "Alpha"
    qtbot.keyClick(view.table, Qt.Key.Key_Down)
    assert view.panel.sheet.name.text() == "Beta"
    view.panel.sheet.verify_button.click()
    assert view.panel.sheet.age.text() == "Fiche vérifiée aujourd’hui"
    desk.undo()
    assert view.panel.sheet.age.text() == "Fiche jamais vérifiée"


def test_an_archived_partner_is_found_among_the_archived_and_restored(shell: MainWindow, desk: Desk) -> None:
    fill(desk, "Alpha", "Beta")
    view = opened(shell)
    view.panel.sheet.archive_button.click()
    assert shown(view) == ["Beta"]
    view.filters.archived.click()
    assert shown(view) == ["Alpha"]
    view.panel.show_partner(first_id(view))
    view.panel.sheet.restore_button.click()
    assert stored(desk) == ["Alpha", "Beta"]


def test_filters_narrow_the_list(qtbot: QtBot, shell: MainWindow, desk: Desk) -> None:
    fill(desk, "Alpha")
    fill(desk, "Lillois", commune="59350")
    view = opened(shell)
    view.filters.commune.write("62361")
    view.filters.commune.changed.emit()
    assert shown(view) == ["Alpha"]
    view.filters.freshness.write(directory.Freshness.FRESH)
    view.filters.freshness.activated.emit(2)
    assert view.nowhere.isVisible()
    view.nowhere.button.click()
    assert shown(view) == ["Alpha", "Lillois"]
    view.search.write("lille")
    assert shown(view) == ["Lillois"]


def test_giving_up_a_typed_sheet_asks_first(shell: MainWindow, desk: Desk, answers: ScriptedAsk) -> None:
    fill(desk, "Alpha")
    view = opened(shell)
    view.panel.edit()
    view.panel.form.write("partner.website", "exemple.fr")
    answers.plan(False)
    view.panel.cancel_button.click()
    assert editing(view)
    answers.plan(True)
    view.panel.cancel_button.click()
    assert not editing(view)
    assert desk.workspace.read(drafts.pending) == ()
    assert "exemple.fr" not in str(desk.workspace.read(partners.sheet, first_id(view)).answers)


def test_a_sheet_left_unfinished_is_a_draft_that_is_taken_up_again(shell: MainWindow, desk: Desk) -> None:
    fill(desk, "Alpha")
    view = opened(shell)
    view.panel.edit()
    view.panel.form.write("partner.website", "exemple.fr")
    assert view.go_back()
    assert not editing(view)
    (draft,) = desk.workspace.read(drafts.pending)
    assert (draft.form, draft.subject_id, draft.summary) == ("partner", view.panel.partner_id, "Alpha")
    view.panel.edit()
    assert view.panel.form.answers()["partner.website"] == "exemple.fr"
    view.panel.save()
    assert desk.workspace.read(drafts.pending) == ()
    sheet = desk.workspace.read(partners.sheet, first_id(view))
    assert sheet.answers["partner.website"] == "exemple.fr"
    assert [territory.code for territory in sheet.territories] == ["62"]


def test_a_new_sheet_left_unfinished_opens_from_its_draft(shell: MainWindow, desk: Desk) -> None:
    view = opened(shell)
    view.new()
    view.panel.form.write("partner.name", "Commencée")
    view.panel.territories.add(territories.territory(desk.workspace.reference, TerritoryLevel.REGION, "32"))
    shell.show_view("partner", text="autre chose")
    (draft,) = desk.workspace.read(drafts.pending)
    shell.show_view("partner", partner_id=None, draft_id=draft.id)
    screen = shell.stack.view("partner")
    assert isinstance(screen, PartnerView)
    assert screen.panel.form.answers()["partner.name"] == "Commencée"
    assert screen.panel.territories.areas() == ((TerritoryLevel.REGION, "32"),)


def test_in_a_narrow_window_the_form_takes_the_place_of_the_list(shell: MainWindow, desk: Desk) -> None:
    fill(desk, "Alpha")
    shell.resize(960, 640)
    view = opened(shell)
    assert view.table.isVisible()
    view.panel.edit()
    assert not view.table.isVisible()
    view.panel.save()
    assert view.table.isVisible()


def test_a_list_is_imported_with_its_report_and_taken_back(
    shell: MainWindow, desk: Desk, answers: ScriptedAsk, tmp_path: Path
) -> None:
    path = tmp_path / "liste.csv"
    path.write_text(LIST, "utf-8")
    view = opened(shell)
    answers.plan(path)
    view.import_button.click()
    assert stored(desk) == []  # looked at first
    looking(shell).import_button.click()
    assert stored(desk) == ["CCI Artois", "Chambre de métiers"]
    assert view.report.isVisible()
    told = " ".join(label.text() for label in view.report.findChildren(type(view.count)))
    assert "Ligne 3 : type « boulangerie » inconnu" in told
    assert "Ligne 4 : Téléphone" in told
    view.report.undo.emit()
    assert stored(desk) == []
    assert not view.report.isVisible()


def test_a_file_that_is_no_list_is_refused_in_the_notice(
    shell: MainWindow, desk: Desk, answers: ScriptedAsk, tmp_path: Path
) -> None:
    path = tmp_path / "liste.csv"
    path.write_text("bonjour", "utf-8")
    view = opened(shell)
    answers.plan(path)
    view.import_button.click()
    assert stored(desk) == []
    screen = looking(shell)
    assert screen.trouble.isVisible()
    assert not screen.import_button.isEnabled()
    assert screen.go_back()
    assert shell.stack.current_name() == "partners"


def test_a_partner_opens_on_its_own_screen_and_is_edited_there(qtbot: QtBot, shell: MainWindow, desk: Desk) -> None:
    fill(desk, "Alpha")
    (row,) = desk.workspace.read(directory.directory, PartnerQuery()).rows
    shell.start("partners")
    shell.show_view("partner", partner_id=row.partner_id)
    view = shell.stack.view("partner")
    assert isinstance(view, PartnerView)
    assert view.panel.sheet.name.text() == "Alpha"
    view.panel.edit()
    view.panel.form.write("partner.name", "Alpha nouveau")
    view.panel.save()
    assert stored(desk) == ["Alpha nouveau"]
    assert view.panel.sheet.name.text() == "Alpha nouveau"
    shell.show_view("partner", text="Autre")
    assert view.panel.form.answers()["partner.name"] == "Autre"
    assert view.go_back()
    assert shell.stack.current_name() == "partners"
