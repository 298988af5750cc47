"""How much of a territory was visited: different businesses out of those known, commune by commune."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.text import clip
from boutique.forms.catalogue import KNOWN_BUSINESSES
from boutique.forms.spec import Answers
from boutique.models.external import ExternalSource
from boutique.models.outreach import BusinessVisit, KnownBusinesses
from boutique.rules.outreach import distinct_businesses
from boutique.rules.period import Period
from boutique.services import answers as answers_service
from boutique.services import external
from boutique.services.context import place
from boutique.services.external_reading import EVERYTHING
from boutique.services.rows import existing

_PREFIX, _SOURCE = "known_businesses", 160


@dataclass(frozen=True, slots=True)
class CommuneCoverage:
    """One commune. `known` and `rate` are None where nobody said how many businesses there are."""

    commune_code: str | None
    commune: str
    visited: int
    visits: int
    known: int | None = None
    source: str = ""
    counted_on: date | None = None
    count_id: uuid.UUID | None = None

    @property
    def rate(self) -> float | None:
        """Share visited, 1 at most: a count grows old while businesses are born."""
        return min(self.visited / self.known, 1.0) if self.known else None


@dataclass(frozen=True, slots=True)
class Coverage:
    """The communes of a territory, and all of them together where the number of businesses is known."""

    communes: tuple[CommuneCoverage, ...]
    visited: int  # where the number of businesses is known
    known: int

    @property
    def rate(self) -> float | None:
        return min(self.visited / self.known, 1.0) if self.known else None


def coverage(
    session: Session, period: Period | None = None, communes: frozenset[str] | None = None
) -> Coverage:  # fmt: skip
    """Different businesses visited in a period (or ever), where visits were made or businesses are known."""
    query = select(BusinessVisit.commune_code, BusinessVisit.siren, BusinessVisit.name_key)
    if period is not None:
        query = query.where(BusinessVisit.visited_on.between(period.start, period.end))
    seen: dict[str | None, list[tuple[str | None, str, str | None]]] = {}
    for commune, siren, name in session.execute(query):
        seen.setdefault(commune, []).append((siren, name, commune))
    counts = {row.commune_code: row for row in session.scalars(select(KnownBusinesses))}
    codes = [code for code in {*seen, *counts} if communes is None or code in communes]
    lines = tuple(sorted((_line(session, code, seen, counts) for code in codes), key=_by_name))
    counted = [line for line in lines if line.known]
    return Coverage(lines, sum(line.visited for line in counted), sum(line.known or 0 for line in counted))


def save_count(session: Session, typed: Mapping[str, Any]) -> uuid.UUID:
    """Say how many businesses a commune has, by whom and when; what was said before is replaced."""
    accepted = KNOWN_BUSINESSES.accept(typed)
    code: str = accepted["known_businesses.commune_code"]
    row = session.scalars(select(KnownBusinesses).where(KnownBusinesses.commune_code == code)).first()
    if row is None:
        row = KnownBusinesses(commune_code=code)
        session.add(row)
    answers_service.write_row(row, _PREFIX, accepted)
    session.flush()
    return row.id


def sources(session: Session) -> tuple[tuple[uuid.UUID, str], ...]:
    """(id, name) of the partners' lists that were imported, whose counts may be taken."""
    return tuple((line.id, f"{line.name}, au {french.show_date(line.dated_on)}") for line in external.listing(session))


def take_from(session: Session, source_id: uuid.UUID) -> int:
    """Take the number of businesses of each commune of an imported list; how many communes. One action to undo."""
    row = existing(session, ExternalSource, source_id, "Cette liste n’est plus là. Revenez à l’Observatoire.")
    known = {count.commune_code: count for count in session.scalars(select(KnownBusinesses))}
    taken = {code: number for code, number in row.counts.get(EVERYTHING, {}).items() if number > 0}
    for code, number in taken.items():
        count = known.get(code) or KnownBusinesses(commune_code=code)
        count.count, count.counted_on = number, row.dated_on
        count.source = clip(f"{row.name} ({row.origin})", _SOURCE)
        session.add(count)
    session.flush()
    return len(taken)


def count_answers(session: Session, commune_code: str) -> Answers:
    """What was said of a commune, to correct it."""
    row = session.scalars(select(KnownBusinesses).where(KnownBusinesses.commune_code == commune_code)).first()
    return answers_service.read_row(_PREFIX, row) if row is not None else {f"{_PREFIX}.commune_code": commune_code}


def remove_count(session: Session, count_id: uuid.UUID) -> None:
    """Forget how many businesses a commune has."""
    row = existing(session, KnownBusinesses, count_id, "Ce nombre d’entreprises n’existe plus : la liste a été relue.")
    session.delete(row)


def _line(
    session: Session,
    code: str | None,
    seen: Mapping[str | None, list[tuple[str | None, str, str | None]]],
    counts: Mapping[str, KnownBusinesses],
) -> CommuneCoverage:
    visits = seen.get(code, [])
    name, count = place(session, code) or "Commune non précisée", counts.get(code) if code else None
    visited = len(distinct_businesses(visits))
    if count is None:
        return CommuneCoverage(code, name, visited, len(visits))
    return CommuneCoverage(code, name, visited, len(visits), count.count, count.source, count.counted_on, count.id)


def _by_name(line: CommuneCoverage) -> tuple[bool, str]:
    return line.commune_code is None, line.commune
