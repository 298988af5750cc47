"""Bringing documents into a file: looked at one by one first, then kept all together as one action."""

import io
import stat
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from sqlalchemy.orm import Session

from boutique.core import file_names, file_types, files
from boutique.core.clock import today
from boutique.core.errors import UserError
from boutique.core.file_types import PAPER, PICTURE, UNREADABLE, FileType
from boutique.core.french import show_date
from boutique.models.attachment import Attachment, AttachmentContent
from boutique.rules.pieces import load_pieces
from boutique.services import answers as answers_service
from boutique.services import attachment_store as store
from boutique.services import attachments, photo_places, reader
from boutique.services.context import context
from boutique.services.workspace import Workspace

MOST = 40
Progress = Callable[[int, int], None]
_ROOM = 3
_TOO_MANY = f"{MOST} documents au plus à la fois : joignez ceux-ci d’abord, puis les autres."
_MACROS = "Ce document peut contenir des macros (petits programmes) : ouvrez-le sans les activer."
_ACTIVE = "Ce PDF contient un programme ou un fichier caché : ouvrez-le avec prudence."
_UNREADABLE = "Le contenu ne correspond pas au nom du fichier : il est abîmé, ou d’un autre type."
_PLACE = "Cette photo dit où elle a été prise (position GPS)."


