"""The directory in the data·inclusion format (v1): structures and services. Its public package checks them in tests.

The public schema ignores keys it does not know: under « boutique » goes, of our own fields, only what it cannot carry
as we hold it, so that a base reads back the very sheets another one wrote.
"""

import json
import re
from collections.abc import Mapping
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
from boutique.services import inclusion_cells, own_territories, partner_cells
from boutique.services.context import context
from boutique.services.documents import Document
from boutique.services.partner_cells import Sheet
from boutique.services.partner_names import full_name, value
from boutique.services.territories import Area, territory
from boutique.storage.reference import Reference

OWN = inclusion_cells.OWN
_ADDRESS = re.compile(r"(?P<street>.*?)(?:, )?(?P<code>\d{5}) (?P<town>[^,\d][^,]*)")
Drawn = Mapping[str, frozenset[str]]
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
    drawn = {one.name: one.communes for one in own_territories.own(session).values()}
    for sheet in partner_cells.current(session):
        structure, service = pair(reference, sheet, drawn)
        structures.append(structure)
        services.append(service)
        for name in structure.get(OWN, ()):
            own[name] = own.get(name, 0) + 1
    content = json.dumps({"structures": structures, "services": services}, ensure_ascii=False, indent=1)
    name = f"data-inclusion-{clock.today():%Y-%m-%d}.json"
    return Written(Document(name, "Annuaire au format data·inclusion", content.encode()), len(structures), own)


def pair(reference: Reference, sheet: Sheet, drawn: Drawn) -> tuple[dict[str, Any], dict[str, Any]]:
    """One sheet as a structure and its service; an antenne tells what it has from its institution as its own.

    `drawn`: name of a territory of our own → its communes, which is how others read it.
    """
    structure = _structure(sheet)
    service = _service(reference, sheet, structure, drawn)
    wanted = partner_cells.cells(*sheet)
    found = inclusion_cells.cells(structure, (service,))
    if rest := partner_cells.differences(wanted, found):
        structure[OWN] = rest
    return structure, service


def _structure(sheet: Sheet) -> dict[str, Any]:
    partner = sheet.partner
    kind = load_partner_types().get(partner.type_code or "")
    source = partner.source or OWN
    shown = full_name(partner.name, sheet.above.name if sheet.above else None)
    name = shown if len(shown) >= _SHORTEST else f"{shown} (structure)"
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
        "site_web": _link(value(partner, sheet.above, "website")),
        "reseaux_porteurs": [kind.data_inclusion] if kind and kind.data_inclusion else None,
    }
    return {name: value for name, value in made.items() if value}


def _service(reference: Reference, sheet: Sheet, structure: Mapping[str, Any], drawn: Drawn) -> dict[str, Any]:
    partner, areas = sheet.partner, sheet.areas
    kind = load_partner_types().get(partner.type_code or "")
    cost = value(partner, sheet.above, "cost") or ""
    free = fold(cost) in _FREE
    publics = value(partner, sheet.above, "publics") or ()
    made: dict[str, Any] = {
        "source": structure["source"],
        "structure_id": structure["id"],
        "id": f"{structure['id']}--service",
        "nom": clip(kind.label if kind else structure["nom"], _LONGEST),
        "description": _description(partner),
        "date_maj": structure["date_maj"],
        "type": "accompagnement",
        "thematiques": _topics(sheet),
        "publics": [Public.EVERYBODY.value] if Public.EVERYBODY in publics else [public.value for public in publics],
        "conditions_acces": value(partner, sheet.above, "eligibility"),
        "frais": ("gratuit" if free else "payant") if cost else None,
        "frais_precisions": None if free else cost,
        "contact_nom_prenom": sheet.contacts[0].name if sheet.contacts else None,
        "mobilisation_precisions": partner.access,
        "zone_eligibilite": _zone(reference, areas, drawn),
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


def _topics(sheet: Sheet) -> list[str]:
    """What is said of the themes of the sheet, else of those its type serves."""
    subjects = [subject for theme in load_needs() for subject in theme.subjects]
    themes = value(sheet.partner, sheet.above, "themes") or ()
    said = [one for one in subjects if one.theme in themes]
    chosen = said or [one for one in subjects if sheet.partner.type_code in one.partner_types]
    return sorted({one.data_inclusion for one in chosen if one.data_inclusion})


def _zone(reference: Reference, areas: tuple[Area, ...], drawn: Drawn) -> list[str]:
    """Codes the schema accepts: it has no region, whose départements it wants instead."""
    codes: list[str] = []
    for level, code in areas:
        if level is TerritoryLevel.NATIONAL:
            return ["france"]
        if level is TerritoryLevel.OWN:
            codes += drawn.get(code, ())
        elif level is TerritoryLevel.REGION:
            codes += [one.code for one in reference.departments() if one.region_code == code]
        else:
            codes.append(code)
    return sorted(set(codes))


def _old_zone(reference: Reference, areas: tuple[Area, ...]) -> dict[str, str]:
    """How version 0 of the format said it, for those who still read that one: only one territory has a place there."""
    if len(areas) != 1 or areas[0][0] is TerritoryLevel.OWN:
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
