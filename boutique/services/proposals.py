"""From a need to the structures that may answer it, in an order that is explained. For Orientations.

Needs (theme → subject) × rules and their schemes × territory × public × stage × freshness × how a structure answered so
far. The order is that of `rules.ranking.Standing`; every criterion that counts is told in the reasons.
"""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from boutique.core.clock import today
from boutique.core.conditions import Truth
from boutique.core.errors import UserError
from boutique.forms.catalogue import FILE
from boutique.forms.spec import Answers
from boutique.models.choices import SharedData
from boutique.models.structure import Site
from boutique.rules import ranking
from boutique.rules.criteria import Missing
from boutique.rules.partners import load_partner_types
from boutique.rules.referral import Outcome, Rule, RuleSet, Suggestion, evaluate, load_rules, what_would_change
from boutique.services import answers as answers_service
from boutique.services import coverage, offers, proposal_words
from boutique.services import facts as facts_service
from boutique.services.candidates import NO_PRIORITY, Candidate, Wanted, candidates, standing, wanted_by
from boutique.services.context import context, place
from boutique.services.offers import Offer
from boutique.services.proposal_words import Ground

_MOST, _MOST_AWAY, _MOST_PER_TYPE, _MOST_WHAT_IF, _NEARLY = 14, 5, 3, 2, 1
# Facts that are worked out: the answer that settles them is asked instead.
ASKED_BY: Mapping[str, str] = {
    "holder.age": "holder.birth_date",
    "holder.lives_in_zfrr": "holder.commune_code",
    "project.located_in_zfrr": "project.commune_code",
    "business.age_months": "business.registered_on",
    "business.days_since_registration": "business.registered_on",
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """One structure proposed, with everything that explains it; `missing` are the answers it still waits for.

    `details`: the whole text of each rule. `aside`: why it was set aside, "" when it was not.
    """

    partner_id: uuid.UUID
    name: str
    type_code: str
    type_label: str
    place: str
    reasons: tuple[str, ...]
    grounds: tuple[Ground, ...]  # what may be told to the partner: never its own habits
    rank: int
    missing: tuple[Missing, ...] = ()
    priority: int = NO_PRIORITY
    blocking: bool = False
    rules: tuple[str, ...] = ()
    for_need: bool = False
    subject_code: str | None = None
    details: tuple[str, ...] = ()
    before: str = ""  # « déjà orientée le 3 mars : refusée »
    aside: str = ""

    def why(self, shared: Collection[SharedData]) -> str:
        """The reason as the partner may read it: only what the person agreed to share."""
        told = " ; ".join(ground.text for ground in self.grounds if not ground.told_by or {*ground.told_by} & {*shared})
        return f"{told[:1].upper()}{told[1:]}." if told else ""

    @property
    def offer(self) -> Offer:
        """What is kept of it, without any word."""
        return Offer(self.partner_id, self.rank, self.subject_code, self.rules, self.aside or None)


@dataclass(frozen=True, slots=True)
class Proposals:
    """What to propose to a file; `without_partner` names the types wanted that nobody in the directory covers."""

    items: tuple[Proposal, ...]
    without_partner: tuple[str, ...]
    what_if: tuple[str, ...]
    place: str


def proposals(session: Session, case_id: uuid.UUID) -> Proposals:
    """Structures for the open needs and the situation of a file, the most useful first."""
    case = answers_service.case_of(session, case_id)
    answers = answers_service.of_case(session, case_id)
    facts = facts_service.from_answers(session, answers, phase=case.phase)
    hidden = _hidden(answers)
    rules = _answerable(load_rules(), facts, hidden)
    wanted = wanted_by(session, case_id)
    begun = {rule.id for rule in rules.rules if _has_begun(rule, facts)}
    evaluated = evaluate(rules, facts, today())
    suggestions = {item.partner_type: item for item in evaluated if _worth(item, begun)}
    commune = commune_of(session, case_id, facts)
    found = candidates(session, case_id, commune, facts, wanted, suggestions)
    usual = coverage.usual_acceptance(session)
    accepted = ranking.USUAL_ACCEPTANCE if usual is None else usual
    ranked = sorted(found, key=lambda one: standing(one, wanted, accepted))
    items = tuple(_proposal(one, rank, hidden) for rank, one in enumerate(_at_most_per_type(ranked), 1))
    changes = tuple(
        change.sentence
        for change in what_would_change(rules, facts, evaluated)
        if change.rule_id in begun and not change.missing.sensitive and change.missing.field not in hidden
    )
    uncovered = _uncovered(found, wanted, suggestions)
    return Proposals(items, uncovered, changes[:_MOST_WHAT_IF], place(session, commune))


def set_aside(session: Session, case_id: uuid.UUID, partner_id: uuid.UUID, reason: str | None) -> None:
    """This structure is not for this person (`reason`: a code of the list), or it is again (None)."""
    item = next((each for each in proposals(session, case_id).items if each.partner_id == partner_id), None)
    if item is None:
        raise UserError("Cette structure n’est plus proposée pour ce dossier.")
    offers.set_aside(session, case_id, item.offer, reason)


def _hidden(answers: Answers) -> frozenset[str]:
    """Facts that no answer can settle for this person: the question does not concern them, so it is not asked."""
    asked = {field.key for field in FILE.fields()} - FILE.visible(answers)
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


def commune_of(session: Session, case_id: uuid.UUID, facts: Mapping[str, Any]) -> str | None:
    """Where the person lives; else the place where the file is followed, which is where they came."""
    if home := facts.get("holder.commune_code"):
        return str(home)
    site_id = answers_service.case_of(session, case_id).site_id or context(session).site_id
    site = session.get(Site, site_id) if site_id else None
    return site.commune_code if site else None


def _at_most_per_type(ranked: list[Candidate]) -> list[Candidate]:
    """Three of a type are enough; those who are away or set aside take nobody's place, nor lose their own."""
    seen: dict[str, int] = {}
    kept: list[Candidate] = []
    away: list[Candidate] = []
    aside: list[Candidate] = []
    for one in ranked:
        if one.aside:
            aside.append(one)
            continue
        code = one.covering.type_code
        seen[code] = seen.get(code, 0) + 1
        if seen[code] <= _MOST_PER_TYPE:
            (away if one.covering.away else kept).append(one)
    return [*kept[:_MOST], *away[:_MOST_AWAY], *aside]


def _proposal(one: Candidate, rank: int, hidden: Collection[str]) -> Proposal:
    item, suggestion = one.covering, one.suggestion
    needed = one.subjects[0] if one.subjects else one.theme
    missing = suggestion.missing if one.waiting and suggestion is not None else ()
    return Proposal(
        partner_id=item.partner_id,
        name=item.name,
        type_code=item.type_code,
        type_label=load_partner_types()[item.type_code].label,
        place=item.place,
        reasons=proposal_words.reasons(
            item, suggestion, one.subjects, one.theme, one.reception, one.record, waiting=one.waiting
        ),
        grounds=proposal_words.grounds(item, suggestion, one.subjects),
        rank=rank,
        missing=tuple(each for each in missing if each.field not in hidden),
        priority=suggestion.priority if suggestion is not None else NO_PRIORITY,
        blocking=suggestion is not None and suggestion.blocking,
        rules=tuple(reason.rule_id for reason in suggestion.reasons) if suggestion is not None else (),
        for_need=bool(one.subjects),
        subject_code=needed.code if needed is not None else None,
        details=proposal_words.details(suggestion, waiting=one.waiting),
        before=f"déjà orientée {one.before.told}" if one.before is not None else "",
        aside=one.aside,
    )


def _uncovered(found: Collection[Candidate], wanted: Wanted, suggestions: Mapping[str, Suggestion]) -> tuple[str, ...]:
    covered = {one.covering.type_code for one in found}
    sure = [code for code, item in suggestions.items() if item.outcome is Outcome.PROPOSED]
    types = load_partner_types()
    return tuple(types[code].label for code in dict.fromkeys([*sure, *wanted.by_type]) if code not in covered)
