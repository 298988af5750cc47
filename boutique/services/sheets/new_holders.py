"""Rows of « Nouveaux porteurs »: the people met for the first time in a period."""

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.exports.excel.activity_rows import NewHolderRow
from boutique.models.case import Passage
from boutique.models.choices import AgeBand
from boutique.rules.facts import age, age_band
from boutique.rules.public import is_complete
from boutique.services import ledger
from boutique.services.month import NEW
from boutique.services.sheets.asked import Asked


def rows(session: Session, asked: Asked) -> Iterator[NewHolderRow]:
    """In the order they came."""
    book, holders = asked.book, asked.book.holders(NEW)
    prescribers = _prescribers(session, book.people(NEW))
    for event in sorted(book.events(NEW), key=lambda event: (event.on, event.person)):
        who = holders[event.person]
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


def _prescribers(session: Session, people: Collection[str]) -> dict[Any, Any]:
    """Who sent each person, as told at the first visit that says it."""
    rows = session.execute(
        select(ledger.raw(Passage.person_id), Passage.prescriber)
        .where(Passage.person_id.in_(ledger.among(people)), Passage.prescriber.is_not(None))
        .order_by(Passage.happened_on.desc())
    )
    return dict(rows.all())
