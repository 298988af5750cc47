"""Aujourd’hui on a real base: what it shows, and where each press leads."""

import uuid
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import update
from sqlalchemy.orm import Session

from boutique.models.case import Appointment, Case
from boutique.models.choices import AppointmentStatus, Channel, ConsentMode, TerritoryLevel
from boutique.models.referral import Partner, PartnerTerritory, Referral, ReferralEvent
from boutique.services import drafts, intakes, referrals
from boutique.services.outside import Override
from boutique.services.workspace import Workspace
from boutique.ui.desk import Desk
from boutique.ui.main_window import MainWindow
from boutique.ui.view import View
from boutique.ui.views.today import TodayView
from boutique.ui.widgets.button import Button
from boutique.ui.widgets.list_row import ListRow

TODAY = date(2026, 11, 24)
ELOISE = {
    "passage.happened_on": TODAY,
    "passage.channel": Channel.WALK_IN,
    "holder.first_name": "Éloïse",
    "holder.last_name": "Vandenbroucke",
    "holder.commune_code": "62361",
    "project.summary": "Boulangerie bio itinérante",
}


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 24, 9, 30).astimezone()):
        yield


@pytest.fixture
def case_id(workspace: Workspace) -> uuid.UUID:
    return workspace.write("Accueil", intakes.save, ELOISE, needs=(), notice=True).case_id


class _Elsewhere(View):
    """Takes the place of the other views and keeps what it was asked to show."""

    def enter(self, **arguments: Any) -> None:
        self.asked = arguments


@pytest.fixture
def view(window: MainWindow, desk: Desk) -> TodayView:
    window.register("today", lambda: TodayView(desk))
    for name in ("file", "intake", "files", "partner", "agenda"):
        window.register(name, _Elsewhere)
    window.show()
    window.start("today")
    made = window.stack.view("today")
    assert isinstance(made, TodayView)
    return made


def _asked(window: MainWindow, name: str) -> dict[str, Any]:
    assert window.stack.current_name() == name
    shown = window.stack.view(name)
    assert isinstance(shown, _Elsewhere)
    return shown.asked


def _press(row: ListRow) -> None:
    row.findChildren(Button)[0].click()


def _texts(widget: Any) -> str:
    return " | ".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def _planned(session: Session, case_id: uuid.UUID, hour: int) -> None:
    at = datetime(2026, 11, 24, hour).astimezone()
    session.add(Appointment(case_id=case_id, starts_at=at, minutes=60, status=AppointmentStatus.PLANNED))


def _waiting_referral(session: Session, case_id: uuid.UUID, days: int) -> uuid.UUID:
    partner = Partner(
        name="Adie Arras", type_code="ADIE", territory_level=TerritoryLevel.NATIONAL, phone="+33321000000"
    )
    session.add(partner)
    session.flush()
    session.add(PartnerTerritory(partner_id=partner.id, level=TerritoryLevel.NATIONAL, code="FR"))
    session.flush()
    (made,) = referrals.refer(
        session, case_id, (partner.id,), consent=ConsentMode.ORAL, overrides={partner.id: Override("DEMANDE_PERSONNE")}
    )
    day = TODAY - timedelta(days)
    session.execute(update(Referral).where(Referral.id == made).values(made_on=day))
    session.execute(update(ReferralEvent).where(ReferralEvent.referral_id == made).values(happened_on=day))
    return made


def test_an_empty_base_explains_and_offers_the_first_visit(window: MainWindow, view: TodayView) -> None:
    assert view.empty.isVisible()
    assert not view.appointments.isVisible()
    view.empty.button.click()
    assert _asked(window, "intake") == {}


def test_the_title_says_the_day_and_greets(view: TodayView) -> None:
    assert view.heading.text() == "Mardi 24 novembre"
    assert view.sentence.text().startswith("Bonjour Nadia. ")


def test_an_appointment_opens_its_file(
    workspace: Workspace, case_id: uuid.UUID, window: MainWindow, view: TodayView, desk: Desk
) -> None:
    workspace.write("Rendez-vous", _planned, case_id, 14)
    desk.changed.emit()
    (row,) = view.appointments.rows()
    assert "14:00" in _texts(row)
    assert row.title.text() == "Éloïse Vandenbroucke"
    _press(row)
    assert _asked(window, "file") == {"case_id": case_id}


