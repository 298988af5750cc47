"""When a file entered the phases of its journey, and came back to them. For the Parcours tab."""

import uuid
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.clock import today
from boutique.models.case import PhaseChange
from boutique.rules.journey import Journey


def entries(session: Session, case_id: uuid.UUID, journey: Journey) -> list[tuple[str, date]]:
    rows = session.scalars(
        select(PhaseChange)
        .where(PhaseChange.case_id == case_id)
        .order_by(PhaseChange.entered_on, PhaseChange.created_at, PhaseChange.id)
    )
    return [(journey.place(row.phase.value, row.journey_phase).code, row.entered_on) for row in rows]


def of_phase(code: str, entries: list[tuple[str, date]]) -> str:
    """« entrée le 12/03, retour le 04/05 »."""
    days = [day for entered, day in entries if entered == code]
    words = [f"{'retour' if rank else 'entrée'} le {short_day(day)}" for rank, day in enumerate(days)]
    return ", ".join(words)


def told(journey: Journey, entries: list[tuple[str, date]]) -> tuple[str, ...]:
    """The way the file went, the latest first."""
    order = [phase.code for phase in journey.phases]
    lines, before = [], -1
    for code, day in entries:
        rank = order.index(code)
        back = " (retour)" if rank < before else ""
        lines.append(f"{short_day(day)} · {journey.phase(code).label}{back}")
        before = rank
    return tuple(reversed(lines))


def short_day(day: date) -> str:
    return f"{day:%d/%m}" if day.year == today().year else french.show_date(day)
