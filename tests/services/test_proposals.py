"""From a need to structures: each proposal explained, territory and freshness told, what would change the list."""

import re
import uuid
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core.clock import today
from boutique.forms.catalogue import FILE
from boutique.models.case import Case
from boutique.models.choices import (
    Phase,
    ReferralStatus,
    SharedData,
    TerritoryLevel,
)
from boutique.models.referral import Partner, PartnerTerritory
from boutique.models.structure import Site
from boutique.services import (
    coverage,
    people,
    proposals,
    referrals,
)
from boutique.services.coverage import Record
from boutique.services.intakes import Saved
from boutique.services.workspace import Workspace
from tests.services.conftest import LAST_DAY
from tests.services.filling import FREVENT, add_partner, on, open_file, refer


def names(workspace: Workspace, saved: Saved) -> list[str]:
    return [item.name for item in workspace.read(proposals.proposals, saved.case_id).items]


def test_a_proposal_names_its_rule_its_territory_and_its_freshness(
    workspace: Workspace, saved: Saved, cma: uuid.UUID
) -> None:
    found = workspace.read(proposals.proposals, saved.case_id)
    (item,) = [item for item in found.items if item.partner_id == cma]
    told = " | ".join(item.reasons)
    assert re.search(r"\(règle R\d{3}\)", told)
    assert "répond au besoin" not in told or item.for_need
    assert "couvre Frévent (Pas-de-Calais) ; fiche vérifiée il y a 40 jours" in told
    why = item.why(tuple(SharedData))
    assert "règle" not in why
    assert "vérifiée" not in why
    assert why.endswith("votre structure couvre Frévent (Pas-de-Calais).")
    assert item.place == "Saint-Pol-sur-Ternoise"
    assert found.place == "Frévent"


def test_nearer_structures_come_first_and_three_of_a_type_are_enough(workspace: Workspace, saved: Saved) -> None:
    levels = [
        ("Nationale", TerritoryLevel.NATIONAL, ""), ("Régionale", TerritoryLevel.REGION, "32"),
        ("De l’EPCI", TerritoryLevel.EPCI, "200069672"), ("De Frévent", TerritoryLevel.COMMUNE, FREVENT),
        ("De Paris", TerritoryLevel.DEPARTMENT, "75"),
    ]  # fmt: skip
    for name, level, code in levels:
        add_partner(workspace, name, "BGE", level=level, code=code)
    assert [name for name in names(workspace, saved) if name in {level[0] for level in levels}] == [
        "De Frévent", "De l’EPCI", "Régionale",
    ]  # fmt: skip


def test_a_structure_that_covers_twice_is_proposed_once_by_its_nearest_territory(
    workspace: Workspace, saved: Saved
) -> None:
    def twice(session: Session) -> None:
        partner = Partner(name="BGE", type_code="BGE")
        session.add(partner)
        for level, code in ((TerritoryLevel.NATIONAL, ""), (TerritoryLevel.COMMUNE, FREVENT)):
            session.add(PartnerTerritory(partner_id=partner.id, level=level, code=code))

    workspace.write("Ajouter", twice)
    found = workspace.read(coverage.covering, FREVENT, {"BGE"})
    assert [item.extent for item in found] == ["couvre Frévent"]
    assert workspace.read(coverage.covering, None, {"BGE"})[0].extent == "couvre toute la France"


def test_an_archived_structure_is_never_proposed(workspace: Workspace, saved: Saved, cma: uuid.UUID) -> None:
    assert "CMA du Ternois" in names(workspace, saved)

    def archive(session: Session) -> None:
        session.get_one(Partner, cma).archived_on = today()

    workspace.write("Archiver", archive)
    assert "CMA du Ternois" not in names(workspace, saved)


def test_types_that_nobody_covers_are_told(workspace: Workspace, saved: Saved, cma: uuid.UUID) -> None:
    found = workspace.read(proposals.proposals, saved.case_id)
    assert found.without_partner
    assert not [label for label in found.without_partner if "métiers" in label.lower() and "CMA" in label]


