"""Territories that partners cover: names from codes, codes from what is typed. For the directory and its imports."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from boutique.core.errors import UserError
from boutique.core.text import fold
from boutique.models.choices import TerritoryLevel
from boutique.storage.reference import Reference

Area = tuple[TerritoryLevel, str]  # level, official code or that of an own territory ("" for the whole country)
NO_OWN: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Territory:
    """A territory with its name: « Pas-de-Calais (département) »."""

    level: TerritoryLevel
    code: str
    name: str

    @property
    def label(self) -> str:
        return self.name if self.level is TerritoryLevel.NATIONAL else f"{self.name} ({self.level.label.lower()})"

    @property
    def area(self) -> Area:
        return self.level, self.code


def widest(areas: Iterable[Area]) -> TerritoryLevel:
    """The largest of these levels: they are declared from the nearest to the widest."""
    order = list(TerritoryLevel)
    return max((level for level, _ in areas), key=order.index)


def territory(
    reference: Reference, level: TerritoryLevel, code: str, *, strict: bool = False, own: Mapping[str, str] = NO_OWN
) -> Territory:  # fmt: skip
    """A territory and its name, `own` (code → name) being those drawn here; `strict` refuses an unknown code."""
    if level is TerritoryLevel.NATIONAL:
        return Territory(level, "", level.label)
    name = own.get(code) if level is TerritoryLevel.OWN else _name_of(reference, level, code)
    if name is None and strict:
        raise UserError(f"« {code[:20]} » n’est pas un code connu ({level.label.lower()}).")
    return Territory(level, code, name or code)


def _name_of(reference: Reference, level: TerritoryLevel, code: str) -> str | None:
    if level is TerritoryLevel.COMMUNE:
        commune = reference.commune(code)
        return commune.name if commune else None
    if level is TerritoryLevel.EPCI:
        epci = reference.epci(code)
        return epci.name if epci else None
    places = reference.departments() if level is TerritoryLevel.DEPARTMENT else reference.regions()
    return next((item.name for item in places if item.code == code), None)


def search_territories(
    reference: Reference, level: TerritoryLevel, text: str, limit: int = 12, *, own: Mapping[str, str] = NO_OWN
) -> tuple[Territory, ...]:
    """Territories of a level whose name (or code) starts like what is typed; for the completer."""
    if level is TerritoryLevel.NATIONAL:
        return (territory(reference, level, ""),)
    if level is TerritoryLevel.COMMUNE:
        return tuple(Territory(level, c.code, c.label) for c in reference.search_communes(text, limit))
    if level is TerritoryLevel.EPCI:
        return tuple(Territory(level, epci.siren, epci.name) for epci in reference.epcis(text, limit))
    asked = fold(text)
    if level is TerritoryLevel.OWN:
        ours = sorted((fold(name), code) for code, name in own.items() if _starts(asked, name))
        return tuple(Territory(level, code, own[code]) for _, code in ours)[:limit]
    places = reference.departments() if level is TerritoryLevel.DEPARTMENT else reference.regions()
    found = (item for item in places if _starts(asked, item.name) or item.code.casefold() == asked)
    return tuple(Territory(level, item.code, item.name) for item in found)[:limit]


def _starts(asked: str, name: str) -> bool:
    names = fold(name)
    return names.startswith(asked) or f" {asked}" in names
