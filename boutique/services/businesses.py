"""The business that a project became: its registration, its place, what follows. Used by « Création et suivi »."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.errors import UserError
from boutique.forms.catalogue import CREATION
from boutique.forms.spec import Answers
from boutique.models.after_choices import RegistrationProof
from boutique.models.case import Case
from boutique.models.choices import Phase
from boutique.models.project import Business
from boutique.services import aftercare, zoning
from boutique.services import answers as answers_service
from boutique.services.context import place
from boutique.services.people import enter_phase

_PHASES = tuple(Phase)
_POST_CREATION = _PHASES.index(Phase.POST_CREATION)


@dataclass(frozen=True, slots=True)
class BusinessView:
    """What the screen shows. `answers` fill the form: those of the business, or what the project already says."""

    registered: bool
    answers: Answers
    opened_on: date
    ours: bool  # registered during the accompaniment: counts as a creation
    before_creation: bool  # the file is in an earlier phase than Post-création
    closed: bool
    to_verify: bool
    twin: str  # reference of another file whose business has the same number


@dataclass(frozen=True, slots=True)
class Recorded:
    """What saving did."""

    first: bool
    ours: bool
    follow_ups: int


def view(session: Session, case_id: uuid.UUID) -> BusinessView:
    """The business of a file, or what its form starts with."""
    case = answers_service.case_of(session, case_id)
    rows = answers_service.rows_of(session, case)
    business = rows.get("business")
    registered = isinstance(business, Business) and business.registered is True
    asked = {field.key for field in CREATION.fields()}
    known = answers_service.read_row("business", business) if business is not None else {}
    answers = {key: value for key, value in known.items() if key in asked}
    if not registered:
        answers = _from_project(answers_service.read_row("project", rows["project"])) | answers
    first = aftercare.first_case(session, case.project_id) or case
    return BusinessView(
        registered=registered,
        answers=answers,
        opened_on=first.opened_on,
        ours=isinstance(business, Business) and aftercare.is_ours(first, business),
        before_creation=_PHASES.index(case.phase) < _POST_CREATION,
        closed=case.closed_on is not None,
        to_verify=registered and answers.get("business.proof") in (None, RegistrationProof.SAID),
        twin=_twin(session, business) if isinstance(business, Business) else "",
    )


def _from_project(project: Answers) -> Answers:
    """What was planned is where one starts from; it is checked with the person, then saved."""
    names = {"naf_code": "naf_code", "legal_form": "legal_form", "commune_code": "commune_code",
             "located_in_qpv": "located_in_qpv"}  # fmt: skip
    planned = {f"business.{mine}": project.get(f"project.{theirs}") for mine, theirs in names.items()}
    return {key: value for key, value in planned.items() if value is not None}


def _twin(session: Session, business: Business) -> str:
    if not business.siren:
        return ""
    return (
        session.scalar(
            select(Case.reference)
            .join(Business, Business.project_id == Case.project_id)
            .where(Business.siren == business.siren, Business.project_id != business.project_id)
            .order_by(Case.opened_on, Case.reference)
            .limit(1)
        )
        or ""
    )


def zoning_words(session: Session, commune_code: str | None) -> tuple[str, ...]:
    """What the imported lists say of the commune of implantation."""
    if not commune_code:
        return ()
    found, name = zoning.of_commune(session, commune_code), place(session, commune_code)
    rural = {
        True: f"{name} : zone France ruralités revitalisation (FRR)",
        False: f"{name} : hors zone rurale (FRR)",
        None: f"{name} : zone rurale à vérifier",
    }[found.rural]
    if found.districts:
        return rural, f"QPV de la commune, à vérifier à l’adresse : {', '.join(found.districts)}"
    return (rural, "Aucun QPV dans la commune") if found.no_district else (rural, "QPV à vérifier à l’adresse")


def save(session: Session, case_id: uuid.UUID, typed: Mapping[str, Any], *, post_creation: bool = False) -> Recorded:
    """Record or correct the registration: its follow-ups are planned, and the phase moves when that was agreed."""
    case = answers_service.case_of(session, case_id)
    accepted = CREATION.accept(typed)
    if accepted.get("business.siret") and not accepted.get("business.siren"):
        accepted["business.siren"] = accepted["business.siret"][:9]
    business = answers_service.rows_of(session, case).get("business")
    first = not (isinstance(business, Business) and business.registered)
    if not isinstance(business, Business):
        business = Business(project_id=case.project_id)
        session.add(business)
    business.registered = True
    answers_service.write_row(business, "business", accepted)
    session.flush()
    follow_ups = aftercare.plan(session, business)
    if post_creation and _PHASES.index(case.phase) < _POST_CREATION:
        enter_phase(session, case_id, Phase.POST_CREATION)
    case_first = aftercare.first_case(session, case.project_id) or case
    return Recorded(first, aftercare.is_ours(case_first, business), follow_ups)


def withdraw(session: Session, case_id: uuid.UUID) -> None:
    """It was not registered after all: follow-ups that nothing was noted on go."""
    business = answers_service.rows_of(session, answers_service.case_of(session, case_id)).get("business")
    if not isinstance(business, Business):
        raise UserError("Ce dossier n’a pas d’entreprise enregistrée.")
    business.registered = False
    session.flush()
    aftercare.plan(session, business)


def follows_from(recorded: Recorded) -> str:
    """What saving led to, in words."""
    if not recorded.ours:
        return "Entreprise antérieure au dossier : elle ne compte pas comme une création et n’a pas de suivis."
    return f"{french.plural(recorded.follow_ups, 'suivi')} à faire."
