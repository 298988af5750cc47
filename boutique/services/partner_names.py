"""An antenne under the name of its institution, and what it takes from it. For every list that names a structure."""

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, String, case, func, select, type_coerce
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from boutique.core.text import words
from boutique.models.referral import Partner

# What an antenne that says nothing has from its institution; address, phone, hours, territory, contacts are its own.
INHERITED = ("website", "publics", "themes", "eligibility", "cost", "legal_basis", "internal")
_BETWEEN = " — "


def full_name(name: str, institution: str | None) -> str:
    """« Chambre de métiers — Arras »; the name alone when it says the institution already."""
    if not institution or " ".join(words(name)).startswith(" ".join(words(institution))):
        return name
    return f"{institution}{_BETWEEN}{name}"


def shown_name(session: Session, partner: Partner) -> str:
    """The name to show of one structure."""
    above = institution(session, partner)
    return full_name(partner.name, above.name if above else None)


def institution(session: Session, partner: Partner) -> Partner | None:
    """What this structure is an antenne of."""
    return session.get(Partner, partner.parent_id) if partner.parent_id else None


@cache  # building an alias costs more than running the statement that it is part of
def name_column() -> ColumnElement[str]:
    """The name to show, in a statement that selects from Partner; written like `full_name`."""
    above = _above()
    starts = func.substr(Partner.name_key, 1, func.length(above.name_key)) == above.name_key
    whole = case((starts, Partner.name), else_=above.name + _BETWEEN + Partner.name)
    return func.coalesce(_from_above(above, whole), Partner.name).label("name")


@cache
def inherited_column(column: InstrumentedAttribute[Any]) -> ColumnElement[Any]:
    """A value of the structure, else of its institution, in a statement that selects from Partner."""
    above = _above()
    return func.coalesce(func.nullif(column, ""), _from_above(above, getattr(above, column.key)), type_=column.type)


def lists(column: InstrumentedAttribute[Any], code: str) -> ColumnElement[bool]:
    """Condition: a list of codes, the institution's when the sheet has none, holds this one."""
    stored = func.coalesce(type_coerce(inherited_column(column), String), "")
    return ("|" + stored + "|").contains(f"|{code}|", autoescape=True)


@cache
def _above() -> Any:
    """Made once, like the columns above: proposals are asked at each answer, and making them takes milliseconds."""
    return aliased(Partner)


def _from_above(above: Any, wanted: Any) -> ColumnElement[Any]:
    return select(wanted).where(above.id == Partner.parent_id).correlate(Partner).scalar_subquery()


def value(partner: Partner, above: Partner | None, name: str) -> Any:
    """A value of the structure, else the one it has from its institution."""
    own = getattr(partner, name)
    return getattr(above, name) if own in (None, ()) and above is not None and name in INHERITED else own
