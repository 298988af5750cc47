"""Which legal form suits a project: points of the answers given, exclusions in words, what is still to be answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from boutique.core.conditions import OPERATORS, Condition, Truth
from boutique.rules.lists import load_legal_forms
from boutique.rules.resources import build, known, label_of, only, read, refuse, tables, unique

EXCLUDED = -9
NO = "non"
IMPORTANCES = (0, 1, 2, 3)
USUAL = 1
_NAME = "lists/legal_form_criteria.toml"
Importance = Mapping[str, int]
Answers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to a criterion and its points for every form; `prefill` is the fact that answers in advance."""

    code: str
    label: str
    points: Mapping[str, int]
    prefill: Condition | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    code: str
    question: str
    confidence: str
    source: tuple[str, ...]
    answers: tuple[Answer, ...]

    def answer(self, code: str) -> Answer | None:
        return next((one for one in self.answers if one.code == code), None)


@dataclass(frozen=True, slots=True)
class Reason:
    """What one answer gave to one form; `points` are those of the list times the importance."""

    question: str
    answer: str
    points: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """One form; those with as many points share their rank. Excluded ones have rank 0 and say why."""

    form: str
    rank: int
    score: int
    reasons: tuple[Reason, ...]
    exclusions: tuple[Reason, ...]
    tied: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What answering an open question would do: who would come first, who would be excluded."""

    criterion: str
    question: str
    answer: str
    first: tuple[str, ...]
    excluded: tuple[str, ...]


@cache
def load_criteria(folder: Path | None = None) -> tuple[Criterion, ...]:
    """The criteria in their order; unknown forms and points out of bounds are refused with their entry."""
    content = read(_NAME, folder)
    only(content, ("version", "criterion"), _NAME)
    entries = tables(content, "criterion", _NAME)
    unique((entry.get("code", "") for entry in entries), _NAME)
    return tuple(_criterion(entry) for entry in entries)


def forms(criteria: Sequence[Criterion]) -> tuple[str, ...]:
    """Codes of the forms that are compared."""
    return tuple(dict.fromkeys(form for one in criteria for answer in one.answers for form in answer.points))


def prefilled(criteria: Sequence[Criterion], facts: Mapping[str, Any]) -> dict[str, str]:
    """Answers that the file gives already; a fact that is not known answers nothing, and never « non »."""
    found = {}
    for criterion in criteria:
        for answer in criterion.answers:
            if answer.prefill is not None and answer.prefill.evaluate(facts) is Truth.TRUE:
                found[criterion.code] = answer.code
    return found


def compare(criteria: Sequence[Criterion], answers: Answers, importance: Importance | None = None) -> list[Ranked]:
    """Every form, the best first, those excluded at the end. A question without answer gives nothing to anybody."""
    weights = importance or {}
    found = [_weigh(form, criteria, answers, weights) for form in forms(criteria)]
    kept = sorted((one for one in found if not one[2]), key=lambda one: -one[1])
    ranked = []
    for form, score, _, reasons in kept:
        rank = 1 + sum(other[1] > score for other in kept)
        tied = sum(other[1] == score for other in kept) > 1
        ranked.append(Ranked(form, rank, score, reasons, (), tied))
    out = [Ranked(form, 0, score, reasons, why) for form, score, why, reasons in found if why]
    return [*ranked, *out]


def changes(criteria: Sequence[Criterion], answers: Answers, importance: Importance | None = None) -> list[Change]:
    """For each open question, the answers that would change who comes first or exclude somebody still there."""
    before = compare(criteria, answers, importance)
    first, out = _first(before), _excluded(before)
    told = []
    for criterion in criteria:
        if criterion.code in answers:
            continue
        for answer in criterion.answers:
            after = compare(criteria, {**answers, criterion.code: answer.code}, importance)
            gone = tuple(form for form in _excluded(after) if form not in out)
            if gone or _first(after) != first:
                leading = _first(after) if _first(after) != first else ()
                told.append(Change(criterion.code, criterion.question, answer.label, leading, gone))
    return told


def place(ranked: Ranked) -> str:
    """« 1re · 7 points », « 2e ex æquo · 3 points »."""
    if ranked.exclusions:
        return "exclue"
    order = "1re" if ranked.rank == 1 else f"{ranked.rank}e"
    points = f"{ranked.score} point{'s' if abs(ranked.score) > 1 else ''}"
    return f"{order}{' ex æquo' if ranked.tied else ''} · {points}"


def why(ranked: Ranked) -> str:
    """The exclusions in words, else each answer with its points."""
    if ranked.exclusions:
        return "Exclue par : " + " ; ".join(_said(reason) for reason in ranked.exclusions) + "."
    if not ranked.reasons:
        return "Aucune réponse ne joue encore pour ou contre."
    return " · ".join(f"{reason.points:+d} {_said(reason)}" for reason in ranked.reasons)


def _said(reason: Reason) -> str:
    return f"{reason.question} {reason.answer}"


def _weigh(
    form: str, criteria: Sequence[Criterion], answers: Answers, weights: Importance
) -> tuple[str, int, tuple[Reason, ...], tuple[Reason, ...]]:
    reasons, why = [], []
    for criterion in criteria:
        given = criterion.answer(answers.get(criterion.code, ""))
        points = given.points.get(form, 0) if given is not None else 0
        if given is None or not points:
            continue
        if points == EXCLUDED:
            why.append(Reason(criterion.question, given.label, EXCLUDED))
        elif weight := weights.get(criterion.code, USUAL):
            reasons.append(Reason(criterion.question, given.label, points * weight))
    score = sum(reason.points for reason in reasons)
    return form, score, tuple(why), tuple(sorted(reasons, key=_strength))


def _strength(reason: Reason) -> int:
    return -reason.points


def _first(ranked: Sequence[Ranked]) -> tuple[str, ...]:
    return tuple(one.form for one in ranked if one.rank == 1)


def _excluded(ranked: Sequence[Ranked]) -> tuple[str, ...]:
    return tuple(one.form for one in ranked if one.exclusions)


def _criterion(entry: Mapping[str, Any]) -> Criterion:
    where = label_of(entry, _NAME)
    own = {key: value for key, value in entry.items() if key != "answer"}
    answers = tuple(_answer(one, where) for one in tables(entry, "answer", _NAME))
    return build(Criterion, own, where, answers=answers)


def _answer(entry: Mapping[str, Any], where: str) -> Answer:
    points = entry.get("points")
    if not isinstance(points, dict) or not points:
        raise refuse(where, "« points » manque")
    for form, value in points.items():
        known(form, load_legal_forms(), where, "la forme")
        if type(value) is not int or (value != EXCLUDED and not -3 <= value <= 3):
            raise refuse(where, f"« {form} » : de -3 à 3, ou -9 pour exclure")
    prefill = entry.get("prefill")
    own = {key: value for key, value in entry.items() if key not in ("points", "prefill")}
    return build(Answer, own, where, points=points, prefill=_condition(prefill, where) if prefill else None)


def _condition(given: Mapping[str, Any], where: str) -> Condition:
    operator = known(str(given.get("op", "")), OPERATORS, where, "l’opérateur")
    return Condition(str(given.get("field", "")), operator, given.get("value"))
