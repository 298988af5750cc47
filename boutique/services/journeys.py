"""The journey of a file: phases, steps, questions worked through, time, dates. Used by the Parcours tab."""

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.clock import today
from boutique.core.errors import UserError
from boutique.core.text import clean
from boutique.models.case import Case, StepProgress
from boutique.models.choices import StepStatus
from boutique.rules.journey import Journey, Step, next_step
from boutique.rules.journey import Phase as JourneyPhase
from boutique.services import answers as answers_service
from boutique.services import journey_dates, journey_time
from boutique.services import journey_versions as versions
from boutique.services.journey_time import Spent
from boutique.services.people import enter_phase

_LONGEST_ANSWER = 20_000
LONGEST_REASON = 300
_NUMBERED = re.compile(r"q[0-9]+")


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
    deliverable_on: date | None = None
    criterion_on: date | None = None
    due_on: date | None = None
    late_days: int = 0
    interview_minutes: int = 0
    other_minutes: int = 0
    left_out: bool = False  # worked on before the file moved to a version that has no such step


@dataclass(frozen=True, slots=True)
class PhaseView:
    code: str
    label: str
    title: str
    objective: str
    exit_criterion: str
    subtitle: str
    history: str
    steps: tuple[StepView, ...]
    current: bool


@dataclass(frozen=True, slots=True)
class JourneyView:
    """`newer` is (code, label) of the version in force when the file follows another one."""

    version: str
    phases: tuple[PhaseView, ...]
    current: str
    suggestion: str
    history: tuple[str, ...]
    newer: tuple[str, str] | None


def of_file(session: Session, case_id: uuid.UUID) -> Journey:
    """The journey that a file follows, for the screens that offer its phases and steps."""
    return versions.of_case(session, answers_service.case_of(session, case_id))


def view(session: Session, case_id: uuid.UUID) -> JourneyView:
    """All phases and steps of a file, the advised step marked with its reason."""
    case = answers_service.case_of(session, case_id)
    journey = versions.of_case(session, case)
    here = journey.place(case.phase.value, case.journey_phase)
    made = _progress(session, case_id)
    ended = [code for code, row in made.items() if row.status is not StepStatus.IN_PROGRESS]
    advised = next_step(journey, here.code, ended)
    spent = journey_time.spent(session, case, journey, made.values())
    entries = journey_dates.entries(session, case_id, journey)
    left_out = _left_out(session, journey, here, made)
    phases = []
    for phase in journey.phases:
        total, done = len(phase.steps), sum(step.code in ended for step in phase.steps)
        shown = [(step, False) for step in phase.steps] + [(step, True) for step in left_out.get(phase.code, ())]
        phases.append(
            PhaseView(
                code=phase.code,
                label=phase.short,
                title=phase.label,
                objective=phase.objective,
                exit_criterion=phase.exit_criterion,
                subtitle=_phase_subtitle(total, done, spent.phases[phase.code]),
                history=journey_dates.of_phase(phase.code, entries),
                steps=tuple(
                    _step(case, step, made.get(step.code), spent, advised.step.code if advised else None, gone=gone)
                    for step, gone in shown
                ),
                current=phase.code == here.code,
            )
        )
    return JourneyView(
        versions.label(session, case.journey_version or journey.version),
        tuple(phases),
        here.code,
        advised.reason if advised else "",
        journey_dates.told(journey, entries),
        _newer(session, case),
    )


def _newer(session: Session, case: Case) -> tuple[str, str] | None:
    code = versions.code_in_force(session)
    if case.closed_on is not None or code == (case.journey_version or versions.shipped_code(session)):
        return None
    return code, versions.label(session, code)


def _phase_subtitle(total: int, done: int, minutes: int) -> str:
    spent = f" · {french.show_minutes(minutes)} passées" if minutes else ""
    return f"{french.plural(done, 'étape')} sur {total}{spent}"


def _left_out(
    session: Session, journey: Journey, here: JourneyPhase, made: Mapping[str, StepProgress]
) -> dict[str, list[Step]]:
    """Steps that hold work but are not in this version, by the phase under which they still show."""
    used, codes = {step.code for step in journey.steps}, {phase.code for phase in journey.phases}
    found: dict[str, list[Step]] = {}
    for code, row in made.items():
        if code in used or not _holds_work(row):
            continue
        step = versions.find_step(session, code) or _unknown(code)
        found.setdefault(step.phase if step.phase in codes else here.code, []).append(step)
    return found


def _holds_work(row: StepProgress) -> bool:
    ended = row.status is not StepStatus.IN_PROGRESS
    return ended or any((any(row.answers.values()), row.minutes, row.deliverable_on, row.criterion_on, row.due_on))


def _unknown(code: str) -> Step:
    return Step(code, "", 0, f"Étape {code}", (), "", "", (), 0, "")


