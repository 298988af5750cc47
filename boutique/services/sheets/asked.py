"""What a workbook is asked for, and what narrows the rows of its sheets."""

from dataclasses import dataclass
from typing import Any

from boutique.models.case import Case
from boutique.models.person import Person
from boutique.rules.period import Period
from boutique.rules.scope import Scope
from boutique.services.month import MonthBook


@dataclass(frozen=True, slots=True)
class Asked:
    """The month as it was read for the figures, whose activity, and whether names may be there."""

    book: MonthBook
    scope: Scope
    nominative: bool = False

    @property
    def period(self) -> Period:
        return self.book.month


def within(scope: Scope, site: Any, counsellor: Any = Case.counsellor_id) -> tuple[Any, ...]:
    """Conditions on an act: its place, its counsellor."""
    found: tuple[Any, ...] = () if scope.site_id is None else (site == scope.site_id,)
    return found if scope.counsellor_id is None else (*found, counsellor == scope.counsellor_id)


def at_home(scope: Scope, commune: Any = Person.commune_code) -> tuple[Any, ...]:
    """Condition on where the person lives, where the business or the session is."""
    return () if scope.communes is None else (commune.in_(scope.communes),)
