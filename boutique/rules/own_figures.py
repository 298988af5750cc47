"""Indicators that a structure draws up itself: what they may count, and their figure, counted as all others.

Conditions are groups: all of a group, one of the groups; « et » binds before « ou ». An unknown answer never counts,
and is in neither part of a share.
"""

from collections.abc import Mapping, Sequence
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
_SHARES: Mapping[Count, str] = {
    Count.PEOPLE: "Part des personnes",
    Count.FILES: "Part des dossiers",
    Count.ACTS: "Part des actes",
}
_UNITS = {
    Count.PEOPLE: Unit.PEOPLE, Count.FILES: Unit.CASES, Count.ACTS: Unit.ACTS, Count.SUM: Unit.HOURS,
    Count.SHARE: Unit.SHARE,
}  # fmt: skip
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
    "enum": (("=", "est"), ("!=", "n’est pas"), ("in", "est l’un de"), ("not_in", "n’est aucun de")),
    "list": (("contains", "comprend"), ("contains_any", "comprend l’un de")),
    "int": ((">=", "au moins"), ("<=", "au plus"), ("=", "égal à")),
    "eur": ((">=", "au moins"), ("<=", "au plus"), ("=", "égal à")),
}
# Of these several values are chosen.
SEVERAL = frozenset({"in", "not_in", "contains_any"})


@dataclass(frozen=True, slots=True)
class Criterion:
    """One condition as it is typed: the key of a fact, an operator, its value (several of SEVERAL, none of a yes)."""

    fact: str
    operator: str
    value: str | int | tuple[str, ...] | None = None

    @property
    def raw(self) -> list[Any]:
        """As conditions are written in the resources."""
        value = list(self.value) if isinstance(self.value, tuple) else self.value
        return [self.fact, self.operator] if value is None else [self.fact, self.operator, value]


Groups = tuple[tuple[Criterion, ...], ...]


@dataclass(frozen=True, slots=True)
class Share:
    """What a share is a share of (people, files, acts), and what is true of those it counts: all of `true`."""

    of: Count
    true: tuple[Criterion, ...] = ()


def ways_of(event: Kind) -> tuple[tuple[str, str], ...]:
    """What can be counted of an event, as `read_way` reads it: only interviews last, a visit belongs to no file."""
    left_out = {Count.SUM} if event is not Kind.INTERVIEW else set()
    if event is Kind.VISIT:
        left_out.add(Count.FILES)
    plain = ((write_way(count), words) for count, words in COUNTS.items() if count not in left_out)
    shares = ((write_way(Count.SHARE, of), words) for of, words in _SHARES.items() if of not in left_out)
    return (*plain, *shares)


def write_way(counted: Count, of: Count | None = None) -> str:
    """A way of counting as one word or two."""
    return counted.value if of is None else f"{counted.value} {of.value}"


def read_way(way: str) -> tuple[Count, Count | None]:
    """What is counted, and of what when it is a share."""
    counted, _, of = way.partition(" ")
    return Count(counted), Count(of) if of else None


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


def write_criteria(groups: Groups, share: Share | None = None) -> dict[str, Any]:
    """The conditions as they are kept: the table that a rule is read from."""
    kept: dict[str, Any] = {"any_of": [[one.raw for one in group] for group in groups]}
    return kept if share is None else {**kept, "of": share.of.value, "share": [one.raw for one in share.true]}


def read_criteria(kept: Mapping[str, Any]) -> Groups:
    """The conditions as they are typed; those on a fact that no longer exists are left out."""
    groups = (_known(group) for group in kept.get("any_of", []))
    return tuple(group for group in groups if group)


def read_share(kept: Mapping[str, Any]) -> Share | None:
    """The same of what makes a share; None of an indicator that is none."""
    return Share(Count(kept["of"]), _known(kept["share"])) if "share" in kept else None


def _known(group: Sequence[Sequence[Any]]) -> tuple[Criterion, ...]:
    known = vocabulary().fields
    return tuple(_criterion(raw) for raw in group if raw[0] in known and raw[1] in dict(operators_of(raw[0])))


def _criterion(raw: Sequence[Any]) -> Criterion:
    value = raw[2] if len(raw) > 2 else None
    return Criterion(raw[0], raw[1], tuple(value) if isinstance(value, list) else value)


def rule(counted: Count, event: Kind, groups: Groups, share: Share | None = None) -> Rule:
    """How it is counted. ValueError when a condition cannot be read on such an event."""
    given: dict[str, Any] = {"count": counted.value, "events": [event.value]}
    if counted is Count.SUM:
        given["divisor"] = _MINUTES
    return read_rule({**given, **write_criteria(groups, share)}, {}, FUNDER)


def words(counted: Count, event: Kind, groups: Groups, share: Share | None = None) -> str:
    """What it counts, as a French sentence without its full stop. ValueError as `rule`."""
    read, named = rule(counted, event, groups, share), COUNTS[counted] if share is None else _SHARES[share.of]
    start = f"{named} : {EVENTS[event][0].lower()}{EVENTS[event][1:]}"
    described = [vocabulary().describe_group(group) for group in read.criteria.any_of]
    several = len(described) > 1
    told = [f"({one})" if several and len(group) > 1 else one for one, group in zip(described, groups, strict=True)]
    whole = f"{start}, si {' ou '.join(told)}" if told else start
    return whole if share is None else f"{whole} ; dont {vocabulary().describe_group(read.share)}"


def figure(code: str, name: str, counted: str, event: str, criteria: Mapping[str, Any]) -> Figure:
    """The figure of a kept indicator; one whose conditions are no longer known is not counted, and says so."""
    kind, count = Kind(event), Count(counted)
    groups = tuple(tuple(map(_criterion, group)) for group in criteria.get("any_of", []))
    share = Share(Count(criteria["of"]), tuple(map(_criterion, criteria["share"]))) if "share" in criteria else None
    try:
        counted_so, definition = rule(count, kind, groups, share), words(count, kind, groups, share)
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
        by_public=kind not in _NAMELESS or Count.PEOPLE in (count, share.of if share else None),
    )