@dataclass(frozen=True, slots=True)
class Source:
    """A file of the computer, or bytes from the clipboard."""

    name: str
    path: Path | None = None
    content: bytes | None = None

    def open(self) -> BinaryIO:
        if self.content is not None:
            return io.BytesIO(self.content)
        assert self.path is not None
        return self.path.open("rb")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document before it is kept: `refusal` says why it cannot be, `notes` what to know about it."""

    source: Source
    name: str
    refusal: str = ""
    type: FileType = UNREADABLE
    kind_code: str = ""
    size: int = 0
    sha256: str = ""
    notes: tuple[str, ...] = ()
    doubtful: bool = False  # kept only if the user insists
    gps: bool = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """A candidate with what the user decided."""

    candidate: Candidate
    name: str
    kind_code: str
    piece_code: str = ""
    without_place: bool = False


def examine(
    session: Session, case_id: uuid.UUID, sources: Sequence[Source], progress: Progress
) -> tuple[Candidate, ...]:
    """Look at each file; nothing is written."""
    if len(sources) > MOST:
        raise UserError(_TOO_MANY)
    answers_service.case_of(session, case_id)
    found: list[Candidate] = []
    for rank, source in enumerate(sources):
        progress(rank, len(sources))
        one = _examine(source)
        if not one.refusal:
            one = _known(session, case_id, one, found)
        found.append(one)
    progress(len(sources), len(sources))
    return tuple(found)


def add_all(
    workspace: Workspace, case_id: uuid.UUID, chosen: Sequence[Chosen], progress: Progress
) -> tuple[uuid.UUID, ...]:
    """Keep the documents; given up or stopped in the middle, nothing is attached."""
    total = sum(one.candidate.size for one in chosen)
    if files.free_bytes(workspace.folder.root) < _ROOM * total:
        raise UserError("Il n’y a pas assez de place sur le disque pour ces documents. Libérez de l’espace.")
    done, kept = 0, []
    try:
        for one in chosen:
            # One transaction a document: the write-ahead log stays small, and others may write in between.
            kept.append(workspace.write("Document", keep_bytes, one, _Count(progress, done, total)))
            done += one.candidate.size
        label = "Document joint" if len(chosen) == 1 else f"{len(chosen)} documents joints"
        return workspace.write(label, attach, case_id, list(zip(chosen, kept, strict=True)))
    except BaseException:
        for content_id in kept:
            workspace.write("Document", store.erase, content_id)
        raise


@dataclass(frozen=True, slots=True)
class _Count:
    progress: Progress
    before: int
    total: int

    def __call__(self, written: int) -> None:
        self.progress(self.before + written, max(self.total, 1))


def keep_bytes(session: Session, one: Chosen, told: store.Told | None = None) -> uuid.UUID:
    """The bytes of a document, refused when they are no longer those that were looked at."""
    source = one.candidate.source
    with files.explained(source.path or Path(one.name)), source.open() as stream:
        if one.without_place:
            return store.put(session, io.BytesIO(photo_places.without_place(stream.read())), told)
        content_id = store.put(session, stream, told)
    if session.get_one(AttachmentContent, content_id).sha256 != one.candidate.sha256:
        raise UserError(f"« {one.name} » a changé pendant l’ajout : fermez-le ailleurs, puis ajoutez-le à nouveau.")
    return content_id


def attach(session: Session, case_id: uuid.UUID, kept: Sequence[tuple[Chosen, uuid.UUID]]) -> tuple[uuid.UUID, ...]:
    """Documents whose bytes are kept already."""
    answers_service.case_of(session, case_id)
    made = []
    for one, content_id in kept:
        content = session.get_one(AttachmentContent, content_id)
        row = Attachment(
            case_id=case_id,
            content_id=content_id,
            name=file_names.safe_name(one.name, Path(one.candidate.name).suffix.lstrip(".")),
            kind_code=one.kind_code,
            media_type=one.candidate.type.media,
            size=content.size,
            sha256=content.sha256,
            added_on=today(),
            added_by_id=context(session).counsellor_id,
            piece_code=one.piece_code or None,
        )
        session.add(row)
        made.append(row.id)
    session.flush()
    return tuple(made)


def _examine(source: Source) -> Candidate:
    """The file alone; its size is known before a byte of it is read."""
    name = file_names.safe_name(source.name)
    try:
        size = _size(source.path) if source.path is not None else len(source.content or b"")
        if size == 0:
            return Candidate(source, name, "Ce fichier est vide : il n’y a rien à joindre.")
        if size > store.LARGEST:
            return Candidate(source, name, store.TOO_LARGE.format(size=attachments.show_size(size)), size=size)
        with files.explained(source.path or Path(name)), source.open() as stream:
            kind = file_types.recognise(source.name, stream)
            digest = store.digest_of(stream)
            stream.seek(0)
            look = reader.inspect(stream) if kind.shown in (PICTURE, PAPER) and source.path is not None else None
    except UserError as error:
        return Candidate(source, name, str(error))
    made = Candidate(source, file_names.safe_name(source.name, kind.extension), type=kind, size=size, sha256=digest)
    return _advised(made, look)


def _size(path: Path) -> int:
    try:
        found = path.stat()
    except OSError as error:
        raise UserError(
            "Ce fichier n’est plus accessible : rebranchez la clé USB ou choisissez-le à nouveau."
        ) from error
    if stat.S_ISDIR(found.st_mode):
        raise UserError("C’est un dossier : ouvrez-le, puis ajoutez les documents qu’il contient.")
    if not stat.S_ISREG(found.st_mode):
        raise UserError("Ce n’est pas un fichier ordinaire : il ne peut pas être joint.")
    return found.st_size


def _advised(one: Candidate, look: reader.Look | None) -> Candidate:
    kinds = load_pieces()
    kind_code = kinds.guess(one.name)
    notes = [warning] if (warning := kinds.kind(kind_code).warning) else []
    if one.type is UNREADABLE:
        notes.append(_UNREADABLE)
    if one.type.macros:
        notes.append(_MACROS)
    gps = False
    if look is not None:
        notes += [look.problem] if look.problem else []
        notes += [_ACTIVE] if look.active else []
        gps = look.gps
        notes += [_PLACE] if gps else []
    doubtful = one.type is UNREADABLE or (look is not None and "abîmé" in look.problem)
    return replace(one, kind_code=kind_code, notes=tuple(notes), doubtful=doubtful, gps=gps)


def _known(session: Session, case_id: uuid.UUID, one: Candidate, before: Sequence[Candidate]) -> Candidate:
    """The same bytes twice are told, not kept twice."""
    if any(other.sha256 == one.sha256 and not other.refusal for other in before):
        return replace(one, refusal="C’est le même document qu’un autre de cet ajout.")
    same = attachments.same_person(session, case_id, one.sha256)
    if same is None:
        return one
    where = "dans ce dossier" if same.case_id == case_id else "dans un autre dossier de la personne"
    told = f"Ce document est déjà {where} : « {same.name} », ajouté le {show_date(same.added_on)}"
    if same.deleted_on is not None:
        return replace(one, refusal=f"{told}. Il est dans la corbeille : restaurez-le de là.")
    return replace(one, refusal=f"{told}.")
