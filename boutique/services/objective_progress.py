"""How far each target is, counted by the engine of the figures. For Programmes."""

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from boutique.core import clock, french
from boutique.models.programme import Programme
from boutique.rules.indicators import Figure, Unit
from boutique.rules.period import Period
from boutique.rules.scope import Scope
from boutique.services import figures, objectives, own_figures
from boutique.services.objectives import ObjectiveLine


@dataclass(frozen=True, slots=True)
class Progress:
    """One target and what is reached, in the same unit (a share as a percentage); None when it makes no sense yet."""

    line: ObjectiveLine
    reached: float | None

    @property
    def fraction(self) -> float | None:
        """0 to 1 and beyond; None without a figure."""
        return None if self.reached is None else self.reached / self.line.target

    @property
    def words(self) -> str:
        """« 42 sur 60 · 70 % »."""
        if self.reached is None:
            return "pas encore de chiffre"
        now = french.show_number(self.reached, 0 if float(self.reached).is_integer() else 1)
        return f"{now} sur {self.line.shown} · {french.show_percent(self.fraction)}"


def progress(session: Session, programme_id: uuid.UUID | None) -> tuple[Progress, ...]:
    """The targets of a programme, or of the structure itself without one, with what is reached to this day."""
    lines = objectives.listing(session, programme_id)
    if not lines:
        return ()
    periods = [_period(session, line, programme_id) for line in lines]
    book = figures.read(session, max(period.end for period in periods), Scope(programme_id=programme_id))
    found = []
    for line, period in zip(lines, periods, strict=True):
        counted = own_figures.known(session, line.key)
        found.append(Progress(line, _in_unit(counted, book.value(counted, period))))
    return tuple(found)


def _in_unit(counted: Figure, value: float | None) -> float | None:
    """A target of a share is typed as a percentage."""
    return value * 100 if value is not None and counted.unit is Unit.SHARE else value


def _period(session: Session, line: ObjectiveLine, programme_id: uuid.UUID | None) -> Period:
    """The year of a target, or all the days of the agreement so far."""
    if line.year is not None:
        return Period.year(date(line.year, 1, 1))
    row = session.get_one(Programme, programme_id)
    return Period(row.starts_on, max(row.starts_on, min(row.ends_on or clock.today(), clock.today())))
