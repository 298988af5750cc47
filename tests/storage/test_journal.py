"""The journal: one change per touched row, in the same transaction, in an order that no clock can upset."""

import uuid
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from boutique.core.paths import DataFolder
from boutique.models.case import Appointment, Case, Interview, Passage
from boutique.models.choices import Allowance, Channel, Phase, ReferralStatus
from boutique.models.person import Person
from boutique.models.project import Business, Project
from boutique.models.referral import Partner, Referral, ReferralEvent
from boutique.models.trace import Change, Setting
from boutique.storage import fingerprints, journal
from boutique.storage.base import create_base
from boutique.storage.database import Database
from boutique.storage.journal import LogicalClock, as_json, from_json
from tests.storage.conftest import KEY

AUTHOR = uuid.uuid4()


@pytest.fixture
def journalled(tmp_path: Path) -> Iterator[Database]:
    database = create_base(DataFolder(tmp_path / "base"), KEY, unordered=True)
    journal.install(database.writing)
    fingerprints.install(database.writing)
    yield database
    database.close()


def add(base: Database, *rows: Any, label: str = "Ajouter") -> None:
    with base.session() as session:
        journal.begin_action(session, label, author_id=AUTHOR, device="0123456789")
        session.add_all(rows)


def changes(base: Database) -> list[Change]:
    with base.reader() as session:
        return list(session.scalars(select(Change).order_by(Change.stamp)))


def a_file() -> tuple[Person, Project, Case]:
    person, project = Person(first_name="Zoé", last_name="Martin"), Project(summary="Fleurs")
    day = date(2026, 11, 24)
    case = Case(
        reference="2026-0001", person_id=person.id, project_id=project.id, opened_on=day, last_contact_on=day,
        phase=Phase.FINANCING,
    )  # fmt: skip
    return person, project, case


def test_an_insertion_says_what_was_written_and_by_whom(journalled: Database) -> None:
    person = Person(first_name="Zoé", last_name="Martin", allowances=(Allowance.UNEMPLOYMENT_BENEFIT,))
    add(journalled, person, label="Accueillir")
    (change,) = changes(journalled)
    assert (change.entity, change.row_id, change.operation) == ("person", person.id, "insert")
    assert change.fields == {"first_name": [None, "Zoé"], "last_name": [None, "Martin"], "allowances": [None, ["ARE"]]}
    assert (change.author_id, change.action_label, change.person_id) == (AUTHOR, "Accueillir", person.id)
    assert change.stamp.endswith("-01234567")


def test_an_update_says_before_and_after_and_only_what_changed(journalled: Database) -> None:
    person = Person(first_name="Zoé", last_name="Martin")
    add(journalled, person)
    with journalled.session() as session:
        found = session.get_one(Person, person.id)
        found.last_name, found.first_name = "Durand", "Zoé"
    assert changes(journalled)[-1].fields == {"last_name": ["Martin", "Durand"]}
    assert changes(journalled)[-1].action_label == "Modification"


def test_what_comes_back_to_its_value_is_no_change(journalled: Database) -> None:
    person = Person(first_name="Zoé", last_name="Martin")
    add(journalled, person)
    with journalled.session() as session:
        found = session.get_one(Person, person.id)
        found.last_name = "Durand"
        found.last_name = "Martin"
        found.name_key = "recalculé"
    assert len(changes(journalled)) == 1


def test_a_deletion_keeps_what_there_was(journalled: Database) -> None:
    person = Person(first_name="Zoé", last_name="Martin")
    add(journalled, person)
    with journalled.session() as session:
        session.delete(session.get_one(Person, person.id))
    assert changes(journalled)[-1].operation == "delete"
    assert changes(journalled)[-1].fields == {"first_name": ["Zoé", None], "last_name": ["Martin", None]}


def test_every_row_of_a_file_belongs_to_its_person(journalled: Database) -> None:
    person, project, case = a_file()
    day = date(2026, 11, 24)
    partner = Partner(name="CMA")
    referral = Referral(
        reference="O-2026-0001", case_id=case.id, partner_id=partner.id, made_on=day, reason="Projet artisanal",
        shared=(), status=ReferralStatus.HANDED,
    )  # fmt: skip
    event = ReferralEvent(referral_id=referral.id, happened_on=day, status=ReferralStatus.HANDED)
    rows = [Business(project_id=project.id, registered=True), Interview(case_id=case.id, held_on=day)]
    add(journalled, person, project, case, partner, referral, event, *rows)
    add(journalled, ReferralEvent(referral_id=referral.id, happened_on=day, reminder=True))
    add(journalled, Business(project_id=project.id))
    owners = {(change.entity, change.person_id) for change in changes(journalled)}
    of_the_file = {"person", "project", "accompaniment", "referral", "referral_event", "business", "interview"}
    assert owners == {(name, person.id) for name in of_the_file} | {("partner", None)}


