"""Who the public of a period is: what is known of each person, and shares for the screen. Unknown is never « no »."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from boutique.models.choices import Allowance, EmploymentStatus, ZoningState

JOBSEEKERS = (EmploymentStatus.JOBSEEKER_WITH_BENEFIT, EmploymentStatus.JOBSEEKER_WITHOUT_BENEFIT)
MINIMUM_INCOME = (Allowance.ACTIVE_SOLIDARITY_INCOME, Allowance.ACTIVE_SOLIDARITY_INCOME_INCREASED)


@dataclass(frozen=True, slots=True)
class Holder:
    """What the public profile knows of a person received in the period; None is « not known », never « no »."""

    case: Any
    reference: str
    gender: Any
    birth_date: date | None
    employment_status: Any
    registration_duration: Any
    education_level: Any
    allowances: tuple[Any, ...] | None
    lives_in_qpv: ZoningState | None
    commune: str
    rural: bool | None
    sector: Any
    kind: Any
    phase: Any


@dataclass(frozen=True, slots=True)
class Share:
    """One line of « Public du mois »: `count` among the `known` ones."""

    label: str
    count: int
    known: int

    @property
    def share(self) -> float | None:
        return self.count / self.known if self.known else None


def is_complete(who: Holder) -> bool:
    """The answers that funders require at entry are all there."""
    required = (who.gender, who.birth_date, who.employment_status, who.education_level, who.lives_in_qpv)
    return bool(who.commune) and all(answer is not None for answer in required)
