"""Several people for one project, several projects for one person; figures keep counting whom a file was opened for."""

import uuid
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from boutique.core.errors import UserError
from boutique.core.names import Name, joint_name
from boutique.models.after_choices import HolderRole
from boutique.models.person import Person
from boutique.rules.indicators import MAIN
from boutique.services import files, members, month, people, search, undo
from boutique.services.files import FileQuery
from boutique.services.intakes import Saved
from boutique.services.papers import interview as interview_papers
from boutique.services.workspace import Workspace
from tests.services.conftest import LAST_DAY
from tests.services.filling import interview, open_file, pdf


@pytest.fixture
def maryse(workspace: Workspace) -> Saved:
    return open_file(workspace, "Maryse", "Lefèvre", project_summary="Friterie ambulante")


def figures(workspace: Workspace) -> dict[str, float]:
    def values(session: Session) -> dict[str, float]:
        book = month.read(session, LAST_DAY)
        return {figure.key: book.value(figure) for figure in MAIN}

    return workspace.read(values)


def found(workspace: Workspace, typed: str) -> list[str]:
    return [hit.name for hit in workspace.read(search.find, workspace.index, typed)]


def listed(workspace: Workspace) -> list[str]:
    page = workspace.read(files.files, workspace.index, FileQuery(sort="name", descending=False))
    return [row.name for row in page.rows]


@pytest.mark.parametrize(
    ("names", "told", "in_lists"),
    [
        ([("Maryse", "Lefèvre")], "Maryse Lefèvre", "Lefèvre Maryse"),
        ([("Maryse", "Lefèvre"), ("Bruno", "LEFEVRE")], "Maryse et Bruno Lefèvre", "Lefèvre Maryse et Bruno"),
        ([("Maryse", "Lefèvre"), ("Bruno", "Petit")], "Maryse Lefèvre et Bruno Petit", "Lefèvre Maryse et Petit Bruno"),
        ([("Ana", "Roy"), ("Lou", "Roy"), ("Max", "Roy")], "Ana, Lou et Max Roy", "Roy Ana, Lou et Max"),
    ],
)
def test_several_holders_are_named_as_people_say_it(names: list[Name], told: str, in_lists: str) -> None:
    assert joint_name(names) == told
    assert joint_name(names, last_first=True) == in_lists


def test_a_co_holder_is_named_everywhere_found_by_name_and_changes_no_figure(
    workspace: Workspace, maryse: Saved
) -> None:
    interview(workspace, maryse, minutes=60)
    before = figures(workspace)
    workspace.write("Coporteur", members.add_new, maryse.case_id, "Bruno", "Lefèvre", HolderRole.SPOUSE)
    header = workspace.read(people.header, maryse.case_id)
    assert (header.name, header.holders) == ("Maryse et Bruno Lefèvre", 2)
    assert listed(workspace) == ["Lefèvre Maryse et Bruno"]
    assert found(workspace, "bruno") == ["Maryse et Bruno Lefèvre"]
    assert figures(workspace) == before
    assert before["received"] == before["caseload"] == 1


def test_the_main_holder_is_named_first_and_changes_no_figure(workspace: Workspace, maryse: Saved) -> None:
    interview(workspace, maryse, minutes=60)
    before = figures(workspace)
    bruno = workspace.write("Coporteur", members.add_new, maryse.case_id, "Bruno", "Lefèvre")
    workspace.write("Principal", members.make_main, maryse.case_id, bruno)
    assert workspace.read(people.header, maryse.case_id).name == "Bruno et Maryse Lefèvre"
    assert [line.main for line in workspace.read(members.listing, maryse.case_id)] == [True, False]
    assert figures(workspace) == before
    workspace.write("Annuler", undo.undo)
    assert workspace.read(people.header, maryse.case_id).name == "Maryse et Bruno Lefèvre"


def test_somebody_known_joins_without_being_typed_again(workspace: Workspace, maryse: Saved) -> None:
    bruno = open_file(workspace, "Bruno", "Petit", project_summary="Tonte de pelouses", holder_phone="06 12 34 56 78")
    workspace.write("Coporteur", members.add, maryse.case_id, bruno.person_id, HolderRole.ASSOCIATE)
    line = workspace.read(members.listing, maryse.case_id)[1]
    assert (line.name, line.phone, line.role, line.case_id) == ("Bruno Petit", "06 12 34 56 78", "Associé·e", None)
    with pytest.raises(UserError, match="porte déjà"):
        workspace.write("Coporteur", members.add, maryse.case_id, bruno.person_id)
    (other,) = workspace.read(people.header, bruno.case_id).other_projects
    assert (other.case_id, other.project) == (maryse.case_id, "Friterie ambulante")


