"""The observatory of a year: who came from where, as it may be published. For Activité › Observatoire and the workbook.

One grid a year, of the whole base, protected once (`rules/secrecy.py`): every table is taken from it, so that two
tables say no more than one. The argument is in docs/SECRET.md.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from types import MappingProxyType

from sqlalchemy.orm import Session

from boutique.core import clock
from boutique.core.errors import UserError
from boutique.models.trace import Setting
from boutique.rules.period import Period
from boutique.rules.secrecy import DEFAULT_THRESHOLD, STRICT_THRESHOLD, Count, Published, publish
from boutique.services import observatory_counts, own_territories
from boutique.services.context import context
from boutique.services.observatory_counts import MEASURES, UNKNOWN
from boutique.storage.reference import Reference
from boutique.storage.reference_records import Commune

TOTAL = "total"
THRESHOLDS = (3, DEFAULT_THRESHOLD, 7, STRICT_THRESHOLD, 20)
_THRESHOLD = "observatory:threshold"
_STEPS = len(MEASURES) + 2

Step = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Beside:
    """Figures of a partner next to ours: what they are, where they come from; what is missing of `shown` is masked."""

    title: str
    source: str
    shown: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Grid:
    """A year of the whole base, protected. `totals` are EPCI and territories of ours, by code, and everybody."""

    year: int
    threshold: int
    finished: bool
    published: Published
    totals: Mapping[str, frozenset[str]]
    names: Mapping[str, str]
    own: frozenset[str]
    communes: Mapping[str, Commune]
    plain: Mapping[str, Counter[str]]  # what is no person: sessions, by commune of the place
    beside: Beside | None = None

    def population(self, leaves: frozenset[str]) -> int:
        """Inhabitants of these communes (reference of the year that « À propos » names)."""
        return sum(self.communes[code].population for code in leaves if code in self.communes)


def threshold(session: Session) -> int:
    """The least number shown, as the structure set it."""
    row = session.get(Setting, _THRESHOLD)
    return int(row.content) if row is not None and row.content.isdigit() else DEFAULT_THRESHOLD


def set_threshold(session: Session, least: int) -> None:
    """Choose the least number shown, for everybody who uses this base."""
    if least not in THRESHOLDS:
        raise UserError(f"Choisissez un seuil parmi {', '.join(map(str, THRESHOLDS))}.")
    row = session.get(Setting, _THRESHOLD)
    if row is None:
        session.add(Setting(name=_THRESHOLD, content=str(least)))
    else:
        row.content = str(least)


def years(session: Session) -> tuple[int, ...]:
    """Years of which there is something to say, the latest first; this one is always there."""
    first = observatory_counts.first_year(session) or clock.today().year
    return tuple(range(clock.today().year, min(first, clock.today().year) - 1, -1))


def grid(session: Session, year: int, *, step: Step | None = None) -> Grid:
    """Count a year and protect it. `step` is told how far it is, and may raise to give up."""
    told = step or _nothing
    period = Period(date(year, 1, 1), date(year, 12, 31))
    counted = observatory_counts.by_commune(session, period, partial(_told, told))
    told(len(MEASURES), _STEPS)
    reference, least = context(session).reference, threshold(session)
    own = own_territories.own(session)
    happened = {code for found in counted.values() for code in found}
    communes = _around(reference, happened.union(*(one.communes for one in own.values())))
    leaves = communes.keys() | {UNKNOWN}
    totals = {TOTAL: frozenset(leaves), **_epcis(communes)}
    totals |= {code: one.communes for code, one in own.items()}
    counted = {key: _known(found, leaves) for key, found in counted.items()}
    head, *others = (Count(one.key, counted[one.key], part=one.part) for one in MEASURES if one.people)
    published = publish(head, others, totals, least, dear=own.keys())
    told(len(MEASURES) + 1, _STEPS)
    names = {code: commune.epci or "" for commune in communes.values() if (code := commune.epci_code)}
    names |= {code: one.name for code, one in own.items()} | {TOTAL: "Ensemble"}
    return Grid(
        year=year,
        threshold=least,
        finished=period.end < clock.today(),
        published=published,
        totals=MappingProxyType(totals),
        names=MappingProxyType(names),
        own=frozenset(own),
        communes=MappingProxyType(communes),
        plain={one.key: counted[one.key] for one in MEASURES if not one.people},
    )


def _told(step: Step, done: int) -> None:
    step(done, _STEPS)


def _nothing(_done: int, _total: int) -> None:
    """Nobody looks at how far it is."""


def _known(found: Mapping[str, int], leaves: Iterable[str]) -> Counter[str]:
    """The count of every leaf; a code that the reference has no more is a commune that is not known."""
    made = Counter(dict.fromkeys(leaves, 0))
    for code, count in found.items():
        made[code if code in made else UNKNOWN] += count
    return made


def _around(reference: Reference, happened: Iterable[str]) -> dict[str, Commune]:
    """The communes where something happened, and all those of their EPCI: the others hide the small ones."""
    known = reference.communes_by_code(happened)
    found = {commune.code: commune for commune in known}
    for epci in sorted({commune.epci_code for commune in known if commune.epci_code}):
        found |= {commune.code: commune for commune in reference.communes_inside(epci=epci)}
    return found


def _epcis(communes: Mapping[str, Commune]) -> dict[str, frozenset[str]]:
    members: dict[str, set[str]] = {}
    for commune in communes.values():
        if commune.epci_code:
            members.setdefault(commune.epci_code, set()).add(commune.code)
    return {code: frozenset(inside) for code, inside in members.items()}
