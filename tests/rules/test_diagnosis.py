"""Axis marks of the diagnosis: bounds, weights, what is incomplete, what blocks, and the places on the radar."""

import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boutique.rules import diagnosis as rules
from boutique.rules.diagnosis import AxisMark, State
from boutique.rules.lists import Axis, Criterion, Grid, grid_content, grid_of, load_grid

LEVELS = st.one_of(st.none(), st.integers(1, 5))
CODES = [criterion.code for axis in load_grid().axes for criterion in axis.criteria]
MARKS = st.dictionaries(st.sampled_from(CODES), LEVELS)
WORDS = ("un", "deux", "trois", "quatre", "cinq")


def axis(*weights: int, blocking: int | None = None) -> Grid:
    """A grid of one axis; only its first criterion blocks."""
    criteria = tuple(
        Criterion(f"C{rank}", f"Critère {rank}", "?", WORDS, weight, (), blocking if rank == 0 else None)
        for rank, weight in enumerate(weights)
    )
    return Grid("essai", (Axis("person", "Personne", criteria),))


def one(grid: Grid, *levels: int | None) -> AxisMark:
    (found,) = rules.evaluate(grid, {f"C{rank}": level for rank, level in enumerate(levels)})
    return found


@given(MARKS)
def test_a_mark_lies_between_the_lowest_and_the_highest_level_marked(levels: dict[str, int | None]) -> None:
    for found, described in zip(rules.evaluate(load_grid(), levels), load_grid().axes, strict=True):
        own = [level for c in described.criteria if (level := levels.get(c.code)) is not None]
        assert found.marked == len(own)
        if found.mean is not None and found.mark is not None and found.half is not None:
            assert min(own) <= found.mean <= max(own)
            assert abs(Fraction(found.mark) - found.mean) <= Fraction(1, 20)
            assert abs(Fraction(found.half) - found.mean) <= Fraction(1, 4)
            assert found.half * 2 == int(found.half * 2)
            assert found.level in range(1, 6)


@given(MARKS)
def test_an_axis_with_less_than_half_of_its_criteria_has_no_mark(levels: dict[str, int | None]) -> None:
    for found in rules.evaluate(load_grid(), levels):
        assert (found.mean is None) == (2 * found.marked < found.total)
        assert (found.state is State.INCOMPLETE) == (found.mean is None and not found.blocking)


@given(MARKS, st.sampled_from(CODES))
def test_a_better_level_never_lowers_a_mark(levels: dict[str, int | None], code: str) -> None:
    level = levels.get(code)
    if level is None or level == rules.HIGHEST:
        return
    before, after = (rules.evaluate(load_grid(), {**levels, code: one}) for one in (level, level + 1))
    assert all(b.mean is None or a.mean >= b.mean for b, a in zip(before, after, strict=True) if a.mean is not None)


@given(MARKS, st.randoms(use_true_random=False))
def test_the_order_of_the_marks_does_not_matter(levels: dict[str, int | None], random: object) -> None:
    shuffled = list(levels.items())
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert rules.evaluate(load_grid(), dict(shuffled)) == rules.evaluate(load_grid(), levels)


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 5)), min_size=1, max_size=8))
def test_a_weight_counts_as_that_many_criteria(pairs: list[tuple[int, int]]) -> None:
    weighted = one(axis(*(weight for weight, _ in pairs)), *(level for _, level in pairs))
    repeated = [level for weight, level in pairs for _ in range(weight)]
    assert weighted.mean == Fraction(sum(repeated), len(repeated))


@given(MARKS)
def test_what_blocks_turns_its_axis_red_whatever_the_mean(levels: dict[str, int | None]) -> None:
    high = dict.fromkeys(CODES, 5)
    for found, described in zip(rules.evaluate(load_grid(), {**high, **levels}), load_grid().axes, strict=True):
        low = [
            c.label
            for c in described.criteria
            if c.blocking_level is not None and ({**high, **levels}[c.code] or 9) <= c.blocking_level
        ]
        assert list(found.blocking) == low
        assert (found.state is State.BLOCKED) == bool(low)


