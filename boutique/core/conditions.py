"""One tiny condition language, three-valued: form visibility, referral rules, scheme eligibility.

A missing answer is never a "no": a condition on it is unknown, and says which answer would settle it.
Source of the operators and of the three states: DOMAIN § 3.2.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any


class Truth(Enum):
    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"

    @classmethod
    def of(cls, value: object) -> "Truth":
        return cls.TRUE if value else cls.FALSE


OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda value, wanted: bool(value == wanted),
    "!=": lambda value, wanted: bool(value != wanted),
    "in": lambda value, wanted: value in wanted,
    "not_in": lambda value, wanted: value not in wanted,
    ">": lambda value, wanted: bool(value > wanted),
    ">=": lambda value, wanted: bool(value >= wanted),
    "<": lambda value, wanted: bool(value < wanted),
    "<=": lambda value, wanted: bool(value <= wanted),
    "contains": lambda value, wanted: wanted in value,
    "contains_any": lambda value, wanted: any(item in value for item in wanted),
    "is_true": lambda value, _: value is True,
    "is_false": lambda value, _: value is False,
}


@dataclass(frozen=True, slots=True)
class Condition:
    """`field op wanted`, evaluated against a plain mapping of facts."""

    field: str
    op: str
    wanted: Any = None

    def __post_init__(self) -> None:
        if self.op not in OPERATORS:
            raise ValueError(f"opérateur inconnu : {self.op}")

    def evaluate(self, facts: Mapping[str, Any]) -> Truth:
        value = facts.get(self.field)
        if value is None:
            return Truth.UNKNOWN
        return Truth.of(OPERATORS[self.op](value, self.wanted))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Outcome of a group of conditions; `missing` names the answers that would settle an unknown one."""

    truth: Truth
    missing: tuple[str, ...] = ()


def all_of(conditions: Iterable[Condition], facts: Mapping[str, Any]) -> Verdict:
    """True when all hold, false as soon as one fails, else unknown with every missing answer."""
    missing: list[str] = []
    for condition in conditions:
        truth = condition.evaluate(facts)
        if truth is Truth.FALSE:
            return Verdict(Truth.FALSE)
        if truth is Truth.UNKNOWN:
            missing.append(condition.field)
    return Verdict(Truth.UNKNOWN, _unique(missing)) if missing else Verdict(Truth.TRUE)


def any_of(conditions: Collection[Condition], facts: Mapping[str, Any]) -> Verdict:
    """True when one holds or when the group is empty, false when all fail, else unknown."""
    if not conditions:
        return Verdict(Truth.TRUE)
    missing: list[str] = []
    for condition in conditions:
        truth = condition.evaluate(facts)
        if truth is Truth.TRUE:
            return Verdict(Truth.TRUE)
        if truth is Truth.UNKNOWN:
            missing.append(condition.field)
    return Verdict(Truth.UNKNOWN, _unique(missing)) if missing else Verdict(Truth.FALSE)


def both(first: Verdict, second: Verdict) -> Verdict:
    """Conjunction of two verdicts."""
    if Truth.FALSE in (first.truth, second.truth):
        return Verdict(Truth.FALSE)
    if Truth.UNKNOWN in (first.truth, second.truth):
        return Verdict(Truth.UNKNOWN, _unique([*first.missing, *second.missing]))
    return Verdict(Truth.TRUE)


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
