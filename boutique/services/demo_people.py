"""Fictitious people: identity, ways to reach them, situation; incomplete as real files are (see `demo`)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle
from random import Random
from typing import TypeVar

from boutique.core.text import fold
from boutique.models.choices import (
    Allowance,
    CreditAccess,
    EducationLevel,
    EmploymentStatus,
    Gender,
    RegistrationDuration,
    SelfEmploymentRight,
    ZoningState,
)
from boutique.models.person import Person
from boutique.services.demo_data import (
    ADDRESSES,
    COMMUNES,
    DISTRICT_COMMUNES,
    FAMILIES,
    MEN,
    USUAL,
    WOMEN,
)

T = TypeVar("T")
# Numbers kept for fiction: nobody is ever called by mistake. The mobile range comes first.
_RANGES = ("+3363998", "+3326191", "+3335301", "+3346571", "+3353649", "+3319900")
_STATUSES = {
    EmploymentStatus.JOBSEEKER_WITH_BENEFIT: 30,
    EmploymentStatus.JOBSEEKER_WITHOUT_BENEFIT: 16,
    EmploymentStatus.EMPLOYEE_PERMANENT_FULL_TIME: 12,
    EmploymentStatus.EMPLOYEE_PART_TIME: 6,
    EmploymentStatus.EMPLOYEE_FIXED_TERM: 6,
    EmploymentStatus.EMPLOYEE_RESIGNING_FOR_PROJECT: 4,
    EmploymentStatus.SELF_EMPLOYED: 8,
    EmploymentStatus.COMPANY_DIRECTOR: 2,
    EmploymentStatus.STUDENT: 3,
    EmploymentStatus.RETIRED: 2,
    EmploymentStatus.ON_PARENTAL_LEAVE: 2,
    EmploymentStatus.NOT_WORKING_NOT_REGISTERED: 7,
    EmploymentStatus.OTHER: 2,
}
_BENEFITS = {
    EmploymentStatus.JOBSEEKER_WITH_BENEFIT: ((Allowance.UNEMPLOYMENT_BENEFIT,), (Allowance.JOB_SECURITY_ALLOWANCE,)),
    EmploymentStatus.JOBSEEKER_WITHOUT_BENEFIT: (
        (Allowance.ACTIVE_SOLIDARITY_INCOME,),
        (Allowance.SPECIFIC_SOLIDARITY_ALLOWANCE,),
        (Allowance.NONE,),
        (Allowance.ACTIVE_SOLIDARITY_INCOME, Allowance.ACTIVITY_BONUS),
    ),
    EmploymentStatus.NOT_WORKING_NOT_REGISTERED: ((Allowance.ACTIVE_SOLIDARITY_INCOME,), (Allowance.NONE,)),
    EmploymentStatus.EMPLOYEE_PART_TIME: ((Allowance.ACTIVITY_BONUS,), (Allowance.NONE,)),
    EmploymentStatus.ON_PARENTAL_LEAVE: ((Allowance.SHARED_CHILD_EDUCATION_BENEFIT,),),
}
_DURATIONS = tuple(RegistrationDuration)[:4]
_LEVELS = dict(zip(EducationLevel, (1, 3, 8, 30, 26, 14, 9, 6, 1, 2), strict=True))
_OBSTACLES = (
    "digital_obstacle",
    "childcare_obstacle",
    "french_support_needed",
    "network_isolated",
    "social_difficulty_expressed",
    "personal_debt_problem",
    "spouse_agreement_needed",
)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is and how to reach them: what a couple shares and what a duplicate repeats."""

    first_name: str
    last_name: str
    gender: Gender
    birth_date: date
    phone: str
    commune_code: str


def phone_numbers(rng: Random) -> Iterator[str]:
    """Different numbers of the ranges kept for fiction, in an order that says nothing."""
    for prefix in cycle(_RANGES):  # beyond sixty thousand people, some share a number
        for number in rng.sample(range(10_000), 10_000):
            yield f"{prefix}{number:04d}"


