"""Ateliers worked with keys and clicks: enrol, note who came, plan, cancel, catalogue, balance."""

import uuid
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from boutique.models.workshop import Enrolment
from boutique.models.workshop_choices import WorkshopState
from boutique.services.workshops import modules, sheets
from boutique.services.workshops.sheets import SessionQuery, When
from boutique.services.workspace import Workspace
from boutique.ui.main_window import MainWindow
from boutique.ui.views.workshops import BalanceView, ModulesView, WorkshopsView
from boutique.ui.widgets.badge import Badge
from tests.scripted import ScriptedAsk
from tests.services.filling import on
from tests.services.workshops import add_module, add_session, enrol, sheet, who
from tests.ui.screens import Screens
from tests.ui.sight import cut
from tests.ui.views.workshops.conftest import TODAY, TOMORROW

KEY = Qt.Key


def presence(workspace: Workspace, session: uuid.UUID) -> dict[str, list[bool | None]]:
    """By name, what is known of each half-day."""
    shown = sheet(workspace, session)
    ids = [half.id for half in shown.half_days]
    return {one.name: [one.presence.get(half) if half else None for half in ids] for one in shown.people}


def press(qtbot: QtBot, view: QWidget, name: str) -> None:
    (button,) = view.findChildren(QWidget, name)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_presence_is_noted_with_the_keyboard_alone(
    view: WorkshopsView, session: uuid.UUID, workspace: Workspace, qtbot: QtBot
) -> None:
    table = view.panel.people.table
    view.panel.take_focus()
    for letter in "pap":  # by name: Amina, Léo, Zoé
        qtbot.keyClicks(table, letter)
    assert presence(workspace, session) == {
        "Amina Autre": [True, None], "Léo Deux": [False, None], "Zoé Martin": [True, None],
    }  # fmt: skip
    qtbot.keyClick(table, KEY.Key_Right)
    qtbot.keyClick(table, KEY.Key_Space)
    qtbot.keyClick(table, KEY.Key_Space)
    assert presence(workspace, session)["Zoé Martin"] == [True, False]
    qtbot.keyClick(table, KEY.Key_Backspace)
    assert presence(workspace, session)["Zoé Martin"] == [True, None]
    press(qtbot, view, "workshop-all-present")  # of the half-day under the cursor
    assert [marks[1] for marks in presence(workspace, session).values()] == [True, True, True]
    assert sheet(workspace, session).state is WorkshopState.HELD
    assert view.window().focusWidget() is view.panel.people.everybody


def test_somebody_is_taken_out_and_comes_back(
    view: WorkshopsView, session: uuid.UUID, workspace: Workspace, qtbot: QtBot
) -> None:
    view.panel.take_focus()
    qtbot.keyClick(view.panel.people.table, KEY.Key_Delete)
    assert "Amina Autre" not in who(workspace, session)
    view.desk.undo()
    assert "Amina Autre" in who(workspace, session)
    assert view.panel.people.table.lines.rowCount() == 3


def test_a_name_that_no_file_has_opens_the_form_with_it(
    view: WorkshopsView, session: uuid.UUID, workspace: Workspace, qtbot: QtBot
) -> None:
    people = view.panel.people
    people.pick.insert("Inès Nouvelle")
    qtbot.keyClick(people.pick, KEY.Key_Return)
    assert people.name.form.answers()["enrolment.last_name"] == "Nouvelle"
    people.name.form.write("enrolment.phone", "12")
    view.save()
    assert people.name.form.field("enrolment.phone").error()
    people.name.form.write("enrolment.phone", "06 11 22 33 44")
    view.save()
    assert who(workspace, session)["Inès Nouvelle"].phone == "06 11 22 33 44"
    assert people.name.isHidden()
    assert view.window().focusWidget() is people.pick


def test_the_same_person_twice_is_said_beside_the_field(
    view: WorkshopsView, session: uuid.UUID, workspace: Workspace, qtbot: QtBot
) -> None:
    people = view.panel.people
    qtbot.keyClicks(people.pick, "martin")
    people.pick.settle()
    qtbot.keyClick(people.pick, KEY.Key_Return)
    assert "déjà inscrit·e" in people.error.text()
    assert people.error.isVisible()
    assert len(who(workspace, session)) == 3


def test_people_without_a_name_are_counted_corrected_and_removed(
    view: WorkshopsView, session: uuid.UUID, workspace: Workspace, qtbot: QtBot
) -> None:
    people = view.panel.people
    press(qtbot, view, "workshop-by-heads")
    people.heads.form.write("anonymous_heads.heads", "3")
    press(qtbot, view, "heads-save")
    assert sheet(workspace, session).numbers.heads_came == 3
    people.heads_opened.emit(sheet(workspace, session).heads[0].id)
    people.heads.form.write("anonymous_heads.came", "2")
    view.save()
    assert [(line.heads, line.came) for line in sheet(workspace, session).heads] == [(3, 2)]
    people.heads_removed.emit(sheet(workspace, session).heads[0].id)
    assert sheet(workspace, session).heads == ()


