"""Requests and forecasts of the fictitious files (see `demo`): those whose numbers were worked out."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from boutique.models.base import Record
from boutique.models.choices import FundingKind, Phase, RequestStatus
from boutique.models.money import Forecast, SchemeRequest
from boutique.rules import forecast_input
from boutique.rules.forecast_terms import NeedKind
from boutique.rules.schemes import load_schemes
from boutique.services.demo_files import File

_LATE = tuple(Phase)[tuple(Phase).index(Phase.FINANCING) :]
_REQUESTS = (
    ("PH_INITIATIVE", FundingKind.HONOUR_LOAN),
    ("MICROCREDIT_ADIE", FundingKind.MICROCREDIT),
    ("AIDE_REGIONALE", FundingKind.GRANT),
)
_STATUSES = {
    RequestStatus.CONSIDERED: 2,
    RequestStatus.ASKED: 3,
    RequestStatus.GRANTED: 3,
    RequestStatus.PAID: 2,
    RequestStatus.REFUSED: 1,
}


def money(file: File, rng: Random) -> Iterator[Record]:
    """What a file with a budget has asked for, and the forecast of the one who leads the project."""
    project = file.project
    if not file.leads or not project.total_need_eur or not file.plan.meetings:
        return
    if file.case.phase in _LATE or rng.random() < 0.4:
        yield from _requests(file, rng, project.total_need_eur)
    if project.forecast_done:
        yield Forecast(
            project_id=project.id,
            name="Scénario prudent",
            current=True,
            assumptions=_assumptions(rng, project.total_need_eur, project.own_contribution_eur or 0, file.plan.last_on),
        )


def _requests(file: File, rng: Random, need: int) -> Iterator[SchemeRequest]:
    schemes = load_schemes()
    for code, kind in rng.sample(_REQUESTS, rng.randint(1, len(_REQUESTS))):
        status = rng.choices(tuple(_STATUSES), tuple(_STATUSES.values()))[0]
        asked = file.plan.opened_on + timedelta(rng.randint(0, max(0, (file.plan.last_on - file.plan.opened_on).days)))
        answered = min(asked + timedelta(rng.randint(10, 60)), file.world.until)
        row = SchemeRequest(
            case_id=file.case.id, scheme_code=code, financer=schemes[code].label, kind=kind, status=status,
            asked_eur=max(500, need // rng.choice((2, 3, 4)) // 100 * 100),
        )  # fmt: skip
        if status is not RequestStatus.CONSIDERED:
            row.asked_on = asked
        if status in (RequestStatus.GRANTED, RequestStatus.PAID, RequestStatus.REFUSED):
            row.decided_on = answered
        if status in (RequestStatus.GRANTED, RequestStatus.PAID):
            row.granted_eur = row.asked_eur if rng.random() < 0.6 else (row.asked_eur or 0) * 3 // 4
        if status is RequestStatus.PAID:
            row.paid_on = min(answered + timedelta(rng.randint(5, 30)), file.world.until)
        if status is RequestStatus.REFUSED:
            row.reason = rng.choice(("Dossier incomplet", "Marge jugée trop faible", "Hors territoire"))
        yield row


def _assumptions(rng: Random, need: int, own: int, last: date) -> dict[str, Any]:
    """A small trade: the plan balances, the first months are short."""
    stock, reserve = need // 10, need // 5
    loan, equipment = need - own, need - stock - reserve
    turnover = rng.choice((1800, 2600, 3500, 4800))
    typed = forecast_input.blank(last) | {
        "needs": [
            {"kind": NeedKind.EQUIPMENT.value, "label": "Matériel", "amount": str(equipment), "years": "5"},
            {"kind": NeedKind.STOCK.value, "amount": str(stock)},
            {"kind": NeedKind.CASH_RESERVE.value, "amount": str(reserve)},
        ],
        "resources": [
            {"kind": FundingKind.OWN.value, "amount": str(own)},
            {"kind": FundingKind.MICROCREDIT.value, "amount": str(loan), "rate": "8,65", "months": "36"},
        ],
        "sales": [
            {"label": "Ventes", "units": str(turnover // 12), "price": rng.choice(("12", "11,5", "14,9"))},
            {"label": "Prestations", "amount": str(turnover // 5)},
        ],
        "charges": [
            {"label": "Loyer", "amount": str(rng.choice((0, 280, 420)))},
            {"label": "Assurances", "amount": "65,50"},
            {"label": "Téléphone, internet", "amount": "39,99"},
            {"label": "Déplacements", "amount": str(rng.choice((90, 160, 240)))},
        ],
        "full_speed": str(rng.choice((1, 4, 6))),
        "variable_rate": str(rng.choice((28, 35, 42))),
        "growth_2": "12",
        "growth_3": "8",
        "contribution_rate": "12,3",
        "owner_1": str(rng.choice((300, 600, 900))),
        "owner_2": "1000",
        "owner_3": "1200",
    }  # fmt: skip
    return forecast_input.stored(forecast_input.accept(typed))
