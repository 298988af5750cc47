"""Out of doors: whose day it was when several permanences share a place, what businesses ask for. Pure functions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from boutique.rules.resources import build, label_of, only, read, tables, unique

FILE = "lists/business_needs.toml"


@dataclass(frozen=True, slots=True)
class BusinessNeed:
    """`archived` ones are read but no longer offered."""

    code: str
    label: str
    archived: bool = False


@cache
def load_business_needs(folder: Path | None = None) -> dict[str, BusinessNeed]:
    """What businesses ask for, by code, in the order of the file."""
    content = read(FILE, folder)
    only(content, ("business_need",), FILE)
    found = [build(BusinessNeed, item, label_of(item, FILE)) for item in tables(content, "business_need", FILE)]
    unique((need.code for need in found), FILE)
    return {need.code: need for need in found}


def need_labels(codes: Iterable[str]) -> tuple[str, ...]:
    """French labels; the code itself when the list no longer has it."""
    known = load_business_needs()
    return tuple(known[code].label if code in known else code for code in codes)


@dataclass(frozen=True, slots=True)
class Sitting:
    """One permanence of a day at a place; `opens_at` in minutes of the day."""

    key: Any
    counsellor: Any
    opens_at: int


def sitting_of(sittings: Sequence[Sitting], counsellor: Any, minute: int | None) -> Any:
    """The key of the permanence where somebody was received, None when it was at none of these.

    `sittings` are those of one day at one place. That of the same counsellor comes before one that names nobody; what
    nobody signed belongs to any. When several remain (a round in the morning, another in the afternoon), the hour at
    which it was entered decides: the last one begun, the first when it was entered another day (`minute` None).
    """
    own = [one for one in sittings if counsellor is not None and one.counsellor == counsellor]
    open_to_all = [one for one in sittings if one.counsellor is None or counsellor is None]
    kept = sorted(own or open_to_all, key=_opening)
    if not kept:
        return None
    begun = [one for one in kept if minute is not None and one.opens_at <= minute]
    return (begun[-1] if begun else kept[0]).key


def _opening(sitting: Sitting) -> int:
    return sitting.opens_at


def distinct_businesses(seen: Iterable[tuple[str | None, str, str | None]]) -> frozenset[tuple[str, str]]:
    """The different businesses among (SIREN, name as compared, commune): each once, however often it was visited.

    A number decides; without one, the same name in the same commune is the same business, numbered elsewhere or not.
    """
    rows = list(seen)
    numbers = {(name, commune): siren for siren, name, commune in rows if siren}
    found = set()
    for siren, name, commune in rows:
        number = siren or numbers.get((name, commune))
        found.add(("siren", number) if number else (name, commune or ""))
    return frozenset(found)
