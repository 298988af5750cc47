"""Out of doors: permanences as they were held, visits to businesses and their follow-up, meetings with partners."""

import uuid
from datetime import date

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from boutique.core.conditions import Condition
from boutique.models.base import Record, foreign_key
from boutique.models.choices import ZoningState
from boutique.models.fields import Kind, Privacy, field
from boutique.models.outreach_choices import BusinessSize, CancelReason, OutreachState, VisitPurpose

_HELD = (Condition("outreach_day.state", "=", OutreachState.HELD),)


class OutreachDay(Record):
    """One dated permanence: what a rule foresaw (`rule_id`, `expected_on`) or a round, held or cancelled.

    Who was received is computed from the visits and interviews of that day, place and counsellor: never typed.
    """

    __tablename__ = "outreach_day"

    rule_id: Mapped[uuid.UUID | None] = foreign_key("outreach_session", nullable=True)
    expected_on: Mapped[date | None] = mapped_column(default=None)  # the date of the rule that this row stands for
    site_id: Mapped[uuid.UUID] = foreign_key("site")
    counsellor_id: Mapped[uuid.UUID | None] = foreign_key("counsellor", nullable=True)
    programme_id: Mapped[uuid.UUID | None] = foreign_key("programme", nullable=True)
    # Minutes of the day on the wall clock, like those of the rule.
    opens_at: Mapped[int]
    closes_at: Mapped[int]
    held_on: Mapped[date] = field("Date", section="day", kind=Kind.DATE, required=True, privacy=Privacy.NONE)
    state: Mapped[OutreachState] = field(
        "Séance", section="day", choices=OutreachState, required=True, privacy=Privacy.NONE
    )
    cancel_reason: Mapped[CancelReason | None] = field(
        "Raison de l’annulation",
        section="day",
        choices=CancelReason,
        required=True,
        privacy=Privacy.NONE,
        visible_if=(Condition("outreach_day.state", "=", OutreachState.CANCELLED),),
    )
    host: Mapped[str | None] = field(
        "Structure d’accueil",
        section="day",
        kind=Kind.TEXT,
        privacy=Privacy.NONE,
        help="Mairie, centre social, maison de quartier, bus…",
    )
    commune_code: Mapped[str | None] = field("Commune", section="day", kind=Kind.COMMUNE, privacy=Privacy.NONE)
    located_in_qpv: Mapped[ZoningState | None] = field(
        "En QPV, ou pour un QPV", section="day", choices=ZoningState, privacy=Privacy.NONE
    )
    qpv_code: Mapped[str | None] = field(
        "QPV du lieu", section="day", kind=Kind.TEXT, max_length=20, privacy=Privacy.NONE
    )
    walk_ins: Mapped[int | None] = field(
        "Passages non saisis",
        section="after",
        kind=Kind.INTEGER,
        maximum=999,
        privacy=Privacy.NONE,
        help="Venues sans entretien, en plus des passages déjà enregistrés.",
        visible_if=_HELD,
    )
    offline: Mapped[bool | None] = field(
        "Séance hors ligne", section="after", kind=Kind.YES_NO, privacy=Privacy.NONE, visible_if=_HELD,
        help="Sans réseau sur place.",
    )  # fmt: skip
    note: Mapped[str | None] = field(
        "Note",
        section="after",
        kind=Kind.LONG_TEXT,
        max_length=2000,
        privacy=Privacy.NONE,
        help="Sur le lieu et la séance : aucun nom de personne reçue.",
    )
    __table_args__ = (Index("ix_outreach_day_held", "held_on", "state", "site_id"),)


