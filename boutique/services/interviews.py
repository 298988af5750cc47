"""Interviews logged in one screen: what was said, steps, actions decided, next appointment. For that screen."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from boutique.core.clock import local, now, today
from boutique.core.errors import UserError
from boutique.forms.catalogue import INTERVIEW
from boutique.forms.spec import Answers
from boutique.models.case import Action, Appointment, Interview, StepProgress
from boutique.models.choices import AppointmentStatus, InterviewMode, InterviewType, Phase, StepStatus
from boutique.models.structure import Counsellor
from boutique.rules.journey import Journey
from boutique.rules.lists import load_interview_types
from boutique.services import actions as actions_service
from boutique.services import answers as answers_service
from boutique.services import journey_versions as versions
from boutique.services import journeys, programmes
from boutique.services.context import context
from boutique.services.intakes import raise_needs, touch
from boutique.services.programmes import Option
from boutique.services.rows import existing

_LATELY = 7  # days during which an appointment held still waits for its interview
_PHASE_TYPES = {
    Phase.RECEPTION_AND_EMERGENCE: InterviewType.INTAKE_INTERVIEW,  # a walk-in would not count as an interview
    Phase.INTAKE_AND_AGREEMENT: InterviewType.INTAKE_INTERVIEW,
    Phase.PERSON_PROJECT_FIT: InterviewType.DIAGNOSTIC_INTERVIEW,
    Phase.FINANCING: InterviewType.FINANCING_INTERVIEW,
    Phase.POST_CREATION: InterviewType.BUSINESS_FOLLOW_UP,
    Phase.FOLLOW_UP: InterviewType.BUSINESS_FOLLOW_UP,
}


@dataclass(frozen=True, slots=True)
class Following:
    """What an interview leads to besides itself."""

    actions: tuple[Mapping[str, Any], ...] = ()
    next_at: datetime | None = None
    next_minutes: int = 60
    needs: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Around:
    """What the form offers for one file: the phases and steps of its journey, the programmes to charge."""

    journey: Journey
    programmes: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class InterviewLine:
    """One interview in the list of a file."""

    id: uuid.UUID
    held_on: date
    type: str
    minutes: int
    mode: str
    attended: bool
    phase: str
    counsellor: str
    summary: str
    decisions: str
    private_note: str
    steps: tuple[str, ...]
    actions: tuple[str, ...]


def blank(session: Session, case_id: uuid.UUID) -> Answers:
    """A new interview, filled with what is most likely: today, this phase, its usual type and duration."""
    case = answers_service.case_of(session, case_id)
    already = session.scalar(select(func.count()).where(Interview.case_id == case_id)) or 0
    kind = _PHASE_TYPES.get(case.phase, InterviewType.COACHING_INTERVIEW)
    if kind is InterviewType.INTAKE_INTERVIEW and already:
        kind = InterviewType.COACHING_INTERVIEW
    start: Answers = {
        "interview.held_on": today(),
        "interview.type": kind,
        "interview.minutes": minutes_for(kind),
        "interview.mode": InterviewMode.ON_SITE,
        "interview.attended": True,
        "interview.phase": case.phase,
        "own_phase": versions.place(session, case).code,
    }
    if (programme_id := programmes.default_for(session, case, today())) is not None:
        start["programme_id"] = programme_id
    return start | _just_held(session, case_id)


def around(session: Session, case_id: uuid.UUID, programme_id: uuid.UUID | None = None) -> Around:
    """What the form of an interview charged to `programme_id` offers; it may be written long after it was held."""
    return Around(journeys.of_file(session, case_id), programmes.options(session, keep=programme_id, ended=True))


def _just_held(session: Session, case_id: uuid.UUID) -> Answers:
    """Day, length and presence of an appointment lately held, of which no interview was written yet."""
    written = select(Interview.held_on).where(Interview.case_id == case_id)
    row = session.scalars(
        select(Appointment)
        .where(
            Appointment.case_id == case_id,
            Appointment.status == AppointmentStatus.DONE,
            Appointment.starts_at >= now() - timedelta(_LATELY),
            Appointment.starts_at <= now() + timedelta(hours=1),
        )
        .order_by(Appointment.starts_at.desc())
        .limit(1)
    ).first()
    day = local(row.starts_at).date() if row is not None else today()
    if row is None or day > today() or day in set(session.scalars(written)):
        return {}
    mode = {} if row.mode is None else {"interview.mode": row.mode}
    return {"interview.held_on": day, "interview.minutes": row.minutes, **mode}


def again(session: Session, interview_id: uuid.UUID) -> Answers:
    """A new interview like one held before: its type, mode, phase and steps, none of its texts."""
    row = _interview(session, interview_id)
    case = answers_service.case_of(session, row.case_id)
    start = blank(session, row.case_id)
    used = {step.code for step in versions.of_case(session, case).steps}
    if row.type is not None:
        start |= {"interview.type": row.type, "interview.minutes": minutes_for(row.type)}
    if row.mode is not None:
        start["interview.mode"] = row.mode
    if row.phase is not None:
        start |= {"interview.phase": row.phase, "own_phase": row.journey_phase}
    return {**start, "interview.steps": tuple(code for code in row.steps or () if code in used)}


def minutes_for(kind: InterviewType) -> int:
    """Usual duration of a type of interview, in minutes."""
    return load_interview_types()[kind.value].minutes


def save(
    session: Session,
    case_id: uuid.UUID,
    typed: Mapping[str, Any],
    following: Following | None = None,
    *,
    interview_id: uuid.UUID | None = None,
) -> uuid.UUID:
    """Save an interview with its actions, next appointment, needs and steps; one action for undo."""
    case, here, after = answers_service.case_of(session, case_id), context(session), following or Following()
    answers = INTERVIEW.accept(typed)
    row = _interview(session, interview_id) if interview_id is not None else None
    if row is None:
        row = Interview(case_id=case_id, counsellor_id=here.counsellor_id, site_id=here.site_id, held_on=today())
        session.add(row)
    answers_service.write_row(row, "interview", answers)
    if "programme_id" in typed:
        row.programme_id = _identifier(typed["programme_id"])
    elif interview_id is None:
        row.programme_id = programmes.default_for(session, case, row.held_on)
    row.journey_phase = _own_phase(session, case_id, row.phase, typed.get("own_phase"))
    if row.attended is False:
        row.minutes = 0  # an absence is followed up, never counted as time
    touch(case, row.held_on)
    _advance_steps(session, case_id, row)
    for action in after.actions:
        actions_service.add(session, case_id, action, interview_id=row.id)
    raise_needs(session, case_id, after.needs, row.held_on)
    if interview_id is None:
        _conclude_appointments(session, row)
    if after.next_at is not None:
        plan(session, case_id, after.next_at, after.next_minutes)
    session.flush()
    return row.id


def _identifier(typed: Any) -> uuid.UUID | None:
    """Of a programme: a draft keeps it as text."""
    return uuid.UUID(str(typed)) if typed else None


def _own_phase(session: Session, case_id: uuid.UUID, phase: Phase | None, own: str | None) -> str | None:
    """The phase of the file's own journey, when it does count as the standard one."""
    if phase is None or own is None:
        return None
    return own if journeys.of_file(session, case_id).place(phase.value, own).code == own else None


