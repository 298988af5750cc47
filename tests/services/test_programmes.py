"""Programmes: what is charged to them by default and by choice, their places, their end, what financers bring."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from boutique.core.clock import today
from boutique.core.errors import UserError
from boutique.models.case import Case, Interview
from boutique.models.programme_choices import ProgrammeKind
from boutique.rules.indicators import figure
from boutique.rules.scope import Scope
from boutique.services import intakes, interviews, objective_progress, objectives, participants, people, programmes
from boutique.services.workspace import Workspace
from tests.services.filling import open_file, typed

DAY = timedelta(1)


def programme(workspace: Workspace, name: str = "FSE+ amorçage", **fields: Any) -> Any:
    """An agreement that began a year ago and ends in one."""
    given: dict[str, Any] = {
        "name": name, "kind": ProgrammeKind.ESF, "starts_on": today() - 365 * DAY, "ends_on": today() + 365 * DAY,
    }  # fmt: skip
    answers = {f"programme.{key}": value for key, value in (given | fields).items()}
    return workspace.write("Programme", programmes.save, None, answers)


def charged(session: Session, interview_id: Any) -> Any:
    return session.get_one(Interview, interview_id).programme_id


def interview(workspace: Workspace, case_id: Any, **more: Any) -> Any:
    start = {**workspace.read(interviews.blank, case_id), **more}
    return workspace.write("Entretien", interviews.save, case_id, start)


def test_an_interview_is_charged_to_the_programme_of_its_file_unless_another_is_chosen(workspace: Workspace) -> None:
    first, second = programme(workspace), programme(workspace, "Région", kind=ProgrammeKind.REGION)
    case = open_file(workspace).case_id
    before, older = interview(workspace, case), interview(workspace, case, **{"interview.held_on": today() - 400 * DAY})
    workspace.write("Rattacher", programmes.charge, case, first)
    after, chosen = interview(workspace, case), interview(workspace, case, programme_id=str(second))
    nothing = interview(workspace, case, programme_id=None)
    made = (before, older, after, chosen, nothing)
    assert [workspace.read(charged, one) for one in made] == [first, None, first, second, None]
    workspace.write("Rattacher", programmes.charge, case, second)
    assert workspace.read(charged, after) == first  # what was charged stays
    corrected = {**workspace.read(interviews.answers, after), "interview.summary": "Relu"}
    workspace.write("Entretien", interviews.save, case, corrected, interview_id=after)
    assert workspace.read(charged, after) == first
    assert workspace.read(people.header, case).programme == "Région"


def test_an_act_outside_the_days_of_the_programme_is_charged_to_nothing(workspace: Workspace) -> None:
    ended = programme(workspace, ends_on=today() - DAY)
    case = open_file(workspace).case_id
    workspace.write("Rattacher", programmes.charge, case, ended)
    late = interview(workspace, case)
    assert workspace.read(charged, late) is None
    blank = {**workspace.read(interviews.blank, case), "interview.held_on": today() - 2 * DAY}
    in_time = workspace.write("Entretien", interviews.save, case, blank)
    assert workspace.read(charged, in_time) == ended
    assert workspace.read(programmes.options) == ()
    assert [option.id for option in workspace.read(programmes.options, ended=True)] == [ended]
    assert [option.id for option in workspace.read(programmes.options, keep=ended)] == [ended]


def test_places_are_those_of_the_files_and_those_taken_elsewhere(workspace: Workspace) -> None:
    places = programme(
        workspace, "RH+", kind=ProgrammeKind.HUMAN_RESOURCES, places=10, places_elsewhere=3, funder="Pays du Ternois"
    )
    for first in ("Ana", "Bob"):
        saved = open_file(workspace, first)
        workspace.write("Rattacher", programmes.charge, saved.case_id, places)
    (line,) = workspace.read(programmes.listing)
    assert (line.files, line.places_used, line.places_left) == (2, 5, 5)
    assert line.about.startswith("RH+ (places) · Pays du Ternois · du ")
    assert len(workspace.read(programmes.cases, places)) == 2
    with pytest.raises(UserError, match="archivez-le"):
        workspace.write("Supprimer", programmes.delete, places)
    workspace.write("Archiver", programmes.archive, places)
    assert workspace.read(programmes.options) == ()
    workspace.write("Reprendre", programmes.restore, places)
    assert len(workspace.read(programmes.options)) == 1


@pytest.mark.parametrize(
    ("days", "alert", "told"), [(90, None, True), (91, None, False), (30, 30, True), (31, 30, False), (-1, 30, False)]
)
def test_the_end_is_told_in_time(workspace: Workspace, days: int, alert: int | None, told: bool) -> None:
    programme(workspace, ends_on=today() + days * DAY, alert_days=alert)
    assert [line.days_left for line in workspace.read(programmes.ending, today())] == ([days] if told else [])


def test_common_law_is_a_share_of_what_is_known(workspace: Workspace) -> None:
    city = programme(
        workspace, "Contrat de ville", kind=ProgrammeKind.CITY_CONTRACT, starts_on=date(2026, 1, 1), ends_on=None
    )
    lines = [("Département", 6_000, True, 2026), ("ANCT", 3_000, False, None), ("Mécénat", 9_000, None, None)]
    for financer, amount, common_law, year in lines:
        given = {"financer": financer, "amount_eur": amount, "common_law": common_law, "year": year}
        answers = {f"co_financing.{key}": value for key, value in given.items()}
        workspace.write("Cofinancement", programmes.save_share, city, None, answers)
    sheet = workspace.read(programmes.sheet, city)
    assert sheet.shared_eur == 18_000
    assert sheet.common_law == pytest.approx(6 / 9)
    assert [line.financer for line in sheet.shares] == ["Mécénat", "ANCT", "Département"]
    workspace.write("Retirer", programmes.remove_share, sheet.shares[-1].id)
    assert workspace.read(programmes.sheet, city).common_law == 0


def test_an_agreement_that_never_served_goes_with_its_lines_and_comes_back_whole(workspace: Workspace) -> None:
    made = programme(workspace)
    answers = {"co_financing.financer": "Région", "co_financing.amount_eur": 100}
    workspace.write("Cofinancement", programmes.save_share, made, None, answers)
    workspace.write("Supprimer", programmes.delete, made)
    with pytest.raises(UserError, match="n’existe plus"):
        workspace.read(programmes.sheet, made)
    with pytest.raises(UserError, match="Corrigez l’une des deux dates"):
        programme(workspace, ends_on=today() - 400 * DAY)


def test_a_file_is_opened_under_a_programme(workspace: Workspace) -> None:
    made = programme(workspace)
    case = workspace.write("Accueillir", intakes.save, typed(), programme_id=made).case_id
    assert workspace.read(lambda session: session.get_one(Case, case).programme_id) == made


def test_targets_are_those_of_what_is_looked_at_and_say_how_far_they_are(workspace: Workspace) -> None:
    made, year = programme(workspace), today().year
    for owner, key, when, typed_target in (
        (None, "interviews", year, "10"), (made, "interviews", year, "4"), (made, "interviews", None, "8"),
        (made, "INT_ABSENCES", year, "25 %"),
    ):  # fmt: skip
        workspace.write("Objectif", objectives.save, owner, figure(key).key, when, typed_target)
    assert workspace.read(objectives.targets, year) == {"interviews": 10}
    assert workspace.read(objectives.targets, year, Scope(programme_id=made))["interviews"] == 4
    assert workspace.read(objectives.targets, year, Scope(site_id=workspace.site_id)) == {}
    case = open_file(workspace).case_id
    interview(workspace, case, programme_id=None)
    workspace.write("Rattacher", programmes.charge, case, made)
    interview(workspace, case, programme_id=None)
    own = workspace.read(objective_progress.progress, None)
    assert [(one.line.year, one.words) for one in own] == [(year, "2 sur 10 · 20\u00a0%")]
    found = {(one.line.key, one.line.year): one.words for one in workspace.read(objective_progress.progress, made)}
    assert found["interviews", year] == "1 sur 4 · 25\u00a0%"
    assert found["interviews", None] == "1 sur 8 · 12\u00a0%"
    assert found[figure("INT_ABSENCES").key, year] == "0 sur 25 · 0\u00a0%"
    workspace.write("Objectif", objectives.save, None, "interviews", year, "20")  # the same again gives way
    assert [one.line.target for one in workspace.read(objective_progress.progress, None)] == [20]
    workspace.write("Objectif", objectives.remove, own[0].line.id)
    assert workspace.read(objective_progress.progress, None) == ()


@pytest.mark.parametrize(
    ("key", "year", "target", "said"),
    [(None, 2026, "3", "Choisissez"), ("interviews", None, "3", "celui d’une année"), ("interviews", 1999, "3", "2000"),
     ("interviews", 2026, "beaucoup", "pas lisible"), ("interviews", 2026, "0", "plus grand que zéro")],
)  # fmt: skip
def test_a_target_that_means_nothing_is_refused(
    workspace: Workspace, key: str | None, year: int | None, target: str, said: str
) -> None:
    with pytest.raises(UserError, match=said):
        workspace.write("Objectif", objectives.save, None, key, year, target)


def test_an_agreement_goes_with_its_targets_but_not_with_what_others_rest_on(workspace: Workspace) -> None:
    made = programme(workspace)
    workspace.write("Objectif", objectives.save, made, "interviews", None, "3")
    case = open_file(workspace).case_id
    workspace.write("Rattacher", programmes.charge, case, made)
    workspace.write("Entrée", participants.enter, made, [case])
    workspace.write("Rattacher", programmes.charge, case, None)
    with pytest.raises(UserError, match="archivez-le"):
        workspace.write("Supprimer", programmes.delete, made)
    other = programme(workspace, "Région")
    workspace.write("Objectif", objectives.save, other, "interviews", None, "3")
    workspace.write("Supprimer", programmes.delete, other)
    assert [line.name for line in workspace.read(programmes.listing)] == ["FSE+ amorçage"]
