"""The pays of the fictitious base: an EPCI without one of its communes, and a town next to it."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.models.base import Record, new_id
from boutique.models.choices import TerritoryLevel
from boutique.models.territory import Territory, TerritoryPart

_NAME, _CODE = "Pays du Ternois et de l’Artois", "TTERNOIS1"  # the same at each run, as everything fictitious
_PARTS = (
    (TerritoryLevel.EPCI, "200069672", False),  # CC du Ternois
    (TerritoryLevel.EPCI, "200069482", False),  # CC des Campagnes de l’Artois
    (TerritoryLevel.COMMUNE, "62041", False),  # Arras
    (TerritoryLevel.COMMUNE, "62060", True),  # Auxi-le-Château
)


def territory(session: Session) -> Iterator[Record]:
    """One territory, unless the base has it."""
    if session.scalar(select(Territory.id).where(Territory.code == _CODE)) is not None:
        return
    drawn = Territory(id=new_id(), name=_NAME, code=_CODE)
    yield drawn
    for level, code, left_out in _PARTS:
        yield TerritoryPart(territory_id=drawn.id, level=level, code=code, left_out=left_out)
