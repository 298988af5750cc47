"""What the entities promise: stable codes, declared or known columns, values that come back as they went."""

import inspect
import uuid
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.dialects import sqlite

from boutique.models import after_choices, choices, outreach_choices, programme_choices, workshop_choices
from boutique.models.base import Record, new_id
from boutique.models.choices import Allowance, Choice, EmploymentStatus, Public, ReferralStatus
from boutique.models.fields import fields_of, is_choice
from boutique.models.person import Person
from boutique.models.registry import BY_TABLE, ENTITIES, TRACES, Base
from boutique.models.structure import Counsellor
from boutique.models.types import ChoiceList, Codes, Instant

VOCABULARIES = [
    found
    for module in (choices, after_choices, outreach_choices, programme_choices, workshop_choices)
    for _, found in inspect.getmembers(module, inspect.isclass)
    if issubclass(found, Choice) and found is not Choice and found.__module__ == module.__name__
]
HOUSEKEEPING = {"id", "created_at", "updated_at", "version"}
# Columns that no form declares. A new column belongs in a form, or here with a reason (register of processing).
KEYS_AND_LINKS = {
    "person": {"name_key", "phone_key", "email_key", "sound_key"},
    "project_member": {"project_id", "person_id", "main", "role"},
    "business": {"project_id"},
    "diagnosis": {"project_id", "case_id", "counsellor_id", "grid_version"},
    "diagnosis_mark": {"diagnosis_id", "criterion"},
    "accompaniment": {
        "reference", "person_id", "project_id", "counsellor_id", "site_id", "programme_id", "opened_on", "closed_on",
        "exit_reason", "phase", "journey_phase", "journey_version", "last_contact_on",
    },
    "passage": {"minutes", "site_id", "counsellor_id", "person_id", "case_id", "commune_code"},
    "phase_change": {"case_id", "phase", "journey_phase", "entered_on"},
    "step_progress": {
        "case_id", "step_code", "status", "done_on", "due_on", "deliverable_on", "criterion_on", "minutes", "answers",
        "skip_reason",
    },
    "interview": {"case_id", "counsellor_id", "site_id", "programme_id", "journey_phase"},
    "action": {"case_id", "interview_id", "partner_id", "done_on"},
    "action_plan": {"case_id"},
    "form_comparison": {"case_id", "answers", "importance"},
    "appointment": {"case_id", "counsellor_id", "site_id", "starts_at", "minutes", "status"},
    "outreach_session": {
        "site_id", "counsellor_id", "rhythm", "starts_on", "ends_on", "opens_at", "closes_at", "skipped",
    },
    "busy_time": {"counsellor_id", "source", "imported_at", "first_on", "last_on", "periods"},
    "outreach_day": {
        "rule_id", "expected_on", "site_id", "counsellor_id", "programme_id", "opens_at", "closes_at",
    },
    "business_visit": {"counsellor_id", "programme_id", "site_id", "business_id", "name_key"},
    "visit_action": {"visit_id", "done_on"},
    "partner_meeting": {"partner_id", "counsellor_id", "programme_id", "site_id", "follow_up_done_on"},
    "partner": {"parent_id", "archived_on", "external_id", "name_key"},
    "partner_territory": {"partner_id", "level", "code"},
    "partner_contact": {"partner_id", "left_on"},
    "partner_absence": {"partner_id", "contact_id"},
    "need": {"case_id", "subject_code", "raised_on", "met_on"},
    "referral": {
        "reference", "case_id", "need_id", "partner_id", "contact_id", "counsellor_id", "site_id", "made_on", "shared",
        "consent_on", "consent_mode", "consent_version", "status", "expected_on", "answered_on", "rules",
        "rules_version", "override_code",
    },
    "referral_event": {"referral_id", "happened_on", "status", "refusal_code", "note", "reminder", "author_id"},
    "scheme_request": {"case_id", "scheme_code"},
    "forecast": {"project_id", "name", "current", "assumptions"},
    "attachment": {
        "case_id", "content_id", "kind_code", "media_type", "size", "sha256", "added_on", "added_by_id", "step_code",
        "piece_code", "deleted_on",
    },
    "piece_progress": {"case_id", "piece_code", "state", "noted_on"},
    "consent": {"person_id", "kind", "given_on", "text_version", "mode"},
    "journey_version": {"code", "label", "content", "shipped", "published_on", "chosen_at"},
    "exit": {"case_id", "reopened_on"},
    "handover": {"case_id", "from_id", "to_id", "handed_on", "note", "read_on"},
    "follow_up": {"case_id", "months", "due_on", "call_on", "state"},
    "territory": {"name", "code"},
    "external_source": {"imported_on", "lines", "counts"},
    "territory_part": {"territory_id", "level", "code", "left_out"},
    "proposed_partner": {
        "case_id", "partner_id", "shown_on", "rank", "subject_code", "rules", "chosen", "set_aside", "counsellor_id",
        "site_id",
    },
    "follow_up_attempt": {"case_id", "follow_up_id", "tried_on", "how", "postponed_to", "note"},
    "workshop_module": {"programme_id", "archived_on"},
    "workshop": {
        "module_id", "site_id", "counsellor_id", "programme_id", "starts_on", "state", "cancel_reason", "ratings",
        "rating_hundredths",
    },
    "workshop_half_day": {"workshop_id", "held_on", "starts_at", "ends_at"},
    "enrolment": {"workshop_id", "person_id", "case_id", "state"},
    "attendance": {"enrolment_id", "half_day_id", "present"},
    "anonymous_heads": {"workshop_id"},
    "programme": {"archived_on"},
    "co_financing": {"programme_id"},
    "objective": {"programme_id", "figure", "year", "target"},
    "participation": {"programme_id", "case_id"},
    "locked_month": {
        "month", "site_id", "locked_at", "locked_by_id", "stamp", "content_id", "figures", "unlocked_at",
        "unlocked_by_id", "unlock_reason", "ods_id", "csv_id",
    },
    "correction_reason": {"action_id", "reason", "given_on", "given_by_id"},
    "month_comment": {"month", "site_id", "figure"},
    "list_model": {"programme_id", "columns", "criteria"},
    "own_figure": {"code", "counted", "event", "criteria", "archived_on"},
}  # fmt: skip
TRACE_COLUMNS = {
    "change": {
        "id", "stamp", "device", "author_id", "action_id", "action_label", "undoes", "entity", "row_id", "person_id",
        "operation", "fields",
    },
    "access": {"id", "at", "counsellor_id", "verb", "person_id", "people", "what"},
    "draft": {"id", "form", "author_id", "subject_id", "answers", "updated_at"},
    "zoning_list": {"id", "kind", "vintage", "imported_at", "rows"},
    "zoning": {"id", "kind", "commune_code", "zone_code", "label", "classified"},
    "search_rank": {"rank", "case_id"},
    "setting": {"name", "content"},
    "diagnosis_grid": {"version", "content"},
    "attachment_content": {"id", "size", "sha256", "added_at", "unused_since", "unused_seen", "unused_days"},
    "attachment_chunk": {"content_id", "number", "data"},
}  # fmt: skip


