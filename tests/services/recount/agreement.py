"""Compares what the engine counts with both recounts: for the tests, and on ten thousand files for `make recount`."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from boutique.rules.figure_rules import Count
from boutique.rules.indicators import FIGURES, Figure
from boutique.rules.period import Period, first_of
from boutique.rules.scope import Scope
from boutique.services import figures
from boutique.services.figures import Book
from boutique.services.workspace import Workspace
from tests.services.recount.ask_sql import Recount
from tests.services.recount.by_loops import LOOPS
from tests.services.recount.look import NOWHERE, Look, of
from tests.services.recount.rows import Base

COMPUTED = [item for item in FIGURES if item.rule is not None]
ADDING_UP = [item for item in COMPUTED if not item.distinct]
# Breakdowns by an answer of the person, with its column.
_ANSWERS = {
    "gender": "gender", "employment": "employment_status", "education": "education_level", "qpv": "lives_in_qpv",
    "commune": "commune_code", "registration": "registration_duration",
}  # fmt: skip
_CLOSE = 1e-9


@dataclass(frozen=True, slots=True)
class Found:
    """One figure of a period somewhere, counted three times. A share is both its counts."""

    code: str
    of: str  # period, place or answer
    engine: Any
    sql: Any
    loops: Any

    @property
    def agrees(self) -> bool:
        return same(self.engine, self.sql) and same(self.engine, self.loops)


def same(one: Any, other: Any) -> bool:
    """Equal but for the last digits of hours."""
    if isinstance(one, tuple) or isinstance(other, tuple):
        pairs = zip(one, other, strict=True) if isinstance(one, tuple) and isinstance(other, tuple) else None
        return pairs is not None and all(same(mine, yours) for mine, yours in pairs)
    if one is None or other is None:
        return one is None and other is None
    return bool(abs(one - other) < _CLOSE * max(1, abs(one)))


def is_share(item: Figure) -> bool:
    """Whether it has two counts."""
    return item.rule is not None and item.rule.count is Count.SHARE


def ours(book: Book, item: Figure, period: Period) -> Any:
    """What the engine says: a number, both counts of a share, None for the median of nothing."""
    if is_share(item):
        found = book.fraction(item, period)
        return found.part, found.whole
    return book.value(item, period)


def compare(workspace: Workspace, periods: Iterable[Period], sites: Iterable[uuid.UUID | None]) -> Iterator[Found]:
    """Each figure of each period at each place."""
    spans = list(periods)
    with workspace.database.raw() as connection:
        base = Base(connection)
        for site in sites:
            engine = workspace.read(_by_engine, spans, site)
            for period in spans:
                sql = Recount(connection, period.start, period.end, site)
                look = Look(base, period.start, period.end, site.hex if site else None)
                told = f"{period.words}, {site or 'partout'}"
                for item in COMPUTED:
                    code = item.code
                    yield Found(code, told, engine[code, period], sql.value(code), LOOPS[code](look))


def compare_answers(workspace: Workspace, period: Period) -> Iterator[Found]:
    """Each part of each breakdown by an answer of the person: women, men, those who did not say… (without SQL)."""
    with workspace.database.raw() as connection:
        base = Base(connection)
    for code, column, answer, engine in workspace.read(_slices, period):
        look = Look(base, period.start, period.end, who=of(column, answer))
        counted = LOOPS[code](look)
        yield Found(code, f"{period.words}, {column} = {answer}", engine, counted, counted)


def compare_places(workspace: Workspace, period: Period) -> Iterator[Found]:
    """Figures that add up: those of all places, with what was nowhere, make that of everywhere."""
    with workspace.database.raw() as connection:
        base = Base(connection)
        sites = [uuid.UUID(row[0]) for row in connection.execute("SELECT id FROM site")]
    whole = workspace.read(_by_engine, [period], None)
    each = [workspace.read(_by_engine, [period], site) for site in sites]
    for item in ADDING_UP:
        nowhere = LOOPS[item.code](Look(base, period.start, period.end, NOWHERE))
        added = nowhere + sum(one[item.code, period] for one in each)
        yield Found(item.code, f"{period.words}, somme des lieux", whole[item.code, period], added, added)


def cumulated(workspace: Workspace, item: Figure, year: Period) -> tuple[float, float]:
    """A figure of a year, and the sum of its months, which counts again whoever came in several."""

    def count(session: Session) -> tuple[float, float]:
        book = figures.read(session, year.end)
        months = (Period.month(first_of(*month)) for month in year.months())
        return book.value(item, year) or 0, sum(book.value(item, month) or 0 for month in months)

    return workspace.read(count)


def busiest_places(workspace: Workspace) -> list[uuid.UUID]:
    """The three with most interviews."""
    with workspace.database.raw() as connection:
        rows = connection.execute("SELECT site_id FROM interview GROUP BY site_id ORDER BY count(*) DESC LIMIT 3")
        return [uuid.UUID(row[0]) for row in rows]


def _by_engine(session: Session, periods: list[Period], site: uuid.UUID | None) -> dict[tuple[str, Period], Any]:
    book = figures.read(session, max(period.end for period in periods), Scope(site))
    return {(item.code, period): ours(book, item, period) for period in periods for item in COMPUTED}


def _slices(session: Session, period: Period) -> list[tuple[str, str, Any, Any]]:
    book = figures.read(session, period.end)
    return [
        (item.code, _ANSWERS[name], piece.key, (piece.part, piece.whole) if is_share(item) else piece.part)
        for item in COMPUTED
        for name in item.breakdowns
        if name in _ANSWERS
        for piece in book.breakdown(item, name, period)
    ]
