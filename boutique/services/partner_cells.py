"""A sheet of the directory as named cells, the ones an import reads. For the workbook and data·inclusion.

What is written here and read back by the import gives the same sheet.
"""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.models.choices import TerritoryLevel
from boutique.models.directory import PartnerContact
from boutique.models.referral import Partner, PartnerTerritory
from boutique.services import own_territories
from boutique.services.territories import Area

TEXTS = (
    "name", "siret", "address", "phone", "email", "website", "opening", "source",
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
    "own_areas": TerritoryLevel.OWN,
}
# The first contact of a sheet has columns of its own, as in the lists of others; the next ones share a cell.
CONTACT = ("name", "role", "phone", "email", "themes", "verified_on")
BETWEEN_CONTACTS, IN_CONTACT, IN_THEMES = " | ", " ; ", ","
RESERVED = str.maketrans({";": ",", "|": "/"})  # what separates them never stands in a name


class Sheet(NamedTuple):
    """A sheet with what is around it; `institution` is how a list names it, by its name when no other has it.

    `areas` of the structure's own drawing are said by their names.
    """

    partner: Partner
    areas: tuple[Area, ...]
    contacts: tuple[PartnerContact, ...] = ()
    institution: str = ""
    above: Partner | None = None


def cells(
    partner: Partner, areas: Iterable[Area], contacts: Sequence[PartnerContact] = (), institution: str = "",
    _above: Partner | None = None,
) -> dict[str, str]:  # fmt: skip
    """The cells that say something; the territories one column a level."""
    found = {name: getattr(partner, name) or "" for name in TEXTS}
    found |= {"id": _identifier(partner), "type": partner.type_code or ""}
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
    found["institution"] = institution
    found |= {f"contact_{name}": text for name, text in _contact(contacts[0]).items()} if contacts else {}
    found["contacts"] = BETWEEN_CONTACTS.join(
        IN_CONTACT.join(_contact(one).values()).rstrip(IN_CONTACT) for one in contacts[1:]
    )
    return {name: text for name, text in found.items() if text}


def _contact(row: PartnerContact) -> dict[str, str]:
    texts = (row.name, row.role, row.phone, row.email, IN_THEMES.join(row.themes or ()))
    verified_on = row.verified_on.isoformat() if row.verified_on else ""
    return dict(zip(CONTACT, (*(text or "" for text in texts), verified_on), strict=True))


def current(session: Session) -> tuple[Sheet, ...]:
    """Every sheet that is not archived, by name, with what it covers and who answers there."""
    areas, people = _areas(session), _people(session)
    wanted = select(Partner).where(Partner.archived_on.is_(None)).order_by(Partner.name_key, Partner.id)
    found = {partner.id: partner for partner in session.scalars(wanted)}
    named = Counter(partner.name_key for partner in found.values() if partner.parent_id is None)
    made = []
    for partner in found.values():
        above = found.get(partner.parent_id) if partner.parent_id else None
        known = "" if above is None else above.name if named[above.name_key] == 1 else _identifier(above)
        covered, contacts = tuple(areas.get(partner.id, ())), tuple(people.get(partner.id, ()))
        made.append(Sheet(partner, covered, contacts, known, above))
    return tuple(made)


def _areas(session: Session) -> dict[uuid.UUID, list[Area]]:
    own = own_territories.names(session)
    areas: dict[uuid.UUID, list[Area]] = {}
    rows = session.execute(select(PartnerTerritory.partner_id, PartnerTerritory.level, PartnerTerritory.code))
    for partner_id, level, code in rows:
        areas.setdefault(partner_id, []).append((level, own.get(code, code) if level is TerritoryLevel.OWN else code))
    return areas


def _people(session: Session) -> dict[uuid.UUID, list[PartnerContact]]:
    people: dict[uuid.UUID, list[PartnerContact]] = {}
    there = select(PartnerContact).where(PartnerContact.left_on.is_(None))
    for contact in session.scalars(there.order_by(PartnerContact.created_at, PartnerContact.id)):
        people.setdefault(contact.partner_id, []).append(contact)
    return people


def _identifier(partner: Partner) -> str:
    return partner.external_id or str(partner.id)


def differences(wanted: Mapping[str, str], found: Mapping[str, str]) -> dict[str, str]:
    """What must still be said to come from `found` to `wanted` ("" takes a cell away)."""
    return {name: wanted.get(name, "") for name in (*wanted, *found) if wanted.get(name, "") != found.get(name, "")}
