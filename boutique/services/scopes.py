"""What the figures may be narrowed to: places, counsellors, programmes, territories. For Activité and its workbook."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.models.choices import TerritoryLevel
from boutique.models.programme import Programme
from boutique.models.structure import Site
from boutique.rules.scope import Scope
from boutique.services import own_territories, settings
from boutique.services.context import context
from boutique.storage.reference import Reference

Choice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ScopeKeys:
    """What was chosen, before a territory is resolved to its communes."""

    site_id: uuid.UUID | None = None
    counsellor_id: uuid.UUID | None = None
    programme_id: uuid.UUID | None = None
    territory: str = ""  # code of a territory of the structure, or SIREN of an EPCI


ALL = ScopeKeys()


@dataclass(frozen=True, slots=True)
class ScopeChoices:
    """What there is to choose from; what is over stays, for the months when it was not."""

    sites: tuple[tuple[uuid.UUID, str], ...]
    counsellors: tuple[tuple[uuid.UUID, str], ...]
    programmes: tuple[tuple[uuid.UUID, str], ...]
    territories: tuple[Choice, ...]

    def words(self, keys: ScopeKeys) -> tuple[Choice, ...]:
        """(« Conseiller », « Nadia Benali »), … of what narrows; nothing for everywhere."""
        lists = (
            ("Lieu", self.sites, keys.site_id),
            ("Conseiller", self.counsellors, keys.counsellor_id),
            ("Programme", self.programmes, keys.programme_id),
            ("Territoire", self.territories, keys.territory),
        )
        return tuple((kind, dict(found).get(key, "supprimé")) for kind, found, key in lists if key)


def choices(session: Session) -> ScopeChoices:
    """Every place, counsellor and programme; the territories of the structure, then the EPCI of its places."""
    programmes = session.execute(
        select(Programme.id, Programme.name).order_by(
            Programme.archived_on.is_not(None), Programme.starts_on.desc(), Programme.name
        )
    )
    return ScopeChoices(
        sites=tuple((line.id, _over(line.name, "fermé", line.closed_on)) for line in settings.sites(session)),
        counsellors=tuple(
            (line.id, _over(line.name, "parti·e", line.left_on)) for line in settings.counsellors(session)
        ),
        programmes=tuple((identifier, name) for identifier, name in programmes),
        territories=(
            *((one.code, one.name) for one in own_territories.listing(session)),
            *_epcis(session, context(session).reference),
        ),
    )


def is_place(keys: ScopeKeys) -> bool:
    """Whether nothing narrows but a place: what months are commented and declared by."""
    return keys == ScopeKeys(keys.site_id)


def resolve(session: Session, keys: ScopeKeys) -> Scope:
    """The scope that the engine counts in."""
    return Scope(keys.site_id, keys.counsellor_id, keys.programme_id, _communes(session, keys.territory))


def _communes(session: Session, code: str) -> frozenset[str] | None:
    if not code:
        return None
    drawn = own_territories.own(session).get(code)
    return drawn.communes if drawn else own_territories.communes_of(session, TerritoryLevel.EPCI, code)


def _epcis(session: Session, reference: Reference) -> tuple[Choice, ...]:
    communes = reference.communes_by_code(
        code for code in session.scalars(select(Site.commune_code).distinct()) if code
    )
    found = {commune.epci_code: reference.epci(commune.epci_code) for commune in communes if commune.epci_code}
    return tuple(sorted(((siren, epci.name) for siren, epci in found.items() if epci), key=_name))


def _over(name: str, word: str, since: object) -> str:
    return f"{name} ({word})" if since else name


def _name(choice: Choice) -> str:
    return choice[1]
