"""Rows of « Suivi post-création »: the points with the heads of businesses, expected or made in a period."""

from collections.abc import Iterator

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from boutique.exports.excel.activity_rows import FollowUpRow
from boutique.forms import values
from boutique.forms.catalogue import FOLLOW_UP
from boutique.models.after import FollowUp
from boutique.models.after_choices import FollowUpState
from boutique.models.case import Case
from boutique.models.person import Person
from boutique.services.narrowing import at_home, within
from boutique.services.sheets.asked import Asked

_NEEDS = FOLLOW_UP.field("follow_up.needs")


def rows(session: Session, asked: Asked) -> Iterator[FollowUpRow]:
    """In the order they were due; what makes no sense any more is left out."""
    period, scope = asked.period, asked.scope
    found = session.execute(
        select(FollowUp, Case.reference)
        .join(Case, Case.id == FollowUp.case_id)
        .join(Person, Person.id == Case.person_id)
        .where(
            FollowUp.state != FollowUpState.POINTLESS,
            or_(FollowUp.due_on.between(period.start, period.end), FollowUp.done_on.between(period.start, period.end)),
            *within(scope, Case.site_id),
            *at_home(scope),
        )
        .order_by(FollowUp.due_on, Case.reference, FollowUp.months)
    )
    for point, reference in found:
        yield FollowUpRow(
            reference=reference,
            months=point.months,
            due_on=point.due_on,
            done_on=point.done_on,
            status=point.outcome.label.lower() if point.outcome else "à faire",
            jobs=point.jobs,
            turnover=point.turnover,
            income=point.income,
            needs=values.show(_NEEDS, point.needs) if point.needs else "",
        )