def test_answering_the_missing_question_changes_the_list(workspace: Workspace, saved: Saved) -> None:
    add_partner(workspace, "France Travail", "FRANCE_TRAVAIL")
    add_partner(workspace, "CMA", "CMA")
    workspace.write("Répondre", people.answer_one, saved.case_id, "holder.allowances", ("ARE",))
    workspace.write("Phase", people.enter_phase, saved.case_id, Phase.FINANCING)
    before = workspace.read(proposals.proposals, saved.case_id)
    assert names(workspace, saved) == ["CMA", "France Travail"]
    waiting = before.items[1]
    assert "demandeur d’emploi indemnisé proche de l’immatriculation\u00a0? (règle R003)" in waiting.reasons
    assert waiting.missing[0].field == "holder.benefit_simulation_done"
    assert before.what_if[0] == (
        "Si le choix entre Arce et maintien de l’ARE n’est pas fait, France Travail passerait en tête."
    )
    workspace.write("Répondre", people.answer_one, saved.case_id, "holder.benefit_simulation_done", "Non")
    assert names(workspace, saved) == ["France Travail", "CMA"]
    first = workspace.read(proposals.proposals, saved.case_id).items[0]
    assert (first.missing, first.blocking) == ((), True)
    assert "demandeur d’emploi" in first.why((SharedData.EMPLOYMENT,)).lower()
    assert "emploi" not in first.why((SharedData.IDENTITY,))


def test_the_habits_of_a_partner_are_told_from_three_answers_on(
    workspace: Workspace, saved: Saved, cma: uuid.UUID
) -> None:
    for rank in range(3):
        (made,) = refer(workspace, saved, cma)
        with on(LAST_DAY + timedelta(rank)):
            workspace.write("Répondre", referrals.set_status, made, ReferralStatus.TAKEN_UP)
    with on(LAST_DAY + timedelta(3)):
        (item,) = [i for i in workspace.read(proposals.proposals, saved.case_id).items if i.partner_id == cma]
        assert item.reasons[-1] == "3 orientations sur 3 acceptées, réponse en 1 jour"
    record = workspace.read(coverage.records, [cma])[cma]
    assert record == Record(3, 3, 3, 1, 3)


def test_without_a_commune_the_place_of_the_file_decides(workspace: Workspace, cma: uuid.UUID) -> None:
    saved = open_file(workspace, "Léa", needs=("IDEE_PARCOURS",))
    found = workspace.read(proposals.proposals, saved.case_id)
    assert found.place == "Saint-Pol-sur-Ternoise"
    assert cma in [item.partner_id for item in found.items]

    def nowhere(session: Session) -> None:
        session.scalars(select(Site)).one().commune_code = None

    workspace.write("Lieu", nowhere)
    assert workspace.read(proposals.proposals, saved.case_id).place == ""


def test_what_is_not_asked_of_a_person_is_not_waited_for(workspace: Workspace) -> None:
    """How long one has been registered as a jobseeker concerns nobody in a job: rule R038 has nothing to wait for."""
    plie = add_partner(workspace, "PLIE", "PLIE")

    def waits(employment: str) -> list[str]:
        saved = open_file(workspace, employment, holder_employment_status=employment)
        workspace.write("Répondre", people.answer_one, saved.case_id, "diagnosis.person", "2")
        items = workspace.read(proposals.proposals, saved.case_id).items
        return [missing.field for item in items if item.partner_id == plie for missing in item.missing]

    assert waits("DE_NON_INDEMNISE") == ["holder.registration_duration"]
    assert waits("SALARIE_CDI_TP") == []


def test_no_proposal_of_a_year_of_files_waits_for_a_hidden_question(demo_workspace: Workspace) -> None:
    cases = demo_workspace.read(lambda session: list(session.scalars(select(Case.id))))
    waiting = 0
    for case_id in cases:
        shown = FILE.visible(demo_workspace.read(people.answers, case_id))
        for item in demo_workspace.read(proposals.proposals, case_id).items:
            waiting += bool(item.missing)
            keys = {proposals.ASKED_BY.get(one.field, one.field) for one in item.missing}
            assert keys <= shown | ({*keys} - {field.key for field in FILE.fields()})
    assert waiting
