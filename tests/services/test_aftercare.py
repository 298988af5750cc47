"""Follow-ups from one month to three years: called through, tried again, answered, and never asked in vain."""

import uuid
from datetime import date, timedelta
from typing import Any

import pytest

from boutique.core.errors import UserError
from boutique.forms.catalogue import FOLLOW_UP
from boutique.models.after_choices import FollowUpOutcome, FollowUpState, IncomeBand, TurnoverBand
from boutique.models.case import Case
from boutique.models.choices import Channel, ExitReason
from boutique.rules.needs import load_needs
from boutique.services import aftercare, businesses, calls, people, undo
from boutique.services.intakes import Saved
from boutique.services.workspace import Workspace
from tests.services.conftest import LAST_DAY
from tests.services.filling import on, open_file

CREATED = date(2026, 8, 31)
ANSWER: dict[str, Any] = {
    "follow_up.outcome": FollowUpOutcome.ACTIVE,
    "follow_up.done_on": LAST_DAY,
    "follow_up.how": Channel.PHONE,
    "follow_up.turnover": TurnoverBand.FROM_10K,
    "follow_up.income": IncomeBand.FROM_500,
    "follow_up.jobs": "2",
}


def create(workspace: Workspace, file: Saved, when: date = CREATED, **more: Any) -> None:
    typed = {"business.registered_on": when, **{f"business.{key}": value for key, value in more.items()}}
    with on(max(when, date(2026, 9, 1))):
        workspace.write("Création", businesses.save, file.case_id, typed)


@pytest.fixture
def file(workspace: Workspace) -> Saved:
    made = open_file(workspace, "Zoé", "Martin", passage_happened_on="02/01/2026", holder_phone="06 12 34 56 78")
    create(workspace, made, name="Le Fournil")
    return made


def states(workspace: Workspace, file: Saved) -> dict[int, FollowUpState]:
    return {line.months: line.state for line in workspace.read(calls.of_case, file.case_id)}


def follow_up(workspace: Workspace, file: Saved, months: int) -> uuid.UUID:
    return next(line.id for line in workspace.read(calls.of_case, file.case_id) if line.months == months)


@pytest.mark.parametrize(
    ("registered", "months", "due"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 3, 29), 36, date(2029, 3, 29)),
    ],
)
def test_months_of_every_length(registered: date, months: int, due: date) -> None:
    assert aftercare.due_on(registered, months) == due


def test_the_list_has_what_is_due_and_what_comes_within_a_month(workspace: Workspace, file: Saved) -> None:
    listed = workspace.read(calls.waiting)
    assert [(call.milestone, call.call_on, call.late_days) for call in listed.calls] == [
        ("1 mois", date(2026, 9, 30), 55), ("3 mois", date(2026, 11, 30), 0)
    ]  # fmt: skip
    assert (listed.total, listed.due, listed.coming_on) == (2, 1, date(2027, 2, 28))
    first = listed.calls[0]
    assert (first.name, first.phone, first.business, first.tried) == ("Zoé Martin", "06 12 34 56 78", "Le Fournil", ())


def test_a_closed_file_is_still_followed(workspace: Workspace, file: Saved) -> None:
    workspace.write("Clore", people.close_file, file.case_id, ExitReason.CREATION, LAST_DAY)
    assert [call.closed for call in workspace.read(calls.waiting).calls] == [True, True]


def test_mine_are_those_of_the_files_i_follow(workspace: Workspace, file: Saved) -> None:
    assert workspace.read(calls.waiting, mine=True).total == 2
    workspace.counsellor_id = uuid.uuid4()
    assert workspace.read(calls.waiting, mine=True).total == 0
    assert workspace.read(calls.waiting).total == 2


def test_a_call_without_answer_comes_back_in_a_week(workspace: Workspace, file: Saved) -> None:
    first = follow_up(workspace, file, 1)
    again = workspace.write("Sans réponse", aftercare.no_answer, first)
    assert again == LAST_DAY + timedelta(7)
    (call, _) = sorted(workspace.read(calls.waiting).calls, key=lambda one: one.months)
    assert (call.call_on, call.tried, call.due) == (again, (LAST_DAY,), False)
    workspace.write("Annuler", undo.undo)
    assert workspace.read(calls.waiting).calls[0].tried == ()


