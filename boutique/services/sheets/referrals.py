"""Rows of « Orientations »: the referrals of a period, cancelled ones left out."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.exports.excel.activity_rows import ReferralRow
from boutique.models.case import Case
from boutique.models.person import Person
from boutique.models.referral import Partner, Referral
from boutique.rules.partners import load_partner_types
from boutique.services import ledger
from boutique.services.narrowing import at_home, within
from boutique.services.partner_names import name_column
from boutique.services.sheets.asked import Asked


def rows(session: Session, asked: Asked) -> Iterator[ReferralRow]:
    """In their order."""
    period, scope = asked.period, asked.scope
    types = load_partner_types()
    found = session.execute(
        select(
            Referral.made_on,
            Referral.reason,
            Referral.rules,
            Referral.consent_on,
            Referral.expected_on,
            Referral.answered_on,
            Referral.status,
            Case.reference,
            name_column(),
            Partner.type_code,
        )
        .join(Case, Case.id == Referral.case_id)
        .join(Person, Person.id == Case.person_id)
        .join(Partner, Partner.id == Referral.partner_id)
        .where(Referral.made_on.between(period.start, period.end), ledger.referral_counts())
        .where(*within(scope, Referral.site_id, Referral.counsellor_id), *at_home(scope))
        .order_by(Referral.made_on, Referral.reference)
    )
    for row in found:
        known_type = types.get(row.type_code or "")
        yield ReferralRow(
            made_on=row.made_on,
            reference=row.reference,
            partner_type=known_type.label if known_type else row.type_code or "",
            partner=row.name,
            reason=row.reason,
            rule=", ".join(row.rules or ()),
            consent_on=row.consent_on,
            expected_on=row.expected_on,
            answered=row.answered_on is not None,
            status=row.status,
        )
