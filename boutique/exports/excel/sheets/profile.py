"""Profil du public: distinct persons by sex, age, situation… Small numbers are not shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from boutique.exports.excel.activity_rows import ActivityData, ProfileRow
from boutique.exports.excel.cells import Format, Formula
from boutique.exports.excel.columns import Column
from boutique.exports.excel.measures import Columns, Measure, difference
from boutique.exports.excel.sheets.table_sheet import LiveCheck, TableSheet
from boutique.rules.secrecy import protect

_HIDDEN, _TOTAL = "masqué", "Total"
_LINES_A_PAGE = 32  # of an A4 sheet lying down, below the titles


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A line as it may be shown."""

    breakdown: str
    label: str
    count: Any
    share: float | None
    year_to_date: Any
    total: bool = False


def shown_rows(data: ActivityData) -> list[ShownRow]:
    """Lines of each breakdown and its total, small numbers masked."""
    shown: list[ShownRow] = []
    for name, group in _breakdowns(data):
        added = all(row.exclusive for row in group)
        counts = masked([row.count for row in group], data.threshold, added=added)
        years = masked([row.year_to_date for row in group], data.threshold, added=added)
        first = len(shown) + 2
        for row, count, year in zip(group, counts, years, strict=True):
            share = row.count / data.people if isinstance(count, int) and data.people else None
            shown.append(ShownRow(name, row.label, count, share, year))
        if added:
            complete = all(isinstance(count, int) for count in counts)
            everybody = sum(row.count for row in group)
            total = Formula(f"SUM(C{first}:C{len(shown) + 1})", everybody) if complete else everybody
            shown.append(ShownRow(name, _TOTAL, total, None, None, total=True))
    return shown


def masked(counts: Sequence[int | None], threshold: int, *, added: bool = True) -> list[int | str | None]:
    """Counts as they may be shown (docs/SECRET.md). `added`: their sum is shown too, and must give nothing away."""
    if not added:  # nothing can be subtracted from what does not add up
        return [_HIDDEN if count is not None and 0 < count < threshold else count for count in counts]
    leaves = {f"{rank:03d}": (count,) for rank, count in enumerate(counts) if count is not None}
    alone = protect(leaves, {_TOTAL: frozenset(leaves)}, threshold, zeros_shown=True).alone
    return [count if count is None or f"{rank:03d}" in alone else _HIDDEN for rank, count in enumerate(counts)]


def _breakdowns(data: ActivityData) -> Iterable[tuple[str, list[ProfileRow]]]:
    return ((name, list(group)) for name, group in groupby(data.profile, key=lambda row: row.breakdown))


def _checks(data: ActivityData) -> Sequence[LiveCheck]:
    return [
        LiveCheck(
            f"Profil du public, {row.breakdown} : total différent des {data.people} personnes",
            difference(_under(row.breakdown), data.people),
            blocking=True,
        )
        for row in shown_rows(data)
        if row.total and isinstance(row.count, Formula)
    ]


def _under(breakdown: str) -> Measure:
    """Persons of every value of a breakdown."""

    def value(cells: Columns) -> float:
        lines = zip(cells["Ventilation"], cells["Modalité"], cells["Effectif"], strict=True)
        return float(sum(count for name, label, count in lines if name == breakdown and label != _TOTAL))

    return Measure(f'SUMIFS([Effectif],[Ventilation],"{breakdown}",[Modalité],"<>{_TOTAL}")', value)


def _pages(rows: Sequence[ShownRow]) -> Iterable[int]:
    """A breakdown stays whole on a page when it can."""
    used = 0
    for _, group in groupby(enumerate(rows), key=lambda one: one[1].breakdown):
        lines = list(group)
        if used and used + len(lines) > _LINES_A_PAGE:
            yield lines[0][0]
            used = 0
        used += len(lines)


def _is_total(row: ShownRow) -> bool:
    return row.total


SHEET = TableSheet(
    "Profil du public",
    "Personnes distinctes reçues dans la période. Une personne peut relever de plusieurs modalités d’allocation. "
    "« masqué » : petit effectif, ou effectif caché pour qu’un petit ne se retrouve pas par soustraction.",
    shown_rows,
    (
        Column("Ventilation", lambda row: row.breakdown, 30),
        Column("Modalité", lambda row: row.label, 24),
        Column("Effectif", lambda row: row.count, 10, Format.COUNT),
        Column("Part", lambda row: row.share, 10, Format.SHARE),
        Column("Cumul année", lambda row: row.year_to_date, 10, Format.COUNT),
    ),
    checks=_checks,
    strong=_is_total,
    breaks=_pages,
)
