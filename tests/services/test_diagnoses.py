"""Diagnoses on a real base: what is saved, what the rules read, what is refused, undo, other versions of the grid."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core.clock import today
from boutique.core.errors import UserError
from boutique.models.case import Action, Case
from boutique.models.choices import Priority
from boutique.models.diagnosis import Diagnosis, DiagnosisGrid, DiagnosisMark
from boutique.models.project import ProjectMember
from boutique.models.trace import Change
from boutique.rules.diagnosis import State
from boutique.rules.lists import Grid, grid_content, grid_of, load_grid
from boutique.services import activity, diagnoses, facts, grids, history, marking, people, undo
from boutique.services.papers import catalogue
from boutique.services.papers import diagnosis as paper
from boutique.services.workspace import Workspace
from tests.services.filling import on, open_file, pdf

MARKET = {"MAR1": 2, "MAR2": 4, "MAR3": 3, "MAR4": 2, "MAR5": 5}  # 32 / 11
SOLID = {"PER1": 4, "PER2": 4, "PER3": 5, "PER4": 4, "PER5": 4, "PER6": 4}


def typed(levels: dict[str, Any], day: date | str | None = None, **facts: str) -> dict[str, Any]:
    when = "24/11/2026" if day is None else day
    return {"diagnosis.made_on": when, "diagnosis.comment": "", "levels": levels, "facts": facts}


@pytest.fixture
def case_id(workspace: Workspace) -> uuid.UUID:
    return open_file(workspace, passage_happened_on="02/01/2026").case_id


Save = Callable[..., uuid.UUID]


@pytest.fixture
def save(workspace: Workspace, case_id: uuid.UUID) -> Save:
    def saved(levels: dict[str, Any], day: date | str | None = None, **facts: str) -> uuid.UUID:
        return workspace.write("Diagnostic", marking.save, case_id, typed(levels, day, **facts))

    return saved


@pytest.fixture
def other_grid(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Grid]:
    """The structure edits its grid."""

    def change(version: str, edit: Callable[[dict[str, Any]], None]) -> Grid:
        content = grid_content(load_grid())
        edit(content)
        made = grid_of({**content, "version": version})
        for module in (grids, diagnoses, marking):
            monkeypatch.setattr(module, "load_grid", lambda: made)
        return made

    return change


def lines(workspace: Workspace, case_id: uuid.UUID) -> tuple[diagnoses.DiagnosisLine, ...]:
    return workspace.read(diagnoses.listing, case_id)


def axis_of(line: diagnoses.DiagnosisLine, code: str) -> Any:
    return next(axis for axis in line.axes if axis.code == code)


def test_marks_give_the_axes_that_the_rules_read(workspace: Workspace, case_id: uuid.UUID, save: Save) -> None:
    save(MARKET | {"PER1": 4, "PER3": 5}, MAR1="Dix clients rencontrés au marché")
    (line,) = lines(workspace, case_id)
    assert axis_of(line, "market").mark == Decimal("2.9")
    assert axis_of(line, "market").half == 3
    assert axis_of(line, "person").state is State.INCOMPLETE
    assert (line.marked, line.total) == (7, 26)
    assert line.counsellor == "Nadia B."
    assert next(one for one in line.remarks if one.code == "MAR1").fact == "Dix clients rencontrés au marché"
    known = workspace.read(facts.of_case, case_id)
    assert known["diagnosis.market"] == 3
    assert "diagnosis.person" not in known


def test_the_latest_by_date_counts_whatever_the_order_of_typing(
    workspace: Workspace, case_id: uuid.UUID, save: Save
) -> None:
    save(dict.fromkeys(MARKET, 4), "20/11/2026")
    save(dict.fromkeys(MARKET, 2), "03/02/2026")  # found on paper, typed afterwards
    assert workspace.read(facts.of_case, case_id)["diagnosis.market"] == 4
    late, early = lines(workspace, case_id)
    assert (late.name, early.name) == ("20/11/2026", "03/02/2026")
    assert late.changes["market"] == 2
    assert early.changes["market"] is None
    assert late.changes["person"] is None


def test_progress_is_counted_from_the_last_time_an_axis_had_a_mark(
    workspace: Workspace, case_id: uuid.UUID, save: Save
) -> None:
    save(dict.fromkeys(MARKET, 2), "02/02/2026")
    save(SOLID, "03/06/2026")  # only the person was looked at that day
    save(dict.fromkeys(MARKET, 4), "20/11/2026")
    latest, between, _ = lines(workspace, case_id)
    assert latest.changes["market"] == 2
    assert between.changes["market"] is None


def test_two_diagnoses_of_one_day_are_told_apart(workspace: Workspace, case_id: uuid.UUID, save: Save) -> None:
    save(MARKET)
    save(dict.fromkeys(MARKET, 5))
    assert [line.name for line in lines(workspace, case_id)] == ["24/11/2026 (2)", "24/11/2026 (1)"]
    assert workspace.read(facts.of_case, case_id)["diagnosis.market"] == 5


def test_a_new_one_starts_from_the_latest(workspace: Workspace, case_id: uuid.UUID, save: Save) -> None:
    save(MARKET, "02/02/2026", MAR1="Deux cousins")
    sheet = workspace.read(diagnoses.blank, case_id)
    assert sheet.typed["levels"] == MARKET
    assert sheet.typed["facts"] == {"MAR1": "Deux cousins"}
    assert sheet.typed["diagnosis.made_on"] == "24/11/2026"
    assert (sheet.diagnosis_id, sheet.before_name) == (None, "02/02/2026")


def test_a_correction_changes_only_what_was_changed_and_undo_takes_it_back(
    workspace: Workspace, case_id: uuid.UUID, save: Save
) -> None:
    made = save(MARKET, "20/11/2026", MAR1="Deux cousins")
    sheet = workspace.read(diagnoses.sheet, made)
    edited = {**sheet.typed, "levels": {**MARKET, "MAR1": 4} | {"MAR5": None}}
    workspace.write("Diagnostic corrigé", marking.save, case_id, edited, diagnosis_id=made)
    (line,) = lines(workspace, case_id)
    assert {one.code: one.level for one in line.remarks} == {"MAR1": 4, "MAR2": 4, "MAR3": 3, "MAR4": 2}

    def touched(session: Session) -> set[str]:
        rows = session.scalars(select(Change).where(Change.action_label == "Diagnostic corrigé"))
        return {name for row in rows if row.entity == "diagnosis_mark" for name in row.fields}

    assert workspace.read(touched) == {"level"}
    workspace.write("Annulation", undo.undo)
    assert {one.code: one.level for one in lines(workspace, case_id)[0].remarks} == MARKET
    workspace.write("Annulation", undo.undo)
    assert lines(workspace, case_id) == ()
    assert "diagnosis.market" not in workspace.read(facts.of_case, case_id)


def test_every_change_of_a_mark_belongs_to_the_person(workspace: Workspace, case_id: uuid.UUID, save: Save) -> None:
    save(MARKET)
    person = workspace.read(lambda session: session.get_one(Case, case_id).person_id)

    def owners(session: Session) -> set[Any]:
        return set(session.scalars(select(Change.person_id).where(Change.entity.like("diagnosis%"))))

    assert workspace.read(owners) == {person}


def test_history_says_which_criterion_moved(workspace: Workspace, case_id: uuid.UUID, save: Save) -> None:
    made = save(MARKET)
    edited = typed({**MARKET, "MAR1": 4})
    workspace.write("Diagnostic corrigé", marking.save, case_id, edited, diagnosis_id=made)
    told = workspace.read(history.of_case, case_id)
    assert "Connaissance de la clientèle, Niveau : 2 → 4" in next(
        line.lines for line in told if line.action == "Diagnostic corrigé"
    )
    first = next(line.lines for line in told if line.action == "Diagnostic")
    assert first == ("Ajouté : le diagnostic",)


def test_a_deleted_diagnosis_comes_back_whole(workspace: Workspace, case_id: uuid.UUID, save: Save) -> None:
    made = save(MARKET, MAR1="Deux cousins")
    before = lines(workspace, case_id)
    workspace.write("Diagnostic supprimé", marking.delete, made)
    assert lines(workspace, case_id) == ()
    workspace.write("Annulation", undo.undo)
    assert lines(workspace, case_id) == before


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (typed({"MAR1": 6}), "de 1 à 5"),
        (typed({"MAR1": 0}), "de 1 à 5"),
        (typed({"MAR1": "3"}), "de 1 à 5"),
        (typed({"VIEUX9": 3}), "VIEUX9"),
        (typed({"MAR1": 3}, VIEUX9="Un fait"), "VIEUX9"),
        (typed({}), "au moins un critère"),
        (typed({"MAR1": None}), "au moins un critère"),
        (typed({"MAR1": 3}, "25/11/2026"), "futur"),
        (typed({"MAR1": 3}, "31/02/2026"), "février"),
        (typed({"MAR1": 3}, ""), "obligatoire"),
        (typed({"MAR1": 3}, MAR1="x" * 301), "300"),
        ({**typed({"MAR1": 3}), "diagnosis.comment": "x" * 5001}, "5\u202f000"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence_and_nothing_is_written(
    workspace: Workspace, case_id: uuid.UUID, wrong: dict[str, Any], said: str
) -> None:
    with pytest.raises(UserError, match=said):
        workspace.write("Diagnostic", marking.save, case_id, wrong)
    assert lines(workspace, case_id) == ()
    assert workspace.read(lambda session: list(session.scalars(select(DiagnosisMark)))) == []


def test_an_old_diagnosis_keeps_its_grid_and_a_new_one_takes_the_new(
    workspace: Workspace, case_id: uuid.UUID, save: Save, other_grid: Callable[..., Grid]
) -> None:
    old = save(MARKET | {"MAR1": 1}, "02/02/2026", MAR5="Rue passante")

    def edit(content: dict[str, Any]) -> None:
        market = content["axis"][2]["criterion"]
        del market[4]  # MAR5 is no longer asked
        market[0]["levels"][0] = "Personne n’a été rencontré"  # MAR1 level 1 says something else
        market[1]["weight"] = 9

    other_grid("2027-1", edit)
    (line,) = lines(workspace, case_id)
    assert axis_of(line, "market").total == 5
    assert axis_of(line, "market").mark == Decimal("2.6")  # 29 / 11, the weights of its day
    assert line.foreign == 0

    sheet = workspace.read(diagnoses.blank, case_id)
    assert sheet.typed["levels"] == {"MAR2": 4, "MAR3": 3, "MAR4": 2}  # MAR1 has to be judged again
    assert sheet.lost == 1
    workspace.write("Diagnostic", marking.save, case_id, sheet.typed)
    new = lines(workspace, case_id)[0]
    assert (new.grid_version, axis_of(new, "market").total) == ("2027-1", 4)
    assert workspace.read(diagnoses.sheet, old).grid.version == "2026-1"


def test_a_grid_changed_without_a_new_version_does_not_rewrite_the_past(
    workspace: Workspace, case_id: uuid.UUID, save: Save, other_grid: Callable[..., Grid]
) -> None:
    save(MARKET, "02/02/2026")
    before = lines(workspace, case_id)[0].axes

    def edit(content: dict[str, Any]) -> None:
        content["axis"][2]["criterion"][0]["weight"] = 50

    other_grid("2026-1", edit)
    save(MARKET)
    late, early = lines(workspace, case_id)
    assert early.axes == before
    assert late.axes != before
    assert late.grid_version.startswith("2026-1 ")


def test_marks_whose_grid_is_not_here_are_read_with_that_of_today(
    workspace: Workspace, case_id: uuid.UUID, save: Save
) -> None:
    made = save(MARKET)

    def elsewhere(session: Session) -> None:
        session.get_one(Diagnosis, made).grid_version = "2019-4"
        session.add(DiagnosisMark(diagnosis_id=made, criterion="VIEUX9", level=1))
        session.add(DiagnosisMark(diagnosis_id=made, criterion="FIN1", level=17))

    workspace.write("Venu d’ailleurs", elsewhere)
    (line,) = lines(workspace, case_id)
    assert line.foreign == 1
    assert axis_of(line, "market").mark == Decimal("2.9")
    assert axis_of(line, "finance").marked == 0
    sheet = workspace.read(diagnoses.sheet, made)
    assert set(sheet.typed["levels"]) == set(MARKET)
    workspace.write("Corrigé", marking.save, case_id, sheet.typed, diagnosis_id=made)
    assert lines(workspace, case_id)[0].foreign == 1  # what was not understood is left alone


def test_a_draft_of_another_grid_is_taken_up_without_what_no_longer_exists(
    workspace: Workspace, case_id: uuid.UUID
) -> None:
    draft = {"diagnosis.made_on": "hier", "levels": {"MAR1": 3, "VIEUX9": 2, "MAR2": 44}, "facts": {"VIEUX9": "Ancien"}}
    sheet = workspace.read(diagnoses.resume, case_id, draft)
    assert sheet.typed["levels"] == {"MAR1": 3}
    assert sheet.lost == 1
    assert sheet.typed["diagnosis.made_on"] == "hier"


def test_a_point_becomes_an_action_once(workspace: Workspace, case_id: uuid.UUID, save: Save) -> None:
    made = save({"MAR3": 1, "MAR1": 2, "MAR2": 4})
    (line,) = lines(workspace, case_id)
    assert [(point.code, point.blocking, point.planned) for point in line.points] == [
        ("MAR3", True, False), ("MAR1", False, False),
    ]  # fmt: skip
    assert [one.code for one in line.strengths] == ["MAR2"]
    workspace.write("Action ajoutée", marking.plan_point, case_id, made, "MAR3")
    (action,) = workspace.read(lambda s: [(a.label, a.priority) for a in s.scalars(select(Action))])
    assert action == ("Prix et volume : viser « Au hasard » (aujourd’hui « Inconnu »)", Priority.HIGH)
    assert [point.planned for point in lines(workspace, case_id)[0].points] == [True, False]
    with pytest.raises(UserError, match="déjà"):
        workspace.write("Action ajoutée", marking.plan_point, case_id, made, "MAR3")
    workspace.write("Annulation", undo.undo)
    assert [point.planned for point in lines(workspace, case_id)[0].points] == [False, False]
    with pytest.raises(UserError, match="plus noté"):
        workspace.write("Action ajoutée", marking.plan_point, case_id, made, "FIN1")


def test_an_estimate_holds_until_the_criteria_of_its_axis_are_marked(
    workspace: Workspace, case_id: uuid.UUID, save: Save
) -> None:
    with on(today() - timedelta(30)):
        workspace.write("Répondre", people.answer_one, case_id, "diagnosis.market", "2")
        workspace.write("Répondre", people.answer_one, case_id, "diagnosis.legal", "4")
    save(MARKET)
    known = workspace.read(facts.of_case, case_id)
    assert (known["diagnosis.market"], known["diagnosis.legal"]) == (3, 4)
    line = lines(workspace, case_id)[0]
    assert axis_of(line, "legal").estimated
    assert not axis_of(line, "market").estimated
    with pytest.raises(UserError, match="onglet Diagnostic"):
        workspace.write("Répondre", people.answer_one, case_id, "diagnosis.market", "5")
    stale = {**workspace.read(people.answers, case_id), "diagnosis.market": 1, "diagnosis.legal": 5}
    workspace.write("Fiche", people.save_answers, case_id, stale)
    known = workspace.read(facts.of_case, case_id)
    assert (known["diagnosis.market"], known["diagnosis.legal"]) == (3, 5)


def test_criteria_taken_back_leave_no_mark_behind(workspace: Workspace, case_id: uuid.UUID, save: Save) -> None:
    made = save(MARKET | SOLID)
    workspace.write("Corrigé", marking.save, case_id, typed(SOLID), diagnosis_id=made)
    assert "diagnosis.market" not in workspace.read(facts.of_case, case_id)
    later = save(SOLID)
    assert "diagnosis.market" not in workspace.read(facts.of_case, case_id)
    assert later != made


def test_each_holder_of_a_project_has_their_own(workspace: Workspace, case_id: uuid.UUID, save: Save) -> None:
    save(MARKET)
    other = open_file(workspace, "Bruno", "Lefèvre").case_id

    def together(session: Session) -> None:
        mine, his = session.get_one(Case, case_id), session.get_one(Case, other)
        his.project_id = mine.project_id
        session.add(ProjectMember(project_id=mine.project_id, person_id=his.person_id, main=False))

    workspace.write("Même projet", together)
    assert lines(workspace, other) == ()
    assert "diagnosis.market" not in workspace.read(facts.of_case, other)
    workspace.write("Diagnostic", marking.save, other, typed(dict.fromkeys(MARKET, 5)))
    assert workspace.read(facts.of_case, case_id)["diagnosis.market"] == 3
    assert workspace.read(facts.of_case, other)["diagnosis.market"] == 5
    assert workspace.read(activity.follow_up, nominative=True)


def test_the_same_criterion_marked_twice_is_one_row_on_every_computer(workspace: Workspace, save: Save) -> None:
    made = save(MARKET)

    def ids(session: Session) -> set[uuid.UUID]:
        return set(session.scalars(select(DiagnosisMark.id)))

    before = workspace.read(ids)
    workspace.write("Supprimé", marking.delete, made)
    workspace.write("Annulation", undo.undo)
    assert workspace.read(ids) == before
    assert len(before) == len(MARKET)
    assert len(workspace.read(lambda session: list(session.scalars(select(DiagnosisGrid))))) == 1


def test_the_printed_sheet_compares_the_latest_with_the_first(
    workspace: Workspace, case_id: uuid.UUID, save: Save
) -> None:
    with pytest.raises(UserError, match="pas encore de diagnostic"):
        workspace.read(catalogue.make, "diagnosis", case_id)
    assert "diagnosis" not in workspace.read(catalogue.available, case_id)
    first = save(dict.fromkeys(MARKET, 2), "02/02/2026")
    save(MARKET, "20/06/2026")
    save({**MARKET, "MAR1": 4}, "20/11/2026", MAR1="Dix clients rencontrés")
    document = workspace.read(catalogue.make, "diagnosis", case_id)
    told = pdf(document)
    for expected in ("Diagnostic du 20/11/2026", "02/02/2026", "3,5", "+1,5", "Dix clients rencontrés", "Zoé Martin"):
        assert expected in told, expected
    assert "Martin" not in document.file_name + document.title
    workspace.write("Supprimé", marking.delete, first)
    with pytest.raises(UserError, match="n’existe plus"):
        workspace.read(paper.diagnosis_sheet, case_id, first)
