"""The screens about territories, for the tour of `test_accessibility`."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QMenu

from boutique.models.choices import TerritoryLevel
from boutique.services.territories import Territory
from boutique.services.workspace import Workspace
from boutique.ui.main_window import MainWindow
from boutique.ui.views.activity_book import ActivityBookView
from boutique.ui.views.external_import import ExternalImportView
from boutique.ui.views.settings import SettingsView
from boutique.ui.views.settings.territories import TerritoriesPage

_LIST = (
    "Nom et prénom du dirigeant;Code INSEE;Une colonne dont personne ne sait à quoi elle sert ici;Secteur d’activité\n"
    f"Durand;62361;{'x' * 90};{'Artisanat du bâtiment et des travaux publics ' * 3}\n"
    "Petit;99999;y;Alimentation\n"
)


def screens(window: MainWindow, workspace: Workspace) -> dict[str, Callable[[], None]]:
    """Each screen by its name, and how to go there."""
    return {
        "settings, one territory": partial(_drawing, window, workspace),
        "coverage": partial(window.show_view, "coverage"),
        "observatory": partial(window.show_view, "observatory"),
        "activity, workbook": partial(window.show_view, "activity_book"),
        "activity, workbook narrowed": partial(_narrowed, window),
        "observatory, chart": partial(_turned, window, "chart"),
        "observatory, partners": partial(_turned, window, "partners"),
        "figures of a partner": partial(_external, window, workspace.folder.root.parent),
    }


def _narrowed(window: MainWindow) -> None:
    """By everything that there is to choose from, each time the last."""
    window.show_view("activity_book")
    view = window.stack.current_view()
    assert isinstance(view, ActivityBookView)
    for rank in range(len(view.scope.more_menu().actions())):
        menu = view.scope.more_menu().actions()[rank].menu()
        if isinstance(menu, QMenu):
            menu.actions()[-1].trigger()


def _turned(window: MainWindow, side: str) -> None:
    window.show_view("observatory", side=side)


def _external(window: MainWindow, lists: Path) -> None:
    path = lists / f"liste{'-de-la-chambre' * 8}.csv"
    path.write_text(_LIST, "utf-8")
    window.show_view("external_import", path=path)
    view = window.stack.current_view()
    assert isinstance(view, ExternalImportView)
    view.columns.fold(away=False)


def _drawing(window: MainWindow, workspace: Workspace) -> None:
    """A territory with more parts than there are chips."""
    window.show_view("settings", page="territories")
    view = window.stack.current_view()
    assert isinstance(view, SettingsView)
    page = view.page("territories")
    assert isinstance(page, TerritoriesPage)
    page.new()
    epci = workspace.reference.epcis("Ternois")[0]
    members = workspace.reference.communes_inside(epci=epci.siren)
    parts = (Territory(TerritoryLevel.COMMUNE, one.code, one.name) for one in members)
    page.parts.add(Territory(TerritoryLevel.EPCI, epci.siren, epci.name), *parts)
