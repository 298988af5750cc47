"""Aide au choix du statut of a file: prefilled, answered, weighed, retained, undone, printed."""

import pytest

from boutique.core.errors import UserError
from boutique.models.choices import LegalForm
from boutique.services import legal_forms, people, undo
from boutique.services.intakes import Saved
from boutique.services.papers import catalogue
from boutique.services.workspace import Workspace
from tests.services.filling import pdf


def first(workspace: Workspace, saved: Saved) -> list[str]:
    return [one.form for one in workspace.read(legal_forms.of_case, saved.case_id).ranked if one.rank == 1]


def test_the_file_answers_first_then_what_is_answered_here(workspace: Workspace, saved: Saved) -> None:
    workspace.write("Fiche", people.answer_one, saved.case_id, "project.partners_count", 1)
    found = workspace.read(legal_forms.of_case, saved.case_id)
    assert found.answers["SEUL"] == "seul"
    assert "SEUL" in found.from_file
    workspace.write("Réponse", legal_forms.answer, saved.case_id, "SEUL", "plusieurs")
    found = workspace.read(legal_forms.of_case, saved.case_id)
    assert found.answers["SEUL"] == "plusieurs"
    assert "SEUL" not in found.from_file
    workspace.write("Réponse", legal_forms.answer, saved.case_id, "SEUL", None)
    found = workspace.read(legal_forms.of_case, saved.case_id)
    assert "SEUL" not in found.answers
    assert found.open_questions >= 10
    workspace.write("Annuler", undo.undo)
    assert workspace.read(legal_forms.of_case, saved.case_id).answers["SEUL"] == "plusieurs"


def test_importance_changes_who_is_first(workspace: Workspace, saved: Saved) -> None:
    for criterion, given in (("SEUL", "seul"), ("CHARGES", "oui"), ("COTIS", "oui")):
        workspace.write("Réponse", legal_forms.answer, saved.case_id, criterion, given)
    assert "EI_MICRO" not in first(workspace, saved)
    workspace.write("Importance", legal_forms.weigh, saved.case_id, "COTIS", 3)
    assert first(workspace, saved) == ["EI_MICRO"]
    for wrong in (-1, 4):
        with pytest.raises(UserError, match="de 0"):
            workspace.write("Importance", legal_forms.weigh, saved.case_id, "COTIS", wrong)


@pytest.mark.parametrize(("criterion", "given"), [("SEUL", "peut-être"), ("INCONNU", "oui"), ("", None)])
def test_what_the_list_does_not_ask_is_refused(
    workspace: Workspace, saved: Saved, criterion: str, given: str | None
) -> None:
    with pytest.raises(UserError, match="a changé"):
        workspace.write("Réponse", legal_forms.answer, saved.case_id, criterion, given)


def test_the_form_retained_is_that_of_the_file_and_comes_back(workspace: Workspace, saved: Saved) -> None:
    workspace.write("Retenue", legal_forms.retain, saved.case_id, "SASU")
    assert workspace.read(legal_forms.of_case, saved.case_id).retained == "SASU"
    assert workspace.read(people.answers, saved.case_id)["project.legal_form"] is (
        LegalForm.SINGLE_MEMBER_SIMPLIFIED_COMPANY
    )
    workspace.write("Annuler", undo.undo)
    assert workspace.read(legal_forms.of_case, saved.case_id).retained == ""


def test_the_comparison_is_printed_with_reasons_exclusions_and_open_questions(
    workspace: Workspace, saved: Saved
) -> None:
    empty = pdf(workspace.read(catalogue.make, "legal", saved.case_id))
    assert "à compléter" in empty
    for criterion, given in (("SEUL", "seul"), ("COTIS", "oui"), ("TEST", "non")):
        workspace.write("Réponse", legal_forms.answer, saved.case_id, criterion, given)
    workspace.write("Retenue", legal_forms.retain, saved.case_id, "EI_MICRO")
    made = workspace.read(catalogue.make, "legal", saved.case_id)
    told = pdf(made).replace("\xa0", " ")
    for expected in (
        "Zoé Martin", "1re · 5 points", "+3 Cotisations proportionnelles", "Exclue par : Seul ou à plusieurs ? seul",
        "retenue", "exclurait Micro-entrepreneur", "la personne décide",
    ):  # fmt: skip
        assert expected in told, expected
    assert "Martin" not in made.file_name + made.title