def test_unreachable_waits_for_two_tries_on_two_days(workspace: Workspace, file: Saved) -> None:
    first = follow_up(workspace, file, 1)
    gone = {"follow_up.outcome": FollowUpOutcome.UNREACHABLE, "follow_up.done_on": LAST_DAY}
    workspace.write("Sans réponse", aftercare.no_answer, first)
    workspace.write("Sans réponse", aftercare.no_answer, first)  # twice the same day is once
    with pytest.raises(UserError, match="Relancez deux fois"):
        workspace.write("Injoignable", aftercare.save, first, gone)
    with on(LAST_DAY + timedelta(7)):
        workspace.write("Sans réponse", aftercare.no_answer, first)
        workspace.write("Injoignable", aftercare.save, first, {**gone, "follow_up.done_on": LAST_DAY + timedelta(7)})
    assert states(workspace, file)[1] is FollowUpState.DONE
    assert states(workspace, file)[12] is FollowUpState.TO_DO  # tried again at the next one
    assert workspace.read(people.header, file.case_id).closed_on is None


def test_another_day_that_was_asked_for(workspace: Workspace, file: Saved) -> None:
    first = follow_up(workspace, file, 1)
    workspace.write("Rappel", aftercare.postpone, first, date(2026, 12, 9), "après le marché")
    call = next(one for one in workspace.read(calls.waiting).calls if one.id == first)
    assert (call.call_on, call.tried) == (date(2026, 12, 9), ())
    assert workspace.read(aftercare.unanswered, first) == 0


@pytest.mark.parametrize("until", [LAST_DAY, date(2026, 11, 1), date(2028, 1, 1)])
def test_a_call_back_is_on_a_day_to_come(workspace: Workspace, file: Saved, until: date) -> None:
    with pytest.raises(UserError, match=r"à venir|plus d’un an"):
        workspace.write("Rappel", aftercare.postpone, follow_up(workspace, file, 1), until)


def test_what_was_learnt_is_kept_and_freshens_the_file(workspace: Workspace, file: Saved) -> None:
    first = follow_up(workspace, file, 1)
    needs = (workspace.read(any_need),)
    workspace.write("Suivi", aftercare.save, first, {**ANSWER, "follow_up.needs": needs})
    answers = workspace.read(aftercare.answers, first)
    assert answers["follow_up.jobs"] == 2
    assert answers["follow_up.turnover"] is TurnoverBand.FROM_10K
    line = workspace.read(calls.of_case, file.case_id)[0]
    assert (line.outcome, line.done_on) == (FollowUpOutcome.ACTIVE, LAST_DAY)
    assert "2 emplois" in line.detail
    assert workspace.read(people.header, file.case_id).counts["needs"] == 1
    assert [call.milestone for call in workspace.read(calls.waiting).calls] == ["3 mois"]


def any_need(_session: Any) -> str:
    """Any need of the resources."""
    return next(iter(subject.code for theme in load_needs() for subject in theme.subjects))