def test_an_unfinished_visit_is_taken_up_again(
    workspace: Workspace, window: MainWindow, desk: Desk, view: TodayView
) -> None:
    draft = workspace.write("Brouillon", drafts.keep, "intake", {"holder.first_name": "Inès"})
    desk.changed.emit()
    (row,) = view.unfinished.rows()
    assert row.title.text() == "Passage commencé aujourd’hui à 9 h 30"
    assert "Inès" in row.subtitle.text()
    _press(row)
    assert _asked(window, "intake") == {"draft_id": draft}


def test_an_unfinished_interview_opens_in_its_file(
    workspace: Workspace, case_id: uuid.UUID, window: MainWindow, desk: Desk, view: TodayView
) -> None:
    workspace.write("Brouillon", drafts.keep, "interview", {"interview.summary": "Devis"}, subject_id=case_id)
    desk.changed.emit()
    _press(view.unfinished.rows()[0])
    assert _asked(window, "file") == {"case_id": case_id, "tab": "interviews", "interview": True}


def test_an_unfinished_diagnosis_opens_in_its_file(
    workspace: Workspace, case_id: uuid.UUID, window: MainWindow, desk: Desk, view: TodayView
) -> None:
    workspace.write("Brouillon", drafts.keep, "diagnosis", {"levels": {"PER1": 3}}, subject_id=case_id)
    desk.changed.emit()
    assert "Diagnostic commencé" in view.unfinished.rows()[0].title.text()
    _press(view.unfinished.rows()[0])
    assert _asked(window, "file") == {"case_id": case_id, "tab": "diagnosis", "diagnosis": True}


def test_a_partner_sheet_and_a_file_left_unfinished_open_in_their_own_form(
    workspace: Workspace, case_id: uuid.UUID, window: MainWindow, desk: Desk, view: TodayView
) -> None:
    draft = workspace.write("Brouillon", drafts.keep, "partner", {"partner.name": "Adie"})
    desk.changed.emit()
    _press(view.unfinished.rows()[0])
    assert _asked(window, "partner") == {"partner_id": None, "draft_id": draft}
    workspace.write("Brouillon", drafts.drop, draft)
    workspace.write("Brouillon", drafts.keep, "file", {"holder.last_name": "V."}, subject_id=case_id)
    window.show_view("today")
    _press(view.unfinished.rows()[0])
    assert _asked(window, "file") == {"case_id": case_id, "tab": "form"}


def test_an_anonymous_visit_of_today_can_become_a_file(
    workspace: Workspace, window: MainWindow, desk: Desk, view: TodayView
) -> None:
    visit = {"passage.happened_on": TODAY, "passage.channel": Channel.PHONE}
    passage = workspace.write("Passage", intakes.save_anonymous, visit, needs=())
    desk.changed.emit()
    _press(view.unfinished.rows()[0])
    assert _asked(window, "intake") == {"passage_id": passage}


def test_files_without_news_lead_to_their_list(
    workspace: Workspace, case_id: uuid.UUID, window: MainWindow, desk: Desk, view: TodayView
) -> None:
    def forget(session: Session) -> None:
        session.execute(update(Case).values(last_contact_on=TODAY - timedelta(90)))

    workspace.write("Essai", forget)
    desk.changed.emit()
    (row,) = view.unfinished.rows()
    assert row.title.text() == "1 dossier sans nouvelles depuis 60 jours"
    _press(row)
    assert _asked(window, "files") == {"filter": "stale"}


def test_a_reminder_is_noted_and_can_be_undone(
    workspace: Workspace, case_id: uuid.UUID, window: MainWindow, desk: Desk, view: TodayView
) -> None:
    workspace.write("Orientation", _waiting_referral, case_id, 21)
    desk.changed.emit()
    (row,) = view.reminders.rows()
    assert "Adie Arras" in _texts(row)
    line = view._shown[0].reminders[0] if view._shown else None
    assert line is not None
    menu = view.reminders.menu(line)
    assert [entry.text() for entry in menu.actions()] == ["Par téléphone\t03 21 00 00 00", "Par e-mail"]
    menu.actions()[1].trigger()
    assert view.reminders.rows() == []
    notes = workspace.read(lambda session: [e.note for e in session.query(ReferralEvent).filter_by(reminder=True)])
    assert notes == ["relancé par e-mail"]
    desk.undo()
    assert len(view.reminders.rows()) == 1


