"""Documents read back as their readers do: what was agreed, nothing private, no name in a file name."""

import uuid
from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core.errors import UserError
from boutique.models.case import Case
from boutique.models.choices import (
    SharedData,
)
from boutique.models.referral import Referral
from boutique.models.structure import Structure
from boutique.services import (
    people,
)
from boutique.services.intakes import Saved
from boutique.services.interviews import Following
from boutique.services.papers import catalogue
from boutique.services.papers import intake as intake_papers
from boutique.services.papers import interview as interview_papers
from boutique.services.papers import recovery as recovery_papers
from boutique.services.papers import referral as referral_papers
from boutique.services.workspace import Workspace
from tests.services.filling import NOBODY, interview, pdf, refer


def test_the_referral_sheet_says_what_the_person_agreed_to_and_no_more(
    workspace: Workspace, saved: Saved, cma: uuid.UUID
) -> None:
    workspace.write("Répondre", people.answer_one, saved.case_id, "holder.contact_preference", "plutôt le matin")
    (full,) = refer(workspace, saved, cma, shared=tuple(SharedData), expectation="Un rendez-vous avant Noël")
    sheet = workspace.read(referral_papers.referral_sheet, full)
    told = pdf(sheet)
    for expected in (
        "Zoé Martin", "06 12 34 56 78", "zoe@exemple.fr", "plutôt le matin", "Demandeur d’emploi indemnisé", "Frévent",
        "Une boulangerie", "Un rendez-vous avant Noël", "CMA du Ternois", "M. Leroy", "O-2026-0001", "Nadia",
    ):  # fmt: skip
        assert expected in told, expected
    assert "Martin" not in sheet.file_name + sheet.title
    (least,) = refer(workspace, saved, cma, shared=())
    told = pdf(workspace.read(referral_papers.referral_sheet, least))
    for hidden in ("Martin", "06 12 34 56 78", "zoe@exemple.fr", "Une boulangerie", "Demandeur d’emploi", "Frévent ("):
        assert hidden not in told, hidden
    assert "Z. M." in told
    assert "CMA du Ternois (novembre 2026" in told


def test_a_referral_sheet_is_found_by_its_number(workspace: Workspace, saved: Saved, cma: uuid.UUID) -> None:
    refer(workspace, saved, cma)
    assert workspace.read(referral_papers.by_reference, " o-2026-0001 ").file_name == "orientation-O-2026-0001.pdf"
    for wrong in ("O-2026-0009", "", "'; DROP TABLE referral;--"):
        with pytest.raises(UserError, match="Il n’y a pas d’orientation"):
            workspace.read(referral_papers.by_reference, wrong)
    for gone in (referral_papers.referral_sheet, interview_papers.interview_report):
        with pytest.raises(UserError, match="n’existe plus"):
            workspace.read(gone, NOBODY)


def test_the_report_of_an_interview_never_carries_the_private_note(
    workspace: Workspace, saved: Saved, cma: uuid.UUID
) -> None:
    refer(workspace, saved, cma)
    following = Following(({"action.label": "Appeler la banque"},), datetime(2026, 12, 1, 14).astimezone())
    made = interview(workspace, saved, following, summary="Le point partagé", private_note="Secret absolu")
    report = workspace.read(interview_papers.interview_report, made)
    told = pdf(report)
    for expected in ("Le point partagé", "Appeler la banque", "CMA du Ternois", "1er décembre 2026, 14 h", "Nadia B."):
        assert expected in told, expected
    assert "Secret" not in told
    assert report.file_name == f"compte-rendu-{saved.reference}-20261124.pdf"


def test_the_notice_is_for_a_person_or_to_be_displayed(workspace: Workspace, saved: Saved) -> None:
    named = workspace.read(intake_papers.notice, saved.case_id)
    assert "Zoé Martin" in pdf(named)
    assert named.file_name == "notice-information-2026-0001.pdf"
    shown = workspace.read(intake_papers.notice)
    assert "Martin" not in pdf(shown)
    assert shown.file_name == "notice-information.pdf"


def test_documents_need_a_structure(workspace: Workspace, saved: Saved) -> None:
    assert "Feuille" in workspace.read(recovery_papers.recovery_sheet, "AAAA-BBBB").title

    def forget(session: Session) -> None:
        session.delete(session.scalars(select(Structure)).one())

    workspace.write("Effacer", forget)
    with pytest.raises(UserError, match="n’est pas encore décrite"):
        workspace.read(intake_papers.intake_sheet, saved.case_id)


def test_a_file_without_anybody_behind_it_still_prints(workspace: Workspace, saved: Saved, cma: uuid.UUID) -> None:
    (referral,) = refer(workspace, saved, cma)

    def orphan(session: Session) -> None:
        case = session.get_one(Case, saved.case_id)
        case.counsellor_id = case.site_id = None
        session.get_one(Referral, referral).counsellor_id = None

    workspace.write("Départ", orphan)
    assert "Zoé Martin" in pdf(workspace.read(referral_papers.referral_sheet, referral))
    assert "Martin" in pdf(workspace.read(intake_papers.intake_sheet, saved.case_id))


def test_the_last_interview_and_referral_are_printed_once_there_are_some(
    workspace: Workspace, saved: Saved, cma: uuid.UUID
) -> None:
    assert {"report", "referral"}.isdisjoint(workspace.read(catalogue.available, saved.case_id))
    for key, told in (("report", "pas encore d’entretien"), ("referral", "pas encore d’orientation")):
        with pytest.raises(UserError, match=told):
            workspace.read(catalogue.make, key, saved.case_id)
    refer(workspace, saved, cma)
    interview(workspace, saved, summary="Le premier point")
    interview(workspace, saved, summary="Le dernier point")
    assert {"report", "referral"} <= workspace.read(catalogue.available, saved.case_id)
    assert "Le dernier point" in pdf(workspace.read(catalogue.make, "report", saved.case_id))
    assert "O-2026-0001" in workspace.read(catalogue.make, "referral", saved.case_id).title
