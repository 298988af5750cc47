"""What to look at before the figures of a month are sent: missing agreements, odd dates, possible duplicates."""

import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from boutique.core import french
from boutique.models.case import Case, Interview, Passage
from boutique.models.person import Person
from boutique.models.project import Business
from boutique.models.referral import Referral
from boutique.models.structure import Site, Structure
from boutique.models.workshop import Workshop
from boutique.rules.period import Period
from boutique.rules.public import is_complete
from boutique.rules.scope import EVERYWHERE, Scope
from boutique.services import ledger, outreach_rows
from boutique.services.month import NEW, RECEIVED, MonthBook
from boutique.services.narrowing import at_home, within
from boutique.services.workshops import forgetting

DEFAULT_RETENTION_MONTHS = 24


@dataclass(frozen=True, slots=True)
class Found:
    """One thing to look at; the file it belongs to, when there is one."""

    reference: str
    case_id: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class Check:
    """One control: what is wrong (« 2 orientations sans accord daté ») and where. Never a name."""

    key: str
    singular: str
    plural: str
    blocking: bool
    found: tuple[Found, ...]

    @property
    def count(self) -> int:
        return len(self.found)

    @property
    def label(self) -> str:
        return self.singular if self.count < 2 else self.plural

    @property
    def references(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(item.reference for item in self.found if item.reference))


def checks(
    session: Session, book: MonthBook, scope: Scope = EVERYWHERE, among: Collection[str] = ()
) -> tuple[Check, ...]:
    """Every control (or some, by their keys), those that found nothing included."""
    return tuple(
        Check(key, singular, plural, blocking, look(session, book, scope))
        for key, singular, plural, blocking, look in _CHECKS
        if not among or key in among
    )


Look = Callable[[Session, MonthBook, Scope], tuple[Found, ...]]


def _without_agreement(session: Session, book: MonthBook, scope: Scope) -> tuple[Found, ...]:
    query = _of_files(select(Referral.reference, Referral.case_id), Referral).where(
        ledger.referral_counts(), Referral.consent_on.is_(None), _during(Referral.made_on, book.month)
    )
    here = (*within(scope, Referral.site_id, Referral.counsellor_id), *at_home(scope))
    return _listed(session, query.where(*here).order_by(Referral.reference))


def _incomplete(_session: Session, book: MonthBook, _scope: Scope) -> tuple[Found, ...]:
    """New holders without the answers that funders require at entry."""
    found = [Found(who.reference, ledger.identifier(who.case)) for who in book.behind(NEW) if not is_complete(who)]
    return tuple(sorted(found, key=_by_reference))


def _odd_dates(session: Session, book: MonthBook, scope: Scope) -> tuple[Found, ...]:
    """Interviews before the opening of their file or after its end, answers older than their referral."""
    held = _of_files(select(Case.reference, Case.id), Interview).where(
        _during(Interview.held_on, book.month),
        or_(Interview.held_on < Case.opened_on, Interview.held_on > Case.closed_on),
        *within(scope, Interview.site_id, Interview.counsellor_id, Interview.programme_id),
        *at_home(scope),
    )
    answered = _of_files(select(Referral.reference, Referral.case_id), Referral).where(
        _during(Referral.made_on, book.month),
        Referral.answered_on < Referral.made_on,
        *within(scope, Referral.site_id, Referral.counsellor_id),
        *at_home(scope),
    )
    return (
        *_listed(session, held.order_by(Case.reference)),
        *_listed(session, answered.order_by(Referral.reference)),
    )


def _without_commune(session: Session, book: MonthBook, scope: Scope) -> tuple[Found, ...]:
    """Visits at a place that has no commune: they belong to no territory."""
    query = (
        select(Case.reference, Passage.case_id)
        .outerjoin(Site, Site.id == Passage.site_id)
        .outerjoin(Case, Case.id == Passage.case_id)
        .outerjoin(Person, Person.id == Passage.person_id)
        .where(_during(Passage.happened_on, book.month), Site.commune_code.is_(None))
        .where(*within(scope, Passage.site_id, Passage.counsellor_id))
        .where(*at_home(scope, func.coalesce(Passage.commune_code, Person.commune_code)))
    )
    return _listed(session, query.order_by(Passage.happened_on, Case.reference))


