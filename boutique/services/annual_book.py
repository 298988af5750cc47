"""What the activity workbook of a year says: figures by month, cohorts of businesses, territory. Never a file."""

import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import extract, func, select
from sqlalchemy.orm import Session

from boutique import __version__
from boutique.core import clock
from boutique.exports.excel.annual_rows import AnnualData, CohortRow, TerritoryRow, YearRow
from boutique.models.after import FollowUp
from boutique.models.after_choices import FollowUpOutcome
from boutique.models.case import Case
from boutique.models.choices import ZoningState
from boutique.models.outreach import OutreachDay
from boutique.models.outreach_choices import OutreachState
from boutique.models.person import Person
from boutique.models.project import Business
from boutique.models.structure import Structure
from boutique.rules.indicators import FIGURES, Figure, Unit
from boutique.rules.period import Period
from boutique.rules.secrecy import DEFAULT_THRESHOLD, Count, publish
from boutique.services import ledger
from boutique.services.activity_book import author_name, site_name
from boutique.services.context import place
from boutique.services.month import RECEIVED, REFERRALS, MonthBook, read

Step = Callable[[int, int], None]
_ALIVE = (FollowUpOutcome.ACTIVE, FollowUpOutcome.TRANSFORMED)
_ADDED = (Unit.ACTS, Unit.HOURS)
_NO_COMMUNE = ""  # those whose commune is not known are a line too
_EVERYBODY = "total"
_NAMED = 4  # communes named on a line that groups more
_DECEMBER = 12


def annual_book(
    session: Session, year: int, site_id: uuid.UUID | None = None, *, author: str = "", step: Step | None = None
) -> AnnualData:
    """Everything the workbook of a year says. `step` is told which part is read, and may raise to give up."""
    told = step or _nothing
    told(0, 3)
    last = min(date(year, _DECEMBER, 31), clock.today())
    book = read(session, last, site_id)
    whole = Period(date(year, 1, 1), date(year, _DECEMBER, 31))
    told(1, 3)
    cohorts = tuple(_cohorts(session, last, site_id))
    told(2, 3)
    return AnnualData(
        structure=session.scalar(select(Structure.name).limit(1)) or "",
        year=year,
        start=whole.start,
        end=whole.end,
        author=author or author_name(session),
        version=__version__,
        generated_at=clock.local(clock.now()),
        indicators=tuple(_line(book, counted, year, last.month) for counted in FIGURES),
        cohorts=cohorts,
        territory=tuple(_territory(session, book, site_id)),
        filters=(("Lieu", site_name(session, site_id)),),
        threshold=DEFAULT_THRESHOLD,
    )


def _nothing(_done: int, _total: int) -> None:
    """Nobody looks at how far it is."""


def _line(book: MonthBook, counted: Figure, year: int, last: int) -> YearRow:
    months = [Period.month(date(year, month, 1)) for month in range(1, _DECEMBER + 1)]
    before = Period(date(year - 1, 1, 1), date(year - 1, _DECEMBER, 31))
    return YearRow(
        label=counted.label,
        months=tuple(
            book.ledger.value(counted, period) if rank <= last else None for rank, period in enumerate(months, 1)
        ),
        total=book.ledger.value(counted, book.year),
        last_year=book.ledger.value(counted, before),
        additive=counted.unit in _ADDED,
        definition=counted.definition,
    )


def _cohorts(session: Session, last: date, site_id: uuid.UUID | None) -> Iterator[CohortRow]:
    """By year of registration. The points at a given age are complete once the last anniversary of a year is past."""
    made = (
        select(extract("year", Business.registered_on).label("year"), Business.project_id)
        .select_from(Business)
        .join(Case, Case.id == ledger.first_case())
        .where(Business.registered.is_(True), Business.registered_on >= Case.opened_on)
        .where(Business.registered_on <= last, *ledger.at(Case.site_id, site_id))
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


def _territory(session: Session, book: MonthBook, site_id: uuid.UUID | None) -> Iterator[TerritoryRow]:
    """Communes, and groups of communes where a number is small; the total last."""
    homes = _homes(session)
    people = book.ledger.people(RECEIVED, book.year)
    in_qpv = {person for person in people if homes.get(person, ("", ""))[1]}
    counts: dict[str, Counter[str]] = {
        "in_qpv": Counter(_home(homes, person) for person in in_qpv),
        "creations": Counter(_settled(session, book.year, site_id)),
        "referrals": Counter(_home(homes, event.person) for event in book.ledger.events(REFERRALS, book.year)),
    }
    outreach = _outreach(session, book.year, site_id)
    received = Counter(_home(homes, person) for person in people)
    known = {*received, *outreach, *counts["creations"], *counts["referrals"]}
    leaves = {commune: received[commune] for commune in known}
    if not leaves:
        return
    table = publish(
        Count("people", leaves),
        [Count(key, found, part=key == "in_qpv") for key, found in counts.items()],
        {_EVERYBODY: frozenset(leaves)},
    )
    for name in [*sorted(table.blocks, key=lambda block: -table.shown["people"].get(block, 0)), _EVERYBODY]:
        inside = table.blocks.get(name, frozenset(leaves))
        yield TerritoryRow(
            label="Ensemble" if name == _EVERYBODY else _label(session, inside),
            people=table.shown["people"].get(name),
            outreach=sum(outreach[commune] for commune in inside),
            total=name == _EVERYBODY,
            **{key: table.shown[key].get(name) for key in counts},
        )


def _homes(session: Session) -> dict[Any, tuple[str, bool]]:
    """Where each person lives, and whether that is a district."""
    rows = session.execute(select(ledger.raw(Person.id), Person.commune_code, Person.lives_in_qpv == ZoningState.YES))
    return {person: (commune or _NO_COMMUNE, bool(district)) for person, commune, district in rows}


def _settled(session: Session, year: Period, site_id: uuid.UUID | None) -> Iterator[str]:
    """Where each business of the year is: its own commune, or the home of who owns it."""
    rows = session.scalars(
        select(func.coalesce(Business.commune_code, Person.commune_code, _NO_COMMUNE))
        .select_from(Business)
        .join(Case, Case.id == ledger.first_case())
        .join(Person, Person.id == Case.person_id)
        .where(Business.registered.is_(True), Business.registered_on >= Case.opened_on)
        .where(Business.registered_on.between(year.start, year.end), *ledger.at(Case.site_id, site_id))
    )
    yield from rows


def _home(homes: dict[Any, tuple[str, bool]], person: Any) -> str:
    return homes.get(person, (_NO_COMMUNE, False))[0]


def _outreach(session: Session, year: Period, site_id: uuid.UUID | None) -> Counter[str]:
    """Permanences held, by commune of the place: public facts, never hidden."""
    rows = session.execute(
        select(OutreachDay.commune_code, func.count())
        .where(OutreachDay.state == OutreachState.HELD, OutreachDay.held_on.between(year.start, year.end))
        .where(*ledger.at(OutreachDay.site_id, site_id))
        .group_by(OutreachDay.commune_code)
    )
    return Counter({commune or _NO_COMMUNE: count for commune, count in rows})


def _label(session: Session, communes: frozenset[str]) -> str:
    """« Frévent », or « Anvin, Croisette, Flers, Lens et 12 autres »."""
    names = sorted(place(session, commune) or "Commune non renseignée" for commune in communes)
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" et {more} autres" if more > 1 else f" et {names[-1]}" if more == 1 else "")