def test_a_silent_partner_leads_to_the_referrals_of_the_file(
    workspace: Workspace, case_id: uuid.UUID, window: MainWindow, desk: Desk, view: TodayView
) -> None:
    workspace.write("Orientation", _waiting_referral, case_id, 45)
    desk.changed.emit()
    row = view.reminders.rows()[0]
    assert "45 jours" in row.accessibleName()
    row.activated.emit()
    assert _asked(window, "file") == {"case_id": case_id, "tab": "referrals"}


def test_many_reminders_wait_behind_a_press(
    workspace: Workspace, case_id: uuid.UUID, desk: Desk, view: TodayView
) -> None:
    for days in range(10, 20):
        workspace.write("Orientation", _waiting_referral, case_id, days)
    desk.changed.emit()
    assert len(view.reminders.rows()) == 6
    more = next(one for one in view.reminders.findChildren(Button) if "autres" in one.label())
    assert more.label() == "Voir les 4 autres"
    more.click()
    assert [row.isVisible() for row in view.reminders.rows()] == [True] * 10


def test_hundreds_of_reminders_are_made_thirty_at_a_time(
    workspace: Workspace, case_id: uuid.UUID, desk: Desk, view: TodayView
) -> None:
    for number in range(40):
        workspace.write("Orientation", _waiting_referral, case_id, 50 - number % 30)
    desk.changed.emit()
    for made, words in ((6, "Voir 30 autres, sur 34"), (36, "Voir les 4 autres")):
        assert len(view.reminders.rows()) == made
        more = [one for one in view.reminders.findChildren(Button) if one.isVisible() and "autres" in one.label()]
        assert [one.label() for one in more] == [words]
        more[0].click()
    assert len(view.reminders.rows()) == 40


def test_nothing_is_drawn_again_when_nothing_has_changed(case_id: uuid.UUID, desk: Desk, view: TodayView) -> None:
    shown = view.month.findChildren(QLabel)
    desk.changed.emit()
    assert view.month.findChildren(QLabel) == shown


def test_a_view_that_is_hidden_waits_to_be_shown_again(
    qtbot: QtBot, workspace: Workspace, case_id: uuid.UUID, window: MainWindow, desk: Desk, view: TodayView
) -> None:
    window.show_view("files")
    workspace.write("Rendez-vous", _planned, case_id, 16)
    desk.changed.emit()
    assert view.appointments.rows() == []
    window.show_view("today")
    assert len(view.appointments.rows()) == 1


def test_the_day_changes_while_the_window_stays_open(case_id: uuid.UUID, view: TodayView) -> None:
    with time_machine.travel(datetime(2026, 11, 25, 0, 1).astimezone()):
        view._look_at_clock()
    assert view.heading.text() == "Mercredi 25 novembre"


def test_what_is_typed_goes_to_the_search(window: MainWindow, view: TodayView) -> None:
    window.activateWindow()
    view.take_focus()
    assert window.focusWidget() is window.top.search.editor


def _book(workspace: Workspace, case_id: uuid.UUID, when: datetime) -> None:
    def add(session: Session) -> None:
        mine = workspace.counsellor_id
        session.add(Appointment(case_id=case_id, counsellor_id=mine, starts_at=when, minutes=60))

    workspace.write("Rendez-vous", add)


def test_past_appointments_without_a_word_are_to_be_concluded(
    window: MainWindow, workspace: Workspace, case_id: uuid.UUID, view: TodayView
) -> None:
    for day in (20, 23):
        _book(workspace, case_id, datetime(2026, 11, day, 9).astimezone())
    view.enter()
    row = view.appointments.rows()[0]
    assert row.title.text() == "À conclure : 2 rendez-vous passés sans suite"
    _press(row)
    assert _asked(window, "agenda") == {"waiting": True}


def test_the_appointments_of_tomorrow_are_told_and_shown(
    window: MainWindow, workspace: Workspace, case_id: uuid.UUID, view: TodayView
) -> None:
    _book(workspace, case_id, datetime(2026, 11, 25, 9, 15).astimezone())
    _book(workspace, case_id, datetime(2026, 11, 25, 14).astimezone())
    view.enter()
    row = view.appointments.rows()[-1]
    assert (row.title.text(), row.subtitle.text()) == ("Demain : 2 rendez-vous", "le premier à 09:15")
    _press(row)
    assert _asked(window, "agenda") == {"day": date(2026, 11, 25), "days": 1}
