"""How the actions of a plan are sorted, grouped and filtered. Used by the Plan d'action tab."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from itertools import groupby

from boutique.models.choices import ActionOwner, ActionStatus, Priority
from boutique.services.actions import ActionLine


class Shown(Enum):
    OPEN = "À faire"
    LATE = "En retard"
    ENDED = "Terminées"
    ALL = "Toutes"


class GroupedBy(Enum):
    DUE = "Par échéance"
    OWNER = "Par personne"
    PRIORITY = "Par priorité"
    STATUS = "Par état"


@dataclass(frozen=True, slots=True)
class Group:
    """Actions under one heading; `late` ones call for attention."""

    title: str
    lines: tuple[ActionLine, ...]
    late: bool = False


_DUE = ("En retard", "Cette semaine", "Dans le mois", "Plus tard", "Sans date", "Terminées")
_WEEK, _MONTH = timedelta(days=7), timedelta(days=31)
_OWNERS = [one.label for one in ActionOwner]
_PRIORITIES = [one.label for one in Priority]
_STATUSES = list(ActionStatus)


def is_shown(line: ActionLine, shown: Shown) -> bool:
    """Whether a filter lets an action through."""
    if shown is Shown.LATE:
        return line.late_days > 0
    return shown is Shown.ALL or line.open == (shown is Shown.OPEN)


def grouped(lines: Sequence[ActionLine], by: GroupedBy, shown: Shown, on: date) -> tuple[Group, ...]:
    """Groups in their own order, the most urgent action of each first; empty groups are left out."""
    rank, titles = _RANKS[by](on), _TITLES[by]
    kept = sorted(filter(lambda line: is_shown(line, shown), lines), key=lambda line: (rank(line), *_urgency(line)))
    return tuple(
        Group(titles[number], tuple(group), late=by is GroupedBy.DUE and number == 0)
        for number, group in groupby(kept, key=rank)
    )


def _urgency(line: ActionLine) -> tuple[bool, date, int, str]:
    return not line.open, line.due_on or date.max, _position(_PRIORITIES, line.priority), line.label


def _position(order: Sequence[str], value: str) -> int:
    return order.index(value) if value in order else len(order)


def _by_due(on: date) -> Callable[[ActionLine], int]:
    def rank(line: ActionLine) -> int:
        if not line.open:
            return 5
        if line.due_on is None:
            return 4
        return sum(line.due_on >= limit for limit in (on, on + _WEEK, on + _MONTH))

    return rank


def _by_owner(_on: date) -> Callable[[ActionLine], int]:
    return lambda line: _position(_OWNERS, line.owner)


def _by_priority(_on: date) -> Callable[[ActionLine], int]:
    return lambda line: _position(_PRIORITIES, line.priority)


def _by_status(_on: date) -> Callable[[ActionLine], int]:
    return lambda line: _STATUSES.index(line.status)


_RANKS = {
    GroupedBy.DUE: _by_due,
    GroupedBy.OWNER: _by_owner,
    GroupedBy.PRIORITY: _by_priority,
    GroupedBy.STATUS: _by_status,
}
_TITLES: dict[GroupedBy, Sequence[str]] = {
    GroupedBy.DUE: _DUE,
    GroupedBy.OWNER: (*_OWNERS, "Sans personne"),
    GroupedBy.PRIORITY: (*(f"Priorité {label.lower()}" for label in _PRIORITIES), "Sans priorité"),
    GroupedBy.STATUS: [one.label for one in _STATUSES],
}
