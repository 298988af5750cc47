"""Conditions of three values settled on columns: on all the events of a kind, or on everybody. For the ledger."""

from collections.abc import Callable, Mapping, Sequence
from operator import and_, or_
from types import MappingProxyType
from typing import Any

from boutique.core.conditions import Condition, Truth
from boutique.rules.criteria import Criteria, Group
from boutique.rules.figure_facts import UNSETTLED
from boutique.rules.ledger_rows import both, joined

FALSE, UNKNOWN, TRUE = 0b00, 0b01, 0b11  # so that « and » and « or » of three values are those of bits
_CODES = {Truth.FALSE: FALSE, Truth.UNKNOWN: UNKNOWN, Truth.TRUE: TRUE}
WHERE_TRUE = bytes(state == TRUE for state in range(256))
_WHERE_KNOWN = bytes(state in (FALSE, TRUE) for state in range(256))
_WHERE_NOT_TRUE = bytes(state != TRUE for state in range(256))
SIDES: Mapping[str, bytes] = MappingProxyType({"part": WHERE_TRUE, "whole": _WHERE_KNOWN})
Settle = Callable[[Condition], bytes]  # the state of one condition on each


def fit(criteria: Criteria, truth: Settle, count: int) -> bytes:
    """1 for what fits, 0 for the others; `truth` settles one condition on all of them."""
    found = bytes([1]) * count
    if criteria.all_of:
        found = all_true(criteria.all_of, truth).translate(WHERE_TRUE)
    if criteria.any_of:
        states = joined(or_, [all_true(group, truth) for group in criteria.any_of])
        found = both(found, states.translate(WHERE_TRUE))
    if criteria.none_of:
        states = joined(or_, [all_true(group, truth) for group in criteria.none_of])
        found = both(found, states.translate(_WHERE_NOT_TRUE))
    return found


def all_true(group: Group, truth: Settle) -> bytes:
    """False as soon as one is, true when all are, else not known."""
    return joined(and_, [truth(condition) for condition in group])


def settled(condition: Condition, values: Sequence[Any]) -> bytes:
    """The state of a condition on each value, settled once for each different one."""
    states = {value: _state(condition, value) for value in set(values)}
    return bytes(map(states.__getitem__, values))


def _state(condition: Condition, value: Any) -> int:
    wanted = condition.wanted if isinstance(condition.wanted, tuple) else (condition.wanted,)
    if value in UNSETTLED and value not in wanted:
        return UNKNOWN
    return _CODES[condition.evaluate({condition.field: value})]