def _conclude_appointments(session: Session, row: Interview) -> None:
    """What was planned that day with the person is over: held, or missed."""
    start = datetime.combine(row.held_on, time()).astimezone()
    planned = select(Appointment).where(
        Appointment.case_id == row.case_id,
        Appointment.status == AppointmentStatus.PLANNED,
        Appointment.starts_at >= start,
        Appointment.starts_at < datetime.combine(row.held_on + timedelta(1), time()).astimezone(),
        Appointment.starts_at <= now() + timedelta(hours=1),
    )
    for appointment in session.scalars(planned):
        appointment.status = AppointmentStatus.MISSED if row.attended is False else AppointmentStatus.DONE


def plan(session: Session, case_id: uuid.UUID, starts_at: datetime, minutes: int) -> uuid.UUID:
    """A next appointment."""
    if starts_at < now():
        raise UserError("Ce rendez-vous est dans le passé. Choisissez une date à venir.")
    here = context(session)
    row = Appointment(
        case_id=case_id, counsellor_id=here.counsellor_id, site_id=here.site_id, starts_at=starts_at, minutes=minutes
    )
    session.add(row)
    return row.id


def delete(session: Session, interview_id: uuid.UUID) -> None:
    """Remove an interview; its actions stay. Undo brings it back."""
    for action in session.scalars(select(Action).where(Action.interview_id == interview_id)):
        action.interview_id = None
    session.delete(_interview(session, interview_id))


