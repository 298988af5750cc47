"""Forms without a window: what shows, what is wrong, what is kept."""

from datetime import date
from typing import Any

import pytest
import time_machine

from boutique.core.conditions import Truth, all_of
from boutique.core.errors import UserError
from boutique.forms.catalogue import FILE, FORMS, INTAKE, INTERVIEW
from boutique.forms.spec import Form
from boutique.models.choices import Allowance, EmploymentStatus
from boutique.models.comment import MonthComment
from boutique.models.fields import Kind, Privacy, fields_of
from boutique.models.referral import Referral
from boutique.models.registry import ENTITIES

NAMED = {"holder.first_name": "Zoé", "holder.last_name": "Martin", "passage.happened_on": date(2020, 1, 1)}
JOBLESS = {"holder.employment_status": EmploymentStatus.JOBSEEKER_WITH_BENEFIT}
# Written by the services, shown by documents and history, never typed as a form of their own.
WITHOUT_FORM = {field.key for entity in (Referral, MonthComment) for field in fields_of(entity)}


def test_a_conditional_question_waits_until_its_condition_is_known_to_hold() -> None:
    assert "holder.allowances" not in INTAKE.visible({})
    assert "holder.allowances" in INTAKE.visible(JOBLESS)
    full_time = {"holder.employment_status": EmploymentStatus.EMPLOYEE_PERMANENT_FULL_TIME}
    assert "holder.allowances" not in INTAKE.visible(full_time)


def test_an_answer_to_a_question_that_no_longer_shows_opens_no_other() -> None:
    answered = {**NAMED, **JOBLESS, "holder.allowances": (Allowance.UNEMPLOYMENT_BENEFIT,)}
    asked = "holder.benefit_simulation_done"
    assert asked in FILE.visible(answered)
    answered["holder.employment_status"] = EmploymentStatus.RETIRED
    assert asked not in FILE.visible(answered)
    assert asked not in FILE.read({**answered, asked: True})[0]


@pytest.mark.parametrize("form", FORMS, ids=[form.name for form in FORMS])
def test_what_shows_is_exactly_what_the_shown_answers_call_for(form: Form) -> None:
    every: dict[str, Any] = {condition.field: _holding(condition) for f in form.fields() for condition in f.visible_if}
    shown = form.visible(every)
    heard = {key: value for key, value in every.items() if key in shown}
    assert shown == {f.key for f in form.fields() if all_of(f.visible_if, heard).truth is Truth.TRUE}
    for field in form.fields():  # each shows for some answer, though not all together
        own = {condition.field: _holding(condition) for condition in field.visible_if}
        assert field.key in form.visible({**every, **own})


def _holding(condition: Any) -> Any:
    if condition.op == "=":
        return condition.wanted
    return {"is_true": True, "in": (condition.wanted or (None,))[0], "contains_any": condition.wanted}[condition.op]


def test_hidden_answers_and_their_errors_are_dropped() -> None:
    typed = {**NAMED, "business.registered": "Non", "business.siren": "123", "business.jobs": "4"}
    answers, errors = FILE.read(typed)
    assert errors == {}
    assert {key for key in answers if key.startswith("business.")} == {"business.registered", "business.liquidated"}


def test_each_error_is_beside_its_field_and_all_come_at_once() -> None:
    answers, errors = INTAKE.read({"holder.last_name": " ", "holder.phone": "12", "holder.birth_date": "31/02/1990"})
    assert set(errors) == {
        "holder.first_name", "holder.last_name", "holder.phone", "holder.birth_date", "passage.happened_on",
    }  # fmt: skip
    assert errors["holder.last_name"] == "« Nom » est obligatoire."
    assert "holder.phone" not in answers
    with pytest.raises(UserError) as told:
        INTAKE.accept({"holder.last_name": "Martin", "passage.happened_on": date(2020, 1, 1)})
    assert str(told.value) == "« Prénom » est obligatoire."


def test_completeness_counts_the_shown_questions_only() -> None:
    assert INTAKE.completeness({}) == 0
    named = INTAKE.completeness(NAMED)
    assert 0 < named < 1
    assert INTAKE.completeness({**NAMED, **JOBLESS}) != INTAKE.completeness(
        {**NAMED, "holder.employment_status": EmploymentStatus.RETIRED}
    )
    assert Form("rien", ()).completeness({}) == 1


def test_completeness_reaches_one_when_everything_shown_is_answered() -> None:
    assert INTAKE.completeness({field.key: "réponse" for field in INTAKE.fields()}) == 1


def test_only_two_inputs_of_the_intake_must_be_typed() -> None:
    required = {field.key for field in INTAKE.fields() if field.required}
    assert required == {"holder.first_name", "holder.last_name", "passage.happened_on"}  # the date is filled in


def test_a_field_is_found_by_its_key() -> None:
    assert INTERVIEW.field("interview.minutes").label == "Durée (minutes)"
    with pytest.raises(StopIteration):
        INTERVIEW.field("holder.phone")


@time_machine.travel("2026-11-24 09:00")
def test_a_past_date_is_refused_when_it_is_ahead_however_it_comes() -> None:
    assert "futur" in INTAKE.read({**NAMED, "passage.happened_on": date(2026, 11, 25)})[1]["passage.happened_on"]
    assert "futur" in INTAKE.read({**NAMED, "passage.happened_on": "25/11/2026"})[1]["passage.happened_on"]


@pytest.mark.parametrize("model", ENTITIES, ids=[model.__tablename__ for model in ENTITIES])
def test_every_declared_field_is_described_and_can_be_filled_somewhere(model: type) -> None:
    offered = {field.key for form in FORMS for field in form.fields()}
    for field in fields_of(model):
        assert field.label
        assert field.label.strip() == field.label
        assert field.section
        assert isinstance(field.kind, Kind)
        assert isinstance(field.privacy, Privacy)
        assert (field.choices is not None) == (field.kind in (Kind.CHOICE, Kind.CHOICES))
        assert field.max_length > 0 or field.kind not in (Kind.TEXT, Kind.LONG_TEXT)
        assert field.key in offered | WITHOUT_FORM, field.key
        assert field.listed == (field.privacy is not Privacy.SENSITIVE)


def test_no_form_asks_the_same_thing_twice() -> None:
    for form in FORMS:
        keys = [field.key for field in form.fields()]
        assert len(keys) == len(set(keys)), form.name
        assert all(section.fields and section.title for section in form.sections), form.name


def test_conditions_refer_to_questions_of_the_same_form_or_of_the_file() -> None:
    known = {field.key for field in FILE.fields()}
    for form in FORMS:
        own = {field.key for field in form.fields()}
        assert {c.field for field in form.fields() for c in field.visible_if} <= own | known
