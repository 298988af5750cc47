"""The figures of declared months, as they were declared: what screens and the command line give of such a month.

A place of its own: `month` and `figure_table` look here first, `corrections` compares it with what is counted today.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.models.programme import LockedMonth
from boutique.rules.indicators import FIGURES, MAIN, Figure, Unit
from boutique.rules.ledger_rows import Fraction
from boutique.rules.period import Period
from boutique.rules.scope import Scope
from boutique.services import figures, own_figures

_NOTHING: Mapping[str, float | None] = MappingProxyType({})
# After the key of a figure, what else is kept of it: of whom (keys of `figures.PARTS`), both counts of a share.
_APART = "/"
_PART, _WHOLE = "part", "whole"


@dataclass(frozen=True, slots=True)
class Declared:
    """What was declared of the months of one scope, by their first day."""

    months: Mapping[date, Mapping[str, float | None]] = field(default_factory=dict)

    def has(self, figure: Figure, period: Period, part: str = "") -> bool:
        """Whether a period is a declared month, and the figure was kept with it."""
        return _key(figure.key, part) in self._of(period)

    def value(self, figure: Figure, period: Period, part: str = "") -> float | None:
        """The figure as it was declared. KeyError when `has` says no."""
        return self._of(period)[_key(figure.key, part)]

    def fraction(self, figure: Figure, period: Period) -> Fraction:
        """Both counts of a share as they were declared. KeyError when it was not."""
        kept = self._of(period)
        return Fraction(kept[_key(figure.key, _PART)] or 0, kept[_key(figure.key, _WHOLE)] or 0)

    def _of(self, period: Period) -> Mapping[str, float | None]:
        return self.months.get(period.start, _NOTHING) if period == Period.month(period.start) else _NOTHING


NONE_DECLARED = Declared()


def of_scope(session: Session, scope: Scope) -> Declared:
    """The declared months of a place, or of all places; nothing else is declared."""
    if scope != Scope(scope.site_id):
        return NONE_DECLARED
    rows = session.execute(
        select(LockedMonth.month, LockedMonth.figures)
        .where(
            LockedMonth.unlocked_at.is_(None),
            LockedMonth.site_id.is_(None) if scope.site_id is None else LockedMonth.site_id == scope.site_id,
        )
        .order_by(LockedMonth.locked_at)
    )
    return Declared({row.month: row.figures for row in rows})


def counted(session: Session) -> tuple[Figure, ...]:
    """Every figure that is counted here, those of the structure's own that are in use included."""
    return tuple(figure for figure in (*FIGURES, *own_figures.own(session)) if figure.rule is not None)


def freeze(session: Session, month: date, site_id: uuid.UUID | None) -> dict[str, float | None]:
    """Every counted figure of a month, its parts and both counts of a share: what is kept with a declaration."""
    period = Period.month(month)
    book, kept = figures.read(session, period.end, Scope(site_id)), dict[str, float | None]()
    wanted = counted(session)
    book.expect(wanted)
    for figure in wanted:
        for part in figures.PARTS:
            kept[_key(figure.key, part)] = book.value(figure, period, part)
        if figure.unit is Unit.SHARE:
            fraction = book.fraction(figure, period)
            kept |= {_key(figure.key, _PART): fraction.part, _key(figure.key, _WHOLE): fraction.whole}
    return kept


def wholes(kept: Mapping[str, float | None]) -> dict[str, float | None]:
    """The figures themselves among what is kept with a declaration, by their key."""
    return {key: value for key, value in kept.items() if _APART not in key}


def today(
    session: Session, month: date, site_id: uuid.UUID | None, keys: set[str]
) -> dict[str, tuple[Figure, float | None]]:
    """What figures of a month are worth now; those that nothing counts any more are left out."""
    period = Period.month(month)
    book = figures.read(session, period.end, Scope(site_id))
    known = {figure.key: figure for figure in (*MAIN, *FIGURES, *own_figures.every(session))}
    wanted = [known[key] for key in known if key in keys and known[key].rule is not None]
    book.expect(wanted)
    return {figure.key: (figure, book.value(figure, period)) for figure in wanted}


def _key(key: str, part: str) -> str:
    return f"{key}{_APART}{part}" if part else key
