"""Mois déclarés in the window: declared after its controls, the strip that asks why, unlocked with a reason."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import time_machine

from boutique.services import interviews, locked_months
from boutique.services.workspace import Workspace
from boutique.ui.desk import Desk
from boutique.ui.late_acts import LateActs
from boutique.ui.main_window import MainWindow
from boutique.ui.views.declared import DeclaredView
from boutique.ui.widgets.button import Button
from tests.scripted import ScriptedAsk
from tests.services.filling import open_file
from tests.ui.screens import Screens

MARCH = date(2027, 3, 1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(datetime(2027, 4, 3, 9).astimezone()):
        yield


@pytest.fixture
def view(window: MainWindow, desk: Desk) -> DeclaredView:
    made = DeclaredView(desk)
    window.register("declared", partial(_itself, made))
    Screens(window, "files", "file")
    window.show()
    window.start("declared")
    return made


def _itself(view: DeclaredView) -> DeclaredView:
    return view


def interview(desk: Desk, case: Any, on: date) -> None:
    typed = {**desk.workspace.read(interviews.blank, case), "interview.held_on": on}
    desk.write(f"Entretien du {on:%d/%m}", interviews.save, case, typed)


def press(window: MainWindow, words: str) -> None:
    next(button for button in window.notices.findChildren(Button) if button.label() == words).click()


def test_the_month_that_is_over_is_proposed_with_its_controls_and_frozen(
    view: DeclaredView, workspace: Workspace, answers: ScriptedAsk, tmp_path: Path
) -> None:
    assert view.month.state.text() == "contrôles au vert"
    assert view.month.declare_button.label() == "Déclarer mars 2027"
    view.month.declare_button.click()
    assert view.month.state.text() == "déclaré"
    assert not view.month.declare_button.isVisible()
    assert "rien n’a changé" in view.corrections.none.text()
    for entry, suffix in zip(view.month.formats_menu().actions(), (".xlsx", ".ods", ".zip"), strict=True):
        answers.plan(tmp_path / "mars")
        entry.trigger()
        assert (tmp_path / f"mars{suffix}").read_bytes() == workspace.read(locked_months.frozen, MARCH, None, suffix)


def test_a_late_act_is_told_at_once_with_its_reason_and_listed(
    view: DeclaredView, desk: Desk, window: MainWindow, answers: ScriptedAsk
) -> None:
    case = open_file(desk.workspace, passage_happened_on=date(2027, 2, 3)).case_id
    LateActs(desk, view)
    view.month.declare()
    interview(desk, case, date(2027, 3, 20))
    assert "Mars 2027 est déclaré" in window.notices.text()
    answers.plan("Compte-rendu retrouvé")
    press(window, "Dire pourquoi")
    titles = [row.title.text() for row in view.corrections.rows]
    assert titles[-1] == "Entretien du 20/03/2027 : ajout"
    assert "Compte-rendu retrouvé" in view.corrections.rows[-1].subtitle.text()
    interview(desk, case, date(2027, 4, 2))
    assert "est déclaré" not in window.notices.text()


def test_unlocking_asks_why_and_keeps_the_earlier_declaration_in_sight(
    view: DeclaredView, answers: ScriptedAsk
) -> None:
    view.month.declare()
    answers.plan(None)
    view.month.unlock_button.click()
    assert view.month.state.text() == "déclaré"
    answers.plan("Le financeur demande une version corrigée")
    view.month.unlock_button.click()
    assert view.month.declare_button.isVisible()
    assert "Le financeur demande une version corrigée" in view.month.before.text()


def test_a_month_that_is_not_over_says_when_it_may_be_declared(view: DeclaredView) -> None:
    view.rows[date(2027, 4, 1)].activated.emit()
    assert not view.month.declare_button.isVisible()
    assert "à partir du mois suivant" in view.month.about.text()
