"""The directory of partners: list, sheet, territories, freshness. Used by Partenaires, referrals and the imports."""

import uuid
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.clock import today
from boutique.core.errors import UserError
from boutique.core.text import fold, words
from boutique.forms.catalogue import PARTNER
from boutique.forms.spec import Answers
from boutique.models.choices import Choice, TerritoryLevel
from boutique.models.referral import Partner, PartnerTerritory, Referral
from boutique.rules import needs
from boutique.rules.partners import load_partner_types
from boutique.services import answers as answers_service
from boutique.services import coverage
from boutique.services.context import context, place
from boutique.services.territories import Area, Territory, territory, widest
from boutique.storage.reference import Reference

DUE_MONTHS = 12  # of a sheet that says nothing else
_YEAR_DAYS, _YEAR_MONTHS = 365, 12
_TOWNS_OF_A_WORD = 200
_SHOWN_TERRITORIES = 3


class Freshness(Choice):
    """How recently a sheet was verified."""

    FRESH = "fresh", "À jour"
    DUE = "due", "À vérifier"


@dataclass(frozen=True, slots=True)
class PartnerQuery:
    """What to list; `commune_code` keeps those that cover it, `theme` those that serve it."""

    text: str = ""
    type_code: str | None = None
    theme: str | None = None
    commune_code: str | None = None
    freshness: Freshness | None = None
    archived: bool = False


