"""On which days a permanence is held: first date, rhythm, dates left out. For the agenda and its exports."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from dateutil import rrule

from boutique.core import french
from boutique.core.errors import UserError
from boutique.models.choices import Rhythm

_RANKS = ("1er", "2e", "3e", "4e")


@dataclass(frozen=True, slots=True)
class Recurrence:
    """The day of the week, and its rank in the month, are those of the first date."""

    rhythm: Rhythm
    starts_on: date
    ends_on: date | None = None
    skipped: Collection[date] = ()


def occurrences(recurrence: Recurrence, first: date, last: date) -> tuple[date, ...]:
    """The days of a permanence from `first` to `last`, both counted."""
    start = max(first, recurrence.starts_on)
    end = min(last, recurrence.ends_on or last)
    if start > end:
        return ()
    found = _rule(recurrence).between(_midnight(start), _midnight(end), inc=True)
    return tuple(moment.date() for moment in found if moment.date() not in recurrence.skipped)


def check(recurrence: Recurrence) -> None:
    """UserError when the permanence could not be understood."""
    if recurrence.ends_on is not None and recurrence.ends_on < recurrence.starts_on:
        raise UserError(
            f"La fin ({french.show_date(recurrence.ends_on)}) est avant la première date "
            f"({french.show_date(recurrence.starts_on)})."
        )
    if recurrence.rhythm is Rhythm.MONTHLY and _rank(recurrence.starts_on) > len(_RANKS):
        day = french.DAYS[recurrence.starts_on.weekday()]
        raise UserError(
            f"Le {french.show_date(recurrence.starts_on)} est un cinquième {day}, que beaucoup de mois n’ont pas. "
            f"Choisissez « {Rhythm.MONTHLY_LAST.label} »."
        )


def spoken(recurrence: Recurrence) -> str:
    """« chaque jeudi », « un jeudi sur deux », « le 2e jeudi du mois », « le jeudi 26 novembre 2026 »."""
    day = french.DAYS[recurrence.starts_on.weekday()]
    rank = min(_rank(recurrence.starts_on), len(_RANKS))
    return {
        Rhythm.ONCE: f"le {french.long_date(recurrence.starts_on)}",
        Rhythm.WEEKLY: f"chaque {day}",
        Rhythm.FORTNIGHTLY: f"un {day} sur deux",
        Rhythm.MONTHLY: f"le {_RANKS[rank - 1]} {day} du mois",
        Rhythm.MONTHLY_LAST: f"le dernier {day} du mois",
    }[recurrence.rhythm]


def _rule(recurrence: Recurrence) -> rrule.rrule:
    day = (rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA, rrule.SU)[recurrence.starts_on.weekday()]
    how: dict[Rhythm, tuple[Any, dict[str, Any]]] = {
        Rhythm.ONCE: (rrule.DAILY, {"count": 1}),
        Rhythm.WEEKLY: (rrule.WEEKLY, {}),
        Rhythm.FORTNIGHTLY: (rrule.WEEKLY, {"interval": 2}),
        Rhythm.MONTHLY: (rrule.MONTHLY, {"byweekday": day(_rank(recurrence.starts_on))}),
        Rhythm.MONTHLY_LAST: (rrule.MONTHLY, {"byweekday": day(-1)}),
    }
    frequency, more = how[recurrence.rhythm]
    return rrule.rrule(frequency, dtstart=_midnight(recurrence.starts_on), **more)


def _rank(day: date) -> int:
    """Its rank among the days of that name in the month: 2 for a second Thursday."""
    return (day.day - 1) // 7 + 1


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())
