"""The agenda beside its grid: what is edited, concluded, imported and exported, and that nothing typed is lost."""

import uuid
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from sqlalchemy.orm import Session

from boutique.models.choices import AppointmentStatus, Conflict, InterviewMode, Rhythm
from boutique.models.structure import Counsellor
from boutique.services import interviews, outreach, schedule
from boutique.services.intakes import Saved
from boutique.services.workspace import Workspace
from boutique.ui.desk import Desk
from boutique.ui.main_window import MainWindow
from boutique.ui.views.agenda import AgendaView
from boutique.ui.views.settings import SettingsView
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.button import Button
from boutique.ui.widgets.label import Label
from tests.scripted import ScriptedAsk
from tests.ui.views.agenda.conftest import MONDAY, TODAY, Books, at, slots

YESTERDAY = TODAY - timedelta(1)


def open_one(view: AgendaView, appointment_id: uuid.UUID) -> None:
    view.enter()
    view.hours.opened.emit(appointment_id)


def conflicts(view: AgendaView) -> list[str]:
    return [badge.text() for badge in view.panel.conflicts.findChildren(Badge) if not badge.isHidden()]


def press(window: MainWindow, words: str) -> None:
    """A button of the notice strip."""
    next(button for button in window.notices.findChildren(Button) if button.text() == words).click()


def test_mine_everybody_and_this_place(view: AgendaView, workspace: Workspace, book: Books) -> None:
    def add(session: Session) -> uuid.UUID:
        row = Counsellor(first_name="Thomas", last_name="Delattre")
        session.add(row)
        return row.id

    thomas = workspace.write("Ajouter", add)
    mine, his, nowhere = book(9), book(10, counsellor_id=thomas), book(11, site_id=None)
    view.enter()

    def shown() -> set[uuid.UUID]:
        return {piece.item.id for piece in view.hours.drawn()}

    assert shown() == {mine, nowhere}
    view.bar.who.write("everybody")
    assert shown() == {mine, his, nowhere}
    view.bar.where.write("here")
    assert shown() == {mine, his}
    view.bar.who.write(thomas)
    assert shown() == {his}


def test_what_an_appointment_runs_into_is_said_while_typing_and_never_in_the_way(
    view: AgendaView, workspace: Workspace, book: Books
) -> None:
    book(9, title="Bilan")
    view.hours.wanted.emit(at(9, 30), 60)
    assert conflicts(view) == ["Chevauche 09:00 Bilan"]
    view.panel.hour.setText("10h")
    assert conflicts(view) == []
    view.panel.day.setText("25/12/2026")
    assert conflicts(view) == ["Jour férié : Noël"]
    view.panel.title.setText("Réveillon")
    view.panel.save()
    (slot,) = slots(workspace, date(2026, 12, 21))
    assert slot.conflicts == (Conflict.HOLIDAY,)
    view.bar.go(date(2026, 12, 25))
    assert view.troubles.text() == "1 rendez-vous à vérifier"
    assert view.board.heads.notes(4) == ["Férié : Noël"]


def test_errors_stand_beside_their_field_and_nothing_is_lost(view: AgendaView, workspace: Workspace) -> None:
    view.new()
    view.panel.hour.setText("midi")
    view.panel.day.setText("31/02/2026")
    view.panel.note.write("À préparer")
    view.panel.save()
    errors = {name: field.error() for name, field in view.panel.fields.items() if field.error()}
    assert set(errors) == {"file", "day", "hour"}
    assert "Il n’y a pas de 31" in errors["day"]
    assert view.panel.note.read() == "À préparer"
    assert slots(workspace) == ()
    view.panel.file.setText("Personne de ce nom")
    view.panel.title.setText("Point")
    view.panel.save()
    assert "Ce dossier n’est pas trouvé" in view.panel.fields["file"].error()


def test_an_hour_that_no_clock_shows_is_refused(view: AgendaView) -> None:
    view.hours.wanted.emit(at(9, day=date(2027, 3, 28)), 60)
    view.panel.title.setText("Nuit")
    view.panel.hour.setText("02:30")
    view.panel.save()
    assert "passe à l’heure d’été" in view.panel.fields["hour"].error()


