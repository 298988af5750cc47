"""Accueil: a visit becomes a file, stays anonymous, or joins a file that exists. Used by the intake screen."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.clock import today
from boutique.core.errors import UserError
from boutique.forms.catalogue import FILE, INTAKE
from boutique.forms.spec import Answers
from boutique.models.case import Case, Passage, PhaseChange
from boutique.models.choices import Channel, ConsentKind, ConsentMode, Phase
from boutique.models.person import Person
from boutique.models.project import Project, ProjectMember
from boutique.models.referral import Need
from boutique.models.structure import Structure
from boutique.models.trace import Consent
from boutique.rules import needs as needs_rules
from boutique.rules.schemes import Eligibility, eligibility
from boutique.services import answers as answers_service
from boutique.services import facts as facts_service
from boutique.services import journey_versions as versions
from boutique.services import numbering, zoning
from boutique.services.context import context, place

VISIT_MINUTES = 20
_MOST_MISSING = 2


@dataclass(frozen=True, slots=True)
class Saved:
    """What a saved intake gave."""

    case_id: uuid.UUID
    person_id: uuid.UUID
    reference: str


@dataclass(frozen=True, slots=True)
class SchemeLine:
    """One scheme in the live panel: `state` is an Eligibility value, `detail` why or what is missing."""

    code: str
    label: str
    detail: str
    state: Eligibility


@dataclass(frozen=True, slots=True)
class Panel:
    """What the answers so far mean."""

    schemes: tuple[SchemeLine, ...]
    zoning: tuple[str, ...]
    completeness: float
    errors: dict[str, str]
    visible: frozenset[str]


@dataclass(frozen=True, slots=True)
class PassageLine:
    """A visit of the day that has no file."""

    id: uuid.UUID
    happened_on: date
    channel: str
    needs: tuple[str, ...]


def blank(_session: Session) -> Answers:
    """The answers an intake starts with: nothing that the counsellor would have to check."""
    return {"passage.happened_on": today(), "passage.channel": Channel.WALK_IN}


def panel(session: Session, typed: Mapping[str, Any]) -> Panel:
    """Schemes, zoning, completeness and errors of what is typed so far."""
    answers, errors = INTAKE.read(typed)
    visible = INTAKE.visible(answers)
    facts = facts_service.from_answers(session, answers, phase=Phase.RECEPTION_AND_EMERGENCE)
    shown = [v for v in eligibility(facts, today()) if v.outcome is not Eligibility.NO]
    lines = tuple(
        SchemeLine(v.code, v.label, _missing(v.missing) or v.reason, v.outcome) for v in shown if _started(v, facts)
    )
    return Panel(lines, _zoning_sentences(session, answers), INTAKE.completeness(answers), errors, visible)


def _started(verdict: Any, facts: Mapping[str, Any]) -> bool:
    # A scheme on which nothing at all is known is noise at the counter; one that is nearly settled is help.
    return not verdict.missing or len(verdict.missing) <= _MOST_MISSING < len(facts)


def _missing(missing: tuple[Any, ...]) -> str:
    if not missing:
        return ""
    names = [f"{item.label[:1].lower()}{item.label[1:]}" for item in missing[:_MOST_MISSING]]
    more = f" et {french.plural(len(missing) - _MOST_MISSING, 'autre')}" if len(missing) > _MOST_MISSING else ""
    return f"il manque : {', '.join(names)}{more}"


def _zoning_sentences(session: Session, answers: Mapping[str, Any]) -> tuple[str, ...]:
    code = answers.get("holder.commune_code")
    if not code:
        return ()
    found, name = zoning.of_commune(session, code), place(session, code)
    rural = {
        True: f"{name} est en zone rurale (FRR)",
        False: f"{name} n’est pas en zone rurale",
        None: f"{name} : zone rurale à vérifier (liste FRR non importée)",
    }[found.rural]
    if found.districts:
        return rural, f"QPV à vérifier à l’adresse : {', '.join(found.districts)}"
    return rural, "Aucun QPV dans la commune" if found.no_district else "QPV à vérifier à l’adresse"


def save(
    session: Session,
    typed: Mapping[str, Any],
    *,
    needs: tuple[str, ...] = (),
    notice: bool = False,
    passage_id: uuid.UUID | None = None,
    programme_id: uuid.UUID | None = None,
) -> Saved:
    """Create person, project and file from the intake; the visit (or the anonymous passage it was) joins them."""
    answers = INTAKE.accept(typed)
    on: date = answers["passage.happened_on"]
    here = context(session)
    version, first = versions.start(session)
    person, project = Person(first_name="", last_name=""), Project()
    answers_service.write_row(person, "holder", answers)
    answers_service.write_row(project, "project", answers)
    reference = numbering.next_case(session, on)
    case = Case(
        reference=reference,
        person_id=person.id,
        project_id=project.id,
        counsellor_id=here.counsellor_id,
        site_id=here.site_id,
        programme_id=programme_id,
        opened_on=on,
        last_contact_on=on,
        phase=versions.standard(first),
        journey_phase=first.code,
        journey_version=version,
    )
    session.add_all([person, project, case, ProjectMember(project_id=project.id, person_id=person.id)])
    session.add(PhaseChange(case_id=case.id, phase=case.phase, journey_phase=first.code, entered_on=on))
    visit = _visit(session, answers, needs, passage_id)
    visit.person_id, visit.case_id = person.id, case.id
    raise_needs(session, case.id, needs, on)
    if notice:
        record_notice(session, person.id, on)
    session.flush()
    return Saved(case.id, person.id, reference)


def save_anonymous(session: Session, typed: Mapping[str, Any], *, needs: tuple[str, ...] = ()) -> uuid.UUID:
    """A visit that counts in the statistics without any name; it may become a file later."""
    answers, errors = INTAKE.read(typed)
    said = {key: text for key, text in errors.items() if key.startswith("passage.")}
    if said:
        raise UserError(" ".join(said.values()))
    visit = _visit(session, answers, needs, None)
    visit.commune_code = answers.get("holder.commune_code")
    session.flush()
    return visit.id


def add_visit(session: Session, case_id: uuid.UUID, *, needs: tuple[str, ...] = ()) -> uuid.UUID:
    """A known person came again."""
    case = answers_service.case_of(session, case_id)
    visit = _visit(session, blank(session), needs, None)
    visit.person_id, visit.case_id = case.person_id, case.id
    touch(case, today())
    raise_needs(session, case.id, needs, today())
    session.flush()
    return visit.id


def passages_today(session: Session) -> tuple[PassageLine, ...]:
    """Today's anonymous visits, to be named if the person comes back."""
    rows = session.execute(
        select(Passage.id, Passage.happened_on, Passage.channel, Passage.needs)
        .where(Passage.happened_on == today(), Passage.person_id.is_(None))
        .order_by(Passage.created_at.desc())
    )
    return tuple(
        PassageLine(row.id, row.happened_on, row.channel.label if row.channel else "", need_labels(row.needs or ()))
        for row in rows
    )


