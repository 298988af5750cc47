"""Who the public of a period is: shares for the screen, breakdowns for the workbook. Pure; unknown is never « no »."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from boutique.models.choices import (
    AgeBand,
    Allowance,
    Choice,
    EducationLevel,
    EmploymentStatus,
    Gender,
    Phase,
    RegistrationDuration,
    Sector,
    ZoningState,
)
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


@dataclass(frozen=True, slots=True)
class Breakdown:
    """People by the values of one answer; `exclusive` when each person is under one value only."""

    title: str
    read: Callable[[Holder, date], tuple[str, ...]]
    order: tuple[str, ...] = ()  # of a closed list; an open one goes by decreasing number
    exclusive: bool = True

    def count(self, people: Iterable[Holder], on: date) -> Counter[str]:
        """Distinct people by value; those who did not answer are counted apart."""
        return Counter(label for who in people for label in self.read(who, on) or (UNKNOWN,))

    def sorted(self, counts: Counter[str]) -> list[str]:
        """The values that occur, in the order they are shown; the unknown last."""
        ranks = {label: rank for rank, label in enumerate(self.order)}
        return sorted(counts, key=lambda label: (label == UNKNOWN, ranks.get(label, -counts[label]), label))


def _one(value: Any) -> tuple[str, ...]:
    return () if value is None else (value.label,)


def _age(who: Holder, on: date) -> tuple[str, ...]:
    band = age_band(age(who.birth_date, on))
    return _one(AgeBand(band) if band else None)


def _labels(choices: type[Choice]) -> tuple[str, ...]:
    return tuple(choice.label for choice in choices)


BREAKDOWNS: tuple[Breakdown, ...] = (
    Breakdown("Sexe", lambda who, _on: _one(who.gender), _labels(Gender)),
    Breakdown("Tranche d’âge", _age, (AgeBand.UNDER_18.label, *_labels(AgeBand)[:-1])),
    Breakdown("Situation d’emploi", lambda who, _on: _one(who.employment_status), _labels(EmploymentStatus)),
    Breakdown("Durée d’inscription", lambda who, _on: _one(who.registration_duration), _labels(RegistrationDuration)),
    Breakdown("Niveau de formation", lambda who, _on: _one(who.education_level), _labels(EducationLevel)),
    Breakdown(
        "Allocations",
        lambda who, _on: tuple(item.label for item in who.allowances or ()),
        _labels(Allowance),
        exclusive=False,
    ),
    Breakdown("QPV", lambda who, _on: _one(who.lives_in_qpv), _labels(ZoningState)),
    Breakdown("Commune", lambda who, _on: (who.commune,) if who.commune else ()),
    Breakdown("Secteur", lambda who, _on: _one(who.sector), _labels(Sector)),
    Breakdown("Phase", lambda who, _on: _one(who.phase), _labels(Phase)),
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
