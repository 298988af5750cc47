"""What the observatory counts, by commune: the figures of the activity, laid out by home or by place."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from boutique.models.case import Case, Interview, Passage
from boutique.models.person import Person
from boutique.models.project import Business
from boutique.rules.indicators import figure
from boutique.rules.period import Period
from boutique.rules.scope import EVERYWHERE
from boutique.services import figures, ledger, outreach_rows
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
    Measure("sessions", "Permanences", people=False),
    Measure("workshops", "Ateliers (séances)", people=False, short="Ateliers"),
)


def by_commune(session: Session, period: Period) -> Mapping[str, Counter[str]]:
    """Each measure of a period, by commune: home of the person, place of the business or of the session."""
    book = figures.read(session, period.end)

    def counted(key: str, part: str = "") -> Counter[str]:
        by_home = book.breakdown(figure(key), "commune", period, part)
        return Counter({home.key or UNKNOWN: round(home.part) for home in by_home})

    return {
        "received": counted("received"),
        "women": counted("received", "women"),
        "qpv": counted("received", "qpv"),
        "new_holders": counted("new_holders"),
        "referrals": counted("referrals"),
        "creations": _creations(session, period),
        "sessions": Counter(line.commune_code or UNKNOWN for line in outreach_rows.held(session, period, EVERYWHERE)),
        "workshops": Counter(line.commune_code or UNKNOWN for line in workshops.held(session, period)),
    }


def first_year(session: Session) -> int | None:
    """The year of the first thing that was noted."""
    firsts = (session.scalar(select(func.min(day))) for day in (Passage.happened_on, Interview.held_on))
    return min((first.year for first in firsts if first is not None), default=None)


def _creations(session: Session, period: Period) -> Counter[str]:
    """By the commune of the business, else the home of who owns it."""
    rows = session.scalars(
        select(func.coalesce(Business.commune_code, Person.commune_code, UNKNOWN))
        .select_from(Business)
        .join(Case, Case.id == ledger.first_case())
        .join(Person, Person.id == Case.person_id)
        .where(Business.registered.is_(True), Business.registered_on >= Case.opened_on)
        .where(Business.registered_on.between(period.start, period.end))
    )
    return Counter(rows)
