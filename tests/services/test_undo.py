"""Undo on a real base: every value comes back, what changed since is left alone, and nothing personal is logged."""

import logging
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from boutique.core.clock import now, today
from boutique.core.errors import UserError
from boutique.forms.catalogue import FILE
from boutique.models.choices import ConsentMode, ExitReason, ReferralStatus
from boutique.models.registry import ENTITIES
from boutique.models.trace import Change
from boutique.services import actions, answers, interviews, journeys, people, referrals, reminders, search, undo
from boutique.services.interviews import Following
from boutique.services.workspace import Workspace
from tests.forms.test_values import examples
from tests.services.conftest import new_workspace
from tests.services.filling import add_partner, open_file

_IDENTIFIERS = ("version", "updated_at")


def content(session: Session) -> set[str]:
    """Every row of every entity, but the marks that each writing leaves."""
    rows = set()
    for model in ENTITIES:
        names = [column.key for column in model.__table__.columns if column.key not in _IDENTIFIERS]
        found = session.execute(select(*(getattr(model, name) for name in names)))
        rows |= {f"{model.__tablename__} {tuple(row)!r}" for row in found}
    return rows


def without_instants(rows: set[str]) -> set[str]:
    return {row.split("datetime.datetime")[0] for row in rows}


def take_back(workspace: Workspace) -> str:
    return workspace.write("Annulation", undo.undo)


def test_undoing_a_whole_day_step_by_step_goes_back_through_the_same_states(workspace: Workspace) -> None:
    saved = open_file(workspace, holder_phone="06 12 34 56 78", needs=("STATUT_CHOIX",))
    case, partner = saved.case_id, add_partner(workspace, "CMA", "CMA")
    made: dict[str, Any] = {}

    def interview(session: Session) -> None:
        typed = {**interviews.blank(session, case), "interview.summary": "Vu ensemble", "interview.steps": ("ACC1",)}
        plan = Following(({"action.label": "Appeler"},), now() + timedelta(7), needs=("IDEE_TEST",))
        made["interview"] = interviews.save(session, case, typed, plan)

    def refer(session: Session) -> None:
        (made["referral"],) = referrals.refer(session, case, [partner], consent=ConsentMode.SIGNED)

    def answer(session: Session) -> None:
        referrals.set_status(session, made["referral"], ReferralStatus.TAKEN_UP, note="Rendez-vous pris")

    day: list[Callable[[Session], object]] = [
        partial(people.answer_one, case_id=case, key="project.summary", typed="Une boulangerie"),
        partial(people.answer_one, case_id=case, key="business.registered", typed=True),
        interview,
        partial(journeys.finish, case_id=case, step_code="PRE1"),
        refer,
        answer,
        lambda session: reminders.remind(session, made["referral"]),
        partial(people.close_file, case_id=case, reason=ExitReason.CREATION, on=today()),
        partial(people.reopen, case_id=case),
        lambda session: actions.delete(session, actions.listing(session, case)[0].id),
        lambda session: interviews.delete(session, made["interview"]),
    ]
    states = []
    for rank, step in enumerate(day):
        states.append(workspace.read(content))
        workspace.write(f"Étape {rank}", step)
    for rank in range(len(day) - 1, -1, -1):
        assert take_back(workspace) == f"Étape {rank}"
        assert without_instants(workspace.read(content)) == without_instants(states[rank])


EDITABLE = [field for field in FILE.fields() if not field.required and not field.visible_if]
EDITS = st.sampled_from(EDITABLE).flatmap(lambda field: st.tuples(st.just(field.key), st.none() | examples(field)))


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, uuid.UUID]]:
    workspace = new_workspace(tmp_path_factory.mktemp("undo") / "base")
    yield workspace, open_file(workspace).case_id
    workspace.close()


@settings(max_examples=25, deadline=None)
@given(edits=st.lists(EDITS, min_size=1, max_size=6))
def test_undo_restores_every_value_whatever_was_edited(
    edited: tuple[Workspace, uuid.UUID], edits: list[tuple[str, Any]]
) -> None:
    workspace, case = edited
    states = []
    for key, value in edits:
        before = workspace.read(people.answers, case)
        if before.get(key) != value:
            states.append(before)
            workspace.write(key, people.answer_one, case, key, value)
    for before in reversed(states):
        take_back(workspace)
        assert workspace.read(people.answers, case) == before


def test_a_field_changed_again_later_is_left_alone(workspace: Workspace) -> None:
    case = open_file(workspace, project_summary="Fleurs", holder_phone="06 12 34 56 78").case_id
    both = {**workspace.read(people.answers, case), "project.summary": "Pain", "holder.phone": "+33687654321"}
    workspace.write("Deux réponses", people.save_answers, case, both)
    earlier = _last_action(workspace)
    workspace.write("Une réponse", people.answer_one, case, "project.summary", "Vélos")
    assert workspace.write("Annuler", undo.undo, earlier) == "Deux réponses"
    answers = workspace.read(people.answers, case)
    assert (answers["project.summary"], answers["holder.phone"]) == ("Vélos", "+33612345678")


