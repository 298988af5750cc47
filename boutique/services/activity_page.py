"""What the screen Activité shows of a month or a year, and what opens behind one of its figures."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from boutique.core import french
from boutique.rules.dimensions import DIMENSIONS
from boutique.rules.indicators import FIGURES, MAIN, Figure, Unit
from boutique.rules.ledger_rows import Fraction
from boutique.rules.own_figures import FUNDER as OURS
from boutique.rules.period import Period
from boutique.services import declared_figures, figures, own_figures, scopes
from boutique.services.activity import ActivityView, month_view, year_view
from boutique.services.activity_files import BookFile, Step, month_file, year_file
from boutique.services.figure_files import FileRow, rows_of
from boutique.services.figure_table import show
from boutique.services.figures import Book, Slice
from boutique.services.month import RECEIVED
from boutique.services.scopes import ALL, ScopeKeys

ESSENTIAL = ""
_FUNDERS = (
    ("INTERNE", "Pilotage interne"),
    ("FSE+", "FSE+"),
    ("BPI_CITESLAB", "Bpifrance CitésLab"),
    ("CONTRAT_DE_VILLE", "Contrat de ville"),
    ("REGION_EPCI", "Région et EPCI"),
    ("BGE", "Bilan BGE"),
)
GROUPS: tuple[tuple[str, str], ...] = ((ESSENTIAL, "Essentiels"), *_FUNDERS, (OURS, "Les nôtres"))


@dataclass(frozen=True, slots=True)
class Asked:
    """A month, or the year of that month until it ends; whose figures; which ones; the one drawn month by month."""

    day: date
    yearly: bool = False
    keys: ScopeKeys = ALL
    group: str = ESSENTIAL
    chart: str = "received"

    @property
    def period(self) -> Period:
        return Period.year_to(self.day) if self.yearly else Period.month(self.day)


@dataclass(frozen=True, slots=True)
class Page:
    """What was asked for, and everything that the screen shows of it."""

    asked: Asked
    view: ActivityView

    @property
    def nothing(self) -> bool:
        """Whether nothing at all was recorded in the period: other figures than the essential ones are often none."""
        return self.asked.group == ESSENTIAL and not any(line.month for line in self.view.indicators)


def page(session: Session, asked: Asked) -> Page:
    """The screen, from one look at the base."""
    looked = year_view if asked.yearly else month_view
    scope, wanted = scopes.resolve(session, asked.keys), of_group(session, asked.group)
    drawn = own_figures.find(session, asked.chart) or RECEIVED
    return Page(asked, looked(session, asked.day, scope, wanted, drawn))


def of_group(session: Session, group: str) -> tuple[Figure, ...]:
    """The figures of a group: the essential ones, what a funder asks for, or those that the structure drew up."""
    if group == OURS:
        return own_figures.own(session)
    return MAIN if group == ESSENTIAL else tuple(item for item in FIGURES if item.funder == group)


@dataclass(frozen=True, slots=True)
class AskedBehind:
    """What is opened: a figure of a period, of whom, which side of a share, broken down by what, narrowed to what."""

    key: str
    period: Period
    keys: ScopeKeys = ALL
    part: str = ""
    side: str = "part"
    dimension: str = ""
    within: tuple[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Behind:
    """The lines behind a figure, the latest first, and how it breaks down; `fraction` when it is a share."""

    asked: AskedBehind
    rows: tuple[FileRow, ...]
    fraction: Fraction | None
    dimensions: tuple[tuple[str, str], ...]
    slices: tuple[Slice, ...]
    note: str
    decimals: int = 0

    def show(self, one: Slice) -> str:
        """« 12 », or « 40 % (4 sur 10) » of a share: a percentage alone would hide how few they are."""
        if self.fraction is None:
            return french.show_number(one.value or 0, self.decimals)
        part, whole = (french.show_number(count) for count in (one.part, one.whole))
        return f"{french.show_percent(one.value)} ({part} sur {whole})"

    def is_narrowed_to(self, one: Slice) -> bool:
        return self.asked.within == (self.asked.dimension, one.key)


def behind(session: Session, asked: AskedBehind) -> Behind:
    """What is behind a figure."""
    counted = own_figures.known(session, asked.key)
    book = figures.read(session, asked.period.end, scopes.resolve(session, asked.keys))
    dimension = asked.dimension or next(iter(counted.breakdowns), "")
    slices = book.breakdown(counted, dimension, asked.period, asked.part) if dimension else ()
    lines = book.lines(counted, asked.period, asked.part, asked.side, asked.within)
    exclusive = not dimension or DIMENSIONS[dimension].exclusive
    notes = ("" if exclusive else "Une personne peut relever de plusieurs lignes.", _declared(book, counted, asked))
    return Behind(
        asked=AskedBehind(asked.key, asked.period, asked.keys, asked.part, asked.side, dimension, asked.within),
        rows=rows_of(book, counted, lines, asked.side),
        fraction=book.fraction(counted, asked.period, asked.part) if counted.unit is Unit.SHARE else None,
        dimensions=tuple((key, DIMENSIONS[key].title) for key in counted.breakdowns),
        slices=slices,
        note=" ".join(filter(None, notes)),
        decimals=counted.decimals,
    )


def _declared(book: Book, counted: Figure, asked: AskedBehind) -> str:
    """A declared figure stays; what is listed and broken down is what is there today."""
    declared = declared_figures.of_scope(book.session, book.scope)
    if not declared.has(counted, asked.period, asked.part):
        return ""
    then, now = declared.value(counted, asked.period, asked.part), book.value(counted, asked.period, asked.part)
    if then == now:
        return ""
    return f"Déclaré : {show(counted, then)}. La liste est celle d’aujourd’hui : {show(counted, now)}."


def workbook(session: Session, asked: Asked, *, step: Step | None = None) -> BookFile:
    """The workbook of the month or of the year, narrowed as the screen is."""
    if asked.yearly:
        return year_file(session, asked.day.year, keys=asked.keys, step=step)
    return month_file(session, asked.day, keys=asked.keys, step=step)
