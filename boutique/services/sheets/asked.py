"""What a workbook is asked for: the month as it was read, whose activity, with names or without."""

from dataclasses import dataclass

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
