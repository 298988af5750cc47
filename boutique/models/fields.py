"""A field is declared once, here, with its label, help, limits and privacy.

Forms, PDF, workbook columns, facts of the rules, history and the register of personal data read this metadata.
To add a field to a form: add one `field(...)` line to the entity, then generate the migration.
"""

from dataclasses import dataclass, replace
from enum import Enum, StrEnum
from functools import cache
from typing import Any

from sqlalchemy import Enum as SqlEnum
from sqlalchemy import String
from sqlalchemy.orm import MappedColumn, Mapper, class_mapper, mapped_column

from boutique.core.conditions import Condition
from boutique.models.base import enum_column
from boutique.models.choices import Choice
from boutique.models.types import ChoiceList, Codes

_KEY = "boutique.field"


class Kind(StrEnum):
    """What a value is; decides its editor, its checks and how it is written in documents."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    PHONE = "phone"
    EMAIL = "email"
    DATE = "date"
    INTEGER = "integer"
    EUROS = "euros"
    CHOICE = "choice"
    CHOICES = "choices"
    CODES = "codes"
    YES_NO = "yes_no"
    COMMUNE = "commune"
    NAF = "naf"
    SIREN = "siren"
    SIRET = "siret"


class Privacy(Enum):
    """Class of a column in the register of processing (RGPD art. 30)."""

    IDENTITY = "identité"
    CONTACT = "contact"
    SENSITIVE = "sensible"
    SITUATION = "situation"
    NONE = "sans donnée personnelle"


@dataclass(frozen=True, slots=True)
class Field:
    """One declared field. `key` ("holder.phone") is its name in answers, facts, rules and drafts."""

    label: str
    section: str
    kind: Kind
    help: str = ""
    required: bool = False
    visible_if: tuple[Condition, ...] = ()
    privacy: Privacy = Privacy.SITUATION
    max_length: int = 0
    minimum: int = 0
    maximum: int = 5_000_000
    past: bool = False  # a date that cannot lie ahead
    counts: bool = True  # part of the completeness of a file
    choices: type[Choice] | None = None
    name: str = ""
    key: str = ""

    @property
    def listed(self) -> bool:
        """Shown in lists and nominative exports by default."""
        return self.privacy is not Privacy.SENSITIVE


_LENGTHS = {
    Kind.TEXT: 160,
    Kind.LONG_TEXT: 200_000,
    Kind.PHONE: 40,
    Kind.EMAIL: 254,
    Kind.COMMUNE: 5,
    Kind.NAF: 6,
    Kind.SIREN: 9,
    Kind.SIRET: 14,
}
_NUMBERS = {Kind.INTEGER, Kind.EUROS}


def field(
    label: str,
    *,
    section: str,
    kind: Kind | None = None,
    choices: type[Choice] | None = None,
    many: bool = False,
    max_length: int = 0,
    index: bool = False,
    **meta: Any,
) -> MappedColumn[Any]:
    """A mapped column that a counsellor can see; everything downstream reads its metadata."""
    if choices is not None:
        kind = Kind.CHOICES if many else Kind.CHOICE
        column_type: Any = ChoiceList(choices) if many else enum_column(choices)
    elif kind is Kind.CODES:
        column_type = Codes(400)
    elif kind in _LENGTHS:
        max_length = max_length or _LENGTHS[kind]
        column_type = String(max_length)
    else:
        column_type = None  # dates, numbers and booleans: from the annotation
    described = Field(label, section, kind or Kind.TEXT, choices=choices, max_length=max_length, **meta)
    arguments = () if column_type is None else (column_type,)
    return mapped_column(*arguments, info={_KEY: described}, index=index or None)


@cache
def fields_of(model: type) -> tuple[Field, ...]:
    """Declared fields of an entity, in declaration order."""
    mapper: Mapper[Any] = class_mapper(model)
    prefix = getattr(model, "__prefix__", getattr(model, "__tablename__", ""))
    described = ((column.key, column.info.get(_KEY)) for column in mapper.columns)
    return tuple(replace(field, name=key, key=f"{prefix}.{key}") for key, field in described if field is not None)


def is_choice(column_type: object) -> bool:
    """True for a column that stores one choice."""
    return isinstance(column_type, SqlEnum)