@pytest.mark.parametrize(
    ("key", "typed", "told"),
    [
        ("done_on", "30/08/2026", "avant l’immatriculation"),
        ("done_on", "25/11/2026", "dans le futur"),
        ("outcome", "", "obligatoire"),
        ("jobs", "-1", "va de 0 à 500"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(
    workspace: Workspace, file: Saved, key: str, typed: str, told: str
) -> None:
    first = follow_up(workspace, file, 1)
    with pytest.raises(UserError, match=told):
        workspace.write("Suivi", aftercare.save, first, {**ANSWER, f"follow_up.{key}": typed})
    assert states(workspace, file)[1] is FollowUpState.TO_DO


def test_a_business_ceases_between_its_registration_and_the_call(workspace: Workspace, file: Saved) -> None:
    ceased = {"follow_up.outcome": FollowUpOutcome.CEASED, "follow_up.done_on": LAST_DAY}
    late = FOLLOW_UP.read({**ceased, "follow_up.ceased_on": LAST_DAY, "follow_up.done_on": LAST_DAY - timedelta(1)})[1]
    assert "après le jour du suivi" in late["follow_up.ceased_on"]
    first = follow_up(workspace, file, 1)
    with pytest.raises(UserError, match="avant l’immatriculation"):
        workspace.write("Suivi", aftercare.save, first, {**ceased, "follow_up.ceased_on": date(2026, 8, 1)})


def test_a_ceased_business_is_not_called_again_until_that_proves_wrong(workspace: Workspace, file: Saved) -> None:
    first = follow_up(workspace, file, 1)
    ceased = {
        "follow_up.outcome": FollowUpOutcome.CEASED,
        "follow_up.done_on": LAST_DAY,
        "follow_up.ceased_on": date(2026, 11, 2),
    }
    workspace.write("Suivi", aftercare.save, first, ceased)
    assert states(workspace, file) == {1: FollowUpState.DONE} | dict.fromkeys(
        (3, 6, 12, 24, 36), FollowUpState.POINTLESS
    )
    assert workspace.read(businesses.view, file.case_id).answers["business.ceased_on"] == date(2026, 11, 2)
    assert workspace.read(calls.waiting).total == 0
    workspace.write("Suivi corrigé", aftercare.save, first, ANSWER)
    assert states(workspace, file) == {1: FollowUpState.DONE} | dict.fromkeys((3, 6, 12, 24, 36), FollowUpState.TO_DO)
    assert "business.ceased_on" not in workspace.read(businesses.view, file.case_id).answers


def test_a_follow_up_can_be_taken_back(workspace: Workspace, file: Saved) -> None:
    first = follow_up(workspace, file, 1)
    workspace.write("Suivi", aftercare.save, first, ANSWER)
    workspace.write("Rouvrir", aftercare.reopen, first)
    assert states(workspace, file)[1] is FollowUpState.TO_DO
    assert "follow_up.jobs" not in workspace.read(aftercare.answers, first)
    workspace.write("Suivi", aftercare.save, first, ANSWER)
    with pytest.raises(UserError, match="n’est plus à faire"):
        workspace.write("Sans réponse", aftercare.no_answer, first)


def test_a_couple_with_two_files_is_called_once(workspace: Workspace, file: Saved) -> None:
    bruno = open_file(workspace, "Bruno", "Martin")

    def share(session: Any) -> None:
        first, second = (session.get(Case, case) for case in (file.case_id, bruno.case_id))
        second.project_id = first.project_id

    workspace.write("Même projet", share)
    create(workspace, bruno, name="Le Fournil")
    assert workspace.read(calls.waiting).total == 2
    assert [line.id for line in workspace.read(calls.of_case, bruno.case_id)] == [
        line.id for line in workspace.read(calls.of_case, file.case_id)
    ]


def test_what_is_answered_does_not_move_when_the_date_is_corrected(workspace: Workspace, file: Saved) -> None:
    workspace.write("Suivi", aftercare.save, follow_up(workspace, file, 1), ANSWER)
    create(workspace, file, date(2026, 9, 10))
    due = {line.months: (line.due_on, line.state) for line in workspace.read(calls.of_case, file.case_id)}
    assert due[1] == (date(2026, 9, 30), FollowUpState.DONE)
    assert due[3] == (date(2026, 12, 10), FollowUpState.TO_DO)


def test_the_latest_point_that_is_due_stands_for_those_before_it(workspace: Workspace, file: Saved) -> None:
    with on(date(2027, 3, 1)):
        listed = workspace.read(calls.waiting)
        assert [call.milestone for call in listed.calls] == ["6 mois"]
        assert listed.due == 1
        sixth = follow_up(workspace, file, 6)
        workspace.write("Suivi", aftercare.save, sixth, {**ANSWER, "follow_up.done_on": date(2027, 3, 1)})
        assert workspace.read(calls.waiting).total == 0
    kinds = states(workspace, file)
    assert kinds[1] is kinds[3] is FollowUpState.POINTLESS
    assert kinds[6] is FollowUpState.DONE
    assert kinds[12] is FollowUpState.TO_DO
