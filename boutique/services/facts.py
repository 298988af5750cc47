"""What the rules read: the answers of a file, plus what follows from them. Never a guess: not known stays out."""

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from boutique.core.clock import today
from boutique.models.case import Case
from boutique.models.choices import Phase, ProjectKind, ZoningState
from boutique.rules import facts as rule_facts
from boutique.services import answers as answers_service
from boutique.services import zoning

_BEFORE_REGISTRATION = tuple(Phase)[: tuple(Phase).index(Phase.REGISTRATION)]
_NEW = (ProjectKind.CREATION, ProjectKind.TAKEOVER, ProjectKind.ASSOCIATION)
_TO_BOOLEAN = {ZoningState.YES: True, ZoningState.NO: False, ZoningState.TO_CHECK: None}


def from_answers(session: Session, answers: Mapping[str, Any], *, phase: Phase | None) -> dict[str, Any]:
    """Facts of the closed vocabulary (`resources/rules/fields.toml`) that these answers establish."""
    answers = {**answers, **_as_registered(answers)}
    facts: dict[str, Any] = {key: value for key, value in answers.items() if value is not None}
    for key in ("holder.lives_in_qpv", "project.located_in_qpv"):
        facts[key] = _TO_BOOLEAN[facts[key]] if key in facts else None
    home = zoning.of_commune(session, answers.get("holder.commune_code"))
    setting = zoning.of_commune(session, answers.get("project.commune_code"))
    facts["holder.lives_in_zfrr"] = home.rural
    facts["project.located_in_zfrr"] = setting.rural
    if home.no_district and facts["holder.lives_in_qpv"] is None:
        facts["holder.lives_in_qpv"] = False
    if setting.no_district and facts["project.located_in_qpv"] is None:
        facts["project.located_in_qpv"] = False
    if (birth := answers.get("holder.birth_date")) is not None:
        facts["holder.age"] = rule_facts.age(birth, today())
    facts["project.phase"] = phase
    facts |= _business(answers, phase)
    established = rule_facts.with_implied({key: value for key, value in facts.items() if value is not None})
    # There is no business any more, which does not say that it left no debts: nothing else follows from it.
    return {**established, **_ceased(answers)}


def _as_registered(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Once there is a business, its own place and form stand for those that were planned."""
    if answers.get("business.registered") is not True:
        return {}
    names = ("legal_form", "commune_code", "located_in_qpv")
    found = {
        f"project.{name}": answers[f"business.{name}"] for name in names if answers.get(f"business.{name}") is not None
    }
    if found.get("project.commune_code", answers.get("project.commune_code")) != answers.get("project.commune_code"):
        found.setdefault("project.located_in_qpv", None)  # that answer was about another place
    return found


def _ceased(answers: Mapping[str, Any]) -> dict[str, Any]:
    ceased_on = answers.get("business.ceased_on")
    return {"business.registered": False} if ceased_on is not None and ceased_on <= today() else {}


def _business(answers: Mapping[str, Any], phase: Phase | None) -> dict[str, Any]:
    if answers.get("business.registered") is False:  # a date that was typed before is no registration
        return {}
    known = rule_facts.business_facts(answers.get("business.registered_on"), today())
    if known or answers.get("business.registered") is not None:
        return known
    # A creation that has not reached registration is an answer, not a guess: there is no business yet.
    new = answers.get("project.kind") in _NEW and (phase is None or phase in _BEFORE_REGISTRATION)
    return {"business.registered": False} if new else {}


def of_case(session: Session, case_id: uuid.UUID) -> dict[str, Any]:
    """Facts of a file."""
    case: Case = answers_service.case_of(session, case_id)
    return from_answers(session, answers_service.of_case(session, case_id), phase=case.phase)
