"""The directory of partners as a list: filters, antennes under their institution, freshness. For Partenaires."""

import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from boutique.core import french
from boutique.core.clock import today
from boutique.core.text import fold, words
from boutique.models.choices import Choice, TerritoryLevel
from boutique.models.directory import PartnerContact
from boutique.models.referral import Partner, PartnerTerritory
from boutique.rules import needs
from boutique.rules.partners import load_partner_types
from boutique.services import coverage, own_territories, partner_people
from boutique.services.context import context, place
from boutique.services.partner_names import full_name, inherited_column, lists
from boutique.services.partners import DUE_MONTHS, YEAR_DAYS, YEAR_MONTHS, Age, age, extents, type_label
from boutique.storage.reference import Reference

_TOWNS_OF_A_WORD = 200


class Freshness(Choice):
    """How recently a sheet was verified."""

    FRESH = "fresh", "À jour"
    DUE = "due", "À vérifier"


@dataclass(frozen=True, slots=True)
class PartnerQuery:
    """What to list; `commune_code` keeps those that cover it, `own_area` those that cover a part of this territory.

    `tree`: without any filter the antennes are folded into their institution, those of `opened` excepted.
    """

    text: str = ""
    type_code: str | None = None
    theme: str | None = None
    public: str | None = None
    commune_code: str | None = None
    own_area: str | None = None
    freshness: Freshness | None = None
    internal: bool | None = None
    absent: bool = False
    without_phone: bool = False
    without_contact: bool = False
    archived: bool = False
    tree: bool = False
    opened: frozenset[uuid.UUID] = frozenset()

    @property
    def folded(self) -> bool:
        """Nothing is asked for in particular: the list is a tree."""
        return self.tree and replace(self, tree=False, opened=frozenset()) == PartnerQuery()


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """One line of the directory; `antennes` of an institution, `under` one in the tree, `away` until when."""

    partner_id: uuid.UUID
    name: str
    type_code: str
    type_label: str
    place: str
    phone: str
    extent: str
    age: Age
    antennes: int = 0
    opened: bool = False
    under: bool = False
    away: str = ""

    @property
    def indented(self) -> str:
        """The name as the list shows it."""
        if self.under:
            return f"      {self.name}"
        return f"{self.name} ({french.plural(self.antennes, 'antenne')})" if self.antennes else self.name


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the directory."""

    key: str
    title: str
    getter: Callable[[PartnerRow], str]
    width: int


# To add a column: one line here, and its value in PartnerRow when it is new.
COLUMNS: tuple[Column, ...] = (
    Column("name", "Nom", lambda row: row.indented, 220),
    Column("type", "Type", lambda row: row.type_label, 130),
    Column("place", "Commune", lambda row: row.place, 105),
    Column("extent", "Couvre", lambda row: row.extent, 115),
    Column("age", "Fiche", lambda row: "absente" if row.away else row.age.short, 125),
)


@dataclass(frozen=True, slots=True)
class PartnerPage:
    """`rows` are those from `offset` on, of `total` lines; `structures` counts the folded antennes too.

    `no_partner`: the directory holds none at all.
    """

    total: int
    rows: tuple[PartnerRow, ...]
    query: PartnerQuery
    offset: int
    no_partner: bool
    structures: int = 0


def directory(session: Session, query: PartnerQuery, *, offset: int = 0, limit: int = 200) -> PartnerPage:
    """Partners by name, antennes after their institution, one page at a time."""
    above = aliased(Partner)
    asked = _conditions(session, query)
    folding = [_unfolded(query)] if query.folded else []
    structures = session.scalar(select(func.count(Partner.id)).where(*asked)) or 0
    total = session.scalar(select(func.count(Partner.id)).where(*asked, *folding)) if folding else structures
    rows = session.execute(
        select(Partner, above.name.label("institution"))
        .outerjoin(above, above.id == Partner.parent_id)
        .where(*asked, *folding)
        .order_by(*_order(session, query, above))
        .offset(offset)
        .limit(limit)
    ).all()  # fmt: skip
    found = _rows(session, query, [(row[0], row.institution) for row in rows])
    no_partner = not structures and session.scalar(select(Partner.id).limit(1)) is None
    return PartnerPage(total or 0, found, query, offset, no_partner, structures)


def _order(session: Session, query: PartnerQuery, above: Any) -> tuple[Any, ...]:
    """Antennes after their institution; where there is none to place, the index on the names gives the order."""
    placed = not query.folded or query.opened
    if placed and session.scalar(select(Partner.id).where(Partner.parent_id.is_not(None)).limit(1)) is not None:
        whole = func.coalesce(above.name_key, Partner.name_key), func.coalesce(above.id, Partner.id)
        return (*whole, Partner.parent_id.is_not(None), Partner.name_key, Partner.id)
    return Partner.name_key, Partner.id


def _unfolded(query: PartnerQuery) -> ColumnElement[bool]:
    return or_(Partner.parent_id.is_(None), Partner.parent_id.in_(query.opened))


def _rows(
    session: Session, query: PartnerQuery, found: Collection[tuple[Partner, str | None]]
) -> tuple[PartnerRow, ...]:  # fmt: skip
    ids = [partner.id for partner, _ in found]
    covered, away = extents(session, ids), partner_people.away(session, ids)
    folded = query.folded
    antennes = _antennes(session, ids) if folded else {}
    made = []
    for partner, institution in found:
        under = folded and partner.parent_id is not None
        absence = away.get(partner.id)
        made.append(
            PartnerRow(
                partner_id=partner.id,
                name=partner.name if under else full_name(partner.name, institution),
                type_code=partner.type_code or "",
                type_label=type_label(partner.type_code),
                place=place(session, partner.commune_code),
                phone=french.show_phone(partner.phone),
                extent=covered.get(partner.id, ""),
                age=age(partner.verified_on, partner.review_months),
                antennes=antennes.get(partner.id, 0),
                opened=partner.id in query.opened,
                under=under,
                away=absence.told() if absence else "",
            )
        )
    return tuple(made)


def _antennes(session: Session, partners: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    rows = session.execute(
        select(Partner.parent_id, func.count(Partner.id))
        .where(Partner.parent_id.in_(partners), _archived(only=False))
        .group_by(Partner.parent_id)
    )
    return {parent_id: count for parent_id, count in rows if parent_id is not None}


def _archived(*, only: bool) -> ColumnElement[bool]:
    return Partner.archived_on.is_not(None) if only else Partner.archived_on.is_(None)


def _conditions(session: Session, query: PartnerQuery) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [_archived(only=query.archived)]
    if query.type_code:
        found.append(Partner.type_code == query.type_code)
    if query.theme:
        found.append(or_(Partner.type_code.in_(_types_serving(query.theme)), coverage.says_theme(query.theme)))
    if query.public:
        found.append(lists(Partner.publics, query.public))
    if query.commune_code:
        commune = context(session).reference.commune(query.commune_code)
        inside = select(PartnerTerritory.partner_id).where(coverage.covers(session, commune))
        found.append(Partner.id.in_(inside))
    if query.own_area:
        found.append(Partner.id.in_(_within(session, query.own_area)))
    if query.freshness is not None:
        found.append(_is_due() if query.freshness is Freshness.DUE else ~_is_due())
    if query.internal is not None:
        found.append(func.coalesce(inherited_column(Partner.internal), False) == query.internal)
    found.extend(_missing(query))
    found.extend(_says(context(session).reference, word) for word in words(query.text)[:8])
    return found


def _within(session: Session, code: str) -> Select[Any]:
    """Partners that cover a territory of our own, or at least one of its communes."""
    drawn = own_territories.own(session).get(code)
    communes = context(session).reference.communes_by_code(drawn.communes if drawn else ())
    places = {
        TerritoryLevel.OWN: {code},
        TerritoryLevel.COMMUNE: {one.code for one in communes},
        TerritoryLevel.EPCI: {one.epci_code for one in communes if one.epci_code},
        TerritoryLevel.DEPARTMENT: {one.department_code for one in communes},
        TerritoryLevel.REGION: {one.region_code for one in communes},
        TerritoryLevel.NATIONAL: {""},
    }
    around = (
        and_(PartnerTerritory.level == level, PartnerTerritory.code.in_(codes)) for level, codes in places.items()
    )
    return select(PartnerTerritory.partner_id).where(or_(*around))


def _missing(query: PartnerQuery) -> list[ColumnElement[bool]]:
    """What a sheet lacks, or who is away."""
    found: list[ColumnElement[bool]] = []
    if query.absent:
        found.append(Partner.id.in_(partner_people.absent_partners(today())))
    if query.without_phone:
        found.append(func.coalesce(Partner.phone, "") == "")
    if query.without_contact:
        named = select(PartnerContact.partner_id).where(PartnerContact.left_on.is_(None))
        found.append(Partner.id.not_in(named))
    return found


def _is_due() -> ColumnElement[bool]:
    days = func.julianday(today().isoformat()) - func.julianday(Partner.verified_on)
    months = func.coalesce(Partner.review_months, DUE_MONTHS)
    return or_(Partner.verified_on.is_(None), days * YEAR_MONTHS >= months * YEAR_DAYS)


def _says(reference: Reference, word: str) -> ColumnElement[bool]:
    """A word of the name, of the institution's, of the type or of the town."""
    types = [item.code for item in load_partner_types().values() if word in fold(f"{item.label} {item.code}")]
    towns = [commune.code for commune in reference.search_communes(word, limit=_TOWNS_OF_A_WORD)]
    above = aliased(Partner)
    institutions = select(above.id).where(above.name_key.contains(word, autoescape=True))
    return or_(
        Partner.name_key.contains(word, autoescape=True),
        Partner.parent_id.in_(institutions),
        Partner.type_code.in_(types),
        Partner.commune_code.in_(towns),
    )


def _types_serving(theme: str) -> tuple[str, ...]:
    subjects = [subject.code for item in needs.load_needs() if item.code == theme for subject in item.subjects]
    return needs.partner_types_for(subjects)


def institutions(session: Session, text: str, limit: int = 8) -> tuple[PartnerRow, ...]:
    """Structures that may have antennes: those that are not themselves one. For the form of a sheet."""
    asked = [_says(context(session).reference, word) for word in words(text)[:8]]
    found: Select[Any] = select(Partner).where(Partner.parent_id.is_(None), _archived(only=False), *asked)
    rows = session.scalars(found.order_by(Partner.name_key, Partner.id).limit(limit)).all()
    return _rows(session, PartnerQuery(), [(row, None) for row in rows])
