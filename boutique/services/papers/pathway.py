"""Synthèse de parcours of a file: each part asked of the service that knows it. For the Documents menu and batches."""

import uuid
from collections.abc import Iterator
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.clock import today
from boutique.exports import pdf
from boutique.forms.catalogue import CREATION, FILE
from boutique.forms.spec import Answers, Field
from boutique.models.case import Case, Interview, PhaseChange
from boutique.models.choices import ReferralStatus, RequestStatus
from boutique.models.money import SchemeRequest
from boutique.models.referral import Partner, Referral
from boutique.services import aftercare, businesses, diagnoses, endings, journeys
from boutique.services import answers as answers_service
from boutique.services.documents import Document, letterhead, shown_value
from boutique.services.partner_names import name_column
from boutique.services.people import header
from boutique.services.workshops import followed

_BANDS = (1_000, 5_000, 10_000, 25_000, 50_000)  # amounts by bands: the synthesis goes outside
_SENT = (ReferralStatus.CANCELLED, ReferralStatus.PREPARED)
_BUSINESS = ("siren", "legal_form", "naf_code", "commune_code", "registered_on", "jobs")
_ENDING = {
    "employment_status": "Situation",
    "training_entered": "Entrée en formation",
    "qualification_obtained": "Qualification obtenue",
}


def pathway(session: Session, case_id: uuid.UUID) -> Document:
    """From the first day to today, or to the end."""
    data = _pathway(session, case_id)
    title = f"Synthèse de parcours {data.reference}"
    return Document(f"synthese-parcours-{data.reference}.pdf", title, pdf.pathway.render(data))


def pages(session: Session, case_id: uuid.UUID) -> "pdf.page.Pages":
    """The same among many."""
    return pdf.pathway.story(_pathway(session, case_id))


def _pathway(session: Session, case_id: uuid.UUID) -> "pdf.pathway.Pathway":
    case, top = answers_service.case_of(session, case_id), header(session, case_id)
    until = f"au {french.show_date(case.closed_on)}" if case.closed_on else "à ce jour"
    days, marks = _diagnosis(session, case_id)
    return pdf.pathway.Pathway(
        letterhead=letterhead(session),
        printed_on=today(),
        reference=case.reference,
        person=top.name,
        counsellor=top.counsellor,
        project=top.project,
        period=f"du {french.show_date(case.opened_on)} {until}",
        phases=tuple(_phases(session, case_id)),
        interviews=tuple(_interviews(session, case_id)),
        workshops=tuple(_workshops(session, case_id)),
        diagnosis=marks,
        diagnosis_days=days,
        referrals=tuple(_referrals(session, case_id)),
        outcome=tuple(_outcome(session, case_id)),
        business=tuple(_business(session, case_id)),
        funding=tuple(_funding(session, case_id)),
        follow_ups=tuple(_follow_ups(session, case)),
    )


def _phases(session: Session, case_id: uuid.UUID) -> Iterator[tuple[str, str]]:
    journey = journeys.of_file(session, case_id)
    rows = select(PhaseChange).where(PhaseChange.case_id == case_id)
    for row in session.scalars(rows.order_by(PhaseChange.entered_on, PhaseChange.created_at)):
        yield journey.place(row.phase.value, row.journey_phase).label, french.show_date(row.entered_on)


def _interviews(session: Session, case_id: uuid.UUID) -> Iterator[tuple[str, str, str]]:
    rows = session.execute(
        select(Interview.type, func.count(), func.coalesce(func.sum(Interview.minutes), 0))
        .where(Interview.case_id == case_id, Interview.attended.is_not(False))
        .group_by(Interview.type)
        .order_by(func.count().desc(), Interview.type)
    ).all()
    for kind, count, minutes in rows:
        yield kind.label if kind else "Type non précisé", str(count), french.show_minutes(minutes or 0)
    if len(rows) > 1:
        yield "Ensemble", str(sum(row[1] for row in rows)), french.show_minutes(sum(row[2] or 0 for row in rows))


def _workshops(session: Session, case_id: uuid.UUID) -> Iterator[tuple[str, str, str]]:
    for one in reversed(followed.of_case(session, case_id)):
        if one.came:
            yield one.title, french.show_date(one.starts_on), french.show_minutes(one.minutes)


