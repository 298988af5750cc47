"""Réglages: one page a tab. The pages are made at their first opening."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from boutique.ui.actions import Action
from boutique.ui.desk import Desk
from boutique.ui.view import View
from boutique.ui.views.settings.about import AboutPage
from boutique.ui.views.settings.counsellors import CounsellorsPage
from boutique.ui.views.settings.journey import JourneyPage
from boutique.ui.views.settings.look import LookPage
from boutique.ui.views.settings.page import Page
from boutique.ui.views.settings.protection import ProtectionPage
from boutique.ui.views.settings.reference import ReferencePage
from boutique.ui.views.settings.sites import SitesPage
from boutique.ui.views.settings.structure import StructurePage
from boutique.ui.views.settings.territories import TerritoriesPage
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.tabs import Tabs

_SECTION = "Réglages"
# To add a page: one line.
_PAGES: tuple[tuple[str, str, Callable[[Desk], Page]], ...] = (
    ("structure", "Structure", StructurePage),
    ("sites", "Lieux", SitesPage),
    ("counsellors", "Conseillers", CounsellorsPage),
    ("territories", "Territoires", TerritoriesPage),
    ("journey", "Parcours", JourneyPage),
    ("protection", "Protection", ProtectionPage),
    ("reference", "Données de référence", ReferencePage),
    ("look", "Apparence", LookPage),
    ("about", "À propos", AboutPage),
)


class SettingsView(View):
    """`enter(page="protection")` opens a page; with `draft`, the form that was left unfinished there."""

    title = "Réglages"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._pages: dict[str, Page] = {}
        self.tabs = Tabs([(key, title) for key, title, _ in _PAGES], accessible="Pages des réglages")
        body = QWidget()
        self._body = QStackedLayout(body)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(22, 14, 22, 0)
        whole.setSpacing(10)
        whole.addWidget(Label("Réglages", role="title"))
        whole.addWidget(self.tabs)
        whole.addWidget(body, 1)
        self.tabs.chosen.connect(self._chosen)
        desk.changed.connect(self._refresh)
        add = desk.shell.commands.add
        add(
            Action("settings.save", "Enregistrer les réglages", self._save, "check", "Ctrl+Return", section=_SECTION),
            self,
        )
        for key, title, _ in _PAGES:
            open_page = partial(self.tabs.open, key)
            add(Action(f"settings.{key}", f"Réglages : {title}", open_page, "settings", section=_SECTION), self)

    def enter(self, **arguments: Any) -> None:
        key = str(arguments.get("page", self.tabs.current()))
        self.tabs.open(key)
        self._show(key)
        if "draft" in arguments:
            self.page(key).take_up(arguments["draft"], arguments.get("form", ""))

    def leave(self) -> bool:
        """Never in the way of locking: what was typed waits in its page."""
        waiting = [title for key, title, _ in _PAGES if key in self._pages and self._pages[key].is_dirty()]
        if waiting:
            told = f"Réglages non enregistrés ({', '.join(waiting)}) : la saisie vous y attend."
            self.desk.shell.notify(told, "warning", [("Reprendre", self._come_back)])
        return True

    def go_back(self) -> bool:
        return self.page(self.tabs.current()).go_back()

    def take_focus(self) -> None:
        self.tabs.setFocus()

    def page(self, key: str) -> Page:
        """A page by its key, made at its first opening."""
        if key not in self._pages:
            made = next(kind for name, _, kind in _PAGES if name == key)(self.desk)
            self._pages[key] = made
            self._body.addWidget(made)
        return self._pages[key]

    def _chosen(self, key: str) -> None:
        self._show(key)

    def _show(self, key: str) -> None:
        page = self.page(key)
        self._body.setCurrentWidget(page)
        page.enter()

    def _come_back(self) -> None:
        self.desk.shell.show_view("settings")

    def _save(self) -> None:
        self.page(self.tabs.current()).save()

    def _refresh(self) -> None:
        if self.isVisible():
            self.page(self.tabs.current()).enter()
