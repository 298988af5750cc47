"""No count of a published table can be undone: an attacker with a linear program and all that is shown finds nothing.

The attacker knows every shown number, which commune belongs to which territory, that counts are never negative and that
a part is never larger than its whole. For each hidden cell, the least and the most it may be are worked out.
"""

from collections.abc import Iterator, Mapping
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from boutique.rules.secrecy import Count, Published, protect, publish

Rows = dict[str, frozenset[str]]
_FEW = st.sampled_from((0, 0, 0, 1, 1, 2, 3, 4, 5, 6, 9, 14, 40))


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Count], Rows, int]:
    """Communes in EPCI, some pays that cut across them and overlap, and counts that are mostly small."""
    communes = [f"{number:05d}" for number in range(1, draw(st.integers(1, 11)) + 1)]
    homes = {code: draw(st.integers(1, 4)) for code in communes}
    rows: Rows = {"total": frozenset(communes)}
    rows |= {f"epci {n}": frozenset(c for c in communes if homes[c] == n) for n in set(homes.values())}
    for number in range(draw(st.integers(0, 3))):
        inside = draw(st.sets(st.sampled_from(communes), min_size=1))
        if frozenset(inside) not in rows.values():
            rows[f"pays {number}"] = frozenset(inside)
    people = {code: draw(_FEW) for code in communes}
    district = {code: draw(st.integers(0, people[code])) for code in communes}
    women = {code: draw(st.integers(0, people[code])) for code in communes}
    acts = {code: draw(_FEW) if people[code] else 0 for code in communes}
    columns = [Count("people", people), Count("qpv", district, part=True), Count("women", women, part=True),
               Count("acts", acts)]  # fmt: skip
    return columns, rows, draw(st.sampled_from((3, 5, 11)))


def cells(published: Published, rows: Rows, key: str) -> Iterator[tuple[frozenset[str], int]]:
    """What is shown of a column: the leaves added up, and their sum."""
    for name, value in published.shown[key].items():
        yield published.blocks.get(name) or rows[name], value


class Attacker:
    """A linear program over every cell of the table."""

    def __init__(self, columns: list[Count], rows: Rows, shown: Mapping[str, list[tuple[frozenset[str], int]]]) -> None:
        communes = sorted(rows["total"])
        keys = [(count.key, code) for count in columns for code in communes]
        self.place = {key: rank for rank, key in enumerate(keys)}
        equal = [(self._row(key, leaves), value) for key, found in shown.items() for leaves, value in found]
        parts = [(self._row(count.key, [code]) - self._row("people", [code]), 0)
                 for count in columns if count.part for code in communes]  # fmt: skip
        self.equal = {"A_eq": [row for row, _ in equal], "b_eq": [value for _, value in equal]} if equal else {}
        self.below = {"A_ub": [row for row, _ in parts], "b_ub": [value for _, value in parts]} if parts else {}

    def _row(self, key: str, leaves: object) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
        row = np.zeros(len(self.place))
        row[[self.place[key, code] for code in leaves]] = 1  # type: ignore[attr-defined]
        return row

    def bounds(self, key: str, code: str) -> tuple[float, float]:
        aim = self._row(key, [code])
        found = [linprog(sign * aim, **self.equal, **self.below, bounds=(0, 1000)) for sign in (1, -1)]
        assert all(one.success for one in found)
        return found[0].fun, -found[1].fun


@settings(max_examples=60)
@given(worlds())
def test_no_hidden_cell_is_worked_out_or_bounded_to_one_value(world: tuple[list[Count], Rows, int]) -> None:
    columns, rows, threshold = world
    dear = {name for name in rows if name.startswith("pays")}
    published = publish(columns[0], columns[1:], rows, threshold, dear=dear)
    shown = {count.key: list(cells(published, rows, count.key)) for count in columns}
    attacker = Attacker(columns, rows, shown)
    for count in columns:
        seen = dict(shown[count.key])
        assert all(sum(count.by_leaf[code] for code in leaves) == value for leaves, value in seen.items())
        for code, value in count.by_leaf.items():
            if frozenset({code}) in seen:
                assert value == 0 or value >= threshold
            elif value:
                least, most = attacker.bounds(count.key, code)
                assert most - least >= 1 - 1e-6, (count.key, code, value)


