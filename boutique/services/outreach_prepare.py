"""Before leaving for a permanence: who is expected, what they need, which reminders are due, whom to phone there."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import clock, french
from boutique.core.text import fold
from boutique.models.case import Appointment, Case
from boutique.models.choices import AppointmentStatus
from boutique.models.person import Person
from boutique.models.project import Project
from boutique.models.referral import Need, Partner
from boutique.models.structure import Site
from boutique.rules import needs as needs_rules
from boutique.rules.partners import load_partner_types
from boutique.services import coverage, outreach_days, partner_people, reminders
from boutique.services.context import place
from boutique.services.coverage import Covering
from boutique.services.outreach import Ref
from boutique.services.outreach_days import DayLine, appointments_there
from boutique.services.partner_people import Contact

_EXPECTED = (AppointmentStatus.PLANNED, AppointmentStatus.DONE)
_PHONES_A_THEME = 4


@dataclass(frozen=True, slots=True)
class Expected:
    """One appointment of the day; without a file, only what the agenda says."""

    starts_at: datetime
    minutes: int
    title: str
    person_id: uuid.UUID | None = None
    case_id: uuid.UUID | None = None
    reference: str = ""
    name: str = ""
    phone: str = ""
    commune: str = ""
    commune_code: str | None = None
    project: str = ""
    needs: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    reminders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phone:
    """A partner to call from there."""

    name: str
    place: str
    phone: str
    contact: str


@dataclass(frozen=True, slots=True)
class Preparation:
    """What the day sheet prints. `phones`: (theme, partners, whether somebody expected needs it)."""

    line: DayLine
    address: str
    site_phone: str
    district: str
    expected: tuple[Expected, ...]
    phones: tuple[tuple[str, tuple[Phone, ...], bool], ...]

    @property
    def people(self) -> tuple[uuid.UUID, ...]:
        """Whose names stand on the sheet."""
        return tuple(dict.fromkeys(one.person_id for one in self.expected if one.person_id is not None))


def preparation(session: Session, ref: Ref) -> Preparation:
    """One permanence, ready to be printed; UserError when it is gone."""
    line = outreach_days.line_of(session, ref)
    site = session.get(Site, line.site_id)
    expected = expected_at(session, line)
    around = dict.fromkeys(code for code in (line.commune_code, *(one.commune_code for one in expected)) if code)
    wanted = {needs_rules.subject(code).theme for one in expected for code in one.subjects}
    return Preparation(
        line=line,
        address=site.address or "" if site else "",
        site_phone=french.show_phone(site.phone) if site else "",
        district=outreach_days.district_name(session, line),
        expected=expected,
        phones=_phones(session, around, wanted),
    )


def expected_at(session: Session, line: DayLine) -> tuple[Expected, ...]:
    """Appointments of that day at that place with whoever holds the permanence, in order."""
    query: Any = (
        select(Appointment, Case, Person, Project.summary)
        .outerjoin(Case, Case.id == Appointment.case_id)
        .outerjoin(Person, Person.id == Case.person_id)
        .outerjoin(Project, Project.id == Case.project_id)
        .where(*appointments_there(line), Appointment.status.in_(_EXPECTED))
        .order_by(Appointment.starts_at, Appointment.id)
    )
    rows = session.execute(query).all()
    cases = [case.id for _, case, _, _ in rows if case is not None]
    subjects, due = _open_needs(session, cases), _due(session, cases)
    return tuple(
        _expected(session, appointment, case, person, project or "", subjects, due)
        for appointment, case, person, project in rows
    )


def _expected(
    session: Session,
    appointment: Appointment,
    case: Case | None,
    person: Person | None,
    project: str,
    subjects: dict[uuid.UUID, tuple[str, ...]],
    due: dict[uuid.UUID, tuple[str, ...]],
) -> Expected:
    starts_at, title = clock.local(appointment.starts_at), appointment.title or ""
    if case is None or person is None:
        return Expected(starts_at, appointment.minutes, title)
    codes = subjects.get(case.id, ())
    return Expected(
        starts_at,
        appointment.minutes,
        title,
        person.id,
        case.id,
        case.reference,
        person.full_name,
        french.show_phone(person.phone),
        place(session, person.commune_code),
        person.commune_code,
        project,
        tuple(needs_rules.subject(code).label for code in codes),
        codes,
        due.get(case.id, ()),
    )


def _open_needs(session: Session, cases: Collection[uuid.UUID]) -> dict[uuid.UUID, tuple[str, ...]]:
    rows = session.execute(
        select(Need.case_id, Need.subject_code)
        .where(Need.case_id.in_(cases), Need.met_on.is_(None))
        .order_by(Need.raised_on, Need.subject_code)
    )
    found: dict[uuid.UUID, tuple[str, ...]] = {}
    for case_id, code in rows:
        found[case_id] = (*found.get(case_id, ()), code)
    return found


def _due(session: Session, cases: Collection[uuid.UUID]) -> dict[uuid.UUID, tuple[str, ...]]:
    """Silent referrals whose reminder day has come, in words."""
    found: dict[uuid.UUID, tuple[str, ...]] = {}
    for one in reminders.due(session) if cases else ():
        if one.case_id in cases:
            words = f"{one.partner}, sans réponse depuis {french.plural(one.days, 'jour')}"
            found[one.case_id] = (*found.get(one.case_id, ()), words)
    return found


def _phones(
    session: Session, around: Iterable[str], wanted: Collection[str]
) -> tuple[tuple[str, tuple[Phone, ...], bool], ...]:  # fmt: skip
    """By theme, those that somebody expected needs first; the nearest partners of each."""
    types = load_partner_types()
    near: dict[uuid.UUID, Covering] = {}
    for code in around:
        for one in coverage.covering(session, code, types, [theme.code for theme in needs_rules.load_needs()]):
            near[one.partner_id] = min(near.get(one.partner_id, one), one, key=_by_nearness)
    known = session.execute(select(Partner.id, Partner.phone).where(Partner.id.in_(near)))
    phones = {partner_id: phone for partner_id, phone in known if phone}
    people = partner_people.by_partner(session, near)
    ranked = sorted(near.values(), key=_by_nearness)
    themes = []
    for theme in needs_rules.load_needs():
        serving = (one for one in ranked if needs_rules.serves(theme, one.themes, one.type_code))
        lines = (_phone(one, phones.get(one.partner_id), people.get(one.partner_id, ()), theme.code) for one in serving)
        if kept := tuple(islice((line for line in lines if line is not None), _PHONES_A_THEME)):
            themes.append((theme.label, kept, theme.code in wanted))
    return tuple(sorted(themes, key=_not_wanted))


def _phone(one: Covering, phone: str | None, people: Collection[Contact], theme: str) -> Phone | None:
    """The number of whom to ask for about a theme, else that of the structure."""
    contact = partner_people.choose(people, theme)
    number = contact.phone if contact is not None and contact.phone else phone
    if not number:
        return None
    return Phone(one.name, one.place, french.show_phone(number), contact.name if contact is not None else "")


def _by_nearness(one: Covering) -> tuple[int, str]:
    return one.nearness, fold(one.name)


def _not_wanted(theme: tuple[str, tuple[Phone, ...], bool]) -> bool:
    return not theme[2]