def test_what_can_no_longer_be_undone_says_so_and_changes_nothing(workspace: Workspace) -> None:
    case = open_file(workspace).case_id
    workspace.write("Première", people.answer_one, case, "project.summary", "Pain")
    earlier = _last_action(workspace)
    workspace.write("Seconde", people.answer_one, case, "project.summary", "Vélos")
    with pytest.raises(UserError, match="« Première » ne peut plus être annulé"):
        workspace.write("Annuler", undo.undo, earlier)
    assert workspace.read(people.answers, case)["project.summary"] == "Vélos"


def test_what_came_back_or_is_gone_is_not_undone_again(workspace: Workspace) -> None:
    case = open_file(workspace, needs=("IDEE_TEST",)).case_id
    made = workspace.write("Action", actions.add, case, {"action.label": "Appeler"})
    workspace.write("Changer", actions.edit, made, {"action.label": "Rappeler"})
    change = _last_action(workspace)
    workspace.write("Supprimer", actions.delete, made)
    removal = _last_action(workspace)
    with pytest.raises(UserError, match="« Changer » ne peut plus être annulé"):
        workspace.write("Annuler", undo.undo, change)
    workspace.write("Annuler", undo.undo, removal)
    with pytest.raises(UserError, match="« Supprimer » ne peut plus être annulé"):
        workspace.write("Annuler", undo.undo, removal)


def test_an_undo_is_undone_by_a_new_action(workspace: Workspace) -> None:
    open_file(workspace)
    before = workspace.read(content)
    take_back(workspace)
    assert not workspace.read(search.find, workspace.index, "martin")
    workspace.write("Rétablir", undo.undo, _last_action(workspace))
    assert without_instants(workspace.read(content)) == without_instants(before)
    assert workspace.read(search.find, workspace.index, "martin")


def test_there_is_an_end_to_undoing(workspace: Workspace) -> None:
    open_file(workspace)
    assert workspace.read(undo.undoable) == "Accueillir"
    take_back(workspace)
    assert workspace.read(undo.undoable) is None
    with pytest.raises(UserError, match="rien à annuler"):
        take_back(workspace)


def test_a_file_that_has_lived_is_not_undone_under_its_interviews(workspace: Workspace) -> None:
    case = open_file(workspace).case_id
    creation = _last_action(workspace)
    workspace.write("Entretien", lambda session: interviews.save(session, case, interviews.blank(session, case)))
    before = workspace.read(content)
    with pytest.raises(UserError, match="Annulez d’abord ce qui a été fait après"):
        workspace.write("Annuler", undo.undo, creation)
    assert workspace.read(content) == before


def test_what_hung_on_something_gone_does_not_come_back_alone(workspace: Workspace) -> None:
    case = open_file(workspace).case_id
    creation = _last_action(workspace)
    workspace.write("Noter un besoin", referrals.add_need, case, "IDEE_TEST")
    (need,) = workspace.read(referrals.needs, case)
    workspace.write("Retirer", referrals.remove_need, need.id)
    removal = _last_action(workspace)
    workspace.write("Annuler", undo.undo, creation)
    with pytest.raises(UserError, match="ne peut plus être annulée"):
        workspace.write("Annuler", undo.undo, removal)


def test_a_number_is_never_given_again_and_its_file_can_come_back(workspace: Workspace) -> None:
    first = open_file(workspace, "Zoé", "Martin").reference
    take_back(workspace)
    removal = _last_action(workspace)
    second = open_file(workspace, "Léa", "Durand").reference
    workspace.write("Rétablir", undo.undo, removal)
    assert int(second.split("-")[1]) == int(first.split("-")[1]) + 1
    assert {hit.reference for hit in workspace.read(search.find, workspace.index, "2026")} == {first, second}


def test_a_number_taken_meanwhile_by_another_file_is_not_taken_back(workspace: Workspace) -> None:
    first = open_file(workspace, "Zoé", "Martin").reference
    take_back(workspace)
    removal = _last_action(workspace)
    second = open_file(workspace, "Léa", "Durand")

    def renumber(session: Session) -> None:
        answers.case_of(session, second.case_id).reference = first

    workspace.write("Numéro repris", renumber)
    with pytest.raises(UserError, match="son numéro a servi"):
        workspace.write("Rétablir", undo.undo, removal)


def test_each_counsellor_undoes_what_they_did(workspace: Workspace) -> None:
    open_file(workspace)
    workspace.counsellor_id = uuid.uuid4()
    assert workspace.read(undo.undoable) is None


def test_nothing_personal_reaches_the_log(workspace: Workspace, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        case = open_file(workspace, "Zorglubette", "Kxyzwvut", project_summary="Qwrtzpsdf").case_id
        workspace.write("Modifier", people.answer_one, case, "project.summary", "Xyzzyplugh")
        take_back(workspace)
        take_back(workspace)
    assert not [name for name in ("orglub", "xyzwvu", "rtzps", "yzzyp") if name in caplog.text.lower()]


def _last_action(workspace: Workspace) -> uuid.UUID:
    def last(session: Session) -> uuid.UUID:
        assert session.scalar(select(func.count()).select_from(Change))
        return session.scalars(select(Change.action_id).order_by(Change.stamp.desc()).limit(1)).one()

    return workspace.read(last)
