"""Participants FSE+ in the window: files enter, what is missing leads to where it is answered, export with a reason."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.models.trace import Access
from boutique.services import programmes
from boutique.ui.desk import Desk
from boutique.ui.main_window import MainWindow
from boutique.ui.views.participants import ParticipantsView
from tests.scripted import ScriptedAsk
from tests.services.filling import open_file
from tests.services.test_programmes import programme
from tests.ui.screens import Screens


def _itself(view: ParticipantsView) -> ParticipantsView:
    return view


@pytest.fixture
def made(desk: Desk) -> Any:
    """A FSE+ operation with two files charged to it."""
    operation = programme(desk.workspace)
    for first in ("Ana", "Bob"):
        case = open_file(desk.workspace, first).case_id
        desk.workspace.write("Rattacher", programmes.charge, case, operation)
    return operation


@pytest.fixture
def screens(window: MainWindow) -> Screens:
    return Screens(window, "file", "programmes")


@pytest.fixture
def view(window: MainWindow, desk: Desk, made: Any, screens: Screens) -> ParticipantsView:
    shown = ParticipantsView(desk)
    window.register("participants", partial(_itself, shown))
    window.show()
    window.start("participants")
    return shown


def test_files_enter_together_and_what_is_missing_leads_to_the_answers(
    view: ParticipantsView, screens: Screens
) -> None:
    assert view.enter_button.label() == "Faire entrer 2 dossiers"
    view.enter_button.click()
    assert view.enter_button.isHidden()
    assert view.complete.text() == "0 complet sur 2"
    view.table.setCurrentCell(0, 0)
    assert "À l’entrée : Naissance" in view.answers.missing.text()
    view.answers.form.write("participation.in_training", False)
    view.answers.save_button.click()
    assert "En formation" not in view.answers.missing.text()
    view.answers.file_button.click()
    assert screens.entered["file"][-1]["tab"] == "form"


def test_the_export_asks_why_and_notes_it_for_each_participant(
    view: ParticipantsView, desk: Desk, answers: ScriptedAsk, tmp_path: Path
) -> None:
    view.enter_button.click()
    answers.plan(None)
    view.export_button.click()
    answers.plan("Bilan annuel à la DREETS", tmp_path / "liste")
    view.export_button.click()
    assert (tmp_path / "liste.xlsx").stat().st_size > 0

    def noted(session: Session) -> list[str]:
        return list(session.scalars(select(Access.what).where(Access.verb == "export")))

    assert desk.workspace.read(noted) == ["Participants FSE+ : Bilan annuel à la DREETS"] * 2


def test_without_an_operation_the_page_says_where_to_begin(window: MainWindow, desk: Desk, screens: Screens) -> None:
    shown = ParticipantsView(desk)
    window.register("participants", partial(_itself, shown))
    window.show()
    window.start("participants")
    shown.empty.acted.emit()
    assert screens.entered["programmes"] == [{"programme_id": None}]
