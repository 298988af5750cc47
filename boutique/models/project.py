"""What people want to create, and the business once it exists: apart from the person, several of each are possible."""

import uuid
from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from boutique.core.conditions import Condition
from boutique.models.after_choices import HolderRole, RegistrationProof
from boutique.models.base import Record, enum_column, foreign_key
from boutique.models.choices import (
    LegalForm,
    PremisesNeed,
    PreviousSupport,
    ProjectKind,
    QualificationStatus,
    Sector,
    TrainingNeed,
    ZoningState,
)
from boutique.models.fields import Kind, Privacy, field

_REGISTERED = (Condition("business.registered", "is_true"),)


def _yes_no(label: str, section: str, help: str = "", *, visible_if: tuple[Condition, ...] = ()) -> Mapped[bool | None]:
    return field(label, section=section, kind=Kind.YES_NO, help=help, counts=False, visible_if=visible_if)


class Project(Record):
    """The project: one sentence, an activity, a kind; the rest is asked when it becomes useful."""

    __tablename__ = "project"

    summary: Mapped[str | None] = field(
        "Le projet en une phrase",
        section="project",
        kind=Kind.TEXT,
        max_length=600,
        help="Des faits, pas de vie privée : la personne peut lire ce texte.",
    )
    naf_code: Mapped[str | None] = field("Activité", section="project", kind=Kind.NAF)
    kind: Mapped[ProjectKind | None] = field("Nature du projet", section="project", choices=ProjectKind)
    sector: Mapped[Sector | None] = field("Famille d’activité", section="project", choices=Sector)
    previous_support: Mapped[PreviousSupport | None] = field(
        "Déjà accompagné par", section="activity", choices=PreviousSupport, counts=False
    )
    idea_clarity: Mapped[int | None] = field(
        "Clarté de l’idée (1 floue, 5 définie)",
        section="activity",
        kind=Kind.INTEGER,
        minimum=1,
        maximum=5,
        counts=False,
    )
    wants_test: Mapped[bool | None] = _yes_no("Souhaite tester avant d’immatriculer", "activity")
    regulated_craft: Mapped[bool | None] = _yes_no("Métier à qualification obligatoire", "activity")
    qualification_status: Mapped[QualificationStatus | None] = field(
        "Qualification exigée",
        section="activity",
        choices=QualificationStatus,
        counts=False,
        visible_if=(Condition("project.regulated_craft", "is_true"),),
    )
    food_handling: Mapped[bool | None] = _yes_no("Denrées alimentaires manipulées", "activity")
    alcohol_sale: Mapped[bool | None] = _yes_no("Vente d’alcool", "activity")
    itinerant_trade: Mapped[bool | None] = _yes_no("Commerce ambulant, marchés", "activity")
    export_planned: Mapped[bool | None] = _yes_no("Export prévu", "activity")
    innovative: Mapped[bool | None] = _yes_no("Innovation technologique ou de modèle", "activity")
    social_utility: Mapped[bool | None] = _yes_no("Utilité sociale ou projet collectif", "activity")
    employing_structure_exists: Mapped[bool | None] = _yes_no("Structure ESS déjà employeuse", "activity")
    takeover_insolvent: Mapped[bool | None] = _yes_no("Reprise d’une entreprise en procédure collective", "activity")
    vehicle_needed: Mapped[bool | None] = _yes_no("Véhicule nécessaire à l’activité", "activity")
    training_need: Mapped[TrainingNeed | None] = field(
        "Besoin de formation", section="activity", choices=TrainingNeed, counts=False
    )
    total_need_eur: Mapped[int | None] = field(
        "Besoin total de financement (€)", section="funding", kind=Kind.EUROS, counts=False
    )
    own_contribution_eur: Mapped[int | None] = field(
        "Apport personnel (€)", section="funding", kind=Kind.EUROS, counts=False
    )
    bank_loan_planned: Mapped[bool | None] = _yes_no("Emprunt bancaire prévu", "funding")
    market_study_done: Mapped[bool | None] = _yes_no("Étude de marché faite", "funding")
    forecast_done: Mapped[bool | None] = _yes_no("Prévisionnel établi", "funding")
    jobs_planned_3y: Mapped[int | None] = field(
        "Emplois prévus à 3 ans, hors dirigeant",
        section="funding",
        kind=Kind.INTEGER,
        maximum=500,
        counts=False,
    )
    commune_code: Mapped[str | None] = field(
        "Commune d’implantation", section="setting", kind=Kind.COMMUNE, counts=False
    )
    located_in_qpv: Mapped[ZoningState | None] = field(
        "Implantation en QPV", section="setting", choices=ZoningState, counts=False
    )
    located_outside_territory: Mapped[bool | None] = _yes_no("Implantation hors du territoire", "setting")
    premises_need: Mapped[PremisesNeed | None] = field(
        "Besoin de local", section="setting", choices=PremisesNeed, counts=False
    )
    legal_form: Mapped[LegalForm | None] = field(
        "Forme juridique envisagée", section="setting", choices=LegalForm, counts=False
    )
    partners_count: Mapped[int | None] = field(
        "Associés, porteur compris", section="setting", kind=Kind.INTEGER, maximum=50, counts=False
    )
    commercial_lease: Mapped[bool | None] = _yes_no("Bail commercial à signer", "setting")
    brand_to_protect: Mapped[bool | None] = _yes_no("Marque ou création à protéger", "setting")
    mandatory_insurance: Mapped[bool | None] = _yes_no(
        "Assurance obligatoire", "setting", "Décennale, RC professionnelle."
    )
    vat_real_regime: Mapped[bool | None] = _yes_no("TVA ou régime réel", "setting")
    ready_to_register: Mapped[bool | None] = _yes_no("Prêt à immatriculer", "setting")


