"""Time spent on the steps of a file, each minute counted once. Used by the Parcours tab."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.models.case import Case, Interview, StepProgress
from boutique.rules.journey import Journey


@dataclass(frozen=True, slots=True)
class Spent:
    """Minutes by step and by phase: those of the interviews, and those noted by hand."""

    interviews: Counter[str]
    by_hand: Counter[str]
    phases: Counter[str]

    def on(self, step_code: str) -> int:
        return self.interviews[step_code] + self.by_hand[step_code]


def spent(session: Session, case: Case, journey: Journey, rows: Iterable[StepProgress]) -> Spent:
    """An interview shares its minutes between the steps it advanced; without any, they go to its phase alone."""
    found = Spent(Counter(), Counter(), Counter())
    phases = {step.code: step.phase for step in journey.steps}
    for row in rows:
        if row.minutes:
            found.by_hand[row.step_code] += row.minutes
            found.phases[phases.get(row.step_code) or _here(case, journey)] += row.minutes
    held = select(Interview.steps, Interview.phase, Interview.journey_phase, Interview.minutes)
    for steps, phase, own, minutes in session.execute(held.where(Interview.case_id == case.id)):
        if not minutes:
            continue
        fallback = journey.place(phase.value, own).code if phase is not None else _here(case, journey)
        if not steps:
            found.phases[fallback] += minutes
        for code, share in zip(steps or (), _shares(minutes, len(steps or ())), strict=True):
            found.interviews[code] += share
            found.phases[phases.get(code, fallback)] += share
    return found


def _shares(minutes: int, count: int) -> list[int]:
    """Whole minutes whose sum is exactly what was spent."""
    if not count:
        return []
    each, left = divmod(minutes, count)
    return [each + (rank < left) for rank in range(count)]


def _here(case: Case, journey: Journey) -> str:
    return journey.place(case.phase.value, case.journey_phase).code
