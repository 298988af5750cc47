"""What became of the businesses of the fictitious files, their follow-ups; a file handed over (see `demo`)."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.models.after import Exit, FollowUp, FollowUpAttempt, Handover
from boutique.models.after_choices import FollowUpOutcome, FollowUpState, IncomeBand, RegistrationProof, TurnoverBand
from boutique.models.base import Record
from boutique.models.case import Case
from boutique.models.choices import Channel, EmploymentStatus, ExitReason, LegalForm
from boutique.models.person import Person
from boutique.models.project import Business, Project
from boutique.services.aftercare import MONTHS, RETRY_DAYS, due_on

_NAMES = ("L’Atelier {}", "{} Services", "Maison {}", "Les Délices de {}", "{} & Cie", "Au Fil de {}")
_TURNOVERS = (TurnoverBand.UP_TO_10K, TurnoverBand.FROM_10K, TurnoverBand.FROM_30K, TurnoverBand.FROM_80K)
_INCOMES = (IncomeBand.NONE, IncomeBand.UP_TO_500, IncomeBand.FROM_500, IncomeBand.FROM_1000, IncomeBand.FROM_1500)
_OUTCOMES = (FollowUpOutcome.ACTIVE, FollowUpOutcome.TRANSFORMED, FollowUpOutcome.CEASED, FollowUpOutcome.UNREACHABLE)
_FORMS = (LegalForm.MICRO_ENTREPRENEUR, LegalForm.SOLE_PROPRIETORSHIP)
_NOTES = ("Premiers clients fidèles.", "Cherche un local plus grand.", "Trésorerie tendue l’hiver.", None, None)
_HANDOVER = (
    "Dossier prêt pour la banque : rendez-vous pris au Crédit du Ternois. Le devis du véhicule manque encore ; "
    "la personne préfère être appelée après 17 h."
)
_SITUATIONS = {
    ExitReason.CREATION: EmploymentStatus.SELF_EMPLOYED,
    ExitReason.JOB: EmploymentStatus.EMPLOYEE_FIXED_TERM,
    ExitReason.TRAINING: EmploymentStatus.APPRENTICE_OR_TRAINEE,
}


def aftermath(case: Case, person: Person, project: Project, business: Business | None, until: date) -> list[Record]:
    """Drawn apart, from the reference of the file: nothing else of it changes with what is added here."""
    rng = Random(f"after/{case.reference}")  # noqa: S311 - the same again, on purpose
    rows: list[Record] = []
    if case.closed_on is not None and case.exit_reason is not None:
        rows.append(_exit(rng, case))
    if business is not None and business.registered_on is not None and business.registered_on >= case.opened_on:
        _describe(rng, business, person, project, until)
        rows += _follow_ups(rng, case, business, until)
    return rows


def _exit(rng: Random, case: Case) -> Exit:
    situation = _SITUATIONS.get(case.exit_reason) if case.exit_reason else None
    assert case.closed_on is not None
    return Exit(
        case_id=case.id,
        ended_on=case.closed_on,
        reason=case.exit_reason,
        employment_status=situation if rng.random() < 0.85 else None,
        business_created=case.exit_reason is ExitReason.CREATION,
        training_entered=case.exit_reason is ExitReason.TRAINING,
    )


def _describe(rng: Random, business: Business, person: Person, project: Project, until: date) -> None:
    assert business.registered_on is not None
    business.name = rng.choice(_NAMES).format(person.last_name)
    business.legal_form = project.legal_form or rng.choice(_FORMS)
    business.naf_code = project.naf_code
    business.commune_code = project.commune_code or person.commune_code
    if business.siren and rng.random() < 0.8:
        business.proof = rng.choice((RegistrationProof.REGISTER, RegistrationProof.SIRENE, RegistrationProof.EXTRACT))
        business.verified_on = min(until, business.registered_on + timedelta(rng.randint(1, 20)))


def _follow_ups(rng: Random, case: Case, business: Business, until: date) -> Iterator[Record]:
    assert business.registered_on is not None
    ceased = False
    for months in MONTHS:
        day = due_on(business.registered_on, months)
        row = FollowUp(case_id=case.id, months=months, due_on=day, call_on=day, state=FollowUpState.TO_DO)
        yield row
        if ceased:
            row.state = FollowUpState.POINTLESS
        elif day + timedelta(10) <= until and rng.random() < 0.8:
            _answer(rng, row, min(until, day + timedelta(rng.randint(0, 20))))
            ceased = row.outcome is FollowUpOutcome.CEASED
            if ceased:
                row.ceased_on = business.ceased_on = max(business.registered_on, day - timedelta(rng.randint(1, 20)))
        elif day < until and rng.random() < 0.5:
            tried = min(until - timedelta(1), day + timedelta(2))
            row.call_on = max(tried, day) + timedelta(RETRY_DAYS)
            yield FollowUpAttempt(case_id=case.id, follow_up_id=row.id, tried_on=tried, how=Channel.PHONE)


def _answer(rng: Random, row: FollowUp, on: date) -> None:
    row.state, row.done_on = FollowUpState.DONE, on
    row.how = rng.choices((Channel.PHONE, Channel.APPOINTMENT, Channel.EMAIL), (75, 15, 10))[0]
    row.outcome = rng.choices(_OUTCOMES, (82, 4, 7, 7))[0]
    if row.outcome in (FollowUpOutcome.ACTIVE, FollowUpOutcome.TRANSFORMED):
        row.turnover, row.income = rng.choice(_TURNOVERS), rng.choice(_INCOMES)
        row.jobs = rng.choice((1, 1, 1, 2, 3))
        row.note = rng.choice(_NOTES)


def hand_over(session: Session, receiver: uuid.UUID, counsellors: Sequence[uuid.UUID], until: date) -> None:
    """One file that came from a colleague, not read yet."""
    given = select(Case).where(Case.closed_on.is_(None), Case.counsellor_id.in_(set(counsellors) - {receiver}))
    case = session.scalars(given.order_by(Case.last_contact_on.desc(), Case.reference).limit(1)).first()
    if case is not None:
        session.add(
            Handover(case_id=case.id, from_id=case.counsellor_id, to_id=receiver, handed_on=until, note=_HANDOVER)
        )
        case.counsellor_id = receiver
