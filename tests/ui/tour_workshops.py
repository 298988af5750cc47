"""The screens about workshops, for the tour of `test_accessibility`."""

from collections.abc import Callable
from functools import partial

from boutique.services.workshops import sheets
from boutique.services.workshops.sheets import SessionQuery, When
from boutique.services.workspace import Workspace
from boutique.ui.main_window import MainWindow
from boutique.ui.views.workshops import ModulesView, WorkshopsView


def screens(window: MainWindow, workspace: Workspace) -> dict[str, Callable[[], None]]:
    """Each screen by its name, and how to go there."""
    lines = workspace.read(sheets.listing, SessionQuery(When.ALL)).rows
    held = next(line.id for line in lines if line.numbers.came)
    full = next(line.id for line in lines if line.numbers.waiting)
    return {
        "workshops": partial(window.show_view, "workshops"),
        "workshops, held": partial(window.show_view, "workshops", workshop_id=held),
        "workshops, full": partial(window.show_view, "workshops", workshop_id=full),
        "workshops, new": partial(window.show_view, "workshops", module_id=None),
        "workshops, without a file": partial(_unfolded, window, full, "open_name"),
        "workshops, without a name": partial(_unfolded, window, full, "open_heads"),
        "workshops, cancelling": partial(_cancelling, window, full),
        "workshops, catalogue": partial(window.show_view, "workshop_modules"),
        "workshops, module": partial(_module, window),
        "workshops, balance": partial(window.show_view, "workshop_balance"),
    }


def _sessions(window: MainWindow, **arguments: object) -> WorkshopsView:
    window.show_view("workshops", **arguments)
    view = window.stack.current_view()
    assert isinstance(view, WorkshopsView)
    return view


def _unfolded(window: MainWindow, workshop_id: object, form: str) -> None:
    getattr(_sessions(window, workshop_id=workshop_id).panel.people, form)()


def _cancelling(window: MainWindow, workshop_id: object) -> None:
    _sessions(window, workshop_id=workshop_id).panel.cancel()


def _module(window: MainWindow) -> None:
    window.show_view("workshop_modules")
    view = window.stack.current_view()
    assert isinstance(view, ModulesView)
    view.rows[0].activated.emit()
