"""Who answers at a partner, and when it does not: contacts and absences of the directory."""

import uuid
from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from boutique.models.base import Record, foreign_key
from boutique.models.fields import Kind, Privacy, field


class PartnerContact(Record):
    """A person to ask for at a structure. One who left is kept, unnamed once erased, as long as referrals say so."""

    __tablename__ = "partner_contact"
    __prefix__ = "contact"

    partner_id: Mapped[uuid.UUID] = foreign_key("partner")
    name: Mapped[str] = field(
        "Nom", section="contact", kind=Kind.TEXT, max_length=160, required=True, privacy=Privacy.CONTACT
    )
    role: Mapped[str | None] = field(
        "Fonction", section="contact", kind=Kind.TEXT, max_length=120, privacy=Privacy.CONTACT
    )
    phone: Mapped[str | None] = field("Téléphone", section="contact", kind=Kind.PHONE, privacy=Privacy.CONTACT)
    email: Mapped[str | None] = field("E-mail", section="contact", kind=Kind.EMAIL, privacy=Privacy.CONTACT)
    themes: Mapped[tuple[str, ...] | None] = field(
        "Pour quels besoins", section="contact", kind=Kind.CODES, privacy=Privacy.NONE,
        help="Aucun : pour tout ce que fait la structure.",
    )  # fmt: skip
    verified_on: Mapped[date | None] = field(
        "Vérifié le", section="contact", kind=Kind.DATE, past=True, privacy=Privacy.NONE
    )
    left_on: Mapped[date | None] = mapped_column(default=None)


class PartnerAbsence(Record):
    """Days without answer: of the whole structure, or of one of its contacts."""

    __tablename__ = "partner_absence"
    __prefix__ = "absence"

    partner_id: Mapped[uuid.UUID] = foreign_key("partner")
    contact_id: Mapped[uuid.UUID | None] = foreign_key("partner_contact", nullable=True)
    from_on: Mapped[date] = field(
        "Premier jour", section="absence", kind=Kind.DATE, required=True, privacy=Privacy.NONE
    )
    until_on: Mapped[date | None] = field(
        "Dernier jour", section="absence", kind=Kind.DATE, privacy=Privacy.NONE,
        help="À laisser vide tant que le retour n’est pas connu.",
    )  # fmt: skip
    reason: Mapped[str | None] = field(
        "Motif", section="absence", kind=Kind.TEXT, max_length=80, privacy=Privacy.NONE,
        help="Congés, fermeture, travaux… jamais un motif de santé.",
    )  # fmt: skip
    replacement: Mapped[str | None] = field(
        "Qui remplace", section="absence", kind=Kind.TEXT, max_length=200, privacy=Privacy.CONTACT
    )
