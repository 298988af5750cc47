"""Interviews logged in the file, by the keyboard alone, and what they leave in the base."""

import uuid
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from boutique.models.case import Action, Appointment, Interview
from boutique.models.choices import InterviewMode, InterviewType
from boutique.models.trace import Draft
from boutique.services.workspace import Workspace
from boutique.ui.main_window import MainWindow
from boutique.ui.views.file.interviews_tab import InterviewsTab
from boutique.ui.views.file.view import FileView
from boutique.ui.widgets.label import Label
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


def test_an_interview_is_taken_up_again_without_its_texts(
    view: FileView, workspace: Workspace, find: Callable[[str], Any]
) -> None:
    view._new_interview()
    find("interview-form-type").write(InterviewType.DIAGNOSTIC_INTERVIEW)
    find("interview-form-mode").write(InterviewMode.REMOTE)
    find("interview-form-summary").setPlainText("Texte de la première fois")
    find("advanced-ACC2").click()
    view._save_interview()
    view.open_tab("interviews")
    find("interview-again").click()
    form = interviews_tab(view).form
    assert (form.kind.read(), form.mode.read()) == (InterviewType.DIAGNOSTIC_INTERVIEW, InterviewMode.REMOTE)
    assert form.steps.read() == ("ACC2",)
    assert (form.summary.read(), form.minutes.text(), form.interview_id) == ("", "105", None)
    view._save_interview()
    first, second = rows(workspace, Interview)
    assert (first.type, first.steps) == (second.type, second.steps)


def test_the_timer_counts_while_the_form_is_put_aside_and_fills_the_minutes(
    view: FileView, workspace: Workspace, find: Callable[[str], Any]
) -> None:
    start = datetime(2026, 11, 24, 9, 30).astimezone()
    with time_machine.travel(start, tick=False) as now:
        view._new_interview()
        form = interviews_tab(view).form
        usual = form.minutes.text()
        find("interview-timer").click()
        assert (form.minutes.text(), find("interview-timer").label()) == (usual, "Pause")
        now.shift(timedelta(minutes=10))
        view.go_back()
        assert "Le chronomètre continue" in view.window().notices.text()  # type: ignore[attr-defined]
        now.shift(timedelta(minutes=20))
        view._new_interview()
        assert form.timer.running
        find("interview-timer").click()
        assert (form.minutes.text(), find("interview-timer-elapsed").text()) == ("30", "30:00")
        now.shift(timedelta(minutes=15))
        find("interview-timer").click()
        now.shift(timedelta(minutes=12))
        view._save_interview()
        assert rows(workspace, Interview)[0].minutes == 42


def test_minutes_typed_by_hand_win_over_the_timer(view: FileView, find: Callable[[str], Any]) -> None:
    with time_machine.travel(datetime(2026, 11, 24, 9, 30).astimezone(), tick=False) as now:
        view._new_interview()
        find("interview-timer").click()
        now.shift(timedelta(minutes=10))
        find("interview-form-minutes").setFocus()
        find("interview-form-minutes").selectAll()
        typed("25")
        assert not interviews_tab(view).form.timer.running
        assert find("interview-form-minutes").text() == "25"


def test_a_timer_left_running_the_day_before_stops_where_it_was_last_seen(
    view: FileView, find: Callable[[str], Any]
) -> None:
    with time_machine.travel(datetime(2026, 11, 24, 17, 0).astimezone(), tick=False) as now:
        view._new_interview()
        form = interviews_tab(view).form
        find("interview-timer").click()
        now.shift(timedelta(minutes=9))
        form.autosave.touch()
        view.go_back()
        now.shift(timedelta(hours=16))
        view._new_interview()
        assert not form.timer.running
        assert form.timer.minutes() == 9


@pytest.mark.parametrize(
    ("name", "text", "subject"),
    [
        ("interview-form-decisions", "Il est malade", "santé"),
        ("interview-form-private", "Réfugié, titre de séjour en cours", "origine"),
        ("interview-form-summary", "Son numéro : 1 85 05 62 361 042 17", "NIR"),
        ("decided-label", "Joindre sa psychiatre", "santé"),
    ],
)
def test_every_text_of_the_interview_is_watched(
    view: FileView, find: Callable[[str], Any], name: str, text: str, subject: str
) -> None:
    view._new_interview()
    find(name).setFocus()
    typed(text)
    told = [one.text() for one in view.findChildren(Label, "reminder") if one.isVisibleTo(view)]
    assert any(subject in sentence for sentence in told)
