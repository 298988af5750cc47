"""Which types of partners to propose, why, and which answer would change the list. For views and sheets."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from boutique.core.conditions import Condition, Truth, Verdict
from boutique.rules.criteria import Criteria, FactField, Missing, Vocabulary, load_vocabulary
from boutique.rules.partners import PartnerType, load_partner_types
from boutique.rules.resources import build, known, label_of, only, read, refuse, tables, unique
from boutique.rules.schemes import Scheme, load_schemes

FILE = "rules/referral.toml"


class Outcome(StrEnum):
    PROPOSED = "proposed"
    TO_COMPLETE = "to_complete"


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    label: str
    partner_type: str
    priority: int
    timing: str
    reason: str
    confidence: str
    source: tuple[str, ...]
    criteria: Criteria
    test_true: Mapping[str, Any]
    test_false: Mapping[str, Any]
    scheme: str = ""
    blocking: bool = False
    threshold: str = ""

    def verdict(self, facts: Mapping[str, Any]) -> Verdict:
        return self.criteria.verdict(facts)


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules with all they refer to; `version` is kept with every referral they propose."""

    version: str
    rules: tuple[Rule, ...]
    vocabulary: Vocabulary
    partner_types: Mapping[str, PartnerType]
    schemes: Mapping[str, Scheme]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: one rule that matched, or that might; `because` states the answers it read and found true.

    `out_of_date`: the scheme behind it is not in force.
    """

    rule_id: str
    label: str
    text: str
    timing: str
    priority: int
    blocking: bool
    confidence: str
    source: tuple[str, ...]
    scheme: str
    scheme_label: str
    out_of_date: bool
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One type of partner: proposed for its `reasons`; `pending` ones may join once `missing` is answered.

    `nearest`: how few answers would settle the closest pending rule (0 when proposed).
    """

    partner_type: str
    label: str
    outcome: Outcome
    priority: int
    blocking: bool
    reasons: tuple[Reason, ...]
    pending: tuple[Reason, ...]
    missing: tuple[Missing, ...]
    nearest: int


@dataclass(frozen=True, slots=True)
class Change:
    """One missing answer that alone would add one type of partner; `sentence` is ready for the screen."""

    missing: Missing
    value: Any
    partner_type: str
    label: str
    rule_id: str
    priority: int
    blocking: bool
    leads: bool
    sentence: str


Judged = tuple[Rule, Verdict]


@cache
def load_rules(folder: Path | None = None) -> RuleSet:
    """The rules of `rules/referral.toml`, checked against facts, partner types and schemes."""
    content = read(FILE, folder)
    only(content, ("version", "rule"), FILE)
    entries = tables(content, "rule", FILE)
    unique((entry.get("id", "") for entry in entries), FILE)
    vocabulary, types, schemes = load_vocabulary(folder), load_partner_types(folder), load_schemes(folder)
    rules = tuple(_rule(entry, vocabulary, types, schemes) for entry in entries)
    return RuleSet(str(content.get("version", "")), rules, vocabulary, types, schemes)


def _rule(entry: Mapping[str, Any], vocabulary: Vocabulary, types: Iterable[str], schemes: Iterable[str]) -> Rule:
    where = label_of(entry, FILE, "id")
    criteria = vocabulary.criteria(entry, where)
    if not criteria.all_of and not criteria.any_of:
        raise refuse(where, "au moins une condition all_of ou any_of est attendue")
    for case in ("test_true", "test_false"):
        vocabulary.check_facts(entry.get(case, {}), where)
    left = {key: value for key, value in entry.items() if key not in ("all_of", "any_of")}
    cases = {case: entry.get(case, {}) for case in ("test_true", "test_false")}
    rule = build(Rule, left, where, criteria=criteria, **cases)
    known(rule.partner_type, types, where, "le type de partenaire")
    if rule.scheme:
        known(rule.scheme, schemes, where, "le dispositif")
    if rule.priority not in (1, 2, 3):
        raise refuse(where, "« priority » vaut 1, 2 ou 3")
    return rule


def evaluate(rules: RuleSet, facts: Mapping[str, Any], on: date | None = None) -> tuple[Suggestion, ...]:
    """One suggestion a partner type, reasons gathered: proposed ones first, the most pressing at the top.

    A type whose rules are all false is absent. `on` marks the reasons whose scheme is not in force that day.
    """
    by_type: dict[str, list[Judged]] = {}
    for rule in rules.rules:
        verdict = rule.verdict(facts)
        if verdict.truth is not Truth.FALSE:
            by_type.setdefault(rule.partner_type, []).append((rule, verdict))
    found = [_suggestion(rules, code, judged, facts, on) for code, judged in by_type.items()]
    return tuple(sorted(found, key=_rank))