def test_escape_keeps_an_unfinished_appointment_at_hand(view: AgendaView, window: MainWindow) -> None:
    view.new()
    view.panel.title.setText("Visite du local")
    assert view.go_back()
    assert not view.side_shown
    assert window.notices.text() == "Rendez-vous non enregistré."
    press(window, "Reprendre")
    assert view.panel.isVisible()
    assert view.panel.title.text() == "Visite du local"


def test_another_slot_chosen_while_typing_only_changes_the_hour(view: AgendaView) -> None:
    view.new()
    view.panel.title.setText("Visite")
    view.hours.wanted.emit(at(15, day=date(2026, 11, 27)), 30)
    assert (view.panel.title.text(), view.panel.day.text(), view.panel.hour.text()) == ("Visite", "27/11/2026", "15:00")


def test_come_offers_the_interview_already_filled(
    view: AgendaView, workspace: Workspace, saved: Saved, book: Books, window: MainWindow
) -> None:
    made = book(9, day=YESTERDAY, minutes=45, case_id=saved.case_id)
    open_one(view, made)
    view.panel.mode.write(InterviewMode.REMOTE)
    view.panel.save()
    open_one(view, made)
    view.panel.state_buttons[AppointmentStatus.DONE].click()
    assert slots(workspace)[0].status is AppointmentStatus.DONE
    assert view.panel.state.text() == "Tenu"
    start = workspace.read(interviews.blank, saved.case_id)
    assert start["interview.held_on"] == YESTERDAY
    assert (start["interview.minutes"], start["interview.mode"]) == (45, InterviewMode.REMOTE)
    press(window, "Noter l’entretien")
    assert view.property("screens")["file"][-1] == {"case_id": saved.case_id, "interview": True}


def test_an_interview_written_concludes_the_appointment_of_its_day(
    workspace: Workspace, saved: Saved, book: Books
) -> None:
    book(9, case_id=saved.case_id)
    later = book(17, case_id=saved.case_id)
    typed = workspace.read(interviews.blank, saved.case_id)
    workspace.write("Entretien", interviews.save, saved.case_id, typed)
    states = {slot.id: slot.status for slot in slots(workspace)}
    assert states.pop(later) is AppointmentStatus.PLANNED
    assert set(states.values()) == {AppointmentStatus.DONE}


def test_missed_cancelled_and_back_in_one_press_each(
    view: AgendaView, workspace: Workspace, book: Books, window: MainWindow
) -> None:
    open_one(view, book(9))
    for status, told in (
        (AppointmentStatus.MISSED, "Rendez-vous manqué"),
        (AppointmentStatus.CANCELLED, "Rendez-vous annulé"),
        (AppointmentStatus.PLANNED, "Rendez-vous remis à prévu"),
    ):
        view.panel.state_buttons[status].click()
        assert slots(workspace)[0].status is status
        assert window.notices.text() == told
    view.desk.undo()
    assert view.panel.state.text() == "Annulé"


def test_an_appointment_taken_back_while_open_closes_its_panel(view: AgendaView, book: Books) -> None:
    open_one(view, book(9))
    view.desk.undo()
    assert not view.side_shown


def test_past_ones_are_concluded_one_after_the_other(view: AgendaView, workspace: Workspace, book: Books) -> None:
    book(9, day=YESTERDAY, title="Un")
    book(10, day=YESTERDAY, title="Deux")
    view.enter(waiting=True)
    assert view.waiting_button.text() == "À conclure : 2"
    assert len(view.waiting.rows) == 2
    first = view.waiting.rows[0].findChildren(Button)
    assert first[0].accessibleName() == "Venu·e : Un, lun. 23 nov."
    first[1].click()
    assert len(view.waiting.rows) == 1
    view.waiting.rows[0].findChildren(Button)[0].click()
    assert view.waiting.about.text().startswith("Rien n’attend")
    assert view.waiting_button.isHidden()
    assert {slot.status for slot in slots(workspace)} == {AppointmentStatus.MISSED, AppointmentStatus.DONE}


