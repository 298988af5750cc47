"""The figures of the activity: what each is called, means and counts. One declaration for every screen and export.

To add a figure: copy a block of `resources/indicators.toml`. A new kind of event: a member of `Kind` and its query in
`services/ledger_sources.py`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType
from typing import Any

from boutique.rules.dimensions import DIMENSIONS
from boutique.rules.figure_rules import Count, Rule, read_rule
from boutique.rules.lists import load_interview_types
from boutique.rules.resources import build, known, label_of, only, read, refuse, tables, unique

FILE = "indicators.toml"
NEW_AFTER_MONTHS = 24
# A walk-in is a contact, a workshop a collective presence: neither is an interview (resources/lists/interview_types).
_INTERVIEWS = ("entretien", "suivi post-création")


class Unit(Enum):
    """What a figure is counted in. People and files are distinct counts, never sums of months; the others add up."""

    PEOPLE = "personnes"
    FILES = "parcours"
    CASES = "dossiers"
    BUSINESSES = "entreprises"
    ACTS = "actes"
    INTERVIEWS = "entretiens"
    CONTACTS = "contacts"
    REFERRALS = "orientations"
    SESSIONS = "séances"
    ACTIONS = "actions"
    LOANS = "prêts"
    DISTRICTS = "quartiers"
    JOBS = "emplois"
    HOURS = "heures"
    EUROS = "euros"
    DAYS = "jours"
    SHARE = "%"

    @property
    def decimals(self) -> int:
        return 1 if self in (Unit.HOURS, Unit.SHARE) else 0


@dataclass(frozen=True, slots=True)
class Figure:
    """One indicator. Without a rule it is not counted here, and `reason` says why.

    `breakdowns` are keys of `dimensions`, `told` how its funder names them.
    """

    code: str
    key: str
    label: str
    funder: str
    kind: str
    definition: str
    unit: Unit
    calculation: str
    period: str
    mandatory: str
    confidence: str
    source: tuple[str, ...]
    told: tuple[str, ...] = ()
    breakdowns: tuple[str, ...] = ()
    rule: Rule | None = None
    reason: str = ""
    short: str = ""
    main: int = 0  # rank in the table of Activité; 0: not there
    by_public: bool = True  # anonymous visits cannot be told apart by sex or district

    @property
    def decimals(self) -> int:
        """Digits after the comma when the figure is shown."""
        return self.unit.decimals

    @property
    def title(self) -> str:
        """The label where there is little room."""
        return self.short or self.label

    @property
    def distinct(self) -> bool:
        """Whether periods do not add up: people and files are counted once, shares and delays are no sums."""
        return self.rule is not None and self.rule.count not in (Count.ACTS, Count.SUM)


@cache
def load_figures(folder: Path | None = None) -> tuple[Figure, ...]:
    """Every block of the file, in its order; whatever cannot be counted as written is refused with its code."""
    content = read(FILE, folder)
    only(content, ("indicator",), FILE)
    entries = tables(content, "indicator", FILE)
    unique((str(entry.get("code", "")) for entry in entries), FILE)
    unique((str(entry.get("name", "")) for entry in entries), FILE)
    rules = MappingProxyType({str(entry.get("code", "")): entry.get("rule") for entry in entries})
    return tuple(_figure(entry, rules) for entry in entries)


def _figure(entry: Mapping[str, Any], rules: Mapping[str, Any]) -> Figure:
    where = label_of(entry, FILE)
    own = {
        key: value for key, value in entry.items() if key not in ("name", "unit", "rule", "dimensions", "breakdowns")
    }
    rule, reason = entry.get("rule"), entry.get("reason", "")
    if (rule is None) != bool(reason):
        raise refuse(where, "« rule » dit comment le calculer, ou « reason » pourquoi il ne l’est pas")
    dimensions = tuple(known(name, DIMENSIONS, where, "la ventilation") for name in entry.get("dimensions", []))
    units = {unit.value: unit for unit in Unit}
    return build(
        Figure,
        own,
        where,
        key=str(entry.get("name", "")),
        unit=units[known(str(entry.get("unit", "")), units, where, "l’unité")],
        told=tuple(entry.get("breakdowns", ())),
        breakdowns=dimensions,
        rule=None if rule is None else read_rule(rule, rules, where),
    )


FIGURES: tuple[Figure, ...] = load_figures()
MAIN: tuple[Figure, ...] = tuple(sorted((item for item in FIGURES if item.main), key=attrgetter("main")))
_BY_NAME = {name: item for item in FIGURES for name in (item.code, item.key)}


def figure(name: str) -> Figure:
    """A figure by its key or its code."""
    return _BY_NAME[name]


def of_funder(funder: str) -> Iterator[Figure]:
    """The figures that a funder asks for."""
    return (item for item in FIGURES if item.funder == funder)


@cache
def interview_types() -> frozenset[str]:
    """Codes of the types that count as an interview."""
    return frozenset(kind.code for kind in load_interview_types().values() if kind.counts_as.startswith(_INTERVIEWS))
