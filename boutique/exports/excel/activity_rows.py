"""What the activity workbook is made from: typed rows that services fill, one dataclass a sheet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from boutique.exports.excel.outreach_rows import MeetingRow, OutreachDayRow, VisitRow
from boutique.models.after_choices import IncomeBand, TurnoverBand
from boutique.models.choices import (
    AgeBand,
    Allowance,
    EducationLevel,
    EmploymentStatus,
    ExitReason,
    Gender,
    InterviewType,
    LegalForm,
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
class WorkshopRow:
    """One session of a workshop; anonymous heads are among `enrolled` and `attended`."""

    held_on: date
    title: str
    module: str
    place: str
    district: str
    hours: float
    capacity: int | None
    enrolled: int
    attended: int
    speaker: str
    rating: float | None

    @property
    def attendance(self) -> float | None:
        return self.attended / self.enrolled if self.enrolled else None


@dataclass(frozen=True, slots=True)
class JourneyRow:
    """A file that moved in the period: an interview, another phase, an end."""

    reference: str
    phase_before: Phase | None
    phase_after: Phase | None
    diagnosis: float | None
    minutes: int
    ended_on: date | None = None
    reason: ExitReason | None = None
    employment_status: EmploymentStatus | None = None


@dataclass(frozen=True, slots=True)
class CreationRow:
    """A business registered in the period. `siren` of a business that bears its owner's name is « connu »."""

    registered_on: date
    reference: str
    siren: str
    legal_form: LegalForm | None
    activity: str
    commune: str
    in_qpv: ZoningState | None
    in_zfrr: bool | None
    takeover: bool | None
    jobs: int | None
    funding: int
    acre: bool
    verified_on: date | None


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """One dated point with the head of a business: expected or made in the period."""

    reference: str
    months: int
    due_on: date
    done_on: date | None
    status: str
    jobs: int | None
    turnover: TurnoverBand | None
    income: IncomeBand | None
    needs: str


@dataclass(frozen=True, slots=True)
class PartnerStatRow:
    """What becomes of the referrals made to a partner, to a type of partners or in a territory."""

    group: str
    label: str
    sent: int
    answered: int
    accepted: int
    refused: int
    silent: int
    median_days: float | None
    refusals: str = ""
    proposed: int = 0
    not_chosen: int = 0
    set_aside: str = ""


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """What changed in a month that was already declared: a figure, or a fact; who did it and why. Never a value of
    somebody's answers, never a name."""

    month: date
    figure: str
    declared: float | None
    now: float | None
    corrected_on: date | None
    author: str
    reference: str
    what: str
    reason: str
    share: bool = False  # the figure goes from 0 to 1


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One month of the chart of the year; None for a month to come."""

    label: str
    this_year: int | None
    last_year: int


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of « Du passage à la création »."""

    label: str
    count: int


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
    workshops: tuple[WorkshopRow, ...] = ()
    outreach: tuple[OutreachDayRow, ...] = ()
    journeys: tuple[JourneyRow, ...] = ()
    creations: tuple[CreationRow, ...] = ()
    follow_ups: tuple[FollowUpRow, ...] = ()
    meetings: tuple[MeetingRow, ...] = ()
    visits: tuple[VisitRow, ...] = ()
    partner_stats: tuple[PartnerStatRow, ...] = ()
    corrections: tuple[CorrectionRow, ...] = ()
    months: tuple[MonthRow, ...] = ()
    funnel: tuple[StepRow, ...] = ()
    profile: tuple[ProfileRow, ...] = ()
    people: int = 0
    checks: tuple[CheckRow, ...] = ()
    filters: tuple[tuple[str, str], ...] = ()
    threshold: int = 5
    comment: str = ""
    names: Mapping[str, str] | None = None  # reference → name; only in the nominative variant
    reason: str = ""  # why names are there
