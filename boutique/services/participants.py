"""Participants of a FSE+ operation: who entered, what is missing for each, what they answered. Used by their page."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from boutique import __version__
from boutique.core import clock
from boutique.core.errors import UserError
from boutique.exports import excel
from boutique.forms.catalogue import PARTICIPATION
from boutique.forms.spec import Answers
from boutique.models.after import Exit
from boutique.models.case import Case, Interview, Passage
from boutique.models.choices import ConsentKind
from boutique.models.person import Person
from boutique.models.programme import Participation, Programme
from boutique.models.project import Business
from boutique.models.structure import Structure
from boutique.models.trace import Consent
from boutique.rules.participants import Missing, Participant, missing
from boutique.services import accesses
from boutique.services import answers as answers_service
from boutique.services.activity_book import author_name
from boutique.services.rows import existing

SHORTEST_REASON = 8
_WHAT = "Participants FSE+ : "
_LONGEST_WHAT = 120


@dataclass(frozen=True, slots=True)
class ParticipantLine:
    """One participant in the list: dates of the three moments, and what is still missing."""

    id: uuid.UUID
    case_id: uuid.UUID
    reference: str
    name: str
    entered_on: date
    ended_on: date | None
    due_on: date | None
    answered: bool
    missing: tuple[Missing, ...]

    @property
    def complete(self) -> bool:
        return not self.missing


@dataclass(frozen=True, slots=True)
class ParticipantList:
    """The participants of an operation, and the files charged to it whose entry is not written yet."""

    programme: str
    lines: tuple[ParticipantLine, ...]
    to_enter: tuple[uuid.UUID, ...]

    @property
    def complete(self) -> int:
        return sum(line.complete for line in self.lines)


def listing(session: Session, programme_id: uuid.UUID) -> ParticipantList:
    """Participants in the order of entry; those with something missing can be told by `missing`."""
    lines = tuple(_line(row, case, who) for row, case, who in _read(session, programme_id))
    entered = select(Participation.case_id).where(Participation.programme_id == programme_id)
    waiting = session.scalars(
        select(Case.id)
        .where(Case.programme_id == programme_id, Case.id.not_in(entered))
        .order_by(Case.opened_on, Case.reference)
    )
    return ParticipantList(_programme(session, programme_id).name, lines, tuple(waiting))


def enter(session: Session, programme_id: uuid.UUID, cases: Sequence[uuid.UUID]) -> int:
    """Write the entry of files: their first interview in the operation, the situation as the file says it today."""
    programme = _programme(session, programme_id)
    for case_id in cases:
        case = answers_service.case_of(session, case_id)
        who = session.get_one(Person, case.person_id)
        session.add(
            Participation(
                programme_id=programme_id,
                case_id=case_id,
                entered_on=_first_day(session, case, programme),
                employment_status=who.employment_status,
                registration_duration=who.registration_duration,
                education_level=who.education_level,
                allowances=who.allowances,
            )
        )
    return len(cases)


def answers(session: Session, participation_id: uuid.UUID) -> Answers:
    """What one participant answered, for the form."""
    return answers_service.read_row("participation", _participation(session, participation_id))


def save(session: Session, participation_id: uuid.UUID, typed: Mapping[str, Any]) -> None:
    """Change what one participant answered."""
    accepted = PARTICIPATION.accept(typed)
    answers_service.write_row(_participation(session, participation_id), "participation", accepted)


def remove(session: Session, participation_id: uuid.UUID) -> None:
    """This file is no participant of the operation after all; it stays charged to it."""
    session.delete(_participation(session, participation_id))


def export(session: Session, programme_id: uuid.UUID, reason: str) -> bytes:
    """The workbook of the participants, with exactly the answers the agreement asks for. UserError without a reason."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise UserError("Dites en quelques mots à qui va cette liste : ce motif est noté au journal des accès.")
    programme = _programme(session, programme_id)
    found = [who for _row, _case, who in _read(session, programme_id)]
    return excel.participants_book.render(
        excel.participants_book.ParticipantsData(
            structure=session.scalar(select(Structure.name).limit(1)) or "",
            author=author_name(session),
            version=__version__,
            generated_at=clock.local(clock.now()),
            programme=programme.name,
            agreement=programme.agreement or "",
            reason=reason.strip(),
            incomplete=sum(bool(missing(who, clock.today())) for who in found),
            rows=tuple(found),
        )
    )