def test_what_belongs_to_nobody_has_no_owner(journalled: Database) -> None:
    lone = Business(project_id=uuid.uuid4())
    visit = Passage(happened_on=date(2026, 11, 24), channel=Channel.WALK_IN)
    meeting = Appointment(case_id=uuid.uuid4(), starts_at=datetime(2026, 11, 24).astimezone())
    with journalled.writing() as session, session.begin() as transaction:
        session.add_all([lone, visit, meeting])
        session.flush()
        assert {journal.owner_of(session, row) for row in (lone, visit, meeting)} == {None}
        transaction.rollback()


def test_what_is_rolled_back_leaves_no_trace(journalled: Database) -> None:
    def cut_off() -> None:
        with journalled.session() as session:
            session.add(Person(first_name="Zoé", last_name="Martin"))
            session.flush()
            raise RuntimeError("coupure")

    with pytest.raises(RuntimeError, match="coupure"):
        cut_off()
    assert changes(journalled) == []


def test_settings_and_drafts_are_not_facts(journalled: Database) -> None:
    add(journalled, Setting(name="device", content="x"))
    assert changes(journalled) == []


def test_the_clock_of_the_journal_never_goes_back() -> None:
    clock = LogicalClock()
    stamps = []
    for moment in ("2026-11-24 09:00", "2026-11-24 09:00", "2016-11-24 09:00", "2026-11-24 08:59", "2086-01-01 00:00"):
        with time_machine.travel(datetime.fromisoformat(moment).astimezone(), tick=False):
            stamps += [clock.stamp("device") for _ in range(3)]
    with time_machine.travel(datetime(2026, 11, 25).astimezone()):
        stamps.append(clock.stamp("device"))
    assert stamps == sorted(stamps)
    assert len(set(stamps)) == len(stamps)


def test_more_changes_than_the_counter_can_write_still_sort(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "_MOST_STAMPS", 4)
    clock = LogicalClock()
    with time_machine.travel(datetime(2026, 11, 24).astimezone(), tick=False):
        stamps = [clock.stamp("device") for _ in range(20)]
    assert stamps == sorted(set(stamps))
    assert {len(stamp.split("-")[1]) for stamp in stamps} == {5}


def test_a_base_written_by_a_clock_ahead_is_taken_up_after_it() -> None:
    clock = LogicalClock()
    clock.witness("9999999999999-00007-autre")
    assert clock.stamp("device").startswith("9999999999999-00008-")
    clock.witness("0000000000001-00000-ancien")
    assert clock.stamp("device").startswith("9999999999999-00009-")


@pytest.mark.parametrize(
    ("model", "name", "value"),
    [
        (Person, "allowances", (Allowance.UNEMPLOYMENT_BENEFIT, Allowance.ACTIVITY_BONUS)),
        (Person, "birth_date", date(1985, 3, 12)),
        (Person, "first_name", "Zoé"),
        (Person, "mobility_obstacle", False),
        (Case, "phase", Phase.FINANCING),
        (Case, "person_id", uuid.uuid4()),
        (Project, "total_need_eur", 6000),
        (Appointment, "starts_at", datetime(2026, 10, 25, 2, 30).astimezone()),
        (Passage, "needs", ("statut", "banque")),
        (Person, "phone", None),
    ],
)
def test_a_value_comes_back_from_the_journal_as_it_went(model: Any, name: str, value: Any) -> None:
    back = from_json(model, name, as_json(value))
    assert back == value
    assert type(back) is type(value)


def test_a_kept_mapping_does_not_follow_the_row() -> None:
    answers = {"q1": ["a"]}
    kept = as_json(answers)
    answers["q1"].append("b")
    assert kept == {"q1": ["a"]}


def test_comparable_forms_are_kept_up_to_date(journalled: Database) -> None:
    person = Person(first_name="Éloïse", last_name="d’Œuvrard", phone="+33612345678", email="É@exemple.fr")
    partner = Partner(name="Chambre de Métiers & de l’Artisanat")
    add(journalled, person, partner)
    with journalled.reader() as session:
        found = session.get_one(Person, person.id)
        assert (found.name_key, found.phone_key, found.email_key) == (
            "d oeuvrard eloise", "0612345678", "e@exemple.fr",
        )  # fmt: skip
        assert found.sound_key == fingerprints.sound_key("Oeuvrard")
        assert session.get_one(Partner, partner.id).name_key == "chambre de metiers de l artisanat"
    assert fingerprints.sound_key("Vandenbrouke") == fingerprints.sound_key("VANDENBROUCKE")
