"""Rows of « Permanences »: those of a period that were held or cancelled."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.exports.excel.activity_rows import OutreachRow
from boutique.models.choices import ZoningState
from boutique.models.outreach_choices import OutreachState
from boutique.models.structure import Counsellor
from boutique.services import outreach_days
from boutique.services.outreach_days import DayLine
from boutique.services.sheets.asked import Asked

_YES = "oui"


def rows(session: Session, asked: Asked) -> Iterator[OutreachRow]:
    """In their order; those of which nobody said whether they were held are a control, not a line."""
    period, scope = asked.period, asked.scope
    initials = {row.id: row.initials for row in session.scalars(select(Counsellor))}
    for line in outreach_days.listing(session, period.start, period.end, scope.site_id):
        if line.state is OutreachState.PLANNED or (scope.counsellor_id and line.counsellor_id != scope.counsellor_id):
            continue
        if scope.communes is not None and line.commune_code not in scope.communes:
            continue
        yield _row(line, initials.get(line.counsellor_id, "") if line.counsellor_id else "")


def _row(line: DayLine, initials: str) -> OutreachRow:
    return OutreachRow(
        held_on=line.held_on,
        commune=line.commune,
        district=line.qpv_code or (_YES if line.located_in_qpv is ZoningState.YES else ""),
        host=line.host or line.site,
        opens_at=line.starts_at.time(),
        closes_at=line.ends_at.time(),
        counsellor=initials,
        received=line.reception.received,
        walk_ins=line.walk_ins,
        offline=line.offline,
        cancelled=line.state is OutreachState.CANCELLED,
    )
