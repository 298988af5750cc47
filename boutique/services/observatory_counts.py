"""What the observatory counts, by commune: the figures of the activity, laid out by home or by place."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from boutique.models.case import Interview, Passage
from boutique.rules.indicators import figure
from boutique.rules.period import Period
from boutique.rules.scope import EVERYWHERE
from boutique.services import figures, outreach_rows
from boutique.services.workshops import counts as workshops

UNKNOWN = "?"  # the leaf of those whose commune is not known


@dataclass(frozen=True, slots=True)
class Measure:
    """A column. `part`: some of the people received; `people`: protected, sessions are public facts and are not."""

    key: str
    title: str
    people: bool = True
    part: bool = False
    short: str = ""


# The first decides which communes may be seen alone.
MEASURES: tuple[Measure, ...] = (
    Measure("received", "Personnes reçues"),
    Measure("women", "dont femmes", part=True, short="Femmes"),
    Measure("qpv", "dont QPV", part=True, short="QPV"),
    Measure("new_holders", "Nouveaux porteurs", part=True, short="Nouveaux"),
    Measure("referrals", "Orientations"),
    Measure("creations", "Créations"),
    Measure("attendees", "Participants aux ateliers", short="Ateliers"),
    Measure("sessions", "Permanences", people=False),
    Measure("workshops", "Ateliers (séances)", people=False, short="Séances"),
)


def by_commune(session: Session, period: Period, told: Callable[[int], None]) -> Mapping[str, Counter[str]]:
    """Each measure of a period, by commune: home of the person, place of the business or of the session.

    `told` learns how many measures are counted, and may raise to give up.
    """
    book = figures.read(session, period.end)

    def counted(key: str, part: str = "", where: str = "commune") -> Counter[str]:
        by_place = book.breakdown(figure(key), where, period, part)
        return Counter({place.key or UNKNOWN: round(place.part) for place in by_place})

    def held(days: Iterable[Any]) -> Counter[str]:
        return Counter(line.commune_code or UNKNOWN for line in days)

    ways: dict[str, Callable[[], Counter[str]]] = {
        "received": partial(counted, "received"),
        "women": partial(counted, "received", "women"),
        "qpv": partial(counted, "received", "qpv"),
        "new_holders": partial(counted, "new_holders"),
        "referrals": partial(counted, "referrals"),
        "creations": partial(counted, "creations", where="business_commune"),
        "attendees": partial(counted, "epci_workshop_people"),
        "sessions": lambda: held(outreach_rows.held(session, period, EVERYWHERE)),
        "workshops": lambda: held(workshops.held(session, period)),
    }
    found: dict[str, Counter[str]] = {}
    for done, measure in enumerate(MEASURES):
        told(done)
        found[measure.key] = ways[measure.key]()
    return found


def first_year(session: Session) -> int | None:
    """The year of the first thing that was noted."""
    firsts = (session.scalar(select(func.min(day))) for day in (Passage.happened_on, Interview.held_on))
    return min((first.year for first in firsts if first is not None), default=None)