def answers(session: Session, interview_id: uuid.UUID) -> Answers:
    """The answers of an interview, for its form."""
    row = _interview(session, interview_id)
    own = {"own_phase": row.journey_phase, "programme_id": row.programme_id}
    return {**answers_service.read_row("interview", row), **{key: value for key, value in own.items() if value}}


def listing(session: Session, case_id: uuid.UUID) -> tuple[InterviewLine, ...]:
    """Interviews of a file, the latest first."""
    rows = session.execute(
        select(Interview, Counsellor)
        .outerjoin(Counsellor, Counsellor.id == Interview.counsellor_id)
        .where(Interview.case_id == case_id)
        .order_by(Interview.held_on.desc(), Interview.created_at.desc())
    ).all()
    decided: dict[uuid.UUID | None, list[str]] = {}
    for action in session.scalars(select(Action).where(Action.case_id == case_id).order_by(Action.created_at)):
        decided.setdefault(action.interview_id, []).append(action.label)
    journey = journeys.of_file(session, case_id)
    worked_on = dict.fromkeys(code for row, _ in rows for code in row.steps or ())
    case = answers_service.case_of(session, case_id)
    titles = {code: versions.step_label(session, code, case) for code in worked_on}
    return tuple(_line(row, who, tuple(decided.get(row.id, ())), journey, titles) for row, who in rows)


def _line(
    row: Interview, counsellor: Counsellor | None, decided: tuple[str, ...], journey: Journey, titles: Mapping[str, str]
) -> InterviewLine:
    return InterviewLine(
        id=row.id,
        held_on=row.held_on,
        type=row.type.label if row.type else "",
        minutes=row.minutes or 0,
        mode=row.mode.label if row.mode else "",
        attended=row.attended is not False,
        phase=journey.place(row.phase.value, row.journey_phase).label if row.phase else "",
        counsellor=counsellor.short_name if counsellor else "",
        summary=row.summary or "",
        decisions=row.decisions or "",
        private_note=row.private_note or "",
        steps=tuple(titles[code] for code in row.steps or ()),
        actions=decided,
    )


def _advance_steps(session: Session, case_id: uuid.UUID, row: Interview) -> None:
    """Steps worked on are in progress; a later phase chosen in the interview moves the file there."""
    known = set(session.scalars(select(StepProgress.step_code).where(StepProgress.case_id == case_id)))
    for code in row.steps or ():
        if code not in known:
            session.add(StepProgress(case_id=case_id, step_code=code, status=StepStatus.IN_PROGRESS, answers={}))
    if row.phase is not None:
        journeys.advance(
            session, case_id, journeys.of_file(session, case_id).place(row.phase.value, row.journey_phase).code
        )


def _interview(session: Session, interview_id: uuid.UUID) -> Interview:
    return existing(session, Interview, interview_id, "Cet entretien n’existe plus. Revenez à la liste des entretiens.")
