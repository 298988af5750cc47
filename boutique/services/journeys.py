"""The journey of a file: phases, steps, questions worked through. Used by the Parcours tab."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.clock import today
from boutique.core.errors import UserError
from boutique.models.case import Interview, StepProgress
from boutique.models.choices import Phase, StepStatus
from boutique.rules.journey import Journey, Step, load_journey, next_step
from boutique.services import answers as answers_service
from boutique.services.people import enter_phase

_LONGEST_ANSWER = 20_000


@dataclass(frozen=True, slots=True)
class StepView:
    """One step as worked on in a file; `questions` are (key, question, answer so far)."""

    code: str
    title: str
    status: StepStatus | None
    done_on: date | None
    subtitle: str
    questions: tuple[tuple[str, str, str], ...]
    deliverable: str
    exit_criterion: str
    vigilance: tuple[str, ...]
    typical_minutes: int
    suggested: bool


@dataclass(frozen=True, slots=True)
class PhaseView:
    code: str
    label: str
    title: str
    objective: str
    exit_criterion: str
    subtitle: str
    steps: tuple[StepView, ...]
    current: bool


@dataclass(frozen=True, slots=True)
class JourneyView:
    version: str
    phases: tuple[PhaseView, ...]
    current: str
    suggestion: str


def view(session: Session, case_id: uuid.UUID) -> JourneyView:
    """All phases and steps of a file, the advised step marked with its reason."""
    case = answers_service.case_of(session, case_id)
    journey = load_journey()
    made = _progress(session, case_id)
    ended = [code for code, row in made.items() if row.status is not StepStatus.IN_PROGRESS]
    advised = next_step(journey, case.phase.value, ended)
    minutes = _minutes_by_phase(session, case_id)
    phases = tuple(
        PhaseView(
            code=phase.code,
            label=phase.short,
            title=phase.label,
            objective=phase.objective,
            exit_criterion=phase.exit_criterion,
            subtitle=_phase_subtitle(
                len(phase.steps), sum(s.code in ended for s in phase.steps), minutes.get(phase.code, 0)
            ),
            steps=tuple(
                _step(step, made.get(step.code), advised.step.code if advised else None) for step in phase.steps
            ),
            current=phase.code == case.phase.value,
        )
        for phase in journey.phases
    )
    return JourneyView(
        case.journey_version or journey.version, phases, case.phase.value, advised.reason if advised else ""
    )


def _phase_subtitle(total: int, done: int, minutes: int) -> str:
    spent = f" · {french.show_minutes(minutes)} passées" if minutes else ""
    return f"{french.plural(done, 'étape')} sur {total}{spent}"


def _step(step: Step, row: StepProgress | None, advised: str | None) -> StepView:
    answers = row.answers if row else {}
    return StepView(
        code=step.code,
        title=step.label,
        status=row.status if row else None,
        done_on=row.done_on if row else None,
        subtitle=_subtitle(row),
        questions=tuple((key, question, str(answers.get(key, ""))) for key, question in _questions(step)),
        deliverable=step.deliverable,
        exit_criterion=step.exit_criterion,
        vigilance=step.vigilance,
        typical_minutes=step.minutes,
        suggested=step.code == advised,
    )


def _questions(step: Step) -> list[tuple[str, str]]:
    return [(f"q{rank}", question) for rank, question in enumerate(step.questions, 1)]


def _subtitle(row: StepProgress | None) -> str:
    if row is None:
        return "à venir"
    if row.status is StepStatus.DONE:
        return f"fait le {row.done_on:%d/%m}" if row.done_on else "faite"
    return f"passée : {row.skip_reason}" if row.status is StepStatus.SKIPPED else "en cours"


def keep_answers(session: Session, case_id: uuid.UUID, step_code: str, answers: Mapping[str, str]) -> None:
    """Keep what was worked out on a step; the step is in progress from the first word."""
    if any(len(text) > _LONGEST_ANSWER for text in answers.values()):
        raise UserError(f"Une réponse dépasse {french.show_number(_LONGEST_ANSWER)} caractères. Raccourcissez-la.")
    row = _row(session, case_id, step_code)
    row.answers = {**row.answers, **{key: text for key, text in answers.items() if text or key in row.answers}}


def finish(session: Session, case_id: uuid.UUID, step_code: str) -> None:
    """The step is passed; the first step of a later phase moves the file to that phase."""
    row = _row(session, case_id, step_code)
    row.status, row.done_on, row.skip_reason = StepStatus.DONE, today(), None
    _advance(session, case_id, load_journey(), step_code)


def skip(session: Session, case_id: uuid.UUID, step_code: str, reason: str) -> None:
    """The step does not apply, and why."""
    if not reason.strip():
        raise UserError("Dites en quelques mots pourquoi cette étape est passée.")
    row = _row(session, case_id, step_code)
    row.status, row.done_on, row.skip_reason = StepStatus.SKIPPED, today(), reason.strip()[:300]


def reopen_step(session: Session, case_id: uuid.UUID, step_code: str) -> None:
    """Back to work on a step."""
    row = _row(session, case_id, step_code)
    row.status, row.done_on, row.skip_reason = StepStatus.IN_PROGRESS, None, None


def _advance(session: Session, case_id: uuid.UUID, journey: Journey, step_code: str) -> None:
    phases = [phase.code for phase in journey.phases]
    reached = journey.step(step_code).phase
    case = answers_service.case_of(session, case_id)
    if phases.index(reached) > phases.index(case.phase.value):
        enter_phase(session, case_id, Phase(reached))


def _row(session: Session, case_id: uuid.UUID, step_code: str) -> StepProgress:
    load_journey().step(step_code)
    row = session.scalars(
        select(StepProgress).where(StepProgress.case_id == case_id, StepProgress.step_code == step_code)
    ).first()
    if row is None:
        row = StepProgress(case_id=case_id, step_code=step_code, status=StepStatus.IN_PROGRESS, answers={})
        session.add(row)
    return row


def _progress(session: Session, case_id: uuid.UUID) -> dict[str, StepProgress]:
    rows = session.scalars(select(StepProgress).where(StepProgress.case_id == case_id))
    return {row.step_code: row for row in rows}


def _minutes_by_phase(session: Session, case_id: uuid.UUID) -> dict[str, int]:
    rows = session.execute(
        select(Interview.phase, func.sum(Interview.minutes))
        .where(Interview.case_id == case_id)
        .group_by(Interview.phase)
    )
    return {phase.value: int(minutes or 0) for phase, minutes in rows if phase is not None}