def _unconfirmed(session: Session, book: MonthBook, scope: Scope) -> tuple[Found, ...]:
    """Permanences that are over, of which nobody said whether they were held: they count nowhere."""
    lines = outreach_rows.to_confirm(session, book.month, scope)
    return tuple(Found(f"{line.site}, {french.show_date(line.held_on)}", None) for line in lines)


def _without_number(session: Session, book: MonthBook, scope: Scope) -> tuple[Found, ...]:
    query = (
        select(Case.reference, Case.id)
        .select_from(Business)
        .join(Case, Case.id == ledger.first_case())
        .join(Person, Person.id == Case.person_id)
        .where(
            Business.registered.is_(True),
            Business.siren.is_(None),
            Business.registered_on >= Case.opened_on,
            _during(Business.registered_on, book.month),
            *within(scope, Case.site_id),
            *at_home(scope, func.coalesce(Business.commune_code, Person.commune_code)),
        )
    )
    return _listed(session, query.order_by(Case.reference))


def _duplicates(session: Session, book: MonthBook, _scope: Scope) -> tuple[Found, ...]:
    """People received under a name that somebody else bears, born the same day or with the same phone."""
    other = aliased(Person)
    received = ledger.among(book.people(RECEIVED))
    same = and_(
        other.id != Person.id,
        other.name_key == Person.name_key,
        or_(other.birth_date == Person.birth_date, and_(other.phone_key == Person.phone_key, Person.phone_key != "")),
    )
    query = (
        select(Case.reference, Case.id)
        .join(Person, Person.id == Case.person_id)
        .where(Person.id.in_(received), exists().where(same))
    )
    return _listed(session, query.order_by(Case.reference))


def _kept_too_long(session: Session, book: MonthBook, scope: Scope) -> tuple[Found, ...]:
    months = session.scalar(select(Structure.retention_months).limit(1)) or DEFAULT_RETENTION_MONTHS
    years, left = divmod(book.month.start.year * 12 + book.month.start.month - 1 - months, 12)
    query = (
        select(Case.reference, Case.id)
        .join(Person, Person.id == Case.person_id)
        .where(Case.last_contact_on < date(years, left + 1, 1), *within(scope, Case.site_id), *at_home(scope))
    )
    return _listed(session, query.order_by(Case.reference))


def _of_files(query: Any, act: type[Interview | Referral]) -> Any:
    """With the file of the act, and its person."""
    return query.select_from(act).join(Case, Case.id == act.case_id).join(Person, Person.id == Case.person_id)


def _names_kept_too_long(session: Session, _book: MonthBook, scope: Scope) -> tuple[Found, ...]:
    """People noted at workshops who never had a file, by their last session: never by their name."""
    due = forgetting.due(session)
    here = within(scope, Workshop.site_id, Workshop.counsellor_id, Workshop.programme_id)
    query = select(Workshop.id).where(
        Workshop.id.in_({one.workshop_id for one in due}), *here, *at_home(scope, Workshop.commune_code)
    )
    shown = set(session.scalars(query))
    return tuple(
        Found(f"{one.title}, {french.show_date(one.last_on)}", None) for one in due if one.workshop_id in shown
    )


def _by_reference(item: Found) -> str:
    return item.reference


def _during(column: Any, month: Period) -> Any:
    return column.between(month.start, month.end)


def _listed(session: Session, query: Any) -> tuple[Found, ...]:
    return tuple(Found(row[0] or "", row[1]) for row in session.execute(query))


_CHECKS: tuple[tuple[str, str, str, bool, Look], ...] = (
    ("agreement", "orientation sans accord daté", "orientations sans accord daté", False, _without_agreement),
    ("complete", "dossier d’entrée incomplet", "dossiers d’entrée incomplets", False, _incomplete),
    ("dates", "date hors du dossier", "dates hors du dossier", False, _odd_dates),
    ("commune", "passage dans un lieu sans commune", "passages dans un lieu sans commune", False, _without_commune),
    ("outreach", "permanence passée à confirmer", "permanences passées à confirmer", False, _unconfirmed),
    ("siren", "création sans SIREN", "créations sans SIREN", False, _without_number),
    ("duplicates", "doublon possible", "doublons possibles", False, _duplicates),
    (
        "retention",
        "dossier à durée de conservation dépassée",
        "dossiers à durée de conservation dépassée",
        False,
        _kept_too_long,
    ),
    (
        "names",
        "nom sans dossier à effacer (Ateliers › Bilan)",
        "noms sans dossier à effacer (Ateliers › Bilan)",
        False,
        _names_kept_too_long,
    ),
)
