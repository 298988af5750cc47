"""The screens of outdoor work, and how to go there: for the tour of every screen."""

from collections.abc import Callable
from functools import partial

from boutique.ui.main_window import MainWindow
from boutique.ui.views.meetings import MeetingsView
from boutique.ui.views.partners import PartnersView
from boutique.ui.views.permanences import PermanencesView
from boutique.ui.views.visits import VisitsView


def screens(window: MainWindow) -> dict[str, Callable[[], None]]:
    """Each screen by its name."""

    def session() -> None:
        _permanences(window).rows.popitem()[1].activated.emit()

    def session_form() -> None:
        session()
        _permanences(window).panel.edit_button.click()

    def visit() -> None:
        _visits(window).table.go_first()

    def visit_form() -> None:
        visit()
        _visits(window).panel.edit_button.click()

    def visit_rate() -> None:
        view = _visits(window)
        view.form.set_clean()
        view.go_back()
        view.coverage_button.click()
        view.coverage.rows[0].activated.emit()

    def meeting() -> None:
        _meetings(window).rows[0].activated.emit()

    def meeting_partner() -> None:
        view = _meetings(window)
        view.form.set_clean()
        view.go_back()
        view.new()

    def meeting_on_sheet() -> None:
        window.show_view("partners")
        view = window.stack.current_view()
        assert isinstance(view, PartnersView)
        view.table.go_first()
        view.panel.meetings.new()

    return {
        "meetings, one": meeting,
        "meetings, with whom": meeting_partner,
        "meetings, on a sheet": meeting_on_sheet,
        "visits": visit,
        "visits, form": visit_form,
        "visits, rate": visit_rate,
        "permanences": partial(window.show_view, "permanences"),
        "permanences, one": session,
        "permanences, form": session_form,
    }


def _permanences(window: MainWindow) -> PermanencesView:
    window.show_view("permanences")
    view = window.stack.current_view()
    assert isinstance(view, PermanencesView)
    return view


def _visits(window: MainWindow) -> VisitsView:
    window.show_view("visits")
    view = window.stack.current_view()
    assert isinstance(view, VisitsView)
    return view


def _meetings(window: MainWindow) -> MeetingsView:
    window.show_view("meetings")
    view = window.stack.current_view()
    assert isinstance(view, MeetingsView)
    return view
