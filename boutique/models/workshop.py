"""Workshops: the catalogue of modules, their sessions by half-days, who is enrolled and who came. For Ateliers."""

import uuid
from datetime import date
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from boutique.core.conditions import Condition
from boutique.models.base import Record, enum_column, foreign_key
from boutique.models.choices import Gender, Prescriber, ZoningState
from boutique.models.fields import Kind, Privacy, field
from boutique.models.workshop_choices import EnrolmentState, WorkshopLevel, WorkshopState, WorkshopTheme

_NONE = Privacy.NONE
MOST_PLACES = 500


class WorkshopModule(Record):
    """One line of the catalogue: what is offered again and again (DOMAIN § 7.2). Archived rather than deleted."""

    __tablename__ = "workshop_module"
    __prefix__ = "module"

    title: Mapped[str] = field(
        "Titre du module", section="module", kind=Kind.TEXT, max_length=120, required=True, privacy=_NONE
    )
    theme: Mapped[WorkshopTheme | None] = field(
        "Thème", section="module", choices=WorkshopTheme, required=True, privacy=_NONE
    )
    level: Mapped[WorkshopLevel | None] = field("Niveau", section="module", choices=WorkshopLevel, privacy=_NONE)
    minutes: Mapped[int] = field(
        "Durée (minutes)",
        section="module",
        kind=Kind.INTEGER,
        minimum=30,
        maximum=480,
        required=True,
        privacy=_NONE,
        help="Durée habituelle d’une demi-journée : 180 minutes le plus souvent.",
    )
    capacity: Mapped[int] = field(
        "Places", section="module", kind=Kind.INTEGER, minimum=1, maximum=MOST_PLACES, required=True, privacy=_NONE
    )
    minimum: Mapped[int | None] = field(
        "Minimum",
        section="module",
        kind=Kind.INTEGER,
        minimum=1,
        maximum=MOST_PLACES,
        privacy=_NONE,
        help="Pour tenir la séance. En dessous, Boutique le signale : c’est vous qui décidez.",
    )
    waiting_list: Mapped[bool | None] = field(
        "Liste d’attente",
        section="module",
        kind=Kind.YES_NO,
        privacy=_NONE,
        help="Séance complète : la personne suivante attend qu’une place se libère.",
    )
    audience: Mapped[str | None] = field(
        "Public", section="content", kind=Kind.TEXT, max_length=200, privacy=_NONE, help="À qui il s’adresse."
    )
    prerequisites: Mapped[str | None] = field(
        "Prérequis", section="content", kind=Kind.TEXT, max_length=300, privacy=_NONE
    )
    objectives: Mapped[str | None] = field(
        "Objectifs", section="content", kind=Kind.LONG_TEXT, max_length=1500, privacy=_NONE
    )
    origin: Mapped[str | None] = field(
        "Origine",
        section="content",
        kind=Kind.TEXT,
        max_length=120,
        privacy=_NONE,
        help="Le programme dont le module est repris : Boutic, par exemple.",
    )
    programme_id: Mapped[uuid.UUID | None] = foreign_key("programme", nullable=True)
    archived_on: Mapped[date | None] = mapped_column(default=None)


class Workshop(Record):
    """One session of a module: one or several half-days at a place. `starts_on` is the day of the first of them."""

    __tablename__ = "workshop"

    module_id: Mapped[uuid.UUID] = foreign_key("workshop_module")
    site_id: Mapped[uuid.UUID | None] = foreign_key("site", nullable=True)
    counsellor_id: Mapped[uuid.UUID | None] = foreign_key("counsellor", nullable=True)
    programme_id: Mapped[uuid.UUID | None] = foreign_key("programme", nullable=True)  # that of the module, or another
    starts_on: Mapped[date] = mapped_column(index=True)  # kept in step by the service that saves the half-days
    title: Mapped[str] = field("Titre", section="session", kind=Kind.TEXT, max_length=120, required=True, privacy=_NONE)
    capacity: Mapped[int] = field(
        "Places", section="session", kind=Kind.INTEGER, minimum=1, maximum=MOST_PLACES, required=True, privacy=_NONE
    )
    speaker: Mapped[str | None] = field(
        "Intervenant et structure", section="session", kind=Kind.TEXT, max_length=120, privacy=_NONE
    )
    place: Mapped[str | None] = field(
        "Salle ou adresse",
        section="place",
        kind=Kind.TEXT,
        max_length=200,
        privacy=_NONE,
        help="Si la séance n’a pas lieu dans les murs.",
    )
    commune_code: Mapped[str | None] = field("Commune", section="place", kind=Kind.COMMUNE, privacy=_NONE)
    in_qpv: Mapped[ZoningState | None] = field(
        "Lieu en QPV",
        section="place",
        choices=ZoningState,
        privacy=_NONE,
        help="Le quartier du lieu de la séance, pas celui des personnes.",
    )
    qpv: Mapped[str | None] = field(
        "Quartier (QPV)",
        section="place",
        kind=Kind.TEXT,
        max_length=80,
        privacy=_NONE,
        visible_if=(Condition("workshop.in_qpv", "in", (ZoningState.YES,)),),
        help="Son nom ou son code.",
    )
    state: Mapped[WorkshopState] = mapped_column(enum_column(WorkshopState), default=WorkshopState.PLANNED)
    cancel_reason: Mapped[str | None] = mapped_column(String(200), default=None)
    summary: Mapped[str | None] = field(
        "Synthèse de la séance",
        section="after",
        kind=Kind.LONG_TEXT,
        max_length=4000,
        privacy=_NONE,
        help="Ce qui s’est dit, sans nom : elle part aux participants et aux financeurs.",
    )
    summary_sent_on: Mapped[date | None] = field(
        "Synthèse envoyée le", section="after", kind=Kind.DATE, past=True, privacy=_NONE
    )
    # How many answered 1, 2, 3, 4 and 5; or only the average that somebody else worked out, in hundredths.
    ratings: Mapped[list[Any] | None] = mapped_column(JSON, default=None)
    rating_hundredths: Mapped[int | None] = mapped_column(default=None)


