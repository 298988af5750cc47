"""Public holidays where a place is: Alsace, Moselle and overseas have their own. For the agenda."""

import importlib
from datetime import date
from functools import cache
from types import MappingProxyType

# Departments with holidays of their own, and their name in the library.
_SUBDIVISIONS = MappingProxyType(
    {
        "57": "57",
        "67": "6AE",
        "68": "6AE",
        "971": "971",
        "972": "972",
        "973": "973",
        "974": "974",
        "975": "PM",
        "976": "976",
        "977": "BL",
        "978": "MF",
        "984": "TF",
        "986": "WF",
        "987": "PF",
        "988": "NC",
    }
)


def public_holidays(first: date, last: date, department: str = "") -> dict[date, str]:
    """The name of each public holiday between two days, both counted."""
    found: dict[date, str] = {}
    for year in range(first.year, last.year + 1):
        found |= {day: name for day, name in _of_year(year, _SUBDIVISIONS.get(department)) if first <= day <= last}
    return found


@cache
def _of_year(year: int, subdivision: str | None) -> tuple[tuple[date, str], ...]:
    # By name: long to import, and only the agenda needs it.
    library = importlib.import_module("holidays")
    days = library.country_holidays("FR", subdiv=subdivision, years=year, language="fr")
    return tuple((day, name.replace("'", "’")) for day, name in sorted(days.items()))
