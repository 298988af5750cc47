"""After a permanence: who came, what came of it, what remains to be entered. Counts only, never a name."""

import uuid
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from boutique.core.clock import now
from boutique.models.case import Appointment, Case
from boutique.models.choices import AppointmentStatus
from boutique.models.referral import Need, Partner, Referral
from boutique.models.trace import Draft
from boutique.rules import needs as needs_rules
from boutique.services import outreach_days, partners
from boutique.services.ledger import referral_counts
from boutique.services.outreach import Ref
from boutique.services.outreach_days import DayLine, appointments_there


@dataclass(frozen=True, slots=True)
class Remaining:
    """What was not entered yet, of one permanence."""

    drafts: int  # forms begun that day by its counsellor
    appointments: int  # of which nobody said whether the person came
    unwritten: int  # the person came, no interview was noted

    @property
    def total(self) -> int:
        return self.drafts + self.appointments + self.unwritten


@dataclass(frozen=True, slots=True)
class Summary:
    """One permanence, in counts. `needs` and `referrals` are (label, count), the most frequent first."""

    line: DayLine
    district: str
    opened: int
    expected: int
    came: int
    missed: int
    needs: tuple[tuple[str, int], ...]
    referrals: tuple[tuple[str, int], ...]
    remaining: Remaining


def summary(session: Session, ref: Ref) -> Summary:
    """What one permanence gave; UserError when it is gone."""
    line = outreach_days.line_of(session, ref)
    cases = {one.case_id for one in line.reception.contacts if one.case_id is not None}
    statuses = _appointments(session, line)
    opened = select(func.count()).where(Case.id.in_(cases), Case.opened_on == line.held_on)
    return Summary(
        line=line,
        district=outreach_days.district_name(session, line),
        opened=session.scalar(opened) or 0,
        expected=statuses[AppointmentStatus.PLANNED],
        came=statuses[AppointmentStatus.DONE],
        missed=statuses[AppointmentStatus.MISSED],
        needs=_needs(session, line, cases),
        referrals=_referrals(session, line, cases),
        remaining=_remaining(session, line, statuses),
    )


def _appointments(session: Session, line: DayLine) -> Counter[AppointmentStatus]:
    query = select(Appointment.status, func.count()).where(*appointments_there(line)).group_by(Appointment.status)
    return Counter(dict(session.execute(query).all()))


def _needs(session: Session, line: DayLine, cases: Collection[uuid.UUID]) -> tuple[tuple[str, int], ...]:
    """Raised that day by those who were received there."""
    rows = session.scalars(select(Need.subject_code).where(Need.case_id.in_(cases), Need.raised_on == line.held_on))
    return _counted(needs_rules.subject(code).label for code in rows)


def _referrals(session: Session, line: DayLine, cases: Collection[uuid.UUID]) -> tuple[tuple[str, int], ...]:
    rows = session.scalars(
        select(Partner.type_code)
        .join(Referral, Referral.partner_id == Partner.id)
        .where(Referral.case_id.in_(cases), Referral.made_on == line.held_on, referral_counts())
    )
    return _counted(partners.type_label(code) for code in rows)


def _remaining(
    session: Session, line: DayLine, statuses: Counter[AppointmentStatus]
) -> Remaining:  # fmt: skip
    start = datetime.combine(line.held_on, time()).astimezone()
    drafts = select(func.count()).select_from(Draft).where(Draft.updated_at >= start)
    drafts = drafts.where(Draft.updated_at < start + timedelta(1))
    if line.counsellor_id is not None:
        drafts = drafts.where(Draft.author_id.is_(None) | (Draft.author_id == line.counsellor_id))
    came = set(
        session.scalars(
            select(Appointment.case_id).where(
                *appointments_there(line),
                Appointment.status == AppointmentStatus.DONE,
                Appointment.case_id.is_not(None),
            )
        )
    )
    interviewed = {one.case_id for one in line.reception.contacts if one.interview}
    late = statuses[AppointmentStatus.PLANNED] if line.ends_at <= now() else 0
    return Remaining(session.scalar(drafts) or 0, late, len(came - interviewed))


def _counted(labels: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(labels).items(), key=_most))


def _most(counted: tuple[str, int]) -> tuple[int, str]:
    return -counted[1], counted[0]
