"""How a figure is counted, as its block of `resources/indicators.toml` says it: events, conditions, way of counting.

    [indicator.rule]
    count = "personnes"                  # Count: what is counted among the events that fit
    events = ["entretien"]               # Kind: what happened in the period
    all_of = [["holder.gender", "=", "F"]]   # conditions, as those of the referral rules; any_of and none_of too
    at_least = 2                         # as many fitting events of the same person
    also = ["orientation"]               # the same person has one of these in the period too (of a part: those who do)
    without = ["entretien"]              # the same person has none of these until the end of the period
    anonymous = true                     # each event without a known person counts as one more
    silent_months = 6                    # nothing of the person was heard for so long at the end of the period
    months_before = 12                   # the period is that of so many months before (a cohort)
    once = true                          # a sum takes the latest event of each person only
    amount = "business.jobs"             # what a sum or a median is made of; else minutes, euros, days of the event
    share = [["holder.gender", "=", "F"]]    # count = "part": those it is true of, among those it is known of
    of = "actes"                         # what a part is a part of; people when nothing is said
    same = "CODE"                        # begins like the rule of another figure

A share of two counts has two tables, `part` and `whole`, each of them a rule.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from boutique.rules.criteria import Criteria, Group
from boutique.rules.figure_facts import vocabulary
from boutique.rules.resources import build, known, refuse


class Kind(StrEnum):
    """What happened. One act may be of several kinds: a first interview is an interview too."""

    VISIT = "passage"
    WALK_IN = "accueil"  # an interview of a type that counts as a contact only
    INTERVIEW = "entretien"
    FIRST_INTERVIEW = "premier entretien"  # of the person, or the first after 24 months; its amount is the days waited
    ENTRY = "entrée"  # the first interview of a file
    ABSENCE = "absence"
    REFERRAL = "orientation"  # its amount is the days since the first interview of the file
    ANSWER = "retour"  # a referral made in the period and answered since; its amount is the days it took
    DUE = "orientation échue"  # a referral whose answer was expected in the period
    CREATION = "création"
    FOLLOW_UP = "suivi"  # a business called after its registration
    FUNDING = "financement"  # granted; its amount is in euros
    PLAN = "plan signé"
    EXIT = "sortie"
    PARTICIPATION = "participation"  # the entry of a file in a FSE+ operation
    SIX_MONTHS = "six mois"  # the answer of a participant six months after the end
    OPEN_FILE = "dossier ouvert"  # lasts: counted at the end of the period
    FILE = "dossier"  # lasts for ever
    OUTREACH = "permanence"
    WORKSHOP = "séance d’atelier"
    ATTENDANCE = "présence"  # of a person at a session; heads without a name have no person
    BUSINESS_VISIT = "visite d’entreprise"
    CO_FINANCING = "cofinancement"  # its amount is in euros


LASTING = frozenset({Kind.OPEN_FILE, Kind.FILE})
# After these somebody has been heard of.
CONTACTS = (Kind.VISIT, Kind.WALK_IN, Kind.INTERVIEW)
# What the conditions on each kind of event may name, besides the person, the project and the file.
FACTS_OF: Mapping[Kind, frozenset[str]] = {
    Kind.VISIT: frozenset({"passage"}),
    Kind.WALK_IN: frozenset({"interview"}),
    Kind.INTERVIEW: frozenset({"interview"}),
    Kind.FIRST_INTERVIEW: frozenset({"interview"}),
    Kind.ENTRY: frozenset({"interview"}),
    Kind.ABSENCE: frozenset({"interview"}),
    Kind.REFERRAL: frozenset({"referral"}),
    Kind.ANSWER: frozenset({"referral"}),
    Kind.DUE: frozenset({"referral"}),
    Kind.CREATION: frozenset({"business"}),
    Kind.FOLLOW_UP: frozenset({"follow_up", "business"}),
    Kind.FUNDING: frozenset({"scheme_request"}),
    Kind.EXIT: frozenset({"exit", "participation"}),
    Kind.PARTICIPATION: frozenset({"participation"}),
    Kind.SIX_MONTHS: frozenset({"participation"}),
    Kind.OUTREACH: frozenset({"act"}),
    Kind.WORKSHOP: frozenset({"act", "module"}),
    Kind.ATTENDANCE: frozenset({"act", "module"}),
    Kind.CO_FINANCING: frozenset({"act"}),
}
_ALWAYS = frozenset({"holder", "project", "accompaniment"})


NO_CRITERIA = Criteria()


class Count(StrEnum):
    """What is counted among the events that fit."""

    PEOPLE = "personnes"  # distinct
    FILES = "dossiers"  # distinct
    ACTS = "actes"
    SUM = "somme"
    MEDIAN = "médiane"
    VALUES = "valeurs"  # distinct values of `amount`
    SHARE = "part"


@dataclass(frozen=True, slots=True)
class Rule:
    """How one figure is counted; see the top of this file."""

    count: Count
    events: tuple[Kind, ...] = ()
    criteria: Criteria = NO_CRITERIA
    also: tuple[Kind, ...] = ()
    without: tuple[Kind, ...] = ()
    at_least: int = 1
    anonymous: bool = False
    once: bool = False
    silent_months: int = 0
    months_before: int = 0
    amount: str = ""
    divisor: int = 1
    share: Group = ()
    of: Count = Count.PEOPLE
    part: "Rule | None" = None
    whole: "Rule | None" = None


@dataclass(frozen=True, slots=True)
class FactAsked:
    """A fact of a kind of event that a figure is counted from, so many months before its period."""

    kind: Kind
    name: str
    months_before: int = 0


def facts_asked(rule: Rule) -> Iterator[FactAsked]:
    """Which facts of which events a rule is counted from."""
    for part in (rule.part, rule.whole):
        if part is not None:
            yield from facts_asked(part)
    conditions = (*rule.criteria.conditions(), *rule.share)
    names = {condition.field for condition in conditions} | ({rule.amount} if rule.amount else set())
    for kind in rule.events:
        yield from (FactAsked(kind, name, rule.months_before) for name in sorted(names))


def kinds_asked(rule: Rule) -> Iterator[Kind]:
    """Which events a rule is counted from."""
    for part in (rule.part, rule.whole):
        if part is not None:
            yield from kinds_asked(part)
    yield from (*rule.events, *rule.also, *rule.without)
    if rule.silent_months:
        yield from CONTACTS


_GROUPS = ("all_of", "any_of", "none_of")
_READ = {*_GROUPS, "count", "of", "events", "also", "without", "share", "part", "whole", "same"}
_MOST_DEPTH = 4


def read_rule(given: Any, others: Mapping[str, Any], where: str, depth: int = 0) -> Rule:
    """The rule of a block; `others` are the rules of all blocks by their code, for `same`."""
    entry = _completed(given, others, where, depth)
    counts, kinds = {count.value: count for count in Count}, {kind.value: kind for kind in Kind}
    own = {key: value for key, value in entry.items() if key not in _READ}
    parts = {
        key: read_rule(entry[key], others, where, depth + 1) if key in entry else None for key in ("part", "whole")
    }

    def several(key: str) -> tuple[Kind, ...]:
        return tuple(kinds[known(name, kinds, where, "l’événement")] for name in entry.get(key, []))

    rule = build(
        Rule,
        own,
        where,
        count=counts[known(str(entry.get("count", "")), counts, where, "le compte")],
        of=counts[known(str(entry.get("of", Count.PEOPLE.value)), counts, where, "le compte")],
        events=several("events"),
        also=several("also"),
        without=several("without"),
        criteria=vocabulary().criteria(entry, where),
        share=vocabulary().group(entry.get("share", []), where),
        **parts,
    )
    _check(rule, where)
    return rule


def _completed(given: Any, others: Mapping[str, Any], where: str, depth: int) -> dict[str, Any]:
    """A rule with what it takes from the one it begins like: conditions add up, the rest is replaced."""
    if not isinstance(given, dict) or depth > _MOST_DEPTH:
        raise refuse(where, "la règle n’a pas la forme attendue")
    if "same" not in given:
        return given
    first = _completed(others[known(given["same"], others, where, "l’indicateur")], others, where, depth + 1)
    joined = {key: [*first.get(key, []), *given.get(key, [])] for key in _GROUPS if key in first or key in given}
    return {**first, **given, **joined}


def _check(rule: Rule, where: str) -> None:
    if rule.part is not None and rule.whole is not None and rule.count is Count.SHARE:
        return
    shared = bool(rule.share or (rule.also and rule.count is Count.SHARE))
    if rule.part is not None or rule.whole is not None or (rule.count is Count.SHARE) != shared:
        raise refuse(where, "une part s’écrit avec « share », ou « also », ou avec « part » et « whole »")
    if not rule.events:
        raise refuse(where, "« events » manque")
    if rule.silent_months and not LASTING.issuperset(rule.events):
        raise refuse(where, "« silent_months » ne s’applique qu’aux dossiers")
    if rule.amount and rule.count is not Count.VALUES:
        known(rule.amount, vocabulary().fields, where, "le fait")
    for condition in (*rule.criteria.conditions(), *rule.share):
        entity = condition.field.partition(".")[0]
        if entity not in _ALWAYS and any(entity not in FACTS_OF.get(kind, frozenset()) for kind in rule.events):
            raise refuse(where, f"« {condition.field} » ne se lit pas sur ces événements")
