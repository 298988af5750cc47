"""Plan de financement et prévisionnel of a file, from its current scenario."""

import uuid

from sqlalchemy.orm import Session

from boutique.core.clock import today
from boutique.core.errors import UserError
from boutique.exports import pdf
from boutique.models.project import Project
from boutique.rules.forecast import compute
from boutique.services import answers as answers_service
from boutique.services import forecasts, members
from boutique.services.documents import Document, counsellor_of, letterhead


def plan(session: Session, case_id: uuid.UUID) -> Document:
    """The printed plan; a sentence when nothing was begun."""
    found = forecasts.current(session, case_id)
    if found is None:
        raise UserError("Ce dossier n’a pas encore de prévisionnel. Commencez-le dans l’onglet Financement.")
    case = answers_service.case_of(session, case_id)
    project = session.get_one(Project, case.project_id)
    name, given = found
    content = pdf.financing_plan.render(
        pdf.financing_plan.FinancingPlan(
            letterhead=letterhead(session),
            reference=case.reference,
            printed_on=today(),
            person=members.name_of(session, case),
            project=project.summary or "",
            scenario=name,
            given=given,
            made=compute(given),
            counsellor=counsellor_of(session, case.counsellor_id)["name"],
        )
    )
    return Document(f"previsionnel-{case.reference}.pdf", f"Plan de financement {case.reference}", content)


def has_forecast(session: Session, case_id: uuid.UUID) -> bool:
    """Whether there is something to print."""
    return forecasts.current(session, case_id) is not None
