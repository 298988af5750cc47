"""The sheet of a partner: what it says, what an antenne has from its institution. For Partenaires and the imports."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.clock import today
from boutique.core.errors import UserError
from boutique.core.text import fold
from boutique.forms.catalogue import PARTNER
from boutique.forms.spec import Answers
from boutique.models.choices import TerritoryLevel
from boutique.models.directory import PartnerAbsence, PartnerContact
from boutique.models.outreach import PartnerMeeting
from boutique.models.proposal import ProposedPartner
from boutique.models.referral import Partner, PartnerTerritory, Referral
from boutique.rules import needs
from boutique.rules.partners import load_partner_types
from boutique.services import answers as answers_service
from boutique.services import own_territories, partner_people
from boutique.services.context import context, place
from boutique.services.partner_names import INHERITED, institution, shown_name, value
from boutique.services.partner_people import Absence, Contact
from boutique.services.territories import Area, Territory, territory, widest

DUE_MONTHS = 12  # of a sheet that says nothing else
YEAR_DAYS, YEAR_MONTHS = 365, 12
_SHOWN_TERRITORIES = 3


@dataclass(frozen=True, slots=True)
class Age:
    """Freshness in words and tone; `due` when a year went by."""

    text: str
    short: str
    tone: str
    due: bool


@dataclass(frozen=True, slots=True)
class Antenne:
    """One antenne of an institution, as its sheet lists it."""

    partner_id: uuid.UUID
    name: str
    place: str
    phone: str
    away: str


@dataclass(frozen=True, slots=True)
class PartnerSheet:
    """One partner, to show and to edit; `said` adds to its own answers those of its institution."""

    partner_id: uuid.UUID
    name: str
    full_name: str
    type_label: str
    mission: str
    answers: Answers
    said: Answers
    territories: tuple[Territory, ...]
    age: Age
    archived_on: date | None
    institution: tuple[uuid.UUID, str] | None
    antennes: tuple[Antenne, ...]
    contacts: tuple[Contact, ...]  # those who left are the last
    absences: tuple[Absence, ...]


def age(verified_on: date | None, months: int | None = None) -> Age:
    """« vérifiée il y a 40 jours », due again after the months its sheet says."""
    if verified_on is None:
        return Age("jamais vérifiée", "à vérifier", "warning", due=True)
    days = (today() - verified_on).days
    if days < 1:
        return Age("vérifiée aujourd’hui", "aujourd’hui", "success", due=False)
    if days * YEAR_MONTHS < (months or DUE_MONTHS) * YEAR_DAYS:
        return Age(f"vérifiée il y a {french.plural(days, 'jour')}", f"{days} j", "success", due=False)
    years = days // YEAR_DAYS
    since = f"{max(days // 30, 1)} mois" if years < 2 else f"{years} ans"
    return Age(f"à revérifier : {since}", since, "warning", due=True)


def sheet(session: Session, partner_id: uuid.UUID) -> PartnerSheet:
    """Everything the sheet of one partner shows."""
    partner = partner_people.partner_row(session, partner_id)
    above = institution(session, partner)
    kind = load_partner_types().get(partner.type_code or "")
    answers = answers_service.read_row("partner", partner)
    return PartnerSheet(
        partner_id=partner.id,
        name=partner.name,
        full_name=shown_name(session, partner),
        type_label=type_label(partner.type_code),
        mission=kind.mission if kind else "",
        answers=answers,
        said=answers | {f"partner.{name}": value(partner, above, name) for name in INHERITED},
        territories=territories_of(session, partner_id),
        age=age(partner.verified_on, partner.review_months),
        archived_on=partner.archived_on,
        institution=(above.id, above.name) if above else None,
        antennes=_antennes_of(session, partner),
        contacts=partner_people.contacts(session, partner_id, gone=True),
        absences=partner_people.absences(session, [partner_id]).get(partner_id, ()),
    )


def _antennes_of(session: Session, partner: Partner) -> tuple[Antenne, ...]:
    """Those that share its state: living ones of a living institution, archived ones of an archived one."""
    archived = Partner.archived_on.is_(None) if partner.archived_on is None else Partner.archived_on.is_not(None)
    rows = session.scalars(
        select(Partner).where(Partner.parent_id == partner.id, archived).order_by(Partner.name_key, Partner.id)
    ).all()
    away = partner_people.away(session, [row.id for row in rows])
    return tuple(
        Antenne(
            row.id, row.name, place(session, row.commune_code), french.show_phone(row.phone),
            away[row.id].told() if row.id in away else "",
        )
        for row in rows
    )  # fmt: skip


def territories_of(session: Session, partner_id: uuid.UUID) -> tuple[Territory, ...]:
    """What a partner covers, named."""
    own = own_territories.names(session)
    rows = session.execute(_territory_rows([partner_id]))
    return tuple(territory(context(session).reference, level, code, own=own) for _, level, code in rows)


def extents(session: Session, partners: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """« Pas-de-Calais, Nord » for each partner."""
    reference, own = context(session).reference, own_territories.names(session)
    found: dict[uuid.UUID, list[str]] = {}
    names: dict[Area, str] = {}
    for partner_id, level, code in session.execute(_territory_rows(partners)):
        if (level, code) not in names:
            names[level, code] = territory(reference, level, code, own=own).name
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


def save(
    session: Session, partner_id: uuid.UUID | None, typed: Mapping[str, Any], territories: Iterable[Area] = ()
) -> uuid.UUID:  # fmt: skip
    """Add or change a partner; `partner.parent_id` among the answers makes it an antenne (None: no longer one).

    Without a territory said, it covers the département where it is, else what its institution covers.
    """
    accepted = PARTNER.accept(typed)
    if accepted["partner.type_code"] not in load_partner_types():
        raise UserError("Choisissez le type de la structure dans la liste.")
    partner = (
        Partner(name=accepted["partner.name"])
        if partner_id is None
        else partner_people.partner_row(session, partner_id)
    )
    if "partner.parent_id" in typed:
        attach(session, partner, typed["partner.parent_id"])
    areas = tuple(dict.fromkeys(territories)) or _home_areas(session, partner, accepted.get("partner.commune_code"))
    own = own_territories.names(session)
    for level, code in areas:
        territory(context(session).reference, level, code, strict=True, own=own)
    accepted["partner.territory_level"] = widest(areas)
    was = partner.type_code
    if partner_id is None:
        session.add(partner)
    answers_service.write_row(partner, "partner", accepted)
    _pass_on_type(session, partner, was)
    session.flush()
    set_territories(session, partner.id, areas)
    return partner.id


def attach(session: Session, partner: Partner, institution_id: uuid.UUID | None) -> None:
    """Make it an antenne of an institution, or of none. There is one level: an antenne has no antennes."""
    if institution_id is None or institution_id == partner.parent_id:
        partner.parent_id = institution_id
        return
    above = session.get(Partner, institution_id)
    if above is None or above.id == partner.id:
        raise UserError("Cette institution n’est pas dans l’annuaire. Choisissez-en une dans la liste.")
    if above.parent_id is not None:
        raise UserError(f"« {above.name} » est elle-même une antenne : choisissez son institution.")
    if _has_antennes(session, partner.id):
        raise UserError("Cette structure a des antennes : elle ne peut pas en être une. Détachez-les d’abord.")
    partner.parent_id = above.id


def _has_antennes(session: Session, partner_id: uuid.UUID) -> bool:
    return session.scalar(select(Partner.id).where(Partner.parent_id == partner_id).limit(1)) is not None


def _pass_on_type(session: Session, partner: Partner, was: str | None) -> None:
    """The antennes that were of the type of their institution stay of its type."""
    if was is not None and was != partner.type_code:
        for antenne in session.scalars(
            select(Partner).where(Partner.parent_id == partner.id, Partner.type_code == was)
        ):
            antenne.type_code = partner.type_code


def _home_areas(session: Session, partner: Partner, commune_code: str | None) -> tuple[Area, ...]:
    commune = context(session).reference.commune(commune_code) if commune_code else None
    if commune is not None:
        return ((TerritoryLevel.DEPARTMENT, commune.department_code),)
    if partner.parent_id is not None:
        return tuple((level, code) for _, level, code in session.execute(_territory_rows([partner.parent_id])))
    raise UserError("Dites quel territoire couvre cette structure, ou donnez sa commune.")


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
    """Stop proposing a partner and its antennes; referrals and history stay."""
    partner_people.partner_row(session, partner_id).archived_on = today()
    for antenne in session.scalars(select(Partner).where(Partner.parent_id == partner_id)):
        antenne.archived_on = antenne.archived_on or today()


def restore(session: Session, partner_id: uuid.UUID) -> None:
    """Propose it again: an institution with the antennes that left with it, an antenne with its institution."""
    partner = partner_people.partner_row(session, partner_id)
    left_on, partner.archived_on = partner.archived_on, None
    for antenne in session.scalars(select(Partner).where(Partner.parent_id == partner_id)):
        if antenne.archived_on == left_on:
            antenne.archived_on = None
    if (above := institution(session, partner)) is not None:
        above.archived_on = None


def remove(session: Session, partner_id: uuid.UUID) -> None:
    """Delete an entry made by mistake; refused as soon as a person was referred to it."""
    partner = partner_people.partner_row(session, partner_id)
    used = session.scalar(select(func.count()).select_from(Referral).where(Referral.partner_id == partner_id)) or 0
    if used or _has_antennes(session, partner_id):
        raise UserError(
            "Des orientations ou des antennes renvoient à cette fiche : archivez-la plutôt, elle ne sera plus proposée."
        )
    if session.scalar(select(PartnerMeeting.id).where(PartnerMeeting.partner_id == partner_id).limit(1)) is not None:
        raise UserError("Des rencontres sont notées sur cette fiche : archivez-la plutôt, elle ne sera plus proposée.")
    set_territories(session, partner_id, ())
    for model in (PartnerAbsence, PartnerContact, ProposedPartner):
        for row in session.scalars(select(model).where(model.partner_id == partner_id)):
            session.delete(row)
    session.delete(partner)


def mark_verified(session: Session, partner_id: uuid.UUID) -> None:
    """Somebody checked today that the sheet is right."""
    partner_people.partner_row(session, partner_id).verified_on = today()


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
