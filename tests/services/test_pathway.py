"""Synthèse de parcours: what happened, by parts; a part with nothing in it does not show."""

import uuid
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from boutique.models.case import Case
from boutique.models.choices import ExitReason, FundingKind, Phase, RequestStatus
from boutique.models.diagnosis import Diagnosis, DiagnosisMark
from boutique.models.money import SchemeRequest
from boutique.rules.lists import load_grid
from boutique.services import businesses, demo, endings, people
from boutique.services.intakes import Saved
from boutique.services.papers import catalogue, pathway
from boutique.services.workspace import Workspace
from tests.services.filling import interview, on, pdf, refer


def printed(workspace: Workspace, saved: Saved) -> str:
    return pdf(workspace.read(catalogue.make, "pathway", saved.case_id)).replace("\xa0", " ").replace("\u202f", " ")


def test_a_file_just_opened_shows_only_what_there_is(workspace: Workspace, saved: Saved) -> None:
    told = printed(workspace, saved)
    assert "Zoé Martin" in told
    assert "du 24/11/2026 à ce jour" in told
    for absent in ("Entretiens", "Diagnostic", "Orientations", "sortie", "Entreprise créée", "Financements", "Suivi"):
        assert absent not in told, absent


def test_the_whole_way_is_told_with_its_hours_and_dates(workspace: Workspace, saved: Saved, cma: uuid.UUID) -> None:
    interview(workspace, saved, minutes=50)
    interview(workspace, saved, minutes=70, type="SUIVI")
    interview(workspace, saved, attended=False, minutes=0)
    refer(workspace, saved, cma)
    workspace.write("Phase", people.enter_phase, saved.case_id, Phase.MARKET_STUDY)

    def money(session: Session) -> None:
        for name, status, granted in (("Adie", RequestStatus.GRANTED, 6000), ("Banque", RequestStatus.REFUSED, None)):
            session.add(SchemeRequest(case_id=saved.case_id, financer=name, kind=next(iter(FundingKind)), status=status,
                                      granted_eur=granted, decided_on=date(2026, 11, 20)))  # fmt: skip

    workspace.write("Financement", money)
    told = printed(workspace, saved)
    for expected in (
        "Étude de marché et offre", "Ensemble 2 2 h", "Adie", "de 5 000 à 10 000 €", "20/11/2026",
    ):  # fmt: skip
        assert expected in told, expected
    assert "Banque" not in told
    assert "6 000" not in told


def test_two_diagnoses_are_compared_axis_by_axis(workspace: Workspace, saved: Saved) -> None:
    def diagnose(session: Session) -> None:
        project_id = session.get_one(Case, saved.case_id).project_id
        for day, level in ((date(2026, 3, 2), 2), (date(2026, 11, 3), 4)):
            row = Diagnosis(project_id=project_id, made_on=day, grid_version=load_grid().version)
            session.add(row)
            for criterion in load_grid().axes[0].criteria:
                session.add(DiagnosisMark(diagnosis_id=row.id, criterion=criterion.code, level=level))

    workspace.write("Diagnostics", diagnose)
    told = printed(workspace, saved)
    assert "Le 02/03/2026 Le 03/11/2026 Évolution" in told
    assert f"{load_grid().axes[0].label} 2,0 4,0 +2,0" in told


@pytest.mark.parametrize(
    ("euros", "words"),
    [(0, "moins de 1 000 €"), (999, "moins de 1 000 €"), (1_000, "de 1 000 à 5 000 €"), (6_000, "de 5 000 à 10 000 €"),
     (49_999, "de 25 000 à 50 000 €"), (50_000, "50 000 € et plus"), (None, "")],
)  # fmt: skip
def test_amounts_are_told_by_bands(euros: int | None, words: str) -> None:
    assert pathway.band(euros).replace("\xa0", " ").replace("\u202f", " ") == words


def test_a_business_its_end_and_its_follow_ups_are_told(workspace: Workspace, saved: Saved) -> None:
    with on(date(2027, 3, 1)):
        typed = {
            "business.siren": "732 829 320", "business.registered_on": "01/02/2027", "business.legal_form": "EI_MICRO",
            "business.commune_code": "62361", "business.jobs": "1",
        }  # fmt: skip
        workspace.write("Création", businesses.save, saved.case_id, typed)
        ended = {"exit.reason": ExitReason.CREATION, "exit.ended_on": "28/02/2027"}
        workspace.write("Fin", endings.close, saved.case_id, ended)
        told = printed(workspace, saved)
    for expected in ("732829320", "Micro-entrepreneur", "Frévent", "du 24/11/2026 au 28/02/2027", "Motif", "1 an",
                     "3 ans", "À faire"):  # fmt: skip
        assert expected in told, expected


def test_every_file_of_a_busy_base_has_its_summary(workspace: Workspace, tmp_path: Path) -> None:
    demo.populate(workspace, people=12, seed=2, until=date(2026, 11, 24))
    cases = workspace.read(lambda session: list(session.scalars(Case.__table__.select().with_only_columns(Case.id))))
    for case_id in cases:
        assert workspace.read(catalogue.make, "pathway", case_id).content.startswith(b"%PDF")
