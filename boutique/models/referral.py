"""Orientation: a need, the partners that may answer it, the referral and what became of it."""

import uuid
from datetime import date

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from boutique.models.base import Record, enum_column, foreign_key
from boutique.models.choices import ConsentMode, Public, ReferralStatus, SharedData, TerritoryLevel
from boutique.models.fields import Kind, Privacy, field
from boutique.models.types import ChoiceList, Codes


class Partner(Record):
    """A structure to refer to: an institution, or one of its branches (`parent_id`)."""

    __tablename__ = "partner"

    name: Mapped[str] = field(
        "Nom", section="partner", kind=Kind.TEXT, max_length=200, required=True, privacy=Privacy.NONE
    )
    type_code: Mapped[str | None] = field(
        "Type", section="partner", kind=Kind.TEXT, max_length=40, required=True, privacy=Privacy.NONE
    )
    siret: Mapped[str | None] = field("SIRET", section="partner", kind=Kind.SIRET, privacy=Privacy.NONE)
    internal: Mapped[bool | None] = field(
        "Interne à notre structure", section="partner", kind=Kind.YES_NO, privacy=Privacy.NONE
    )
    parent_id: Mapped[uuid.UUID | None] = foreign_key("partner", nullable=True)
    address: Mapped[str | None] = field(
        "Adresse", section="place", kind=Kind.TEXT, max_length=300, privacy=Privacy.NONE
    )
    commune_code: Mapped[str | None] = field("Commune", section="place", kind=Kind.COMMUNE, privacy=Privacy.NONE)
    phone: Mapped[str | None] = field("Téléphone", section="place", kind=Kind.PHONE, privacy=Privacy.NONE)
    email: Mapped[str | None] = field("E-mail", section="place", kind=Kind.EMAIL, privacy=Privacy.NONE)
    website: Mapped[str | None] = field(
        "Site internet", section="place", kind=Kind.TEXT, max_length=300, privacy=Privacy.NONE
    )
    access: Mapped[str | None] = field(
        "Comment la joindre ou s’y rendre", section="place", kind=Kind.TEXT, max_length=300, privacy=Privacy.NONE
    )
    territory_level: Mapped[TerritoryLevel | None] = field(
        "Territoire couvert", section="coverage", choices=TerritoryLevel, privacy=Privacy.NONE
    )
    themes: Mapped[tuple[str, ...] | None] = field("Thèmes", section="coverage", kind=Kind.CODES, privacy=Privacy.NONE)
    publics: Mapped[tuple[Public, ...] | None] = field(
        "Publics", section="coverage", choices=Public, many=True, privacy=Privacy.NONE
    )
    eligibility: Mapped[str | None] = field(
        "Conditions d’accès", section="coverage", kind=Kind.TEXT, max_length=500, privacy=Privacy.NONE
    )
    cost: Mapped[str | None] = field(
        "Coût pour la personne", section="coverage", kind=Kind.TEXT, max_length=200, privacy=Privacy.NONE
    )
    opening: Mapped[str | None] = field(
        "Accueil et horaires", section="coverage", kind=Kind.TEXT, max_length=300, privacy=Privacy.NONE
    )
    verified_on: Mapped[date | None] = field(
        "Vérifiée le", section="source", kind=Kind.DATE, past=True, privacy=Privacy.NONE
    )
    source: Mapped[str | None] = field("Source", section="source", kind=Kind.TEXT, max_length=160, privacy=Privacy.NONE)
    review_months: Mapped[int | None] = field(
        "À revérifier après (mois)", section="source", kind=Kind.INTEGER, minimum=1, maximum=16, privacy=Privacy.NONE,
        help="De 1 à 16 mois ; douze si rien n’est dit.",
    )  # fmt: skip
    legal_basis: Mapped[str | None] = field(
        "Base légale de l’inscription", section="source", kind=Kind.TEXT, max_length=200, privacy=Privacy.NONE
    )
    archived_on: Mapped[date | None] = mapped_column(default=None)
    external_id: Mapped[str | None] = mapped_column(String(80), default=None, index=True)
    name_key: Mapped[str] = mapped_column(String(200), default="", index=True)

    __table_args__ = (Index("ix_partner_type_code", "type_code"),)


