"""Documents attached to a file and the checklist of what was handed over; the bytes lie apart, in chunks."""

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from boutique.core import clock
from boutique.models.base import Base, Record, enum_column, foreign_key, new_id
from boutique.models.choices import PieceState
from boutique.models.fields import Kind, Privacy, field


class AttachmentContent(Base):
    """The bytes of a document. Not journalled: undo, the bin and a new version only change who refers to them.

    `unused_since` and `unused_days` count how long nothing has referred to them, see `services.attachment_store`.
    """

    __tablename__ = "attachment_content"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    added_at: Mapped[datetime] = mapped_column(default=clock.now)
    unused_since: Mapped[date | None] = mapped_column(default=None)
    unused_seen: Mapped[date | None] = mapped_column(default=None)
    unused_days: Mapped[int] = mapped_column(default=0)


class AttachmentChunk(Base):
    """One piece of the bytes: reading, writing, backups and checks never hold a whole document in memory."""

    __tablename__ = "attachment_chunk"

    content_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("attachment_content.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class Attachment(Record):
    """A document of a file. One in the bin keeps its row and its bytes until it is emptied."""

    __tablename__ = "attachment"

    case_id: Mapped[uuid.UUID] = foreign_key("accompaniment")
    content_id: Mapped[uuid.UUID] = foreign_key("attachment_content")
    name: Mapped[str] = field(
        "Nom du document", section="attachment", kind=Kind.TEXT, max_length=120, required=True, privacy=Privacy.IDENTITY
    )
    note: Mapped[str | None] = field("Note", section="attachment", kind=Kind.TEXT, max_length=300)
    kind_code: Mapped[str] = mapped_column(String(40))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    added_on: Mapped[date]
    added_by_id: Mapped[uuid.UUID | None] = foreign_key("counsellor", nullable=True)
    step_code: Mapped[str | None] = mapped_column(String(12), default=None)
    piece_code: Mapped[str | None] = mapped_column(String(40), default=None)
    deleted_on: Mapped[date | None] = mapped_column(default=None)


class PieceProgress(Record):
    """Where a piece of the checklist stands in a file: handed over, seen without a copy, or not needed."""

    __tablename__ = "piece_progress"

    case_id: Mapped[uuid.UUID] = foreign_key("accompaniment")
    piece_code: Mapped[str] = mapped_column(String(40))
    state: Mapped[PieceState] = mapped_column(enum_column(PieceState))
    noted_on: Mapped[date]
