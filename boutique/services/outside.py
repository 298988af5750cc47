"""Why a structure of the directory is not among the proposals of a file, told before it is chosen all the same."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from boutique.core.conditions import Truth
from boutique.core.errors import UserError
from boutique.core.text import clean
from boutique.models.referral import Partner
from boutique.rules.choice_reasons import load_override_reasons
from boutique.rules.partners import load_partner_types
from boutique.rules.referral import Rule, RuleSet, load_rules
from boutique.services import answers as answers_service
from boutique.services import coverage
from boutique.services import facts as facts_service
from boutique.services.context import place
from boutique.services.proposals import commune_of
from boutique.services.rows import existing

_MOST_RULES = 2
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Override:
    """Why it is chosen all the same: a code of `lists/choice_reasons.toml`, and words that no partner reads."""

    code: str
    note: str = ""


def why_not(session: Session, case_id: uuid.UUID, partner_id: uuid.UUID) -> tuple[str, ...]:
    """Reasons why nothing proposes it, the plainest first: archived, another territory, rules that do not hold."""
    partner = existing(
        session, Partner, partner_id, "Cette structure n’est plus dans le répertoire. Choisissez-en une autre."
    )
    case = answers_service.case_of(session, case_id)
    facts = facts_service.from_answers(session, answers_service.of_case(session, case_id), phase=case.phase)
    return tuple(_reasons(session, case_id, partner, facts))


def check(override: Override | None) -> Override:
    """The reason, its words cleaned, or a sentence that says what is missing."""
    if override is None or override.code not in load_override_reasons():
        raise UserError("Dites pourquoi cette structure, que rien ne proposait : choisissez une raison dans la liste.")
    note = clean(override.note)
    if load_override_reasons()[override.code].words and not note:
        raise UserError("Dites en quelques mots pourquoi cette structure.")
    if len(note) > _LONGEST:
        raise UserError(f"Dites pourquoi en {_LONGEST} caractères au plus : il y en a {len(note)}.")
    return Override(override.code, note)


def _reasons(session: Session, case_id: uuid.UUID, partner: Partner, facts: Mapping[str, Any]) -> Iterator[str]:
    if partner.archived_on is not None:
        yield "sa fiche est archivée"
    commune = commune_of(session, case_id, facts)
    type_code = partner.type_code or ""
    covering = coverage.covering(session, commune, {type_code})
    if partner.archived_on is None and partner.id not in {item.partner_id for item in covering}:
        yield f"ne couvre pas {place(session, commune)}" if commune else "la commune de la personne n’est pas connue"
    rules = load_rules()
    of_type = [rule for rule in rules.rules if rule.partner_type == type_code]
    told = list(_rules(rules, of_type, facts))
    yield from told[:_MOST_RULES]
    if not of_type:
        kind = load_partner_types().get(type_code)
        yield f"aucune règle ne mène à ce type de structure ({kind.short if kind else type_code})"


def _rules(rules: RuleSet, of_type: list[Rule], facts: Mapping[str, Any]) -> Iterator[str]:
    """« règle R012 : il faudrait que … », for each rule of the type that the file says not to hold."""
    for rule in of_type:
        if rule.verdict(facts).truth is not Truth.FALSE:
            continue
        failing = (each for each in rule.criteria.conditions() if each.evaluate(facts) is Truth.FALSE)
        words = rules.vocabulary.describe(next(failing))
        yield f"la règle {rule.id} vaut si {words}"