def test_a_permanence_is_noted_edited_and_left_out_for_a_day(view: AgendaView, workspace: Workspace) -> None:
    view.show_sessions()
    form = view.permanences
    form.new_button.click()
    form.starts_on.setText("05/11/2026")
    form.opens_at.setText("9h")
    form.closes_at.setText("8h")
    form.save()
    assert "quart d’heure après" in form.trouble.text()
    form.closes_at.setText("12h30")
    view.save()
    assert not form.editing
    held = workspace.read(schedule.schedule, MONDAY, 7).sessions
    assert [(one.starts_at, one.ends_at) for one in held] == [
        (at(9, day=date(2026, 11, 26)), at(12, 30, date(2026, 11, 26)))
    ]
    menu = view.session_menu(held[0])
    assert menu is not None
    menu.actions()[1].trigger()
    assert workspace.read(schedule.schedule, MONDAY, 7).sessions == ()
    menu.actions()[0].trigger()
    assert form.form.isVisible()
    assert [chip.text() for chip in form.skipped.findChildren(Button)] == ["pas le 26/11/2026"]
    menu.deleteLater()
    form.rhythm.write(Rhythm.FORTNIGHTLY)
    form.save()
    (line,) = workspace.read(outreach.listing)
    assert line.about == "Un jeudi sur deux, de 09:00 à 12:30"
    form.rows[0].activated.emit()
    form.delete_button.click()
    assert workspace.read(outreach.listing) == ()
    view.desk.undo()
    assert len(workspace.read(outreach.listing)) == 1


def test_the_export_says_what_it_holds_and_writes_no_name_by_default(
    view: AgendaView, saved: Saved, book: Books, answers: ScriptedAsk, tmp_path: Path
) -> None:
    book(9, case_id=saved.case_id, title="Bilan de Zoé")
    view.enter()
    view.show_export()
    assert "Aucun nom" in view.exports.meaning.text()
    path = tmp_path / "sortie.ics"
    answers.plan(path)
    view.exports.save_button.click()
    assert answers.asked == ["Enregistrer l’agenda | rendez-vous-2026-11-23-2026-12-20.ics"]
    content = path.read_bytes()
    assert b"Zo" not in content
    assert b"Bilan" not in content
    calendar = icalendar.Calendar.from_ical(content)
    assert isinstance(calendar, icalendar.Calendar)
    assert len(calendar.events) == 1
    view.show_export()
    view.exports.naming.write("full")
    assert "noms en clair" in view.exports.meaning.text()


def test_an_export_of_nothing_writes_nothing(view: AgendaView, answers: ScriptedAsk, tmp_path: Path) -> None:
    view.show_export()
    answers.plan(tmp_path / "vide.ics")
    view.exports.save_button.click()
    assert "aucun rendez-vous à exporter" in view.exports.trouble.text()
    assert list(tmp_path.glob("*.ics")) == []