class WorkshopHalfDay(Record):
    """A half-day of a session. Minutes of the day on the wall clock, as for a permanence."""

    __tablename__ = "workshop_half_day"

    workshop_id: Mapped[uuid.UUID] = foreign_key("workshop")
    held_on: Mapped[date] = mapped_column(index=True)
    starts_at: Mapped[int]
    ends_at: Mapped[int]


class Enrolment(Record):
    """Somebody enrolled: a person with a file, or a name that is not one yet. The order of the keys is that of arrival.

    Once there is a file the name is that of the person: the one typed here goes.
    """

    __tablename__ = "enrolment"

    workshop_id: Mapped[uuid.UUID] = foreign_key("workshop")
    person_id: Mapped[uuid.UUID | None] = foreign_key("person", nullable=True)
    case_id: Mapped[uuid.UUID | None] = foreign_key("accompaniment", nullable=True)
    first_name: Mapped[str | None] = field(
        "Prénom", section="who", kind=Kind.TEXT, max_length=200, required=True, privacy=Privacy.IDENTITY
    )
    last_name: Mapped[str | None] = field(
        "Nom", section="who", kind=Kind.TEXT, max_length=200, required=True, privacy=Privacy.IDENTITY
    )
    commune_code: Mapped[str | None] = field("Commune", section="who", kind=Kind.COMMUNE, privacy=Privacy.CONTACT)
    phone: Mapped[str | None] = field("Téléphone", section="who", kind=Kind.PHONE, privacy=Privacy.CONTACT)
    prescriber: Mapped[Prescriber | None] = field("Orienté·e par", section="who", choices=Prescriber)
    contact_consent: Mapped[bool | None] = field(
        "Accepte d’être recontacté·e", section="who", kind=Kind.YES_NO, privacy=Privacy.CONTACT
    )
    state: Mapped[EnrolmentState] = mapped_column(enum_column(EnrolmentState), default=EnrolmentState.ENROLLED)


class Attendance(Record):
    """Whether somebody came to one half-day; no row while nobody said so."""

    __tablename__ = "attendance"

    enrolment_id: Mapped[uuid.UUID] = foreign_key("enrolment")
    half_day_id: Mapped[uuid.UUID] = foreign_key("workshop_half_day")
    present: Mapped[bool]


class AnonymousHeads(Record):
    """People of a session who gave no name, alike in what is known of them: never counted as distinct persons."""

    __tablename__ = "anonymous_heads"

    workshop_id: Mapped[uuid.UUID] = foreign_key("workshop")
    heads: Mapped[int] = field(
        "Nombre de personnes",
        section="heads",
        kind=Kind.INTEGER,
        minimum=1,
        maximum=MOST_PLACES,
        required=True,
        privacy=_NONE,
    )
    came: Mapped[int | None] = field(
        "Dont venues",
        section="heads",
        kind=Kind.INTEGER,
        maximum=MOST_PLACES,
        privacy=_NONE,
        help="Vide tant que la séance n’a pas eu lieu.",
    )
    gender: Mapped[Gender | None] = field("Sexe", section="heads", choices=Gender, privacy=_NONE)
    commune_code: Mapped[str | None] = field("Commune", section="heads", kind=Kind.COMMUNE, privacy=_NONE)
    prescriber: Mapped[Prescriber | None] = field("Orienté·e par", section="heads", choices=Prescriber, privacy=_NONE)
