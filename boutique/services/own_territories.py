"""Territories that the structure draws itself (a pays): edited in Réglages, used by the directory and the figures."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.errors import UserError
from boutique.core.text import clean, fold
from boutique.models.base import new_id
from boutique.models.choices import TerritoryLevel
from boutique.models.referral import PartnerTerritory
from boutique.models.territory import Territory as Row
from boutique.models.territory import TerritoryPart
from boutique.services import territories
from boutique.services.context import context
from boutique.services.rows import existing
from boutique.services.territories import Area, Territory
from boutique.storage.reference import Reference
from boutique.storage.reference_records import Commune

MOST_PARTS = 5_000
LONGEST_NAME = 120
PARTS = (TerritoryLevel.COMMUNE, TerritoryLevel.EPCI, TerritoryLevel.DEPARTMENT, TerritoryLevel.REGION)
_GONE = "Ce territoire n’existe plus. Revenez à la liste."


@dataclass(frozen=True, slots=True)
class OwnTerritory:
    """A territory with the INSEE codes of its communes of today."""

    id: uuid.UUID
    code: str
    name: str
    communes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a territory goes: its communes, by name, and their inhabitants."""

    communes: tuple[Commune, ...]

    @property
    def population(self) -> int:
        return sum(commune.population for commune in self.communes)

    @property
    def label(self) -> str:
        count = french.plural(len(self.communes), "commune")
        return f"{count} · {french.show_number(self.population)} habitants"


@dataclass(frozen=True, slots=True)
class TerritorySheet:
    """One territory, to show and to edit: what it is made of, what is left out of it."""

    id: uuid.UUID
    code: str
    name: str
    parts: tuple[Territory, ...]
    left_out: tuple[Territory, ...]
    extent: Extent


def listing(session: Session) -> tuple[TerritorySheet, ...]:
    """Every territory, by name."""
    parts = _parts(session)
    rows = session.scalars(select(Row)).all()
    return tuple(sorted((_sheet(session, row, parts.get(row.id, [])) for row in rows), key=_by_name))


def sheet(session: Session, territory_id: uuid.UUID) -> TerritorySheet:
    """One territory."""
    row = _row(session, territory_id)
    return _sheet(session, row, _parts(session).get(row.id, []))


def own(session: Session) -> Mapping[str, OwnTerritory]:
    """Every territory by its code."""
    return {
        one.code: OwnTerritory(one.id, one.code, one.name, frozenset(commune.code for commune in one.extent.communes))
        for one in listing(session)
    }


def names(session: Session) -> dict[str, str]:
    """The name of every territory by its code, without its communes."""
    return {row.code: row.name for row in session.execute(select(Row.code, Row.name))}


def containing(session: Session, commune: Commune) -> tuple[str, ...]:
    """Codes of the territories that a commune is part of; one query, for what asks at each keystroke."""
    places = [
        (TerritoryLevel.COMMUNE, commune.code),
        (TerritoryLevel.EPCI, commune.epci_code),
        (TerritoryLevel.DEPARTMENT, commune.department_code),
        (TerritoryLevel.REGION, commune.region_code),
    ]
    around = or_(*(and_(TerritoryPart.level == level, TerritoryPart.code == code) for level, code in places if code))
    rows = session.execute(
        select(Row.code, func.max(TerritoryPart.left_out))
        .join(TerritoryPart, TerritoryPart.territory_id == Row.id)
        .where(around)
        .group_by(Row.code)
        .order_by(Row.code)
    )
    return tuple(code for code, left_out in rows if not left_out)


def communes_of(session: Session, level: TerritoryLevel, code: str) -> frozenset[str]:
    """INSEE codes of the communes of an official territory; none for the whole country, which has no bounds."""
    return frozenset(commune.code for commune in communes_inside(context(session).reference, level, code))


def communes_inside(reference: Reference, level: TerritoryLevel, code: str) -> tuple[Commune, ...]:
    """Communes of an official territory, by name."""
    if level is TerritoryLevel.EPCI:
        return reference.communes_inside(epci=code)
    if level is TerritoryLevel.DEPARTMENT:
        return reference.communes_inside(department=code)
    if level is TerritoryLevel.REGION:
        return reference.communes_inside(region=code)
    return reference.communes_by_code([code])


def extent(reference: Reference, parts: Collection[Area], left_out: Collection[str] = ()) -> Extent:
    """The communes of these parts, without those left out."""
    single = [code for level, code in parts if level is TerritoryLevel.COMMUNE]
    found = {commune.code: commune for commune in reference.communes_by_code(single)}
    for level, code in parts:
        if level is not TerritoryLevel.COMMUNE:
            found |= {commune.code: commune for commune in communes_inside(reference, level, code)}
    kept = (commune for code, commune in found.items() if code not in left_out)
    return Extent(tuple(sorted(kept, key=_by_name)))


