"""Where a line of an imported list is, and what it covers. Used by the import of partners only."""

import re
from collections.abc import Callable, Mapping

from boutique.core.errors import UserError
from boutique.core.text import clip, fold
from boutique.models.choices import TerritoryLevel
from boutique.services.territories import NO_OWN, Area
from boutique.storage.partner_files import PartnerLine
from boutique.storage.reference import Reference
from boutique.storage.reference_records import Commune

_SEVERAL = re.compile(r"[|;,/]+")
_EPCI = re.compile(r"\d{9}")
_COMMUNE = re.compile(r"(?:\d{2}|2[AB])\d{3}")
_DEPARTMENT = re.compile(r"\d{2,3}|2[AB]")
_MOST_AREAS = 2000
_COUNTRY = frozenset({"france", "france entiere", "pays", "national", "nationale"})
_LEVELS = {
    "commune": TerritoryLevel.COMMUNE,
    "communal": TerritoryLevel.COMMUNE,
    "epci": TerritoryLevel.EPCI,
    "intercommunalite": TerritoryLevel.EPCI,
    "departement": TerritoryLevel.DEPARTMENT,
    "departemental": TerritoryLevel.DEPARTMENT,
    "territoire": TerritoryLevel.OWN,
    "territoire a nous": TerritoryLevel.OWN,
    "region": TerritoryLevel.REGION,
    "regional": TerritoryLevel.REGION,
    **dict.fromkeys(_COUNTRY, TerritoryLevel.NATIONAL),
}
_COLUMNS = {
    "communes": TerritoryLevel.COMMUNE,
    "epcis": TerritoryLevel.EPCI,
    "departments": TerritoryLevel.DEPARTMENT,
    "regions": TerritoryLevel.REGION,
    "own_areas": TerritoryLevel.OWN,
}


def commune(reference: Reference, line: PartnerLine) -> Commune | None:
    """By its INSEE code, else by postal code and name."""
    if line["commune_code"]:
        return reference.commune(line["commune_code"].zfill(5))
    if not line["town"]:
        return None
    asked = f"{line['postal_code'].zfill(5)} {line['town']}" if line["postal_code"] else line["town"]
    found = reference.search_communes(asked, 2)
    sure = len(found) == 1 or (found and fold(found[0].name) == fold(line["town"]) and not found[0].homonym)
    return found[0] if sure else None


def address(line: PartnerLine) -> str:
    """« 12 rue du Marché, bâtiment B, 62270 Frévent »."""
    town = f"{line['postal_code']} {line['town']}".strip()
    return ", ".join(part for part in (line["address"], line["complement"], town) if part)


def areas(
    reference: Reference, line: PartnerLine, level: TerritoryLevel, home: str | None, own: Mapping[str, str] = NO_OWN
) -> tuple[Area, ...]:  # fmt: skip
    """What the columns say is covered (`own`: folded name → code of those drawn here), else what is around it."""
    said = [*_said(line), *_in_columns(line)]
    if len(said) > _MOST_AREAS:
        raise UserError(f"plus de {_MOST_AREAS} territoires sur une ligne")
    if said:
        return tuple(dict.fromkeys(_existing(reference, *area, own) for area in said))
    return (_around(reference, line, level, home),)


def says_something(line: PartnerLine) -> bool:
    """A territory, a level or a département is written: what is around another structure is no answer to that."""
    return any(line[name] for name in ("territory", "level", "department", *_COLUMNS))


def _said(line: PartnerLine) -> list[Area]:
    """The « territoire » column: codes of the level named beside it, or of the one their form tells."""
    level = _LEVELS.get(fold(line["level"]))
    if line["level"] and level is None:
        raise UserError(f"niveau de territoire « {clip(line['level'], 40)} » inconnu")
    said = line["territory"].split("|") if level is TerritoryLevel.OWN else _SEVERAL.split(line["territory"])
    parts = [part.strip() for part in said if part.strip()]
    if level is TerritoryLevel.NATIONAL:
        return [(level, "")]
    return [(level or _level_of(part), part) for part in parts]


def _level_of(text: str) -> TerritoryLevel:
    code = text.upper()
    if fold(text) in _COUNTRY:
        return TerritoryLevel.NATIONAL
    if _EPCI.fullmatch(code):
        return TerritoryLevel.EPCI
    if _COMMUNE.fullmatch(code):
        return TerritoryLevel.COMMUNE
    if _DEPARTMENT.fullmatch(code):  # a region has the same form: it needs its level said
        return TerritoryLevel.DEPARTMENT
    raise UserError(f"territoire « {clip(text, 40)} » inconnu : donnez un code et son niveau")


def _in_columns(line: PartnerLine) -> list[Area]:
    found = []
    for name, level in _COLUMNS.items():
        # The name of a territory may hold a comma.
        parts = line[name].split("|") if level is TerritoryLevel.OWN else _SEVERAL.split(line[name])
        found += [(level, part.strip()) for part in parts if part.strip()]
    return found


def _existing(
    reference: Reference, level: TerritoryLevel, text: str, own: Mapping[str, str] = NO_OWN
) -> Area:  # fmt: skip
    if level is TerritoryLevel.NATIONAL:
        return level, ""
    if level is TerritoryLevel.OWN:
        if fold(text) not in own:
            raise UserError(f"territoire « {clip(text, 40)} » inconnu : dessinez-le d’abord dans Réglages")
        return level, own[fold(text)]
    code = _FINDERS[level](reference, text)
    if code is None:
        raise UserError(f"{level.label.lower()} « {clip(text, 40)} » inconnue ou inconnu")
    return level, code


def _commune_code(reference: Reference, text: str) -> str | None:
    found = reference.commune(text.zfill(5))
    return found.code if found else None


def _epci_code(reference: Reference, text: str) -> str | None:
    if reference.epci(text):
        return text
    found = reference.epcis(text, 2)
    return found[0].siren if len(found) == 1 else None


def _department_code(reference: Reference, text: str) -> str | None:
    asked = {text.upper(), text.upper().zfill(2), fold(text)}
    return next((d.code for d in reference.departments() if {d.code, fold(d.name)} & asked), None)


def _region_code(reference: Reference, text: str) -> str | None:
    asked = {text.upper(), text.zfill(2), fold(text)}
    return next((r.code for r in reference.regions() if {r.code, fold(r.name)} & asked), None)


_FINDERS: dict[TerritoryLevel, Callable[[Reference, str], str | None]] = {
    TerritoryLevel.COMMUNE: _commune_code,
    TerritoryLevel.EPCI: _epci_code,
    TerritoryLevel.DEPARTMENT: _department_code,
    TerritoryLevel.REGION: _region_code,
}


def _around(reference: Reference, line: PartnerLine, level: TerritoryLevel, home: str | None) -> Area:
    if level is TerritoryLevel.NATIONAL:
        return level, ""
    here = reference.commune(home) if home else None
    if here is not None:
        code = {
            TerritoryLevel.COMMUNE: here.code,
            TerritoryLevel.EPCI: here.epci_code,
            TerritoryLevel.DEPARTMENT: here.department_code,
            TerritoryLevel.REGION: here.region_code,
        }[level]
        if code:
            return level, code
    if line["department"]:
        return _existing(reference, TerritoryLevel.DEPARTMENT, line["department"])
    raise UserError("ni commune, ni département, ni territoire : on ne sait pas ce qu’elle couvre")
