"""What is typed and not saved survives: every form of Réglages, of the workshops, the permanences, the programmes."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from boutique.models.choices import TerritoryLevel
from boutique.services import drafts, own_territories, settings, territories
from boutique.services.workshops import modules
from boutique.services.workspace import Workspace
from boutique.ui.autosave import Autosave
from boutique.ui.desk import Desk
from boutique.ui.main_window import MainWindow
from boutique.ui.view import View
from boutique.ui.views.meetings import MeetingsView
from boutique.ui.views.partner import PartnerView
from boutique.ui.views.permanences import PermanencesView
from boutique.ui.views.programmes import ProgrammesView
from boutique.ui.views.settings import SettingsView
from boutique.ui.views.settings.entries import EntriesPage
from boutique.ui.views.settings.sites import SitesPage
from boutique.ui.views.settings.territories import TerritoriesPage
from boutique.ui.views.today import TodayView
from boutique.ui.views.workshops import ModulesView, WorkshopsView
from boutique.ui.widgets.button import Button
from tests.services.filling import add_partner

_VIEWS: dict[str, Callable[[Desk], View]] = {
    "today": TodayView, "settings": SettingsView, "programmes": ProgrammesView, "workshops": WorkshopsView,
    "workshop_modules": ModulesView, "permanences": PermanencesView, "meetings": MeetingsView, "partner": PartnerView,
}  # fmt: skip
Place = Callable[[MainWindow], Any]


@pytest.fixture
def opened(qtbot: QtBot, window: MainWindow, desk: Desk) -> MainWindow:
    for name, view in _VIEWS.items():
        window.register(name, partial(view, desk))
    window.start("today")
    window.show()
    qtbot.waitActive(window)
    return window


def _cut(window: MainWindow) -> None:
    """The pause after typing goes by, then the power goes: no view is left, none is asked anything."""
    for one in window.findChildren(Autosave):
        one.flush()
    window.stack.stop()
    window.start("today")


def _take_up(window: MainWindow) -> None:
    view = window.stack.view("today")
    again = [one for one in view.findChildren(Button) if one.label() == "Reprendre" and one.isVisible()]
    again[0].click()


def _type(qtbot: QtBot, view: QWidget, name: str, text: str) -> None:
    QApplication.processEvents()
    editor = next(one for one in view.findChildren(QLineEdit, name) if one.isVisible())
    editor.setFocus()
    editor.selectAll()
    qtbot.keyClicks(editor, text)


def _texts(window: MainWindow, name: str) -> list[str]:
    view = window.stack.current_view()
    assert view is not None
    return [one.text() for one in view.findChildren(QLineEdit, name) if one.isVisible()]


def _programme(window: MainWindow) -> None:
    window.show_view("programmes")
    window.commands.run("programme.new")


def _permanence(window: MainWindow) -> None:
    window.show_view("permanences")
    window.commands.run("permanences.new")


def _session(window: MainWindow) -> None:
    window.show_view("workshops", module_id=None)


def _module(window: MainWindow) -> None:
    window.show_view("workshop_modules")
    window.commands.run("modules.new")


def _structure(window: MainWindow) -> None:
    window.show_view("settings", page="structure")


def _entries(key: str, window: MainWindow) -> None:
    window.show_view("settings", page=key)
    view = window.stack.view("settings")
    assert isinstance(view, SettingsView)
    page = view.page(key)
    assert isinstance(page, EntriesPage)
    page.rows[0].activated.emit()


def _rule(window: MainWindow) -> None:
    window.show_view("settings", page="sites")
    view = window.stack.view("settings")
    assert isinstance(view, SettingsView)
    page = view.page("sites")
    assert isinstance(page, SitesPage)
    page.permanences.new()


@pytest.mark.parametrize(
    ("go", "field"),
    [
        (_programme, "programme.name"),
        (_permanence, "outreach_day.host"),
        (_session, "workshop.title"),
        (_module, "module.title"),
        (_rule, "session-ends_on"),
        (_structure, "structure.legal_name"),
        (partial(_entries, "sites"), "site.name"),
        (partial(_entries, "counsellors"), "counsellor.last_name"),
    ],
    ids=["programme", "permanence", "séance", "module", "rythme", "structure", "lieu", "conseiller"],
)
def test_what_was_typed_is_found_again_and_gone_once_saved_or_given_up(
    qtbot: QtBot, opened: MainWindow, workspace: Workspace, go: Place, field: str
) -> None:
    workspace.write("Modules", modules.add_usual)
    go(opened)
    view = opened.stack.current_view()
    assert view is not None
    before = _texts(opened, field)
    _type(qtbot, view, field, "Saisi sans finir")
    _cut(opened)
    _take_up(opened)
    assert _texts(opened, field) == ["Saisi sans finir"]
    assert "a été retrouvée" in opened.notices.text()
    (kept,) = workspace.read(drafts.pending)
    assert kept.summary
    again = next(one for one in opened.notices.findChildren(Button) if one.label() == "Repartir de zéro")
    again.click()
    assert _texts(opened, field) == before
    assert workspace.read(drafts.pending) == ()


def test_lists_and_hours_come_back_with_the_words(qtbot: QtBot, opened: MainWindow, workspace: Workspace) -> None:
    workspace.write("Modules", modules.add_usual)
    _session(opened)
    view = opened.stack.view("workshops")
    assert isinstance(view, WorkshopsView)
    view.form.module.setCurrentIndex(3)
    view.form.module.activated.emit(3)
    chosen = view.form.module.read()
    view.form.half_days.add()
    _type(qtbot, view, "half-day-1-start", "15:30")
    typed = view.form.half_days.typed()
    assert len(typed) == 2
    _cut(opened)
    _take_up(opened)
    again = opened.stack.view("workshops")
    assert isinstance(again, WorkshopsView)
    assert again.form.module.read() == chosen
    assert again.form.half_days.typed() == typed
    again.save()
    assert workspace.read(drafts.pending) == ()


def test_a_meeting_begun_on_a_sheet_is_taken_up_with_its_partner(
    qtbot: QtBot, opened: MainWindow, workspace: Workspace
) -> None:
    partner = add_partner(workspace, "Adie du Ternois", "ADIE")
    opened.show_view("partner", partner_id=partner)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClicks(QApplication.focusWidget(), "Point trimestriel")
    _cut(opened)
    _take_up(opened)
    view = opened.stack.view("meetings")
    assert isinstance(view, MeetingsView)
    assert view.name.text() == "Adie du Ternois"
    assert view.form.form.draft()["partner_meeting.topic"] == "Point trimestriel"
    view.form.save()
    assert workspace.read(drafts.pending) == ()


def test_a_territory_half_drawn_is_found_again(qtbot: QtBot, opened: MainWindow, workspace: Workspace) -> None:
    def page() -> TerritoriesPage:
        view = opened.stack.view("settings")
        assert isinstance(view, SettingsView)
        made = view.page("territories")
        assert isinstance(made, TerritoriesPage)
        return made

    opened.show_view("settings", page="territories")
    page().new_button.click()
    qtbot.keyClicks(page().name, "Pays du Ternois")
    commune = territories.territory(workspace.reference, TerritoryLevel.COMMUNE, "62361")
    page().parts.add(commune)
    _cut(opened)
    _take_up(opened)
    assert page().name.text() == "Pays du Ternois"
    assert page().parts.areas() == (commune.area,)
    page().save()
    assert [one.name for one in workspace.read(own_territories.listing)] == ["Pays du Ternois"]
    assert workspace.read(drafts.pending) == ()


def test_closing_a_form_of_the_settings_keeps_what_was_typed_in_it(
    qtbot: QtBot, opened: MainWindow, workspace: Workspace
) -> None:
    _entries("sites", opened)
    view = opened.stack.current_view()
    assert view is not None
    _type(qtbot, view, "site.name", "Salle communale")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert opened.notices.text() == "Saisie non enregistrée, gardée en brouillon."
    _press(opened, "Reprendre")
    assert _texts(opened, "site.name") == ["Salle communale"]
    view.go_back()
    _press(opened, "Effacer le brouillon")
    assert workspace.read(drafts.pending) == ()
    assert "Salle communale" not in {line.name for line in workspace.read(settings.sites)}


def test_locking_keeps_what_was_typed_a_moment_ago(qtbot: QtBot, opened: MainWindow, workspace: Workspace) -> None:
    _structure(opened)
    view = opened.stack.current_view()
    assert view is not None
    _type(qtbot, view, "structure.legal_name", "Association du Ternois")
    assert workspace.read(drafts.pending) == ()
    assert opened.settle()
    (kept,) = workspace.read(drafts.pending)
    assert kept.form == "structure"
    assert isinstance(kept.id, uuid.UUID)


def _press(window: MainWindow, words: str) -> None:
    QApplication.processEvents()
    next(one for one in window.notices.findChildren(Button) if one.label() == words and one.isVisible()).click()
