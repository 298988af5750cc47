"""What each figure of the activity is called, means and counts: one declaration for screen, workbook and drill-down.

To add a figure: add one entry to FIGURES; a new kind of event is read in `services/ledger.py`.
"""

from collections import defaultdict
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum
from functools import cache
from typing import Any

from boutique.rules.lists import load_interview_types
from boutique.rules.period import Period

NEW_AFTER_MONTHS = 24
# A walk-in is a contact, a workshop a collective presence: neither is an interview (resources/lists/interview_types).
_INTERVIEWS = ("entretien", "suivi post-création")


class Unit(Enum):
    """People are distinct counts, never sums of months; acts and hours add up."""

    PEOPLE = "personnes"
    ACTS = "actes"
    HOURS = "heures"


class Kind(StrEnum):
    """What happened. One act may be of several kinds: a first interview is an interview too."""

    VISIT = "passage"
    WALK_IN = "accueil"  # an interview of a type that counts as a contact only
    INTERVIEW = "entretien"
    FIRST_INTERVIEW = "premier entretien"
    ABSENCE = "absence"
    REFERRAL = "orientation"
    ANSWER = "retour"
    CREATION = "création"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: the kinds of events it counts. `recount` names the formula of the workbook that finds it again."""

    key: str
    label: str
    code: str
    unit: Unit
    kinds: tuple[Kind, ...]
    definition: str
    recount: str = ""
    by_public: bool = True  # anonymous visits cannot be told apart by sex or district

    @property
    def decimals(self) -> int:
        return 1 if self.unit is Unit.HOURS else 0


FIGURES: tuple[Figure, ...] = (
    Figure(
        "received",
        "Personnes reçues",
        "PERSONNES_RECUES",
        Unit.PEOPLE,
        (Kind.VISIT, Kind.WALK_IN, Kind.INTERVIEW),
        "Personnes différentes venues à un passage ou à un entretien ; une personne vue deux fois compte une fois.",
    ),
    Figure(
        "caseload",
        "File active",
        "INT_FILE_ACTIVE",
        Unit.PEOPLE,
        (Kind.INTERVIEW,),
        "Personnes différentes avec au moins un entretien tenu.",
    ),
    Figure(
        "new_holders",
        "Nouveaux porteurs",
        "INT_NOUVEAUX",
        Unit.PEOPLE,
        (Kind.FIRST_INTERVIEW,),
        "Personnes au premier entretien, ou revenues après plus de 24 mois sans entretien.",
        "new_holders",
    ),
    Figure(
        "visits",
        "Passages",
        "EPCI_CONTACTS",
        Unit.ACTS,
        (Kind.VISIT,),
        "Visites et appels, anonymes compris ; une personne peut passer plusieurs fois.",
        by_public=False,
    ),
    Figure(
        "interviews",
        "Entretiens",
        "INT_ENTRETIENS",
        Unit.ACTS,
        (Kind.INTERVIEW,),
        "Entretiens tenus ; absences et accueils sans rendez-vous exclus.",
        "interviews",
    ),
    Figure(
        "interview_hours",
        "Heures d’entretien",
        "INT_HEURES",
        Unit.HOURS,
        (Kind.INTERVIEW,),
        "Durée réelle des entretiens tenus.",
        "interview_hours",
    ),
    Figure(
        "absences",
        "Absences",
        "ABSENCES",
        Unit.ACTS,
        (Kind.ABSENCE,),
        "Entretiens prévus où la personne n’est pas venue.",
        "absences",
    ),
    Figure(
        "referrals",
        "Orientations",
        "EPCI_ORIENTATIONS",
        Unit.ACTS,
        (Kind.REFERRAL,),
        "Orientations faites vers un partenaire, annulées exclues.",
        "referrals",
    ),
    Figure(
        "answers",
        "Retours de partenaires",
        "RETOURS",
        Unit.ACTS,
        (Kind.ANSWER,),
        "Orientations de la période dont le partenaire a répondu, à ce jour.",
        "referrals_answered",
    ),
    Figure(
        "creations",
        "Créations",
        "REG_CREATIONS",
        Unit.ACTS,
        (Kind.CREATION,),
        "Entreprises immatriculées dans la période, après l’ouverture du dossier.",
    ),
)


def figure(key: str) -> Figure:
    """A figure by its key."""
    return next(item for item in FIGURES if item.key == key)


@cache
def interview_types() -> frozenset[str]:
    """Codes of the types that count as an interview."""
    return frozenset(kind.code for kind in load_interview_types().values() if kind.counts_as.startswith(_INTERVIEWS))


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day, to somebody (nobody known for an anonymous visit)."""

    person: Any
    case: Any
    on: date
    amount: int


class Events:
    """Events of one kind in one month, by columns: a big base has tens of thousands of them."""

    __slots__ = ("amounts", "cases", "days", "people")

    def __init__(self) -> None:
        self.people: list[Any] = []
        self.cases: list[Any] = []
        self.days: list[date] = []
        self.amounts: list[int] = []

    def __iter__(self) -> Iterator[Event]:
        return map(Event, self.people, self.cases, self.days, self.amounts)


class Ledger:
    """The events of some months, from which every figure is counted and opened."""

    def __init__(self) -> None:
        self._events: dict[Kind, dict[tuple[int, int], Events]] = {kind: defaultdict(Events) for kind in Kind}

    def add(self, kind: Kind, person: Any, case: Any, on: date, amount: int = 1) -> None:
        events = self._events[kind][on.year, on.month]
        events.people.append(person)
        events.cases.append(case)
        events.days.append(on)
        events.amounts.append(amount)

    def events(self, counted: Figure, period: Period) -> list[Event]:
        """What the figure counts: every act, or the latest event of each person."""
        found = [event for events in self._in(counted, period) for event in events]
        if counted.unit is not Unit.PEOPLE:
            return found
        latest: dict[Any, Event] = {}
        for event in found:
            if event.person is not None and (event.person not in latest or latest[event.person].on < event.on):
                latest[event.person] = event
        return list(latest.values())

    def people(self, counted: Figure, period: Period) -> set[Any]:
        """The different people behind a figure, whatever it counts."""
        found: set[Any] = set()
        found.update(*(events.people for events in self._in(counted, period)))
        found.discard(None)
        return found

    def value(self, counted: Figure, period: Period, among: Container[Any] | None = None) -> float:
        """The figure of a period; `among` narrows it to some people."""
        if counted.unit is Unit.PEOPLE:
            people = self.people(counted, period)
            return len(people) if among is None else sum(person in among for person in people)
        months = self._in(counted, period)
        if counted.unit is Unit.HOURS:
            minutes = (
                amount
                for events in months
                for person, amount in zip(events.people, events.amounts, strict=True)
                if among is None or person in among
            )
            return sum(minutes) / 60
        return sum(among is None or person in among for events in months for person in events.people)

    def _in(self, counted: Figure, period: Period) -> list[Events]:
        return [
            self._events[kind][month]
            for month in period.months()
            for kind in counted.kinds
            if month in self._events[kind]
        ]


def is_new(previous: date | None, on: date) -> bool:
    """First interview ever, or the first one after a long silence."""
    if previous is None:
        return True
    months = (on.year - previous.year) * 12 + on.month - previous.month
    return (months, on.day) > (NEW_AFTER_MONTHS, previous.day)
