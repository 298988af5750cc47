"""Whether a person is of the public that a structure receives, by the answers of the file. For proposals."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from boutique.core.conditions import Truth
from boutique.models.choices import Public
from boutique.rules.criteria import Criteria, load_vocabulary
from boutique.rules.resources import known, label_of, only, read, tables, unique

FILE = "partners/publics.toml"


class Fit(StrEnum):
    """Three-valued: what no answer settles is open, never a « no »."""

    CONCERNED = "concerned"
    OPEN = "open"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Reception:
    """How the publics of a structure meet a person; `named` are those that the person is of."""

    fit: Fit
    named: tuple[Public, ...] = ()


@cache
def load_publics(folder: Path | None = None) -> Mapping[Public, Criteria]:
    """The conditions of each public; a public without any cannot be told from answers."""
    content = read(FILE, folder)
    only(content, ("public",), FILE)
    entries = tables(content, "public", FILE)
    unique((entry.get("code", "") for entry in entries), FILE)
    vocabulary = load_vocabulary(folder)
    found = {}
    for entry in entries:
        where = label_of(entry, FILE)
        known(entry.get("code", ""), [public.value for public in Public], where, "le public")
        only(entry, ("code", "any_of"), where)
        found[Public(entry["code"])] = vocabulary.criteria(entry, where)
    return found


def reception(publics: Collection[Public] | None, facts: Mapping[str, Any]) -> Reception:
    """Outside only when every public of the sheet is known not to be the person's."""
    conditions = load_publics()
    if not publics or Public.EVERYBODY in publics:
        return Reception(Fit.OPEN)
    truths = {public: _truth(conditions[public], facts) for public in publics}
    named = tuple(public for public, truth in truths.items() if truth is Truth.TRUE)
    if named:
        return Reception(Fit.CONCERNED, named)
    return Reception(Fit.OUTSIDE if all(truth is Truth.FALSE for truth in truths.values()) else Fit.OPEN)


def _truth(criteria: Criteria, facts: Mapping[str, Any]) -> Truth:
    return criteria.verdict(facts).truth if criteria.conditions() else Truth.UNKNOWN
