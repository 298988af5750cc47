"""What the workbook of a year is made from: typed rows that services fill, one dataclass a sheet."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class YearRow:
    """One figure over the months; None for a month to come. `additive`: the year is the sum of its months."""

    label: str
    months: tuple[float | None, ...]
    total: float | None
    target: float | None = None
    last_year: float | None = None
    additive: bool = False
    percent: bool = False
    definition: str = ""


@dataclass(frozen=True, slots=True)
class CohortRow:
    """Businesses registered in a year, and how many were alive later; None before everybody's anniversary."""

    year: int
    creations: int
    active_12: int | None
    active_24: int | None
    active_36: int | None
    unreachable_12: int | None


@dataclass(frozen=True, slots=True)
class TerritoryRow:
    """A commune, or communes that are only shown together; None is hidden."""

    label: str
    people: int | None
    in_qpv: int | None
    outreach: int | None
    creations: int | None
    referrals: int | None
    total: bool = False


@dataclass(frozen=True, slots=True)
class AnnualData:
    """Everything in the workbook of one year."""

    structure: str
    year: int
    start: date
    end: date
    author: str
    version: str
    generated_at: datetime
    indicators: tuple[YearRow, ...] = ()
    cohorts: tuple[CohortRow, ...] = ()
    territory: tuple[TerritoryRow, ...] = ()
    filters: tuple[tuple[str, str], ...] = ()
    threshold: int = 5
