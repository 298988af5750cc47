"""What was asked of financers and what they answered, dates in their order. Used by Financement and its plan."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.errors import UserError
from boutique.forms.catalogue import REQUEST
from boutique.forms.spec import Answers
from boutique.models.choices import FundingKind, RequestStatus
from boutique.models.money import SchemeRequest
from boutique.rules.forecast_terms import RESOURCES
from boutique.rules.schemes import load_schemes
from boutique.services import answers as answers_service
from boutique.services.rows import existing

_WITH_AMOUNT = tuple(kind for kind in RESOURCES if kind is not FundingKind.OTHER)
_GRANTED = (RequestStatus.GRANTED, RequestStatus.PAID)
_ORDER = (("asked_on", "la demande"), ("decided_on", "la réponse"), ("paid_on", "le versement"))


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request in a list; `detail` tells its amounts and dates."""

    id: uuid.UUID
    financer: str
    kind: str
    status: RequestStatus
    detail: str
    note: str


@dataclass(frozen=True, slots=True)
class Requests:
    """The requests of a file, and what they come to in whole euros."""

    lines: tuple[RequestLine, ...]
    waiting_eur: int
    granted_eur: int


def listing(session: Session, case_id: uuid.UUID) -> Requests:
    """Requests of a file, those in hand first, the latest first."""
    rows = sorted(
        _rows(session, case_id), key=lambda row: (list(RequestStatus).index(row.status), -row.created_at.timestamp())
    )
    return Requests(
        tuple(_line(row) for row in rows),
        sum(row.asked_eur or 0 for row in rows if row.status is RequestStatus.ASKED),
        sum(row.granted_eur or 0 for row in rows if row.status in _GRANTED),
    )


def granted(session: Session, case_id: uuid.UUID) -> tuple[SchemeRequest, ...]:
    """Requests that bring money: what may become a line of the plan."""
    found = (row for row in _rows(session, case_id) if row.status in _GRANTED and row.granted_eur)
    return tuple(row for row in found if row.kind is None or row.kind in RESOURCES)


def add(session: Session, case_id: uuid.UUID, typed: Mapping[str, Any], *, scheme_code: str | None = None) -> uuid.UUID:
    """Note a request; from a scheme, its name stands for the financer."""
    answers_service.case_of(session, case_id)
    if scheme_code is not None:
        typed = {"scheme_request.financer": load_schemes()[scheme_code].label, **typed}
    row = SchemeRequest(case_id=case_id, scheme_code=scheme_code, financer="", status=RequestStatus.CONSIDERED)
    _write(row, {"scheme_request.status": RequestStatus.CONSIDERED, **typed})
    session.add(row)
    session.flush()
    return row.id


def edit(session: Session, request_id: uuid.UUID, typed: Mapping[str, Any]) -> None:
    """Change a request: its state, amounts and dates."""
    row = _request(session, request_id)
    _write(row, {**answers_service.read_row("scheme_request", row), **typed})


def delete(session: Session, request_id: uuid.UUID) -> None:
    """Remove a request; undo brings it back."""
    session.delete(_request(session, request_id))


def answers(session: Session, request_id: uuid.UUID) -> Answers:
    """The answers of a request, for its form."""
    return answers_service.read_row("scheme_request", _request(session, request_id))


def check(answers: Mapping[str, Any]) -> dict[str, str]:
    """What two answers of a request must not be together: field key → sentence."""
    said: dict[str, str] = {}
    known = [(name, words, answers.get(f"scheme_request.{name}")) for name, words in _ORDER]
    dated = [(name, words, on) for name, words, on in known if on is not None]
    for (_, before, first), (name, after, second) in pairwise(dated):
        if second < first:
            said[f"scheme_request.{name}"] = (
                f"{after[:1].upper()}{after[1:]} ({french.show_date(second)}) est avant {before} "
                f"({french.show_date(first)}). Vérifiez les dates."
            )
    kind, amount = answers.get("scheme_request.kind"), answers.get("scheme_request.granted_eur")
    if answers.get("scheme_request.status") in _GRANTED and amount is None and kind in _WITH_AMOUNT:
        said["scheme_request.granted_eur"] = "Indiquez le montant accordé."
    return said


def _write(row: SchemeRequest, typed: Mapping[str, Any]) -> None:
    accepted = REQUEST.accept(typed)
    if said := check(accepted):
        raise UserError(" ".join(said.values()))
    # What its state no longer asks for is taken away: an abandoned request has no payment.
    answers_service.write_row(row, "scheme_request", {field.key: accepted.get(field.key) for field in REQUEST.fields()})


def _line(row: SchemeRequest) -> RequestLine:
    parts = []
    if row.asked_eur is not None:
        parts.append(f"demandé {french.show_amount(row.asked_eur)}")
    if row.asked_on:
        parts.append(f"demande du {french.show_date(row.asked_on)}")
    if row.granted_eur is not None:
        parts.append(f"accordé {french.show_amount(row.granted_eur)}")
    if row.decided_on:
        parts.append(f"réponse du {french.show_date(row.decided_on)}")
    if row.paid_on:
        parts.append(f"versé le {french.show_date(row.paid_on)}")
    if row.reason:
        parts.append(f"motif : {row.reason}")
    return RequestLine(
        row.id, row.financer, row.kind.label if row.kind else "", row.status, " · ".join(parts), row.note or ""
    )


def _rows(session: Session, case_id: uuid.UUID) -> list[SchemeRequest]:
    latest = select(SchemeRequest).where(SchemeRequest.case_id == case_id).order_by(SchemeRequest.created_at)
    return list(session.scalars(latest))


def _request(session: Session, request_id: uuid.UUID) -> SchemeRequest:
    return existing(session, SchemeRequest, request_id, "Cette demande n’existe plus. Revenez à la liste des demandes.")
