"""Three-valued conditions: a missing answer is never a no."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boutique.core.conditions import OPERATORS, Condition, Truth, Verdict, all_of, any_of, both

YES, NO = Condition("a", "is_true"), Condition("a", "is_false")
TRUTHS = st.sampled_from(list(Truth))


@pytest.mark.parametrize(
    ("op", "wanted", "holds", "fails"),
    [
        ("=", 3, 3, 4),
        ("!=", 3, 4, 3),
        ("in", (1, 2), 1, 3),
        ("not_in", (1, 2), 3, 1),
        (">", 3, 4, 3),
        (">=", 3, 3, 2),
        ("<", 3, 2, 3),
        ("<=", 3, 3, 4),
        ("contains", "ARE", ("ARE",), ("RSA",)),
        ("contains_any", ("ARE", "ASP"), ("ASP", "RSA"), ("RSA",)),
        ("is_true", None, True, False),
        ("is_false", None, False, True),
    ],
)
def test_each_operator_holds_fails_or_waits_for_the_answer(
    op: str, wanted: object, holds: object, fails: object
) -> None:
    condition = Condition("x", op, wanted)
    assert condition.evaluate({"x": holds}) is Truth.TRUE
    assert condition.evaluate({"x": fails}) is Truth.FALSE
    assert condition.evaluate({}) is condition.evaluate({"x": None}) is Truth.UNKNOWN


def test_every_operator_is_shown_above() -> None:
    assert len(OPERATORS) == 12


def test_an_unknown_operator_is_refused_where_it_is_written() -> None:
    with pytest.raises(ValueError, match="opérateur inconnu : ~"):
        Condition("x", "~", 1)


def test_all_must_hold_and_one_failure_is_enough() -> None:
    other = Condition("b", "is_true")
    assert all_of((), {}) == Verdict(Truth.TRUE)
    assert all_of((YES, other), {"a": True, "b": True}) == Verdict(Truth.TRUE)
    assert all_of((YES, other), {"b": False}) == Verdict(Truth.FALSE)
    assert all_of((YES, other, YES), {}) == Verdict(Truth.UNKNOWN, ("a", "b"))


def test_one_must_hold_and_an_empty_group_asks_nothing() -> None:
    other = Condition("b", "is_true")
    assert any_of((), {}) == Verdict(Truth.TRUE)
    assert any_of((YES, other), {"b": True}) == Verdict(Truth.TRUE)
    assert any_of((YES, other), {"b": False}) == Verdict(Truth.UNKNOWN, ("a",))
    assert any_of((YES, other), {"a": False, "b": False}) == Verdict(Truth.FALSE)


@given(TRUTHS, TRUTHS)
def test_a_conjunction_is_false_then_unknown_then_true(one: Truth, two: Truth) -> None:
    joined = both(Verdict(one, ("a",)), Verdict(two, ("a", "b")))
    if Truth.FALSE in (one, two):
        assert joined == Verdict(Truth.FALSE)
    elif Truth.UNKNOWN in (one, two):
        assert joined == Verdict(Truth.UNKNOWN, ("a", "b"))
    else:
        assert joined == Verdict(Truth.TRUE)


def test_unknown_is_neither_a_condition_nor_its_opposite() -> None:
    assert YES.evaluate({}) is NO.evaluate({}) is Truth.UNKNOWN
