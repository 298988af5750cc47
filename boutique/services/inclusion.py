"""The directory in the data·inclusion format (v1): structures and services. Its public package checks them in tests.

The public schema ignores keys it does not know: under « boutique » goes, of our own fields, only what it cannot carry
as we hold it, so that a base reads back the very sheets another one wrote.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from boutique.core import clock
from boutique.core.text import clip, fold
from boutique.models.choices import Public, TerritoryLevel
from boutique.models.referral import Partner
from boutique.rules.needs import load_needs
from boutique.rules.partners import load_partner_types
from boutique.services import inclusion_cells, partner_cells
from boutique.services.context import context
from boutique.services.documents import Document
from boutique.services.territories import Area, territory
from boutique.storage.reference import Reference

OWN = inclusion_cells.OWN
_ADDRESS = re.compile(r"(?P<street>.*?)(?:, )?(?P<code>\d{5}) (?P<town>[^,\d][^,]*)")
_FIRST_DAY = date(2000, 1, 1)
_SHORTEST, _LONGEST = 3, 150
_FREE = ("gratuit", "gratuite", "aucun", "0", "0 €")


@dataclass(frozen=True, slots=True)
class Written:
    """The file, how many sheets it holds, and how often each of our fields went under our own key."""

    document: Document
    structures: int
    own: Mapping[str, int]


def export(session: Session) -> Written:
    """Every sheet that is not archived, each a structure with one service."""
    reference = context(session).reference
    structures: list[dict[str, Any]] = []
    services: list[dict[str, Any]] = []
    own: dict[str, int] = {}
    for partner, areas in partner_cells.current(session):
        structure, service = pair(reference, partner, areas)
        structures.append(structure)
        services.append(service)
        for name in structure.get(OWN, ()):
            own[name] = own.get(name, 0) + 1
    content = json.dumps({"structures": structures, "services": services}, ensure_ascii=False, indent=1)
    name = f"data-inclusion-{clock.today():%Y-%m-%d}.json"
    return Written(Document(name, "Annuaire au format data·inclusion", content.encode()), len(structures), own)


def pair(reference: Reference, partner: Partner, areas: Iterable[Area]) -> tuple[dict[str, Any], dict[str, Any]]:
    """One sheet as a structure and its service."""
    covered = tuple(areas)
    structure = _structure(partner)
    service = _service(reference, partner, covered, structure)
    wanted = partner_cells.cells(partner, covered)
    found = inclusion_cells.cells(structure, (service,))
    if rest := partner_cells.differences(wanted, found):
        structure[OWN] = rest
    return structure, service


def _structure(partner: Partner) -> dict[str, Any]:
    kind = load_partner_types().get(partner.type_code or "")
    source = partner.source or OWN
    name = partner.name if len(partner.name) >= _SHORTEST else f"{partner.name} (structure)"
    place = _ADDRESS.fullmatch(partner.address or "")
    made: dict[str, Any] = {
        "source": source,
        "id": f"{fold(source).replace(' ', '-') or OWN}--{partner.external_id or partner.id}",
        "nom": clip(name, _LONGEST),
        "date_maj": _updated_on(partner).isoformat(),
        "description": kind.mission if kind else None,
        "siret": partner.siret,
        "adresse": (place["street"] if place else partner.address) or None,
        "code_postal": place["code"] if place else None,
        "commune": place["town"] if place else None,
        "code_insee": partner.commune_code,
        "telephone": partner.phone,
        "courriel": partner.email,
        "site_web": _link(partner.website),
        "reseaux_porteurs": [kind.data_inclusion] if kind and kind.data_inclusion else None,
    }
    return {name: value for name, value in made.items() if value}


def _service(
    reference: Reference, partner: Partner, areas: tuple[Area, ...], structure: Mapping[str, Any]
) -> dict[str, Any]:  # fmt: skip
    kind = load_partner_types().get(partner.type_code or "")
    cost = partner.cost or ""
    free = fold(cost) in _FREE
    publics = partner.publics or ()
    made: dict[str, Any] = {
        "source": structure["source"],
        "structure_id": structure["id"],
        "id": f"{structure['id']}--service",
        "nom": clip(kind.label if kind else structure["nom"], _LONGEST),
        "description": _description(partner),
        "date_maj": structure["date_maj"],
        "type": "accompagnement",
        "thematiques": _topics(partner),
        "publics": [Public.EVERYBODY.value] if Public.EVERYBODY in publics else [public.value for public in publics],
        "conditions_acces": partner.eligibility,
        "frais": ("gratuit" if free else "payant") if cost else None,
        "frais_precisions": None if free else cost,
        "contact_nom_prenom": partner.contact_name,
        "mobilisation_precisions": partner.access,
        "zone_eligibilite": _zone(reference, areas),
        **_old_zone(reference, areas),
        **{name: structure.get(name) for name in ("adresse", "code_postal", "commune", "code_insee", "telephone",
                                                 "courriel")},
    }  # fmt: skip
    return {name: value for name, value in made.items() if value}


def _updated_on(partner: Partner) -> date:
    """The schema wants a day of this century that has come; our own, exact, is said apart when it is another."""
    known = partner.verified_on or clock.local(partner.updated_at).date()
    return min(max(known, _FIRST_DAY), clock.today())


def _description(partner: Partner) -> str:
    kind = load_partner_types().get(partner.type_code or "")
    said = [kind.mission if kind else partner.name, f"Accueil : {partner.opening}" if partner.opening else ""]
    return ". ".join(part for part in said if part).ljust(5, ".")


def _topics(partner: Partner) -> list[str]:
    """What is said of the themes of the sheet, else of those its type serves."""
    subjects = [subject for theme in load_needs() for subject in theme.subjects]
    said = [one for one in subjects if one.theme in (partner.themes or ())]
    chosen = said or [one for one in subjects if partner.type_code in one.partner_types]
    return sorted({one.data_inclusion for one in chosen if one.data_inclusion})


def _zone(reference: Reference, areas: tuple[Area, ...]) -> list[str]:
    """Codes the schema accepts: it has no region, whose départements it wants instead."""
    codes: list[str] = []
    for level, code in areas:
        if level is TerritoryLevel.NATIONAL:
            return ["france"]
        if level is TerritoryLevel.REGION:
            codes += [one.code for one in reference.departments() if one.region_code == code]
        else:
            codes.append(code)
    return sorted(set(codes))


def _old_zone(reference: Reference, areas: tuple[Area, ...]) -> dict[str, str]:
    """How version 0 of the format said it, for those who still read that one: only one territory has a place there."""
    if len(areas) != 1:
        return {}
    level, code = areas[0]
    return {
        "zone_diffusion_type": level.value,
        "zone_diffusion_code": code,
        "zone_diffusion_nom": "France" if not code else territory(reference, level, code).name,
    }


def _link(text: str | None) -> str | None:
    """A whole address, or nothing: the schema refuses the rest, which then goes under our own key."""
    if not text:
        return None
    whole = text if "://" in text else f"https://{text}"
    try:
        parts = urlsplit(whole)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        return None
    plain = usable and not re.search(r"\s", whole) and re.fullmatch(r"[\w.-]+\.\w{2,}", parts.hostname or "")
    return whole if plain else None
