"""What happened to a file: who changed what, in French words, and who consulted it. Used by the Historique tab."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from boutique.core.text import clip
from boutique.models.diagnosis import DiagnosisMark
from boutique.models.fields import Field, fields_of
from boutique.models.project import ProjectMember
from boutique.models.registry import BY_TABLE
from boutique.models.structure import Counsellor
from boutique.models.trace import Access, Change
from boutique.rules import forecast_input
from boutique.rules.diagnosis import criteria
from boutique.rules.lists import load_grid
from boutique.services import answers as answers_service
from boutique.services.documents import shown_value
from boutique.storage.journal import from_json

_NAMES = {
    "person": "la personne",
    "project": "le projet",
    "accompaniment": "le dossier",
    "passage": "un passage",
    "interview": "un entretien",
    "action": "une action",
    "action_plan": "l’objectif du plan d’action",
    "form_comparison": "la comparaison des statuts",
    "appointment": "un rendez-vous",
    "need": "un besoin",
    "referral": "une orientation",
    "referral_event": "le suivi d’une orientation",
    "consent": "une information ou un accord",
    "step_progress": "une étape",
    "phase_change": "la phase",
    "business": "l’entreprise",
    "diagnosis": "le diagnostic",
    "exit": "la fin de l’accompagnement",
    "handover": "le changement de référent·e",
    "follow_up": "un suivi d’entreprise",
    "follow_up_attempt": "un appel sans réponse",
    "attachment": "un document",
    "piece_progress": "une pièce à fournir",
    "scheme_request": "une demande de financement",
    "forecast": "un scénario de prévisionnel",
    "enrolment": "l’inscription à un atelier",
    "attendance": "la présence à un atelier",
}
_VERBS = {"insert": "Ajouté", "delete": "Supprimé", "update": "Modifié"}
_CONSULTED = {"open": "Dossier consulté", "print": "Imprimé", "export": "Exporté", "view": "Document consulté"}
_SILENT = {"phase_change", "project_member", "proposed_partner"}
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One action on a file; `lines` say field by field what changed. `action_id` is None for a consultation."""

    at: datetime
    author: str
    action: str
    lines: tuple[str, ...]
    action_id: uuid.UUID | None
    undoable: bool


def of_case(session: Session, case_id: uuid.UUID, limit: int = 200) -> tuple[HistoryLine, ...]:
    """Actions and consultations of a file, the latest first."""
    case = answers_service.case_of(session, case_id)
    person_id = case.person_id
    held = select(ProjectMember.id).where(ProjectMember.project_id == case.project_id)
    concerns = or_(Change.person_id == person_id, Change.row_id.in_(held))  # who joined belongs to their own journal
    names = {row.id: row.short_name for row in session.scalars(select(Counsellor))}
    changes = list(session.scalars(select(Change).where(concerns).order_by(Change.stamp.desc()).limit(limit * 4)))
    undone = set(session.scalars(select(Change.undoes).where(Change.undoes.is_not(None))))
    by_action: dict[uuid.UUID, list[Change]] = {}
    for change in changes:
        by_action.setdefault(change.action_id, []).append(change)
    lines = [_line(session, rows, names, undone) for rows in by_action.values()]
    lines += _consultations(session, person_id, names, limit)
    return tuple(sorted(lines, key=_when, reverse=True)[:limit])


def _when(line: HistoryLine) -> datetime:
    return line.at


def _line(
    session: Session, rows: list[Change], names: dict[uuid.UUID, str], undone: set[uuid.UUID | None]
) -> HistoryLine:
    first = rows[-1]
    told = [text for row in reversed(rows) for text in _sentences(session, row)]
    author = names.get(first.author_id, "") if first.author_id else ""
    possible = first.undoes is None and first.action_id not in undone
    return HistoryLine(_instant(first.stamp), author, first.action_label, tuple(told), first.action_id, possible)


def _instant(stamp: str) -> datetime:
    return datetime.fromtimestamp(int(stamp.split("-")[0]) / 1000).astimezone()


def _sentences(session: Session, change: Change) -> Iterable[str]:
    if change.entity in _SILENT or (change.entity == "diagnosis_mark" and change.operation != "update"):
        return  # the marks come and go with their diagnosis, which is told
    thing = _NAMES.get(change.entity, change.entity)
    if change.operation != "update":
        yield f"{_VERBS[change.operation]} : {thing}"
        return
    model = BY_TABLE[change.entity]
    declared = {field.name: field for field in fields_of(model)}
    for name, (before, after) in change.fields.items():
        if name == "assumptions":
            yield from forecast_input.differences(before or {}, after or {})
        if (field := declared.get(name)) is not None:
            old, new = (_shown(session, field, from_json(model, name, kept)) for kept in (before, after))
            yield f"{_about(session, change)}{field.label} : {old} → {new}"


def _about(session: Session, change: Change) -> str:
    """Which criterion of the diagnosis a mark is of."""
    mark = session.get(DiagnosisMark, change.row_id) if change.entity == "diagnosis_mark" else None
    if mark is None:
        return ""
    criterion = criteria(load_grid()).get(mark.criterion)
    return f"{criterion.label if criterion else mark.criterion}, "


def _shown(session: Session, field: Field, value: Any) -> str:
    return clip(shown_value(session, field, value), _LONGEST) or "—"


def _consultations(
    session: Session, person_id: uuid.UUID, names: dict[uuid.UUID, str], limit: int
) -> list[HistoryLine]:
    rows = session.scalars(select(Access).where(Access.person_id == person_id).order_by(Access.at.desc()).limit(limit))
    return [
        HistoryLine(
            row.at,
            names.get(row.counsellor_id, "") if row.counsellor_id else "",
            _CONSULTED.get(row.verb, row.verb),
            (row.what,) if row.what else (),
            None,
            undoable=False,
        )
        for row in rows
    ]