def _rank(suggestion: Suggestion) -> tuple[bool, int, bool, int, int]:
    return (
        suggestion.outcome is not Outcome.PROPOSED,
        suggestion.priority,
        not suggestion.blocking,
        suggestion.nearest,
        -len(suggestion.reasons),
    )


def _suggestion(
    rules: RuleSet, code: str, judged: list[Judged], facts: Mapping[str, Any], on: date | None
) -> Suggestion:
    sure = sorted((rule for rule, verdict in judged if verdict.truth is Truth.TRUE), key=_weight)
    unsure = sorted((pair for pair in judged if pair[1].truth is Truth.UNKNOWN), key=_closeness)
    return Suggestion(
        partner_type=code,
        label=rules.partner_types[code].label,
        outcome=Outcome.PROPOSED if sure else Outcome.TO_COMPLETE,
        priority=min(rule.priority for rule in sure or [rule for rule, _ in unsure]),
        blocking=any(rule.blocking for rule in sure),
        reasons=tuple(_reason(rules, rule, facts, on) for rule in sure),
        pending=tuple(_reason(rules, rule, facts, on) for rule, _ in unsure),
        missing=rules.vocabulary.missing(name for _, verdict in unsure for name in verdict.missing),
        nearest=0 if sure else len(unsure[0][1].missing),
    )


def _closeness(judged: Judged) -> tuple[int, int]:
    rule, verdict = judged
    return len(verdict.missing), rule.priority


def _weight(rule: Rule) -> tuple[int, bool]:
    return rule.priority, not rule.blocking


def _reason(rules: RuleSet, rule: Rule, facts: Mapping[str, Any], on: date | None) -> Reason:
    scheme = rules.schemes.get(rule.scheme)
    held = [c.field for c in rule.criteria.conditions() if c.evaluate(facts) is Truth.TRUE]
    return Reason(
        rule_id=rule.id,
        label=rule.label,
        text=rule.reason,
        timing=rule.timing,
        priority=rule.priority,
        blocking=rule.blocking,
        confidence=rule.confidence,
        source=rule.source,
        scheme=rule.scheme,
        scheme_label=scheme.label if scheme else "",
        out_of_date=bool(scheme and on and not scheme.in_force(on)),
        because=tuple(rules.vocabulary.state(name, facts[name]) for name in dict.fromkeys(held)),
    )


def what_would_change(
    rules: RuleSet, facts: Mapping[str, Any], evaluated: Iterable[Suggestion] | None = None
) -> tuple[Change, ...]:
    """Types of partners that one more answer would add to those already proposed, the most pressing first.

    `evaluated`: what `evaluate` gave for the same facts, when it is known.
    """
    suggestions = evaluate(rules, facts) if evaluated is None else evaluated
    proposed = [s for s in suggestions if s.outcome is Outcome.PROPOSED]
    present = {suggestion.partner_type for suggestion in proposed}
    top = min(((s.priority, not s.blocking) for s in proposed), default=(4, True))
    found: dict[tuple[str, str], Change] = {}
    for rule in sorted(rules.rules, key=_weight):
        if rule.partner_type in present:
            continue
        for change in _changes(rules, rule, facts, top):
            found.setdefault((change.partner_type, change.missing.field), change)
    return tuple(sorted(found.values(), key=_urgency))


def _urgency(change: Change) -> tuple[bool, int, bool, bool]:
    return not change.leads, change.priority, not change.blocking, change.missing.sensitive


def _changes(rules: RuleSet, rule: Rule, facts: Mapping[str, Any], top: tuple[int, bool]) -> Iterable[Change]:
    verdict = rule.verdict(facts)
    if verdict.truth is not Truth.UNKNOWN:
        return
    for condition in rule.criteria.conditions():
        if condition.field not in verdict.missing:
            continue
        value = answer_for(condition, rules.vocabulary.fields[condition.field])
        if value is None or rule.verdict({**facts, condition.field: value}).truth is not Truth.TRUE:
            continue
        leads = _weight(rule) < top
        label = rules.partner_types[rule.partner_type].short
        words = rules.vocabulary.describe(condition)
        sentence = f"Si {words}, {label} {'passerait en tête' if leads else 's’ajouterait à la liste'}."
        missing = rules.vocabulary.missing([condition.field])[0]
        yield Change(missing, value, rule.partner_type, label, rule.id, rule.priority, rule.blocking, leads, sentence)


def answer_for(condition: Condition, field: FactField) -> Any:
    """An answer that makes the condition true, or None when there is none to show."""
    wanted = condition.wanted
    if condition.op in ("is_true", "is_false"):
        return condition.op == "is_true"
    if condition.op == "contains":
        return (wanted,)
    if condition.op == "contains_any":
        return wanted
    if condition.op == "in":
        return wanted[0]
    candidates = field.values or (wanted - 1, wanted, wanted + 1)
    return next((value for value in candidates if Condition(field.name, condition.op, wanted).evaluate(
        {field.name: value}) is Truth.TRUE), None)  # fmt: skip