def _diagnosis(session: Session, case_id: uuid.UUID) -> tuple[tuple[str, str], tuple[tuple[str, ...], ...]]:
    lines = [line for line in diagnoses.listing(session, case_id) if line.marked]
    if not lines:
        return ("", ""), ()
    first, latest = lines[-1], lines[0]
    before = {axis.code: axis.mark for axis in first.axes}
    if first is latest:
        return ("Le " + first.name, ""), tuple((axis.label, _mark(axis.mark), "", "") for axis in first.axes)
    rows = [
        (axis.label, _mark(before.get(axis.code)), _mark(axis.mark), _change(before.get(axis.code), axis.mark))
        for axis in latest.axes
    ]
    return (f"Le {first.name}", f"Le {latest.name}"), tuple(rows)


def _mark(mark: Decimal | None) -> str:
    return french.show_number(mark, 1) if mark is not None else "—"


def _change(before: Decimal | None, after: Decimal | None) -> str:
    if before is None or after is None:
        return ""
    sign = "+" if after > before else ""
    return f"{sign}{french.show_number(after - before, 1)}"


def _referrals(session: Session, case_id: uuid.UUID) -> Iterator[tuple[str, str, str, str]]:
    rows = session.execute(
        select(name_column(), Referral.made_on, Referral.status, Referral.answered_on)
        .join(Partner, Partner.id == Referral.partner_id)
        .where(Referral.case_id == case_id, Referral.status.not_in(_SENT))
        .order_by(Referral.made_on, Referral.reference)
    )
    for name, made, status, answered in rows:
        yield name, french.show_date(made), status.label, french.show_date(answered) if answered else ""


def _outcome(session: Session, case_id: uuid.UUID) -> Iterator[tuple[str, str]]:
    ended = endings.current(session, case_id)
    if ended is None:
        return
    yield "Motif", ended.reason
    yield "Date de fin", french.show_date(ended.on)
    known = endings.answers(session, case_id)
    for name, label in _ENDING.items():
        value = known.get(f"exit.{name}")
        if value is not None:
            yield label, ("oui" if value else "non") if isinstance(value, bool) else value.label


def _business(session: Session, case_id: uuid.UUID) -> Iterator[tuple[str, str]]:
    view = businesses.view(session, case_id)
    if not view.registered:
        return
    yield from _values(session, view.answers)


def _values(session: Session, known: Answers) -> Iterator[tuple[str, str]]:
    fields: dict[str, Field] = {field.key: field for form in (CREATION, FILE) for field in form.fields()}
    for name in _BUSINESS:
        key = f"business.{name}"
        if known.get(key) is not None:
            yield fields[key].label, shown_value(session, fields[key], known[key])


def _funding(session: Session, case_id: uuid.UUID) -> Iterator[tuple[str, str, str, str]]:
    obtained = (RequestStatus.GRANTED, RequestStatus.PAID)
    rows = select(SchemeRequest).where(SchemeRequest.case_id == case_id, SchemeRequest.status.in_(obtained))
    for row in session.scalars(rows.order_by(SchemeRequest.decided_on, SchemeRequest.financer)):
        on = row.decided_on or row.paid_on
        kind = row.kind.label if row.kind else ""
        yield row.financer, kind, band(row.granted_eur), french.show_date(on) if on else ""


def band(euros: int | None) -> str:
    """An amount as the summary tells it: between two round figures."""
    if euros is None:
        return ""
    low = max((limit for limit in _BANDS if euros >= limit), default=None)
    high = min((limit for limit in _BANDS if euros < limit), default=None)
    if low is None:
        return f"moins de {french.show_amount(_BANDS[0])}"
    return (
        f"de {french.show_number(low)} à {french.show_amount(high)}" if high else f"{french.show_amount(low)} et plus"
    )


def _follow_ups(session: Session, case: Case) -> Iterator[tuple[str, str, str, str]]:
    for row in aftercare.of_project(session, case.project_id):
        term = f"{row.months // 12} an{'s' if row.months > 12 else ''}" if row.months >= 12 else f"{row.months} mois"
        done = f"{row.outcome.label} (le {french.show_date(row.done_on)})" if row.outcome and row.done_on else ""
        yield term, french.show_date(row.due_on), done or row.state.label, "" if row.jobs is None else str(row.jobs)
