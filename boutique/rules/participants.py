"""FSE+ participants: what is asked at entry, at the end and six months later, and what is still missing.

Source: domain reference `fse_participant_fields.csv` (DOMAIN § 5.2), several of its lines « à vérifier » against the
agreement. What is « hors application » there (origin, housing) is asked by the operation's own form, never held here.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from boutique.models.choices import Allowance, EducationLevel, EmploymentStatus, ExitReason, Gender, Prescriber
from boutique.models.choices import RegistrationDuration as Duration
from boutique.models.programme_choices import Improvement
from boutique.rules.period import same_day

AFTER_MONTHS = 6
JOBSEEKERS = (EmploymentStatus.JOBSEEKER_WITH_BENEFIT, EmploymentStatus.JOBSEEKER_WITHOUT_BENEFIT)
EMPLOYED = (
    EmploymentStatus.EMPLOYEE_PERMANENT_FULL_TIME,
    EmploymentStatus.EMPLOYEE_PART_TIME,
    EmploymentStatus.EMPLOYEE_FIXED_TERM,
    EmploymentStatus.EMPLOYEE_TAKING_OVER_INSOLVENT_EMPLOYER,
    EmploymentStatus.EMPLOYEE_RESIGNING_FOR_PROJECT,
    EmploymentStatus.SELF_EMPLOYED,
    EmploymentStatus.COMPANY_DIRECTOR,
)
MINIMUM_INCOMES = (
    Allowance.ACTIVE_SOLIDARITY_INCOME,
    Allowance.ACTIVE_SOLIDARITY_INCOME_INCREASED,
    Allowance.SPECIFIC_SOLIDARITY_ALLOWANCE,
    Allowance.DISABLED_ADULT_ALLOWANCE,
)


class Moment(Enum):
    """When something is asked of a participant."""

    ENTRY = "entrée"
    EXIT = "sortie"
    SIX_MONTHS = "six mois"


@dataclass(frozen=True, slots=True)
class Participant:
    """Everything that is asked of one participant; None is not known. `siren` goes with a business created."""

    last_name: str
    first_name: str
    birth_date: date | None
    gender: Gender | None
    commune_code: str | None
    phone: str | None
    email: str | None
    entered_on: date
    employment_status: EmploymentStatus | None
    registration_duration: Duration | None
    in_training: bool | None
    education_level: EducationLevel | None
    disability: bool | None  # only with the written agreement of the person
    allowances: tuple[Allowance, ...] | None
    prescriber: Prescriber | None
    ended_on: date | None
    exit_reason: ExitReason | None
    exit_status: EmploymentStatus | None
    business_created: bool | None
    siren: str | None
    qualification_obtained: bool | None
    training_entered: bool | None
    status_after: EmploymentStatus | None
    improved: Improvement | None
    unreachable: bool | None

    @property
    def contact(self) -> str | None:
        return self.phone or self.email

    @property
    def due_on(self) -> date | None:
        """When the situation six months after the end is asked; None while the file is open."""
        return None if self.ended_on is None else same_day(self.ended_on, AFTER_MONTHS)


@dataclass(frozen=True, slots=True)
class Missing:
    """One answer that the agreement requires and nobody gave yet."""

    moment: Moment
    label: str
    of_person: bool = False  # in the file itself, not in the participation


def missing(who: Participant, on: date) -> tuple[Missing, ...]:
    """What is required on a day and not known, in the order in which it is asked."""
    found = [*_entry(who)]
    if who.ended_on is not None:
        found += _exit(who)
    if who.due_on is not None and who.due_on <= on:
        found += _after(who)
    return tuple(found)


def _entry(who: Participant) -> list[Missing]:
    person = {
        "Naissance": who.birth_date,
        "Sexe (femme ou homme)": who.gender if who.gender is not Gender.NOT_SAID else None,
        "Commune": who.commune_code,
        "Téléphone ou e-mail": who.contact,
    }
    entry: dict[str, object] = {
        "Situation à l’entrée": who.employment_status,
        "En formation ou études": who.in_training,
        "Niveau de formation": who.education_level,
    }
    if who.employment_status in JOBSEEKERS:
        entry["Durée de recherche d’emploi"] = who.registration_duration
    return [
        *(Missing(Moment.ENTRY, label, of_person=True) for label, value in person.items() if value is None),
        *(Missing(Moment.ENTRY, label) for label, value in entry.items() if value is None),
    ]


def _exit(who: Participant) -> list[Missing]:
    asked: dict[str, object] = {
        "Motif de sortie": who.exit_reason,
        "Situation à la sortie": who.exit_status,
        "Entreprise créée ou reprise": who.business_created,
        "Qualification obtenue": who.qualification_obtained,
        "Entrée en formation": who.training_entered,
    }
    if who.business_created:
        asked["SIREN de l’entreprise"] = who.siren
    return [Missing(Moment.EXIT, label, of_person=True) for label, value in asked.items() if value is None]


def _after(who: Participant) -> list[Missing]:
    """Somebody nobody could reach, after two reminders, is complete: unreachable is not « without a job »."""
    if who.unreachable:
        return []
    asked: dict[str, object] = {"Situation à six mois": who.status_after}
    if who.employment_status in EMPLOYED:
        asked["Situation améliorée"] = who.improved
    return [Missing(Moment.SIX_MONTHS, label) for label, value in asked.items() if value is None]
