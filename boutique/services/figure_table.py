"""Figures as lines to read: of any period and scope, with their breakdowns. Used by the command line."""

import csv
import io
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.errors import UserError
from boutique.core.text import fold
from boutique.models.programme import Programme
from boutique.models.structure import Counsellor, Site
from boutique.rules.dimensions import DIMENSIONS
from boutique.rules.indicators import FIGURES, Figure, Unit
from boutique.rules.ledger_rows import Fraction
from boutique.rules.own_figures import FUNDER as OURS
from boutique.rules.period import Period
from boutique.rules.scope import Scope
from boutique.services import declared_figures, figures, own_figures, own_territories
from boutique.services.declared_figures import Declared
from boutique.services.figures import Book


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure of a period, or one of its parts (`by`). A share has both its counts; None is not counted here.

    Of a declared month `value` is what was declared, `now` what is counted today; parts are those of today.
    """

    code: str
    label: str
    by: str
    value: float | None
    shown: str
    unit: str
    part: float | None
    whole: float | None
    period: str
    declared: bool
    now: float | None


@dataclass(frozen=True, slots=True)
class ScopeNames:
    """Whose activity, as it is typed: names, of which a part is enough when only one has it."""

    site: str = ""
    counsellor: str = ""
    programme: str = ""
    territory: str = ""


def chosen(session: Session, names: Sequence[str], funder: str = "") -> tuple[Figure, ...]:
    """The figures that these codes or keys name; those of a funder, or all, when none is."""
    everything = (*FIGURES, *own_figures.own(session))
    known = {name.casefold(): item for item in everything for name in (item.code, item.key)}
    for name in names:
        if name.casefold() not in known:
            raise UserError(f"« {name} » n’est pas un indicateur. Sans --figure, la commande les donne tous.")
    funders = sorted({*(item.funder for item in FIGURES), OURS})
    if funder and funder not in funders:
        raise UserError(f"« {funder} » n’est pas un financeur connu. Choix : {', '.join(funders)}.")
    if names:
        return tuple(known[name.casefold()] for name in names)
    return tuple(item for item in everything if not funder or item.funder == funder)


def scope(session: Session, names: ScopeNames) -> Scope:
    """What the names mean; one that is not known or means several is refused."""
    sites = {row.id: row.name for row in session.scalars(select(Site))}
    people = {row.id: f"{row.first_name} {row.last_name}" for row in session.scalars(select(Counsellor))}
    programmes = {row.id: row.name for row in session.scalars(select(Programme))}
    territories = {one.id: one for one in own_territories.own(session).values()}
    territory = _one({key: one.name for key, one in territories.items()}, names.territory, "territoire")
    return Scope(
        _one(sites, names.site, "lieu"),
        _one(people, names.counsellor, "conseiller"),
        _one(programmes, names.programme, "programme"),
        territories[territory].communes if territory else None,
    )


def lines(
    session: Session, wanted: Iterable[Figure], period: Period, whose: ScopeNames, by: str = ""
) -> tuple[FigureLine, ...]:
    """The figures, each with its parts when a breakdown is asked for."""
    if by and by not in DIMENSIONS:
        raise UserError(f"« {by} » n’est pas une ventilation. Choix : {', '.join(DIMENSIONS)}.")
    asked = scope(session, whose)
    book, declared = figures.read(session, period.end, asked), declared_figures.of_scope(session, asked)
    return tuple(line for item in wanted for line in _lines(book, declared, item, period, by))


def _lines(book: Book, declared: Declared, item: Figure, period: Period, by: str) -> Iterable[FigureLine]:
    share = item.unit is Unit.SHARE and item.rule is not None
    told, now = declared if declared.has(item, period) else book, book.value(item, period)
    line = _line(item, "", told.value(item, period), told.fraction(item, period) if share else None, period)
    yield replace(line, declared=told is declared, now=now)
    if by and item.rule is not None:
        for piece in book.breakdown(item, by, period):
            both = Fraction(piece.part, piece.whole) if share else None
            yield _line(item, piece.label, piece.value, both, period)


def _line(item: Figure, by: str, value: float | None, both: Fraction | None, period: Period) -> FigureLine:
    shown = show(item, value) if item.rule else item.reason
    return FigureLine(
        item.code, item.label, by, value, shown, item.unit.value, both.part if both else None,
        both.whole if both else None, period.words, declared=False, now=value,
    )  # fmt: skip


def show(item: Figure, value: float | None) -> str:
    """A figure in its unit, as screens write it; a dash when there is none."""
    if value is None:
        return "–"
    if item.unit is Unit.SHARE:
        return french.show_percent(value)
    if item.unit is Unit.EUROS:
        return french.show_amount(round(value))
    decimals = item.decimals or (0 if float(value).is_integer() else 1)
    return french.show_number(value, decimals)


def as_csv(told: Iterable[FigureLine]) -> bytes:
    """The lines as a file of values, semicolons between them, as French spreadsheets read it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(field.name for field in fields(FigureLine))
    writer.writerows(asdict(line).values() for line in told)
    return text.getvalue().encode("utf-8-sig")


def _one(known: dict[uuid.UUID, str], typed: str, what: str) -> Any:
    if not typed:
        return None
    exact = [key for key, name in known.items() if fold(name) == fold(typed)]
    found = exact or [key for key, name in known.items() if fold(typed) in fold(name)]
    if len(found) != 1:
        names = ", ".join(sorted(known.values())) or "aucun"
        raise UserError(f"« {typed} » ne désigne pas un seul {what}. Choix : {names}.")
    return found[0]
