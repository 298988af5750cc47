"""References shown instead of names: « 2026-0147 » for a file, « O-2026-0391 » for a referral."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from boutique.models.case import Case
from boutique.models.referral import Referral
from boutique.models.trace import Setting


def next_case(session: Session, on: date) -> str:
    """Next reference of the year of `on`."""
    return _next(session, Case, f"{on.year}-")


def next_referral(session: Session, on: date) -> str:
    """Next reference of the year of `on`."""
    return _next(session, Referral, f"O-{on.year}-")


def _next(session: Session, model: type[Case] | type[Referral], prefix: str) -> str:
    """A number that was on paper once is never given again, even when what bore it was undone."""
    # Longest first: « 2026-10000 » comes after « 2026-9999 ».
    last = session.scalar(
        select(model.reference)
        .where(model.reference.startswith(prefix, autoescape=True))
        .order_by(func.length(model.reference).desc(), model.reference.desc())
        .limit(1)
    )
    counter = session.get(Setting, f"number.{prefix}")
    if counter is None:
        counter = Setting(name=f"number.{prefix}", content="0")
        session.add(counter)
    number = max(int(counter.content), int(last.removeprefix(prefix)) if last else 0) + 1
    counter.content = str(number)
    return f"{prefix}{number:04d}"
