"""The screens of outdoor work, and how to go there: for the tour of every screen."""

from collections.abc import Callable
from functools import partial

from boutique.ui.main_window import MainWindow
from boutique.ui.views.permanences import PermanencesView


def screens(window: MainWindow) -> dict[str, Callable[[], None]]:
    """Each screen by its name."""

    def session() -> None:
        _permanences(window).rows.popitem()[1].activated.emit()

    def session_form() -> None:
        session()
        _permanences(window).panel.edit_button.click()

    return {
        "permanences": partial(window.show_view, "permanences"),
        "permanences, one": session,
        "permanences, form": session_form,
    }


def _permanences(window: MainWindow) -> PermanencesView:
    window.show_view("permanences")
    view = window.stack.current_view()
    assert isinstance(view, PermanencesView)
    return view
