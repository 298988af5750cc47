"""From a need to the structures that may answer it: rules, needs, territory, freshness. For Orientations."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.clock import today
from boutique.core.conditions import Truth
from boutique.forms.catalogue import FILE
from boutique.models.choices import SharedData
from boutique.models.referral import Need
from boutique.models.structure import Site
from boutique.rules import needs as needs_rules
from boutique.rules.criteria import Missing
from boutique.rules.partners import load_partner_types
from boutique.rules.referral import Outcome, Rule, RuleSet, Suggestion, evaluate, load_rules, what_would_change
from boutique.services import answers as answers_service
from boutique.services import coverage
from boutique.services import facts as facts_service
from boutique.services.context import context, place
from boutique.services.coverage import Covering, Record

_MOST, _MOST_PER_TYPE, _MOST_WHAT_IF, _NEARLY = 14, 3, 2, 1
_ENOUGH_ANSWERS = 3
_NO_PRIORITY = 4
# Facts that are worked out: the answer that settles them is asked instead.
ASKED_BY: Mapping[str, str] = {
    "holder.age": "holder.birth_date",
    "holder.lives_in_zfrr": "holder.commune_code",
    "project.located_in_zfrr": "project.commune_code",
    "business.age_months": "business.registered_on",
    "business.days_since_registration": "business.registered_on",
}
_LIVES = (SharedData.COMMUNE, SharedData.IDENTITY)  # either prints the commune on the sheet


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason of a proposal; when `told_by` is not empty, it gives away what one of these agreements covers."""

    text: str
    told_by: tuple[SharedData, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """One structure proposed, with everything that explains it; `missing` are the answers it still waits for."""

    partner_id: uuid.UUID
    name: str
    type_code: str
    type_label: str
    place: str
    reasons: tuple[str, ...]
    grounds: tuple[Ground, ...]  # what may be told to the partner: never its own habits
    rank: int
    missing: tuple[Missing, ...]
    priority: int
    blocking: bool
    rules: tuple[str, ...]
    for_need: bool

    def why(self, shared: Collection[SharedData]) -> str:
        """The reason as the partner may read it: only what the person agreed to share."""
        told = " ; ".join(ground.text for ground in self.grounds if not ground.told_by or {*ground.told_by} & {*shared})
        return f"{told[:1].upper()}{told[1:]}." if told else ""


@dataclass(frozen=True, slots=True)
class Proposals:
    """What to propose to a file; `without_partner` names the types wanted that nobody in the directory covers."""

    items: tuple[Proposal, ...]
    without_partner: tuple[str, ...]
    what_if: tuple[str, ...]
    place: str


def proposals(session: Session, case_id: uuid.UUID) -> Proposals:
    """Structures for the open needs and the situation of a file, the most useful first."""
    facts = facts_service.of_case(session, case_id)
    hidden = _hidden(session, case_id)
    rules = _answerable(load_rules(), facts, hidden)
    wanted = _needed_types(session, case_id)
    begun = {rule.id for rule in rules.rules if _has_begun(rule, facts)}
    suggestions = {item.partner_type: item for item in evaluate(rules, facts, today()) if _worth(item, begun)}
    commune = _commune(session, case_id, facts)
    found = coverage.covering(session, commune, {*wanted, *suggestions})
    records = coverage.records(session, [item.partner_id for item in found])
    ranked = sorted(found, key=lambda item: _order(item, wanted, suggestions.get(item.type_code), records))
    kept = _at_most_per_type(ranked)
    items = tuple(
        _proposal(item, rank, wanted, suggestions.get(item.type_code), records.get(item.partner_id), hidden)
        for rank, item in enumerate(kept, 1)
    )
    changes = tuple(
        change.sentence
        for change in what_would_change(rules, facts)
        if change.rule_id in begun and not change.missing.sensitive and change.missing.field not in hidden
    )
    return Proposals(items, _uncovered(found, wanted, suggestions), changes[:_MOST_WHAT_IF], place(session, commune))


def _hidden(session: Session, case_id: uuid.UUID) -> frozenset[str]:
    """Facts that no answer can settle for this person: the question does not concern them, so it is not asked."""
    shown = FILE.visible(answers_service.of_case(session, case_id))
    asked = {field.key for field in FILE.fields()} - shown
    return frozenset(asked | {fact for fact, key in ASKED_BY.items() if key in asked})


def _answerable(rules: RuleSet, facts: Mapping[str, Any], hidden: Collection[str]) -> RuleSet:
    """Without the rules that only wait for answers which nobody will be asked."""
    kept = []
    for rule in rules.rules:
        verdict = rule.verdict(facts)
        if verdict.truth is not Truth.UNKNOWN or not set(verdict.missing) <= set(hidden):
            kept.append(rule)
    return replace(rules, rules=tuple(kept))


def _has_begun(rule: Rule, facts: Mapping[str, Any]) -> bool:
    """Part of the rule already holds: what it still waits for is worth asking, rather than anything at all."""
    return any(condition.evaluate(facts) is Truth.TRUE for condition in rule.criteria.conditions())


def _worth(suggestion: Suggestion, begun: Collection[str]) -> bool:
    if suggestion.outcome is Outcome.PROPOSED:
        return True
    return suggestion.nearest <= _NEARLY and suggestion.pending[0].rule_id in begun


def _needed_types(session: Session, case_id: uuid.UUID) -> dict[str, str]:
    """Partner types that serve an open need → label of that need, in the order of the needs list."""
    codes = session.scalars(
        select(Need.subject_code).where(Need.case_id == case_id, Need.met_on.is_(None)).order_by(Need.created_at)
    )
    wanted: dict[str, str] = {}
    for code in codes:
        subject = needs_rules.subject(code)
        for partner_type in subject.partner_types:
            wanted.setdefault(partner_type, subject.label)
    return wanted


def _commune(session: Session, case_id: uuid.UUID, facts: Mapping[str, Any]) -> str | None:
    """Where the person lives; else the place where the file is followed, which is where they came."""
    if home := facts.get("holder.commune_code"):
        return str(home)
    site_id = answers_service.case_of(session, case_id).site_id or context(session).site_id
    site = session.get(Site, site_id) if site_id else None
    return site.commune_code if site else None


def _order(
    item: Covering, wanted: Mapping[str, str], suggestion: Suggestion | None, records: Mapping[uuid.UUID, Record]
) -> tuple[Any, ...]:
    proposed = suggestion is not None and suggestion.outcome is Outcome.PROPOSED
    record = records.get(item.partner_id)
    stale = (today() - item.verified_on).days if item.verified_on else 9999
    return (
        not (proposed and suggestion is not None and suggestion.blocking),
        not (proposed and item.type_code in wanted),
        not (proposed or item.type_code in wanted),
        list(wanted).index(item.type_code) if item.type_code in wanted else len(wanted),
        suggestion.priority if suggestion is not None and proposed else _NO_PRIORITY,
        item.nearness,
        record.median_days if record and record.median_days is not None else 30,
        stale,
        item.name,
    )


def _at_most_per_type(ranked: list[Covering]) -> list[Covering]:
    seen: dict[str, int] = {}
    kept = []
    for item in ranked:
        seen[item.type_code] = seen.get(item.type_code, 0) + 1
        if seen[item.type_code] <= _MOST_PER_TYPE:
            kept.append(item)
    return kept[:_MOST]


def _proposal(
    item: Covering,
    rank: int,
    wanted: Mapping[str, str],
    suggestion: Suggestion | None,
    record: Record | None,
    hidden: Collection[str],
) -> Proposal:
    waiting = suggestion is not None and suggestion.outcome is Outcome.TO_COMPLETE and item.type_code not in wanted
    matched = suggestion.reasons if suggestion is not None else ()
    need = [f"répond au besoin « {_lower(wanted[item.type_code])} »"] if item.type_code in wanted else []
    reasons = [f"{_lower(reason.label)} (règle {reason.rule_id})" for reason in matched] + need
    if waiting and suggestion is not None:
        reasons += [f"{_lower(reason.label)} ? (règle {reason.rule_id})" for reason in suggestion.pending[:1]]
    reasons.append(f"{item.extent} ; {_freshness(item)}")
    if record is not None and record.answers >= _ENOUGH_ANSWERS:
        reasons.append(_habits(record))
    grounds = [Ground(_lower(reason.label), _told_by(reason.rule_id)) for reason in matched]
    grounds += [*(Ground(text) for text in need), Ground(f"votre structure {item.extent}", _LIVES)]
    return Proposal(
        partner_id=item.partner_id,
        name=item.name,
        type_code=item.type_code,
        type_label=load_partner_types()[item.type_code].label,
        place=item.place,
        reasons=tuple(reasons),
        grounds=tuple(grounds),
        rank=rank,
        missing=tuple(one for one in suggestion.missing if one.field not in hidden) if waiting and suggestion else (),
        priority=suggestion.priority if suggestion is not None else _NO_PRIORITY,
        blocking=suggestion is not None and suggestion.blocking,
        rules=tuple(reason.rule_id for reason in suggestion.reasons) if suggestion is not None else (),
        for_need=item.type_code in wanted,
    )


def _told_by(rule_id: str) -> tuple[SharedData, ...]:
    """A rule that reads the situation of the person says it: « allocataire du RSA »."""
    rule = next(rule for rule in load_rules().rules if rule.id == rule_id)
    personal = any(condition.field.startswith("holder.") for condition in rule.criteria.conditions())
    return (SharedData.EMPLOYMENT,) if personal else ()


def _freshness(item: Covering) -> str:
    if item.verified_on is None:
        return "fiche jamais vérifiée"
    days = (today() - item.verified_on).days
    return "fiche vérifiée aujourd’hui" if days == 0 else f"fiche vérifiée il y a {french.plural(days, 'jour')}"


def _habits(record: Record) -> str:
    share = f"{french.show_percent(record.accepted_share)} d’acceptation"
    if record.median_days is None:
        return share
    return f"répond en {french.plural(record.median_days, 'jour')} d’ordinaire, {share}"


def _uncovered(
    found: tuple[Covering, ...], wanted: Mapping[str, str], suggestions: Mapping[str, Suggestion]
) -> tuple[str, ...]:
    covered = {item.type_code for item in found}
    sure = [code for code, item in suggestions.items() if item.outcome is Outcome.PROPOSED]
    types = load_partner_types()
    return tuple(types[code].label for code in dict.fromkeys([*sure, *wanted]) if code not in covered)


def _lower(text: str) -> str:
    first, second = text[:1], text[1:2]
    return text if second.isupper() else first.lower() + text[1:]
