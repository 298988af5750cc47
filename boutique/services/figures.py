"""The figures of the activity: one way of counting for the screen, the workbook, the command line and what opens.

`read` looks at the base once for a scope; everything asked of the book afterwards is counted from that look.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlalchemy.orm import Session

from boutique.core.conditions import Condition
from boutique.models.referral import Partner
from boutique.models.structure import Counsellor, Site
from boutique.rules.criteria import Group
from boutique.rules.dimensions import DIMENSIONS, UNKNOWN, Dimension
from boutique.rules.figure_rules import Count, FactAsked, facts_asked, kinds_asked
from boutique.rules.indicators import Figure
from boutique.rules.ledger import Ledger
from boutique.rules.ledger_rows import Fraction, Line
from boutique.rules.period import Period
from boutique.rules.scope import EVERYWHERE, Scope
from boutique.services.context import place
from boutique.services.ledger import identifier
from boutique.services.ledger_reading import Reading

PARTS: Mapping[str, Group] = MappingProxyType(
    {
        "": (),
        "women": (Condition("holder.gender", "=", "F"),),
        "qpv": (Condition("holder.lives_in_qpv", "=", "oui"),),
        "qualified": (Condition("holder.lives_in_qpv", "in", ("oui", "non")),),
    }
)


@dataclass(frozen=True, slots=True)
class Slice:
    """One line of a breakdown; `key` is None for those of whom it is not known. A share has both its counts."""

    key: Any
    label: str
    value: float | None
    part: float
    whole: float


@dataclass(slots=True)
class Book:
    """What was read once: any figure of any period that ends by `until`, in one scope."""

    session: Session
    scope: Scope
    reading: Reading
    ledger: Ledger = field(init=False)
    _counted: dict[tuple[str, Period, str], float | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.ledger = self.reading.ledger()

    def expect(self, wanted: Iterable[Figure]) -> None:
        """Say which figures will be asked: what they are counted from is read together, some of it ahead."""
        rules = [figure.rule for figure in wanted if figure.rule is not None]
        for rule in rules:
            for asked in facts_asked(rule):
                self.reading.facts.expect(asked)
        self.reading.ahead([kind for rule in rules for kind in kinds_asked(rule)])

    def expect_breakdowns(self, figure: Figure, dimensions: Iterable[str]) -> None:
        """Say by what a figure will be broken down."""
        facts = [DIMENSIONS[key].fact for key in dimensions]
        kinds = figure.rule.events if figure.rule else ()
        for kind in kinds:
            for fact in facts:
                self.reading.facts.expect(FactAsked(kind, fact))

    def value(self, figure: Figure, period: Period, part: str = "") -> float | None:
        """The figure, in its unit (a share from 0 to 1); None when it is not counted here or makes no sense.

        `part` narrows it: a key of PARTS. Anonymous visits belong to no part.
        """
        if figure.rule is None or (part and not figure.by_public):
            return None
        asked = (figure.key, period, part)
        if asked not in self._counted:
            self._counted[asked] = self.ledger.value(figure.rule, period, PARTS[part])
        return self._counted[asked]

    def fraction(self, figure: Figure, period: Period, part: str = "") -> Fraction:
        """Both counts of a share; of another figure, the figure and nothing."""
        if figure.rule is None:
            return Fraction(0, 0)
        if figure.rule.count is not Count.SHARE:
            return Fraction(self.value(figure, period, part) or 0, 0)
        return self.ledger.fraction(figure.rule, period, PARTS[part])

    def people(self, figure: Figure, period: Period) -> set[int]:
        """The different people behind a figure, by the numbers of `person_ids`."""
        return self.ledger.people(figure.rule, period) if figure.rule else set()

    def person_ids(self, people: Iterable[int]) -> frozenset[str]:
        """Their identifiers, as they are stored."""
        return frozenset(self.reading.identifiers(people).values())

    def breakdown(self, figure: Figure, dimension: str, period: Period, part: str = "") -> tuple[Slice, ...]:
        """The figure by the values of a dimension, those that occur, in their order; the unknown last."""
        if figure.rule is None:
            return ()
        by, rule = DIMENSIONS[dimension], figure.rule
        counts = self.ledger.broken_down(rule, period, by.fact, by.values, PARTS[part])
        wholes = counts
        if rule.count is Count.SHARE:
            wholes = self.ledger.broken_down(rule, period, by.fact, by.values, PARTS[part], "whole")
        names = self._names(by, set(wholes) | set(counts))
        ranks = {key: rank for rank, key in enumerate(by.names)}

        def order(key: Any) -> tuple[Any, ...]:
            return key is None, ranks.get(key, len(ranks)), -wholes[key], names[key]

        share = rule.count is Count.SHARE
        return tuple(
            Slice(key, names[key], Fraction(counts[key], wholes[key]).value if share else counts[key], counts[key],
                  wholes[key])
            for key in sorted(names, key=order)
        )  # fmt: skip

    def _names(self, by: Dimension, keys: set[Any]) -> dict[Any, str]:
        """How the values of a dimension are called."""
        known = {key: key for key in keys if key is not None}
        if by.place == "commune":
            named = {key: place(self.session, key) for key in known}
        elif by.place:
            named = {key: self._called(by.place, key) for key in known}
        else:
            named = {key: by.names.get(key, str(key)) for key in known}
        return named | ({None: UNKNOWN} if None in keys else {})

    def _called(self, what: str, key: str) -> str:
        if what == "text":
            return key
        entity = {"site": Site, "partner": Partner, "counsellor": Counsellor}[what]
        found: Any = self.session.get(entity, identifier(key))
        if found is None:
            return UNKNOWN
        return found.short_name if what == "counsellor" else str(found.name)

    def lines(
        self, figure: Figure, period: Period, part: str = "", side: str = "part", within: tuple[str, Any] | None = None
    ) -> list[Line]:
        """What the figure counts, one line each; `side` of a share; `within` one value of a dimension."""
        if figure.rule is None:
            return []
        found = self.ledger.lines(figure.rule, period, PARTS[part], side)
        if within is None:
            return found
        by, wanted = DIMENSIONS[within[0]], within[1]
        return [line for line in found if wanted in (by.values(self.ledger.fact(line, by.fact)) or (None,))]


def read(
    session: Session, until: date, scope: Scope = EVERYWHERE, since: date = date.min, floor: date = date.min
) -> Book:
    """One look at everything that happened until a day (included).

    `since` is much faster for a few months of a large base: figures that look further back raise ValueError.
    `floor`: what most figures are asked since; the facts of earlier events are read for those that look further back.
    """
    return Book(session, scope, Reading(session, until, scope, since, floor))