def passage_answers(session: Session, passage_id: uuid.UUID) -> Answers:
    """What an anonymous visit already says, to start a file with."""
    visit = _anonymous(session, passage_id)
    answers = answers_service.read_row("passage", visit)
    if visit.commune_code:
        answers["holder.commune_code"] = visit.commune_code
    return answers


def raise_needs(session: Session, case_id: uuid.UUID, codes: tuple[str, ...], on: date) -> None:
    """Add the needs a file does not have yet."""
    known = set(session.scalars(select(Need.subject_code).where(Need.case_id == case_id, Need.met_on.is_(None))))
    for code in dict.fromkeys(codes):
        needs_rules.subject(code)  # an unknown code is a bug, said here rather than on a printed sheet
        if code not in known:
            session.add(Need(case_id=case_id, subject_code=code, raised_on=on))


def record_notice(session: Session, person_id: uuid.UUID, on: date) -> None:
    """The information notice was handed over, in the version in force."""
    structure = session.scalars(select(Structure)).first()
    version = structure.notice_version if structure and structure.notice_version else 1
    session.add(
        Consent(
            person_id=person_id, kind=ConsentKind.NOTICE, given_on=on, text_version=str(version), mode=ConsentMode.ORAL
        )
    )


def need_labels(codes: tuple[str, ...]) -> tuple[str, ...]:
    """French labels of need codes."""
    return tuple(needs_rules.subject(code).label for code in codes)


def touch(case: Case, on: date) -> None:
    """A contact took place: the file is fresh again."""
    case.last_contact_on = max(case.last_contact_on, on)


def completeness(session: Session, case_id: uuid.UUID) -> float:
    """Share (0 to 1) of the steering fields of a file that are answered."""
    return FILE.completeness(answers_service.of_case(session, case_id))


def _anonymous(session: Session, passage_id: uuid.UUID) -> Passage:
    visit = session.get(Passage, passage_id)
    if visit is None or visit.person_id is not None:
        raise UserError("Ce passage a déjà un dossier. Cherchez la personne par son nom.")
    return visit


def _visit(
    session: Session, answers: Mapping[str, Any], needs: tuple[str, ...], passage_id: uuid.UUID | None
) -> Passage:
    here = context(session)
    visit = _anonymous(session, passage_id) if passage_id is not None else None
    if visit is None:
        visit = Passage(
            happened_on=today(), site_id=here.site_id, counsellor_id=here.counsellor_id, minutes=VISIT_MINUTES
        )
        session.add(visit)
    answers_service.write_row(visit, "passage", answers)
    if needs:
        visit.needs = needs
    return visit
