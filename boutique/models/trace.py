"""Traces: consents, drafts, accesses, the journal of changes, imported zonings, shared settings."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from boutique.core import clock
from boutique.models.base import Base, Record, enum_column, foreign_key, new_id
from boutique.models.choices import ConsentKind, ConsentMode


class Consent(Record):
    """What a person was told or agreed to, with the version of the text and the date."""

    __tablename__ = "consent"

    person_id: Mapped[uuid.UUID] = foreign_key("person")
    kind: Mapped[ConsentKind] = mapped_column(enum_column(ConsentKind))
    given_on: Mapped[date]
    text_version: Mapped[str] = mapped_column(String(10))
    mode: Mapped[ConsentMode] = mapped_column(enum_column(ConsentMode), default=ConsentMode.ORAL)


class Draft(Base):
    """An unfinished form, kept as it is typed; one per form, author and subject. Not journalled: not yet a fact."""

    __tablename__ = "draft"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    form: Mapped[str] = mapped_column(String(40), index=True)
    author_id: Mapped[uuid.UUID | None] = foreign_key("counsellor", nullable=True)
    subject_id: Mapped[uuid.UUID | None] = mapped_column(default=None)
    answers: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    updated_at: Mapped[datetime] = mapped_column(default=clock.now, onupdate=clock.now)


class Change(Base):
    """One touched row in one user action: history, undo, audit, and what synchronisation sends."""

    __tablename__ = "change"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    stamp: Mapped[str] = mapped_column(String(40), index=True)  # hybrid logical clock, sorts as text
    device: Mapped[str] = mapped_column(String(36))
    author_id: Mapped[uuid.UUID | None] = mapped_column(default=None)
    action_id: Mapped[uuid.UUID] = mapped_column(index=True)
    action_label: Mapped[str] = mapped_column(String(120), default="")
    undoes: Mapped[uuid.UUID | None] = mapped_column(default=None)
    entity: Mapped[str] = mapped_column(String(40))
    row_id: Mapped[uuid.UUID] = mapped_column(index=True)
    person_id: Mapped[uuid.UUID | None] = mapped_column(default=None, index=True)  # owner file
    operation: Mapped[str] = mapped_column(String(10))  # insert | update | delete
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)  # {field: [before, after]}


class Access(Base):
    """Who opened, printed or exported what: names of things, never values."""

    __tablename__ = "access"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    counsellor_id: Mapped[uuid.UUID | None] = mapped_column(default=None)
    verb: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[uuid.UUID | None] = mapped_column(default=None, index=True)
    people: Mapped[int] = mapped_column(default=0)
    what: Mapped[str] = mapped_column(String(120), default="")


class ZoningList(Base):
    """An official list imported by the user, with its vintage and source."""

    __tablename__ = "zoning_list"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(String(10), unique=True)
    vintage: Mapped[str] = mapped_column(String(40))
    imported_at: Mapped[datetime] = mapped_column(default=clock.now)
    rows: Mapped[int] = mapped_column(default=0)


class Zoning(Base):
    """One commune of an imported list."""

    __tablename__ = "zoning"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    commune_code: Mapped[str] = mapped_column(String(5))
    zone_code: Mapped[str] = mapped_column(String(20))
    label: Mapped[str] = mapped_column(String(200))
    classified: Mapped[bool]

    __table_args__ = (Index("ix_zoning_kind_commune_code", "kind", "commune_code"),)


class SearchRank(Base):
    """Recency rank of a file: the row number of its entry in the full-text index."""

    __tablename__ = "search_rank"

    rank: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    case_id: Mapped[uuid.UUID] = mapped_column(unique=True)

    __table_args__ = ({"sqlite_autoincrement": True},)


class Setting(Base):
    """A shared setting of the base (device name, counters); preferences of a computer live in its own file."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    content: Mapped[str] = mapped_column(Text)
