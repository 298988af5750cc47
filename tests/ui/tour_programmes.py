"""The screens of Activité that answer to funders, and how to go there: for the tour of every screen."""

from collections.abc import Callable
from functools import partial

from boutique.services import programmes
from boutique.services.workspace import Workspace
from boutique.ui.main_window import MainWindow
from boutique.ui.views.programmes import ProgrammesView


def screens(window: MainWindow, workspace: Workspace) -> dict[str, Callable[[], None]]:
    """Each screen by its name."""
    places = next(line.id for line in workspace.read(programmes.listing) if line.places is not None)

    show_one = partial(window.show_view, "programmes", programme_id=places)

    def open_programme() -> ProgrammesView:
        show_one()
        view = window.stack.current_view()
        assert isinstance(view, ProgrammesView)
        return view

    def change_programme() -> None:
        open_programme().sheet.edit.click()

    def add_lines() -> None:
        view = open_programme()
        view.form.go_back()
        view.objectives.new()
        view.shares.new()

    return {
        "programmes": partial(window.show_view, "programmes", programme_id=None),
        "programmes, one": show_one,
        "programmes, one being changed": change_programme,
        "programmes, lines being added": add_lines,
    }
