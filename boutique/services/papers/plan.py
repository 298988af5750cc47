"""Plan d'action of a file, from its goal and its actions. For the Documents menu, the tab and batches."""

import uuid

from sqlalchemy.orm import Session

from boutique.core.clock import today
from boutique.exports import pdf
from boutique.services import actions, plans
from boutique.services.actions import ActionLine
from boutique.services.documents import Document, letterhead, moment
from boutique.services.people import header


def action_plan(session: Session, case_id: uuid.UUID) -> Document:
    """The plan as it stands: what is open first, then what has ended; blank rows when nothing was decided."""
    data = _plan(session, case_id)
    title = f"Plan d’action {data.reference}"
    return Document(f"plan-action-{data.reference}.pdf", title, pdf.action_plan.render(data))


def pages(session: Session, case_id: uuid.UUID) -> "pdf.page.Pages":
    """The same among many."""
    return pdf.action_plan.story(_plan(session, case_id))


def _plan(session: Session, case_id: uuid.UUID) -> "pdf.action_plan.ActionPlan":
    top = header(session, case_id)
    goal = plans.goal(session, case_id)
    phase = goal.get("action_plan.target_phase")
    return pdf.action_plan.ActionPlan(
        letterhead=letterhead(session),
        printed_on=today(),
        reference=top.reference,
        person=top.name,
        counsellor=top.counsellor,
        next_appointment=moment(top.next_appointment),
        goal=goal.get("action_plan.goal", ""),
        goal_due_on=goal.get("action_plan.due_on"),
        target_phase=phase.label if phase else "",
        actions=tuple(_planned(line) for line in actions.listing(session, case_id)),
    )


def _planned(line: ActionLine) -> "pdf.action_plan.PlannedAction":
    return pdf.action_plan.PlannedAction(
        line.label,
        line.owner,
        line.due_on,
        line.status.label,
        line.result,
        line.waits_for,
        line.vigilance,
        line.partner,
    )  # fmt: skip
