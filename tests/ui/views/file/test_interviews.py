"""Interviews logged in the file, by the keyboard alone, and what they leave in the base."""

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from boutique.models.case import Action, Appointment, Interview
from boutique.models.trace import Draft
from boutique.services.workspace import Workspace
from boutique.ui.main_window import MainWindow
from boutique.ui.views.file import FileView
from boutique.ui.views.file.interviews_tab import InterviewsTab
from tests.exports.reading import text_of
from tests.ui.views.file.conftest import typed

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


def rows(workspace: Workspace, model: Any) -> list[Any]:
    def ask(session: Any) -> list[Any]:
        found = list(session.scalars(select(model)))
        session.expunge_all()
        return found

    return workspace.read(ask)


def interviews_tab(view: FileView) -> InterviewsTab:
    page = view.page("interviews")
    assert isinstance(page, InterviewsTab)
    return page


def test_an_interview_is_logged_with_the_keyboard_alone(qtbot: QtBot, view: FileView, workspace: Workspace) -> None:
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_E, CTRL)
    typed("Le four est trouvé, le camion reste à financer.")
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Tab)
    typed("Elle demande trois devis.")
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Return, CTRL)

    (made,) = rows(workspace, Interview)
    assert made.summary == "Le four est trouvé, le camion reste à financer."
    assert made.decisions == "Elle demande trois devis."
    assert made.held_on == date(2026, 11, 24)
    assert made.minutes
    assert made.attended is True
    assert view.tabs.tabText(1) == "Entretiens · 1"
    assert not rows(workspace, Draft)


def test_actions_appointment_and_needs_are_saved_with_it(
    qtbot: QtBot, view: FileView, workspace: Workspace, find: Callable[[str], Any]
) -> None:
    view._new_interview()
    find("interview-form-summary").setPlainText("Point d’étape")
    find("decided-label").setText("Devis du véhicule")
    find("decided-due").setText("05/12/2026")
    find("decided-label").setFocus()
    qtbot.keyClick(find("decided-label"), KEY.Key_Return)
    find("decided-label").setText("Appeler la CMA")
    find("next-day").setText("3/12/2026")
    find("next-hour").setText("14h30")
    view._save_interview()

    actions = {row.label: row for row in rows(workspace, Action)}
    assert set(actions) == {"Devis du véhicule", "Appeler la CMA"}
    assert actions["Devis du véhicule"].due_on == date(2026, 12, 5)
    assert len({row.interview_id for row in actions.values()}) == 1
    (appointment,) = rows(workspace, Appointment)
    assert appointment.starts_at.astimezone().strftime("%d/%m %H:%M") == "03/12 14:30"
    assert view.header.meeting.text() == "jeu. 3 déc. 14:30"


def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(
    view: FileView, workspace: Workspace, find: Callable[[str], Any]
) -> None:
    view._new_interview()
    find("interview-form-summary").setPlainText("Texte à garder")
    find("interview-form-day").setText("31/02/2026")
    find("next-day").setText("01/01/2020")
    view._save_interview()

    form = interviews_tab(view).form
    assert "février" in form._fields["interview.held_on"].error()
    assert "passé" in form._fields["next"].error()
    assert form.summary.read() == "Texte à garder"
    assert rows(workspace, Interview) == []


def test_escape_keeps_a_draft_that_comes_back(qtbot: QtBot, view: FileView, workspace: Workspace) -> None:
    view._new_interview()
    typed("Commencé avant la coupure")
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Escape)
    assert not interviews_tab(view).is_writing
    (draft,) = rows(workspace, Draft)
    assert draft.answers["interview.summary"] == "Commencé avant la coupure"

    view._new_interview()
    assert interviews_tab(view).form.summary.read() == "Commencé avant la coupure"
    view._save_interview()
    assert rows(workspace, Draft) == []
    assert len(rows(workspace, Interview)) == 1


def test_the_duration_follows_the_type_until_it_is_typed(view: FileView, find: Callable[[str], Any]) -> None:
    view._new_interview()
    kind, minutes = find("interview-form-type"), find("interview-form-minutes")
    kind.setCurrentIndex(kind.currentIndex() + 1)
    followed = minutes.text()
    minutes.setText("25")
    kind.setCurrentIndex(kind.currentIndex() + 1)
    assert followed
    assert minutes.text() == "25"


def test_sensitive_words_are_remarked_and_never_block(
    view: FileView, workspace: Workspace, find: Callable[[str], Any]
) -> None:
    view._new_interview()
    find("interview-form-summary").setPlainText("Suite à sa dépression, elle reprend doucement.")
    assert "santé" in interviews_tab(view).form.reminder.text()
    view._save_interview()
    assert len(rows(workspace, Interview)) == 1


def test_a_deleted_interview_comes_back_with_undo(
    view: FileView, window: MainWindow, workspace: Workspace, find: Callable[[str], Any]
) -> None:
    view._new_interview()
    find("interview-form-summary").setPlainText("À reprendre")
    view._save_interview()
    view.open_tab("interviews")
    find("interview-delete").click()
    assert rows(workspace, Interview) == []
    view.desk.undo()
    assert rows(workspace, Interview)[0].summary == "À reprendre"


def test_the_private_note_shows_apart_and_never_in_the_report(
    view: FileView, case_id: uuid.UUID, find: Callable[[str], Any]
) -> None:
    view._new_interview()
    find("interview-form-summary").setPlainText("À partager")
    find("interview-form-private").setPlainText("Entre nous")
    view._save_interview()
    view.open_tab("interviews")
    find("interview-print").click()
    shown = view.documents.shown
    assert shown is not None
    assert shown.pages
    assert "Entre nous" not in text_of(shown.documents[0].content)
    assert "À partager" in text_of(shown.documents[0].content)
    shown.close()
