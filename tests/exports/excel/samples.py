"""A month of activity, small enough to be counted by hand."""

from datetime import date, datetime

from boutique.exports.excel.activity_rows import (
    ActivityData,
    CheckRow,
    CreationRow,
    FollowUpRow,
    IndicatorRow,
    InterviewRow,
    JourneyRow,
    MonthRow,
    NewHolderRow,
    ProfileRow,
    ReferralRow,
    StepRow,
    WorkshopRow,
)
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
from boutique.models.outreach_choices import OutreachState

MADE_AT = datetime(2026, 12, 1, 9, 30)  # noqa: DTZ001 - a local instant, as the workbook shows it


def _interview(day: int, reference: str, minutes: int, *, new: bool = False, came: bool = True) -> InterviewRow:
    return InterviewRow(
        date(2026, 11, day), reference, InterviewType.COACHING_INTERVIEW, minutes, True, "Frévent", "NB",
        Phase.MARKET_STUDY, new, came,
    )  # fmt: skip


def _holder(reference: str, *, complete: bool = True) -> NewHolderRow:
    return NewHolderRow(
        reference, date(2026, 11, 3), Gender.FEMALE, AgeBand.AGE_30_44, EmploymentStatus.JOBSEEKER_WITH_BENEFIT,
        RegistrationDuration.LT_6_MONTHS, (Allowance.UNEMPLOYMENT_BENEFIT, Allowance.ACTIVITY_BONUS),
        EducationLevel.LEVEL_3, ZoningState.TO_CHECK, ZoningState.YES, "Frévent", Prescriber.FRANCE_TRAVAIL,
        Sector.CRAFT, ProjectKind.CREATION, complete,
    )  # fmt: skip


def _referral(day: int, reference: str, *, consent: bool, answered: bool) -> ReferralRow:
    return ReferralRow(
        date(2026, 11, day), reference, "Chambre de métiers", "CMA Hauts-de-France", "Qualification à vérifier. " * 9,
        "R012", date(2026, 11, day) if consent else None, date(2026, 12, 4), answered, ReferralStatus.SENT,
    )  # fmt: skip


def _permanence(day: int, *, received: int = 0, cancelled: bool = False) -> OutreachDayRow:
    return OutreachDayRow(
        date(2026, 11, day), "Frévent", "62361", "", ZoningState.NO, "Mairie", "09:00", "12:30", "Nadia B.", received,
        2, not cancelled, cancelled, "", OutreachState.CANCELLED if cancelled else OutreachState.HELD, "",
    )  # fmt: skip


ACTIVITY = ActivityData(
    structure="Boutique de l’initiative du Ternois",
    period="novembre 2026",
    start=date(2026, 11, 1),
    end=date(2026, 11, 30),
    author="Nadia B.",
    version="0.1.0",
    generated_at=MADE_AT,
    filters=(("Lieu", "Tous les lieux"),),
    indicators=(
        IndicatorRow("Nouveaux porteurs du mois", "INT_NOUVEAUX", 2, 5, 31, 60, 2, 1, 4, 4, "Mois court",
                     "Premier entretien individuel dans le mois", recount="new_holders"),
        IndicatorRow("Entretiens réalisés", "INT_ENTRETIENS", 4, 6, 55, None, recount="interviews"),
        IndicatorRow("Heures d’accompagnement", "INT_HEURES", 3.25, recount="interview_hours"),
        IndicatorRow("Taux d’absence", "INT_ABSENCES", 0.2, percent=True),
        IndicatorRow("Absences", "ABSENCES", 1, recount="absences"),
        IndicatorRow("Orientations", "EPCI_ORIENTATIONS", 2, recount="referrals"),
        IndicatorRow("Retours reçus", "RETOURS", 1, recount="referrals_answered"),
        IndicatorRow("Premiers entretiens", "PREMIERS", 2, recount="first_interviews"),
    ),
    interviews=(
        _interview(3, "D-2026-0001", 60, new=True),
        _interview(10, "D-2026-0002", 45, new=True),
        _interview(12, "D-2026-0001", 45),
        _interview(20, "D-2026-0002", 30, came=False),
        _interview(30, "D-2026-0003", 45),
    ),
    new_holders=(_holder("D-2026-0001"), _holder("D-2026-0002", complete=False)),
    referrals=(
        _referral(12, "D-2026-0001", consent=True, answered=True),
        _referral(13, "D-2026-0003", consent=False, answered=False),
    ),
    workshops=(
        WorkshopRow(date(2026, 11, 5), "Étudier son marché", "Marché", "Frévent", "oui", 6, 12, 8, 6, "CCI", 4.25),
        WorkshopRow(date(2026, 11, 19), "Vendre en ligne", "Numérique", "Saint-Pol", "", 3, None, 0, 0, "", None),
    ),
    outreach=(_permanence(4, received=3), _permanence(18, cancelled=True)),
    journeys=(
        JourneyRow("D-2026-0001", None, Phase.MARKET_STUDY, None, 105),
        JourneyRow("D-2025-0031", Phase.FINANCING, Phase.POST_CREATION, 3.4, 900, date(2026, 11, 27),
                   ExitReason.CREATION, EmploymentStatus.SELF_EMPLOYED),
    ),
    creations=(
        CreationRow(date(2026, 11, 20), "D-2025-0031", "732829320", LegalForm.SIMPLIFIED_JOINT_STOCK_COMPANY,
                    "I — Hébergement et restauration", "Frévent", ZoningState.NO, True, False, 2, 18_000, True,
                    date(2026, 11, 24)),
    ),
    follow_ups=(
        FollowUpRow("D-2025-0004", 12, date(2026, 11, 9), date(2026, 11, 12), "active", 2, TurnoverBand.FROM_30K,
                    IncomeBand.FROM_1000, "Trouver des clients"),
        FollowUpRow("D-2025-0009", 6, date(2026, 11, 21), None, "à faire", None, None, None, ""),
    ),
    meetings=(
        MeetingRow(date(2026, 11, 17), "CCI Artois", "Chambre de commerce", "Permanence commune", "En mars", None,
                   False, "Nadia B.", ""),
    ),
    visits=(
        VisitRow(date(2026, 11, 18), "Fournil Lépine", "732829320", "Frévent", "62361", "Boulangerie", None, None,
                 ("Local", "Recrutement"), "", 0, None, "Nadia B.", True, ""),
    ),
    months=tuple(MonthRow(f"Mois {rank}", 10 + rank if rank < 12 else None, 20 - rank) for rank in range(1, 13)),
    funnel=(StepRow("Passages", 90), StepRow("Dossiers", 60), StepRow("Créations", 4)),
    profile=(
        ProfileRow("Sexe", "Femme", 7, 20),
        ProfileRow("Sexe", "Homme", 5, 18),
        ProfileRow("Âge", "18 à 25 ans révolus", 2, 6),
        ProfileRow("Âge", "30 à 44 ans", 10, 30),
        ProfileRow("Âge", "45 à 49 ans", 0, 2),
        ProfileRow("Allocations", "ARE", 6, 9, exclusive=False),
        ProfileRow("Allocations", "RSA", 6, 9, exclusive=False),
    ),
    people=12,
    checks=(CheckRow("Doublons possibles", 2, ("D-2026-0001", "D-2026-0003")), CheckRow("Échéances RGPD", 0)),
)  # fmt: skip
