"""A month with what it is compared to, read once: the figures, the bars and the funnel are counted from it."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlalchemy.orm import Session

from boutique.rules.indicators import FIGURES, Figure, Ledger, figure
from boutique.rules.period import Period
from boutique.rules.public import Holder, has_qualified_address, in_district, is_woman
from boutique.services import ledger
from boutique.services.holders import known

RECEIVED, VISITS, CASELOAD, REFERRALS, ANSWERS, CREATIONS, NEW = (
    figure(key) for key in ("received", "visits", "caseload", "referrals", "answers", "creations", "new_holders")
)
PARTS: Mapping[str, Callable[[Holder], bool]] = MappingProxyType(
    {"women": is_woman, "qpv": in_district, "qualified": has_qualified_address}
)


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """One row of the table of figures; None is shown as a dash."""

    key: str
    label: str
    code: str
    definition: str
    decimals: int
    month: float
    previous: float
    year: float
    last_year: float
    target: float | None
    women: float | None
    qpv: float | None
    qualified: float | None

    @property
    def progress(self) -> float | None:
        return self.year / self.target if self.target else None


@dataclass(frozen=True, slots=True)
class MonthBar:
    """People received in a month, this year and the year before; None for months still to come."""

    month: int
    this_year: int | None
    last_year: int


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """One bar of « Du passage à la création »; `unit` completes the number where it could be misread."""

    label: str
    count: int
    unit: str = ""


@dataclass(frozen=True, slots=True)
class MonthBook:
    """The events of the months that are compared (from January of last year), and the public of the month."""

    month: Period
    year: Period
    ledger: Ledger
    holders: Mapping[Any, Holder]
    parts: Mapping[str, frozenset[Any]]  # people of the month by part of the public

    def line(self, counted: Figure) -> IndicatorLine:
        """A figure with its comparisons."""
        month, value = self.month, self.ledger.value
        parts: dict[str, float | None] = {
            name: value(counted, month, people) if counted.by_public else None for name, people in self.parts.items()
        }
        return IndicatorLine(
            key=counted.key,
            label=counted.label,
            code=counted.code,
            definition=counted.definition,
            decimals=counted.decimals,
            month=value(counted, month),
            previous=value(counted, month.previous),
            year=value(counted, self.year),
            last_year=value(counted, month.last_year),
            target=None,
            **parts,
        )

    def lines(self) -> tuple[IndicatorLine, ...]:
        """The table of figures."""
        return tuple(self.line(counted) for counted in FIGURES)

    def behind(self, counted: Figure) -> tuple[Holder, ...]:
        """The people behind a figure of the month."""
        people = self.ledger.people(counted, self.month)
        return tuple(holder for person, holder in self.holders.items() if person in people)

    def bars(self) -> tuple[MonthBar, ...]:
        """People received, month by month."""
        year, last = self.month.start.year, self.month.start.month
        return tuple(
            MonthBar(number, self._received(year, number) if number <= last else None, self._received(year - 1, number))
            for number in range(1, 13)
        )

    def funnel(self) -> tuple[FunnelStep, ...]:
        """From the visit to the business, over the year so far."""
        return (
            FunnelStep("Passages", int(self.ledger.value(VISITS, self.year))),
            FunnelStep("Dossiers", len(self.ledger.people(RECEIVED, self.year)), "personnes"),
            FunnelStep("Entretiens", len(self.ledger.people(CASELOAD, self.year)), "personnes"),
            FunnelStep("Orientés", len(self.ledger.people(REFERRALS, self.year)), "personnes"),
            FunnelStep("Créations", int(self.ledger.value(CREATIONS, self.year))),
        )

    def _received(self, year: int, month: int) -> int:
        return int(self.ledger.value(RECEIVED, Period.month(date(year, month, 1))))


def read(session: Session, day: date, site_id: uuid.UUID | None = None, *, since: date | None = None) -> MonthBook:
    """The month of a day, at a place or everywhere; what is not compared with last year may start at `since`."""
    month = Period.month(day)
    found = ledger.load(session, Period(since or date(month.start.year - 1, 1, 1), month.end), site_id)
    people = {person for counted in FIGURES for person in found.people(counted, month)}
    holders = known(session, people)
    parts = {
        name: frozenset(person for person, holder in holders.items() if holds(holder)) for name, holds in PARTS.items()
    }
    return MonthBook(month, Period.year_to(day), found, holders, parts)
