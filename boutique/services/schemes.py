"""The schemes for one file: each judged with its reason, what it waits for, amount, dates, source. For Financement."""

import re
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.clock import today
from boutique.forms.catalogue import FILE
from boutique.models.choices import FundingKind
from boutique.models.money import SchemeRequest
from boutique.rules.criteria import Missing
from boutique.rules.schemes import Eligibility, SchemeVerdict, eligibility
from boutique.services import answers as answers_service
from boutique.services import facts as facts_service
from boutique.services.proposals import ASKED_BY

_KINDS = {
    "exonération sociale": FundingKind.EXEMPTION,
    "exonération fiscale": FundingKind.EXEMPTION,
    "prêt d’honneur": FundingKind.HONOUR_LOAN,
    "microcrédit": FundingKind.MICROCREDIT,
    "garantie": FundingKind.GUARANTEE,
    "subvention": FundingKind.GRANT,
}
_ARCE = "ARCE"


@dataclass(frozen=True, slots=True)
class SchemeView:
    """One scheme as it stands for this file; `answerable` is what may be asked here, `waits` all that is missing."""

    code: str
    label: str
    family: str
    operator: str
    outcome: Eligibility
    reason: str
    waits: tuple[str, ...]
    answerable: tuple[Missing, ...]
    checks: tuple[str, ...]
    amount: str
    deadline: str
    combination: str
    validity: str
    confidence: str
    sources: tuple[str, ...]
    kind: FundingKind
    asked: str  # where a request for it stands, in words


def listing(session: Session, case_id: uuid.UUID) -> tuple[SchemeView, ...]:
    """Every scheme, eligible first."""
    facts = facts_service.of_case(session, case_id)
    shown = FILE.visible(answers_service.of_case(session, case_id))
    requests = session.scalars(
        select(SchemeRequest).where(SchemeRequest.case_id == case_id).order_by(SchemeRequest.created_at)
    )
    asked = {row.scheme_code: row.status.label.lower() for row in requests if row.scheme_code}
    return tuple(_view(verdict, shown, asked.get(verdict.code, "")) for verdict in eligibility(facts, today()))


def kind_of(verdict: SchemeVerdict) -> FundingKind:
    """What kind of money a scheme brings, from its family."""
    return FundingKind.ARCE if verdict.code == _ARCE else _KINDS.get(verdict.family, FundingKind.OTHER)


def short_source(source: str) -> str:
    """Who says it, short enough to be read: the site, or the repository with its date."""
    if "://" in source:
        return source.split("/")[2].removeprefix("www.")
    name, _, rest = source.partition("@")
    dated = re.search(r"\([0-9/]+\)", rest)
    return f"{name} {dated.group()}" if dated else name


def _view(verdict: SchemeVerdict, shown: Collection[str], asked: str) -> SchemeView:
    return SchemeView(
        code=verdict.code,
        label=verdict.label,
        family=verdict.family,
        operator=verdict.operator,
        outcome=verdict.outcome,
        reason=verdict.reason,
        waits=tuple(missing.label for missing in verdict.missing),
        answerable=tuple(one for one in verdict.missing if ASKED_BY.get(one.field, one.field) in shown),
        checks=verdict.checks,
        amount=verdict.amount,
        deadline=verdict.deadline,
        combination=verdict.combination,
        validity=_validity(verdict),
        confidence=verdict.confidence,
        sources=tuple(dict.fromkeys(short_source(one) for one in verdict.source)),
        kind=kind_of(verdict),
        asked=asked,
    )


def _validity(verdict: SchemeVerdict) -> str:
    parts = []
    if verdict.valid_from:
        parts.append(f"valable depuis le {french.show_date(verdict.valid_from)}")
    if verdict.valid_to:
        parts.append(f"jusqu’au {french.show_date(verdict.valid_to)}")
    if verdict.source_date:
        parts.append(f"vérifié le {french.show_date(verdict.source_date)}")
    return ", ".join(parts) or "sans date de validité"
