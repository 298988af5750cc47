"""The order of proposals: what few answers may not decide, what decides before what."""

import uuid
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from boutique.rules.ranking import (
    Habits,
    Sheet,
    Standing,
    Support,
    Usual,
    delay_weeks,
    refusal_steps,
    sheet_step,
    shrunk_acceptance,
)

USUAL = Usual(0.6, 15)


def test_two_yes_out_of_two_do_not_pass_before_eighteen_out_of_twenty() -> None:
    assert shrunk_acceptance(Habits(2, 2), 0.6) < shrunk_acceptance(Habits(20, 18), 0.6)
    assert refusal_steps(Habits(20, 18), USUAL) < refusal_steps(Habits(2, 2), USUAL)


def test_a_structure_nobody_tried_stands_with_the_usual_ones_before_one_that_refuses_half_the_time() -> None:
    untried, refuses = refusal_steps(Habits(), USUAL), refusal_steps(Habits(20, 10, 10, 20), USUAL)
    assert untried == 4
    assert untried < refuses
    assert delay_weeks(Habits(), USUAL) == 2


def test_one_slow_answer_weighs_little_and_thirty_weigh() -> None:
    assert delay_weeks(Habits(1, 1, 29, 1), USUAL) == 2
    assert delay_weeks(Habits(30, 30, 60, 30), USUAL) >= 7


@given(st.integers(0, 400), st.data(), st.floats(0, 1))
def test_what_is_drawn_towards_the_usual_stays_between_the_two(
    answers: int, data: st.DataObject, usual: float
) -> None:  # fmt: skip
    accepted = data.draw(st.integers(0, answers))
    found = shrunk_acceptance(Habits(answers, accepted), usual)
    own = accepted / answers if answers else usual
    assert min(own, usual) - 1e-9 <= found <= max(own, usual) + 1e-9


def test_a_criterion_decides_only_when_those_before_it_are_equal() -> None:
    base = Standing(
        set_aside=False, away=False, after_the_urgent=True, support=Support.RULE_OR_NEED, need=0, priority=2, doubts=0,
        public=True, nearness=3, sheet=Sheet.DUE, acceptance=5, delay=2, name="B", key=uuid.UUID(int=2),
    )  # fmt: skip
    better = base._replace(support=Support.RULE_AND_NEED, nearness=6, sheet=Sheet.NEVER, acceptance=10, delay=9)
    assert better < base
    assert base._replace(doubts=1, nearness=0) > base
    assert base._replace(set_aside=True, after_the_urgent=False, support=Support.RULE_AND_NEED) > base
    assert base._replace(acceptance=4, delay=9) < base
    assert sheet_step(None, due=True) > sheet_step(date(2020, 1, 1), due=True) > sheet_step(date(2026, 1, 1), due=False)
