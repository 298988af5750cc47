"""What workshops add up to over a period: sessions held, presences, people by module and by funder.

Somebody present at three sessions is one person; people without a name are counted apart, and never as persons.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.text import fold
from boutique.models.person import Person
from boutique.models.programme import Programme
from boutique.models.structure import Site
from boutique.models.workshop import Attendance, Enrolment, Workshop, WorkshopModule
from boutique.models.workshop_choices import WorkshopState, WorkshopTheme
from boutique.rules.period import Period
from boutique.rules.scope import EVERYWHERE, Scope
from boutique.rules.workshops import participant_key
from boutique.services.workshops import half_days, numbers, sheets

_NO_FUNDER = "Sans programme"


@dataclass(frozen=True, slots=True)
class HeldSession:
    """A session that was held, as the figures count it: a day, a place, a theme, and how many heads came."""

    workshop_id: uuid.UUID
    module_id: uuid.UUID
    held_on: date
    theme: WorkshopTheme | None
    place: str
    commune_code: str | None
    in_qpv: bool | None
    site_id: uuid.UUID | None
    counsellor_id: uuid.UUID | None
    programme_id: uuid.UUID | None
    heads_came: int


@dataclass(frozen=True, slots=True)
class Presence:
    """Somebody came to a session held in the period; two presences of one participant have the same key."""

    workshop_id: uuid.UUID
    key: str
    person_id: uuid.UUID | None
    case_id: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class Total:
    """Of a module, a funder, or everything: sessions held, distinct people, presences, heads without a name.

    `people` are what the figure EPCI_ATELIERS_PRESENTS counts, presence by presence; `with_file`, those with a file.
    """

    label: str
    detail: str
    sessions: int
    people: int
    with_file: int
    presences: int
    heads: int
    hours: float


@dataclass(frozen=True, slots=True)
class Balance:
    """What a period adds up to. `everything.people` is never the sum of the lines: one person may follow several."""

    period: Period
    everything: Total
    by_module: tuple[Total, ...]
    by_funder: tuple[Total, ...]
    summaries_due: int


def held(session: Session, period: Period, scope: Scope = EVERYWHERE) -> tuple[HeldSession, ...]:
    """Sessions of a period that were held, for the figures (EPCI_ATELIERS, BPI_EVENEMENTS)."""
    rows = _held(session, period, scope)
    counted = numbers.of_workshops(session, [row.id for row, _, _ in rows])
    return tuple(
        HeldSession(
            row.id, module.id, row.starts_on, module.theme, sheets.place_of(session, row, site), _commune(row, site),
            sheets.lies_in_qpv(row), row.site_id, row.counsellor_id, row.programme_id, counted[row.id].heads_came,
        )
        for row, module, site in rows
    )  # fmt: skip


def presences(session: Session, workshops: Iterable[uuid.UUID]) -> tuple[Presence, ...]:
    """Who came to these sessions, one line a person and session, with a name or a file."""
    rows = session.execute(
        select(Enrolment, Person.id)
        .join(Attendance, Attendance.enrolment_id == Enrolment.id)
        .outerjoin(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.workshop_id.in_(list(workshops)), Attendance.present.is_(True))
        .group_by(Enrolment.id)
        .order_by(Enrolment.id)
    ).all()
    return tuple(
        Presence(
            row.workshop_id,
            participant_key(
                str(row.person_id or ""), row.first_name or "", row.last_name or "", row.phone or "",
                row.commune_code or "",
            ),
            row.person_id,
            row.case_id,
        )
        for row, _ in rows
    )  # fmt: skip


def balance(session: Session, period: Period, scope: Scope = EVERYWHERE) -> Balance:
    """What Ateliers › Bilan shows: everything, each module, each funder."""
    rows = _held(session, period, scope)
    ids = [row.id for row, _, _ in rows]
    days, counted = half_days.of_workshops(session, ids), numbers.of_workshops(session, ids)
    came: dict[uuid.UUID, list[Presence]] = defaultdict(list)
    for one in presences(session, ids):
        came[one.workshop_id].append(one)
    funders = {row.id: row for row in session.scalars(select(Programme))}
    minutes = {row: sum(one.minutes for one in days.get(row, ())) for row in ids}

    def total(label: str, detail: str, chosen: list[uuid.UUID]) -> Total:
        there = [presence for one in chosen for presence in came[one]]
        people, known = {one.key for one in there}, {one.key for one in there if one.person_id is not None}
        heads = sum(counted[one].heads_came for one in chosen)
        hours = sum(minutes[one] for one in chosen) / 60
        return Total(label, detail, len(chosen), len(people), len(known), len(there), heads, hours)

    modules: dict[tuple[str, str], list[uuid.UUID]] = defaultdict(list)
    programmes: dict[tuple[str, str], list[uuid.UUID]] = defaultdict(list)
    for row, module, _ in rows:
        modules[module.title, module.theme.label if module.theme else ""].append(row.id)
        programmes[_funder(funders.get(row.programme_id) if row.programme_id else None)].append(row.id)
    return Balance(
        period,
        total("Tous les ateliers", "", ids),
        tuple(total(*named, modules[named]) for named in sorted(modules, key=_alphabetical)),
        tuple(total(*named, programmes[named]) for named in sorted(programmes, key=_alphabetical)),
        sum(row.summary_sent_on is None for row, _, _ in rows),
    )


def _held(session: Session, period: Period, scope: Scope) -> list[tuple[Workshop, WorkshopModule, Site | None]]:
    narrowed = (
        (Workshop.site_id, scope.site_id),
        (Workshop.counsellor_id, scope.counsellor_id),
        (Workshop.programme_id, scope.programme_id),
    )
    rows = session.execute(
        select(Workshop, WorkshopModule, Site)
        .join(WorkshopModule, WorkshopModule.id == Workshop.module_id)
        .outerjoin(Site, Site.id == Workshop.site_id)
        .where(
            Workshop.state == WorkshopState.HELD,
            Workshop.starts_on.between(period.start, period.end),
            *(column == wanted for column, wanted in narrowed if wanted is not None),
        )
        .order_by(Workshop.starts_on, Workshop.id)
    ).all()
    return [
        (row, module, site)
        for row, module, site in rows
        if scope.communes is None or _commune(row, site) in scope.communes
    ]


def _commune(row: Workshop, site: Site | None) -> str | None:
    """Where it was held: its own commune, or that of the place."""
    return row.commune_code or (site.commune_code if site else None)


def _funder(row: Programme | None) -> tuple[str, str]:
    if row is None:
        return _NO_FUNDER, ""
    until = f"jusqu’au {french.show_date(row.ends_on)}" if row.ends_on else ""
    return row.name, " · ".join(part for part in (row.funder or "", until) if part)


def _alphabetical(named: tuple[str, str]) -> tuple[str, str]:
    return fold(named[0]), named[1]
