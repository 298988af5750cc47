"""Undo of what was just done: the inverse is a new action. Used by Ctrl+Z and the notice strip."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core.errors import UserError
from boutique.models.case import Case
from boutique.models.journey import JourneyVersion
from boutique.models.trace import Change
from boutique.services.context import context
from boutique.services.journey_versions import PUBLISHED
from boutique.storage import journal


def undoable(session: Session) -> str | None:
    """Label of the last action of the counsellor at work that can be undone."""
    found = journal.undoable(session, author_id=context(session).counsellor_id)
    return found[1] if found else None


def undo(session: Session, action_id: uuid.UUID | None = None) -> str:
    """Undo an action (the last one by default); returns its label."""
    here = context(session)
    if action_id is None:
        found = journal.undoable(session, author_id=here.counsellor_id)
        if found is None:
            raise UserError("Il n’y a rien à annuler.")
        action_id, label = found
    else:
        label = session.scalar(select(Change.action_label).where(Change.action_id == action_id).limit(1)) or ""
    journal.begin_action(
        session, f"Annulation : {label}", author_id=here.counsellor_id, device=here.device, undoes=action_id
    )
    if not journal.revert(session, action_id):
        raise UserError(f"« {label} » ne peut plus être annulé : ce qui avait été fait a changé depuis.")
    _refuse_what_files_follow(session)
    return label


def _refuse_what_files_follow(session: Session) -> None:
    """A journey that has served stays: undoing its publication would leave files without their steps."""
    served = select(Case.id).where(
        Case.journey_version.not_in(select(JourneyVersion.code)), Case.journey_version.startswith(PUBLISHED)
    )
    if session.scalar(served.limit(1)) is not None:
        raise UserError(
            "Cette version du parcours ne peut plus être retirée : des dossiers la suivent. "
            "Remettez une autre version en vigueur dans Réglages › Parcours."
        )
