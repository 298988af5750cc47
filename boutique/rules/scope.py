"""Whose activity is counted: everywhere, or narrowed to a place, a counsellor, a programme, a territory."""

import uuid
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """What is empty narrows nothing. `communes` is a territory, resolved to INSEE codes; an empty set is no commune."""

    site_id: uuid.UUID | None = None
    counsellor_id: uuid.UUID | None = None
    programme_id: uuid.UUID | None = None
    communes: frozenset[str] | None = None


EVERYWHERE = Scope()
