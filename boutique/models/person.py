"""The project holder: identity, contact, situation. Two required inputs, everything else may wait."""

from datetime import date

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from boutique.core.conditions import Condition
from boutique.models.base import Record
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
from boutique.models.fields import Kind, Privacy, field

_JOBSEEKERS = (EmploymentStatus.JOBSEEKER_WITH_BENEFIT, EmploymentStatus.JOBSEEKER_WITHOUT_BENEFIT)
_WITHOUT_JOB = (
    *_JOBSEEKERS,
    EmploymentStatus.ON_PARENTAL_LEAVE,
    EmploymentStatus.NOT_WORKING_NOT_REGISTERED,
    EmploymentStatus.EMPLOYEE_PART_TIME,
    EmploymentStatus.SELF_EMPLOYED,
    EmploymentStatus.OTHER,
)
_STATUS = "holder.employment_status"


class Person(Record):
    """A project holder. E-mail and phone are never unique: couples share them."""

    __tablename__ = "person"
    __prefix__ = "holder"

    first_name: Mapped[str] = field(
        "Prénom", section="who", kind=Kind.TEXT, max_length=200, required=True, privacy=Privacy.IDENTITY
    )
    last_name: Mapped[str] = field(
        "Nom", section="who", kind=Kind.TEXT, max_length=200, required=True, privacy=Privacy.IDENTITY
    )
    birth_date: Mapped[date | None] = field(
        "Naissance",
        section="who",
        kind=Kind.DATE,
        past=True,
        privacy=Privacy.IDENTITY,
        help="Sert à calculer l’âge.",
    )
    phone: Mapped[str | None] = field("Téléphone", section="who", kind=Kind.PHONE, privacy=Privacy.CONTACT)
    email: Mapped[str | None] = field("E-mail", section="who", kind=Kind.EMAIL, privacy=Privacy.CONTACT)
    gender: Mapped[Gender | None] = field("Sexe", section="who", choices=Gender)
    commune_code: Mapped[str | None] = field("Commune", section="situation", kind=Kind.COMMUNE, privacy=Privacy.CONTACT)
    employment_status: Mapped[EmploymentStatus | None] = field("Emploi", section="situation", choices=EmploymentStatus)
    registration_duration: Mapped[RegistrationDuration | None] = field(
        "Inscrit·e depuis",
        section="situation",
        choices=RegistrationDuration,
        visible_if=(Condition(_STATUS, "in", _JOBSEEKERS),),
    )
    allowances: Mapped[tuple[Allowance, ...] | None] = field(
        "Allocations",
        section="situation",
        choices=Allowance,
        many=True,
        visible_if=(Condition(_STATUS, "in", _WITHOUT_JOB),),
    )
    lives_in_qpv: Mapped[ZoningState | None] = field(
        "QPV",
        section="situation",
        choices=ZoningState,
        help="Quartier prioritaire de la politique de la ville, à vérifier à l’adresse.",
    )
    mobility_obstacle: Mapped[bool | None] = field(
        "Frein de mobilité",
        section="situation",
        kind=Kind.YES_NO,
        help="Ni permis, ni véhicule, ni transport pour le projet.",
    )
    address: Mapped[str | None] = field(
        "Adresse",
        section="more",
        kind=Kind.TEXT,
        privacy=Privacy.CONTACT,
        counts=False,
        help="Seulement pour contrôler le QPV ; effaçable ensuite.",
    )
    contact_preference: Mapped[str | None] = field(
        "Préférence de contact",
        section="more",
        kind=Kind.TEXT,
        counts=False,
        max_length=120,
        privacy=Privacy.CONTACT,
        help="Par exemple : plutôt le matin.",
    )
    education_level: Mapped[EducationLevel | None] = field(
        "Niveau de formation", section="more", choices=EducationLevel
    )
    digital_obstacle: Mapped[bool | None] = field("Frein numérique", section="more", kind=Kind.YES_NO, counts=False)
    childcare_obstacle: Mapped[bool | None] = field(
        "Frein de garde d’enfant", section="more", kind=Kind.YES_NO, counts=False
    )
    french_support_needed: Mapped[bool | None] = field(
        "Appui en français souhaité", section="more", kind=Kind.YES_NO, counts=False
    )
    rqth_declared: Mapped[bool | None] = field(
        "RQTH déclarée",
        section="more",
        kind=Kind.YES_NO,
        privacy=Privacy.SENSITIVE,
        counts=False,
        help="À l’initiative de la personne, avec son accord écrit ; jamais la nature du handicap.",
    )
    self_employment_right_checked: Mapped[SelfEmploymentRight | None] = field(
        "Droit d’exercer une activité non salariée", section="more", choices=SelfEmploymentRight, counts=False
    )
    bank_credit_access: Mapped[CreditAccess | None] = field(
        "Accès au crédit bancaire", section="money", choices=CreditAccess, counts=False
    )
    bank_account_available: Mapped[bool | None] = field(
        "Compte bancaire disponible", section="money", kind=Kind.YES_NO, counts=False
    )
    personal_debt_problem: Mapped[bool | None] = field(
        "Dettes personnelles signalées", section="money", kind=Kind.YES_NO, counts=False
    )
    benefit_simulation_done: Mapped[bool | None] = field(
        "Arbitrage Arce ou maintien de l’ARE fait",
        section="money",
        kind=Kind.YES_NO,
        counts=False,
        visible_if=(
            Condition(
                "holder.allowances",
                "contains_any",
                (Allowance.UNEMPLOYMENT_BENEFIT, Allowance.JOB_SECURITY_ALLOWANCE),
            ),
        ),
    )
    acre_last_end_months: Mapped[int | None] = field(
        "Mois depuis la fin d’une Acre précédente",
        section="money",
        kind=Kind.INTEGER,
        maximum=600,
        counts=False,
    )
    spouse_agreement_needed: Mapped[bool | None] = field(
        "Conjoint ou patrimoine à protéger", section="money", kind=Kind.YES_NO, counts=False
    )
    network_isolated: Mapped[bool | None] = field(
        "Isolement professionnel exprimé", section="around", kind=Kind.YES_NO, counts=False
    )
    social_difficulty_expressed: Mapped[bool | None] = field(
        "Difficulté sociale exprimée", section="around", kind=Kind.YES_NO, counts=False
    )

    # Computed at each save by the storage layer: what search and duplicate detection compare.
    name_key: Mapped[str] = mapped_column(String(420), default="", index=True)
    phone_key: Mapped[str] = mapped_column(String(40), default="", index=True)
    email_key: Mapped[str] = mapped_column(String(254), default="", index=True)
    sound_key: Mapped[str] = mapped_column(String(80), default="", index=True)

    __table_args__ = (
        Index("ix_person_birth_date", "birth_date"),
        # Covers the profile that figures break everybody down by.
        Index(
            "ix_person_profile",
            "gender",
            "birth_date",
            "employment_status",
            "registration_duration",
            "education_level",
            "allowances",
            "lives_in_qpv",
            "commune_code",
        ),
    )

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"
