"""The structure itself: its identity, its places, its counsellors. Edited in Réglages, printed on documents."""

from datetime import date

from sqlalchemy.orm import Mapped

from boutique.models.base import Record
from boutique.models.choices import LegalBasis, Role, SiteKind
from boutique.models.fields import Kind, Privacy, field


class Structure(Record):
    """One row: who runs this base, printed at the top of every document and in the notice."""

    __tablename__ = "structure"

    name: Mapped[str] = field(
        "Nom de la structure", section="structure", kind=Kind.TEXT, required=True, privacy=Privacy.NONE
    )
    legal_name: Mapped[str | None] = field(
        "Raison sociale et forme", section="structure", kind=Kind.TEXT, privacy=Privacy.NONE
    )
    address: Mapped[str | None] = field("Adresse", section="structure", kind=Kind.TEXT, privacy=Privacy.NONE)
    postal_line: Mapped[str | None] = field(
        "Code postal et ville", section="structure", kind=Kind.TEXT, privacy=Privacy.NONE
    )
    phone: Mapped[str | None] = field("Téléphone", section="structure", kind=Kind.PHONE, privacy=Privacy.NONE)
    email: Mapped[str | None] = field("E-mail", section="structure", kind=Kind.EMAIL, privacy=Privacy.NONE)
    dpo_contact: Mapped[str | None] = field(
        "Contact pour la protection des données",
        section="rgpd",
        kind=Kind.TEXT,
        privacy=Privacy.NONE,
        help="Adresse ou e-mail où une personne exerce ses droits.",
    )
    legal_basis: Mapped[LegalBasis | None] = field(
        "Base légale du traitement", section="rgpd", choices=LegalBasis, privacy=Privacy.NONE
    )
    notice_version: Mapped[int | None] = field(
        "Version de la notice", section="rgpd", kind=Kind.INTEGER, minimum=1, privacy=Privacy.NONE
    )
    notice_date: Mapped[date | None] = field("Date de la notice", section="rgpd", kind=Kind.DATE, privacy=Privacy.NONE)
    retention_months: Mapped[int | None] = field(
        "Conservation après le dernier contact (mois)",
        section="rgpd",
        kind=Kind.INTEGER,
        minimum=1,
        maximum=60,
        privacy=Privacy.NONE,
        help="24 mois est la durée usuelle (délibération CNIL 2023-095).",
    )
    contact_months: Mapped[int | None] = field(
        "Conservation des noms sans dossier (mois)",
        section="rgpd",
        kind=Kind.INTEGER,
        minimum=1,
        maximum=24,
        privacy=Privacy.NONE,
        help="Simple contact sans suite, comme un nom noté à un atelier : 12 mois si rien n’est dit.",
    )
    reminder_days: Mapped[str | None] = field(
        "Relances des orientations sans réponse (jours)",
        section="orientation",
        kind=Kind.TEXT,
        max_length=40,
        privacy=Privacy.NONE,
        help="Par exemple : 9, 21, 45.",
    )
    expiry_days: Mapped[int | None] = field(
        "Expiration (jours)",
        section="orientation",
        kind=Kind.INTEGER,
        minimum=1,
        maximum=365,
        privacy=Privacy.NONE,
        help="Après la dernière relance ; trente jours si rien n’est dit.",
    )


class Site(Record):
    """A boutique or a permanence: a place where people are received."""

    __tablename__ = "site"

    name: Mapped[str] = field("Nom du lieu", section="site", kind=Kind.TEXT, required=True, privacy=Privacy.NONE)
    kind: Mapped[SiteKind | None] = field("Type de lieu", section="site", choices=SiteKind, privacy=Privacy.NONE)
    commune_code: Mapped[str | None] = field("Commune", section="site", kind=Kind.COMMUNE, privacy=Privacy.NONE)
    address: Mapped[str | None] = field("Adresse", section="site", kind=Kind.TEXT, privacy=Privacy.NONE)
    phone: Mapped[str | None] = field("Téléphone", section="site", kind=Kind.PHONE, privacy=Privacy.NONE)
    closed_on: Mapped[date | None] = field("Fermé depuis le", section="site", kind=Kind.DATE, privacy=Privacy.NONE)


class Counsellor(Record):
    """Somebody who receives people. Professional identity, printed on documents."""

    __tablename__ = "counsellor"

    first_name: Mapped[str] = field(
        "Prénom", section="counsellor", kind=Kind.TEXT, max_length=80, required=True, privacy=Privacy.IDENTITY
    )
    last_name: Mapped[str] = field(
        "Nom", section="counsellor", kind=Kind.TEXT, max_length=80, required=True, privacy=Privacy.IDENTITY
    )
    role: Mapped[Role | None] = field("Rôle", section="counsellor", choices=Role)
    phone: Mapped[str | None] = field("Téléphone", section="counsellor", kind=Kind.PHONE, privacy=Privacy.CONTACT)
    email: Mapped[str | None] = field("E-mail", section="counsellor", kind=Kind.EMAIL, privacy=Privacy.CONTACT)
    left_on: Mapped[date | None] = field("Parti·e le", section="counsellor", kind=Kind.DATE)

    @property
    def short_name(self) -> str:
        """« Nadia B. », as documents and lists show it."""
        return f"{self.first_name} {self.last_name[:1]}." if self.last_name else self.first_name

    @property
    def initials(self) -> str:
        return f"{self.first_name[:1]}{self.last_name[:1]}".upper()
