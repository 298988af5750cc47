"""The only way from a value to a cell: a text is always text, a date a true date, nothing breaks the file."""

import math
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Any

from boutique.core.french import show_date
from boutique.models.choices import Choice

LIMIT = 32_767
CUT_MARK = " […suite dans l’application]"
_OLDEST = date(1900, 3, 1)  # before it, spreadsheets do not agree on what a date is
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "#")
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_EXACT_DIGITS = 15  # a longer number loses digits in a spreadsheet


class Format(StrEnum):
    """Number formats of the workbooks."""

    TEXT = "@"
    DATE = "dd/mm/yyyy"
    MOMENT = 'dd/mm/yyyy" à "hh:mm'
    COUNT = "0"
    NUMBER = "#,##0"
    DECIMAL = "#,##0.0"
    MONEY = "#,##0.00"
    PERCENT = "0 %"
    SHARE = "0.0 %"
    TIME = "hh:mm"
    TENTH = "0.0"


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula written by this program; the only thing that a spreadsheet may compute. `value`: what it gives."""

    text: str
    value: Any = None


@dataclass(frozen=True, slots=True)
class Formatted:
    """A value whose format differs from that of its column."""

    value: Any
    format: Format | str


def figure(value: float | None, *, share: bool, format_: Format = Format.PERCENT) -> Any:
    """A figure among others of its column: a share as a percentage, a broken number with its decimal."""
    if value is None:
        return None
    if share:
        return Formatted(value, format_)
    return value if float(value).is_integer() else Formatted(value, Format.DECIMAL)


def as_text(value: str) -> str:
    """Storable text: no control nor surrogate, composed letters, a visible mark where it is cut."""
    if value.isascii() and value.isprintable() and len(value) <= LIMIT:
        return value
    text = unicodedata.normalize("NFC", _REFUSED.sub("", value))
    if len(text.encode("utf-16-le")) <= 2 * LIMIT:
        return text
    kept = text.encode("utf-16-le")[: 2 * (LIMIT - len(CUT_MARK))].decode("utf-16-le", "ignore")
    return kept + CUT_MARK


def plain(value: Any) -> str | int | float | date | time | None:
    """What a cell may hold: labels for choices, oui/non, local naive instants, long numbers and old dates as text."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, Choice):
        return as_text(value.label)
    if isinstance(value, str):
        return as_text(value) or None
    if isinstance(value, tuple | list):
        return as_text(", ".join(str(plain(one)) for one in value)) or None
    if isinstance(value, datetime):
        return value.replace(tzinfo=None) if value.date() >= _OLDEST else show_date(value)
    if isinstance(value, date):
        return value if value >= _OLDEST else show_date(value)
    if isinstance(value, float | Decimal):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, int):
        return value if len(str(abs(value))) <= _EXACT_DIGITS else str(value)
    if value is None or isinstance(value, time):
        return value
    raise TypeError(f"no cell can hold a {type(value).__name__}")
