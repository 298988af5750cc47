"""What a fictitious file contains, from its dates: project, interviews, steps, actions, referrals (see `demo`)."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from boutique.core.clock import local
from boutique.models.base import Record
from boutique.models.case import Action, Appointment, Case, Interview, Passage, PhaseChange, StepProgress
from boutique.models.choices import (
    ActionOwner,
    ActionStatus,
    AppointmentStatus,
    Channel,
    ConsentKind,
    ConsentMode,
    ExitReason,
    InterviewMode,
    InterviewType,
    NextStep,
    Phase,
    Prescriber,
    Priority,
    StepStatus,
)
from boutique.models.person import Person
from boutique.models.project import Business, Project, ProjectMember
from boutique.models.referral import Need
from boutique.models.trace import Consent
from boutique.rules.journey import Step, load_journey
from boutique.services.demo_after import aftermath
from boutique.services.demo_data import ACTIONS, ANSWERS, DECISIONS, PRIVATE_NOTES, SUMMARIES, Trade
from boutique.services.demo_diagnoses import diagnoses
from boutique.services.demo_goals import enrich, goal
from boutique.services.demo_plan import Meeting, Plan
from boutique.services.demo_project import business_of, existing_business, is_in_business, project_of

_PHASES = tuple(Phase)
_STEP_DAYS = 35
_TYPES = {
    Phase.RECEPTION_AND_EMERGENCE: (InterviewType.INTAKE_INTERVIEW, 45),
    Phase.INTAKE_AND_AGREEMENT: (InterviewType.INTAKE_INTERVIEW, 60),
    Phase.PERSON_PROJECT_FIT: (InterviewType.DIAGNOSTIC_INTERVIEW, 105),
    Phase.FINANCING: (InterviewType.FINANCING_INTERVIEW, 90),
    Phase.POST_CREATION: (InterviewType.BUSINESS_FOLLOW_UP, 45),
    Phase.FOLLOW_UP: (InterviewType.BUSINESS_FOLLOW_UP, 45),
}
_EXITS = {
    ExitReason.GIVEN_UP: 30,
    ExitReason.JOB: 20,
    ExitReason.UNREACHABLE: 22,
    ExitReason.REFERRED: 14,
    ExitReason.TRAINING: 9,
    ExitReason.MOVED: 5,
}


@dataclass(frozen=True, slots=True)
class World:
    """What files refer to: places, counsellors, the last day."""

    until: date
    sites: tuple[uuid.UUID, ...]
    site_weights: tuple[int, ...]
    counsellors: tuple[uuid.UUID, ...]
    subjects: tuple[str, ...]
    programmes: tuple[uuid.UUID, ...] = ()


@dataclass(slots=True)
class File:
    """One file while it is being written."""

    plan: Plan
    rng: Random
    world: World
    person: Person
    project: Project
    trade: Trade
    case: Case
    leads: bool  # the other half of a couple follows the same project
    rows: list[Record] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)
    phase: int = 0
    registered_on: date | None = None


def open_file(plan: Plan, rng: Random, world: World, person: Person, shared: Project | None, trade: Trade) -> File:
    """The file at its opening: person, project (a couple may share it), journey at its start."""
    project = shared or project_of(rng, trade, person, ambition=min(len(plan.meetings), 6) / 6)
    case = Case(
        reference=plan.reference,
        person_id=person.id,
        project_id=project.id,
        opened_on=plan.opened_on,
        counsellor_id=rng.choices(world.counsellors, (5, 3, 2)[: len(world.counsellors)])[0],
        site_id=rng.choices(world.sites, world.site_weights)[0],
        journey_version=load_journey().version,
        last_contact_on=plan.last_on,
        phase=Phase.RECEPTION_AND_EMERGENCE,
    )
    found = File(plan, rng, world, person, project, trade, case, leads=shared is None)
    found.rows += [person, case, ProjectMember(project_id=project.id, person_id=person.id, main=shared is None)]
    found.rows += [] if shared else [project]
    found.rows.append(PhaseChange(case_id=case.id, phase=case.phase, entered_on=plan.opened_on))
    if not shared and is_in_business(person):
        found.rows.append(existing_business(rng, project, plan.opened_on))
        found.phase = _PHASES.index(Phase.POST_CREATION)
        found.rows.append(PhaseChange(case_id=case.id, phase=Phase.POST_CREATION, entered_on=plan.opened_on))
    return found


def fill(file: File) -> None:
    """Everything that happened since the opening."""
    _visits(file)
    _consents(file)
    _needs(file)
    for meeting in file.plan.meetings:
        _interview(file, meeting)
    _steps(file)
    _diagnosis(file)
    _appointments(file)
    _ending(file)
    _plan(file)
    business = next((row for row in file.rows if isinstance(row, Business)), None)
    file.rows += aftermath(file.case, file.person, file.project, business, file.world.until)
    file.case.phase = _PHASES[file.phase]


def _plan(file: File) -> None:
    """The goal of the period, and what ties its actions together."""
    enrich([row for row in file.rows if isinstance(row, Action)], file.case.reference)
    if file.plan.meetings and (made := goal(file.case, file.phase, file.plan.last_on)) is not None:
        file.rows.append(made)


def _visits(file: File) -> None:
    rng, case = file.rng, file.case
    for rank, day in enumerate(file.plan.visits):
        file.rows.append(
            Passage(
                happened_on=day,
                channel=rng.choices(tuple(Channel), (50, 14, 20, 2, 6, 1, 7))[0],
                prescriber=rng.choice(tuple(Prescriber)) if rank == 0 and rng.random() < 0.8 else None,
                needs=file.trade.needs[: rng.randint(0, 2)] or None,
                minutes=rng.choice((10, 15, 20, 30)),
                next_step=rng.choice(tuple(NextStep)) if rng.random() < 0.5 else None,
                site_id=case.site_id,
                counsellor_id=case.counsellor_id,
                person_id=case.person_id,
                case_id=case.id,
            )
        )


def _consents(file: File) -> None:
    person, opened = file.person, file.plan.opened_on
    if file.rng.random() < 0.88:
        file.rows.append(Consent(person_id=person.id, kind=ConsentKind.NOTICE, given_on=opened, text_version="1"))
    if person.rqth_declared:
        written = Consent(
            person_id=person.id, kind=ConsentKind.SENSITIVE, given_on=opened, text_version="1", mode=ConsentMode.SIGNED
        )
        file.rows.append(written)


def _needs(file: File) -> None:
    rng, plan = file.rng, file.plan
    codes = [code for code in file.trade.needs if rng.random() < 0.7]
    if rng.random() < 0.3 or plan.sendings:
        codes.append(rng.choice(file.world.subjects))
    for code in dict.fromkeys(codes):
        need = Need(case_id=file.case.id, subject_code=code, raised_on=plan.opened_on)
        if plan.meetings and rng.random() < 0.25:
            need.met_on = plan.last_on
        file.needs.append(need)
    file.rows += file.needs


def _interview(file: File, meeting: Meeting) -> None:
    rng, case = file.rng, file.case
    if meeting.attended:
        _advance(file, meeting.held_on)
    phase = _PHASES[file.phase]
    kind, minutes = _TYPES.get(phase, (InterviewType.COACHING_INTERVIEW, 60))
    if rng.random() < 0.15:
        kind, minutes = rng.choice(((InterviewType.REMOTE_INTERVIEW, 30), (InterviewType.WALK_IN, 20)))
    remote = kind is InterviewType.REMOTE_INTERVIEW
    row = Interview(
        case_id=case.id,
        counsellor_id=case.counsellor_id,
        site_id=case.site_id,
        held_on=meeting.held_on,
        type=kind,
        minutes=max(15, minutes + rng.choice((-15, 0, 0, 0, 15))) if meeting.attended else 0,
        mode=InterviewMode.REMOTE if remote else InterviewMode.ON_SITE,
        attended=meeting.attended,
        phase=phase,
    )
    if meeting.attended:
        row.summary = rng.choice(SUMMARIES[phase.value])
        row.decisions = rng.choice(DECISIONS) if rng.random() < 0.5 else None
        row.private_note = rng.choice(PRIVATE_NOTES) if rng.random() < 0.2 else None
        steps = load_journey().phase(phase.value).steps
        row.steps = tuple(step.code for step in steps if rng.random() < 0.35) or None
        file.rows += _actions(file, row)
    file.rows.append(row)
    _past_appointment(file, row)


def _advance(file: File, on: date) -> None:
    """A meeting moves the file on by nothing, one phase or two; registering takes a while."""
    rng = file.rng
    ahead = rng.choices((0, 1, 2), (14, 48, 38))[0]
    reached = min(file.phase + ahead, _PHASES.index(Phase.FOLLOW_UP))
    registration = _PHASES.index(Phase.REGISTRATION)
    if file.registered_on is None and not is_in_business(file.person) and reached >= registration:
        reached = registration
        registered = on + timedelta(rng.randint(2, 25))
        if file.leads and registered <= file.world.until and rng.random() < 0.7:
            file.registered_on = registered
            file.rows.append(business_of(rng, file.project, registered))
            reached = _PHASES.index(Phase.POST_CREATION)
    if reached > file.phase:
        file.phase = reached
        file.rows.append(PhaseChange(case_id=file.case.id, phase=_PHASES[reached], entered_on=on))


def _actions(file: File, row: Interview) -> Iterator[Action]:
    rng, until = file.rng, file.world.until
    for label in rng.sample(ACTIONS, rng.choices((0, 1, 2, 3), (25, 40, 25, 10))[0]):
        due = row.held_on + timedelta(rng.randint(5, 30))
        done = due < until and rng.random() < 0.78
        status = ActionStatus.DONE if done else rng.choice((ActionStatus.PLANNED, ActionStatus.IN_PROGRESS))
        if not done and rng.random() < 0.06:
            status = ActionStatus.ABANDONED
        yield Action(
            case_id=row.case_id,
            interview_id=row.id,
            label=label,
            due_on=due if rng.random() < 0.9 else None,
            owner=rng.choices(tuple(ActionOwner), (70, 22, 8))[0],
            status=status,
            priority=rng.choices((*Priority, None), (20, 50, 10, 20))[0],
            done_on=due if done else None,
        )


def _steps(file: File) -> None:
    """Steps of the phases gone through: most are done, some were skipped, the present ones are in progress."""
    came = [meeting.held_on for meeting in file.plan.meetings if meeting.attended]
    if not came or is_in_business(file.person):
        return
    for rank in range(file.phase + 1):
        for step in load_journey().phase(_PHASES[rank].value).steps:
            if file.rng.random() < (0.75 if rank < file.phase else 0.35):
                file.rows.append(_step(file, step, file.rng.choice(came), current=rank == file.phase))


def _step(file: File, step: Step, on: date, *, current: bool) -> StepProgress:
    rng = file.rng
    row = StepProgress(case_id=file.case.id, step_code=step.code, answers={})
    row.answers = {f"q{n}": rng.choice(ANSWERS) for n in range(1, len(step.questions) + 1) if rng.random() < 0.4}
    if current and rng.random() < 0.6:
        row.status = StepStatus.IN_PROGRESS
        row.due_on = on + timedelta(_STEP_DAYS) if step.number == 1 else None
    elif rng.random() < 0.05:
        row.status, row.skip_reason = StepStatus.SKIPPED, "Sans objet pour ce projet"
    else:
        row.status, row.done_on = StepStatus.DONE, on
        row.deliverable_on = row.criterion_on = on
        row.minutes = 15 if step.number == 1 else 0  # the rest of its time is that of the interviews
    return row


def _diagnosis(file: File) -> None:
    if file.phase >= _PHASES.index(Phase.PERSON_PROJECT_FIT) and file.rng.random() < 0.6:
        file.rows += diagnoses(file.rng, file.case, file.plan.closed_on or file.world.until)


def _past_appointment(file: File, row: Interview) -> None:
    if file.rng.random() < 0.6:
        status = AppointmentStatus.DONE if row.attended else AppointmentStatus.MISSED
        file.rows.append(_appointment(file, row.held_on, file.rng.choice((9, 10, 11, 14, 15, 16)), status))


def _appointments(file: File) -> None:
    plan = file.plan
    if plan.today_at is not None:
        file.rows.append(_appointment(file, file.world.until, plan.today_at, AppointmentStatus.PLANNED))
    elif plan.next_on is not None:
        hour = file.rng.choice((9, 10, 11, 14, 15, 16))
        file.rows.append(_appointment(file, plan.next_on, hour, AppointmentStatus.PLANNED))


def _appointment(file: File, day: date, hour: int, status: AppointmentStatus) -> Appointment:
    starts = datetime.combine(day, time(hour, file.rng.choice((0, 0, 30)))).astimezone()
    return Appointment(
        case_id=file.case.id,
        counsellor_id=file.case.counsellor_id,
        site_id=file.case.site_id,
        starts_at=local(starts),
        minutes=file.rng.choice((45, 60, 60, 90)),
        status=status,
    )


def _ending(file: File) -> None:
    plan, case = file.plan, file.case
    if plan.closed_on is None:
        return
    case.closed_on = plan.closed_on
    created = file.registered_on is not None
    case.exit_reason = ExitReason.CREATION if created else file.rng.choices(list(_EXITS), list(_EXITS.values()))[0]
