"""Any interval of days that figures are counted over: a month, a quarter, a year, or between two dates."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from boutique.core import french

_QUARTER = 3
_RANKS = ("1er", "2e", "3e", "4e")


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` to `end`, both included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError("a period ends after it starts")

    @classmethod
    def month(cls, day: date) -> "Period":
        """The whole month of a day."""
        return cls._months(day.year, day.month, 1)

    @classmethod
    def quarter(cls, day: date) -> "Period":
        """The whole quarter of a day."""
        return cls._months(day.year, (day.month - 1) // _QUARTER * _QUARTER + 1, _QUARTER)

    @classmethod
    def year(cls, day: date) -> "Period":
        """The whole year of a day."""
        return cls(date(day.year, 1, 1), date(day.year, 12, 31))

    @classmethod
    def year_to(cls, day: date) -> "Period":
        """From the first of January to the end of the month of a day."""
        return cls(date(day.year, 1, 1), cls.month(day).end)

    @classmethod
    def _months(cls, year: int, month: int, count: int) -> "Period":
        return cls(date(year, month, 1), first_of(year, month + count) - timedelta(1))

    def months(self) -> Iterator[tuple[int, int]]:
        """(year, month) of each month that the period touches."""
        first, last = self.start.year * 12 + self.start.month - 1, self.end.year * 12 + self.end.month - 1
        return ((number // 12, number % 12 + 1) for number in range(first, last + 1))

    @property
    def whole_months(self) -> int:
        """How many whole months it is made of; 0 when it starts or ends in the middle of one."""
        starts, ends = self.start.day == 1, (self.end + timedelta(1)).day == 1
        return len(list(self.months())) if starts and ends else 0

    @property
    def previous(self) -> "Period":
        """What comes just before: as many whole months, or as many days."""
        if self.whole_months:
            return self.earlier(self.whole_months)
        return Period(self.start - (self.end - self.start) - timedelta(1), self.start - timedelta(1))

    @property
    def last_year(self) -> "Period":
        """The same days one year before."""
        return self.earlier(12)

    def earlier(self, months: int) -> "Period":
        """The same days some months before; whole months stay whole, the 31st becomes the last day of the month."""
        start = same_day(self.start, -months)
        return Period(start, same_day(self.end + timedelta(1), -months) - timedelta(1) if self.whole_months else
                      max(start, same_day(self.end, -months)))  # fmt: skip

    @property
    def words(self) -> str:
        """« octobre 2026 », « 4e trimestre 2026 », « 2026 », « janvier à octobre 2026 », or two dates."""
        year = self.start.year
        if self == Period.month(self.start):
            return french.month_name(self.start)
        if self == Period.year(self.start):
            return str(year)
        if self == Period.quarter(self.start):
            return f"{_RANKS[(self.start.month - 1) // _QUARTER]} trimestre {year}"
        if self.whole_months and self.end.year == year:
            return f"{french.MONTHS[self.start.month - 1]} à {french.month_name(self.end)}"
        return f"du {french.show_date(self.start)} au {french.show_date(self.end)}"


def first_of(year: int, month: int) -> date:
    """The first day of a month; months before 1 and after 12 belong to other years."""
    years, rest = divmod(month - 1, 12)
    return date(year + years, rest + 1, 1)


def same_day(day: date, months: int) -> date:
    """The same day some months later (or before), the last one of a shorter month."""
    last = first_of(day.year, day.month + months + 1) - timedelta(1)
    return last.replace(day=min(day.day, last.day))
