"""What counts as an interview, as a referral, as the file of a business: for the lists that stand beside figures."""

import json
import uuid
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Select, String, func, or_, select, type_coerce
from sqlalchemy.orm import aliased

from boutique.models.case import Case, Interview
from boutique.models.choices import ReferralStatus
from boutique.models.project import Business
from boutique.models.referral import Referral
from boutique.rules.indicators import interview_types


def raw(column: Any) -> ColumnElement[Any]:
    """An identifier as it is stored: making 40,000 UUID objects would cost more than the queries."""
    return type_coerce(column, String)


def among(keys: Iterable[str]) -> Select[Any]:
    """Identifiers as they are stored, for `in_`: one value of a query, however many they are.

    Binding thousands of them one by one takes longer than what is read for them.
    """
    return select(func.json_each(json.dumps(list(keys))).table_valued("value").c.value)


def identifier(stored: Any) -> uuid.UUID | None:
    """The UUID of a stored identifier."""
    return stored if stored is None or isinstance(stored, uuid.UUID) else uuid.UUID(stored)


def interview_counts(*, missed: bool = False) -> ColumnElement[bool]:
    """Interviews that count as such, `missed` ones included or not.

    Nobody ticks « venue » for somebody who sits there: not known means came.
    """
    counted = or_(Interview.type.is_(None), Interview.type.in_(interview_types()))
    return counted if missed else counted & or_(Interview.attended.is_(None), Interview.attended.is_(True))


def referral_counts() -> ColumnElement[bool]:
    """A referral that was cancelled was not made."""
    return Referral.status != ReferralStatus.CANCELLED


def first_case() -> Any:
    """The file that the project of a business started with: a couple has two files for one business."""
    other = aliased(Case)
    return (
        select(other.id)
        .where(other.project_id == Business.project_id)
        .order_by(other.opened_on, other.reference)
        .limit(1)
        .correlate(Business)
        .scalar_subquery()
    )
