"""One look at a base: between two days, everywhere or at a place, of everybody or of some; for the recount by loops."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from statistics import median

from dateutil.relativedelta import relativedelta

from tests.services.recount.rows import Act, Base, Row

Who = Callable[[Row | None], bool]
NOWHERE = ""  # the acts of which it is not said where they were


def anybody(_person: Row | None) -> bool:
    """Whoever it is, known or not."""
    return True


def of(name: str, answer: str | None) -> Who:
    """People who gave this answer; None: those of whom it is not known."""

    def is_one(person: Row | None) -> bool:
        return (person[name] if person is not None else None) == answer

    return is_one


@dataclass(slots=True)
class Look:
    """Both days are included. `site` is where the act was; `who` keeps the acts of some people."""

    base: Base
    start: date
    end: date
    site: str | None = None
    who: Who = anybody
    _seen: dict[str, list[Act]] = field(default_factory=dict)

    def acts(self, name: str) -> list[Act]:
        """The acts of a kind: a name of `Base`."""
        if name not in self._seen:
            acts: list[Act] = getattr(self.base, name)
            self._seen[name] = [act for act in acts if self.start <= act.day <= self.end and self.counts(act)]
        return self._seen[name]

    def counts(self, act: Act) -> bool:
        """Whether it was there, of one of those people."""
        return self.here(act.site) and self.who(act.person)

    def here(self, site: str | None) -> bool:
        return self.site is None or (site or NOWHERE) == self.site

    def earlier(self, months: int) -> "Look":
        """The same whole months, some months before."""
        start = self.start - relativedelta(months=months)
        end = self.end + relativedelta(days=1) - relativedelta(months=months) - relativedelta(days=1)
        return Look(self.base, start, end, self.site, self.who)

    def files(self) -> Iterable[Row]:
        """The files opened by the last day, there, of those people."""
        for file in self.base.files.values():
            there = file["opened_on"] <= self.end and self.here(file["site_id"])
            if there and self.who(self.base.people[file["person_id"]]):
                yield file

    def open_files(self) -> list[Row]:
        """Those that are not closed on the last day."""
        return [file for file in self.files() if file["closed_on"] is None or file["closed_on"] > self.end]


def people(acts: Iterable[Act]) -> set[str]:
    """The different people known of some acts."""
    return {act.person["id"] for act in acts if act.person is not None}


def files_of(acts: Iterable[Act]) -> set[str]:
    """The different files of some acts."""
    return {act.file["id"] for act in acts if act.file is not None}


def total(acts: Iterable[Act]) -> float:
    """What some acts add up to."""
    return sum(act.amount for act in acts)


def middle(amounts: list[int]) -> float | None:
    """The median; none of nothing."""
    return median(amounts) if amounts else None


def age(person: Row | None, day: date) -> int | None:
    """Full years on a day, when the day of birth is known."""
    if person is None or person["birth_date"] is None:
        return None
    born: date = person["birth_date"]
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
