"""A month with what it is compared to, read once: the figures, the bars and the funnel are counted from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy.orm import Session

from boutique.core import french
from boutique.rules.indicators import MAIN, Figure, Unit, figure
from boutique.rules.ledger_rows import day_of
from boutique.rules.period import Period
from boutique.rules.public import Holder, Share
from boutique.rules.scope import EVERYWHERE, Scope
from boutique.services import figures
from boutique.services.declared_figures import NONE_DECLARED, Declared, of_scope
from boutique.services.holders import known
from boutique.services.objectives import targets

RECEIVED, VISITS, CASELOAD, REFERRALS, ANSWERS, CREATIONS, NEW = (
    figure(key) for key in ("received", "visits", "caseload", "referrals", "answers", "creations", "new_holders")
)
_DELAYS = tuple(figure(key) for key in ("first_meeting_delay", "referral_delay", "answer_delay"))
_PUBLIC = tuple(
    figure(f"public_{key}") for key in ("women", "young", "jobseekers", "minimum_income", "qpv", "rural")
)  # fmt: skip
_DISTRICTS = figure("public_qpv")


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """One row of the table of figures; None is shown as a dash. A share goes from 0 to 1."""

    key: str
    label: str
    code: str
    definition: str
    decimals: int
    month: float | None
    previous: float | None
    year: float | None
    last_year: float | None
    target: float | None
    women: float | None
    qpv: float | None
    qualified: float | None
    share: bool = False
    reason: str = ""  # why it is not counted here
    now: float | None = None  # what is counted today
    corrected: bool = False  # that is not what was declared of the month, which `month` says

    @property
    def progress(self) -> float | None:
        return (self.year or 0) / self.target if self.target else None

    @property
    def counted(self) -> bool:
        return not self.reason

    def show(self, value: float | None) -> str:
        """« 1 234,5 », « 26 % », or a dash."""
        if value is None:
            return "—"
        return french.show_percent(value) if self.share else french.show_number(value, self.decimals)


@dataclass(frozen=True, slots=True)
class MonthBar:
    """A figure in a month, this year and the year before; None for months still to come."""

    month: int
    this_year: float | None
    last_year: float


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """One bar of « Du passage à la création »; `unit` completes the number where it could be misread."""

    label: str
    count: int
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Delay:
    """How long something takes, in days: the median over the year so far; None when nothing happened."""

    key: str
    label: str
    days: float | None


@dataclass(frozen=True, slots=True)
class Event:
    """An act that a person is counted for; `person` is an identifier as it is stored."""

    person: str
    on: date


@dataclass(slots=True)
class MonthBook:
    """One look at the base for a period (a month, or a year) and what it is compared with."""

    month: Period
    year: Period
    book: figures.Book
    targets: Mapping[str, float] = field(default_factory=dict)
    declared: Declared = NONE_DECLARED
    _holders: dict[str, Mapping[str, Holder]] = field(default_factory=dict)

    def value(self, counted: Figure, period: Period | None = None, part: str = "") -> float:
        """A figure of the period, or of another one, as a number."""
        return self._worth(counted, period or self.month, part) or 0

    def _worth(self, counted: Figure, period: Period, part: str = "") -> float | None:
        """As it was declared, when it was; else as it is counted now."""
        declared = self.declared
        return (declared if declared.has(counted, period, part) else self.book).value(counted, period, part)

    def line(self, counted: Figure) -> IndicatorLine:
        """A figure with its comparisons."""
        month, value = self.month, self._worth
        declared = value(counted, month)
        now = self.book.value(counted, month) if self.declared.has(counted, month) else declared
        return IndicatorLine(
            key=counted.key,
            label=counted.title,
            code=counted.code,
            definition=f"{counted.definition}.",
            decimals=counted.decimals,
            month=declared,
            previous=value(counted, month.previous),
            year=value(counted, self.year),
            last_year=value(counted, month.last_year),
            target=self._target(counted),
            women=value(counted, month, "women"),
            qpv=value(counted, month, "qpv"),
            qualified=value(counted, month, "qualified"),
            share=counted.unit is Unit.SHARE,
            reason=counted.reason,
            now=now,
            corrected=now != declared,
        )

    def _target(self, counted: Figure) -> float | None:
        """As typed, but for shares: 60 % is 0.6."""
        found = self.targets.get(counted.key)
        return found / 100 if found is not None and counted.unit is Unit.SHARE else found

    def lines(self, wanted: tuple[Figure, ...] = MAIN) -> tuple[IndicatorLine, ...]:
        """The table of figures."""
        self.book.expect(wanted)
        return tuple(self.line(counted) for counted in wanted)

    def people(self, counted: Figure, period: Period | None = None) -> frozenset[str]:
        """The different people behind a figure, by their identifiers as they are stored."""
        return self.book.person_ids(self.book.people(counted, period or self.month))

    def events(self, counted: Figure, period: Period | None = None) -> list[Event]:
        """What a figure counts: every act, or the latest one of each person; those of nobody are left out."""
        ledger = self.book.ledger
        if counted.rule is None:
            return []
        lines = ledger.lines(counted.rule, period or self.month)
        found = [(person, ledger.day(line)) for line in lines if (person := ledger.of(line.kind).people[line.at])]
        known_as = self.book.reading.identifiers({person for person, _day in found})
        return [Event(known_as[person], day_of(day)) for person, day in found]

    def rows_of(self, counted: Figure) -> frozenset[int]:
        """The rows of the base that a figure of the month counts, by their number."""
        ledger = self.book.ledger
        found = self.book.lines(counted, self.month)
        return frozenset(ledger.of(line.kind).ids[line.at] for line in found)

    def holders(self, counted: Figure) -> Mapping[str, Holder]:
        """What is known of the people behind a figure of the month, by their identifiers as they are stored."""
        if counted.key not in self._holders:
            self._holders[counted.key] = known(self.book.session, self.people(counted))
        return self._holders[counted.key]

    def behind(self, counted: Figure) -> tuple[Holder, ...]:
        """What is known of the people behind a figure of the month."""
        return tuple(self.holders(counted).values())

    def bars(self, drawn: Figure = RECEIVED) -> tuple[MonthBar, ...]:
        """A figure month by month."""
        year, last = self.month.end.year, self.month.end.month

        def value(year: int, month: int) -> float:
            return self.value(drawn, Period.month(date(year, month, 1)))

        return tuple(
            MonthBar(number, value(year, number) if number <= last else None, value(year - 1, number))
            for number in range(1, 13)
        )

    def funnel(self) -> tuple[FunnelStep, ...]:
        """From the visit to the business, over the year so far."""
        return (
            FunnelStep("Passages", int(self.value(VISITS, self.year))),
            FunnelStep("Dossiers", self._people(RECEIVED), "personnes"),
            FunnelStep("Entretiens", self._people(CASELOAD), "personnes"),
            FunnelStep("Orientés", self._people(REFERRALS), "personnes"),
            FunnelStep("Créations", int(self.value(CREATIONS, self.year))),
        )

    def delays(self) -> tuple[Delay, ...]:
        """From the visit to the first interview, to the referral, to its answer."""
        return tuple(Delay(item.key, item.title, self.book.value(item, self.year)) for item in _DELAYS)

    def public(self) -> tuple[Share, ...]:
        """Who was received; those who did not answer are in neither part of a share."""
        return tuple(self._share(item) for item in _PUBLIC)

    def _share(self, item: Figure) -> Share:
        declared = self.declared.has(item, self.month)
        found = (self.declared if declared else self.book).fraction(item, self.month)
        label = f"{item.title} ({int(found.whole)} connues)" if item is _DISTRICTS else item.title
        return Share(label, int(found.part), int(found.whole))

    def _people(self, counted: Figure) -> int:
        return len(self.book.people(counted, self.year))


def read(session: Session, day: date, scope: Scope = EVERYWHERE) -> MonthBook:
    """The month of a day, in a scope."""
    return _book(session, Period.month(day), Period.year_to(day), scope)


def as_declared(session: Session, book: MonthBook) -> MonthBook:
    """The same look, but that declared months of its scope say what was declared of them."""
    return replace(book, declared=of_scope(session, book.book.scope))


def read_lately(session: Session, day: date) -> MonthBook:
    """The month of a day and the one before it, nothing else."""
    month = Period.month(day)
    return _book(session, month, Period.year_to(day), EVERYWHERE, month.previous.start)


def read_year(session: Session, day: date, scope: Scope = EVERYWHERE) -> MonthBook:
    """The year of a day until the end of its month: the same figures, compared with the same months before."""
    year = Period.year_to(day)
    return _book(session, year, year, scope)


def _book(session: Session, period: Period, year: Period, scope: Scope, since: date = date.min) -> MonthBook:
    # What a month is compared with goes one year back; a year is seldom asked for facts of the one before.
    floor = min(period.last_year.start, year.start) if period != year else year.start
    book = figures.read(session, year.end, scope, since, floor=floor)
    return MonthBook(period, year, book, targets(session, year.start.year, scope))