class BusinessVisit(Record):
    """One visit to an existing business: whom, why, what it needs; `business_id` when one of our files holds it."""

    __tablename__ = "business_visit"

    counsellor_id: Mapped[uuid.UUID | None] = foreign_key("counsellor", nullable=True)
    programme_id: Mapped[uuid.UUID | None] = foreign_key("programme", nullable=True)
    site_id: Mapped[uuid.UUID | None] = foreign_key("site", nullable=True)
    business_id: Mapped[uuid.UUID | None] = foreign_key("business", nullable=True)
    visited_on: Mapped[date] = field(
        "Date", section="visit", kind=Kind.DATE, past=True, required=True, privacy=Privacy.NONE
    )
    purpose: Mapped[VisitPurpose | None] = field("But", section="visit", choices=VisitPurpose, privacy=Privacy.NONE)
    name: Mapped[str] = field("Entreprise", section="business", kind=Kind.TEXT, required=True, privacy=Privacy.CONTACT)
    siren: Mapped[str | None] = field("SIREN", section="business", kind=Kind.SIREN, privacy=Privacy.CONTACT)
    commune_code: Mapped[str | None] = field("Commune", section="business", kind=Kind.COMMUNE, privacy=Privacy.NONE)
    naf_code: Mapped[str | None] = field("Activité", section="business", kind=Kind.NAF, privacy=Privacy.NONE)
    size: Mapped[BusinessSize | None] = field("Taille", section="business", choices=BusinessSize, privacy=Privacy.NONE)
    contact_name: Mapped[str | None] = field(
        "Personne rencontrée", section="business", kind=Kind.TEXT, privacy=Privacy.CONTACT
    )
    phone: Mapped[str | None] = field("Téléphone", section="business", kind=Kind.PHONE, privacy=Privacy.CONTACT)
    needs: Mapped[tuple[str, ...] | None] = field(
        "Besoins exprimés", section="content", kind=Kind.CODES, privacy=Privacy.NONE
    )
    note: Mapped[str | None] = field(
        "Ce qui a été dit", section="content", kind=Kind.LONG_TEXT, max_length=4000, privacy=Privacy.SITUATION
    )
    next_on: Mapped[date | None] = field("Prochaine visite", section="content", kind=Kind.DATE, privacy=Privacy.NONE)
    name_key: Mapped[str] = mapped_column(String(200), default="", index=True)

    __table_args__ = (Index("ix_business_visit_visited", "visited_on", "commune_code"),)


class VisitAction(Record):
    """What was promised to a business during a visit."""

    __tablename__ = "visit_action"

    visit_id: Mapped[uuid.UUID] = foreign_key("business_visit")
    label: Mapped[str] = field(
        "Suite à donner", section="action", kind=Kind.TEXT, max_length=200, required=True, privacy=Privacy.SITUATION
    )
    due_on: Mapped[date | None] = field("Pour le", section="action", kind=Kind.DATE, privacy=Privacy.NONE)
    done_on: Mapped[date | None] = mapped_column(default=None)

    __table_args__ = (Index("ix_visit_action_waiting", "done_on", "due_on"),)


class KnownBusinesses(Record):
    """How many businesses a commune has, by somebody who counts them: what the coverage rate is a share of."""

    __tablename__ = "known_businesses"

    commune_code: Mapped[str] = field(
        "Commune", section="count", kind=Kind.COMMUNE, required=True, privacy=Privacy.NONE, index=True
    )
    count: Mapped[int] = field(
        "Entreprises", section="count", kind=Kind.INTEGER, minimum=1, maximum=500_000, required=True,
        privacy=Privacy.NONE,
    )  # fmt: skip
    source: Mapped[str] = field("Source", section="count", kind=Kind.TEXT, required=True, privacy=Privacy.NONE)
    counted_on: Mapped[date] = field(
        "Au", section="count", kind=Kind.DATE, past=True, required=True, privacy=Privacy.NONE
    )


class PartnerMeeting(Record):
    """A meeting with a partner: what it was about and what follows."""

    __tablename__ = "partner_meeting"

    partner_id: Mapped[uuid.UUID] = foreign_key("partner")
    counsellor_id: Mapped[uuid.UUID | None] = foreign_key("counsellor", nullable=True)
    programme_id: Mapped[uuid.UUID | None] = foreign_key("programme", nullable=True)
    site_id: Mapped[uuid.UUID | None] = foreign_key("site", nullable=True)
    met_on: Mapped[date] = field(
        "Date", section="meeting", kind=Kind.DATE, past=True, required=True, privacy=Privacy.NONE, index=True
    )
    with_whom: Mapped[str | None] = field("Avec", section="meeting", kind=Kind.TEXT, privacy=Privacy.CONTACT)
    topic: Mapped[str] = field(
        "Objet", section="meeting", kind=Kind.TEXT, max_length=200, required=True, privacy=Privacy.NONE
    )
    follow_up: Mapped[str | None] = field(
        "Suite", section="meeting", kind=Kind.TEXT, max_length=300, privacy=Privacy.NONE
    )
    follow_up_on: Mapped[date | None] = field("Pour le", section="meeting", kind=Kind.DATE, privacy=Privacy.NONE)
    follow_up_done_on: Mapped[date | None] = mapped_column(default=None)