class PartnerTerritory(Record):
    """One territory a partner covers, by its official code ("" for the whole country)."""

    __tablename__ = "partner_territory"

    partner_id: Mapped[uuid.UUID] = foreign_key("partner")
    level: Mapped[TerritoryLevel] = mapped_column(enum_column(TerritoryLevel))
    code: Mapped[str] = mapped_column(String(9))

    # Covers « who covers this commune »: the structures are found without reading the territories.
    __table_args__ = (Index("ix_partner_territory_covers", "level", "code", "partner_id"),)


class Need(Record):
    """What a person needs: a subject of the list in `resources/lists/needs.toml`."""

    __tablename__ = "need"

    case_id: Mapped[uuid.UUID] = foreign_key("accompaniment")
    subject_code: Mapped[str] = mapped_column(String(60))
    raised_on: Mapped[date]
    met_on: Mapped[date | None] = mapped_column(default=None)


class Referral(Record):
    """One person sent to one partner for one reason, with the agreement that allows it."""

    __tablename__ = "referral"

    reference: Mapped[str] = mapped_column(String(16), unique=True)
    case_id: Mapped[uuid.UUID] = foreign_key("accompaniment")
    need_id: Mapped[uuid.UUID | None] = foreign_key("need", nullable=True)
    partner_id: Mapped[uuid.UUID] = foreign_key("partner")
    contact_id: Mapped[uuid.UUID | None] = foreign_key("partner_contact", nullable=True)
    counsellor_id: Mapped[uuid.UUID | None] = foreign_key("counsellor", nullable=True)
    site_id: Mapped[uuid.UUID | None] = foreign_key("site", nullable=True)
    made_on: Mapped[date]
    reason: Mapped[str] = field("Pourquoi ce partenaire", section="referral", kind=Kind.LONG_TEXT, max_length=1000)
    expectation: Mapped[str | None] = field(
        "Ce que nous attendons", section="referral", kind=Kind.LONG_TEXT, max_length=1000
    )
    shared: Mapped[tuple[SharedData, ...]] = mapped_column(ChoiceList(SharedData))
    consent_on: Mapped[date | None] = mapped_column(default=None)
    consent_mode: Mapped[ConsentMode | None] = mapped_column(enum_column(ConsentMode), default=None)
    consent_version: Mapped[str | None] = mapped_column(String(10), default=None)
    status: Mapped[ReferralStatus] = mapped_column(enum_column(ReferralStatus), default=ReferralStatus.PREPARED)
    expected_on: Mapped[date | None] = mapped_column(default=None)
    answered_on: Mapped[date | None] = mapped_column(default=None)
    rules: Mapped[tuple[str, ...]] = mapped_column(Codes(400), default=())
    rules_version: Mapped[str] = mapped_column(String(20), default="")
    # Chosen although nothing proposed it, or against a rule: a coded reason, and words that no partner reads.
    override_code: Mapped[str | None] = mapped_column(String(40), default=None)
    override_note: Mapped[str | None] = field(
        "Pourquoi malgré les propositions", section="referral", kind=Kind.TEXT, max_length=300
    )

    # What the activity counts, and what still waits for an answer.
    __table_args__ = (
        Index("ix_referral_activity", "made_on", "status", "case_id", "answered_on", "expected_on"),
        Index("ix_referral_status", "status"),
        # How each structure answered, asked for at each list of proposals.
        Index("ix_referral_answers", "partner_id", "status", "made_on", "answered_on"),
    )


class ReferralEvent(Record):
    """A dated event in the life of a referral: a status, a reminder, an answer."""

    __tablename__ = "referral_event"

    referral_id: Mapped[uuid.UUID] = foreign_key("referral")
    happened_on: Mapped[date]
    status: Mapped[ReferralStatus | None] = mapped_column(enum_column(ReferralStatus), default=None)
    refusal_code: Mapped[str | None] = mapped_column(String(40), default=None)
    note: Mapped[str | None] = mapped_column(String(1000), default=None)
    reminder: Mapped[bool] = mapped_column(default=False)
    author_id: Mapped[uuid.UUID | None] = foreign_key("counsellor", nullable=True)

    # Covers « silent since when, reminded when », asked for every referral at each start.
    __table_args__ = (Index("ix_referral_event_wait", "referral_id", "status", "reminder", "happened_on"),)