class ProjectMember(Record):
    """Who carries a project; the first holder is the one the file opens with."""

    __tablename__ = "project_member"

    project_id: Mapped[uuid.UUID] = foreign_key("project")
    person_id: Mapped[uuid.UUID] = foreign_key("person")
    main: Mapped[bool] = mapped_column(default=True)
    role: Mapped[HolderRole | None] = mapped_column(enum_column(HolderRole), default=None)


class Business(Record):
    """The business of a project: existing, or created on the way."""

    __tablename__ = "business"

    project_id: Mapped[uuid.UUID] = foreign_key("project")
    registered: Mapped[bool | None] = field(
        "Entreprise immatriculée", section="business", kind=Kind.YES_NO, counts=False
    )
    siren: Mapped[str | None] = field(
        "SIREN",
        section="business",
        kind=Kind.SIREN,
        visible_if=_REGISTERED,
        counts=False,
        privacy=Privacy.CONTACT,
    )
    registered_on: Mapped[date | None] = field(
        "Immatriculée le", section="business", kind=Kind.DATE, past=True, visible_if=_REGISTERED, counts=False
    )
    jobs: Mapped[int | None] = field(
        "Emplois, dirigeant compris",
        section="business",
        kind=Kind.INTEGER,
        maximum=500,
        visible_if=_REGISTERED,
        counts=False,
    )
    employees: Mapped[int | None] = field(
        "Salariés", section="business", kind=Kind.INTEGER, maximum=500, visible_if=_REGISTERED, counts=False
    )
    revenue_ytd_eur: Mapped[int | None] = field(
        "Chiffre d’affaires de l’année (€)",
        section="business",
        kind=Kind.EUROS,
        visible_if=_REGISTERED,
        counts=False,
    )
    unpaid_social_or_tax: Mapped[bool | None] = _yes_no(
        "Dettes sociales ou fiscales", "business", visible_if=_REGISTERED
    )
    payment_default: Mapped[bool | None] = _yes_no(
        "Ne peut plus payer ses dettes exigibles", "business", visible_if=_REGISTERED
    )
    income_below_need: Mapped[bool | None] = _yes_no(
        "Revenu insuffisant pour vivre", "business", visible_if=_REGISTERED
    )
    liquidated: Mapped[bool | None] = field("Entreprise liquidée", section="business", kind=Kind.YES_NO, counts=False)
    # Asked in « Création et suivi » only: the sheet of the file keeps the questions that the rules ask.
    siret: Mapped[str | None] = field(
        "SIRET du siège", section="creation", kind=Kind.SIRET, counts=False, privacy=Privacy.CONTACT
    )
    name: Mapped[str | None] = field(
        "Nom de l’entreprise", section="creation", kind=Kind.TEXT, counts=False, privacy=Privacy.CONTACT
    )
    legal_form: Mapped[LegalForm | None] = field("Forme juridique", section="creation", choices=LegalForm, counts=False)
    naf_code: Mapped[str | None] = field("Activité exercée", section="creation", kind=Kind.NAF, counts=False)
    commune_code: Mapped[str | None] = field(
        "Commune d’implantation", section="creation", kind=Kind.COMMUNE, counts=False
    )
    located_in_qpv: Mapped[ZoningState | None] = field(
        "Implantation en QPV", section="creation", choices=ZoningState, counts=False
    )
    jobs_kept: Mapped[int | None] = field(
        "Emplois repris ou maintenus",
        section="creation",
        kind=Kind.INTEGER,
        maximum=500,
        counts=False,
        help="Pour une reprise : les emplois qui existaient et qui restent.",
    )
    proof: Mapped[RegistrationProof | None] = field(
        "Vérification", section="creation", choices=RegistrationProof, counts=False
    )
    verified_on: Mapped[date | None] = field("Vérifiée le", section="creation", kind=Kind.DATE, past=True, counts=False)
    ceased_on: Mapped[date | None] = field(
        "Cessée le",
        section="creation",
        kind=Kind.DATE,
        past=True,
        counts=False,
        help="Seulement si elle n’existe plus.",
    )
