"""A structure and its services of data·inclusion as the cells an import reads. Foreign files are taken as they come."""

from collections.abc import Iterable, Mapping
from typing import Any

from boutique.models.choices import TerritoryLevel
from boutique.rules.needs import load_needs
from boutique.rules.partners import load_partner_types

OWN = "boutique"
_TEXTS = {
    "name": "nom",
    "siret": "siret",
    "address": "adresse",
    "complement": "complement_adresse",
    "postal_code": "code_postal",
    "town": "commune",
    "commune_code": "code_insee",
    "phone": "telephone",
    "email": "courriel",
    "website": "site_web",
    "opening": "horaires_accueil",
    "source": "source",
    "verified_on": "date_maj",
    "id": "id",
}
_SERVICE_TEXTS = {
    "eligibility": "conditions_acces",
    "contact_name": "contact_nom_prenom",
    "access": "mobilisation_precisions",
    "cost": "frais_precisions",
}
_LEVELS = {"commune": "communes", "epci": "epcis", "departement": "departments", "region": "regions"}
_WHOLE = ("france", "99100")
_EPCI_LENGTH, _COMMUNE_LENGTH = 9, 5


def cells(structure: Mapping[str, Any], services: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The cells that say something; what we wrote under our own key is final."""
    around = tuple(services)
    found = {name: _text(structure.get(key)) for name, key in _TEXTS.items()}
    found["type"] = _type(_texts(structure.get("reseaux_porteurs")))
    found["publics"] = "|".join(dict.fromkeys(code for one in around for code in _texts(one.get("publics"))))
    found["themes"] = "|".join(_themes({code for one in around for code in _texts(one.get("thematiques"))}))
    for name, key in _SERVICE_TEXTS.items():
        found[name] = next((_text(one.get(key)) for one in around if one.get(key)), "")
    if not found["cost"] and any(one.get("frais") == "gratuit" for one in around):
        found["cost"] = "gratuit"
    found |= _areas(around)
    own = structure.get(OWN)
    if isinstance(own, Mapping):
        found = _whole_address(found) | {str(name): _text(value) for name, value in own.items()}
    else:
        found = _whole_address(found)
    return {name: text for name, text in found.items() if text}


def _whole_address(found: dict[str, str]) -> dict[str, str]:
    """One line, as our sheets have it."""
    town = f"{found.pop('postal_code')} {found['town']}".strip()
    parts = (found["address"], found.pop("complement"), town)
    found["address"] = ", ".join(part for part in parts if part)
    if found["commune_code"]:
        found["town"] = ""
    return found


def _text(value: object) -> str:
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _texts(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _type(networks: Iterable[str]) -> str:
    """Our type, when one network stands for one of them; else the network itself, which the import knows or refuses."""
    for network in networks:
        types = [kind.code for kind in load_partner_types().values() if kind.data_inclusion == network]
        if len(types) == 1:
            return types[0]
    return next(iter(networks), "")


def _themes(topics: set[str]) -> list[str]:
    """Our themes that hold these topics; for one that none holds, those that hold another of its family."""
    held = {one.data_inclusion for theme in load_needs() for one in theme.subjects if one.data_inclusion}
    families = {_family(topic) for topic in topics - held}
    wanted = topics | {topic for topic in held if _family(topic) in families}
    return [theme.code for theme in load_needs() if any(one.data_inclusion in wanted for one in theme.subjects)]


def _family(topic: str) -> str:
    return topic.partition("--")[0]


def _areas(services: tuple[Mapping[str, Any], ...]) -> dict[str, str]:
    """Territories by level: the list of version 1, the only territory of version 0 where that one says more."""
    by_level: dict[str, list[str]] = {}
    for service in services:
        level, code = _text(service.get("zone_diffusion_type")), _text(service.get("zone_diffusion_code"))
        zone = _texts(service.get("zone_eligibilite"))
        if level == TerritoryLevel.NATIONAL or any(one in _WHOLE for one in zone):
            return {"territory": "france"}
        if code and level in _LEVELS and (not zone or level == TerritoryLevel.REGION):
            by_level.setdefault(_LEVELS[level], []).append(code)
            continue
        for one in zone:
            by_level.setdefault(_level(one), []).append(one)
    return {name: "|".join(sorted(set(codes))) for name, codes in by_level.items()}


def _level(code: str) -> str:
    if len(code) == _EPCI_LENGTH:
        return "epcis"
    return "communes" if len(code) == _COMMUNE_LENGTH else "departments"
