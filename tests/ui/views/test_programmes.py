"""Programmes in the window: an agreement written, its targets and money, the files charged, its end on Aujourd’hui."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from boutique.core import french
from boutique.core.clock import today
from boutique.models.programme_choices import ProgrammeKind
from boutique.services import objectives, programmes
from boutique.ui.desk import Desk
from boutique.ui.main_window import MainWindow
from boutique.ui.views.programmes import ProgrammesView
from boutique.ui.views.today import TodayView
from tests.services.filling import open_file
from tests.services.test_programmes import interview, programme
from tests.ui.screens import Screens

DAY = timedelta(1)


def _itself(view: ProgrammesView) -> ProgrammesView:
    return view


@pytest.fixture
def screens(window: MainWindow) -> Screens:
    return Screens(window, "files", "file", "participants", "intake", "calls", "activity")


@pytest.fixture
def view(window: MainWindow, desk: Desk, screens: Screens) -> ProgrammesView:
    shown = ProgrammesView(desk)
    window.register("programmes", partial(_itself, shown))
    window.show()
    window.start("programmes")
    return shown


def write(view: ProgrammesView, **answers: Any) -> None:
    for key, value in answers.items():
        view.form.form.write(f"programme.{key}", value)


def test_an_agreement_is_written_and_says_what_is_wrong_beside_the_field(view: ProgrammesView) -> None:
    view.empty.acted.emit()
    write(view, name="RH+ Ternois", kind=ProgrammeKind.HUMAN_RESOURCES, starts_on=today(), ends_on=today() - DAY)
    view.form.save()
    assert view.form.is_open()
    write(view, ends_on=today() + 20 * DAY, places=10, places_elsewhere=9)
    view.form.save()
    assert not view.form.is_open()
    assert view.sheet.name.text() == "RH+ Ternois"
    assert view.sheet.state.text() == "se termine dans 20 jours"
    assert view.sheet.places.text() == "9 places prises sur 10 : il en reste 1."
    assert view.sheet.delete.isVisible()


def test_targets_and_money_are_added_in_place(view: ProgrammesView, desk: Desk) -> None:
    made = programme(desk.workspace)
    view.enter(programme_id=made)
    case = open_file(desk.workspace).case_id
    desk.workspace.write("Rattacher", programmes.charge, case, made)
    interview(desk.workspace, case)
    view.objectives.new()
    view.objectives.save_button.click()
    assert "Choisissez" in view.objectives.trouble.text()
    view.objectives.figure.write("interviews")
    view.objectives.number.setText("4")
    view.objectives.save_button.click()
    (row,) = view.objectives.rows
    assert row.title.text() == "Entretiens"
    assert "1 sur 4 · 25\u00a0%" in row.subtitle.text()
    view.shares.new()
    view.shares.form.write("co_financing.financer", "Région")
    view.shares.form.write("co_financing.amount_eur", 1000)
    view.shares.form.write("co_financing.common_law", True)
    view.shares.save_button.click()
    assert "dont droit commun : 100\u00a0%" in view.sheet.money.text()
    assert desk.workspace.read(objectives.targets, today().year) == {}


def test_its_files_are_one_press_away_and_what_served_is_archived(
    view: ProgrammesView, desk: Desk, screens: Screens
) -> None:
    made = programme(desk.workspace)
    case = open_file(desk.workspace).case_id
    desk.workspace.write("Rattacher", programmes.charge, case, made)
    view.enter(programme_id=made)
    assert not view.sheet.delete.isVisible()
    view.sheet.archive.click()
    assert view.sheet.state.text() == f"archivé le {french.show_date(today())}"
    view.sheet.archive.click()
    view.sheet.people.click()
    assert screens.entered["participants"] == [{"programme_id": made}]
    view._desk.shell.show_view("programmes")
    view.sheet.files.click()
    assert screens.entered["files"] == [{"cases": (case,), "label": "FSE+ amorçage"}]


def test_leaving_what_is_typed_loses_nothing(view: ProgrammesView, window: MainWindow) -> None:
    view.new()
    write(view, name="Région")
    assert view.leave()
    assert "non enregistré" in window.notices.text()
    assert view.go_back()
    assert not view.form.is_open()
    view.new()
    assert view.form.form.draft()["programme.name"] == "Région"


def test_an_agreement_that_ends_is_told_on_the_first_page(view: ProgrammesView, window: MainWindow, desk: Desk) -> None:
    made = programme(desk.workspace, "Contrat de ville", ends_on=today() + 12 * DAY)
    today_page = TodayView(desk)
    window.register("today", partial(_page, today_page))
    window.show_view("today")
    assert today_page.after.ending.isVisible()
    today_page.after._show_programme(made)
    assert view.sheet.name.text() == "Contrat de ville"


def _page(view: TodayView) -> TodayView:
    return view