def _step(
    case: Case, step: Step, row: StepProgress | None, spent: Spent, advised: str | None, *, gone: bool
) -> StepView:
    in_progress = row is not None and row.status is StepStatus.IN_PROGRESS and case.closed_on is None
    late = (today() - row.due_on).days if row is not None and row.due_on is not None and in_progress else 0
    return StepView(
        code=step.code,
        title=step.label,
        status=row.status if row else None,
        done_on=row.done_on if row else None,
        subtitle=_subtitle(row, late, gone=gone),
        questions=_questions(() if gone else step.questions, row.answers if row else {}),
        deliverable=step.deliverable,
        exit_criterion=step.exit_criterion,
        vigilance=step.vigilance,
        typical_minutes=step.minutes,
        suggested=step.code == advised,
        deliverable_on=row.deliverable_on if row else None,
        criterion_on=row.criterion_on if row else None,
        due_on=row.due_on if row else None,
        late_days=max(late, 0),
        interview_minutes=spent.interviews[step.code],
        other_minutes=spent.by_hand[step.code],
        left_out=gone,
    )


def _questions(questions: tuple[str, ...], answers: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
    """The questions of the step, then those of an earlier version that were answered."""
    asked = [(f"q{rank}", question) for rank, question in enumerate(questions, 1)]
    keys = {key for key, _ in asked}
    for key, text in answers.items():
        if key not in keys and text:
            asked.append((key, f"Question {key[1:]}" if _NUMBERED.fullmatch(key) else key))
    return tuple((key, question, str(answers.get(key, ""))) for key, question in asked)


def _subtitle(row: StepProgress | None, late: int, *, gone: bool) -> str:
    before = "hors de cette version · " if gone else ""
    if row is None:
        return f"{before}à venir"
    if row.status is StepStatus.DONE:
        return before + (f"fait le {row.done_on:%d/%m}" if row.done_on else "faite")
    if row.status is StepStatus.SKIPPED:
        return f"{before}passée : {row.skip_reason}"
    due = f" · pour le {journey_dates.short_day(row.due_on)}" if row.due_on is not None and late <= 0 else ""
    return f"{before}en cours{due}"


def keep_answers(session: Session, case_id: uuid.UUID, step_code: str, answers: Mapping[str, str]) -> None:
    """Keep what was worked out on a step; the step is in progress from the first word."""
    if any(len(text) > _LONGEST_ANSWER for text in answers.values()):
        raise UserError(f"Une réponse dépasse {french.show_number(_LONGEST_ANSWER)} caractères. Raccourcissez-la.")
    row = step_row(session, case_id, step_code)
    row.answers = {**row.answers, **{key: text for key, text in answers.items() if text or key in row.answers}}


def finish(session: Session, case_id: uuid.UUID, step_code: str) -> None:
    """The step is passed; the first step of a later phase moves the file to that phase."""
    row = step_row(session, case_id, step_code)
    row.status, row.done_on, row.skip_reason = StepStatus.DONE, today(), None
    journey = of_file(session, case_id)
    reached = next((step.phase for step in journey.steps if step.code == step_code), None)
    if reached is not None:
        advance(session, case_id, reached)


def skip(session: Session, case_id: uuid.UUID, step_code: str, reason: str) -> None:
    """The step does not apply, and why."""
    why = accept_reason(reason)
    row = step_row(session, case_id, step_code)
    row.status, row.done_on, row.skip_reason = StepStatus.SKIPPED, today(), why


def accept_reason(reason: str) -> str:
    """Why a step is passed, whole: nothing of it is cut."""
    why = clean(reason)
    if not why:
        raise UserError("Dites en quelques mots pourquoi cette étape est passée.")
    if len(why) > LONGEST_REASON:
        raise UserError(
            f"Cette raison compte {french.show_number(len(why))} caractères. Raccourcissez-la à {LONGEST_REASON}."
        )
    return why


def reopen_step(session: Session, case_id: uuid.UUID, step_code: str) -> None:
    """Back to work on a step."""
    row = step_row(session, case_id, step_code)
    row.status, row.done_on, row.skip_reason = StepStatus.IN_PROGRESS, None, None


def enter(session: Session, case_id: uuid.UUID, phase_code: str) -> None:
    """Move the file to a phase of its own journey, forwards or back."""
    phase = of_file(session, case_id).phase(phase_code)
    enter_phase(session, case_id, versions.standard(phase), phase.code)


def advance(session: Session, case_id: uuid.UUID, phase_code: str) -> None:
    """Move the file to a phase of its journey when it lies ahead."""
    case = answers_service.case_of(session, case_id)
    journey = versions.of_case(session, case)
    order = [phase.code for phase in journey.phases]
    if order.index(phase_code) > order.index(versions.place(session, case).code):
        enter(session, case_id, phase_code)


def step_row(session: Session, case_id: uuid.UUID, step_code: str) -> StepProgress:
    """What a file has on a step, made at the first thing noted of it."""
    row = session.scalars(
        select(StepProgress).where(StepProgress.case_id == case_id, StepProgress.step_code == step_code)
    ).first()
    if row is not None:
        return row
    if of_file(session, case_id).find(step_code) is None:
        raise UserError("Cette étape n’est pas dans le parcours de ce dossier. Revenez à l’onglet Parcours.")
    row = StepProgress(case_id=case_id, step_code=step_code, status=StepStatus.IN_PROGRESS, answers={})
    session.add(row)
    return row


def _progress(session: Session, case_id: uuid.UUID) -> dict[str, StepProgress]:
    rows = session.scalars(select(StepProgress).where(StepProgress.case_id == case_id).order_by(StepProgress.id))
    return {row.step_code: row for row in rows}
