"""The screens of every part of the application, gathered for the tour of `test_accessibility`."""

from collections.abc import Callable

from boutique.services.workspace import Workspace
from boutique.ui.main_window import MainWindow
from tests.ui import (
    tour_directory,
    tour_outreach,
    tour_programmes,
    tour_proposals,
    tour_territory,
    tour_workshops,
)


def screens(window: MainWindow, workspace: Workspace) -> dict[str, Callable[[], None]]:
    """Each screen by its name, and how to go there."""
    found: dict[str, Callable[[], None]] = dict(tour_outreach.screens(window))
    for tour in (tour_directory, tour_territory, tour_programmes, tour_workshops, tour_proposals):
        found |= tour.screens(window, workspace)
    return found
