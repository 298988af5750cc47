"""The screens about territories, for the tour of `test_accessibility`."""

from collections.abc import Callable
from functools import partial

from boutique.models.choices import TerritoryLevel
from boutique.services.territories import Territory
from boutique.services.workspace import Workspace
from boutique.ui.main_window import MainWindow
from boutique.ui.views.observatory import ObservatoryView
from boutique.ui.views.settings import SettingsView
from boutique.ui.views.settings.territories import TerritoriesPage


def screens(window: MainWindow, workspace: Workspace) -> dict[str, Callable[[], None]]:
    """Each screen by its name, and how to go there."""
    return {
        "settings, one territory": partial(_drawing, window, workspace),
        "coverage": partial(window.show_view, "coverage"),
        "observatory": partial(window.show_view, "observatory"),
        "observatory, chart": partial(_chart, window),
    }


def _chart(window: MainWindow) -> None:
    window.show_view("observatory")
    view = window.stack.current_view()
    assert isinstance(view, ObservatoryView)
    view.side.write("chart")
    view.side.changed.emit("chart")


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
