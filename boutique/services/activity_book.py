"""The rows of the activity workbook of a month, by reference and never by name. Used by `activity.workbook`."""

import uuid
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique import __version__
from boutique.core import clock, french
from boutique.exports.excel.activity_rows import (
    ActivityData,
    CheckRow,
    IndicatorRow,
    InterviewRow,
    NewHolderRow,
    ProfileRow,
    ReferralRow,
)
from boutique.models.case import Case, Interview, Passage
from boutique.models.choices import AgeBand, InterviewMode
from boutique.models.referral import Partner, Referral
from boutique.models.structure import Counsellor, Site, Structure
from boutique.rules.facts import age, age_band
from boutique.rules.indicators import figure
from boutique.rules.partners import load_partner_types
from boutique.rules.public import BREAKDOWNS, is_complete
from boutique.services import ledger
from boutique.services.checks import checks
from boutique.services.context import context
from boutique.services.holders import known
from boutique.services.month import NEW, RECEIVED, IndicatorLine, MonthBook, read

# The other controls are live formulas of the workbook, on the rows themselves.
_CHECKS = frozenset({"dates", "commune", "siren", "duplicates", "retention"})
_JANUARY = 1


def activity_book(session: Session, month: date, site_id: uuid.UUID | None = None, *, author: str = "") -> ActivityData:
    """Everything the workbook of the month of a day says."""
    book = read(session, month, site_id)
    return ActivityData(
        structure=session.scalar(select(Structure.name).limit(1)) or "",
        period=french.month_name(book.month.start),
        start=book.month.start,
        end=book.month.end,
        author=author or author_name(session),
        version=__version__,
        generated_at=clock.local(clock.now()),
        filters=(("Lieu", _site_name(session, site_id)),),
        indicators=tuple(_indicator(line, book.month.start.month) for line in book.lines()),
        interviews=tuple(_interviews(session, book, site_id)),
        new_holders=tuple(_new_holders(session, book)),
        referrals=tuple(_referrals(session, book, site_id)),
        profile=tuple(_profile(session, book)),
        people=len(book.ledger.people(RECEIVED, book.month)),
        checks=tuple(
            CheckRow(check.plural[0].upper() + check.plural[1:], check.count, check.references, check.blocking)
            for check in checks(session, book, site_id)
            if check.key in _CHECKS
        ),
    )


def author_name(session: Session) -> str:
    """Who asks for an export."""
    row = session.get(Counsellor, context(session).counsellor_id) if context(session).counsellor_id else None
    return f"{row.first_name} {row.last_name}" if row else ""


def _site_name(session: Session, site_id: uuid.UUID | None) -> str:
    return "Tous les lieux" if site_id is None else session.scalar(select(Site.name).where(Site.id == site_id)) or ""


def _indicator(line: IndicatorLine, month: int) -> IndicatorRow:
    return IndicatorRow(
        label=line.label,
        code=line.code,
        month=line.month,
        previous=None if month == _JANUARY else line.previous,
        year_to_date=line.year,
        target=line.target,
        women=_whole(line.women),
        qpv=_whole(line.qpv),
        qualified_addresses=_whole(line.qualified),
        last_year=line.last_year,
        definition=line.definition,
        recount=figure(line.key).recount,
    )


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)


def _interviews(session: Session, book: MonthBook, site_id: uuid.UUID | None) -> Iterator[InterviewRow]:
    """Interviews held and missed; « nouveau » goes to the first one of a new holder."""
    rows = session.execute(
        select(
            Interview.held_on,
            Interview.type,
            Interview.minutes,
            Interview.mode,
            Interview.phase,
            Interview.attended,
            Case.reference,
            ledger.raw(Case.person_id).label("person"),
            Site.name.label("place"),
            Counsellor.first_name,
            Counsellor.last_name,
        )
        .join(Case, Case.id == Interview.case_id)
        .outerjoin(Site, Site.id == Interview.site_id)
        .outerjoin(Counsellor, Counsellor.id == Interview.counsellor_id)
        .where(Interview.held_on.between(book.month.start, book.month.end), ledger.interview_counts(missed=True))
        .where(*ledger.at(Interview.site_id, site_id))
        .order_by(Interview.held_on, Case.reference, Interview.id)
    )
    first = {event.person: event.on for event in book.ledger.events(NEW, book.month)}
    for row in rows:
        came = row.attended is not False
        new = came and first.get(row.person) == row.held_on
        if new:
            del first[row.person]
        yield InterviewRow(
            held_on=row.held_on,
            reference=row.reference,
            type=row.type,
            minutes=(row.minutes or 0) if came else 0,
            on_site=None if row.mode is None else row.mode is not InterviewMode.REMOTE,
            place=row.place or "",
            counsellor=f"{(row.first_name or '')[:1]}{(row.last_name or '')[:1]}".upper(),
            phase=row.phase,
            new=new,
            attended=row.attended,
        )


def _new_holders(session: Session, book: MonthBook) -> Iterator[NewHolderRow]:
    prescribers = _prescribers(session, book.ledger.people(NEW, book.month))
    for event in sorted(book.ledger.events(NEW, book.month), key=lambda event: (event.on, str(event.person))):
        who = book.holders[event.person]
        band = age_band(age(who.birth_date, event.on))
        yield NewHolderRow(
            reference=who.reference,
            entered_on=event.on,
            gender=who.gender,
            age_band=AgeBand(band) if band else None,
            employment_status=who.employment_status,
            registration_duration=who.registration_duration,
            allowances=who.allowances or (),
            education_level=who.education_level,
            lives_in_qpv=who.lives_in_qpv,
            lives_in_zfrr=who.rural,
            commune=who.commune,
            prescriber=prescribers.get(event.person),
            sector=who.sector,
            kind=who.kind,
            complete=is_complete(who),
        )


def _prescribers(session: Session, people: set[Any]) -> dict[Any, Any]:
    """Who sent each person, as told at the first visit that says it."""
    rows = session.execute(
        select(ledger.raw(Passage.person_id), Passage.prescriber)
        .where(Passage.person_id.in_([ledger.identifier(person) for person in people]), Passage.prescriber.is_not(None))
        .order_by(Passage.happened_on.desc())
    )
    return dict(rows.all())


def _referrals(session: Session, book: MonthBook, site_id: uuid.UUID | None) -> Iterator[ReferralRow]:
    types = load_partner_types()
    rows = session.execute(
        select(
            Referral.made_on,
            Referral.reason,
            Referral.rules,
            Referral.consent_on,
            Referral.expected_on,
            Referral.answered_on,
            Referral.status,
            Case.reference,
            Partner.name,
            Partner.type_code,
        )
        .join(Case, Case.id == Referral.case_id)
        .join(Partner, Partner.id == Referral.partner_id)
        .where(Referral.made_on.between(book.month.start, book.month.end), ledger.referral_counts())
        .where(*ledger.at(Referral.site_id, site_id))
        .order_by(Referral.made_on, Referral.reference)
    )
    for row in rows:
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


def _profile(session: Session, book: MonthBook) -> Iterator[ProfileRow]:
    month = book.behind(RECEIVED)
    received = book.ledger.people(RECEIVED, book.year)
    others = known(session, received - book.holders.keys())  # the public of the month is already there
    year = (*others.values(), *(book.holders[person] for person in received & book.holders.keys()))
    for breakdown in BREAKDOWNS:
        counts: Counter[str] = breakdown.count(month, book.month.end)
        so_far = breakdown.count(year, book.month.end)
        for label in breakdown.sorted(counts | so_far):
            yield ProfileRow(breakdown.title, label, counts[label], so_far[label], breakdown.exclusive)
