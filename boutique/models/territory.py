"""Territories that a structure draws itself: a pays, the area of an agreement. For the directory and the figures."""

import uuid

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from boutique.models.base import Record, enum_column, foreign_key
from boutique.models.choices import TerritoryLevel

CODE_LENGTH = 9  # as the SIREN of an EPCI: stands wherever an official code does


class Territory(Record):
    """A named grouping of communes. Its `code` never changes; its parts are looked up in the reference when needed."""

    __tablename__ = "territory"

    name: Mapped[str] = mapped_column(String(120))
    code: Mapped[str] = mapped_column(String(CODE_LENGTH), unique=True)


class TerritoryPart(Record):
    """What a territory is made of: a commune, a whole EPCI, département or région; or a commune left out of them."""

    __tablename__ = "territory_part"

    territory_id: Mapped[uuid.UUID] = foreign_key("territory")
    level: Mapped[TerritoryLevel] = mapped_column(enum_column(TerritoryLevel))
    code: Mapped[str] = mapped_column(String(CODE_LENGTH))
    left_out: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (Index("ix_territory_part_level_code", "level", "code"),)
