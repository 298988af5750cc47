"""Zonings of a commune from the imported official lists: yes, no, or to be checked. For facts and badges."""

from dataclasses import dataclass

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from boutique.models.trace import Zoning, ZoningList
from boutique.services.context import context
from boutique.storage.zoning_files import ZoningList as ZoningContent

RURAL, DISTRICT = "FRR", "QPV"
PARTIAL = ("FRR-P", "FRR-BP")  # only a part of the commune is classified: the address decides


@dataclass(frozen=True, slots=True)
class CommuneZoning:
    """What the imported lists say of one commune; None where no list answers."""

    rural: bool | None
    districts: tuple[str, ...]  # names of the QPV of the commune, to be checked at the address
    no_district: bool  # True only when the QPV list is there and knows none in this commune


def of_commune(session: Session, commune_code: str | None) -> CommuneZoning:
    """Zoning of a commune; everything is unknown without a commune or without the lists."""
    if not commune_code:
        return CommuneZoning(None, (), no_district=False)
    imported = set(session.scalars(select(ZoningList.kind)))
    rows = session.execute(
        select(Zoning.kind, Zoning.zone_code, Zoning.label, Zoning.classified).where(
            Zoning.commune_code == commune_code
        )
    ).all()
    partial = any(row.zone_code in PARTIAL for row in rows)
    rural = any(row.classified for row in rows if row.kind == RURAL) if RURAL in imported and not partial else None
    districts = tuple(sorted(row.label for row in rows if row.kind == DISTRICT))
    return CommuneZoning(rural, districts, no_district=DISTRICT in imported and not districts)


def districts(session: Session, commune_code: str | None) -> tuple[tuple[str, str], ...]:
    """(code, name) of the QPV of a commune by the imported list, by name."""
    rows = session.execute(
        select(Zoning.zone_code, Zoning.label).where(Zoning.kind == DISTRICT, Zoning.commune_code == commune_code)
    )
    return tuple(sorted(((row.zone_code, row.label) for row in rows), key=_label))


def store(session: Session, content: ZoningContent) -> int:
    """Replace the list of this kind by the imported one; returns the number of rows."""
    session.execute(delete(Zoning).where(Zoning.kind == content.kind))
    session.execute(delete(ZoningList).where(ZoningList.kind == content.kind))
    session.add(ZoningList(kind=content.kind, vintage=content.vintage, rows=len(content.rows)))
    places = context(session).reference
    rows = [
        {
            "kind": content.kind,
            # A list of an earlier year still uses the codes of communes that have merged since.
            "commune_code": found.code if (found := places.commune(row.commune_code)) else row.commune_code,
            "zone_code": row.zone_code,
            "label": row.label,
            "classified": row.classified,
        }
        for row in content.rows
    ]
    for start in range(0, len(rows), 5000):
        session.execute(insert(Zoning), rows[start : start + 5000])
    return len(rows)


def imported(session: Session) -> tuple[tuple[str, str, int], ...]:
    """(kind, vintage, rows) of each imported list."""
    rows = session.execute(select(ZoningList.kind, ZoningList.vintage, ZoningList.rows).order_by(ZoningList.kind))
    return tuple((kind, vintage, count) for kind, vintage, count in rows)


def _label(district: tuple[str, str]) -> str:
    return district[1]