def identity(rng: Random, phone: str, until: date) -> Identity:
    """Somebody who does not exist."""
    woman = rng.random() < 0.54
    first = rng.choice(WOMEN if woman else MEN) if rng.random() < 0.93 else rng.choice(USUAL)
    last = rng.choice(FAMILIES)
    if rng.random() < 0.05:
        last = f"{last}-{rng.choice(FAMILIES)}"
    years = rng.triangular(19, 66, 36)
    born = until - timedelta(int(years * 365.25) + rng.randint(0, 364))
    commune = rng.choices(list(COMMUNES), list(COMMUNES.values()))[0]
    return Identity(first, last, Gender.FEMALE if woman else Gender.MALE, born, phone, commune)


def partner_of(rng: Random, other: Identity, until: date) -> Identity:
    """The other half of a couple: same phone and commune, often the same name."""
    found = identity(rng, other.phone, until)
    last = other.last_name if rng.random() < 0.6 else found.last_name
    return Identity(found.first_name, last, found.gender, found.birth_date, other.phone, other.commune_code)


def person(rng: Random, who: Identity, *, careful: float) -> Person:
    """The person as recorded; `careful` (0 to 1) is how much of the file somebody took the time to fill."""
    status = rng.choices(list(_STATUSES), list(_STATUSES.values()))[0] if rng.random() < careful else None
    found = Person(
        first_name=who.first_name,
        last_name=who.last_name,
        gender=_maybe(rng, careful, who.gender if rng.random() < 0.98 else Gender.NOT_SAID),
        birth_date=_maybe(rng, careful, who.birth_date),
        phone=_maybe(rng, 0.94, who.phone),
        email=_maybe(rng, 0.62 * careful + 0.1, _email(rng, who)),
        commune_code=_maybe(rng, careful + 0.1, who.commune_code),
        employment_status=status,
        allowances=_maybe(rng, 0.85, _allowances(rng, status)),
        lives_in_qpv=_district(rng, who.commune_code) if rng.random() < careful else None,
        mobility_obstacle=_maybe(rng, careful * 0.8, rng.random() < 0.22),
        education_level=_maybe(rng, careful, rng.choices(list(_LEVELS), list(_LEVELS.values()))[0]),
        address=_maybe(rng, 0.2, rng.choice(ADDRESSES)),
        contact_preference=_maybe(rng, 0.12, rng.choice(("Plutôt le matin", "Par SMS", "Après 17 h"))),
        bank_credit_access=_maybe(rng, 0.3, rng.choice(list(CreditAccess))),
        bank_account_available=_maybe(rng, 0.3, rng.random() < 0.95),
        rqth_declared=_maybe(rng, 0.06, value=True),
        self_employment_right_checked=_maybe(rng, 0.1, rng.choice(list(SelfEmploymentRight))),
    )
    if status in (EmploymentStatus.JOBSEEKER_WITH_BENEFIT, EmploymentStatus.JOBSEEKER_WITHOUT_BENEFIT):
        found.registration_duration = _maybe(rng, 0.85, rng.choices(_DURATIONS, (40, 25, 20, 15))[0])
    for name in _OBSTACLES:
        setattr(found, name, _maybe(rng, 0.25, rng.random() < 0.3))
    return found


def _allowances(rng: Random, status: EmploymentStatus | None) -> tuple[Allowance, ...] | None:
    choices = _BENEFITS.get(status) if status is not None else None
    return rng.choice(choices) if choices else None


def _district(rng: Random, commune: str) -> ZoningState:
    if commune not in DISTRICT_COMMUNES:
        return ZoningState.NO if rng.random() < 0.93 else ZoningState.TO_CHECK
    return rng.choices((ZoningState.YES, ZoningState.NO, ZoningState.TO_CHECK), (38, 44, 18))[0]


def _email(rng: Random, who: Identity) -> str:
    name = f"{fold(who.first_name)}.{fold(who.last_name)}".replace(" ", "-")
    return f"{name}{rng.randint(1, 99)}@exemple.fr"


def _maybe(rng: Random, chance: float, value: T) -> T | None:
    return value if rng.random() < chance else None
