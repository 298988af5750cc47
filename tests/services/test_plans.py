"""The action plan: its goal, what an action waits for, counts on and brings, and the way back."""

import uuid
from datetime import date

import pytest
from sqlalchemy import select

from boutique.core.errors import UserError
from boutique.models.case import Action
from boutique.models.choices import ActionStatus, Phase
from boutique.models.trace import Change
from boutique.services import actions, history, plans, undo
from boutique.services.intakes import Saved
from boutique.services.plan_late import late_actions
from boutique.services.workspace import Workspace

GOAL = {
    "action_plan.goal": "Avoir un prévisionnel qui tient",
    "action_plan.due_on": "31/01/2027",
    "action_plan.target_phase": "PREVISIONNEL",
}


def test_a_goal_is_set_changed_dropped_and_undone(workspace: Workspace, saved: Saved) -> None:
    assert workspace.read(plans.goal, saved.case_id) == {}
    workspace.write("Objectif", plans.set_goal, saved.case_id, GOAL)
    workspace.write("Objectif", plans.set_goal, saved.case_id, {**GOAL, "action_plan.goal": "Trouver un local"})
    assert workspace.read(plans.goal, saved.case_id) == {
        "action_plan.goal": "Trouver un local",
        "action_plan.due_on": date(2027, 1, 31),
        "action_plan.target_phase": Phase.FINANCIAL_FORECAST,
    }
    workspace.write("Sans objectif", plans.drop_goal, saved.case_id)
    assert workspace.read(plans.goal, saved.case_id) == {}
    workspace.write("Annuler", undo.undo)
    workspace.write("Annuler", undo.undo)
    assert workspace.read(plans.goal, saved.case_id)["action_plan.goal"] == "Avoir un prévisionnel qui tient"
    told = " ".join(text for line in workspace.read(history.of_case, saved.case_id) for text in line.lines)
    assert "l’objectif du plan d’action" in told
    assert "Avoir un prévisionnel qui tient → Trouver un local" in told


def test_a_goal_without_words_or_too_long_is_refused(workspace: Workspace, saved: Saved) -> None:
    for wrong in ("", "x" * 301):
        with pytest.raises(UserError):
            workspace.write("Objectif", plans.set_goal, saved.case_id, {**GOAL, "action_plan.goal": wrong})
    assert workspace.read(plans.goal, saved.case_id) == {}


def test_an_action_waits_for_another_until_that_one_is_done(workspace: Workspace, saved: Saved) -> None:
    first = workspace.write("Action", actions.add, saved.case_id, {"action.label": "Demander deux devis"})
    second = workspace.write(
        "Action", actions.add, saved.case_id,
        {"action.label": "Écrire le plan de financement", "action.prerequisite": "demander deux DEVIS"},
    )  # fmt: skip
    third = {"action.label": "Signer", "action.prerequisite": "accord de la banque"}
    workspace.write("Action", actions.add, saved.case_id, third)

    def waiting() -> dict[str, str]:
        return {line.label: line.waits_for for line in workspace.read(actions.listing, saved.case_id)}

    assert waiting() == {
        "Demander deux devis": "", "Écrire le plan de financement": "demander deux DEVIS",
        "Signer": "accord de la banque",
    }  # fmt: skip
    workspace.write("Faite", actions.set_status, first, ActionStatus.DONE)
    assert waiting()["Écrire le plan de financement"] == ""
    assert waiting()["Signer"] == "accord de la banque"
    workspace.write("Faite", actions.set_status, second, ActionStatus.DONE)


def test_an_action_counts_on_a_partner_and_keeps_its_result(workspace: Workspace, saved: Saved, cma: uuid.UUID) -> None:
    made = workspace.write("Action", actions.add, saved.case_id, {"action.label": "Suivre le stage"})
    typed = {"action.partner_id": cma, "action.vigilance": "Places rares", "action.status": ActionStatus.DONE}
    workspace.write("Modifier", actions.edit, made, {**typed, "action.result": "Attestation reçue"})
    (line,) = workspace.read(actions.listing, saved.case_id)
    assert (line.partner, line.vigilance, line.result) == ("CMA du Ternois", "Places rares", "Attestation reçue")
    assert line.done_on == date(2026, 11, 24)
    assert workspace.read(actions.partner_of, made) == (cma, "CMA du Ternois")
    workspace.write("Modifier", actions.edit, made, {"action.label": "Suivre le stage de la CMA"})
    assert workspace.read(actions.partner_of, made) == (cma, "CMA du Ternois")
    workspace.write("Modifier", actions.edit, made, {"action.partner_id": None})
    assert workspace.read(actions.partner_of, made) is None
    workspace.write("Annuler", undo.undo)
    assert workspace.read(actions.partner_of, made) == (cma, "CMA du Ternois")


def test_the_plan_belongs_to_its_person_in_the_journal(workspace: Workspace, saved: Saved) -> None:
    workspace.write("Objectif", plans.set_goal, saved.case_id, GOAL)
    workspace.write("Action", actions.add, saved.case_id, {"action.label": "Appeler"})
    owners = workspace.read(
        lambda session: set(
            session.scalars(select(Change.person_id).where(Change.entity.in_(("action", "action_plan"))))
        )
    )
    assert owners == {saved.person_id}
    assert workspace.read(lambda session: session.scalar(select(Action.label))) == "Appeler"


def test_late_actions_are_counted_for_the_counsellor_at_work(workspace: Workspace, saved: Saved) -> None:
    for label, due in (("Hier", "23/11/2026"), ("Avant-hier", "22/11/2026"), ("Aujourd’hui", "24/11/2026")):
        workspace.write("Action", actions.add, saved.case_id, {"action.label": label, "action.due_on": due})
    found = workspace.read(late_actions, date(2026, 11, 24))
    assert (found.count, found.cases) == (2, (saved.case_id,))
    assert found.title == "2 actions en retard"
    assert found.detail == "dans 1 dossier que vous suivez"
    workspace.counsellor_id = None
    assert workspace.read(late_actions, date(2026, 11, 24)).count == 0
