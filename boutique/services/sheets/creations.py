"""Rows of « Créations »: the businesses registered in a period, each once, by the first file of its project."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from boutique.exports.excel.activity_rows import CreationRow
from boutique.models.after_choices import RegistrationProof
from boutique.models.case import Case
from boutique.models.choices import LegalForm, ProjectKind, RequestStatus
from boutique.models.money import SchemeRequest
from boutique.models.person import Person
from boutique.models.project import Business, Project
from boutique.rules.period import Period
from boutique.rules.scope import Scope
from boutique.services import ledger
from boutique.services.context import context, place
from boutique.services.holders import rural_communes
from boutique.services.narrowing import at_home, within
from boutique.services.sheets.asked import Asked

_GRANTED = (RequestStatus.GRANTED, RequestStatus.PAID)
_ACRE = "ACRE"
KNOWN = "connu"
# Their number designates the person who owns them; a form that is not known may be one of them.
_OF_A_PERSON = (LegalForm.SOLE_PROPRIETORSHIP, LegalForm.MICRO_ENTREPRENEUR, LegalForm.ARTIST_AUTHOR, None)


def rows(session: Session, asked: Asked) -> Iterator[CreationRow]:
    """In the order of the registrations."""
    period, scope = asked.period, asked.scope
    made = session.execute(_creations(period, scope)).all()
    rural = rural_communes(session, {row.commune_code for row in made if row.commune_code})
    projects = [row.project_id for row in made]
    funding, acre = _funding(session, projects), _with_acre(session, projects)
    for row in made:
        yield CreationRow(
            registered_on=row.registered_on,
            reference=row.reference,
            siren=row.siren if asked.nominative or row.legal_form not in _OF_A_PERSON else KNOWN if row.siren else "",
            legal_form=row.legal_form,
            activity=_section(session, row.naf_code or row.project_naf),
            commune=place(session, row.commune_code),
            in_qpv=row.located_in_qpv,
            in_zfrr=None if rural is None or not row.commune_code else row.commune_code in rural,
            takeover=None if row.kind is None else row.kind is ProjectKind.TAKEOVER,
            jobs=row.jobs,
            funding=funding.get(row.project_id, 0),
            acre=row.project_id in acre,
            verified_on=row.verified_on if row.proof is not RegistrationProof.SAID else None,
        )


def _creations(period: Period, scope: Scope) -> Any:
    return (
        select(
            Business.registered_on, Business.siren, Business.legal_form, Business.naf_code, Business.commune_code,
            Business.located_in_qpv, Business.jobs, Business.verified_on, Business.proof, Business.project_id,
            Project.naf_code.label("project_naf"), Project.kind, Case.reference,
        )
        .select_from(Business)
        .join(Project, Project.id == Business.project_id)
        .join(Case, Case.id == ledger.first_case())
        .join(Person, Person.id == Case.person_id)
        .where(
            Business.registered.is_(True),
            Business.registered_on >= Case.opened_on,
            Business.registered_on.between(period.start, period.end),
            *within(scope, Case.site_id),
            *at_home(scope, func.coalesce(Business.commune_code, Person.commune_code)),
        )
        .order_by(Business.registered_on, Case.reference)
    )  # fmt: skip


def _funding(session: Session, projects: list[Any]) -> dict[Any, int]:
    """Euros granted to a project, whoever of its files asked for them."""
    found = session.execute(
        select(Case.project_id, func.sum(SchemeRequest.granted_eur))
        .join(Case, Case.id == SchemeRequest.case_id)
        .where(Case.project_id.in_(projects), SchemeRequest.status.in_(_GRANTED))
        .group_by(Case.project_id)
    )
    return {project: int(total or 0) for project, total in found}


def _with_acre(session: Session, projects: list[Any]) -> set[Any]:
    """Projects for which the Acre was asked."""
    asked = (
        select(Case.project_id)
        .join(SchemeRequest, SchemeRequest.case_id == Case.id)
        .where(
            Case.project_id.in_(projects),
            SchemeRequest.scheme_code.startswith(_ACRE),
            SchemeRequest.status != RequestStatus.CONSIDERED,
        )
    )
    return set(session.scalars(asked))


def _section(session: Session, code: str | None) -> str:
    """« I — Hébergement et restauration »."""
    reference = context(session).reference
    known = reference.naf(code) if code else None
    section = reference.naf(known.section) if known and known.section else None
    return f"{section.code} — {section.label}" if section else ""
