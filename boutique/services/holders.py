"""The people behind the figures with what the public profile asks of them. Used by the activity and its workbook."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.models.case import Case
from boutique.models.person import Person
from boutique.models.project import Project
from boutique.models.trace import Zoning, ZoningList
from boutique.rules.public import Holder
from boutique.services.context import place
from boutique.services.ledger import among, raw
from boutique.services.zoning import RURAL


def known(session: Session, people: Iterable[str]) -> dict[Any, Holder]:
    """What is known of some people, by their identifier as stored; one with several files shows through the latest."""
    rows = list(_rows(session, people))
    codes = {row.commune_code for row in rows if row.commune_code}
    rural, names = rural_communes(session, codes), {code: place(session, code) for code in codes}
    return {row.person: _holder(row, names.get(row.commune_code, ""), rural) for row in rows}


def _rows(session: Session, people: Iterable[str]) -> Iterable[Any]:
    # Through the connection: columns only, without what entities would need.
    return session.connection().execute(
        select(
            raw(Person.id).label("person"),
            Person.gender,
            Person.birth_date,
            Person.employment_status,
            Person.registration_duration,
            Person.education_level,
            Person.allowances,
            Person.lives_in_qpv,
            Person.commune_code,
            Project.sector,
            Project.kind,
            Case.phase,
            Case.reference,
            raw(Case.id).label("case"),
        )
        .join(Case, Case.person_id == Person.id)
        .join(Project, Project.id == Case.project_id)
        .where(Person.id.in_(among(people)))
        .order_by(Case.opened_on, Case.reference)
    )


def _holder(row: Any, commune: str, rural: frozenset[str] | None) -> Holder:
    return Holder(
        case=row.case,
        reference=row.reference,
        gender=row.gender,
        birth_date=row.birth_date,
        employment_status=row.employment_status,
        registration_duration=row.registration_duration,
        education_level=row.education_level,
        allowances=row.allowances,
        lives_in_qpv=row.lives_in_qpv,
        commune=commune,
        rural=None if rural is None or not row.commune_code else row.commune_code in rural,
        sector=row.sector,
        kind=row.kind,
        phase=row.phase,
    )


def rural_communes(session: Session, codes: set[str]) -> frozenset[str] | None:
    """Those of these communes that are in a rural zone; None as long as the official list was not imported."""
    if session.scalar(select(ZoningList.id).where(ZoningList.kind == RURAL)) is None:
        return None
    listed = select(Zoning.commune_code).where(Zoning.kind == RURAL, Zoning.classified, Zoning.commune_code.in_(codes))
    return frozenset(session.scalars(listed))
