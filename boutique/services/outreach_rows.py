"""What the workbook and the figures read of outdoor work: permanences, visits to businesses, meetings as rows."""

import uuid
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from boutique.core.clock import today
from boutique.exports.excel.outreach_rows import MeetingRow, OutreachDayRow, VisitRow
from boutique.models.outreach import BusinessVisit, PartnerMeeting, VisitAction
from boutique.models.outreach_choices import OutreachState
from boutique.models.programme import Programme
from boutique.models.referral import Partner
from boutique.models.structure import Counsellor
from boutique.rules import outreach as outreach_rules
from boutique.rules.period import Period
from boutique.rules.scope import Scope
from boutique.services import outreach_days, partners
from boutique.services.context import context, place
from boutique.services.outreach_days import DayLine


def held(session: Session, period: Period, scope: Scope) -> tuple[DayLine, ...]:
    """Permanences that were held, with who was received: « séances tenues »."""
    return tuple(line for line in _days(session, period, scope) if line.state is OutreachState.HELD)


def to_confirm(session: Session, period: Period, scope: Scope) -> tuple[DayLine, ...]:
    """Past permanences of which nobody said whether they were held: they count nowhere until then."""
    return tuple(line for line in _days(session, period, scope) if line.to_confirm)


def days(session: Session, period: Period, scope: Scope) -> tuple[OutreachDayRow, ...]:
    """Sheet « Permanences »: those held, those cancelled, by date."""
    names = _programmes(session)
    return tuple(
        OutreachDayRow(
            held_on=line.held_on,
            commune=line.commune,
            commune_code=line.commune_code,
            qpv=line.qpv_code,
            located_in_qpv=line.located_in_qpv,
            host=line.host or line.site,
            opens=f"{line.starts_at:%H:%M}",
            closes=f"{line.ends_at:%H:%M}",
            counsellor=line.counsellor,
            received=line.reception.received,
            walk_ins=line.walk_ins,
            offline=line.offline,
            cancelled=line.state is OutreachState.CANCELLED,
            reason=line.reason,
            state=line.state,
            programme=names.get(line.programme_id, ""),
        )
        for line in _days(session, period, scope)
        if line.state is not OutreachState.PLANNED
    )


def meetings(session: Session, period: Period, scope: Scope) -> tuple[MeetingRow, ...]:
    """Sheet « Partenaires »: meetings of the period, by date."""
    query: Any = (
        select(PartnerMeeting, Partner, Counsellor)
        .join(Partner, Partner.id == PartnerMeeting.partner_id)
        .outerjoin(Counsellor, Counsellor.id == PartnerMeeting.counsellor_id)
        .where(PartnerMeeting.met_on.between(period.start, period.end))
        .where(*_scoped(PartnerMeeting, Partner.commune_code, scope))
        .order_by(PartnerMeeting.met_on, Partner.name_key, PartnerMeeting.id)
    )
    names = _programmes(session)
    return tuple(
        MeetingRow(
            row.met_on,
            partner.name,
            partners.full_type_label(partner.type_code),
            row.topic,
            row.follow_up or "",
            row.follow_up_on,
            row.follow_up_done_on is not None if row.follow_up else None,
            counsellor.short_name if counsellor else "",
            names.get(row.programme_id, ""),
        )
        for row, partner, counsellor in session.execute(query)
    )


def visits(session: Session, period: Period, scope: Scope) -> tuple[VisitRow, ...]:
    """Sheet « Visites d’entreprises »: visits of the period, by date."""
    query: Any = (
        select(BusinessVisit, Counsellor)
        .outerjoin(Counsellor, Counsellor.id == BusinessVisit.counsellor_id)
        .where(BusinessVisit.visited_on.between(period.start, period.end))
        .where(*_scoped(BusinessVisit, BusinessVisit.commune_code, scope))
        .order_by(BusinessVisit.visited_on, BusinessVisit.name_key, BusinessVisit.id)
    )
    rows = session.execute(query).all()
    waiting = _waiting(session, [row.id for row, _ in rows])
    names = _programmes(session)
    return tuple(_visit(session, row, counsellor, waiting.get(row.id, ()), names) for row, counsellor in rows)


def _visit(
    session: Session,
    row: BusinessVisit,
    counsellor: Counsellor | None,
    waiting: tuple[VisitAction, ...],
    names: dict[uuid.UUID | None, str],
) -> VisitRow:
    activity = context(session).reference.naf(row.naf_code) if row.naf_code else None
    return VisitRow(
        visited_on=row.visited_on,
        name=row.name,
        siren=row.siren or "",
        commune=place(session, row.commune_code),
        commune_code=row.commune_code,
        activity=activity.short_label or activity.label if activity else row.naf_code or "",
        size=row.size,
        purpose=row.purpose,
        needs=outreach_rules.need_labels(row.needs or ()),
        to_do=" ; ".join(action.label for action in waiting),
        late=sum(action.due_on is not None and action.due_on < today() for action in waiting),
        next_on=row.next_on,
        counsellor=counsellor.short_name if counsellor else "",
        ours=row.business_id is not None,
        programme=names.get(row.programme_id, ""),
    )


def _waiting(session: Session, visits: list[uuid.UUID]) -> dict[uuid.UUID, tuple[VisitAction, ...]]:
    """What was promised and is not done yet, the most urgent first."""
    rows = session.scalars(
        select(VisitAction)
        .where(VisitAction.visit_id.in_(visits), VisitAction.done_on.is_(None))
        .order_by(VisitAction.due_on.is_(None), VisitAction.due_on, VisitAction.id)
    )
    found: dict[uuid.UUID, tuple[VisitAction, ...]] = {}
    for row in rows:
        found[row.visit_id] = (*found.get(row.visit_id, ()), row)
    return found


def _days(session: Session, period: Period, scope: Scope) -> Iterator[DayLine]:
    """Who was received is told apart by place and counsellor before anything is left out."""
    for line in outreach_days.listing(session, period.start, period.end, scope.site_id):
        mine = scope.counsellor_id in (None, line.counsellor_id)
        charged = scope.programme_id in (None, line.programme_id)
        if mine and charged and (scope.communes is None or line.commune_code in scope.communes):
            yield line


def _scoped(
    model: type[BusinessVisit | PartnerMeeting], commune_code: Any, scope: Scope
) -> Iterator[ColumnElement[bool]]:  # fmt: skip
    if scope.site_id is not None:
        yield model.site_id == scope.site_id
    if scope.counsellor_id is not None:
        yield model.counsellor_id == scope.counsellor_id
    if scope.programme_id is not None:
        yield model.programme_id == scope.programme_id
    if scope.communes is not None:
        yield commune_code.in_(scope.communes)


def _programmes(session: Session) -> dict[uuid.UUID | None, str]:
    return {row.id: row.name for row in session.execute(select(Programme.id, Programme.name))}
