"""What the activity workbook is made from: typed rows that services fill, one dataclass a sheet."""

from dataclasses import dataclass
from datetime import date, datetime

from boutique.models.choices import (
    AgeBand,
    Allowance,
    EducationLevel,
    EmploymentStatus,
    Gender,
    InterviewType,
    Phase,
    Prescriber,
    ProjectKind,
    ReferralStatus,
    RegistrationDuration,
    Sector,
    ZoningState,
)


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One figure; `recount` names the live formula that must find `month` again from the other sheets."""

    label: str
    code: str
    month: float | None
    previous: float | None = None
    year_to_date: float | None = None
    target: float | None = None
    women: int | None = None
    qpv: int | None = None
    qualified_addresses: int | None = None
    last_year: float | None = None
    comment: str = ""
    definition: str = ""
    percent: bool = False
    recount: str = ""


@dataclass(frozen=True, slots=True)
class InterviewRow:
    """One interview of the period; without a name."""

    held_on: date
    reference: str
    type: InterviewType | None
    minutes: int | None
    on_site: bool | None
    place: str
    counsellor: str
    phase: Phase | None
    new: bool
    attended: bool | None


@dataclass(frozen=True, slots=True)
class NewHolderRow:
    """A person received for the first time in the period; without a name."""

    reference: str
    entered_on: date
    gender: Gender | None
    age_band: AgeBand | None
    employment_status: EmploymentStatus | None
    registration_duration: RegistrationDuration | None
    allowances: tuple[Allowance, ...]
    education_level: EducationLevel | None
    lives_in_qpv: ZoningState | None
    lives_in_zfrr: ZoningState | bool | None
    commune: str
    prescriber: Prescriber | None
    sector: Sector | None
    kind: ProjectKind | None
    complete: bool


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """One referral of the period."""

    made_on: date
    reference: str
    partner_type: str
    partner: str
    reason: str
    rule: str
    consent_on: date | None
    expected_on: date | None
    answered: bool
    status: ReferralStatus


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """Persons of one value of a breakdown; `exclusive` when a person counts in one value only."""

    breakdown: str
    label: str
    count: int
    year_to_date: int | None = None
    exclusive: bool = True


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A check made by the application; zero expected. `blocking` keeps the workbook from being ready."""

    label: str
    count: int
    references: tuple[str, ...] = ()
    blocking: bool = False


@dataclass(frozen=True, slots=True)
class ActivityData:
    """Everything in the workbook of one period."""

    structure: str
    period: str
    start: date
    end: date
    author: str
    version: str
    generated_at: datetime
    indicators: tuple[IndicatorRow, ...] = ()
    interviews: tuple[InterviewRow, ...] = ()
    new_holders: tuple[NewHolderRow, ...] = ()
    referrals: tuple[ReferralRow, ...] = ()
    profile: tuple[ProfileRow, ...] = ()
    people: int = 0
    checks: tuple[CheckRow, ...] = ()
    filters: tuple[tuple[str, str], ...] = ()
    threshold: int = 5
