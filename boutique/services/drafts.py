"""Unfinished forms, kept in the encrypted base as they are typed; a power cut loses nothing. Used by the forms."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from boutique.models.trace import Draft
from boutique.services.context import context
from boutique.services.rows import existing
from boutique.storage.journal import as_json


@dataclass(frozen=True, slots=True)
class DraftLine:
    """An unfinished form in a list; `summary` says what was typed first."""

    id: uuid.UUID
    form: str
    subject_id: uuid.UUID | None
    updated_at: datetime
    summary: str


def keep(
    session: Session,
    form: str,
    typed: Mapping[str, Any],
    *,
    draft_id: uuid.UUID | None = None,
    subject_id: uuid.UUID | None = None,
) -> uuid.UUID:
    """Keep what is typed, as typed; returns the draft's id, to be given again at the next keystroke."""
    draft = session.get(Draft, draft_id) if draft_id is not None else None
    if draft is None:
        draft = Draft(form=form, author_id=context(session).counsellor_id, subject_id=subject_id)
        if draft_id is not None:
            draft.id = draft_id
        session.add(draft)
    draft.answers = {key: as_json(value) for key, value in typed.items()}
    session.flush()
    return draft.id


def load(session: Session, draft_id: uuid.UUID) -> dict[str, Any]:
    """What was typed."""
    draft = existing(session, Draft, draft_id, "Ce brouillon n’existe plus : il a été enregistré ou supprimé.")
    return dict(draft.answers)


def drop(session: Session, draft_id: uuid.UUID) -> None:
    """Forget a draft: its form was saved, or the user said so."""
    session.execute(delete(Draft).where(Draft.id == draft_id))


def pending(session: Session) -> tuple[DraftLine, ...]:
    """Drafts to finish, the latest first."""
    rows = session.scalars(select(Draft).order_by(Draft.updated_at.desc()).limit(50))
    return tuple(DraftLine(d.id, d.form, d.subject_id, d.updated_at, _summary(d.answers)) for d in rows)


def find(session: Session, form: str, subject_id: uuid.UUID | None) -> DraftLine | None:
    """The unfinished form of a subject (the interview of a file), or of none, when there is one."""
    row = session.scalars(
        select(Draft).where(Draft.form == form, Draft.subject_id == subject_id).order_by(Draft.updated_at.desc())
    ).first()
    return DraftLine(row.id, row.form, row.subject_id, row.updated_at, _summary(row.answers)) if row else None


def _summary(typed: Mapping[str, Any]) -> str:
    names = (
        "holder.first_name", "holder.last_name", "partner.name", "business_visit.name", "partner_meeting.topic",
        "outreach_day.host", "workshop.title", "module.title", "programme.name", "structure.name", "site.name",
        "counsellor.first_name", "counsellor.last_name", "territory_name",
    )  # fmt: skip
    name = " ".join(str(typed.get(key) or "") for key in names).strip()
    about = str(
        typed.get("project.summary") or typed.get("interview.summary") or typed.get("journey.summary") or ""
    ).strip()
    return " · ".join(part for part in (name, about[:60]) if part) or "sans nom"
