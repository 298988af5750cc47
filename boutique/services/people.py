"""One file: its header, its answers, its end. Used by the file view and the command line."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, bindparam, func, select
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.clock import now, today
from boutique.core.errors import UserError
from boutique.forms.catalogue import FILE
from boutique.forms.spec import Answers
from boutique.models.after import Exit
from boutique.models.attachment import Attachment
from boutique.models.case import Action, Appointment, Case, Interview, Passage, PhaseChange, StepProgress
from boutique.models.choices import ActionStatus, AppointmentStatus, ConsentKind, ExitReason, Gender, Phase, StepStatus
from boutique.models.person import Person
from boutique.models.programme import Programme
from boutique.models.project import Project
from boutique.models.referral import Need, Referral
from boutique.models.structure import Counsellor
from boutique.models.trace import Consent
from boutique.rules import facts as rule_facts
from boutique.rules.journey import Journey
from boutique.services import answers as answers_service
from boutique.services import facts as facts_service
from boutique.services import journey_versions as versions
from boutique.services import members, zoning
from boutique.services.context import place

OPEN_ACTIONS = (ActionStatus.PLANNED, ActionStatus.IN_PROGRESS, ActionStatus.WAITING)


@dataclass(frozen=True, slots=True)
class Badge:
    """A state by word and tone (info, warning, success, neutral); the view adds the icon."""

    text: str
    tone: str


@dataclass(frozen=True, slots=True)
class PhaseBar:
    """One bar of the stepper: `fill` from 0 to 1."""

    code: str
    label: str
    fill: float
    current: bool


@dataclass(frozen=True, slots=True)
class FileHeader:
    """The card at the top of a file."""

    case_id: uuid.UUID
    person_id: uuid.UUID
    project_id: uuid.UUID
    reference: str
    name: str  # of everybody who carries the project
    person: str  # whom the file was opened for
    initials: str
    feminine: bool
    age: int | None
    badges: tuple[Badge, ...]
    project: str
    counsellor: str
    phone: str
    email: str
    phases: tuple[PhaseBar, ...]
    phase_label: str
    next_appointment: datetime | None
    counts: dict[str, int]
    closed_on: date | None
    exit_reason: str
    notice_given: bool
    completeness: float
    holders: int
    other_projects: tuple[members.OtherProject, ...]
    programme_id: uuid.UUID | None = None
    programme: str = ""


def header(session: Session, case_id: uuid.UUID) -> FileHeader:
    """Everything the card shows, in a handful of column queries."""
    case = answers_service.case_of(session, case_id)
    person, project = session.get(Person, case.person_id), session.get(Project, case.project_id)
    assert person is not None
    assert project is not None
    counsellor = session.get(Counsellor, case.counsellor_id) if case.counsellor_id else None
    answers = answers_service.of_case(session, case_id)
    journey = versions.of_case(session, case)
    return FileHeader(
        case_id=case.id,
        person_id=person.id,
        project_id=project.id,
        reference=case.reference,
        name=members.name_of(session, case),
        person=person.full_name,
        initials=f"{person.first_name[:1]}{person.last_name[:1]}".upper(),
        feminine=person.gender is Gender.FEMALE,
        age=rule_facts.age(person.birth_date, today()),
        badges=_badges(session, answers, case.phase),
        project=project.summary or "",
        counsellor=counsellor.short_name if counsellor else "",
        phone=french.show_phone(person.phone),
        email=person.email or "",
        phases=_bars(session, case, journey),
        phase_label=journey.place(case.phase, case.journey_phase).label,
        next_appointment=_next_appointment(session, case.id),
        counts=dict(session.execute(_COUNTS, {"case": case.id}).mappings().one()),
        closed_on=case.closed_on,
        exit_reason=case.exit_reason.label if case.exit_reason else "",
        notice_given=notice_given(session, person.id),
        completeness=FILE.completeness(answers),
        holders=len(members.listing(session, case_id)),
        other_projects=members.other_projects(session, case_id),
        programme_id=case.programme_id,
        programme=_programme(session, case),
    )


def _programme(session: Session, case: Case) -> str:
    """What the acts of the file are charged to, by its name."""
    return session.scalar(select(Programme.name).where(Programme.id == case.programme_id)) or ""


def notice_given(session: Session, person_id: uuid.UUID) -> bool:
    """Whether the information notice was handed over."""
    handed = select(Consent.id).where(Consent.person_id == person_id, Consent.kind == ConsentKind.NOTICE)
    return session.scalar(handed.limit(1)) is not None


def _badges(session: Session, answers: Answers, phase: Phase) -> tuple[Badge, ...]:
    code = answers.get("holder.commune_code")
    if not code:
        return (Badge("commune à compléter", "warning"),)
    name, found = place(session, code), zoning.of_commune(session, code)
    badges = [Badge(f"{name} · FRR" if found.rural else name, "info")]
    if found.rural is None:
        badges.append(Badge("FRR à vérifier", "warning"))
    facts = facts_service.from_answers(session, answers, phase=phase)
    state = facts.get("holder.lives_in_qpv")
    if state is None:
        badges.append(Badge("QPV à vérifier", "warning"))
    elif state:
        badges.append(Badge("QPV", "info"))
    return tuple(badges)


def _bars(session: Session, case: Case, journey: Journey) -> tuple[PhaseBar, ...]:
    done = set(
        session.scalars(
            select(StepProgress.step_code).where(
                StepProgress.case_id == case.id, StepProgress.status.in_((StepStatus.DONE, StepStatus.SKIPPED))
            )
        )
    )
    order = [phase.code for phase in journey.phases]
    here = order.index(journey.place(case.phase.value, case.journey_phase).code)
    bars = []
    for rank, phase in enumerate(journey.phases):
        share = sum(step.code in done for step in phase.steps) / len(phase.steps) if phase.steps else 0.0
        # A phase that was passed is behind, whatever was ticked in it.
        bars.append(PhaseBar(phase.code, phase.short, 1.0 if rank < here else share, rank == here))
    return tuple(bars)


def _next_appointment(session: Session, case_id: uuid.UUID) -> datetime | None:
    return session.scalar(
        select(func.min(Appointment.starts_at)).where(
            Appointment.case_id == case_id,
            Appointment.starts_at >= now(),
            Appointment.status == AppointmentStatus.PLANNED,
        )
    )


def _count(model: Any, *conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).where(model.case_id == bindparam("case"), *conditions).scalar_subquery()


# One statement, built once: it is asked at each opening of a file.
_COUNTS = select(
    _count(Interview).label("interviews"),
    _count(Action, Action.status.in_(OPEN_ACTIONS)).label("actions"),
    _count(Referral).label("referrals"),
    _count(Passage).label("visits"),
    _count(Need, Need.met_on.is_(None)).label("needs"),
    _count(Attachment, Attachment.deleted_on.is_(None)).label("pieces"),
)


def answers(session: Session, case_id: uuid.UUID) -> Answers:
    """Every answer of the file, for its form."""
    return answers_service.of_case(session, case_id)


def save_answers(session: Session, case_id: uuid.UUID, typed: Mapping[str, Any]) -> None:
    """Save the whole form of a file; hidden questions, and axis marks that it does not show, keep what they had."""
    accepted = FILE.accept(typed)
    kept = {key: value for key, value in accepted.items() if key in typed or not key.startswith("diagnosis.")}
    answers_service.write_case(session, answers_service.case_of(session, case_id), kept)


def answer_one(session: Session, case_id: uuid.UUID, key: str, typed: Any) -> None:
    """Save one answer, given from wherever it was asked (a proposal that waits for it)."""
    merged = {**answers_service.of_case(session, case_id), key: typed}
    accepted = FILE.accept(merged)
    if key not in FILE.visible(accepted):  # it would be dropped without a word
        asked = [field.label for c in FILE.field(key).visible_if for field in FILE.fields() if field.key == c.field]
        why = f"avec la réponse à « {asked[0]} »" if asked else "dans cette situation"
        raise UserError(f"Cette question ne se pose pas {why}. Complétez d’abord l’onglet Fiche.")
    case = answers_service.case_of(session, case_id)
    diagnosis = answers_service.rows_of(session, case).get("diagnosis")
    if (axis := answers_service.computed(session, diagnosis).get(key)) is not None:
        raise UserError(f"L’axe « {axis} » suit les critères du diagnostic : complétez-le dans l’onglet Diagnostic.")
    answers_service.write_case(session, case, {key: accepted.get(key)})


def close_file(session: Session, case_id: uuid.UUID, reason: ExitReason, on: date) -> None:
    """End the accompaniment with a coded reason."""
    case = answers_service.case_of(session, case_id)
    if on < case.opened_on:
        raise UserError(
            f"La fin ({french.show_date(on)}) est avant l’ouverture du dossier ({french.show_date(case.opened_on)})."
        )
    case.closed_on, case.exit_reason = on, reason


def reopen(session: Session, case_id: uuid.UUID) -> None:
    """The person is back."""
    case = answers_service.case_of(session, case_id)
    case.closed_on, case.exit_reason = None, None
    for ended in session.scalars(select(Exit).where(Exit.case_id == case_id, Exit.reopened_on.is_(None))):
        ended.reopened_on = today()


def enter_phase(session: Session, case_id: uuid.UUID, phase: Phase, own: str | None = None) -> None:
    """Move the file to a phase, forwards or back; the date is kept. `own` is its code in the journey of the file."""
    case = answers_service.case_of(session, case_id)
    if case.phase is not phase or (own is not None and own != versions.place(session, case).code):
        case.phase, case.journey_phase = phase, own
        session.add(PhaseChange(case_id=case.id, phase=phase, journey_phase=own, entered_on=today()))
