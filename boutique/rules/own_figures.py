"""Indicators that a structure draws up itself: what they may count, and their figure, counted as all others.

Conditions are groups: all of a group, one of the groups; « et » binds before « ou ». An unknown answer never counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from boutique.rules.criteria import FactField
from boutique.rules.figure_facts import vocabulary
from boutique.rules.figure_rules import FACTS_OF, Count, Kind, Rule, read_rule
from boutique.rules.indicators import Figure, Unit

FUNDER = "NOUS"
# Read on every event, besides what is its own (`figure_rules.FACTS_OF`).
_OF_ALL = ("holder", "project", "accompaniment")
_BREAKDOWNS = ("gender", "age", "employment", "qpv", "commune")
_MINUTES = 60
_LOST = "un de ses critères n’existe plus : ouvrez-le dans Activité › Indicateurs"

COUNTS: Mapping[Count, str] = {
    Count.PEOPLE: "Personnes différentes",
    Count.FILES: "Dossiers différents",
    Count.ACTS: "Actes",
    Count.SUM: "Heures",
}
_UNITS = {Count.PEOPLE: Unit.PEOPLE, Count.FILES: Unit.CASES, Count.ACTS: Unit.ACTS, Count.SUM: Unit.HOURS}
EVENTS: Mapping[Kind, str] = {
    Kind.VISIT: "Passage",
    Kind.WALK_IN: "Accueil (contact sans entretien)",
    Kind.INTERVIEW: "Entretien",
    Kind.FIRST_INTERVIEW: "Premier entretien de la personne",
    Kind.ENTRY: "Premier entretien du dossier",
    Kind.ABSENCE: "Absence à un rendez-vous",
    Kind.REFERRAL: "Orientation",
    Kind.ANSWER: "Orientation avec retour",
    Kind.FUNDING: "Financement accordé",
    Kind.CREATION: "Création d’entreprise",
    Kind.FOLLOW_UP: "Suivi après création",
    Kind.ATTENDANCE: "Présence à un atelier",
    Kind.EXIT: "Sortie",
    Kind.OPEN_FILE: "Dossier ouvert à la fin de la période",
}
# Somebody may have come without a name, or without a file.
_NAMELESS = frozenset({Kind.VISIT, Kind.ATTENDANCE})
_PLACES = {
    "holder": "Personne",
    "project": "Projet",
    "accompaniment": "Dossier",
    "interview": "Entretien",
    "passage": "Passage",
    "referral": "Orientation",
    "business": "Entreprise",
    "follow_up": "Suivi",
    "exit": "Sortie",
    "participation": "FSE+",
    "scheme_request": "Financement",
    "act": "Action",
    "module": "Atelier",
}
_OPERATORS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "bool": (("is_true", "oui"), ("is_false", "non")),
    "enum": (("=", "est"), ("!=", "n’est pas")),
    "list": (("contains", "comprend"),),
    "int": ((">=", "au moins"), ("<=", "au plus"), ("=", "égal à")),
    "eur": ((">=", "au moins"), ("<=", "au plus"), ("=", "égal à")),
}


@dataclass(frozen=True, slots=True)
class Criterion:
    """One condition as it is typed: the key of a fact, an operator, a value (None of a yes or no)."""

    fact: str
    operator: str
    value: str | int | None = None

    @property
    def raw(self) -> list[Any]:
        """As conditions are written in the resources."""
        return [self.fact, self.operator] if self.value is None else [self.fact, self.operator, self.value]


Groups = tuple[tuple[Criterion, ...], ...]


def counts_of(event: Kind) -> tuple[tuple[Count, str], ...]:
    """What can be counted of an event: only interviews last, a visit belongs to no file."""
    left_out = {Count.SUM} if event is not Kind.INTERVIEW else set()
    if event is Kind.VISIT:
        left_out.add(Count.FILES)
    return tuple((count, words) for count, words in COUNTS.items() if count not in left_out)


def facts_of(event: Kind) -> tuple[tuple[str, str], ...]:
    """The facts that a condition on an event may name: key, « Personne · Sexe ». Never a sensitive one."""
    own = [place for place in _PLACES if place in FACTS_OF.get(event, frozenset())]
    offered = [
        (fact.name, f"{_PLACES[place]} · {fact.label}", place)
        for fact in vocabulary().fields.values()
        if (place := fact.name.partition(".")[0]) in (*_OF_ALL, *own) and not fact.sensitive
    ]
    ranks = {place: rank for rank, place in enumerate((*own, *_OF_ALL))}

    def order(line: tuple[str, str, str]) -> tuple[int, str]:
        return ranks[line[2]], line[1].casefold()

    return tuple((name, words) for name, words, _place in sorted(offered, key=order))


def fact(name: str) -> FactField:
    """A fact as it is declared: its type, its choices, its bounds."""
    return vocabulary().fields[name]


def operators_of(name: str) -> tuple[tuple[str, str], ...]:
    """How a fact can be compared: operator, French words."""
    return _OPERATORS[fact(name).type]


def write_criteria(groups: Groups) -> dict[str, Any]:
    """The conditions as they are kept: the table that a rule is read from."""
    return {"any_of": [[one.raw for one in group] for group in groups]}


def read_criteria(kept: Mapping[str, Any]) -> Groups:
    """The conditions as they are typed; those on a fact that no longer exists are left out."""
    known = vocabulary().fields
    groups = (
        tuple(Criterion(*raw) for raw in group if raw[0] in known and raw[1] in dict(operators_of(raw[0])))
        for group in kept.get("any_of", [])
    )
    return tuple(group for group in groups if group)


def rule(counted: Count, event: Kind, groups: Groups) -> Rule:
    """How it is counted. ValueError when a condition cannot be read on such an event."""
    given: dict[str, Any] = {"count": counted.value, "events": [event.value]}
    if counted is Count.SUM:
        given["divisor"] = _MINUTES
    return read_rule({**given, **write_criteria(groups)}, {}, FUNDER)


def words(counted: Count, event: Kind, groups: Groups) -> str:
    """What it counts, as a French sentence without its full stop. ValueError as `rule`."""
    start = f"{COUNTS[counted]} : {EVENTS[event][0].lower()}{EVENTS[event][1:]}"
    described = [vocabulary().describe_group(group) for group in rule(counted, event, groups).criteria.any_of]
    several = len(described) > 1
    told = [f"({one})" if several and len(group) > 1 else one for one, group in zip(described, groups, strict=True)]
    return f"{start}, si {' ou '.join(told)}" if told else start


def figure(code: str, name: str, counted: str, event: str, criteria: Mapping[str, Any]) -> Figure:
    """The figure of a kept indicator; one whose conditions are no longer known is not counted, and says so."""
    kind, count = Kind(event), Count(counted)
    groups = tuple(tuple(Criterion(*raw) for raw in group) for group in criteria.get("any_of", []))
    try:
        counted_so, definition = rule(count, kind, groups), words(count, kind, groups)
    except ValueError:
        counted_so, definition = None, "Indicateur de la structure"
    return Figure(
        code=code,
        key=code.lower(),
        label=name,
        funder=FUNDER,
        kind="indicateur de la structure",
        definition=definition,
        unit=_UNITS[count],
        calculation=definition,
        period="mois",
        mandatory="non",
        confidence="structure",
        source=(),
        breakdowns=_BREAKDOWNS,
        rule=counted_so,
        reason="" if counted_so else _LOST,
        by_public=kind not in _NAMELESS or count is Count.PEOPLE,
    )
