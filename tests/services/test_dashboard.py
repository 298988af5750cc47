"""Aujourd’hui: the day of a counsellor, in order and in French."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from boutique.core.clock import local
from boutique.models.case import Appointment, Case
from boutique.models.choices import AppointmentStatus, InterviewType, Phase, ReferralStatus
from boutique.models.person import Person
from boutique.models.project import Project, ProjectMember
from boutique.models.referral import Partner, Referral, ReferralEvent
from boutique.models.structure import Structure
from boutique.models.trace import Draft
from boutique.services import activity, dashboard
from boutique.services.workspace import Workspace
from tests.services.conftest import LAST_DAY
from tests.services.test_figures import add_person, meet

NINE = datetime(2026, 11, 24, 9, 0).astimezone()


def plan(session: Session, case_id: uuid.UUID | None, at: datetime = NINE, **values: object) -> None:
    session.add(Appointment(case_id=case_id, starts_at=at, minutes=60, **values))


def test_an_empty_day_says_so(workspace: Workspace) -> None:
    found = workspace.read(dashboard.today, LAST_DAY)
    assert (found.title, found.greeting) == ("Mardi 24 novembre", "Bonjour Nadia.")
    assert found.summary == "Rien d’urgent aujourd’hui."
    assert (found.appointments, found.reminders, found.drafts) == ((), (), ())
    assert (found.stale.count, found.stale.detail) == (0, "")
    assert [figure.value for figure in found.figures] == [0, 0, 0]
    assert found.figures[2].note == "— avec retour"


def test_appointments_come_in_order_with_what_they_are_about(workspace: Workspace) -> None:
    def story(session: Session) -> None:
        first = add_person(session, "2026-0001", last_name="Vandenbroucke", first_name="Éloïse")
        meet(session, first, date(2026, 11, 3))
        case, project = session.get(Case, first.case_id), session.get(Project, first.project_id)
        assert case is not None
        assert project is not None
        case.phase, project.summary = Phase.FINANCIAL_FORECAST, "Boulangerie bio itinérante"
        plan(session, first.case_id, NINE + timedelta(hours=5))
        second = add_person(session, "2026-0002", last_name="Traoré", first_name="Mamadou")
        plan(session, second.case_id)
        plan(session, second.case_id, NINE + timedelta(days=1))
        plan(session, second.case_id, NINE, status=AppointmentStatus.CANCELLED)
        plan(session, None, NINE + timedelta(hours=1), title="Comité de prêt")

    workspace.write("Histoire", story)
    found = workspace.read(dashboard.today, LAST_DAY)
    assert [(line.time, line.name, line.subtitle) for line in found.appointments] == [
        ("09:00", "Mamadou Traoré", "Premier entretien"),
        ("10:00", "Comité de prêt", ""),
        ("14:00", "Éloïse Vandenbroucke", "Prévisionnel · 2ᵉ entretien — Boulangerie bio itinérante"),
    ]
    assert found.summary == "Trois rendez-vous."


@pytest.mark.parametrize(
    ("second", "shown"),
    [(("Bruno", "Lefèvre"), "Maryse et Bruno Lefèvre"), (("Bruno", "Petit"), "Maryse Lefèvre et Bruno Petit")],
)
def test_a_couple_comes_as_a_couple(workspace: Workspace, second: tuple[str, str], shown: str) -> None:
    def story(session: Session) -> None:
        somebody = add_person(session, "2026-0001", first_name="Maryse", last_name="Lefèvre")
        other = Person(first_name=second[0], last_name=second[1])
        session.add_all([other, ProjectMember(project_id=somebody.project_id, person_id=other.id, main=False)])
        plan(session, somebody.case_id)

    workspace.write("Histoire", story)
    assert [line.name for line in workspace.read(dashboard.today, LAST_DAY).appointments] == [shown]


def test_silent_referrals_come_the_oldest_first(workspace: Workspace) -> None:
    def story(session: Session) -> None:
        somebody = add_person(session, "2026-0001", first_name="Karolina", last_name="Nowak")
        partner = Partner(name="Adie Arras", type_code="ADIE", phone="+33353010012")
        session.add(partner)
        for number, days in enumerate((8, 9, 21, 50, 60)):
            referral = Referral(
                reference=f"O-2026-000{number}", case_id=somebody.case_id, partner_id=partner.id, reason="Microcrédit",
                made_on=LAST_DAY - timedelta(days), shared=(), status=ReferralStatus.SENT,
            )  # fmt: skip
            session.add(referral)
            if days == 50:
                session.add(ReferralEvent(referral_id=referral.id, happened_on=LAST_DAY, reminder=True))

    workspace.write("Histoire", story)
    found = workspace.read(dashboard.today, LAST_DAY)
    assert [(line.days, line.tone) for line in found.reminders] == [(60, "danger"), (21, "warning"), (9, "warning")]
    assert (found.reminders[0].person, found.reminders[0].partner_phone) == ("K. Nowak", "03 53 01 00 12")
    assert found.summary == "Trois relances."
    assert workspace.read(dashboard.late_count) == 3


def test_reminder_days_are_those_of_the_structure(demo_workspace: Workspace) -> None:
    def never(session: Session) -> None:
        structure = session.scalars(select(Structure)).one()
        structure.reminder_days = "500"

    assert demo_workspace.read(dashboard.late_count) > 0
    demo_workspace.write("Réglage", never)
    assert demo_workspace.read(dashboard.late_count) == 0


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (timedelta(minutes=25), "Passage commencé aujourd’hui à 9 h 05"),
        (timedelta(hours=16), "Passage commencé hier à 17 h 30"),
        (timedelta(days=4), "Passage commencé le 20 nov. à 9 h 30"),
    ],
)
def test_drafts_say_when_they_were_begun(workspace: Workspace, ago: timedelta, said: str) -> None:
    with time_machine.travel(NINE + timedelta(minutes=30), tick=False):

        def story(session: Session) -> None:
            kept = NINE + timedelta(minutes=30) - ago
            session.add(Draft(form="intake", answers={"holder.first_name": "Inès"}, updated_at=kept.astimezone(UTC)))

        workspace.write("Brouillon", story)
        found = workspace.read(dashboard.today, LAST_DAY)
    assert [line.title for line in found.drafts] == [said]
    assert found.drafts[0].detail == "Inès · enregistré à la dernière frappe"
    assert found.summary == "Un brouillon à finir."


def test_an_interview_left_unfinished_names_its_file(demo_workspace: Workspace) -> None:
    found = demo_workspace.read(dashboard.today, LAST_DAY)
    interview = next(line for line in found.drafts if line.form == "interview")

    def name(session: Session) -> str:
        query = select(Person).join(Case, Case.person_id == Person.id).where(Case.id == interview.subject_id)
        return session.scalars(query).one().full_name

    assert interview.detail.startswith(demo_workspace.read(name))
    assert interview.title == "Entretien commencé hier à 15 h 52"


def test_files_without_news_leave_out_those_expected_soon(workspace: Workspace) -> None:
    def story(session: Session) -> None:
        cases = [add_person(session, f"2026-000{number}").case_id for number in range(5)]
        rows = [session.get(Case, case_id) for case_id in cases]
        old = LAST_DAY - timedelta(61)
        for row in rows:
            assert row is not None
            row.last_contact_on, row.phase = old, Phase.FINANCING
        assert rows[0] is not None
        assert rows[1] is not None
        rows[0].closed_on = old
        rows[1].last_contact_on = LAST_DAY - timedelta(60)
        plan(session, cases[2], NINE + timedelta(days=3))

    workspace.write("Histoire", story)
    stale = workspace.read(dashboard.today, LAST_DAY).stale
    assert stale.title == "2 dossiers sans nouvelles depuis 60 jours"
    assert stale.detail == "dont 2 en phase « Recherche de financement »"


def test_figures_are_those_of_the_activity(demo_workspace: Workspace) -> None:
    lines = {line.key: line for line in demo_workspace.read(activity.month_view, LAST_DAY).indicators}
    found = demo_workspace.read(dashboard.today, LAST_DAY)
    assert found.month == "Novembre"
    for figure in found.figures:
        assert (figure.value, figure.previous) == (lines[figure.key].month, lines[figure.key].previous)
    assert found.figures[0].note == f"{int(lines['received'].previous or 0)} en octobre"


def test_one_of_each_is_said_in_the_singular(workspace: Workspace) -> None:
    def story(session: Session) -> None:
        somebody = add_person(session, "2026-0001")
        meet(session, somebody, date(2026, 11, 3), type=InterviewType.INTAKE_INTERVIEW)

    workspace.write("Histoire", story)
    found = workspace.read(dashboard.today, LAST_DAY)
    assert [figure.label for figure in found.figures] == ["personne reçue", "nouveau porteur", "orientation"]


def test_appointments_are_told_on_the_clock_of_the_counter(demo_workspace: Workspace) -> None:
    lines = demo_workspace.read(dashboard.today, LAST_DAY).appointments
    assert [line.starts_at for line in lines] == sorted(local(line.starts_at) for line in lines)
    assert {line.starts_at.date() for line in lines} == {LAST_DAY}


def test_a_day_without_the_counsellor_still_greets(workspace: Workspace) -> None:
    workspace.counsellor_id = None

    def nothing(session: Session) -> None:
        session.execute(delete(Draft))

    workspace.write("Rien", nothing)
    assert workspace.read(dashboard.today, LAST_DAY).greeting == "Bonjour."
