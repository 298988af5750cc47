"""Whom a referral may be addressed to at the structures that are chosen, and who is away. For Orientations."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from boutique.models.referral import Partner
from boutique.rules import needs
from boutique.services import partner_people
from boutique.services.partner_names import shown_name
from boutique.services.partner_people import Contact


@dataclass(frozen=True, slots=True)
class Addressee:
    """One structure: its contacts, who is the likeliest of them, `away` when nobody answers there for now."""

    partner_id: uuid.UUID
    name: str
    contacts: tuple[Contact, ...]
    likeliest: uuid.UUID | None
    away: str


def of(session: Session, chosen: Sequence[tuple[uuid.UUID, str | None]]) -> tuple[Addressee, ...]:
    """`chosen`: each structure with the subject of the need it answers."""
    ids = [partner_id for partner_id, _ in chosen]
    people, away = partner_people.by_partner(session, ids), partner_people.away(session, ids)
    found = []
    for partner_id, subject in chosen:
        partner = session.get(Partner, partner_id)
        if partner is None:
            continue
        contacts = people.get(partner_id, ())
        likeliest = partner_people.choose(contacts, needs.subject(subject).theme if subject else None)
        absence = away[partner_id].told() if partner_id in away else ""
        found.append(
            Addressee(partner_id, shown_name(session, partner), contacts, likeliest.id if likeliest else None, absence)
        )
    return tuple(found)
