"""Who opened, printed or exported what: names of things, never values. Noted by the views and commands that do it."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core.clock import today
from boutique.models.trace import Access
from boutique.services.context import context


def note(session: Session, verb: str, what: str, *, person_id: uuid.UUID | None = None, people: int = 1) -> None:
    """Note one access; openings of a file count once a person and a day."""
    here = context(session)
    if verb == "open":
        seen = select(Access.id).where(
            Access.verb == verb,
            Access.person_id == person_id,
            Access.counsellor_id == here.counsellor_id,
            Access.at >= datetime.combine(today(), datetime.min.time()).astimezone(),
        )
        if session.scalar(seen.limit(1)) is not None:
            return
    session.add(Access(counsellor_id=here.counsellor_id, verb=verb, person_id=person_id, people=people, what=what))


def note_each(session: Session, verb: str, what: str, people: Sequence[uuid.UUID]) -> None:
    """Note the same access for many people, in the history of each."""
    by = context(session).counsellor_id
    session.add_all(Access(counsellor_id=by, verb=verb, person_id=person, people=1, what=what) for person in people)
