"""Documents attached to a file: the list, names and links, the bin, versions. Used by the Documents tab.

Bringing documents in is `attaching`; the bytes are `attachment_store`.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from boutique.core import file_names, file_types, files
from boutique.core.clock import today
from boutique.forms.catalogue import ATTACHMENT
from boutique.models.attachment import Attachment, AttachmentContent
from boutique.models.case import Case
from boutique.models.structure import Counsellor
from boutique.models.trace import Change
from boutique.rules.pieces import load_pieces
from boutique.services import answers as answers_service
from boutique.services import attachment_store as store
from boutique.services import journeys
from boutique.services.context import context
from boutique.services.rows import existing
from boutique.services.workspace import Workspace
from boutique.storage import journal
from boutique.storage.check import HEAVY

_HEAVY_TOLD = (
    "Les documents joints pèsent {size} en tout. Chaque sauvegarde les contient : elle devient lente et prend de la "
    "place. Supprimez ceux qui ne servent plus."
)
_GONE = "Ce document n’existe plus. Revenez à la liste des documents."


@dataclass(frozen=True, slots=True)
class AttachmentLine:
    """One document in a list; `shown` says how it can be looked at (picture, paper, writing, office)."""

    id: uuid.UUID
    name: str
    kind_code: str
    kind: str
    type_label: str
    extension: str
    shown: str
    size: int
    added_on: date
    author: str
    note: str
    step_code: str
    step: str
    piece_code: str
    piece: str
    deleted_on: date | None
    macros: bool

    @property
    def kept_until(self) -> date | None:
        """The first day when a document of the bin may be gone."""
        return self.deleted_on + timedelta(store.KEPT_DAYS) if self.deleted_on else None


@dataclass(frozen=True, slots=True)
class Shelf:
    """The documents of a file, the latest first, those of the bin apart; `warning` when the base grows heavy."""

    lines: tuple[AttachmentLine, ...]
    bin: tuple[AttachmentLine, ...]
    warning: str
    steps: tuple[tuple[str, str], ...]  # those of the journey of this file (code, words)

    @property
    def size(self) -> int:
        return sum(line.size for line in self.lines)


def listing(session: Session, case_id: uuid.UUID) -> Shelf:
    """Everything attached to a file."""
    names = {row.id: row.short_name for row in session.scalars(select(Counsellor))}
    rows = session.scalars(
        select(Attachment)
        .where(Attachment.case_id == case_id)
        .order_by(Attachment.added_on.desc(), Attachment.created_at.desc(), Attachment.name)
    )
    steps = {step.code: step.label for step in journeys.of_file(session, case_id).steps}
    lines = [_line(row, names, steps) for row in rows]
    total = store.total_size(session)
    return Shelf(
        tuple(line for line in lines if line.deleted_on is None),
        tuple(line for line in lines if line.deleted_on is not None),
        _HEAVY_TOLD.format(size=show_size(total)) if total > HEAVY else "",
        tuple((code, f"{code} · {label}") for code, label in steps.items()),
    )


def _line(row: Attachment, names: Mapping[uuid.UUID, str], steps: Mapping[str, str]) -> AttachmentLine:
    kind = file_types.by_media(row.media_type)
    known = load_pieces()
    pieces = {piece.code: piece.label for piece in known.pieces}
    return AttachmentLine(
        id=row.id,
        name=row.name,
        kind_code=row.kind_code,
        kind=known.kind(row.kind_code).label,
        type_label=kind.label,
        extension=Path(row.name).suffix.lstrip(".").lower() or kind.extension,
        shown=kind.shown,
        size=row.size,
        added_on=row.added_on,
        author=names.get(row.added_by_id, "") if row.added_by_id else "",
        note=row.note or "",
        step_code=row.step_code or "",
        step=steps.get(row.step_code or "", row.step_code or ""),
        piece_code=row.piece_code or "",
        piece=pieces.get(row.piece_code or "", row.piece_code or ""),
        deleted_on=row.deleted_on,
        macros=kind.macros or row.name.lower().endswith((".docm", ".xlsm", ".pptm")),
    )


def show_size(size: int) -> str:
    """« 840 Ko », « 2,4 Mo », as file managers say it."""
    if size < 1_000:
        return f"{size} octets"
    if size < 1_000_000:
        return f"{round(size / 1_000)} Ko"
    unit, value = ("Go", size / 1e9) if size >= 1e9 else ("Mo", size / 1e6)
    return f"{value:.1f} {unit}".replace(".", ",").replace(",0 ", " ")


def describe(session: Session, attachment_id: uuid.UUID, typed: Mapping[str, Any]) -> None:
    """Change name, kind, note and links; the extension of the name stays."""
    row = _row(session, attachment_id)
    given = ATTACHMENT.accept({"attachment.name": typed.get("name"), "attachment.note": typed.get("note")})
    extension = Path(row.name).suffix.lstrip(".")
    name = file_names.safe_name(given["attachment.name"], extension)
    row.name, row.note = name, given.get("attachment.note")
    row.kind_code = str(typed.get("kind_code") or row.kind_code)
    row.step_code = typed.get("step_code") or None
    row.piece_code = typed.get("piece_code") or None


def delete(session: Session, attachment_id: uuid.UUID) -> None:
    """Put a document in the bin; its bytes stay until the bin is emptied."""
    _row(session, attachment_id).deleted_on = today()


def restore(session: Session, attachment_id: uuid.UUID) -> None:
    """Take a document out of the bin."""
    _row(session, attachment_id).deleted_on = None


def erase(session: Session, attachment_id: uuid.UUID) -> None:
    """Remove a document and its bytes for good: nothing brings them back, so nothing offers to."""
    row, here = _row(session, attachment_id), context(session)
    thrown = select(Change.action_id).where(Change.row_id == row.id).order_by(Change.stamp.desc()).limit(1)
    journal.begin_action(
        session,
        "Document effacé définitivement",
        author_id=here.counsellor_id,
        device=here.device,
        undoes=session.scalar(thrown) or row.id,
    )
    content_id = row.content_id
    session.delete(row)
    session.flush()
    if session.scalar(select(Attachment.id).where(Attachment.content_id == content_id).limit(1)) is None:
        store.erase(session, content_id)


def content(session: Session, attachment_id: uuid.UUID) -> bytes:
    """The bytes of a document, for its preview."""
    return store.whole(session, _row(session, attachment_id).content_id)


def save_as(session: Session, attachment_id: uuid.UUID, target: Path) -> str:
    """Write a copy where the user wants it; returns the name of the file."""
    row = _row(session, attachment_id)
    with files.explained(target), files.replacement(target) as temporary, temporary.open("wb") as stream:
        store.copy(session, row.content_id, stream)
    return target.name


def export_name(session: Session, attachment_id: uuid.UUID) -> str:
    """What a copy is called outside the base: reference and kind, never a person."""
    row = _row(session, attachment_id)
    case = session.get_one(Case, row.case_id)
    kind = load_pieces().kind(row.kind_code).label.split(",")[0].split(":")[0].strip()
    return file_names.safe_name(f"{case.reference}-{kind}".replace(" ", "-"), Path(row.name).suffix.lstrip("."))


def open_copy(workspace: Workspace, attachment_id: uuid.UUID) -> Path:
    """A private, read-only copy for the program that usually opens such documents."""

    def make(session: Session) -> Path:
        row = _row(session, attachment_id)

        def write(stream: BinaryIO) -> None:
            store.copy(session, row.content_id, stream)

        return workspace.copies.make(attachment_id, Path(row.name).suffix.lstrip("."), write)

    return workspace.read(make)


def replace(session: Session, attachment_id: uuid.UUID, source: Path) -> None:
    """Keep the bytes of a file as the new version of a document; the one before stays as long as undo may want it."""
    row = _row(session, attachment_id)
    with files.explained(source), source.open("rb") as stream:
        kind = file_types.recognise(row.name, stream)
        content_id = store.put(session, stream)
    made = session.get_one(AttachmentContent, content_id)
    row.content_id, row.size, row.sha256, row.media_type = made.id, made.size, made.sha256, kind.media


def keep_changed(workspace: Workspace, only: Sequence[uuid.UUID] | None = None) -> int:
    """Store what other programs changed in open copies as new versions; returns how many there were."""
    kept = 0
    for copy in workspace.copies.changed():
        if only is None or copy.attachment_id in only:
            workspace.write("Nouvelle version d’un document", replace, copy.attachment_id, copy.path)
            workspace.copies.drop(copy.attachment_id)
            kept += 1
    return kept


def count(session: Session, case_id: uuid.UUID) -> int:
    """How many documents a file has."""
    wanted = select(func.count()).where(Attachment.case_id == case_id, Attachment.deleted_on.is_(None))
    return session.scalar(wanted) or 0


def same_person(session: Session, case_id: uuid.UUID, sha256: str) -> Attachment | None:
    """The same bytes, already attached to a file of this person."""
    case = answers_service.case_of(session, case_id)
    found = (
        select(Attachment)
        .join(Case, Case.id == Attachment.case_id)
        .where(Case.person_id == case.person_id, Attachment.sha256 == sha256)
        .order_by(Attachment.deleted_on.is_not(None))
    )
    return session.scalars(found.limit(1)).first()


def _row(session: Session, attachment_id: uuid.UUID) -> Attachment:
    return existing(session, Attachment, attachment_id, _GONE)
