"""Every scheme in its states: never a « no » for want of an answer, nor a « yes » still to be checked."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from boutique.core.conditions import Truth
from boutique.rules.criteria import load_vocabulary
from boutique.rules.schemes import Eligibility, Scheme, SchemeVerdict, eligibility, judge, load_schemes
from tests.rules.test_referral import ANSWERS

TODAY = date(2026, 11, 22)
SCHEMES = load_schemes()
every_scheme = pytest.mark.parametrize("scheme", SCHEMES.values(), ids=list(SCHEMES))


def verdict(code: str, facts: dict[str, Any], on: date = TODAY) -> SchemeVerdict:
    return judge(SCHEMES[code], facts, on, load_vocabulary())


def test_the_33_schemes_are_there() -> None:
    assert len(SCHEMES) == 33
    assert all(scheme.amount and scheme.confidence and scheme.source for scheme in SCHEMES.values())


@every_scheme
def test_true_case_is_never_a_no(scheme: Scheme) -> None:
    assert scheme.criteria.verdict(scheme.test_true).truth is Truth.TRUE
    found = judge(scheme, scheme.test_true, TODAY, load_vocabulary())
    assert found.outcome in (Eligibility.YES, Eligibility.TO_CHECK)
    assert found.reason.endswith(".")
    assert (found.outcome is Eligibility.TO_CHECK) == bool(found.checks)


@every_scheme
def test_false_case_is_a_no_with_its_reason(scheme: Scheme) -> None:
    found = judge(scheme, scheme.test_false, TODAY, load_vocabulary())
    assert found.outcome is Eligibility.NO
    assert found.reason


@every_scheme
def test_empty_file_asks_or_checks_but_decides_nothing(scheme: Scheme) -> None:
    found = judge(scheme, {}, TODAY, load_vocabulary())
    expected = Eligibility.TO_COMPLETE if scheme.in_force(TODAY) else Eligibility.TO_CHECK
    assert found.outcome is expected
    assert found.missing
    assert all(missing.label and missing.place for missing in found.missing)


@every_scheme
def test_out_of_date_scheme_is_at_best_to_check(scheme: Scheme) -> None:
    for day in filter(None, (scheme.valid_to and scheme.valid_to.replace(year=scheme.valid_to.year + 1),)):
        found = judge(scheme, scheme.test_true, day, load_vocabulary())
        assert found.outcome is Eligibility.TO_CHECK
        assert "périmés" in found.reason


@every_scheme
def test_uncertain_scheme_is_never_a_yes(scheme: Scheme) -> None:
    if scheme.confidence == "incertain":
        assert judge(scheme, scheme.test_true, TODAY, load_vocabulary()).checks


def test_acre_is_a_yes_once_nothing_is_left_to_check() -> None:
    facts = {
        "holder.employment_status": "DE_INDEMNISE",
        "holder.age": 41,
        "holder.acre_last_end_months": 600,
        "project.legal_form": "EI",
        "business.registered": False,
    }
    found = verdict("ACRE", facts)
    assert found.outcome is Eligibility.YES
    assert found.reason == "Situation d’emploi\u00a0: Demandeur d’emploi indemnisé."
    assert verdict("ACRE_MICRO", facts).outcome is Eligibility.NO


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        ({"holder.age": 25}, Eligibility.TO_CHECK),
        ({"holder.age": 29, "holder.rqth_declared": True}, Eligibility.TO_CHECK),
        ({"holder.age": 35, "project.located_in_qpv": True}, Eligibility.TO_CHECK),
        ({"holder.age": 35, "project.located_in_qpv": False}, Eligibility.TO_COMPLETE),
        ({"holder.allowances": ["ARE"], "holder.acre_last_end_months": 20}, Eligibility.NO),
        (
            {"holder.age": 25, "business.registered": True, "business.days_since_registration": 61},
            Eligibility.NO,
        ),
    ],
)
def test_acre_follows_its_public(facts: dict[str, Any], outcome: Eligibility) -> None:
    assert verdict("ACRE", facts).outcome is outcome


def test_acre_is_a_no_only_when_every_criterion_was_answered() -> None:
    facts = {
        "holder.employment_status": "SALARIE_CDI_TP",
        "holder.allowances": [],
        "holder.registration_duration": "NON_INSCRIT",
        "holder.age": 40,
        "project.takeover_insolvent": False,
        "project.located_in_qpv": False,
        "project.located_in_zfrr": False,
    }
    assert verdict("ACRE", facts).outcome is Eligibility.NO
    for name in facts:
        partial = {key: value for key, value in facts.items() if key != name}
        assert verdict("ACRE", partial).outcome is Eligibility.TO_COMPLETE, name


def test_unknown_access_to_credit_is_not_a_refusal() -> None:
    found = verdict("MICROCREDIT_ADIE", {"holder.bank_credit_access": "inconnu"})
    assert found.outcome is Eligibility.TO_CHECK
    assert "Accès au crédit bancaire pas encore su." in found.checks


def test_not_wishing_to_say_one_s_gender_is_not_a_no() -> None:
    facts = {"holder.gender": "NSP", "project.bank_loan_planned": True, "business.registered": False}
    assert verdict("GARANTIE_EGALITE_FEMMES", facts).outcome is Eligibility.TO_CHECK


def test_closed_zone_is_to_check_for_older_businesses_and_no_for_new_ones() -> None:
    assert verdict("ZFU_TE", {"business.registered": True}).outcome is Eligibility.TO_CHECK
    assert verdict("ZFU_TE", {"business.registered": False}).outcome is Eligibility.NO


def test_scheme_not_yet_in_force_says_from_when() -> None:
    found = verdict("ACRE_MICRO", dict(SCHEMES["ACRE_MICRO"].test_true), date(2026, 6, 30))
    assert found.reason == "Applicable à partir du 01/07/2026 seulement."


def test_panel_lists_the_eligible_first_and_the_refused_last() -> None:
    facts = {"holder.lives_in_qpv": True, "holder.employment_status": "DE_INDEMNISE"}
    outcomes = [found.outcome for found in eligibility(facts, TODAY)]
    assert len(outcomes) == 33
    assert outcomes == sorted(outcomes, key=list(Eligibility).index)
    assert eligibility(facts, TODAY)[0].code == "CITESLAB"
    assert Eligibility.TO_COMPLETE.label == "à compléter"


@settings(max_examples=60, deadline=None)
@given(facts=ANSWERS, more=ANSWERS)
def test_one_more_answer_never_turns_a_no_into_anything_else(facts: dict[str, object], more: dict[str, object]) -> None:
    richer = {**more, **facts}
    for before, after in zip(_by_code(facts), _by_code(richer), strict=True):
        if before.outcome is Eligibility.NO:
            assert after.outcome is Eligibility.NO
        if before.outcome is Eligibility.YES:
            assert after.outcome is Eligibility.YES


def _by_code(facts: dict[str, object]) -> list[SchemeVerdict]:
    return [judge(scheme, facts, TODAY, load_vocabulary()) for scheme in SCHEMES.values()]
