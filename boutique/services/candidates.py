"""Structures that may answer a file, with all that speaks for or against each, and where it stands. For `proposals`."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.models.choices import ReferralStatus
from boutique.models.referral import Need
from boutique.rules import needs as needs_rules
from boutique.rules import ranking
from boutique.rules.needs import Subject
from boutique.rules.partner_publics import Fit, Reception, reception
from boutique.rules.partners import load_partner_types
from boutique.rules.ranking import Habits, Standing, Support, Usual
from boutique.rules.referral import Outcome, Suggestion
from boutique.services import coverage, earlier, offers
from boutique.services.coverage import Covering, Record
from boutique.services.earlier import Earlier
from boutique.services.partners import age

NO_PRIORITY = 4


@dataclass(frozen=True, slots=True)
class Wanted:
    """The open needs: types of partners that serve each, in order, and the themes they belong to."""

    by_type: Mapping[str, tuple[Subject, ...]]
    by_theme: Mapping[str, Subject]

    def place(self, type_code: str) -> int:
        """Where a type stands among those wanted: needs as they were raised, from the closest type of each."""
        found = list(self.by_type)
        return found.index(type_code) if type_code in self.by_type else len(found)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A structure with all that speaks for it or against it."""

    covering: Covering
    suggestion: Suggestion | None
    subjects: tuple[Subject, ...]
    theme: Subject | None
    reception: Reception
    record: Record
    before: Earlier | None
    aside: str

    @property
    def proposed(self) -> bool:
        return self.suggestion is not None and self.suggestion.outcome is Outcome.PROPOSED

    @property
    def waiting(self) -> bool:
        return self.suggestion is not None and not self.proposed and not self.subjects and self.theme is None

    @property
    def support(self) -> Support:
        if self.proposed and self.subjects:
            return Support.RULE_AND_NEED
        if self.proposed or self.subjects:
            return Support.RULE_OR_NEED
        return Support.THEME if self.theme is not None else Support.TO_COMPLETE

    @property
    def doubts(self) -> int:
        """What speaks against it without excluding it: each is told in the reasons."""
        tried = self.before is not None and self.before.status is not ReferralStatus.SUCCEEDED
        closed = self.proposed and self.suggestion is not None and all(r.out_of_date for r in self.suggestion.reasons)
        return (self.reception.fit is Fit.OUTSIDE) + tried + closed


def wanted_by(session: Session, case_id: uuid.UUID) -> Wanted:
    """What serves the open needs, in the order in which they were raised."""
    codes = session.scalars(
        select(Need.subject_code).where(Need.case_id == case_id, Need.met_on.is_(None)).order_by(Need.created_at)
    )
    by_type: dict[str, tuple[Subject, ...]] = {}
    by_theme: dict[str, Subject] = {}
    for code in codes:
        subject = needs_rules.subject(code)
        by_theme.setdefault(subject.theme, subject)
        for partner_type in subject.partner_types:
            by_type[partner_type] = (*by_type.get(partner_type, ()), subject)
    return Wanted(by_type, by_theme)


def candidates(
    session: Session,
    case_id: uuid.UUID,
    commune: str | None,
    facts: Mapping[str, Any],
    wanted: Wanted,
    suggestions: Mapping[str, Suggestion],
) -> list[Candidate]:
    """Structures that cover the commune and that a rule, a need or its theme leads to, in no order."""
    found = coverage.covering(session, commune, {*wanted.by_type, *suggestions}, wanted.by_theme)
    records = coverage.records(session, [item.partner_id for item in found])
    before: dict[uuid.UUID, Earlier] = {}
    for one in earlier.of_person(session, case_id):
        before.setdefault(one.partner_id, one)
    aside = offers.reasons_aside(session, case_id)
    made = []
    for item in found:
        subjects = wanted.by_type.get(item.type_code, ())
        theme = next((wanted.by_theme[code] for code in item.themes if code in wanted.by_theme), None)
        made.append(
            Candidate(
                item,
                suggestions.get(item.type_code),
                subjects,
                None if subjects else theme,
                reception(item.publics, facts),
                records.get(item.partner_id, coverage.NO_RECORD),
                before.get(item.partner_id),
                aside.get(item.partner_id, ""),
            )
        )
    return made


def standing(one: Candidate, wanted: Wanted, accepted: float) -> Standing:
    """Where a structure stands; `accepted` is the share usually accepted."""
    record, item = one.record, one.covering
    habits = Habits(record.answers, record.accepted, record.median_days, record.timed)
    usual = Usual(accepted, load_partner_types()[item.type_code].follow_up_days)
    sure = one.suggestion if one.proposed else None
    return Standing(
        set_aside=bool(one.aside),
        away=bool(item.away),
        after_the_urgent=not (sure is not None and sure.blocking),
        support=one.support,
        need=wanted.place(item.type_code),
        priority=sure.priority if sure is not None else NO_PRIORITY,
        doubts=one.doubts,
        public=one.reception.fit is not Fit.CONCERNED,
        nearness=item.nearness,
        sheet=ranking.sheet_step(item.verified_on, due=age(item.verified_on, item.review_months).due),
        acceptance=ranking.refusal_steps(habits, usual),
        delay=ranking.delay_weeks(habits, usual),
        name=item.name,
        key=item.partner_id,
    )
