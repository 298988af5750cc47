"""Declarative base of every entity: names, keys, instants, versions, enum storage."""

import uuid
from datetime import datetime
from typing import Any, ClassVar

import uuid6
from sqlalchemy import Enum, ForeignKey, MetaData, String, event
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, declared_attr, mapped_column

from boutique.core import clock
from boutique.models.choices import Choice
from boutique.models.types import Instant

CONVENTION = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def new_id() -> uuid.UUID:
    """A key that sorts by creation time and needs no other computer's opinion (UUIDv7)."""
    return uuid.UUID(int=uuid6.uuid7().int)


def foreign_key(table: str, *, nullable: bool = False, index: bool = True) -> MappedColumn[Any]:
    """A foreign key, checked at commit: rows of one action may be written or undone in any order.

    `index`: False where an index of several columns begins with it.
    """
    target = ForeignKey(f"{table}.id", deferrable=True, initially="DEFERRED")
    return mapped_column(target, index=index, nullable=nullable)


def enum_column(choices: type[Choice]) -> Enum:
    """Choices stored by value, unconstrained in the schema: adding one needs no migration."""
    return Enum(
        choices,
        values_callable=lambda members: [member.value for member in members],
        native_enum=False,
        create_constraint=False,
        length=40,
    )


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=CONVENTION)
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: Instant, str: String}


class Record(Base):
    """A row with a history: every change of it is written in the journal and can be undone."""

    __abstract__ = True

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    updated_at: Mapped[datetime] = mapped_column(default=clock.now, onupdate=clock.now)
    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        # Optimistic lock: saving a row that changed meanwhile fails instead of overwriting.
        return {"version_id_col": cls.version}

    def __repr__(self) -> str:
        # Never a value: a repr ends up in logs.
        return f"<{type(self).__name__} {self.id}>"


@event.listens_for(Record, "init", propagate=True)
def _give_id(target: Record, _args: Any, kwargs: dict[str, Any]) -> None:
    # Known before the flush: rows of one action can refer to each other, and the journal can name them.
    if kwargs.get("id") is None:
        target.id = new_id()
