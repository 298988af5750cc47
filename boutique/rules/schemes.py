"""Schemes a person may claim: yes, no, to complete or to check, with reasons. For the eligibility panel."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from boutique.core.conditions import Truth, all_of
from boutique.rules.criteria import Criteria, Group, Missing, Vocabulary, load_vocabulary
from boutique.rules.resources import build, label_of, only, read, refuse, tables, unique

FILE = "schemes/schemes.toml"
UNCERTAIN = "incertain"


class Eligibility(StrEnum):
    YES = "yes"
    TO_CHECK = "to_check"
    TO_COMPLETE = "to_complete"
    NO = "no"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Eligibility.YES: "éligible",
    Eligibility.TO_CHECK: "à vérifier",
    Eligibility.TO_COMPLETE: "à compléter",
    Eligibility.NO: "non éligible",
}
_RANK = {eligibility: rank for rank, eligibility in enumerate(Eligibility)}


@dataclass(frozen=True, slots=True)
class Check:
    """What the application cannot know; `when` limits it to some cases (an unknown case is concerned)."""

    text: str
    when: Group = ()

    def concerns(self, facts: Mapping[str, Any]) -> bool:
        return all_of(self.when, facts).truth is not Truth.FALSE


@dataclass(frozen=True, slots=True)
class Scheme:
    code: str
    label: str
    family: str
    operator: str
    public: str
    conditions: str
    criteria: Criteria
    checks: tuple[Check, ...]
    amount: str
    confidence: str
    source: tuple[str, ...]
    test_true: Mapping[str, Any]
    test_false: Mapping[str, Any]
    amount_min: float | None = None
    amount_max: float | None = None
    rate: float | None = None
    duration_months: int | None = None
    deadline: str = ""
    combination: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    source_date: date | None = None

    def in_force(self, on: date) -> bool:
        return (self.valid_from or on) <= on <= (self.valid_to or on)


@dataclass(frozen=True, slots=True)
class SchemeVerdict:
    """What one scheme says of one person: `reason` in French, `checks` what a human must verify."""

    code: str
    label: str
    family: str
    operator: str
    outcome: Eligibility
    reason: str
    missing: tuple[Missing, ...]
    checks: tuple[str, ...]
    amount: str
    deadline: str
    combination: str
    valid_from: date | None
    valid_to: date | None
    source_date: date | None
    confidence: str
    source: tuple[str, ...]


@cache
def load_schemes(folder: Path | None = None) -> Mapping[str, Scheme]:
    """Every scheme by its code, in the order of the file."""
    vocabulary = load_vocabulary(folder)
    content = read(FILE, folder)
    only(content, ("version", "scheme"), FILE)
    entries = tables(content, "scheme", FILE)
    unique((entry.get("code", "") for entry in entries), FILE)
    return {entry["code"]: _scheme(entry, vocabulary) for entry in entries}


def _scheme(entry: Mapping[str, Any], vocabulary: Vocabulary) -> Scheme:
    where = label_of(entry, FILE)
    criteria = vocabulary.criteria(entry, where)
    if not criteria.all_of and not criteria.any_of:
        raise refuse(where, "au moins une condition all_of ou any_of est attendue")
    for case in ("test_true", "test_false"):
        vocabulary.check_facts(entry.get(case, {}), where)
    checks = tuple(_check(item, vocabulary, where) for item in entry.get("to_check", []))
    left = {key: value for key, value in entry.items() if key not in ("all_of", "any_of", "none_of", "to_check")}
    return build(
        Scheme, left, where, criteria=criteria, checks=checks,
        test_true=entry.get("test_true", {}), test_false=entry.get("test_false", {}),
    )  # fmt: skip


def _check(item: Any, vocabulary: Vocabulary, where: str) -> Check:
    if isinstance(item, str):
        return Check(item)
    if not isinstance(item, dict) or set(item) != {"text", "when"}:
        raise refuse(where, "to_check contient des textes, ou { text = …, when = … }")
    return Check(item["text"], vocabulary.group(item["when"], where))


def eligibility(facts: Mapping[str, Any], on: date, *, folder: Path | None = None) -> tuple[SchemeVerdict, ...]:
    """Every scheme for these facts at this date: eligible first, then to check, to complete, and no."""
    vocabulary = load_vocabulary(folder)
    verdicts = [judge(scheme, facts, on, vocabulary) for scheme in load_schemes(folder).values()]
    return tuple(sorted(verdicts, key=_rank))


def _rank(verdict: SchemeVerdict) -> int:
    return _RANK[verdict.outcome]


def judge(scheme: Scheme, facts: Mapping[str, Any], on: date, vocabulary: Vocabulary) -> SchemeVerdict:
    """One scheme. A missing answer never makes a « no »; what cannot be known never makes a « yes »."""
    required = scheme.criteria.verdict(facts)
    excluded = scheme.criteria.excluded(facts)
    if required.truth is Truth.FALSE:
        return _verdict(scheme, Eligibility.NO, _unmet(scheme, facts, vocabulary))
    if excluded.truth is Truth.TRUE:
        return _verdict(scheme, Eligibility.NO, f"Exclu\u00a0: {_holding(scheme.criteria.none_of, facts, vocabulary)}.")
    checks = _to_check(scheme, facts, on, vocabulary)
    missing = vocabulary.missing((*required.missing, *excluded.missing))
    if not scheme.in_force(on):
        return _verdict(scheme, Eligibility.TO_CHECK, checks[0], missing, checks)
    if required.truth is Truth.UNKNOWN:
        return _verdict(scheme, Eligibility.TO_COMPLETE, f"Public\u00a0: {scheme.public}.", missing, checks)
    outcome = Eligibility.TO_CHECK if checks else Eligibility.YES
    return _verdict(scheme, outcome, f"{_met(scheme, facts, vocabulary)}.", missing, checks)


def _verdict(
    scheme: Scheme,
    outcome: Eligibility,
    reason: str,
    missing: tuple[Missing, ...] = (),
    checks: tuple[str, ...] = (),
) -> SchemeVerdict:
    return SchemeVerdict(
        scheme.code, scheme.label, scheme.family, scheme.operator, outcome, reason, missing, checks,
        scheme.amount, scheme.deadline, scheme.combination, scheme.valid_from, scheme.valid_to,
        scheme.source_date, scheme.confidence, scheme.source,
    )  # fmt: skip


def _to_check(scheme: Scheme, facts: Mapping[str, Any], on: date, vocabulary: Vocabulary) -> tuple[str, ...]:
    checks: list[str] = []
    if scheme.valid_to and scheme.valid_to < on:
        checks.append(f"Dispositif fermé ou montants périmés depuis le {scheme.valid_to:%d/%m/%Y}.")
    if scheme.valid_from and scheme.valid_from > on:
        checks.append(f"Applicable à partir du {scheme.valid_from:%d/%m/%Y} seulement.")
    if scheme.confidence == UNCERTAIN:
        checks.append("Sources contradictoires ou texte non confirmé.")
    unsure = (group for group in scheme.criteria.none_of if all_of(group, facts).truth is Truth.UNKNOWN)
    checks.extend(f"Exclu si {vocabulary.describe_group(group)}." for group in unsure)
    checks.extend(check.text for check in scheme.checks if check.concerns(facts))
    return tuple(checks)


def _met(scheme: Scheme, facts: Mapping[str, Any], vocabulary: Vocabulary) -> str:
    parts = [vocabulary.state(condition.field, facts[condition.field]) for condition in scheme.criteria.all_of]
    if scheme.criteria.any_of:
        parts.append(_holding(scheme.criteria.any_of, facts, vocabulary))
    return "\u00a0; ".join(parts)


def _holding(groups: tuple[Group, ...], facts: Mapping[str, Any], vocabulary: Vocabulary) -> str:
    group = next(g for g in groups if all_of(g, facts).truth is Truth.TRUE)
    return ", ".join(vocabulary.state(condition.field, facts[condition.field]) for condition in group)


def _unmet(scheme: Scheme, facts: Mapping[str, Any], vocabulary: Vocabulary) -> str:
    for condition in scheme.criteria.all_of:
        if condition.evaluate(facts) is Truth.FALSE:
            return f"{vocabulary.state(condition.field, facts[condition.field])}. Public\u00a0: {scheme.public}."
    return f"Aucun des critères n’est rempli. Public\u00a0: {scheme.public}."
