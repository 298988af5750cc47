"""The screens of Activité that answer to funders, and how to go there: for the tour of every screen."""

from collections.abc import Callable
from datetime import date
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.models.case import Interview
from boutique.services import declaring, locked_months, programmes
from boutique.services.workspace import Workspace
from boutique.ui.main_window import MainWindow
from boutique.ui.views.follow_lists import FollowListsView
from boutique.ui.views.own_figures import OwnFiguresView
from boutique.ui.views.participants import ParticipantsView
from boutique.ui.views.programmes import ProgrammesView
from tests.services.conftest import LAST_DAY


def _change(session: Session, month: date) -> None:
    """Interviews of a declared month are longer, one is gone."""
    held = list(session.scalars(select(Interview).where(Interview.held_on.between(month, month.replace(day=28)))))
    for row in held:
        row.minutes = (row.minutes or 0) + 5


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

    def choose_participant() -> None:
        window.show_view("participants")
        view = window.stack.current_view()
        assert isinstance(view, ParticipantsView)
        view.table.setCurrentCell(0, 0)

    def draw_list() -> None:
        window.show_view("follow_lists")
        view = window.stack.current_view()
        assert isinstance(view, FollowListsView)
        view.new()

    def draw_up() -> None:
        window.show_view("own_figures")
        view = window.stack.current_view()
        assert isinstance(view, OwnFiguresView)
        view.rows[-1].activated.emit()  # a share, with several answers

    month = date(LAST_DAY.year, LAST_DAY.month - 1, 1)

    def declare() -> None:
        if workspace.read(locked_months.in_force, month, None) is None:
            workspace.write("Mois déclaré", declaring.declare, month)
            workspace.write("Changement", _change, month)
        window.show_view("declared", month=month)

    def look_at_declared() -> None:
        declare()
        window.show_view("activity", month=month)

    return {
        "programmes": partial(window.show_view, "programmes", programme_id=None),
        "declared": partial(window.show_view, "declared"),
        "declared, with corrections": declare,
        "activity, a declared month": look_at_declared,
        "follow lists": partial(window.show_view, "follow_lists"),
        "follow lists, one": draw_list,
        "own figures": partial(window.show_view, "own_figures"),
        "own figures, one": draw_up,
        "participants": partial(window.show_view, "participants"),
        "participants, one": choose_participant,
        "programmes, one": show_one,
        "programmes, one being changed": change_programme,
        "programmes, lines being added": add_lines,
    }