@dataclass(frozen=True, slots=True)
class Age:
    """Freshness in words and tone; `due` when a year went by."""

    text: str
    short: str
    tone: str
    due: bool


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """One line of the directory."""

    partner_id: uuid.UUID
    name: str
    type_code: str
    type_label: str
    place: str
    phone: str
    extent: str
    age: Age


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the directory."""

    key: str
    title: str
    getter: Callable[[PartnerRow], str]
    width: int


# To add a column: one line here, and its value in PartnerRow when it is new.
COLUMNS: tuple[Column, ...] = (
    Column("name", "Nom", lambda row: row.name, 220),
    Column("type", "Type", lambda row: row.type_label, 130),
    Column("place", "Commune", lambda row: row.place, 105),
    Column("extent", "Couvre", lambda row: row.extent, 115),
    Column("age", "Fiche", lambda row: row.age.short, 125),
)


@dataclass(frozen=True, slots=True)
class PartnerPage:
    """`rows` are those from `offset` on; `no_partner`: the directory holds none at all."""

    total: int
    rows: tuple[PartnerRow, ...]
    query: PartnerQuery
    offset: int
    no_partner: bool


@dataclass(frozen=True, slots=True)
class PartnerSheet:
    """One partner, to show and to edit."""

    partner_id: uuid.UUID
    name: str
    type_label: str
    mission: str
    answers: Answers
    territories: tuple[Territory, ...]
    age: Age
    archived_on: date | None
    record: coverage.Record


def directory(session: Session, query: PartnerQuery, *, offset: int = 0, limit: int = 200) -> PartnerPage:
    """Partners by name, one page at a time."""
    wanted = select(Partner.id).where(*_conditions(session, query))
    total = session.scalar(wanted.with_only_columns(func.count(), maintain_column_froms=True)) or 0
    rows = session.execute(
        select(
            Partner.id,
            Partner.name,
            Partner.type_code,
            Partner.commune_code,
            Partner.phone,
            Partner.verified_on,
            Partner.review_months,
        )
        .where(*_conditions(session, query))
        .order_by(Partner.name_key, Partner.id)
        .offset(offset)
        .limit(limit)
    ).all()
    extents = _extents(session, [row.id for row in rows])
    found = tuple(_row(session, row, extents.get(row.id, "")) for row in rows)
    no_partner = not total and session.scalar(select(Partner.id).limit(1)) is None
    return PartnerPage(total, found, query, offset, no_partner)


def _row(session: Session, row: Any, extent: str) -> PartnerRow:
    return PartnerRow(
        partner_id=row.id,
        name=row.name,
        type_code=row.type_code or "",
        type_label=type_label(row.type_code),
        place=place(session, row.commune_code),
        phone=french.show_phone(row.phone),
        extent=extent,
        age=age(row.verified_on, row.review_months),
    )


def _conditions(session: Session, query: PartnerQuery) -> list[ColumnElement[bool]]:
    archived = Partner.archived_on.is_not(None) if query.archived else Partner.archived_on.is_(None)
    found: list[ColumnElement[bool]] = [archived]
    if query.type_code:
        found.append(Partner.type_code == query.type_code)
    if query.theme:
        found.append(or_(Partner.type_code.in_(_types_serving(query.theme)), coverage.says_theme(query.theme)))
    if query.commune_code:
        commune = context(session).reference.commune(query.commune_code)
        inside = select(PartnerTerritory.partner_id).where(coverage.covers(commune))
        found.append(Partner.id.in_(inside))
    if query.freshness is not None:
        days = func.julianday(today().isoformat()) - func.julianday(Partner.verified_on)
        months = func.coalesce(Partner.review_months, DUE_MONTHS)
        old = or_(Partner.verified_on.is_(None), days * _YEAR_MONTHS >= months * _YEAR_DAYS)
        found.append(old if query.freshness is Freshness.DUE else ~old)
    found.extend(_says(context(session).reference, word) for word in words(query.text)[:8])
    return found


def _says(reference: Reference, word: str) -> ColumnElement[bool]:
    """A word of the name, of the type or of the town."""
    types = [item.code for item in load_partner_types().values() if word in fold(f"{item.label} {item.code}")]
    towns = [commune.code for commune in reference.search_communes(word, limit=_TOWNS_OF_A_WORD)]
    return or_(
        Partner.name_key.contains(word, autoescape=True),
        Partner.type_code.in_(types),
        Partner.commune_code.in_(towns),
    )


def _types_serving(theme: str) -> tuple[str, ...]:
    subjects = [subject.code for item in needs.load_needs() if item.code == theme for subject in item.subjects]
    return needs.partner_types_for(subjects)


def _extents(session: Session, partners: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """« Pas-de-Calais, Nord » for each partner."""
    reference = context(session).reference
    found: dict[uuid.UUID, list[str]] = {}
    names: dict[Area, str] = {}
    for partner_id, level, code in session.execute(_territory_rows(partners)):
        if (level, code) not in names:
            names[level, code] = territory(reference, level, code).name
        found.setdefault(partner_id, []).append(names[level, code])
    return {partner_id: _shortened(names) for partner_id, names in found.items()}


def _shortened(names: list[str]) -> str:
    rest = len(names) - _SHOWN_TERRITORIES
    shown = ", ".join(names[:_SHOWN_TERRITORIES])
    return f"{shown} et {french.plural(rest, 'autre')}" if rest > 0 else shown


def _territory_rows(partners: Collection[uuid.UUID]) -> Any:
    return (
        select(PartnerTerritory.partner_id, PartnerTerritory.level, PartnerTerritory.code)
        .where(PartnerTerritory.partner_id.in_(partners))
        .order_by(PartnerTerritory.level, PartnerTerritory.code)
    )


def age(verified_on: date | None, months: int | None = None) -> Age:
    """« vérifiée il y a 40 jours », due again after the months its sheet says."""
    if verified_on is None:
        return Age("jamais vérifiée", "à vérifier", "warning", due=True)
    days = (today() - verified_on).days
    if days < 1:
        return Age("vérifiée aujourd’hui", "aujourd’hui", "success", due=False)
    if days * _YEAR_MONTHS < (months or DUE_MONTHS) * _YEAR_DAYS:
        return Age(f"vérifiée il y a {french.plural(days, 'jour')}", f"{days} j", "success", due=False)
    years = days // _YEAR_DAYS
    since = f"{max(days // 30, 1)} mois" if years < 2 else f"{years} ans"
    return Age(f"à revérifier : {since}", since, "warning", due=True)


def sheet(session: Session, partner_id: uuid.UUID) -> PartnerSheet:
    """Everything the sheet of one partner shows."""
    partner = _partner(session, partner_id)
    kind = load_partner_types().get(partner.type_code or "")
    return PartnerSheet(
        partner_id=partner.id,
        name=partner.name,
        type_label=type_label(partner.type_code),
        mission=kind.mission if kind else "",
        answers=answers_service.read_row("partner", partner),
        territories=territories_of(session, partner_id),
        age=age(partner.verified_on, partner.review_months),
        archived_on=partner.archived_on,
        record=coverage.records(session, [partner_id]).get(partner_id, coverage.NO_RECORD),
    )


def territories_of(session: Session, partner_id: uuid.UUID) -> tuple[Territory, ...]:
    """What a partner covers, named."""
    rows = session.execute(_territory_rows([partner_id]))
    return tuple(territory(context(session).reference, level, code) for _, level, code in rows)


def save(
    session: Session, partner_id: uuid.UUID | None, typed: Mapping[str, Any], territories: Iterable[Area] = ()
) -> uuid.UUID:  # fmt: skip
    """Add or change a partner. Without a territory said, it covers the département where it is."""
    accepted = PARTNER.accept(typed)
    if accepted["partner.type_code"] not in load_partner_types():
        raise UserError("Choisissez le type de la structure dans la liste.")
    areas = tuple(dict.fromkeys(territories)) or _home_area(session, accepted.get("partner.commune_code"))
    for level, code in areas:
        territory(context(session).reference, level, code, strict=True)
    accepted["partner.territory_level"] = widest(areas)
    if partner_id is None:
        partner = Partner(name=accepted["partner.name"])
        session.add(partner)
    else:
        partner = _partner(session, partner_id)
    answers_service.write_row(partner, "partner", accepted)
    session.flush()
    set_territories(session, partner.id, areas)
    return partner.id


def _home_area(session: Session, commune_code: str | None) -> tuple[Area, ...]:
    commune = context(session).reference.commune(commune_code) if commune_code else None
    if commune is None:
        raise UserError("Dites quel territoire couvre cette structure, ou donnez sa commune.")
    return ((TerritoryLevel.DEPARTMENT, commune.department_code),)


def set_territories(session: Session, partner_id: uuid.UUID, areas: Collection[Area]) -> None:
    """Write what changed between the territories stored and these."""
    stored = session.scalars(select(PartnerTerritory).where(PartnerTerritory.partner_id == partner_id)).all()
    known = {(row.level, row.code): row for row in stored}
    for area, row in known.items():
        if area not in areas:
            session.delete(row)
    session.add_all(
        PartnerTerritory(partner_id=partner_id, level=level, code=code)
        for level, code in areas
        if (level, code) not in known
    )
    session.flush()


def archive(session: Session, partner_id: uuid.UUID) -> None:
    """Stop proposing a partner; its referrals and history stay."""
    _partner(session, partner_id).archived_on = today()


def restore(session: Session, partner_id: uuid.UUID) -> None:
    """Propose it again."""
    _partner(session, partner_id).archived_on = None


def remove(session: Session, partner_id: uuid.UUID) -> None:
    """Delete an entry made by mistake; refused as soon as a person was referred to it."""
    partner = _partner(session, partner_id)
    used = session.scalar(select(func.count()).select_from(Referral).where(Referral.partner_id == partner_id)) or 0
    branches = session.scalar(select(func.count()).select_from(Partner).where(Partner.parent_id == partner_id)) or 0
    if used or branches:
        raise UserError(
            "Des orientations ou des antennes renvoient à cette fiche : archivez-la plutôt, elle ne sera plus proposée."
        )
    set_territories(session, partner_id, ())
    session.delete(partner)


def mark_verified(session: Session, partner_id: uuid.UUID) -> None:
    """Somebody checked today that the sheet is right."""
    _partner(session, partner_id).verified_on = today()


def types() -> tuple[tuple[str, str], ...]:
    """(code, label) of every type, by label."""
    return tuple(sorted(((item.code, item.label) for item in load_partner_types().values()), key=_by_label))


def themes() -> tuple[tuple[str, str], ...]:
    """(code, label) of every theme of needs."""
    return tuple((theme.code, theme.label) for theme in needs.load_needs())


def type_label(code: str | None) -> str:
    """Short name of a type, the code itself when the list no longer has it."""
    found = load_partner_types().get(code or "")
    return found.short if found else code or ""


def full_type_label(code: str | None) -> str:
    """The whole label of a type, which an import knows."""
    found = load_partner_types().get(code or "")
    return found.label if found else code or ""


def _by_label(item: tuple[str, str]) -> str:
    return fold(item[1])


def _partner(session: Session, partner_id: uuid.UUID) -> Partner:
    partner = session.get(Partner, partner_id)
    if partner is None:
        raise UserError("Cette fiche n’existe plus. Revenez à la liste des partenaires.")
    return partner
