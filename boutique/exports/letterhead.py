"""Who sends a document: printed at the top of every PDF and in the notice."""

from dataclasses import dataclass

from boutique.models.choices import LegalBasis

_MONTHS_A_YEAR = 12
_YEARS = {1: "un an", 2: "deux ans", 3: "trois ans", 4: "quatre ans", 5: "cinq ans"}


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The structure as documents name it; `address` is one line, the phone is as people read it."""

    name: str
    legal_name: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    dpo_contact: str = ""
    legal_basis: LegalBasis | None = None
    retention_months: int = 24

    @property
    def contact_line(self) -> str:
        """« 12 place de la Mairie, 62130 Saint-Pol · 03 00 00 00 00 »."""
        return " · ".join(part for part in (self.address, self.phone) if part)

    @property
    def rights_contact(self) -> str:
        """Where a person writes about their data."""
        return self.dpo_contact or self.email or self.phone or self.name

    @property
    def retention(self) -> str:
        """« deux ans », « 18 mois »."""
        years, rest = divmod(self.retention_months, _MONTHS_A_YEAR)
        return f"{self.retention_months} mois" if rest or years not in _YEARS else _YEARS[years]

    @property
    def privacy_line(self) -> str:
        """The sentence at the foot of every document that holds personal data."""
        return (
            "Données utilisées pour l’accompagnement du projet ; "
            f"conservées {self.retention} après le dernier contact ; "
            f"droits d’accès, de rectification et d’effacement : {self.rights_contact}."
        )
