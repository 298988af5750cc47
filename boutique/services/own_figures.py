"""« Nos indicateurs »: those that the structure draws up itself, counted and opened as all others. For Activité."""

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import clock, french
from boutique.core.errors import UserError
from boutique.core.text import fold
from boutique.forms.catalogue import OWN_FIGURE
from boutique.models.own_figure import OwnFigure
from boutique.rules import indicators, own_figures
from boutique.rules.figure_rules import Count, Kind
from boutique.rules.indicators import Figure, Unit
from boutique.rules.own_figures import Groups, Share
from boutique.rules.period import Period
from boutique.services import figures
from boutique.services.rows import existing

_PREFIX = "NOUS_"


@dataclass(frozen=True, slots=True)
class OwnLine:
    """One kept indicator."""

    id: uuid.UUID
    code: str
    name: str
    words: str
    archived: bool


@dataclass(frozen=True, slots=True)
class OwnSheet:
    """One indicator as it is edited; without `id` it is not kept yet."""

    id: uuid.UUID | None
    name: str
    counted: Count
    event: Kind
    groups: Groups = ()
    archived: bool = False
    share: Share | None = None  # of a share: of what, and what is true of those it counts


@dataclass(frozen=True, slots=True)
class OwnValue:
    """What an indicator is worth now, as screens write it."""

    words: str
    month: str
    value: str
    year: str
    so_far: str
    unit: str


def blank() -> OwnSheet:
    """A new indicator: the people seen in an interview."""
    return OwnSheet(None, "", Count.PEOPLE, Kind.INTERVIEW)


def own(session: Session) -> tuple[Figure, ...]:
    """The indicators in use, in the order they were made."""
    rows = session.scalars(select(OwnFigure).where(OwnFigure.archived_on.is_(None)))
    return tuple(_figure(row) for row in sorted(rows, key=_rank))


def every(session: Session) -> tuple[Figure, ...]:
    """The same with those that are archived: workbooks already sent bear them."""
    return tuple(_figure(row) for row in sorted(session.scalars(select(OwnFigure)), key=_rank))


def find(session: Session, key: str) -> Figure | None:
    """A figure by its key: of the resources, or of the structure (archived or not)."""
    if not key.startswith(_PREFIX.lower()):
        return indicators.figure(key)
    row = session.scalar(select(OwnFigure).where(OwnFigure.code == key.upper()))
    return None if row is None else _figure(row)


def known(session: Session, key: str) -> Figure:
    """The same; UserError when it is gone."""
    found = find(session, key)
    if found is None:
        raise UserError("Cet indicateur n’existe plus. Revenez à Activité.")
    return found


def listing(session: Session) -> tuple[OwnLine, ...]:
    """Every indicator, those in use first."""
    rows = sorted(session.scalars(select(OwnFigure)), key=_rank)
    lines = (OwnLine(row.id, row.code, row.name, _figure(row).definition, row.archived_on is not None) for row in rows)
    return tuple(sorted(lines, key=_is_archived))


def sheet(session: Session, figure_id: uuid.UUID) -> OwnSheet:
    """One indicator, as it is edited."""
    row = _row(session, figure_id)
    groups, share = own_figures.read_criteria(row.criteria), own_figures.read_share(row.criteria)
    return OwnSheet(row.id, row.name, Count(row.counted), Kind(row.event), groups, row.archived_on is not None, share)


def save(session: Session, typed: OwnSheet) -> uuid.UUID:
    """Keep an indicator. UserError without a name, with that of another one, or a condition out of its bounds."""
    name = OWN_FIGURE.accept({"own_figure.name": typed.name})["own_figure.name"]
    _check(typed)
    others = session.scalars(select(OwnFigure).where(OwnFigure.id != typed.id) if typed.id else select(OwnFigure))
    if any(fold(other.name) == fold(name) for other in others):
        raise UserError("Un autre indicateur porte déjà ce nom. Donnez-en un différent.")
    row = session.get(OwnFigure, typed.id) if typed.id is not None else None
    if row is None:
        row = OwnFigure(code=_next_code(session))
        session.add(row)
    row.name, row.counted, row.event = name, typed.counted.value, typed.event.value
    row.criteria = own_figures.write_criteria(typed.groups, typed.share)
    session.flush()
    return row.id


def archive(session: Session, figure_id: uuid.UUID) -> None:
    """No longer counted in the lists and workbooks to come; kept, since workbooks already sent bear it."""
    _row(session, figure_id).archived_on = clock.today()


def restore(session: Session, figure_id: uuid.UUID) -> None:
    """Counted again."""
    _row(session, figure_id).archived_on = None


def value(session: Session, typed: OwnSheet, day: date) -> OwnValue:
    """What an indicator is worth as it is typed: in the month of a day, and since January."""
    _check(typed)
    figure = own_figures.figure(
        "", typed.name, typed.counted.value, typed.event.value, own_figures.write_criteria(typed.groups, typed.share)
    )
    month, year = Period.month(day), Period.year_to(day)
    book = figures.read(session, year.end)
    now = book.value(figure, month) or 0
    return OwnValue(
        words=f"{figure.definition}.",
        month=month.words,
        value=_shown(book, figure, month),
        year=str(day.year),
        so_far=_shown(book, figure, year),
        unit="" if figure.unit is Unit.SHARE else _unit(figure.unit, now),
    )


def _unit(unit: Unit, counted: float) -> str:
    """« personne » up to one; « parcours » is always so."""
    singular = unit.value if unit is Unit.FILES else unit.value.removesuffix("s")
    return unit.value if counted >= 2 else singular


def _shown(book: figures.Book, figure: Figure, period: Period) -> str:
    """« 12 », or « 40 % (4 sur 10) » of a share."""
    if figure.unit is not Unit.SHARE:
        return french.show_number(book.value(figure, period) or 0, figure.decimals)
    both = book.fraction(figure, period)
    return f"{french.show_percent(both.value)} ({french.show_number(both.part)} sur {french.show_number(both.whole)})"


def _check(typed: OwnSheet) -> None:
    if typed.share is not None and not typed.share.true:
        raise UserError("Dites de qui, ou de quoi, c’est la part : ajoutez un critère sous « Dont ».")
    try:
        own_figures.rule(typed.counted, typed.event, typed.groups, typed.share)
    except ValueError as refused:
        raise UserError("Un critère ne convient pas à ce qui est compté. Corrigez-le ou retirez-le.") from refused


def _figure(row: OwnFigure) -> Figure:
    return own_figures.figure(row.code, row.name, row.counted, row.event, row.criteria)


def _rank(row: OwnFigure) -> int:
    return int(row.code.removeprefix(_PREFIX))


def _is_archived(line: OwnLine) -> bool:
    return line.archived


def _next_code(session: Session) -> str:
    last = max((_rank(row) for row in session.scalars(select(OwnFigure))), default=0)
    return f"{_PREFIX}{last + 1}"


def _row(session: Session, figure_id: uuid.UUID) -> OwnFigure:
    return existing(session, OwnFigure, figure_id, "Cet indicateur n’existe plus. Revenez à la liste.")
