"""The bytes of attached documents: in and out by chunks, and gone for good once nothing has needed them for long.

Undo, the bin and new versions never touch bytes: they change which document refers to them. Bytes that no document in
use refers to are kept thirty days and five days of use (a clock that jumps empties nothing), then erased. Workbooks of
declared months lie here too, and stay.
"""

import hashlib
import uuid
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import BinaryIO

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from boutique.core.clock import today
from boutique.core.errors import UserError
from boutique.models.attachment import Attachment, AttachmentChunk, AttachmentContent
from boutique.models.base import new_id
from boutique.models.programme import LockedMonth
from boutique.services.context import context
from boutique.storage import journal

CHUNK = 512 * 1024
LARGEST = 25 * 1024 * 1024
KEPT_DAYS, KEPT_USES = 30, 5
TOO_LARGE = (
    "Ce fichier pèse {size} : la limite est de 25 Mo par document. "
    "Numérisez en 200 ou 300 points par pouce, ou joignez-le en plusieurs parties."
)
INCOMPLETE = "Ce document est incomplet dans la base : restaurez une sauvegarde plus ancienne pour le retrouver."
Told = Callable[[int], None]


def put(session: Session, stream: BinaryIO, told: Told | None = None) -> uuid.UUID:
    """Keep the bytes of a stream; `told(bytes written)` after each chunk may raise to give up. Returns their key."""
    found = new_id()
    session.execute(insert(AttachmentContent).values(id=found, size=0, sha256="", unused_days=0))
    digest, size = hashlib.sha256(), 0
    for number, data in enumerate(_chunks(stream)):
        size += len(data)
        if size > LARGEST:
            raise UserError(TOO_LARGE.format(size="plus de 25 Mo"))
        digest.update(data)
        session.execute(insert(AttachmentChunk).values(content_id=found, number=number, data=data))
        if told is not None:
            told(size)
    made = session.get_one(AttachmentContent, found)
    made.size, made.sha256 = size, digest.hexdigest()
    session.flush()
    return found


def chunks(session: Session, content_id: uuid.UUID) -> Iterator[bytes]:
    """The bytes, one chunk in memory at a time."""
    numbers = session.scalar(select(func.count()).where(AttachmentChunk.content_id == content_id)) or 0
    for number in range(numbers):
        data = session.scalar(
            select(AttachmentChunk.data).where(
                AttachmentChunk.content_id == content_id, AttachmentChunk.number == number
            )
        )
        if data is None:
            raise UserError(INCOMPLETE)
        yield data


def digest_of(stream: BinaryIO) -> str:
    """SHA-256 of what is left of a stream."""
    digest = hashlib.sha256()
    for data in _chunks(stream):
        digest.update(data)
    return digest.hexdigest()


def copy(session: Session, content_id: uuid.UUID, stream: BinaryIO) -> None:
    """Write the bytes out, and make sure that they are those that came in."""
    digest = hashlib.sha256()
    for data in chunks(session, content_id):
        digest.update(data)
        stream.write(data)
    if digest.hexdigest() != session.get_one(AttachmentContent, content_id).sha256:
        raise UserError(INCOMPLETE)


def whole(session: Session, content_id: uuid.UUID) -> bytes:
    """All the bytes at once, for a preview."""
    return b"".join(chunks(session, content_id))


def erase(session: Session, content_id: uuid.UUID) -> None:
    """Bytes that no document refers to, for good; the engine writes zeros over them."""
    session.execute(delete(AttachmentChunk).where(AttachmentChunk.content_id == content_id))
    session.execute(delete(AttachmentContent).where(AttachmentContent.id == content_id))


def total_size(session: Session) -> int:
    """Bytes of all documents, those of the bin included."""
    return session.scalar(select(func.coalesce(func.sum(AttachmentContent.size), 0))) or 0


def sweep(session: Session, now: date | None = None) -> int:
    """Once a day: note what is no longer in use, erase what has been so for long. Returns how many went."""
    now = now or today()
    documents = select(Attachment.content_id).where(Attachment.deleted_on.is_(None))
    declared = (LockedMonth.content_id, LockedMonth.ods_id, LockedMonth.csv_id)
    used = documents.union(*(select(copy_id).where(copy_id.is_not(None)) for copy_id in declared))
    for back in session.scalars(
        select(AttachmentContent).where(AttachmentContent.unused_since.is_not(None), AttachmentContent.id.in_(used))
    ):
        back.unused_since, back.unused_seen, back.unused_days = None, None, 0
    gone = 0
    for row in session.scalars(select(AttachmentContent).where(AttachmentContent.id.not_in(used))).all():
        if row.unused_since is None or row.unused_since > now:
            row.unused_since, row.unused_days = now, 0
        if row.unused_seen != now:
            row.unused_seen = now
            row.unused_days += 1
        if now - row.unused_since >= timedelta(KEPT_DAYS) and row.unused_days > KEPT_USES:
            _forget(session, row)
            gone += 1
    return gone


def _forget(session: Session, row: AttachmentContent) -> None:
    # Nobody's action, and one that nothing can take back.
    journal.begin_action(session, "Corbeille vidée", device=context(session).device, undoes=row.id)
    for document in session.scalars(select(Attachment).where(Attachment.content_id == row.id)):
        session.delete(document)
    session.flush()
    session.expunge(row)
    erase(session, row.id)


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    while data := stream.read(CHUNK):
        yield data