@settings(max_examples=200)
@given(worlds())
def test_no_difference_of_shown_cells_is_a_small_count(world: tuple[list[Count], Rows, int]) -> None:
    columns, rows, threshold = world
    published = publish(columns[0], columns[1:], rows, threshold)
    whole = dict(cells(published, rows, "people"))
    for count in columns:
        seen = [(frozenset[str](), 0), *cells(published, rows, count.key)]
        for (inner, less), (outer, more) in permutations(seen, 2):
            if inner < outer:
                assert not 0 < more - less < threshold, (count.key, sorted(outer - inner))
                if count.part and outer in whole and (inner in whole or not inner):
                    rest = whole[outer] - whole.get(inner, 0) - (more - less)
                    assert not 0 < rest < threshold, (count.key, "the others", sorted(outer - inner))


def test_the_attacker_sees_what_a_lone_masked_cell_gives_away() -> None:
    people = Count("people", {"A": 3, "B": 12, "C": 20})
    rows: Rows = {"total": frozenset("ABC")}
    naive = {"people": [(frozenset("B"), 12), (frozenset("C"), 20), (rows["total"], 35)]}
    assert Attacker([people], rows, naive).bounds("people", "A") == pytest.approx((3, 3))
    published = publish(people, [], rows)
    assert published.shown["people"] == {"C": 20, "A": 15, "total": 35}
    assert published.blocks["A"] == {"A", "B"}


def test_two_territories_that_differ_by_one_commune_are_not_both_shown() -> None:
    people = Count("people", {"A": 2, "B": 30, "C": 40})
    rows: Rows = {"total": frozenset("ABC"), "pays": frozenset("AB"), "epci": frozenset("B"), "far": frozenset("C")}
    shown = publish(people, [], rows).shown["people"]
    assert not {"pays", "epci"} <= shown.keys() or "B" not in shown
    assert shown["total"] == 72


def test_a_total_that_was_asked_for_is_hidden_last() -> None:
    people = Count("people", {"A": 2, "B": 30, "C": 40, "D": 9})
    rows: Rows = {"total": frozenset("ABCD"), "epci": frozenset("AC"), "far": frozenset("BD"), "pays": frozenset("AB")}
    assert "pays" not in publish(people, [], rows).shown["people"]
    assert "pays" in publish(people, [], rows, dear={"pays"}).shown["people"]


def test_large_counts_are_all_shown_and_nobody_is_no_secret() -> None:
    people = Count("people", {"A": 12, "B": 30, "C": 0})
    rows: Rows = {"total": frozenset("ABC"), "west": frozenset("AB"), "east": frozenset("C")}
    published = publish(people, [Count("qpv", {"A": 0, "B": 15, "C": 0}, part=True)], rows)
    assert published.shown["people"] == {"A": 12, "B": 30, "C": 0, "total": 42, "west": 42, "east": 0}
    assert published.shown["qpv"] == {"A": 0, "B": 15, "C": 0, "total": 15, "west": 15, "east": 0}


def test_when_everybody_is_too_few_nothing_is_shown() -> None:
    published = publish(Count("people", {"A": 1, "B": 2}), [Count("acts", {"A": 9})], {"total": frozenset("AB")})
    assert published.shown == {"people": {}, "acts": {}}


@pytest.mark.parametrize("counts", [(1, 1, 1, 1, 1), (4, 4), (4, 4, 4)])
def test_who_knows_the_threshold_does_not_know_more(counts: tuple[int, ...]) -> None:
    """Five communes of one person each, or two of four: the sum alone would tell each of them."""
    leaves = {f"{rank}": (count,) for rank, count in enumerate(counts)} | {"large": (20,), "larger": (30,)}
    shield = protect(leaves, {"total": frozenset(leaves)}, zeros_shown=True)
    assert shield.alone == {"larger"}
