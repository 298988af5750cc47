"""A row by its identifier, or the sentence that says it is gone. For every service that changes or shows one thing."""

from typing import Any, TypeVar

from sqlalchemy.orm import Session

from boutique.core.errors import UserError

R = TypeVar("R")


def existing(session: Session, entity: type[R], key: Any, gone: str) -> R:
    """The row; UserError with `gone`, which says what to do, when somebody deleted it meanwhile."""
    row = session.get(entity, key)
    if row is None:
        raise UserError(gone)
    return row