def test_halfway_goes_up() -> None:
    quarter = one(axis(1, 3), 3, 2)
    assert quarter.mean == Fraction(9, 4)
    assert (quarter.mark, quarter.half, quarter.level) == (Decimal("2.3"), Decimal("2.5"), 2)
    assert one(axis(1, 1), 2, 3).level == 3


def test_a_blocking_criterion_alone_reddens_an_axis_that_is_still_incomplete() -> None:
    found = one(axis(1, 1, 1, 1, 1, blocking=1), 1)
    assert found.mean is None
    assert found.state is State.BLOCKED
    assert one(axis(1, blocking=1), 2).state is State.WEAK


@pytest.mark.parametrize(("level", "state"), [(2, State.WEAK), (3, State.BUILDING), (4, State.SOLID)])
def test_the_word_of_an_axis_follows_its_mark(level: int, state: State) -> None:
    assert one(axis(1, 1), level, level).state is state


@pytest.mark.parametrize("level", [0, 6, -1, 99, True, "3", 2.5])
def test_a_level_that_does_not_exist_is_not_marked(level: object) -> None:
    (found,) = rules.evaluate(axis(1), {"C0": level})  # type: ignore[dict-item]
    assert (found.marked, found.mean) == (0, None)
    assert rules.notes(axis(1), {"C0": level}) == ()  # type: ignore[dict-item]


def test_a_criterion_of_another_grid_changes_nothing() -> None:
    assert rules.evaluate(axis(1), {"C0": 4, "VIEUX9": 1}) == rules.evaluate(axis(1), {"C0": 4})


def test_an_estimate_speaks_only_for_an_axis_without_criteria() -> None:
    (guessed,) = rules.evaluate(axis(1, 1, 1), {}, {"person": 4})
    assert (guessed.mark, guessed.estimated, guessed.state) == (Decimal(4), True, State.SOLID)
    (marked,) = rules.evaluate(axis(1, 1, 1), {"C0": 1}, {"person": 4})
    assert (marked.mark, marked.estimated) == (None, False)
    (wrong,) = rules.evaluate(axis(1), {}, {"person": 9})
    assert wrong.mark is None


def test_points_come_blocking_first_then_weakest_then_weightiest() -> None:
    marked = rules.notes(axis(1, 3, 2, 1, 9, blocking=2), {"C0": 2, "C1": 1, "C2": 1, "C3": 2, "C4": 3})
    assert [note.criterion.code for note in rules.points(marked)] == ["C0", "C1", "C2", "C3"]
    strong = rules.notes(axis(1, 3, 2), {"C0": 4, "C1": 4, "C2": 5})
    assert [note.criterion.code for note in rules.strengths(strong)] == ["C2", "C1", "C0"]


def test_a_point_becomes_an_aim_in_the_words_of_the_next_level() -> None:
    (note,) = rules.points(rules.notes(load_grid(), {"MAR3": 2}))
    assert note.aim == "Prix et volume : viser « Calculé » (aujourd’hui « Au hasard »)"


def test_a_change_is_between_two_known_marks() -> None:
    low, high, none = one(axis(1), 2), one(axis(1), 4), one(axis(1))
    assert rules.change(low, high) == 2
    assert rules.change(high, low) == -2
    assert rules.change(None, high) is None
    assert rules.change(none, high) is None


@given(st.integers(0, 11), st.integers(3, 12), st.floats(0, 5))
def test_a_mark_stands_at_its_distance_from_the_centre(rank: int, count: int, value: float) -> None:
    x, y = rules.corner(rank % count, count, value)
    assert math.isclose(math.hypot(x, y), value / 5, abs_tol=1e-9)
    assert rules.corner(0, count, 5) == (0.0, -1.0)


def test_a_grid_comes_back_from_what_is_kept_of_it() -> None:
    assert grid_of(grid_content(load_grid())) == load_grid()


@pytest.mark.parametrize(("key", "wrong"), [("weight", 0), ("blocking_level", 5), ("levels", ["un"])])
def test_a_grid_that_cannot_be_computed_is_refused(key: str, wrong: object) -> None:
    content = grid_content(axis(1))
    content["axis"][0]["criterion"][0][key] = wrong
    with pytest.raises(ValueError, match="C0"):
        grid_of(content)
