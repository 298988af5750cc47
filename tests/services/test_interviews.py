"""Coaching through the services: interviews, actions decided, steps of the journey."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core.clock import now, today
from boutique.core.errors import UserError
from boutique.models.case import Action, Interview, PhaseChange
from boutique.models.choices import (
    ActionStatus,
    InterviewType,
    Phase,
    StepStatus,
)
from boutique.services import (
    actions,
    interviews,
    journeys,
    people,
)
from boutique.services.intakes import Saved
from boutique.services.interviews import Following
from boutique.services.workspace import Workspace
from tests.services.conftest import LAST_DAY
from tests.services.filling import NOBODY, interview


def test_an_interview_starts_filled_with_what_is_likely(workspace: Workspace, saved: Saved) -> None:
    start = workspace.read(interviews.blank, saved.case_id)
    assert start["interview.held_on"] == LAST_DAY
    assert start["interview.minutes"] == interviews.minutes_for(start["interview.type"])
    interview(workspace, saved)
    assert workspace.read(interviews.blank, saved.case_id)["interview.type"] is InterviewType.COACHING_INTERVIEW


def test_one_interview_brings_its_actions_appointment_needs_and_steps(workspace: Workspace, saved: Saved) -> None:
    following = Following(
        ({"action.label": "Appeler la banque", "action.due_on": "01/12/2026"}, {"action.label": "Lire le bail"}),
        now() + timedelta(7),
        90,
        ("IDEE_TEST",),
    )
    made = interview(
        workspace, saved, following, summary="Le point", private_note="Fatiguée", steps=("ACC1",), phase=Phase.FINANCING
    )
    (line,) = workspace.read(interviews.listing, saved.case_id)
    assert (line.id, line.summary, line.private_note, line.attended) == (made, "Le point", "Fatiguée", True)
    assert (line.counsellor, line.phase) == ("Nadia B.", Phase.FINANCING.label)
    assert line.actions == ("Appeler la banque", "Lire le bail")
    assert len(line.steps) == 1
    header = workspace.read(people.header, saved.case_id)
    assert header.counts == {"interviews": 1, "actions": 2, "referrals": 0, "pieces": 0, "visits": 1, "needs": 2}
    assert header.phase_label == Phase.FINANCING.label
    assert header.next_appointment == pytest.approx(now() + timedelta(7), abs=timedelta(minutes=1))
    answers = workspace.read(interviews.answers, made)
    assert answers["interview.steps"] == ("ACC1",)


def test_an_absence_is_followed_up_and_never_counted_as_time(workspace: Workspace, saved: Saved) -> None:
    interview(workspace, saved, attended=False, minutes=60)
    (line,) = workspace.read(interviews.listing, saved.case_id)
    assert (line.attended, line.minutes) == (False, 0)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"minutes": "-1"}, "va de 0 à 480"),
        ({"minutes": "99 h"}, "nombre entier"),
        ({"minutes": ""}, "« Durée (minutes) » est obligatoire"),
        ({"held_on": "31/02/2026"}, "Il n’y a pas de 31"),
        ({"held_on": "25/11/2026"}, "futur"),
        ({"summary": "x" * 200_001}, "rien n’a été coupé"),
    ],
)
def test_a_wrong_interview_saves_nothing(workspace: Workspace, saved: Saved, wrong: dict[str, Any], told: str) -> None:
    with pytest.raises(UserError, match=re.escape(told)):
        interview(workspace, saved, **wrong)
    assert workspace.read(interviews.listing, saved.case_id) == ()


def test_an_interview_is_corrected_in_place(workspace: Workspace, saved: Saved) -> None:
    made = interview(workspace, saved, summary="Le point")
    typed = {**workspace.read(interviews.answers, made), "interview.summary": "Le vrai point"}
    again = workspace.write("Corriger", interviews.save, saved.case_id, typed, interview_id=made)
    assert again == made
    assert [line.summary for line in workspace.read(interviews.listing, saved.case_id)] == ["Le vrai point"]
    with pytest.raises(UserError, match="n’existe plus"):
        workspace.write("Corriger", interviews.save, saved.case_id, typed, interview_id=NOBODY)


def test_an_interview_removed_leaves_its_actions(workspace: Workspace, saved: Saved) -> None:
    made = interview(workspace, saved, Following(({"action.label": "Appeler"},)))
    workspace.write("Supprimer", interviews.delete, made)
    assert workspace.read(interviews.listing, saved.case_id) == ()
    assert [line.label for line in workspace.read(actions.listing, saved.case_id)] == ["Appeler"]
    with pytest.raises(UserError, match="n’existe plus"):
        workspace.read(interviews.answers, made)


def test_an_appointment_in_the_past_is_refused(workspace: Workspace, saved: Saved) -> None:
    with pytest.raises(UserError, match="dans le passé"):
        interview(workspace, saved, Following(next_at=now() - timedelta(minutes=1)))
    assert workspace.read(interviews.listing, saved.case_id) == ()


def test_an_interview_typed_with_nothing_optional_reads_well(workspace: Workspace, saved: Saved) -> None:
    def bare(session: Session) -> None:
        session.add(Interview(case_id=saved.case_id, held_on=today()))

    workspace.write("Reprise", bare)
    (line,) = workspace.read(interviews.listing, saved.case_id)
    assert (line.type, line.minutes, line.mode, line.phase, line.counsellor, line.steps) == ("", 0, "", "", "", ())


def test_an_action_is_for_the_person_unless_said_and_late_ones_come_first(workspace: Workspace, saved: Saved) -> None:
    for label, due in (("Sans date", ""), ("Demain", "25/11/2026"), ("En retard", "20/11/2026")):
        workspace.write("Action", actions.add, saved.case_id, {"action.label": label, "action.due_on": due})
    lines = workspace.read(actions.listing, saved.case_id)
    assert [(line.label, line.late_days, line.open) for line in lines] == [
        ("En retard", 4, True), ("Demain", 0, True), ("Sans date", 0, True),
    ]  # fmt: skip
    assert {line.owner for line in lines} == {"Porteur de projet"} or all(line.owner for line in lines)


def test_an_action_lives_and_ends(workspace: Workspace, saved: Saved) -> None:
    made = workspace.write("Action", actions.add, saved.case_id, {"action.label": "Appeler"})
    workspace.write("Modifier", actions.edit, made, {"action.label": "Rappeler", "action.due_on": "20/11/2026"})
    assert workspace.read(actions.answers, made)["action.label"] == "Rappeler"
    workspace.write("Finir", actions.set_status, made, ActionStatus.DONE)
    (line,) = workspace.read(actions.listing, saved.case_id)
    assert (line.open, line.late_days) == (False, 0)
    assert workspace.read(lambda session: session.get_one(Action, made).done_on) == LAST_DAY
    workspace.write("Reprendre", actions.set_status, made, ActionStatus.IN_PROGRESS)
    assert workspace.read(lambda session: session.get_one(Action, made).done_on) is None
    workspace.write("Supprimer", actions.delete, made)
    for attempt in (actions.delete, actions.answers):
        with pytest.raises(UserError, match="n’existe plus"):
            workspace.write("Supprimer", attempt, made)


def test_an_action_without_words_is_refused(workspace: Workspace, saved: Saved) -> None:
    with pytest.raises(UserError, match="« Action » est obligatoire"):
        workspace.write("Action", actions.add, saved.case_id, {"action.label": " "})
    with pytest.raises(UserError, match="Ce dossier n’existe plus"):
        workspace.write("Action", actions.add, NOBODY, {"action.label": "Appeler"})


def test_the_journey_shows_every_phase_and_advises_one_step(workspace: Workspace, saved: Saved) -> None:
    view = workspace.read(journeys.view, saved.case_id)
    assert [phase.code for phase in view.phases] == [phase.value for phase in Phase]
    assert [phase.code for phase in view.phases if phase.current] == [view.current] == ["ACCUEIL"]
    assert sum(step.suggested for phase in view.phases for step in phase.steps) == 1
    assert view.suggestion


def test_answers_of_a_step_are_kept_and_the_step_goes_on(workspace: Workspace, saved: Saved) -> None:
    workspace.write("Étape", journeys.keep_answers, saved.case_id, "ACC1", {"q1": "Une réponse", "q2": ""})
    workspace.write("Étape", journeys.keep_answers, saved.case_id, "ACC1", {"q1": ""})
    (step,) = [s for p in workspace.read(journeys.view, saved.case_id).phases for s in p.steps if s.code == "ACC1"]
    assert (step.status, step.subtitle) == (StepStatus.IN_PROGRESS, "en cours")
    assert step.questions[0][2] == ""
    with pytest.raises(UserError, match="20\u202f000 caractères"):
        workspace.write("Étape", journeys.keep_answers, saved.case_id, "ACC1", {"q1": "x" * 20_001})


def test_finishing_a_later_step_moves_the_file_on(workspace: Workspace, saved: Saved) -> None:
    workspace.write("Étape", journeys.finish, saved.case_id, "PRE1")
    header = workspace.read(people.header, saved.case_id)
    assert header.phase_label == Phase("PRE_ACCUEIL").label
    fills = [bar.fill for bar in header.phases]
    assert fills[0] == 1
    assert 0 < fills[1] < 1
    assert [bar.current for bar in header.phases].index(True) == 1
    (step,) = [s for p in workspace.read(journeys.view, saved.case_id).phases for s in p.steps if s.code == "PRE1"]
    assert (step.status, step.done_on, step.subtitle) == (StepStatus.DONE, LAST_DAY, "fait le 24/11")
    workspace.write("Rouvrir", journeys.reopen_step, saved.case_id, "PRE1")
    workspace.write("Étape", journeys.finish, saved.case_id, "ACC1")
    assert workspace.read(people.header, saved.case_id).phase_label == Phase("PRE_ACCUEIL").label


def test_a_step_is_skipped_with_a_reason(workspace: Workspace, saved: Saved) -> None:
    with pytest.raises(UserError, match="pourquoi"):
        workspace.write("Passer", journeys.skip, saved.case_id, "ACC2", "  ")
    workspace.write("Passer", journeys.skip, saved.case_id, "ACC2", "déjà fait ailleurs")
    (step,) = [s for p in workspace.read(journeys.view, saved.case_id).phases for s in p.steps if s.code == "ACC2"]
    assert step.subtitle == "passée : déjà fait ailleurs"


def test_time_spent_is_told_by_phase(workspace: Workspace, saved: Saved) -> None:
    interview(workspace, saved, minutes=45)
    view = workspace.read(journeys.view, saved.case_id)
    assert any("45 min" in phase.subtitle for phase in view.phases)


def test_entering_a_phase_is_dated_once(workspace: Workspace, saved: Saved) -> None:
    for phase in (Phase.FINANCING, Phase.FINANCING, Phase.RECEPTION_AND_EMERGENCE):
        workspace.write("Phase", people.enter_phase, saved.case_id, phase)
    made = workspace.read(lambda session: list(session.scalars(select(PhaseChange.phase).order_by(PhaseChange.id))))
    assert made == [Phase.RECEPTION_AND_EMERGENCE, Phase.FINANCING, Phase.RECEPTION_AND_EMERGENCE]
