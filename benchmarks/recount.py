"""Ten thousand files over three years: each indicator as the engine, SQL and loops over plain rows count it."""

import time
from collections.abc import Iterable
from itertools import chain

from benchmarks import base
from benchmarks.measure import Line
from boutique.rules.indicators import figure
from boutique.services.workspace import Workspace
from tests.services.recount import bases
from tests.services.recount.agreement import (
    COMPUTED,
    Found,
    busiest_places,
    compare,
    compare_answers,
    compare_places,
    cumulated,
)

_FILLINGS, _SHOWN = 4, 20
_DISTINCT = ("received", "caseload")


def lines() -> list[Line]:
    opened = base.workspace(name="trois-ans", fill=_three_years)
    try:
        places = [None, *busiest_places(opened)]
        many = f"{len(COMPUTED)} indicators × {len(bases.MONTHS)} months × {len(places)}"
        whole = bases.YEARS[1:]
        return [
            _agreed(f"{many} (everywhere and three places): engine, SQL, loops", compare(opened, bases.MONTHS, places)),
            _agreed(f"the same of {len(bases.YEARS)} years", compare(opened, bases.YEARS, places)),
            _agreed("parts of breakdowns (women, men, unknown…): engine = loops",
                    chain.from_iterable(compare_answers(opened, year) for year in whole)),
            _agreed("figures that add up: places and nowhere = everywhere",
                    chain.from_iterable(compare_places(opened, year) for year in whole)),
            *(_never_a_sum(opened, key) for key in _DISTINCT),
        ]  # fmt: skip
    finally:
        opened.close()


def _three_years(made: Workspace) -> None:
    bases.fill(made, base.PEOPLE, _FILLINGS)


def _agreed(what: str, compared: Iterable[Found]) -> Line:
    """How many were compared; those that differ are shown."""
    started, count, wrong = time.perf_counter(), 0, []
    for one in compared:
        count += 1
        if not one.agrees:
            wrong.append(f"{one.code} {one.of} : {one.engine} / {one.sql} / {one.loops}")
    took = time.perf_counter() - started
    told = f"{count} compared in {took:.0f} s, {len(wrong)} differ {' ; '.join(wrong[:_SHOWN])}".strip()
    return Line(what, told, "none differs", not wrong)


def _never_a_sum(opened: Workspace, key: str) -> Line:
    item = figure(key)
    year, months = cumulated(opened, item, bases.YEARS[-1])
    told = f"{year:.0f}, its months add up to {months:.0f}"
    return Line(f"« {item.label} » of a year is no sum of months", told, "fewer", year < months)
