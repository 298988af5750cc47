"""Every referral rule in its three states, grouping per type, and what one more answer would change."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boutique.core.conditions import Truth
from boutique.rules.criteria import FactField
from boutique.rules.referral import Outcome, Rule, evaluate, load_rules, what_would_change

RULES = load_rules()
ids = [rule.id for rule in RULES.rules]


def test_the_85_rules_of_the_reference_are_there_in_order() -> None:
    assert ids == [f"R{number:03}" for number in range(1, 86)]
    assert RULES.version == "2026-1"


@pytest.mark.parametrize("rule", RULES.rules, ids=ids)
def test_rule_fires_on_its_true_case_and_gives_its_reason(rule: Rule) -> None:
    assert rule.verdict(rule.test_true).truth is Truth.TRUE
    suggestion = next(s for s in evaluate(RULES, rule.test_true) if s.partner_type == rule.partner_type)
    assert suggestion.outcome is Outcome.PROPOSED
    reason = next(reason for reason in suggestion.reasons if reason.rule_id == rule.id)
    assert (reason.text, reason.timing) == (rule.reason, rule.timing)
    assert reason.source
    assert reason.confidence


@pytest.mark.parametrize("rule", RULES.rules, ids=ids)
def test_rule_does_not_fire_on_its_false_case(rule: Rule) -> None:
    assert rule.verdict(rule.test_false).truth is Truth.FALSE
    fired = {reason.rule_id for s in evaluate(RULES, rule.test_false) for reason in (*s.reasons, *s.pending)}
    assert rule.id not in fired


@pytest.mark.parametrize("rule", RULES.rules, ids=ids)
def test_rule_is_unknown_on_an_empty_file_and_says_what_to_ask(rule: Rule) -> None:
    verdict = rule.verdict({})
    assert verdict.truth is Truth.UNKNOWN
    suggestion = next(s for s in evaluate(RULES, {}) if s.partner_type == rule.partner_type)
    assert suggestion.outcome is Outcome.TO_COMPLETE
    assert suggestion.reasons == ()
    assert not suggestion.blocking
    asked = {missing.field: missing for missing in suggestion.missing}
    assert set(verdict.missing) <= set(asked)
    assert all(missing.label and missing.place for missing in asked.values())


def test_several_rules_make_one_suggestion_with_the_strongest_priority() -> None:
    facts = {
        "project.sector": "ARTISANAT",
        "business.registered": False,
        "project.regulated_craft": True,
        "project.qualification_status": "absente",
    }
    first = evaluate(RULES, facts)[0]
    assert first.partner_type == "CMA"
    assert [reason.rule_id for reason in first.reasons] == ["R013", "R012"]
    assert (first.priority, first.blocking) == (1, True)
    assert first.reasons[1].because == ("Famille d’activité\u00a0: Artisanat", "L’entreprise n’est pas immatriculée")
    assert "R024" in [reason.rule_id for reason in first.pending]
    assert "Denrées alimentaires manipulées" in [missing.label for missing in first.missing]


def test_proposed_types_come_before_those_to_complete() -> None:
    outcomes = [s.outcome for s in evaluate(RULES, {"holder.mobility_obstacle": True})]
    assert outcomes[0] is Outcome.PROPOSED
    assert Outcome.PROPOSED not in outcomes[outcomes.index(Outcome.TO_COMPLETE) :]


def test_a_reason_tied_to_a_scheme_out_of_date_says_so() -> None:
    facts = {"project.located_in_zfrr": True}
    for day, expected in ((date(2026, 11, 22), False), (date(2030, 1, 1), True)):
        suggestion = next(s for s in evaluate(RULES, facts, day) if s.partner_type == "SIE_IMPOTS")
        assert [reason.out_of_date for reason in suggestion.reasons] == [expected]


def test_one_answer_away_says_who_would_come_first() -> None:
    facts = {"project.idea_clarity": 2, "project.sector": "COMMERCE", "business.registered": False}
    assert evaluate(RULES, facts)[0].partner_type == "CCI"
    change = next(c for c in what_would_change(RULES, facts) if c.partner_type == "CITESLAB")
    assert change.sentence == "Si la personne habite en QPV, CitésLab passerait en tête."
    assert (change.missing.field, change.value, change.leads) == ("holder.lives_in_qpv", True, True)


def test_every_announced_change_comes_true_when_the_answer_is_given() -> None:
    changes = what_would_change(RULES, {})
    assert len({change.partner_type for change in changes}) > 20
    for change in changes:
        after = evaluate(RULES, {change.missing.field: change.value})
        found = next(s for s in after if s.partner_type == change.partner_type)
        assert found.outcome is Outcome.PROPOSED, change
        if change.leads:
            assert (after[0].priority, after[0].blocking) == (found.priority, found.blocking), change


def test_what_is_already_proposed_is_not_announced_again() -> None:
    facts = {"project.food_handling": True}
    assert "CMA" not in {change.partner_type for change in what_would_change(RULES, facts)}


def _answers(field: FactField) -> st.SearchStrategy[object]:
    if field.type == "bool":
        return st.booleans()
    if field.type == "enum":
        return st.sampled_from(sorted(field.values))
    if field.type == "list":
        return st.lists(st.sampled_from(sorted(field.values)), unique=True)
    return st.integers(field.range[0], field.range[1])


ANSWERS = st.fixed_dictionaries({}, optional={name: _answers(field) for name, field in RULES.vocabulary.fields.items()})


@settings(max_examples=60, deadline=None)
@given(facts=ANSWERS, more=ANSWERS)
def test_one_more_answer_never_unsettles_a_settled_rule(facts: dict[str, object], more: dict[str, object]) -> None:
    richer = {**more, **facts}
    for rule in RULES.rules:
        before = rule.verdict(facts).truth
        if before is not Truth.UNKNOWN:
            assert rule.verdict(richer).truth is before


@settings(max_examples=60, deadline=None)
@given(facts=ANSWERS)
def test_an_unknown_rule_always_names_answers_not_given_yet(facts: dict[str, object]) -> None:
    for rule in RULES.rules:
        verdict = rule.verdict(facts)
        assert (verdict.truth is Truth.UNKNOWN) == bool(verdict.missing)
        assert not set(verdict.missing) & set(facts)