def save(
    session: Session, territory_id: uuid.UUID | None, name: str, parts: Iterable[Area], left_out: Iterable[str] = ()
) -> uuid.UUID:  # fmt: skip
    """Add or change a territory. Refused without a name of its own, or without any commune."""
    reference = context(session).reference
    said = clean(name)[:LONGEST_NAME]
    wanted = {(level, _known(reference, level, code), False) for level, code in parts}
    aside = {(TerritoryLevel.COMMUNE, _known(reference, TerritoryLevel.COMMUNE, code), True) for code in left_out}
    if len(wanted) + len(aside) > MOST_PARTS:
        raise UserError(f"Plus de {MOST_PARTS} lignes : ajoutez des intercommunalités ou des départements entiers.")
    # A commune left out of nothing would only come back when an EPCI is added: it is forgotten.
    everything = {commune.code for commune in extent(reference, [(level, code) for level, code, _ in wanted]).communes}
    aside = {part for part in aside if part[1] in everything}
    if not everything - {code for _, code, _ in aside}:
        raise UserError("Ce territoire n’a aucune commune : ajoutez une intercommunalité ou des communes.")
    row = _named(session, territory_id, said)
    _write_parts(session, row.id, wanted | aside)
    return row.id


def _named(session: Session, territory_id: uuid.UUID | None, name: str) -> Row:
    if not name:
        raise UserError("Donnez un nom à ce territoire. Exemple : Pays du Ternois.")
    for other_id, other in session.execute(select(Row.id, Row.name)):
        if other_id != territory_id and fold(other) == fold(name):
            raise UserError(f"« {name} » existe déjà : choisissez un autre nom, ou modifiez ce territoire.")
    if territory_id is not None:
        row = _row(session, territory_id)
        row.name = name
        return row
    identifier = new_id()
    row = Row(id=identifier, name=name, code=f"T{identifier.hex[-8:].upper()}")
    session.add(row)
    return row


def _write_parts(session: Session, territory_id: uuid.UUID, wanted: set[tuple[TerritoryLevel, str, bool]]) -> None:
    stored = session.scalars(select(TerritoryPart).where(TerritoryPart.territory_id == territory_id)).all()
    known = {(row.level, row.code, row.left_out): row for row in stored}
    for part, row in known.items():
        if part not in wanted:
            session.delete(row)
    session.add_all(
        TerritoryPart(territory_id=territory_id, level=level, code=code, left_out=left_out)
        for level, code, left_out in sorted(wanted - known.keys())
    )
    session.flush()


def remove(session: Session, territory_id: uuid.UUID) -> None:
    """Forget a territory; refused while a partner covers it."""
    row = _row(session, territory_id)
    if session.scalar(select(PartnerTerritory.id).where(PartnerTerritory.code == row.code).limit(1)) is not None:
        raise UserError("Des partenaires couvrent ce territoire : changez d’abord ce que couvrent leurs fiches.")
    _write_parts(session, territory_id, set())
    session.delete(row)


def _known(reference: Reference, level: TerritoryLevel, code: str) -> str:
    """The code of today; UserError when it names nothing."""
    if level not in PARTS:
        raise UserError("Un territoire est fait de communes, d’intercommunalités, de départements ou de régions.")
    if level is TerritoryLevel.COMMUNE and (commune := reference.commune(code)) is not None:
        return commune.code
    return territories.territory(reference, level, code, strict=True).code


def _parts(session: Session) -> dict[uuid.UUID, list[Any]]:
    found: dict[uuid.UUID, list[Any]] = {}
    columns = (TerritoryPart.territory_id, TerritoryPart.level, TerritoryPart.code, TerritoryPart.left_out)
    for row in session.execute(select(*columns).order_by(TerritoryPart.level, TerritoryPart.code)):
        found.setdefault(row.territory_id, []).append(row)
    return found


def _sheet(session: Session, row: Row, parts: list[Any]) -> TerritorySheet:
    reference = context(session).reference
    made = [territories.territory(reference, part.level, part.code) for part in parts if not part.left_out]
    aside = [territories.territory(reference, part.level, part.code) for part in parts if part.left_out]
    return TerritorySheet(
        id=row.id,
        code=row.code,
        name=row.name,
        parts=tuple(sorted(made, key=_by_level)),
        left_out=tuple(aside),
        extent=extent(reference, [part.area for part in made], {part.code for part in aside}),
    )


def _by_level(part: Territory) -> tuple[int, str]:
    return -PARTS.index(part.level), fold(part.name)


def _by_name(one: Commune | TerritorySheet) -> str:
    return fold(one.name)


def _row(session: Session, territory_id: uuid.UUID) -> Row:
    return existing(session, Row, territory_id, _GONE)