def drop(view: AgendaView, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(view.rect().center(), Qt.DropAction.CopyAction, data, buttons, keys)
    view.dragEnterEvent(enter)
    assert enter.isAccepted()
    view.dropEvent(QDropEvent(QPointF(view.rect().center()), Qt.DropAction.CopyAction, data, buttons, keys))


def ics(folder: Path, *lines: str) -> Path:
    path = folder / "agenda.ics"
    path.write_text("\r\n".join(("BEGIN:VCALENDAR", *lines, "END:VCALENDAR", "")), "utf-8")
    return path


def test_a_calendar_dropped_on_the_agenda_becomes_busy_time(
    view: AgendaView, workspace: Workspace, book: Books, tmp_path: Path, window: MainWindow
) -> None:
    book(9)
    event = ("BEGIN:VEVENT", "UID:1", "SUMMARY:Secret", "DTSTART:20261124T093000", "DURATION:PT1H", "END:VEVENT")
    drop(view, ics(tmp_path, *event, "BEGIN:VEVENT", "DTSTART:zut", "END:VEVENT"))
    assert "agenda.ics" in view.imports.file.text()
    view.imports.import_button.click()
    told = " | ".join(label.text() for label in view.imports.report.findChildren(Label))
    assert "2 événements lus" in told
    assert "1 plage occupée" in told
    assert "refusé : DTSTART est illisible" in told
    shown = workspace.read(schedule.schedule, MONDAY, 7)
    assert [one.source for one in shown.busy] == ["Agenda personnel"]
    assert shown.slots[0].conflicts == (Conflict.BUSY,)
    press(window, "Annuler")
    assert workspace.read(schedule.schedule, MONDAY, 7).busy == ()


@pytest.mark.parametrize("content", ["", "nom;prénom\nMartin;Zoé", "BEGIN:VEVENT\nEND:VEVENT"])
def test_a_file_that_is_no_calendar_is_said_and_changes_nothing(
    view: AgendaView, workspace: Workspace, tmp_path: Path, content: str
) -> None:
    path = tmp_path / "faux.ics"
    path.write_text(content, "utf-8")
    drop(view, path)
    view.imports.import_button.click()
    assert "n’est pas un agenda" in view.imports.trouble.text()
    assert view.imports.import_button.isEnabled()
    assert workspace.read(schedule.schedule, MONDAY, 7).busy == ()


def test_an_imported_calendar_is_taken_away(view: AgendaView, workspace: Workspace, tmp_path: Path) -> None:
    event = ("BEGIN:VEVENT", "UID:1", "DTSTART:20261124T093000", "DURATION:PT1H", "END:VEVENT")
    drop(view, ics(tmp_path, *event))
    view.imports.bring_in()
    drop_buttons = [one for one in view.imports.known.findChildren(Button) if "Retirer" in one.accessibleName()]
    drop_buttons[-1].click()
    assert workspace.read(schedule.schedule, MONDAY, 7).busy == ()


def test_what_is_dropped_and_is_not_one_file_is_left_to_others(view: AgendaView) -> None:
    data = QMimeData()
    data.setText("bonjour")
    enter = QDragEnterEvent(
        view.rect().center(), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    enter.ignore()
    view.dragEnterEvent(enter)
    assert not enter.isAccepted()


def test_the_head_of_a_day_shows_it_alone_and_back(view: AgendaView) -> None:
    QTest.mouseClick(view.board.heads, Qt.MouseButton.LeftButton, pos=view.board.heads.rect().center())
    assert (view.bar.days, view.bar.words.text()) == (1, "Jeudi 26 novembre 2026")
    QTest.mouseClick(view.board.heads, Qt.MouseButton.LeftButton, pos=view.board.heads.rect().center())
    assert (view.bar.days, view.bar.words.text()) == (7, "23 – 29 novembre 2026")


def test_the_period_is_said_over_months_and_years(view: AgendaView) -> None:
    told = []
    for day in (date(2026, 12, 2), date(2026, 12, 31)):
        view.bar.go(day)
        told.append(view.bar.words.text())
    assert told == ["30 novembre – 6 décembre 2026", "28 décembre 2026 – 3 janvier 2027"]


def test_keys_of_the_agenda_work_from_the_grid(view: AgendaView, book: Books, workspace: Workspace) -> None:
    book(9)
    view.enter()
    view.hours.setFocus()
    view.hours.go(TODAY, 9 * 60)
    QTest.keyClick(view.hours, Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)
    assert slots(workspace)[0].status is AppointmentStatus.MISSED
    QTest.keyClick(view.hours, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert view.bar.first == MONDAY + timedelta(7)
    QTest.keyClick(view.hours, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert view.panel.isVisible()


def test_the_settings_show_the_permanences_under_the_places(
    desk: Desk, window: MainWindow, workspace: Workspace, view: AgendaView
) -> None:
    window.register("settings", lambda: SettingsView(desk))
    window.show_view("settings", page="sites")
    page: Any = window.stack.view("settings").page("sites")  # type: ignore[attr-defined]
    page.permanences.new_button.click()
    assert page.is_dirty() is False
    page.permanences.ends_on.setText("24/12/2026")
    assert page.is_dirty()
    page.permanences.rhythm.setFocus()
    page.save()
    (line,) = workspace.read(outreach.listing)
    assert line.about.endswith("jusqu’au 24/12/2026")
    assert not page.is_dirty()