@pytest.mark.parametrize("model", ENTITIES, ids=[model.__tablename__ for model in ENTITIES])
def test_every_column_has_a_privacy_class_or_a_known_reason_to_have_none(model: type[Record]) -> None:
    declared = {field.name for field in fields_of(model)}
    known = KEYS_AND_LINKS.get(model.__tablename__, set())
    assert {column.key for column in model.__table__.columns} == declared | known | HOUSEKEEPING
    assert not declared & known


@pytest.mark.parametrize("model", TRACES, ids=[model.__tablename__ for model in TRACES])
def test_every_column_of_the_traces_is_known(model: type[Base]) -> None:
    assert {column.key for column in model.__table__.columns} == TRACE_COLUMNS[model.__tablename__]


def test_the_registry_knows_every_table() -> None:
    known = {model.__tablename__ for model in (*ENTITIES, *TRACES)}
    assert known == set(Base.metadata.tables)
    assert set(BY_TABLE) == {model.__tablename__ for model in ENTITIES}


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=[found.__name__ for found in VOCABULARIES])
def test_choices_have_stable_codes_and_french_labels(vocabulary: type[Choice]) -> None:
    for choice in vocabulary:
        assert choice.value.isascii(), choice
        assert choice.value.strip() == choice.value
        assert len(choice.value) <= 40 or vocabulary is Public  # not ours: the codes of data·inclusion, kept in a list
        assert "|" not in choice.value
        assert choice.label.strip() == choice.label != ""
        assert choice == choice.value
        assert vocabulary(choice.value) is choice
    assert len({choice.label for choice in vocabulary}) == len(vocabulary)


