"""The guide of the partners: the list as it is filtered, by theme and by commune. For Partenaires."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.clock import today
from boutique.core.errors import UserError
from boutique.core.text import fold
from boutique.exports.pdf import partner_guide
from boutique.exports.pdf.partner_guide import Guide, GuideSheet
from boutique.forms.catalogue import PARTNER
from boutique.models.referral import Partner
from boutique.rules import needs
from boutique.services import directory, partners
from boutique.services.context import place
from boutique.services.directory import PartnerQuery
from boutique.services.documents import Document, letterhead, shown_value

MOST = 1500
_NOWHERE = "Sans adresse"
_SHOWN = (
    "address", "access", "phone", "email", "website", "opening", "publics", "eligibility", "cost",
    "verified_on",
)  # fmt: skip


def guide(session: Session, query: PartnerQuery) -> Document:
    """A PDF; UserError when the list is empty or would make hundreds of pages."""
    page = directory.directory(session, query, limit=MOST)
    if not page.total:
        raise UserError("Aucune structure dans cette liste : changez les filtres, puis recommencez.")
    if page.total > MOST:
        raise UserError(
            f"Cette liste a {french.show_number(page.total)} structures : le guide en imprime au plus "
            f"{french.show_number(MOST)}. Filtrez par commune, par thème ou par type."
        )
    extents = {row.partner_id: row.extent for row in page.rows}
    found = session.scalars(select(Partner).where(Partner.id.in_(extents)).order_by(Partner.name_key, Partner.id)).all()
    data = Guide(
        letterhead=letterhead(session),
        printed_on=today(),
        told=f"{french.plural(len(found), 'structure')}, au {french.long_date(today())}.",
        themes=_themes(session, found),
        places=_places(session, found, extents),
    )
    return Document(f"guide-partenaires-{today():%Y-%m-%d}.pdf", "Guide des partenaires", partner_guide.render(data))


def _themes(
    session: Session, found: Iterable[Partner]
) -> tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...]:  # fmt: skip
    rows = [(one, (one.name, place(session, one.commune_code), french.show_phone(one.phone))) for one in found]
    made = []
    for theme in needs.load_needs():
        kept = tuple(row for one, row in rows if needs.serves(theme, one.themes, one.type_code))
        if kept:
            made.append((theme.label, kept))
    return tuple(made)


def _places(
    session: Session, found: Iterable[Partner], extents: Any
) -> tuple[tuple[str, tuple[GuideSheet, ...]], ...]:  # fmt: skip
    by_place: dict[str, list[GuideSheet]] = {}
    for one in found:
        lines = [("Couvre", extents[one.id])]
        for name in _SHOWN:
            field = PARTNER.field(f"partner.{name}")
            lines.append((field.label, shown_value(session, field, getattr(one, name))))
        sheet = GuideSheet(one.name, partners.type_label(one.type_code), tuple(line for line in lines if line[1]))
        by_place.setdefault(place(session, one.commune_code) or _NOWHERE, []).append(sheet)
    ordered = sorted(by_place, key=_order)
    return tuple((name, tuple(by_place[name])) for name in ordered)


def _order(name: str) -> tuple[bool, str]:
    return name == _NOWHERE, fold(name)
