"""Réglages in the real window: each page saves, shows and says what it should."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from boutique.services import base_key, protection, settings, zoning
from boutique.storage import keys
from boutique.ui.desk import Desk
from boutique.ui.main_window import MainWindow
from boutique.ui.preview import Preview
from boutique.ui.theme.manager import theme
from boutique.ui.views.settings import SettingsView
from boutique.ui.views.settings.about import NOTICES, AboutPage
from boutique.ui.views.settings.entries import EntriesPage
from boutique.ui.views.settings.look import LookPage
from boutique.ui.views.settings.opening import OpeningCard
from boutique.ui.views.settings.protection import ProtectionPage
from boutique.ui.views.settings.reference import ReferencePage
from boutique.ui.views.settings.structure import StructurePage
from boutique.ui.widgets.label import Label
from tests.scripted import ScriptedAsk
from tests.services.conftest import MemoryKeychain

PHRASE = "quatre mots bien longs"
FRR = "Code_insee;Classement FRR au 10 juillet 2025\n62361;FRR\n62041;NC\n"


@pytest.fixture
def keychain(monkeypatch: pytest.MonkeyPatch) -> MemoryKeychain:
    made = MemoryKeychain()
    monkeypatch.setattr(base_key, "system_keychain", lambda: made)
    return made


@pytest.fixture
def view(qtbot: QtBot, window: MainWindow, desk: Desk, keychain: MemoryKeychain) -> SettingsView:
    window.register("settings", lambda: SettingsView(desk))
    with qtbot.waitActive(window):
        window.show()
    window.start("settings")
    made = window.stack.view("settings")
    assert isinstance(made, SettingsView)
    return made


def structure_page(view: SettingsView) -> StructurePage:
    page = view.page("structure")
    assert isinstance(page, StructurePage)
    return page


def entries_page(view: SettingsView, key: str) -> EntriesPage:
    view.enter(page=key)
    page = view.page(key)
    assert isinstance(page, EntriesPage)
    return page


def protection_page(view: SettingsView) -> ProtectionPage:
    view.enter(page="protection")
    page = view.page("protection")
    assert isinstance(page, ProtectionPage)
    return page


def shown_sheets(card: OpeningCard) -> list[Preview]:
    return [card.preview] if card.preview is not None else []


def test_the_structure_is_changed_and_mistakes_are_told(view: SettingsView, desk: Desk) -> None:
    page = structure_page(view)
    page.form.write("structure.address", "12 place de la Mairie")
    page.form.write("structure.reminder_days", "bientôt")
    page.save()
    assert "en jours" in page.trouble.text()
    page.form.write("structure.reminder_days", "9; 21")
    page.save()
    read = desk.workspace.read(settings.structure)
    assert (read["structure.address"], read["structure.reminder_days"]) == ("12 place de la Mairie", "9, 21")
    assert page.form.answers()["structure.reminder_days"] == "9, 21"
    assert not page.is_dirty()


def test_what_was_typed_waits_when_the_page_or_the_view_is_left(view: SettingsView, window: MainWindow) -> None:
    page = structure_page(view)
    page.form.write("structure.address", "Ailleurs")
    view.tabs.open("about")
    assert view.leave()
    assert window.notices.isVisible()
    view.enter(page="structure")
    assert page.form.answers()["structure.address"] == "Ailleurs"


def test_a_place_is_added_then_closed(view: SettingsView, desk: Desk) -> None:
    page = entries_page(view, "sites")
    page.new_button.click()
    page.form.write("site.name", "Permanence de Frévent")
    page.save()
    assert [line.name for line in desk.workspace.read(settings.open_sites)][-1] == "Permanence de Frévent"
    assert page.form_card.isHidden()
    page.rows[-1].activated.emit()
    page.form.write("site.closed_on", "01/01/2020")
    page.save()
    assert len(desk.workspace.read(settings.open_sites)) == 1
    page.rows[0].activated.emit()
    page.form.write("site.closed_on", "01/01/2020")
    page.save()
    assert "dernier lieu" in page.trouble.text()
    page.go_back()


def test_a_counsellor_is_added_with_initials(view: SettingsView, desk: Desk) -> None:
    page = entries_page(view, "counsellors")
    page.new()
    page.save()
    assert "obligatoire" in page.form.field("counsellor.last_name").error()
    page.form.write("counsellor.first_name", "Éric")
    page.form.write("counsellor.last_name", "Öberg")
    page.save()
    assert [line.initials for line in desk.workspace.read(settings.people_at_work)] == ["NB", "ÉÖ"]
    assert len(page.rows) == 2


def test_a_backup_is_made_listed_and_the_base_checked(view: SettingsView, desk: Desk) -> None:
    page = protection_page(view)
    assert page.no_backup.isVisibleTo(page)
    page.backup_button.click()
    assert len(page.lines) == 1
    assert not page.no_backup.isVisibleTo(page)
    page.check_button.click()
    assert len(page.findings) == 8


def test_a_backup_is_restored_after_a_question_and_the_window_locks(
    view: SettingsView, desk: Desk, answers: ScriptedAsk, window: MainWindow, qtbot: QtBot
) -> None:
    page = protection_page(view)
    page.back_up()
    desk.workspace.write("Lieu", settings.save_site, None, {"site.name": "Après la sauvegarde"})
    (line,) = protection.state(desk.workspace).backups
    answers.plan(False)
    page.restore(line)
    assert len(desk.workspace.read(settings.sites)) == 2
    answers.plan(True)
    with qtbot.waitSignal(window.lock_requested):
        page.restore(line)
    assert len(desk.workspace.read(settings.sites)) == 1


def test_the_passphrase_is_typed_twice_and_then_opens_the_base(
    view: SettingsView, desk: Desk, keychain: MemoryKeychain
) -> None:
    card = protection_page(view).opening
    card.phrase_button.click()
    card.phrase.line.setText(PHRASE)
    card.again.line.setText("autre")
    card.save_phrase.click()
    assert "différentes" in card.phrase.error()
    card.again.line.setText(PHRASE)
    card.save_phrase.click()
    assert keys.open_key(desk.workspace.folder, keychain=None, passphrase=PHRASE) == desk.workspace.database.key
    assert card.phrase.text() == ""
    card.keychain_button.click()
    assert "keychain" not in keys.slots(desk.workspace.folder)
    card.keychain_button.click()
    assert "keychain" in keys.slots(desk.workspace.folder)
    card.drop_phrase_button.click()
    assert "passphrase" not in keys.slots(desk.workspace.folder)


def test_a_new_recovery_sheet_is_shown_to_be_printed(view: SettingsView, answers: ScriptedAsk) -> None:
    card = protection_page(view).opening
    answers.plan(False)
    card.sheet_button.click()
    assert not shown_sheets(card)
    answers.plan(True)
    card.sheet_button.click()
    (sheet,) = shown_sheets(card)
    assert sheet.isVisible()
    sheet.close()


def test_the_delay_before_locking_is_kept(view: SettingsView, desk: Desk) -> None:
    card = protection_page(view).opening
    card.idle.write(15)
    card.idle.activated.emit(2)
    assert desk.preferences.number("idle_minutes", 0) == 15


def test_an_official_list_is_imported_and_its_vintage_shown(
    view: SettingsView, desk: Desk, answers: ScriptedAsk, tmp_path: Path
) -> None:
    view.enter(page="reference")
    page = view.page("reference")
    assert isinstance(page, ReferencePage)
    assert "communes" in page.vintage.text()
    path = tmp_path / "frr.csv"
    path.write_text(FRR, "utf-8")
    answers.plan(path)
    page.import_button.click()
    assert desk.workspace.read(zoning.of_commune, "62361").rural is True
    row, badge = page.rows["FRR"]
    assert badge.text() == "importée"
    assert row.subtitle.text() == "10 juillet 2025 · 2 lignes"


def test_theme_and_text_size_change_at_once_and_are_remembered(view: SettingsView, desk: Desk) -> None:
    view.enter(page="look")
    page = view.page("look")
    assert isinstance(page, LookPage)
    page.mode.changed.emit("dark")
    page.scale.changed.emit(1.3)
    assert (theme().mode, theme().scale) == ("dark", 1.3)
    assert (page.mode.read(), page.scale.read()) == ("dark", 1.3)
    assert desk.preferences.text("theme") == "dark"


def test_licences_of_what_it_is_made_of_are_named(view: SettingsView) -> None:
    view.enter(page="about")
    page = view.page("about")
    assert isinstance(page, AboutPage)
    assert "INSEE" in page.attribution.text()
    assert len(page.rows) == len(NOTICES)
    shown = " ".join(label.text() for label in page.findChildren(Label))
    for name in ("Inter", "DejaVu", "Lucide", "SQLCipher", "Qt et PySide6 6"):
        assert name in shown