def test_a_name_that_changes_is_found_through_the_project(workspace: Workspace, maryse: Saved) -> None:
    bruno = open_file(workspace, "Bruno", "Petit")
    workspace.write("Coporteur", members.add, maryse.case_id, bruno.person_id)
    answers = workspace.read(people.answers, bruno.case_id)
    workspace.write("Fiche", people.save_answers, bruno.case_id, {**answers, "holder.last_name": "Zorglub"})
    assert sorted(found(workspace, "zorglub")) == ["Bruno Zorglub", "Maryse Lefèvre et Bruno Zorglub"]


def test_who_is_removed_and_known_nowhere_else_is_not_kept(workspace: Workspace, maryse: Saved) -> None:
    def persons(session: Session) -> int:
        return session.scalar(select(func.count()).select_from(Person)) or 0

    bruno = workspace.write("Coporteur", members.add_new, maryse.case_id, "Bruno", "Lefèvre")
    workspace.write("Retrait", members.remove, maryse.case_id, bruno)
    assert workspace.read(persons) == 1
    assert found(workspace, "bruno") == []
    workspace.write("Annuler", undo.undo)
    assert workspace.read(people.header, maryse.case_id).name == "Maryse et Bruno Lefèvre"
    assert found(workspace, "bruno") == ["Maryse et Bruno Lefèvre"]


def test_whom_the_file_was_opened_for_stays(workspace: Workspace, maryse: Saved) -> None:
    with pytest.raises(UserError, match="clôturez-le"):
        workspace.write("Retrait", members.remove, maryse.case_id, maryse.person_id)


def test_removing_the_main_holder_puts_the_other_back_first(workspace: Workspace, maryse: Saved) -> None:
    bruno = workspace.write("Coporteur", members.add_new, maryse.case_id, "Bruno", "Lefèvre")
    workspace.write("Principal", members.make_main, maryse.case_id, bruno)
    workspace.write("Retrait", members.remove, maryse.case_id, bruno)
    (line,) = workspace.read(members.listing, maryse.case_id)
    assert (line.main, line.of_file) == (True, True)


@pytest.mark.parametrize(("first", "last"), [("", "Lefèvre"), ("Bruno", ""), ("x" * 300, "Lefèvre")])
def test_a_new_holder_needs_two_names(workspace: Workspace, maryse: Saved, first: str, last: str) -> None:
    with pytest.raises(UserError):
        workspace.write("Coporteur", members.add_new, maryse.case_id, first, last)
    assert workspace.read(people.header, maryse.case_id).holders == 1


def test_a_second_project_asks_nothing_of_the_person_again(workspace: Workspace, maryse: Saved) -> None:
    before = figures(workspace)
    made: uuid.UUID = workspace.write("Projet", members.new_project, maryse.case_id, "Gîte rural")
    second = workspace.read(people.header, made)
    assert (second.person_id, second.name, second.project) == (maryse.person_id, "Maryse Lefèvre", "Gîte rural")
    assert second.reference != maryse.reference
    assert [other.case_id for other in second.other_projects] == [maryse.case_id]
    first = workspace.read(people.header, maryse.case_id)
    assert [(other.case_id, other.project) for other in first.other_projects] == [(made, "Gîte rural")]
    assert figures(workspace) == before
    assert len(listed(workspace)) == 2


def test_one_person_with_two_projects_counts_once(workspace: Workspace, maryse: Saved) -> None:
    made: Any = workspace.write("Projet", members.new_project, maryse.case_id)
    interview(workspace, maryse, minutes=60)
    interview(workspace, Saved(made, maryse.person_id, ""), minutes=60)
    counted = figures(workspace)
    assert (counted["caseload"], counted["interviews"], counted["received"]) == (1, 2, 1)


def test_both_holders_are_named_on_paper(workspace: Workspace, maryse: Saved) -> None:
    held = interview(workspace, maryse, minutes=60)
    workspace.write("Coporteur", members.add_new, maryse.case_id, "Bruno", "Lefèvre")
    assert "Maryse et Bruno Lefèvre" in pdf(workspace.read(interview_papers.interview_report, held))
