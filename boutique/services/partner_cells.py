"""A sheet of the directory as named cells, the ones an import reads. For the workbook and data·inclusion.

What is written here and read back by the import gives the same sheet.
"""

import uuid
from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.models.choices import TerritoryLevel
from boutique.models.referral import Partner, PartnerTerritory
from boutique.services.territories import Area

TEXTS = (
    "name", "siret", "address", "phone", "email", "website", "contact_name", "contact_role", "opening", "source",
    "eligibility", "cost", "access", "legal_basis", "commune_code",
)  # fmt: skip
READ = (
    *(name for name in TEXTS if name not in ("address", "commune_code")),
    "publics", "themes", "verified_on", "internal", "review_months",
)  # fmt: skip
LEVELS = {
    "communes": TerritoryLevel.COMMUNE,
    "epcis": TerritoryLevel.EPCI,
    "departments": TerritoryLevel.DEPARTMENT,
    "regions": TerritoryLevel.REGION,
}


def cells(partner: Partner, areas: Iterable[Area]) -> dict[str, str]:
    """The cells that say something; the territories one column a level."""
    found = {name: getattr(partner, name) or "" for name in TEXTS}
    found |= {"id": partner.external_id or str(partner.id), "type": partner.type_code or ""}
    found["publics"] = "|".join(public.value for public in partner.publics or ())
    found["themes"] = "|".join(partner.themes or ())
    found["verified_on"] = partner.verified_on.isoformat() if partner.verified_on else ""
    covered = sorted(areas)
    found["internal"] = "" if partner.internal is None else "oui" if partner.internal else "non"
    found["review_months"] = str(partner.review_months or "")
    for name, level in LEVELS.items():
        found[name] = "|".join(code for known, code in covered if known is level)
    if any(level is TerritoryLevel.NATIONAL for level, _ in covered):
        found["territory"] = "france"
    return {name: text for name, text in found.items() if text}


def current(session: Session) -> tuple[tuple[Partner, tuple[Area, ...]], ...]:
    """Every sheet that is not archived, by name, with what it covers."""
    areas: dict[uuid.UUID, list[Area]] = {}
    rows = session.execute(select(PartnerTerritory.partner_id, PartnerTerritory.level, PartnerTerritory.code))
    for partner_id, level, code in rows:
        areas.setdefault(partner_id, []).append((level, code))
    wanted = select(Partner).where(Partner.archived_on.is_(None)).order_by(Partner.name_key, Partner.id)
    return tuple((partner, tuple(areas.get(partner.id, ()))) for partner in session.scalars(wanted))


def differences(wanted: Mapping[str, str], found: Mapping[str, str]) -> dict[str, str]:
    """What must still be said to come from `found` to `wanted` ("" takes a cell away)."""
    return {name: wanted.get(name, "") for name in (*wanted, *found) if wanted.get(name, "") != found.get(name, "")}