def test_labels_of_several_choices_can_be_told_apart_in_a_list() -> None:
    many = [f.choices for model in ENTITIES for f in fields_of(model) if f.choices and f.kind == "choices"]
    assert many
    assert not [choice.label for vocabulary in many for choice in vocabulary if set(choice.label) & set(",;|")]


def test_keys_sort_by_creation() -> None:
    made = [new_id() for _ in range(50)]
    assert made == sorted(made)
    assert {key.version for key in made} == {7}


def test_a_row_never_shows_what_it_holds() -> None:
    person = Person(first_name="Zorglubette", last_name="Durand")
    assert repr(person) == f"<Person {person.id}>"
    assert person.full_name == "Zorglubette Durand"


def test_a_counsellor_is_shown_by_first_name_and_initial() -> None:
    nadia = Counsellor(first_name="Nadia", last_name="bouzid")
    assert (nadia.short_name, nadia.initials) == ("Nadia b.", "NB")
    assert Counsellor(first_name="Nadia", last_name="").short_name == "Nadia"


def test_a_row_may_be_given_its_key() -> None:
    key = uuid.uuid4()
    assert Person(id=key, first_name="a", last_name="b").id == key


def test_instants_are_stored_in_utc_and_naive_ones_refused() -> None:
    column, dialect = Instant(), sqlite.dialect()
    paris = datetime(2026, 3, 29, 3, 30, tzinfo=timezone(timedelta(hours=2)))
    stored = column.process_bind_param(paris, dialect)
    assert str(stored) == "2026-03-29 01:30:00"
    assert column.process_result_value(stored, dialect) == paris
    assert column.process_result_value(stored, dialect).tzinfo is UTC  # type: ignore[union-attr]
    assert column.process_bind_param(None, dialect) is column.process_result_value(None, dialect) is None
    with pytest.raises(ValueError, match="naive"):
        column.process_bind_param(paris.replace(tzinfo=None), dialect)


def test_the_two_half_past_two_of_october_are_told_apart() -> None:
    column, dialect = Instant(), sqlite.dialect()
    summer, winter = (datetime(2026, 10, 25, 2, 30, tzinfo=timezone(timedelta(hours=h))) for h in (2, 1))
    assert column.process_bind_param(summer, dialect) != column.process_bind_param(winter, dialect)


def test_several_choices_are_stored_in_the_order_of_the_list() -> None:
    column, dialect = ChoiceList(Allowance), sqlite.dialect()
    stored = column.process_bind_param((Allowance.ACTIVE_SOLIDARITY_INCOME, Allowance.UNEMPLOYMENT_BENEFIT), dialect)
    assert stored == "ARE|RSA"
    assert column.process_result_value(stored, dialect) == ("ARE", "RSA")
    assert column.process_result_value("", dialect) == ()
    assert column.process_bind_param(None, dialect) is None
    assert column.process_result_value(None, dialect) is None
    assert column.python_type is tuple


def test_codes_are_stored_in_their_order() -> None:
    column, dialect = Codes(400), sqlite.dialect()
    assert column.process_bind_param(("b", "a"), dialect) == "b|a"
    assert column.process_result_value("b|a", dialect) == ("b", "a")
    assert column.process_bind_param(None, dialect) is None
    assert column.process_result_value(None, dialect) is None
    assert column.python_type is tuple


def test_columns_of_one_choice_are_recognised() -> None:
    assert is_choice(Person.__table__.c.employment_status.type)
    assert not is_choice(Person.__table__.c.birth_date.type)


def test_statuses_of_a_referral_are_those_of_the_field() -> None:
    assert len(ReferralStatus) == 11
    assert EmploymentStatus("RETRAITE").label == "Retraité"
