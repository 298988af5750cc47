"""People of a session who gave no name: counted, never listed. For Ateliers."""

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from boutique.core.errors import UserError
from boutique.forms.catalogue import HEADS
from boutique.forms.spec import Answers
from boutique.models.workshop import AnonymousHeads
from boutique.services import answers as answers_service
from boutique.services.rows import existing
from boutique.services.workshops import places
from boutique.services.workshops.places import workshop_of

_PREFIX = "anonymous_heads"
_HEADS, _CAME = f"{_PREFIX}.heads", f"{_PREFIX}.came"


def save(
    session: Session, workshop_id: uuid.UUID, heads_id: uuid.UUID | None, typed: Mapping[str, Any]
) -> tuple[str, ...]:
    """Add or correct a line of people; names of those who moved up when it left places.

    Once the session has begun they count as come, unless another number is said.
    """
    workshop = workshop_of(session, workshop_id)
    places.refuse_cancelled(workshop)
    accepted = HEADS.accept(typed)
    row = AnonymousHeads(workshop_id=workshop_id, heads=0) if heads_id is None else _row(session, heads_id)
    if places.has_begun(session, workshop):
        if accepted.get(_CAME) is None:
            accepted[_CAME] = accepted[_HEADS]
    elif accepted.get(_CAME) is not None:
        raise UserError("La séance n’a pas encore eu lieu : personne n’a pu y venir. Laissez « Dont venues » vide.")
    elif accepted[_HEADS] - row.heads > places.free(session, workshop):
        raise UserError(places.full(workshop))
    answers_service.write_row(row, _PREFIX, accepted)
    session.add(row)
    return places.move_up(session, workshop)


def answers(session: Session, heads_id: uuid.UUID) -> Answers:
    """A line of people, for its form."""
    return answers_service.read_row(_PREFIX, _row(session, heads_id))


def remove(session: Session, heads_id: uuid.UUID) -> tuple[str, ...]:
    """Take a line out; names of those who moved up."""
    row = _row(session, heads_id)
    session.delete(row)
    session.flush()
    return places.move_up(session, workshop_of(session, row.workshop_id))


def _row(session: Session, heads_id: uuid.UUID) -> AnonymousHeads:
    return existing(session, AnonymousHeads, heads_id, "Cette ligne n’existe plus. La liste a été relue.")
