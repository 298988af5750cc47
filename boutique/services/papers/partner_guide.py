"""The guide of the partners: the list as it is filtered, by theme and by commune. For Partenaires."""

import uuid
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.clock import today
from boutique.core.errors import UserError
from boutique.core.text import fold
from boutique.exports import pdf
from boutique.forms.catalogue import PARTNER
from boutique.models.referral import Partner
from boutique.rules import needs
from boutique.rules.needs import Theme
from boutique.services import directory, partner_people, partners
from boutique.services.context import place
from boutique.services.directory import PartnerQuery
from boutique.services.documents import Document, letterhead, shown_value
from boutique.services.partner_names import full_name, institution, value
from boutique.services.partner_people import Contact

MOST = 1500
_NOWHERE = "Sans adresse"
_SUBJECT_BY_SUBJECT = ("QUOTIDIEN",)
_SHOWN = (
    "address", "access", "phone", "email", "website", "opening", "publics", "eligibility", "cost",
    "verified_on",
)  # fmt: skip


def guide(session: Session, query: PartnerQuery) -> Document:
    """A PDF; UserError when the list is empty or would make hundreds of pages."""
    page = directory.directory(session, replace(query, tree=False), limit=MOST)
    if not page.total:
        raise UserError("Aucune structure dans cette liste : changez les filtres, puis recommencez.")
    if page.total > MOST:
        raise UserError(
            f"Cette liste a {french.show_number(page.total)} structures : le guide en imprime au plus "
            f"{french.show_number(MOST)}. Filtrez par commune, par thème ou par type."
        )
    extents = {row.partner_id: row.extent for row in page.rows}
    found = _found(session, [row.partner_id for row in page.rows])
    data = pdf.partner_guide.Guide(
        letterhead=letterhead(session),
        printed_on=today(),
        told=f"{french.plural(len(found), 'structure')}, au {french.long_date(today())}.",
        themes=_themes(session, found),
        places=_places(session, found, extents),
    )
    return Document(
        f"guide-partenaires-{today():%Y-%m-%d}.pdf", "Guide des partenaires", pdf.partner_guide.render(data)
    )


class _Listed(NamedTuple):
    """A structure with its institution and the name that is printed."""

    partner: Partner
    above: Partner | None
    name: str


def _found(session: Session, ids: Iterable[uuid.UUID]) -> list[_Listed]:
    """In the order of the list: antennes after their institution."""
    rows = {row.id: row for row in session.scalars(select(Partner).where(Partner.id.in_(list(ids))))}
    made = []
    for one in ids:
        above = institution(session, rows[one])
        made.append(_Listed(rows[one], above, full_name(rows[one].name, above.name if above else None)))
    return made


def _themes(
    session: Session, found: Iterable[_Listed]
) -> tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...]:  # fmt: skip
    """Who helps with what. Needs around the project (mobility, housing, childcare) have a list each."""
    rows = [(one, (one.name, place(session, one.partner.commune_code), french.show_phone(one.partner.phone)))
            for one in found]  # fmt: skip
    made: list[tuple[str, tuple[tuple[str, str, str], ...]]] = []
    for theme in needs.load_needs():
        serving = [(one, row) for one, row in rows if _serves(one, theme)]
        if theme.code not in _SUBJECT_BY_SUBJECT:
            made.append((theme.label, tuple(row for _, row in serving)))
            continue
        for subject in theme.subjects:
            kept = tuple(row for one, row in serving if one.partner.type_code in subject.partner_types)
            made.append((f"{theme.label}\u00a0: {subject.label[:1].lower()}{subject.label[1:]}", kept))
        types = {code for subject in theme.subjects for code in subject.partner_types}
        made.append(
            (f"{theme.label}\u00a0: autres", tuple(r for one, r in serving if one.partner.type_code not in types))
        )
    return tuple((title, kept) for title, kept in made if kept)


def _serves(one: _Listed, theme: Theme) -> bool:
    return needs.serves(theme, value(one.partner, one.above, "themes"), one.partner.type_code)


def _places(
    session: Session, found: Iterable[_Listed], extents: Any
) -> "tuple[tuple[str, tuple[pdf.partner_guide.GuideSheet, ...]], ...]":  # fmt: skip
    listed = list(found)
    ids = [one.partner.id for one in listed]
    people, away = partner_people.by_partner(session, ids), partner_people.away(session, ids)
    by_place: dict[str, list[pdf.partner_guide.GuideSheet]] = {}
    for one in listed:
        absence = away.get(one.partner.id)
        lines = [("Attention", absence.told() if absence else ""), ("Couvre", extents[one.partner.id])]
        for name in _SHOWN:
            field = PARTNER.field(f"partner.{name}")
            lines.append((field.label, shown_value(session, field, value(one.partner, one.above, name))))
        lines += [("Contact", _contact(contact)) for contact in people.get(one.partner.id, ())]
        sheet = pdf.partner_guide.GuideSheet(
            one.name, partners.type_label(one.partner.type_code), tuple(ln for ln in lines if ln[1])
        )
        by_place.setdefault(place(session, one.partner.commune_code) or _NOWHERE, []).append(sheet)
    ordered = sorted(by_place, key=_order)
    return tuple((name, tuple(by_place[name])) for name in ordered)


def _contact(one: Contact) -> str:
    """« M. Leroy, conseiller · 03 21… · pour : Statut »."""
    themes = dict(partners.themes())
    told = ", ".join(themes.get(code, code) for code in one.themes)
    parts = (one.line, french.show_phone(one.phone), one.email, f"pour\u00a0: {told}" if told else "",
             one.away.told("absent·e") if one.away else "")  # fmt: skip
    return " · ".join(part for part in parts if part)


def _order(name: str) -> tuple[bool, str]:
    return name == _NOWHERE, fold(name)
