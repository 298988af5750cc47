"""One file: what its header says, what follows from its answers, how it ends."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from boutique.core.errors import UserError
from boutique.models.choices import (
    ExitReason,
    ZoningState,
)
from boutique.models.trace import Zoning, ZoningList
from boutique.services import (
    facts,
    people,
    zoning,
)
from boutique.services.intakes import Saved
from boutique.services.workspace import Workspace
from tests.services.conftest import LAST_DAY
from tests.services.filling import FREVENT, NOBODY, PARIS, open_file


def test_the_header_says_what_is_known_and_what_is_to_be_completed(workspace: Workspace, saved: Saved) -> None:
    header = workspace.read(people.header, saved.case_id)
    assert (header.name, header.initials, header.age, header.feminine) == ("Zoé Martin", "ZM", 41, False)
    assert (header.phone, header.email) == ("06 12 34 56 78", "zoe@exemple.fr")
    assert [badge.text for badge in header.badges] == ["Frévent", "FRR à vérifier", "QPV à vérifier"]
    bare = workspace.read(people.header, open_file(workspace, "Léa").case_id)
    assert [badge.text for badge in bare.badges] == ["commune à compléter"]
    assert (bare.age, bare.phone, bare.next_appointment) == (None, "", None)
    with pytest.raises(UserError, match="Ce dossier n’existe plus"):
        workspace.read(people.header, NOBODY)


def test_badges_follow_the_lists_and_the_address(workspace: Workspace, saved: Saved) -> None:
    def lists(session: Session) -> None:
        session.add(ZoningList(kind="FRR", vintage="2026", rows=1))
        session.add(Zoning(kind="FRR", commune_code=FREVENT, zone_code="FRR", label="Frévent", classified=True))

    workspace.write("Listes", lists)
    workspace.write("Répondre", people.answer_one, saved.case_id, "holder.lives_in_qpv", ZoningState.YES)
    assert [b.text for b in workspace.read(people.header, saved.case_id).badges] == ["Frévent · FRR", "QPV"]
    workspace.write("Répondre", people.answer_one, saved.case_id, "holder.lives_in_qpv", ZoningState.NO)
    assert [b.text for b in workspace.read(people.header, saved.case_id).badges] == ["Frévent · FRR"]
    known = workspace.read(facts.of_case, saved.case_id)
    assert (known["holder.lives_in_zfrr"], known["holder.lives_in_qpv"], known["holder.age"]) == (True, False, 41)


def test_a_commune_partly_classified_is_to_be_checked_and_a_list_without_it_says_no(workspace: Workspace) -> None:
    def lists(session: Session) -> None:
        session.add_all([ZoningList(kind=kind, vintage="2026", rows=1) for kind in ("FRR", "QPV")])
        session.add(Zoning(kind="FRR", commune_code=FREVENT, zone_code="FRR-P", label="Frévent", classified=True))

    workspace.write("Listes", lists)
    assert workspace.read(zoning.of_commune, FREVENT).rural is None
    assert workspace.read(zoning.of_commune, PARIS).rural is False
    assert workspace.read(zoning.of_commune, None).rural is None
    assert workspace.read(zoning.imported) == (("FRR", "2026", 1), ("QPV", "2026", 1))
    saved = open_file(workspace, holder_commune_code=PARIS, project_commune_code=PARIS)
    workspace.write("Répondre", people.answer_one, saved.case_id, "project.commune_code", PARIS)
    known = workspace.read(facts.of_case, saved.case_id)
    assert known["holder.lives_in_qpv"] is known["project.located_in_qpv"] is False


def test_a_business_is_an_answer_or_follows_from_the_project(workspace: Workspace, saved: Saved) -> None:
    assert workspace.read(facts.of_case, saved.case_id)["business.registered"] is False
    workspace.write("Répondre", people.answer_one, saved.case_id, "business.registered", True)
    workspace.write("Répondre", people.answer_one, saved.case_id, "business.registered_on", "24/05/2026")
    known = workspace.read(facts.of_case, saved.case_id)
    assert (known["business.registered"], known["business.age_months"]) == (True, 6)
    unsaid = open_file(workspace, "Léa").case_id
    assert "business.registered" not in workspace.read(facts.of_case, unsaid)


def test_a_file_ends_with_a_reason_and_may_start_again(workspace: Workspace, saved: Saved) -> None:
    with pytest.raises(UserError, match="avant l’ouverture"):
        workspace.write("Clore", people.close_file, saved.case_id, ExitReason.JOB, LAST_DAY - timedelta(1))
    workspace.write("Clore", people.close_file, saved.case_id, ExitReason.JOB, LAST_DAY)
    header = workspace.read(people.header, saved.case_id)
    assert (header.closed_on, header.exit_reason) == (LAST_DAY, "Emploi")
    workspace.write("Rouvrir", people.reopen, saved.case_id)
    assert workspace.read(people.header, saved.case_id).closed_on is None


def test_hidden_answers_keep_what_they_had(workspace: Workspace, saved: Saved) -> None:
    workspace.write("Répondre", people.answer_one, saved.case_id, "business.registered", True)
    workspace.write("Répondre", people.answer_one, saved.case_id, "business.jobs", "3")
    workspace.write("Répondre", people.answer_one, saved.case_id, "business.registered", False)
    assert workspace.read(people.answers, saved.case_id)["business.jobs"] == 3


def test_a_wrong_answer_given_from_elsewhere_changes_nothing(workspace: Workspace, saved: Saved) -> None:
    with pytest.raises(UserError, match="téléphone"):
        workspace.write("Répondre", people.answer_one, saved.case_id, "holder.phone", "12")
    assert workspace.read(people.answers, saved.case_id)["holder.phone"] == "+33612345678"


def test_a_question_that_does_not_show_is_not_answered_without_a_word(workspace: Workspace, saved: Saved) -> None:
    with pytest.raises(UserError, match="« Entreprise immatriculée »"):
        workspace.write("Répondre", people.answer_one, saved.case_id, "business.jobs", "3")
    assert "business.jobs" not in workspace.read(people.answers, saved.case_id)
