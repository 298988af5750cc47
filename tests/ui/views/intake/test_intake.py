"""Accueil in the real window, on a real encrypted base: typing, drafts, duplicates, endings, by keyboard."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.models.case import Case, Passage
from boutique.models.person import Person
from boutique.models.project import Project
from boutique.models.referral import Need
from boutique.models.trace import Consent
from boutique.services import drafts, intakes
from boutique.services.workspace import Workspace
from boutique.ui.main_window import MainWindow
from boutique.ui.views.intake import IntakeView
from boutique.ui.views.intake.typed_text import answers_from
from boutique.ui.widgets.button import Button
from tests.ui.screens import Screens
from tests.ui.views.intake.hands import count, known, press, said, type_text


def test_two_names_and_ctrl_enter_make_a_file(
    open_intake: Callable[..., IntakeView], workspace: Workspace, screens: Screens
) -> None:
    open_intake()
    type_text("Eloise")
    press(Qt.Key.Key_Tab)
    type_text("Vandenbroucke")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert count(workspace, Case) == 1
    assert screens.entered["file"][0]["tab"] == "journey"
    assert workspace.read(drafts.pending) == ()


def test_missing_names_are_said_beside_them_and_nothing_is_saved(
    open_intake: Callable[..., IntakeView], workspace: Workspace
) -> None:
    view = open_intake()
    view.form.fields.write("holder.phone", "06 12")
    view.save()
    fields = view.form.fields
    assert fields.field("holder.first_name").error() == "« Prénom » est obligatoire."
    assert fields.field("holder.last_name").error() == "« Nom » est obligatoire."
    assert "n’existe pas" in fields.field("holder.phone").error()
    assert fields.editor("holder.first_name").hasFocus()
    assert count(workspace, Person) == 0


def test_everything_answered_arrives_in_the_base(
    open_intake: Callable[..., IntakeView], workspace: Workspace, screens: Screens
) -> None:
    view = open_intake(text="Éloïse Vandenbroucke")
    fields = view.form.fields
    fields.write("holder.commune_code", "62361")
    fields.write("holder.employment_status", "DE_INDEMNISE")
    fields.write("holder.allowances", ("ARE",))
    fields.write("project.summary", "Boulangerie bio & <b>itinérante</b>")
    fields.write("project.naf_code", "10.71C")
    view.form.needs_bar.chip("STATUT_CHOIX").click()
    view.form.notice_card.box.click()
    view.save()

    def ask(session: Session) -> tuple[Any, ...]:
        person, project = session.scalars(select(Person)).one(), session.scalars(select(Project)).one()
        visit, need = session.scalars(select(Passage)).one(), session.scalars(select(Need)).one()
        consent = session.scalars(select(Consent)).one()
        return (
            person.full_name, person.commune_code, person.allowances, project.summary, project.naf_code,
            visit.needs, need.subject_code, consent.text_version,
        )  # fmt: skip

    assert workspace.read(ask) == (
        "Éloïse Vandenbroucke", "62361", ("ARE",), "Boulangerie bio & <b>itinérante</b>", "10.71C",
        ("STATUT_CHOIX",), "STATUT_CHOIX", "1",
    )  # fmt: skip
    assert screens.entered["file"][0]["interview"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Éloïse Vandenbrouke", {"holder.first_name": "Éloïse", "holder.last_name": "Vandenbrouke"}),
        ("VANDENBROUCKE Éloïse", {"holder.first_name": "Éloïse", "holder.last_name": "VANDENBROUCKE"}),
        ("jean-marc de la fontaine", {"holder.first_name": "Jean-Marc", "holder.last_name": "de la Fontaine"}),
        ("vandenbrouke", {"holder.last_name": "Vandenbrouke"}),
        ("0612345678", {"holder.phone": "06 12 34 56 78"}),
        ("eloise@exemple.fr", {"holder.email": "eloise@exemple.fr"}),
        ("", {}),
        ("x" * 5000, {}),
    ],
)
def test_what_was_searched_arrives_in_place(text: str, expected: dict[str, str]) -> None:
    assert answers_from(text) == expected


def test_a_possible_duplicate_shows_while_typing_with_its_reason(
    open_intake: Callable[..., IntakeView], workspace: Workspace, qtbot: QtBot
) -> None:
    known(workspace, "Éloïse", "Vandenbroucke", phone="06 12 34 56 78", birth_date="12/03/1991")
    known(workspace, "Bruno", "Vandenbroucke", phone="06 12 34 56 78")
    view = open_intake()
    type_text("Eloise")
    press(Qt.Key.Key_Tab)
    type_text("Vandenbrouke")
    qtbot.waitUntil(view.duplicates.isVisible)
    assert view.duplicates.shown()[0].name == "Éloïse Vandenbroucke"
    assert view.duplicates.shown()[0].reasons[0] in said(view.duplicates)
    view.form.fields.write("holder.phone", "0612345678")
    qtbot.waitUntil(lambda: len(view.duplicates.shown()) == 2)
    assert "même foyer" in said(view.duplicates)


def test_the_visit_joins_the_known_file_on_one_button(
    open_intake: Callable[..., IntakeView], workspace: Workspace, screens: Screens, qtbot: QtBot
) -> None:
    saved = known(workspace, "Éloïse", "Vandenbroucke", phone="06 12 34 56 78")
    view = open_intake(text="0612345678")
    qtbot.waitUntil(view.duplicates.isVisible)
    join = view.duplicates.findChild(Button, f"join-{saved.reference}")
    assert isinstance(join, Button)
    join.click()
    assert count(workspace, Passage) == 2
    assert count(workspace, Person) == 1
    assert screens.entered["file"][0]["case_id"] == saved.case_id


def test_somebody_of_the_household_is_only_marked_as_seen(
    open_intake: Callable[..., IntakeView], workspace: Workspace, qtbot: QtBot
) -> None:
    saved = known(workspace, "Bruno", "Petit", phone="06 12 34 56 78")
    view = open_intake(text="Éloïse Vandenbroucke")
    view.form.fields.write("holder.phone", "0612345678")
    qtbot.waitUntil(view.duplicates.isVisible)
    assert view.duplicates.findChild(Button, f"join-{saved.reference}") is None
    seen = view.duplicates.findChild(Button, f"seen-{saved.reference}")
    assert isinstance(seen, Button)
    seen.click()
    assert not view.duplicates.isVisible()
    assert count(workspace, Passage) == 1


def test_looking_at_a_known_file_and_back_finds_the_visit_as_it_was(
    open_intake: Callable[..., IntakeView], workspace: Workspace, window: MainWindow, screens: Screens,
    qtbot: QtBot,
) -> None:  # fmt: skip
    saved = known(workspace, "Éloïse", "Vandenbroucke")
    view = open_intake(text="Éloïse Vandenbroucke")
    view.form.fields.write("project.summary", "Une boulangerie")
    qtbot.waitUntil(view.duplicates.isVisible)
    look = view.duplicates.findChild(Button, f"open-{saved.reference}")
    assert isinstance(look, Button)
    look.click()
    assert screens.entered["file"][0]["case_id"] == saved.case_id
    window.back()
    assert window.stack.current_name() == "intake"
    assert view.form.answers()["project.summary"] == "Une boulangerie"


def test_the_panel_says_what_the_answers_open(open_intake: Callable[..., IntakeView], qtbot: QtBot) -> None:
    view = open_intake()
    assert "suffisent pour voir les aides" in said(view.opens)
    view.form.fields.write("holder.employment_status", "DE_INDEMNISE")
    view.form.fields.write("holder.allowances", ("ARE",))
    view.form.fields.write("holder.commune_code", "62361")
    qtbot.waitUntil(lambda: "Maintien partiel de l’ARE" in said(view.opens))
    assert "Frévent" in said(view.opens)
    assert "Dossier complet à" in said(view.completeness)


def test_a_draft_is_kept_and_taken_up_again_word_for_word(
    open_intake: Callable[..., IntakeView], workspace: Workspace, window: MainWindow
) -> None:
    view = open_intake()
    type_text("Eloise")
    view.form.fields.write("holder.birth_date", "31/02")  # not a date yet
    view.form.fields.write("holder.commune_code", "Frév")  # not a commune yet
    view.form.needs_bar.chip("STATUT_CHOIX").click()
    view.autosave.flush()
    assert view.header.draft.isVisible()
    window.back()  # what Escape does
    (line,) = workspace.read(drafts.pending)
    assert line.summary == "Eloise"
    again = open_intake(draft_id=line.id)
    typed = again.form.draft()
    assert typed["holder.birth_date"] == "31/02"
    assert typed["holder.commune_code"] == "Frév"
    assert again.form.needs() == ("STATUT_CHOIX",)
    again.form.fields.write("holder.last_name", "Vandenbroucke")
    again.form.fields.write("holder.birth_date", "")
    again.form.fields.write("holder.commune_code", "")
    again.save()
    assert workspace.read(drafts.pending) == ()
    assert count(workspace, Case) == 1


def test_typing_without_a_pause_is_kept_too(open_intake: Callable[..., IntakeView], workspace: Workspace) -> None:
    view = open_intake()
    type_text("E")
    assert view.autosave._pause.interval() <= 2000
    assert view.autosave._longest.interval() <= 5000
    first = view.autosave._longest.remainingTime()
    type_text("loise")
    assert view.autosave._longest.remainingTime() <= first  # typing on does not put it off
    view.autosave._longest.timeout.emit()
    assert len(workspace.read(drafts.pending)) == 1


def test_nothing_typed_leaves_no_draft(
    open_intake: Callable[..., IntakeView], workspace: Workspace, window: MainWindow
) -> None:
    open_intake()
    window.back()
    assert workspace.read(drafts.pending) == ()


def test_escape_keeps_the_visit_and_offers_to_take_it_up(
    open_intake: Callable[..., IntakeView], workspace: Workspace, window: MainWindow
) -> None:
    view = open_intake()
    type_text("Eloise")
    press(Qt.Key.Key_Escape)
    assert window.stack.current_name() == "today"
    assert "Brouillon conservé" in said(window.notices)
    take_up = next(b for b in window.notices.findChildren(Button) if b.label() == "Reprendre")
    take_up.click()
    assert window.stack.current_view() is view
    assert view.form.answers()["holder.first_name"] == "Eloise"


def test_an_anonymous_visit_takes_one_key_and_keeps_no_name(
    open_intake: Callable[..., IntakeView], workspace: Workspace, window: MainWindow
) -> None:
    open_intake(text="Éloïse Vandenbroucke")
    press(Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    assert count(workspace, Passage) == 1
    assert count(workspace, Person) == 0
    assert window.stack.current_name() == "today"
    assert "Passage anonyme enregistré" in said(window.notices)
    assert workspace.read(drafts.pending) == ()
    assert open_intake().form.answers()["holder.first_name"] == ""
    undo = next(b for b in window.notices.findChildren(Button) if b.label() == "Annuler")
    undo.click()
    assert count(workspace, Passage) == 0


def test_an_anonymous_visit_becomes_a_file_without_losing_the_visit(
    open_intake: Callable[..., IntakeView], workspace: Workspace
) -> None:
    visit = workspace.write(
        "Passage anonyme",
        intakes.save_anonymous,
        {"passage.happened_on": date(2026, 11, 2), "holder.commune_code": "62361"},
        needs=("STATUT_CHOIX",),
    )
    view = open_intake(passage_id=visit)
    assert view.form.needs() == ("STATUT_CHOIX",)
    assert view.form.answers()["holder.commune_code"] == "62361"
    view.form.fields.write("holder.first_name", "Éloïse")
    view.form.fields.write("holder.last_name", "Vandenbroucke")
    view.save()
    assert count(workspace, Passage) == 1
    assert count(workspace, Case) == 1


def test_a_new_visit_after_a_saved_one_is_empty(open_intake: Callable[..., IntakeView], workspace: Workspace) -> None:
    view = open_intake(text="Éloïse Vandenbroucke")
    view.form.needs_bar.chip("STATUT_CHOIX").click()
    view.form.notice_card.box.click()
    view.save()
    again = open_intake()
    assert again.form.answers()["holder.last_name"] == ""
    assert again.form.needs() == ()
    assert not again.form.notice()
    assert not again.duplicates.isVisible()