def test_from_an_attendee_to_their_file_in_one_press(
    view: WorkshopsView, session: uuid.UUID, screens: Screens, workspace: Workspace, qtbot: QtBot
) -> None:
    view.panel.take_focus()
    qtbot.keyClick(view.panel.people.table, KEY.Key_Return)
    assert screens.entered["intake"] == [{"enrolment_id": who(workspace, session)["Amina Autre"].id}]
    view.desk.shell.show_view("workshops", workshop_id=session)
    view.panel.take_focus()
    qtbot.keyClick(view.panel.people.table, KEY.Key_End, Qt.KeyboardModifier.ControlModifier)
    press(qtbot, view, "attendee-file")
    assert screens.entered["file"] == [{"case_id": who(workspace, session)["Zoé Martin"].case_id}]


def test_a_session_is_planned_from_its_module(
    view: WorkshopsView, workspace: Workspace, window: MainWindow, qtbot: QtBot
) -> None:
    module = add_module(workspace, "Choisir son statut", capacity=9, minutes=120)
    view.new()
    form = view.form
    assert view.window().focusWidget() is form.module
    form.save()
    assert "Choisissez le module" in form.fields["module"].error()
    form.module.write(module)
    assert form.form.answers()["workshop.title"] == "Choisir son statut"
    assert [line.typed()[:3] for line in form.half_days.lines] == [("24/11/2026", "09:00", "11:00")]
    form.half_days.lines[0].day.write("03/12/2026")
    press(qtbot, view, "half-day-add")
    assert form.half_days.lines[1].typed()[:3] == ("03/12/2026", "14:00", "16:00")
    form.half_days.lines[1].end.setText("25h")
    form.save()
    assert form.half_days.lines[1].fields["end"].error()
    form.half_days.lines[1].end.setText("16:30")
    form.save()
    line = next(one for one in workspace.read(sheets.listing).rows if one.module == "Choisir son statut")
    assert (line.title, line.capacity, line.when) == ("Choisir son statut", 9, "jeu. 3 déc. 09:00 – 11:00 + 1")
    assert view.panel.workshop_id == line.id


def test_a_form_put_away_is_offered_again(view: WorkshopsView, qtbot: QtBot) -> None:
    view.new()
    view.form.form.write("workshop.title", "Un titre")
    assert view.go_back()
    assert view.panel.isVisible()
    notices = view.desk.shell.notices  # type: ignore[attr-defined]
    assert "non enregistrée" in notices.text()
    view._reopen()
    assert view.form.form.answers()["workshop.title"] == "Un titre"


def test_cancelling_asks_why_and_keeps_who_is_to_be_told(
    view: WorkshopsView, workspace: Workspace, qtbot: QtBot
) -> None:
    session = add_session(workspace, add_module(workspace, "Vendre"), TOMORROW)
    enrol(workspace, session, "Eva Quatre", phone="06 11 22 33 44")
    view.enter(workshop_id=session)
    view.panel.cancel()
    qtbot.keyClicks(view.panel.head.reason, "Salle prise")
    press(qtbot, view, "workshop-cancel")
    shown = sheet(workspace, session)
    assert (shown.state, shown.cancel_reason) == (WorkshopState.CANCELLED, "Salle prise")
    assert "1 personne à prévenir" in [badge.text() for badge in view.panel.head.findChildren(Badge)]
    assert view.panel.people.pick.isHidden()
    assert [action.text() for action in view.panel.menu().actions() if action.text()] == [
        "Remettre à prévue", "Exporter vers un agenda (.ics)…", "Supprimer la séance",
    ]  # fmt: skip


def test_synthesis_and_satisfaction_are_kept(view: WorkshopsView, session: uuid.UUID, workspace: Workspace) -> None:
    after = view.panel.after
    after.form.write("workshop.summary", "Dix prix calculés.")
    for editor, count in zip(after.marks, ("", "", "1", "4", "5"), strict=True):
        editor.setText(count)
    after.sent_button.click()
    found = sheet(workspace, session)
    assert (found.summary, found.summary_sent_on, found.ratings) == ("Dix prix calculés.", TODAY, (0, 0, 1, 4, 5))
    assert "4,4 sur 5" in after.told.text()
    after.marks[0].setText("beaucoup")
    after.save()
    assert after.trouble.isVisible()


def test_papers_and_calendar(
    view: WorkshopsView, session: uuid.UUID, workspace: Workspace, answers: ScriptedAsk, tmp_path: Path, qtbot: QtBot
) -> None:
    view.panel.take_focus()
    qtbot.keyClicks(view.panel.people.table, "p")
    answers.plan(tmp_path / "toutes", tmp_path / "seance")
    view.panel.print_certificates()
    assert (tmp_path / "toutes.pdf").read_bytes().startswith(b"%PDF")
    view.panel.export()
    told = (tmp_path / "seance.ics").read_text("utf-8")
    assert told.count("BEGIN:VEVENT") == 2
    assert "Zoé" not in told


