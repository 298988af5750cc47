"""Money of a project: what was asked of whom, and its forecasts. Used by the Financement tab."""

import uuid
from datetime import date
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from boutique.core.conditions import Condition
from boutique.models.base import Record, foreign_key
from boutique.models.choices import FundingKind, RequestStatus
from boutique.models.fields import Kind, field

_ASKED = tuple(status for status in RequestStatus if status is not RequestStatus.CONSIDERED)
_GRANTED = (RequestStatus.GRANTED, RequestStatus.PAID)
_DECIDED = (*_GRANTED, RequestStatus.REFUSED)
_ENDED = (RequestStatus.REFUSED, RequestStatus.GIVEN_UP)


def _when(*statuses: RequestStatus) -> tuple[Condition, ...]:
    return (Condition("scheme_request.status", "in", statuses),)


class SchemeRequest(Record):
    """One scheme or loan asked of a financer: amounts in whole euros, dates in their order."""

    __tablename__ = "scheme_request"

    case_id: Mapped[uuid.UUID] = foreign_key("accompaniment")
    scheme_code: Mapped[str | None] = mapped_column(String(40), default=None)
    financer: Mapped[str] = field("Dispositif ou financeur", section="request", kind=Kind.TEXT, required=True)
    kind: Mapped[FundingKind | None] = field("Nature", section="request", choices=FundingKind)
    status: Mapped[RequestStatus] = field("État", section="request", choices=RequestStatus, required=True)
    asked_eur: Mapped[int | None] = field("Montant demandé (€)", section="request", kind=Kind.EUROS)
    asked_on: Mapped[date | None] = field(
        "Demandée le", section="request", kind=Kind.DATE, past=True, visible_if=_when(*_ASKED)
    )
    decided_on: Mapped[date | None] = field(
        "Réponse le", section="request", kind=Kind.DATE, past=True, visible_if=_when(*_DECIDED)
    )
    granted_eur: Mapped[int | None] = field(
        "Montant accordé (€)", section="request", kind=Kind.EUROS, visible_if=_when(*_GRANTED)
    )
    paid_on: Mapped[date | None] = field(
        "Versée le", section="request", kind=Kind.DATE, past=True, visible_if=_when(RequestStatus.PAID)
    )
    reason: Mapped[str | None] = field(
        "Motif", section="request", kind=Kind.TEXT, max_length=300, visible_if=_when(*_ENDED)
    )
    note: Mapped[str | None] = field("Remarque", section="request", kind=Kind.TEXT, max_length=600)


class Forecast(Record):
    """One scenario of a project: its plan and its assumptions, as texts that `rules.forecast_input` reads."""

    __tablename__ = "forecast"

    project_id: Mapped[uuid.UUID] = foreign_key("project")
    name: Mapped[str] = mapped_column(String(80))
    current: Mapped[bool] = mapped_column(default=True)
    assumptions: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
