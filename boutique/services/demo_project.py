"""Projects and businesses of the fictitious files (see `demo`)."""

from datetime import date, timedelta
from random import Random

from stdnum import luhn

from boutique.models.choices import (
    EmploymentStatus,
    LegalForm,
    PremisesNeed,
    PreviousSupport,
    ProjectKind,
    QualificationStatus,
    TrainingNeed,
    ZoningState,
)
from boutique.models.person import Person
from boutique.models.project import Business, Project
from boutique.services.demo_data import Trade

_SELF_EMPLOYED = (EmploymentStatus.SELF_EMPLOYED, EmploymentStatus.COMPANY_DIRECTOR)
_FORMS = (
    LegalForm.MICRO_ENTREPRENEUR,
    LegalForm.SOLE_PROPRIETORSHIP,
    LegalForm.SINGLE_MEMBER_LLC,
    LegalForm.SINGLE_MEMBER_SIMPLIFIED_COMPANY,
    LegalForm.LIMITED_LIABILITY_COMPANY,
)
_KINDS = (ProjectKind.CREATION, ProjectKind.TAKEOVER, ProjectKind.ASSOCIATION)


def is_in_business(person: Person) -> bool:
    """Already runs something: comes to develop it, not to create."""
    return person.employment_status in _SELF_EMPLOYED


def project_of(rng: Random, trade: Trade, person: Person, *, ambition: float) -> Project:
    """The project; `ambition` (0 to 1) is how far its numbers are worked out."""
    if is_in_business(person):
        kind = rng.choice((ProjectKind.DEVELOPMENT, ProjectKind.DIVERSIFICATION))
    else:
        kind = rng.choices(_KINDS, (86, 10, 4))[0]
    project = Project(
        summary=trade.summary if rng.random() < 0.9 else None,
        naf_code=trade.naf if rng.random() < 0.7 else None,
        sector=trade.sector if rng.random() < 0.85 else None,
        kind=kind if rng.random() < 0.9 else None,
        commune_code=person.commune_code if rng.random() < 0.4 else None,
        previous_support=rng.choice(tuple(PreviousSupport)) if rng.random() < 0.4 else None,
        idea_clarity=rng.randint(1, 5) if rng.random() < 0.5 else None,
    )
    for flag in trade.flags:
        if rng.random() < 0.8:
            setattr(project, flag, True)
    if project.regulated_craft:
        project.qualification_status = rng.choice((*QualificationStatus, None))
    if rng.random() < ambition:
        _numbers(rng, project)
    return project


def _numbers(rng: Random, project: Project) -> None:
    need = rng.choice((3000, 6000, 8000, 12000, 18000, 25000, 40000, 85000))
    project.total_need_eur = need
    project.own_contribution_eur = rng.choice((0, need // 10, need // 5, need // 3))
    project.bank_loan_planned = need > 15000
    project.market_study_done = rng.random() < 0.6
    project.forecast_done = rng.random() < 0.4
    project.jobs_planned_3y = rng.choice((0, 0, 1, 2))
    project.legal_form = rng.choices(_FORMS, (50, 20, 12, 12, 6))[0]
    project.training_need = rng.choice(tuple(TrainingNeed))
    project.premises_need = rng.choice(tuple(PremisesNeed))
    project.located_in_qpv = rng.choice((ZoningState.YES, ZoningState.NO, ZoningState.NO, ZoningState.TO_CHECK, None))


def business_of(rng: Random, project: Project, registered: date) -> Business:
    """A business created on the way; its number is not always known yet."""
    return Business(
        project_id=project.id,
        registered=True,
        registered_on=registered,
        jobs=1 + rng.choice((0, 0, 0, 1, 2)),
        siren=_siren(rng) if rng.random() < 0.92 else None,
        employees=rng.choice((0, 0, 0, 1)),
    )


def existing_business(rng: Random, project: Project, opened: date) -> Business:
    """A business that was there before the file."""
    return Business(
        project_id=project.id,
        registered=True,
        registered_on=opened - timedelta(rng.randint(200, 3000)),
        siren=_siren(rng) if rng.random() < 0.7 else None,
        jobs=rng.randint(1, 4),
        employees=rng.randint(0, 3),
        unpaid_social_or_tax=rng.random() < 0.2,
        income_below_need=rng.random() < 0.4,
    )


def _siren(rng: Random) -> str:
    # The register never gave numbers that begin with 000.
    start = f"000{rng.randrange(100_000):05d}"
    return start + luhn.calc_check_digit(start)
