"""Rows of « Partenaires »: the meetings with partners of a period."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.exports.excel.activity_rows import MeetingRow
from boutique.models.outreach import PartnerMeeting
from boutique.models.referral import Partner
from boutique.rules.partners import load_partner_types
from boutique.services.partner_names import name_column
from boutique.services.sheets.asked import Asked, within


def rows(session: Session, asked: Asked) -> Iterator[MeetingRow]:
    """In their order."""
    period, scope = asked.period, asked.scope
    types = load_partner_types()
    found = session.execute(
        select(PartnerMeeting, name_column(), Partner.type_code)
        .join(Partner, Partner.id == PartnerMeeting.partner_id)
        .where(
            PartnerMeeting.met_on.between(period.start, period.end),
            *within(scope, PartnerMeeting.site_id, PartnerMeeting.counsellor_id),
        )
        .order_by(PartnerMeeting.met_on, Partner.name, PartnerMeeting.id)
    )
    for row in found:
        met = row.PartnerMeeting
        known = types.get(row.type_code or "")
        kind = known.label if known else row.type_code or ""
        yield MeetingRow(met.met_on, row.name, kind, met.topic, met.follow_up or "")
