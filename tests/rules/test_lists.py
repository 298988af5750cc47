"""Editable lists: counts of the reference, agreement with the rules, values in force."""

from datetime import date

import pytest

from boutique.models import choices
from boutique.rules.criteria import load_vocabulary
from boutique.rules.lists import (
    load_exit_reasons,
    load_grid,
    load_interview_types,
    load_legal_forms,
    load_nomenclatures,
    load_parameters,
    load_prescribers,
    load_refusal_reasons,
    load_regulated_crafts,
    load_sectors,
    parameter,
)
from boutique.rules.partners import load_partner_types


def test_every_list_has_the_rows_of_the_reference() -> None:
    assert len(load_partner_types()) == 68
    assert len(load_vocabulary().fields) == 70
    assert len(load_interview_types()) == 15
    assert len(load_refusal_reasons()) == 16
    assert len(load_exit_reasons()) == 7
    assert len(load_parameters()) == 40
    assert len(load_legal_forms()) == 17
    assert len(load_sectors()) + len(load_regulated_crafts()) == 19


def test_lists_and_stored_choices_have_the_same_codes() -> None:
    assert list(load_prescribers()) == [choice.value for choice in choices.Prescriber]
    assert list(load_exit_reasons()) == [choice.value for choice in choices.ExitReason]
    assert {choice.value for choice in choices.InterviewType} <= set(load_interview_types())


@pytest.mark.parametrize(
    ("name", "choice"),
    [
        ("holder.employment_status", choices.EmploymentStatus),
        ("holder.allowances", choices.Allowance),
        ("holder.registration_duration", choices.RegistrationDuration),
        ("holder.gender", choices.Gender),
        ("holder.education_level", choices.EducationLevel),
        ("holder.bank_credit_access", choices.CreditAccess),
        ("holder.self_employment_right_checked", choices.SelfEmploymentRight),
        ("project.phase", choices.Phase),
        ("project.kind", choices.ProjectKind),
        ("project.sector", choices.Sector),
        ("project.qualification_status", choices.QualificationStatus),
        ("project.legal_form", choices.LegalForm),
        ("project.premises_need", choices.PremisesNeed),
        ("project.training_need", choices.TrainingNeed),
    ],
)
def test_rules_know_every_stored_choice_by_the_same_code(name: str, choice: type[choices.Choice]) -> None:
    values = load_vocabulary().fields[name].values
    assert dict(values) == {member.value: member.label for member in choice}


def test_lists_and_rule_vocabulary_agree() -> None:
    fields = load_vocabulary().fields
    assert list(fields["project.legal_form"].values) == list(load_legal_forms())
    assert list(fields["project.sector"].values) == list(load_sectors())


def test_grid_has_five_axes_and_26_criteria_of_five_levels() -> None:
    grid = load_grid()
    assert [axis.code for axis in grid.axes] == ["person", "project", "market", "finance", "legal"]
    assert sum(len(axis.criteria) for axis in grid.axes) == 26
    assert {f"diagnosis.{axis.code}" for axis in grid.axes} <= set(load_vocabulary().fields)
    assert grid.axes[0].criteria[0].blocking_level == 1


def test_letters_of_the_two_nomenclatures_differ_from_j_on() -> None:
    old, new = load_nomenclatures()["rev2"], load_nomenclatures()["2025"]
    assert (len(old.sections), len(new.sections)) == (21, 22)
    assert old.sections["I"] == new.sections["I"]
    assert old.sections["J"] != new.sections["J"]
    assert (old.valid_to, new.valid_from) == (date(2026, 12, 31), date(2027, 1, 1))


def test_parameter_is_given_only_while_it_is_in_force() -> None:
    found = parameter("PASS", date(2026, 11, 22))
    assert found is not None
    assert found.value == 48060
    assert parameter("PASS", date(2027, 1, 1)) is None
    assert parameter("INCONNU", date(2026, 1, 1)) is None
