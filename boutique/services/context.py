"""Who works, where, with which reference data: carried by every session that a workspace hands out."""

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from boutique.storage.reference import Reference

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_KEY = "boutique.context"


@dataclass(frozen=True, slots=True)
class Context:
    """The circumstances of a use case: never a global."""

    counsellor_id: uuid.UUID | None
    site_id: uuid.UUID | None
    reference: Reference
    device: str


def attach(session: "Session", context: Context) -> None:
    """Give a fresh session its circumstances (the workspace does)."""
    session.info[_KEY] = context


def context(session: "Session") -> Context:
    """The circumstances of this session."""
    found = session.info[_KEY]
    assert isinstance(found, Context)
    return found


def place(session: "Session", commune_code: str | None, *, with_code: bool = False) -> str:
    """Name of a commune (« Frévent », or « Frévent (62270) »), nothing when not known."""
    return place_name(context(session).reference, commune_code, with_code=with_code)


def place_name(reference: Reference, commune_code: str | None, *, with_code: bool = False) -> str:
    """The same, by the reference data."""
    if not commune_code:
        return ""
    found = reference.commune(commune_code)
    if found is None:
        return commune_code
    return found.label if with_code else found.name