def note_export(session: Session, programme_id: uuid.UUID, reason: str) -> None:
    """The export in the history of each participant, with its reason."""
    people = session.scalars(
        select(Case.person_id)
        .join(Participation, Participation.case_id == Case.id)
        .where(Participation.programme_id == programme_id)
        .distinct()
    ).all()
    accesses.note_each(session, "export", f"{_WHAT}{reason.strip()}"[:_LONGEST_WHAT], people)


def _read(session: Session, programme_id: uuid.UUID) -> list[tuple[Participation, Case, Participant]]:
    """Each participant with everything that is asked of them, in the order of entry."""
    ended = select(func.max(Exit.id)).where(Exit.case_id == Case.id, Exit.reopened_on.is_(None))
    business = select(func.max(Business.id)).where(
        Business.project_id == Case.project_id, Business.registered.is_(True)
    )
    agreed = select(Consent.id).where(Consent.person_id == Person.id, Consent.kind == ConsentKind.SENSITIVE)
    sent = (
        select(Passage.prescriber)
        .where(Passage.case_id == Case.id, Passage.prescriber.is_not(None))
        .order_by(Passage.happened_on, Passage.id)
        .limit(1)
    )
    rows = session.execute(
        select(Participation, Case, Person, Exit, Business.siren, agreed.exists(), sent.scalar_subquery())
        .join(Case, Case.id == Participation.case_id)
        .join(Person, Person.id == Case.person_id)
        .outerjoin(Exit, Exit.id == ended.correlate(Case).scalar_subquery())
        .outerjoin(Business, Business.id == business.correlate(Case).scalar_subquery())
        .where(Participation.programme_id == programme_id)
        .order_by(Participation.entered_on, Case.reference)
    )
    return [(row[0], row[1], _participant(*row)) for row in rows]


def _participant(
    row: Participation, case: Case, who: Person, end: Exit | None, siren: str | None, agreed: int, prescriber: Any
) -> Participant:
    known = end if case.closed_on is not None else None
    return Participant(
        last_name=who.last_name,
        first_name=who.first_name,
        birth_date=who.birth_date,
        gender=who.gender,
        commune_code=who.commune_code,
        phone=who.phone,
        email=who.email,
        entered_on=row.entered_on,
        employment_status=row.employment_status,
        registration_duration=row.registration_duration,
        in_training=row.in_training,
        education_level=row.education_level,
        disability=who.rqth_declared if agreed else None,
        allowances=row.allowances,
        prescriber=prescriber,
        ended_on=case.closed_on,
        exit_reason=case.exit_reason,
        exit_status=known.employment_status if known else None,
        business_created=known.business_created if known else None,
        siren=siren,
        qualification_obtained=known.qualification_obtained if known else None,
        training_entered=known.training_entered if known else None,
        status_after=row.status_after,
        improved=row.improved,
        unreachable=row.unreachable,
    )


def _line(row: Participation, case: Case, who: Participant) -> ParticipantLine:
    return ParticipantLine(
        id=row.id,
        case_id=case.id,
        reference=case.reference,
        name=f"{who.last_name} {who.first_name}",
        entered_on=row.entered_on,
        ended_on=who.ended_on,
        due_on=who.due_on,
        answered=who.status_after is not None or bool(who.unreachable),
        missing=missing(who, clock.today()),
    )


def _first_day(session: Session, case: Case, programme: Programme) -> date:
    held = session.scalar(
        select(func.min(Interview.held_on)).where(
            Interview.case_id == case.id,
            Interview.attended.is_not(False),
            Interview.held_on >= max(programme.starts_on, case.opened_on),
        )
    )
    return held or max(programme.starts_on, case.opened_on)


def _programme(session: Session, programme_id: uuid.UUID) -> Programme:
    return existing(session, Programme, programme_id, "Ce programme n’existe plus. Revenez à la liste des programmes.")


def _participation(session: Session, participation_id: uuid.UUID) -> Participation:
    return existing(
        session, Participation, participation_id, "Cette personne n’est plus participante. Revenez à la liste."
    )
