"""Universal search: results at each keystroke. Used by the top bar, the palette and the command line."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from boutique.core import french
from boutique.core.names import Name, joint_name
from boutique.services.context import context, place_name
from boutique.storage.connection import under
from boutique.storage.reference import Reference
from boutique.storage.search import FoundFile, Search

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Hit:
    """One file found."""

    case_id: uuid.UUID
    person_id: uuid.UUID
    reference: str
    first_name: str
    last_name: str
    phone: str
    email: str
    commune: str
    project: str
    last_contact_on: date
    closed: bool
    holders: tuple[Name, ...]  # all of them, when several carry the project

    @property
    def name(self) -> str:
        return joint_name(self.holders or [(self.first_name, self.last_name)])


def find(session: "Session", search: Search, typed: str, limit: int = 50) -> tuple[Hit, ...]:
    """Files that match every word typed, names first, newest first; close words when nothing matches."""
    return look(under(session), context(session).reference, search, typed, limit)


def look(connection: Any, reference: Reference, search: Search, typed: str, limit: int) -> tuple[Hit, ...]:
    """The same by a connection of the driver."""
    return tuple(_hit(reference, file) for file in search.files(connection, typed, limit))


def _hit(reference: Reference, file: FoundFile) -> Hit:
    return Hit(
        file.case_id,
        file.person_id,
        file.reference,
        file.first_name,
        file.last_name,
        french.show_phone(file.phone),
        file.email or "",
        place_name(reference, file.commune_code),
        file.summary or "",
        file.last_contact_on,
        file.closed,
        file.holders,
    )