def test_the_list_is_searched_and_turned_to_the_past(view: WorkshopsView, workspace: Workspace) -> None:
    add_session(workspace, add_module(workspace, "Vendre"), date(2026, 11, 2))
    view.refresh()
    assert view.table.lines.rowCount() == 1
    view.when.write(When.PAST)
    view.refresh()
    assert [view.table.lines.row(0).title] == ["Vendre"]  # type: ignore[union-attr]
    view.search.write("introuvable")
    assert not view.table.isVisible()
    assert view.go_back()
    assert view.table.isVisible()


@pytest.mark.parametrize("width", [1366, 960])
def test_the_list_and_the_session_share_the_room_there_is(view: WorkshopsView, window: MainWindow, width: int) -> None:
    window.resize(width, 540)
    QApplication.processEvents()
    view._opened(view.table.lines.row(0))  # type: ignore[arg-type]
    assert view.panel.isVisible()
    assert view.table.isVisible() is (width > 1000)
    view.go_back()
    assert view.table.isVisible()


def test_an_empty_catalogue_offers_the_usual_modules(
    show: MainWindow, workspace: Workspace, screens: Screens, qtbot: QtBot
) -> None:
    show.start("workshops")
    view = show.stack.view("workshops")
    assert isinstance(view, WorkshopsView)
    view.no_module.button.click()
    catalogue = show.stack.current_view()
    assert isinstance(catalogue, ModulesView)
    catalogue.empty.button.click()
    assert len(workspace.read(modules.catalogue)) == len(catalogue.rows) == 12
    view.desk.undo()
    assert workspace.read(modules.catalogue) == ()


def test_a_module_is_corrected_planned_and_archived(
    show: MainWindow, workspace: Workspace, screens: Screens, qtbot: QtBot
) -> None:
    module = add_module(workspace, "Vendre sur internet")
    show.start("workshop_modules")
    view = show.stack.view("workshop_modules")
    assert isinstance(view, ModulesView)
    view.rows[0].activated.emit()
    view.form.write("module.minimum", "40")
    view.save()
    assert "Le minimum dépasse les places" in view.form.field("module.minimum").error()
    view.form.write("module.minimum", "4")
    view.save()
    assert workspace.read(modules.catalogue)[0].minimum == 4
    view.rows[0].activated.emit()
    view.plan_button.click()
    sessions = show.stack.current_view()
    assert isinstance(sessions, WorkshopsView)
    assert sessions.form.module.read() == module
    show.show_view("workshop_modules")
    view.rows[0].activated.emit()
    view.archive_button.click()
    assert workspace.read(modules.catalogue) == ()
    assert view.empty.isVisible()


def test_the_balance_counts_a_person_once(
    show: MainWindow, workspace: Workspace, session: uuid.UUID, screens: Screens, qtbot: QtBot
) -> None:
    show.start("workshops")
    first = show.stack.view("workshops")
    assert isinstance(first, WorkshopsView)
    first.panel.take_focus()
    qtbot.keyClicks(first.panel.people.table, "pp")
    show.show_view("workshop_balance")
    view = show.stack.current_view()
    assert isinstance(view, BalanceView)
    assert "Tous les ateliers, 1, 6,0, 2, 0, 2, 0" in view.by_module.accessibleDescription()
    view.period.go_before()
    assert view.empty.isVisible()
    assert workspace.read(sheets.listing, SessionQuery(When.ALL)).total == 1


def test_names_kept_too_long_are_offered_for_erasure_on_the_balance(
    show: MainWindow, workspace: Workspace, session: uuid.UUID, screens: Screens, answers: ScriptedAsk
) -> None:
    show.start("workshop_balance")
    view = show.stack.view("workshop_balance")
    assert isinstance(view, BalanceView)
    assert view.forget.isHidden()
    with on(datetime(2027, 12, 1, 9).astimezone()):
        show.show_view("workshop_balance")
        assert "2 personnes sans dossier" in view.forget.words.text()
        show.resize(960, 540)
        assert cut(show) == []
        answers.plan(True)
        view.forget.erase.click()
        assert view.forget.isHidden()
        names = {one.name for one in sheet(workspace, session).people}
    assert "Zoé Martin" in names
    assert not {"Amina Autre", "Léo Deux"} & names
    assert len([name for name in names if name.startswith("Nom effacé")]) == 2


def test_sixty_people_and_the_longest_names(view: WorkshopsView, workspace: Workspace, qtbot: QtBot) -> None:
    crowd = add_session(workspace, add_module(workspace, "Salon", capacity=60), TODAY)
    with workspace.database.session() as base:
        base.add_all(
            Enrolment(workshop_id=crowd, first_name=f"P{rank:02d}", last_name="Vandenbroucke-" * 8)
            for rank in range(60)
        )
    view.enter(workshop_id=crowd)
    table = view.panel.people.table
    assert table.lines.rowCount() == 60
    assert table.height() < view.height()  # it scrolls inside, its head and the actions stay in reach
    view.panel.take_focus()
    for _ in range(60):
        qtbot.keyClicks(table, "p")
    assert sheet(workspace, crowd).numbers.came == 60
    shown = table.visualRect(table.currentIndex())
    assert table.viewport().rect().contains(shown.center())
