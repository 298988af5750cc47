"""The territory that a view looks at: an EPCI, a département, a région, or one of ours."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from boutique.core.errors import UserError
from boutique.core.text import fold
from boutique.models.choices import TerritoryLevel
from boutique.models.structure import Site
from boutique.services import own_territories, territories
from boutique.services.context import context
from boutique.storage.reference_records import Commune

_OFFICIAL = (TerritoryLevel.EPCI, TerritoryLevel.DEPARTMENT, TerritoryLevel.REGION)
_EACH, _OWN = 5, "notre territoire"


@dataclass(frozen=True, slots=True)
class Place:
    """A territory to look at: `key` names it for good, `label` says it, its communes are in the order of names."""

    key: str
    label: str
    communes: tuple[Commune, ...]


def search(session: Session, text: str) -> tuple[tuple[str, str], ...]:
    """(key, label) of the territories whose name has what is typed, our own first."""
    asked = fold(text)
    found = [(one.code, f"{one.name} ({_OWN})") for one in own_territories.listing(session) if asked in fold(one.name)]
    for level in _OFFICIAL:
        near = territories.search_territories(context(session).reference, level, text, _EACH)
        found += [(f"{level.value}:{one.code}", one.label) for one in near]
    return tuple(found)


def place(session: Session, key: str) -> Place:
    """The territory of a key; UserError when it is no longer there."""
    reference = context(session).reference
    level, _, code = key.partition(":")
    if code:
        found = territories.territory(reference, TerritoryLevel(level), code, strict=True)
        return Place(key, found.label, own_territories.communes_inside(reference, found.level, code))
    for one in own_territories.listing(session):
        if one.code == key:
            return Place(key, f"{one.name} ({_OWN})", one.extent.communes)
    raise UserError("Ce territoire n’existe plus : choisissez-en un autre.")


def home(session: Session) -> str:
    """Key of the territory around the place of the day: its EPCI, else its département; "" when nobody said where."""
    here = context(session)
    site = session.get(Site, here.site_id) if here.site_id else None
    commune = here.reference.commune(site.commune_code) if site and site.commune_code else None
    if commune is None:
        return ""
    if commune.epci_code:
        return f"{TerritoryLevel.EPCI.value}:{commune.epci_code}"
    return f"{TerritoryLevel.DEPARTMENT.value}:{commune.department_code}"
