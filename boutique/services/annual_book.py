"""What the activity workbook of a year says: figures by month, cohorts of businesses, territory. Never a file."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date

from sqlalchemy import extract, func, select
from sqlalchemy.orm import Session

from boutique import __version__
from boutique.core import clock
from boutique.exports.excel.annual_rows import AnnualData, CohortRow, TerritoryRow, YearRow
from boutique.models.after import FollowUp
from boutique.models.after_choices import FollowUpOutcome
from boutique.models.case import Case
from boutique.models.person import Person
from boutique.models.project import Business
from boutique.models.structure import Structure
from boutique.rules.indicators import Figure, Unit
from boutique.rules.period import Period
from boutique.rules.scope import Scope
from boutique.services import ledger, observatory, observatory_table, scopes
from boutique.services.activity_book import author_name, filters, summary_figures
from boutique.services.month import MonthBook, read
from boutique.services.narrowing import at_home, within
from boutique.services.observatory_table import Shape
from boutique.services.scopes import ALL, ScopeKeys

Step = Callable[[int, int], None]
_ALIVE = (FollowUpOutcome.ACTIVE, FollowUpOutcome.TRANSFORMED)
_DECEMBER = 12
_NO_TERRITORY = (
    "Feuille Territoire",
    "Laissée vide : comparée à celle de tous, elle ferait retrouver de petits nombres.",
)


def annual_book(
    session: Session, year: int, keys: ScopeKeys = ALL, *, author: str = "", step: Step | None = None
) -> AnnualData:
    """Everything the workbook of a year says. `step` is told which part is read, and may raise to give up."""
    told = step or _nothing
    told(0, 3)
    last = min(date(year, _DECEMBER, 31), clock.today())
    scope = scopes.resolve(session, keys)
    book = read(session, last, scope)
    whole = Period(date(year, 1, 1), date(year, _DECEMBER, 31))
    told(1, 3)
    cohorts = tuple(_cohorts(session, last, scope))
    told(2, 3)
    territory, threshold = _territory(session, year, shown=keys == ALL)
    return AnnualData(
        structure=session.scalar(select(Structure.name).limit(1)) or "",
        year=year,
        start=whole.start,
        end=whole.end,
        author=author or author_name(session),
        version=__version__,
        generated_at=clock.local(clock.now()),
        indicators=tuple(_line(book, counted, year, last.month) for counted in summary_figures(session)),
        cohorts=cohorts,
        territory=tuple(territory),
        filters=filters(session, keys) if keys == ALL else (*filters(session, keys), _NO_TERRITORY),
        threshold=threshold,
    )


def _nothing(_done: int, _total: int) -> None:
    """Nobody looks at how far it is."""


def _line(book: MonthBook, counted: Figure, year: int, last: int) -> YearRow:
    months = [Period.month(date(year, month, 1)) for month in range(1, _DECEMBER + 1)]
    before = Period(date(year - 1, 1, 1), date(year - 1, _DECEMBER, 31))
    line, value = book.line(counted), book.book.value
    return YearRow(
        label=line.label,
        months=tuple(value(counted, period) if rank <= last else None for rank, period in enumerate(months, 1)),
        total=line.year,
        target=line.target,
        last_year=value(counted, before),
        additive=not counted.distinct,
        percent=counted.unit is Unit.SHARE,
        definition=line.definition,
    )


def _cohorts(session: Session, last: date, scope: Scope) -> Iterator[CohortRow]:
    """By year of registration. The points at a given age are complete once the last anniversary of a year is past."""
    made = (
        select(extract("year", Business.registered_on).label("year"), Business.project_id)
        .select_from(Business)
        .join(Case, Case.id == ledger.first_case())
        .join(Person, Person.id == Case.person_id)
        .where(Business.registered.is_(True), Business.registered_on >= Case.opened_on)
        .where(Business.registered_on <= last, *within(scope, Case.site_id))
        .where(*at_home(scope, func.coalesce(Business.commune_code, Person.commune_code)))
        .subquery()
    )
    counts: dict[int, int] = dict(session.execute(select(made.c.year, func.count()).group_by(made.c.year)).all())
    points = session.execute(
        select(made.c.year, FollowUp.months, FollowUp.outcome, func.count())
        .join(Case, Case.project_id == made.c.project_id)
        .join(FollowUp, FollowUp.case_id == Case.id)
        .where(FollowUp.outcome.is_not(None))
        .group_by(made.c.year, FollowUp.months, FollowUp.outcome)
    )
    alive: Counter[tuple[int, int]] = Counter()
    lost: Counter[tuple[int, int]] = Counter()
    for cohort, months, outcome, count in points:
        if outcome in _ALIVE:
            alive[cohort, months] += count
        elif outcome is FollowUpOutcome.UNREACHABLE:
            lost[cohort, months] += count
    for cohort in sorted(counts):
        past = {months: date(cohort + months // _DECEMBER, _DECEMBER, 31) <= last for months in (12, 24, 36)}
        yield CohortRow(
            year=cohort,
            creations=counts[cohort],
            active_12=alive[cohort, 12] if past[12] else None,
            active_24=alive[cohort, 24] if past[24] else None,
            active_36=alive[cohort, 36] if past[36] else None,
            unreachable_12=lost[cohort, 12] if past[12] else None,
        )


def _territory(session: Session, year: int, *, shown: bool) -> tuple[Iterator[TerritoryRow], int]:
    """Communes as the observatory may show them, and the least number shown. Nothing before the year is over, nor in a
    workbook that is narrowed: two states of one year would give small numbers away by subtraction.
    """
    grid = observatory.grid(session, year)
    found = observatory_table.rows(grid, Shape.COMMUNE) if grid.finished and shown else ()
    return (
        TerritoryRow(
            label=row.label,
            people=row.values["received"],
            in_qpv=row.values["qpv"],
            outreach=row.values["sessions"],
            creations=row.values["creations"],
            referrals=row.values["referrals"],
            total=row.shape is Shape.TOTAL,
        )
        for row in found
    ), grid.threshold
