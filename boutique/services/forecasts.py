"""Forecasts of a project: scenarios, one of them current; what they say of the file; workbook. Used by Financement."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique import __version__
from boutique.core import clock, french
from boutique.core.errors import UserError
from boutique.core.text import clean
from boutique.exports import excel
from boutique.models.choices import FundingKind
from boutique.models.money import Forecast
from boutique.models.structure import Counsellor, Structure
from boutique.rules import forecast as computing
from boutique.rules import forecast_input
from boutique.rules.forecast_input import Typed
from boutique.rules.forecast_terms import RESOURCES, Assumptions
from boutique.rules.lists import Parameter, parameter
from boutique.services import answers as answers_service
from boutique.services import requests
from boutique.services.context import context
from boutique.services.documents import Document
from boutique.services.rows import existing
from boutique.services.schemes import short_source

_HINTS = ("MICRO_RATE_SALE", "MICRO_RATE_BIC", "MICRO_RATE_BNC", "MICRO_RATE_CIPAV", "VAT_SALE", "VAT_SERVICE")
_LONGEST_NAME = 80
_NONE = "Ce scénario n’existe plus. Rouvrez l’onglet Financement."
_YES = {True: "oui", False: "non"}


@dataclass(frozen=True, slots=True)
class Scenario:
    id: uuid.UUID
    name: str
    current: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """A granted request that is not in the plan yet; `line` is the resource it would be."""

    label: str
    line: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Hint:
    """A rate or threshold of the resources, with what it is worth."""

    label: str
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class FactOffer:
    """What the plan says of the file: `before` is what the file says, "" when nothing."""

    key: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class View:
    """The current scenario as typed texts, with what surrounds it."""

    scenarios: tuple[Scenario, ...]
    current: uuid.UUID | None
    typed: Typed
    offers: tuple[Offer, ...]
    facts: tuple[FactOffer, ...]
    hints: tuple[Hint, ...]


def view(session: Session, case_id: uuid.UUID) -> View:
    """What the tab shows: nothing computed, the window computes as one types."""
    rows = _rows(session, answers_service.case_of(session, case_id).project_id)
    current = next((row for row in rows if row.current), None)
    if current is None:
        return View((), None, {}, (), (), ())
    given = forecast_input.accept(current.assumptions)
    return View(
        tuple(Scenario(row.id, row.name, row.current) for row in rows),
        current.id,
        forecast_input.shown(given),
        _offers(session, case_id, given),
        facts(session, case_id),
        hints(),
    )


def create(session: Session, case_id: uuid.UUID, name: str = "", *, copy_of: uuid.UUID | None = None) -> uuid.UUID:
    """A new scenario, current at once: blank, or like another."""
    project_id = answers_service.case_of(session, case_id).project_id
    rows = _rows(session, project_id)
    content = dict(_row(session, copy_of).assumptions) if copy_of else forecast_input.blank(clock.today())
    made = Forecast(project_id=project_id, name=_named(name, rows), current=True, assumptions=content)
    for row in rows:
        row.current = False
    session.add(made)
    session.flush()
    return made.id


def save(session: Session, forecast_id: uuid.UUID, typed: Mapping[str, Any]) -> None:
    """Keep what was typed, once all of it can be read."""
    _row(session, forecast_id).assumptions = forecast_input.stored(forecast_input.accept(typed))


def rename(session: Session, forecast_id: uuid.UUID, name: str) -> None:
    """Give a scenario its name."""
    row = _row(session, forecast_id)
    row.name = _named(name, [one for one in _rows(session, row.project_id) if one is not row])


def choose(session: Session, forecast_id: uuid.UUID) -> None:
    """Make a scenario the one that is shown, printed and told to the file."""
    wanted = _row(session, forecast_id)
    for row in _rows(session, wanted.project_id):
        row.current = row is wanted


def delete(session: Session, forecast_id: uuid.UUID) -> None:
    """Remove a scenario; the latest of the others becomes current."""
    row = _row(session, forecast_id)
    others = [one for one in _rows(session, row.project_id) if one is not row]
    if row.current and others:
        others[-1].current = True
    session.delete(row)


def current(session: Session, case_id: uuid.UUID) -> tuple[str, Assumptions] | None:
    """(name, assumptions) of the scenario that counts for a file."""
    rows = _rows(session, answers_service.case_of(session, case_id).project_id)
    row = next((one for one in rows if one.current), None)
    return (row.name, forecast_input.accept(row.assumptions)) if row is not None else None


def facts(session: Session, case_id: uuid.UUID) -> tuple[FactOffer, ...]:
    """Where the file and the current scenario differ: proposed, never written by itself."""
    found = current(session, case_id)
    if found is None:
        return ()
    known = answers_service.of_case(session, case_id)
    offers = []
    for key, label, value in _told(found[1]):
        if value is not None and known.get(key) != value:
            offers.append(FactOffer(key, label, _shown(known.get(key)), _shown(value)))
    return tuple(offers)


def apply_facts(session: Session, case_id: uuid.UUID, keys: Collection[str]) -> None:
    """Write in the file what the current scenario says, for the answers chosen."""
    found = current(session, case_id)
    if found is None:
        raise UserError(_NONE)
    values = {key: value for key, _, value in _told(found[1]) if key in keys and value is not None}
    answers_service.write_case(session, answers_service.case_of(session, case_id), values)


def hints() -> tuple[Hint, ...]:
    """Rates and thresholds in force, with their validity and where they come from."""
    found = (parameter(code, clock.today()) for code in _HINTS)
    return tuple(_hint(one) for one in found if one is not None)


def _hint(one: Parameter) -> Hint:
    since = f"depuis le {french.show_date(one.valid_from)}" if one.valid_from else "sans date"
    sources = ", ".join(dict.fromkeys(short_source(source) for source in one.source))
    value = french.show_number(one.value, 0 if one.value == int(one.value) else 1)
    return Hint(one.label, f"{value}\u00a0{one.unit}", f"{since} ; {one.confidence} ; {sources}")


def workbook(session: Session, case_id: uuid.UUID) -> Document:
    """The current scenario as a workbook of live formulas."""
    found = current(session, case_id)
    if found is None:
        raise UserError("Ce dossier n’a pas encore de prévisionnel. Commencez-le dans l’onglet Financement.")
    name, given = found
    case, here = answers_service.case_of(session, case_id), context(session)
    structure = session.scalars(select(Structure).limit(1)).first()
    author = session.get(Counsellor, here.counsellor_id) if here.counsellor_id else None
    content = excel.forecast_book.render(
        excel.forecast.pen.ForecastData(
            structure=structure.name if structure else "",
            author=author.short_name if author else "",
            version=__version__,
            generated_at=clock.local(clock.now()),
            reference=case.reference,
            scenario=name,
            given=given,
            made=computing.compute(given),
        )
    )
    return Document(f"previsionnel-{case.reference}.xlsx", f"Prévisionnel {case.reference}", content)


def _told(given: Assumptions) -> tuple[tuple[str, str, Any], ...]:
    """(answer of the file, its name, what the scenario says), None where it says nothing."""
    made = computing.compute(given)
    own = sum((one.amount for one in given.resources if one.kind is FundingKind.OWN), Decimal(0))
    worked_out = bool(made.years[0].turnover and given.charges)
    return (
        ("project.total_need_eur", "Besoin total de financement", _whole(made.plan.needs)),
        ("project.own_contribution_eur", "Apport personnel", _whole(own) if given.resources else None),
        ("project.bank_loan_planned", "Emprunt bancaire prévu",
         any(one.kind is FundingKind.BANK_LOAN for one in given.resources) if given.resources else None),
        ("project.forecast_done", "Prévisionnel établi", True if worked_out else None),
    )  # fmt: skip


def _whole(amount: Decimal) -> int | None:
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP)) if amount else None


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return _YES[value]
    return "" if value is None else french.show_amount(value)


def _offers(session: Session, case_id: uuid.UUID, given: Assumptions) -> tuple[Offer, ...]:
    taken = {one.request for one in given.resources}
    made = []
    for row in requests.granted(session, case_id):
        if str(row.id) in taken:
            continue
        kind = row.kind if row.kind in RESOURCES else FundingKind.OTHER
        amount = french.show_number(row.granted_eur or 0)
        line = {"kind": kind.value, "label": row.financer[:80], "amount": amount, "request": str(row.id)}
        made.append(Offer(f"{row.financer} : {amount}\u00a0€", line))
    return tuple(made)


def _named(name: str, others: Collection[Forecast]) -> str:
    wanted = clean(name)
    taken = {row.name for row in others}
    if not wanted:
        rank = len(others) + 1
        while (wanted := f"Scénario {rank}") in taken:
            rank += 1
    if len(wanted) > _LONGEST_NAME:
        raise UserError(f"Le nom d’un scénario a {_LONGEST_NAME} caractères au plus. Raccourcissez-le.")
    if wanted in taken:
        raise UserError(f"Il y a déjà un scénario « {wanted} ». Donnez un autre nom.")
    return wanted


def _rows(session: Session, project_id: uuid.UUID) -> list[Forecast]:
    return list(
        session.scalars(select(Forecast).where(Forecast.project_id == project_id).order_by(Forecast.created_at))
    )


def _row(session: Session, forecast_id: uuid.UUID) -> Forecast:
    return existing(session, Forecast, forecast_id, _NONE)
