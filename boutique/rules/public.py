"""Who the public of a period is: shares for the screen, breakdowns for the workbook. Pure; unknown is never « no »."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from boutique.models.choices import AgeBand, Allowance, EmploymentStatus, ZoningState
from boutique.rules.facts import age, age_band

YOUNG_UNTIL = 30
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


def shares(people: Iterable[Holder], on: date) -> tuple[Share, ...]:
    """The public of a period in six lines; those who did not answer are in neither part of the division."""
    everybody = tuple(people)
    districts = _share("QPV", everybody, _district)
    return (
        _share("Femmes", everybody, _woman),
        _share("Moins de 30 ans", everybody, partial(_young, on=on)),
        _share("Demandeurs d’emploi", everybody, _jobseeker),
        _share("Bénéficiaires du RSA", everybody, _minimum_income),
        Share(f"QPV ({districts.known} connues)", districts.count, districts.known),
        _share("Zone rurale FRR", everybody, _rural),
    )


def _share(label: str, people: tuple[Holder, ...], holds: Callable[[Holder], bool | None]) -> Share:
    answers = [answer for who in people if (answer := holds(who)) is not None]
    return Share(label, sum(answers), len(answers))


def _woman(who: Holder) -> bool | None:
    return who.gender == "F" if who.gender in ("F", "M") else None


def _young(who: Holder, on: date) -> bool | None:
    years = age(who.birth_date, on)
    return None if years is None else years < YOUNG_UNTIL


def _jobseeker(who: Holder) -> bool | None:
    return None if who.employment_status is None else who.employment_status in JOBSEEKERS


def _minimum_income(who: Holder) -> bool | None:
    if who.allowances is None:
        # Allowances are only asked of those who may have one: the others have said enough by their status.
        return None if who.employment_status is None or who.employment_status in JOBSEEKERS else False
    return any(item in MINIMUM_INCOME for item in who.allowances)


def _district(who: Holder) -> bool | None:
    return who.lives_in_qpv is ZoningState.YES if who.lives_in_qpv in (ZoningState.YES, ZoningState.NO) else None


def _rural(who: Holder) -> bool | None:
    return who.rural


UNKNOWN = "Non renseigné"


def breakdowns(people: Iterable[Holder], on: date) -> dict[str, Counter[str]]:
    """Distinct people by each breakdown of « Profil du public »; every person is in each exactly once."""
    found: dict[str, Counter[str]] = {title: Counter() for title, _ in _BREAKDOWNS}
    for who in people:
        for title, read in _BREAKDOWNS:
            found[title][read(who, on)] += 1
    return found


def _label(choice: Any) -> str:
    return UNKNOWN if choice is None else choice.label


def _age(who: Holder, on: date) -> str:
    band = age_band(age(who.birth_date, on))
    return UNKNOWN if band is None else AgeBand(band).label


def _allowances(who: Holder, _on: date) -> str:
    if who.allowances is None:
        return UNKNOWN
    return ", ".join(item.label for item in who.allowances) or UNKNOWN


_BREAKDOWNS: tuple[tuple[str, Callable[[Holder, date], str]], ...] = (
    ("Sexe", lambda who, _on: _label(who.gender)),
    ("Tranche d’âge", _age),
    ("Situation d’emploi", lambda who, _on: _label(who.employment_status)),
    ("Durée d’inscription", lambda who, _on: _label(who.registration_duration)),
    ("Niveau de formation", lambda who, _on: _label(who.education_level)),
    ("Allocations", _allowances),
    ("QPV", lambda who, _on: _label(who.lives_in_qpv)),
    ("Commune", lambda who, _on: who.commune or UNKNOWN),
    ("Secteur", lambda who, _on: _label(who.sector)),
    ("Phase", lambda who, _on: _label(who.phase)),
)


def is_woman(who: Holder) -> bool:
    """Counted in « dont femmes »."""
    return _woman(who) is True


def in_district(who: Holder) -> bool:
    """Counted in « dont QPV »."""
    return _district(who) is True


def has_qualified_address(who: Holder) -> bool:
    """Known to live inside or outside a district: the base of the share."""
    return _district(who) is not None


def is_complete(who: Holder) -> bool:
    """The answers that funders require at entry are all there."""
    required = (who.gender, who.birth_date, who.employment_status, who.education_level, who.lives_in_qpv)
    return bool(who.commune) and all(answer is not None for answer in required)
