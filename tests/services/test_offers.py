"""What is proposed, chosen all the same or set aside: kept with its reason; earlier referrals are told first."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core.errors import UserError
from boutique.models.case import Case
from boutique.models.choices import Gender, Public, ReferralStatus, TerritoryLevel
from boutique.models.proposal import ProposedPartner
from boutique.models.referral import Partner, Referral
from boutique.services import earlier, outside, people, proposals, referrals, undo
from boutique.services.intakes import Saved
from boutique.services.outside import Override
from boutique.services.proposals import Proposal
from boutique.services.workspace import Workspace
from tests.services.conftest import LAST_DAY
from tests.services.filling import FREVENT, add_partner, on, refer


def items(workspace: Workspace, saved: Saved) -> dict[uuid.UUID, Proposal]:
    return {item.partner_id: item for item in workspace.read(proposals.proposals, saved.case_id).items}


def names(workspace: Workspace, saved: Saved) -> list[str]:
    return [item.name for item in items(workspace, saved).values()]


def kept(workspace: Workspace) -> list[tuple[str, int, bool, str | None]]:
    query = (
        select(Partner.name, ProposedPartner.rank, ProposedPartner.chosen, ProposedPartner.set_aside)
        .join(Partner, Partner.id == ProposedPartner.partner_id)
        .order_by(ProposedPartner.id)
    )
    rows = workspace.read(lambda session: session.execute(query).all())
    return [(name, rank, chosen, aside) for name, rank, chosen, aside in rows]


def three_of_a_type(workspace: Workspace) -> list[uuid.UUID]:
    return [add_partner(workspace, f"BGE {place}", "BGE", level=level, code=code) for place, level, code in (
        ("de Frévent", TerritoryLevel.COMMUNE, FREVENT),
        ("de l’EPCI", TerritoryLevel.EPCI, "200069672"),
        ("de la région", TerritoryLevel.REGION, "32"),
    )]  # fmt: skip


def test_what_was_proposed_and_not_chosen_is_kept_with_the_referral_and_undone_with_it(
    workspace: Workspace, saved: Saved
) -> None:
    near, middle, _far = three_of_a_type(workspace)
    refer(workspace, saved, middle)
    assert kept(workspace) == [
        ("BGE de Frévent", 1, False, None), ("BGE de l’EPCI", 2, True, None), ("BGE de la région", 3, False, None),
    ]  # fmt: skip
    refer(workspace, saved, near)  # the same day: nothing is counted twice
    assert [line for line in kept(workspace) if line[2]] == [
        ("BGE de l’EPCI", 2, True, None), ("BGE de Frévent", 1, True, None),
    ]  # fmt: skip
    assert len(kept(workspace)) == 4
    workspace.write("Annulation", undo.undo)
    workspace.write("Annulation", undo.undo)
    assert kept(workspace) == []


def test_what_nothing_proposed_is_chosen_with_a_reason_that_stays_with_the_referral(
    workspace: Workspace, saved: Saved, cma: uuid.UUID
) -> None:
    bank = add_partner(workspace, "Banque de Paris", "BANQUE", level=TerritoryLevel.DEPARTMENT, code="75")
    with pytest.raises(UserError, match="choisissez une raison"):
        refer(workspace, saved, bank, overrides={})
    with pytest.raises(UserError, match="quelques mots"):
        refer(workspace, saved, bank, overrides={bank: Override("AUTRE", "  ")})
    with pytest.raises(UserError, match="300 caractères"):
        refer(workspace, saved, bank, overrides={bank: Override("AUTRE", "a" * 301)})
    assert kept(workspace) == []
    (made,) = refer(workspace, saved, bank, overrides={bank: Override("AUTRE", " Elle y a\u202e un compte. ")})
    row = workspace.read(lambda session: session.get_one(Referral, made))
    assert (row.override_code, row.override_note) == ("AUTRE", "Elle y a un compte.")
    assert row.reason == "Choisie avec la personne."  # what is printed says nothing of it
    assert ("Banque de Paris", 0, True, None) in kept(workspace)
    refer(workspace, saved, cma, overrides={})  # proposed: nothing to explain


def test_why_nothing_proposes_a_structure_is_told(workspace: Workspace, saved: Saved, cma: uuid.UUID) -> None:
    far = add_partner(workspace, "CMA de Paris", "CMA", level=TerritoryLevel.DEPARTMENT, code="75")
    agency = add_partner(workspace, "Transitions Pro", "TRANSITIONS_PRO")
    assert workspace.read(outside.why_not, saved.case_id, far)[0] == "ne couvre pas Frévent"
    told = workspace.read(outside.why_not, saved.case_id, agency)
    assert [line.partition(" vaut si ")[0] for line in told] == ["la règle R002"]
    assert "«\u00a0Salarié préparant une démission pour création\u00a0»" in told[0]

    def archive(session: Session) -> None:
        session.get_one(Partner, far).archived_on = LAST_DAY

    workspace.write("Archiver", archive)
    assert workspace.read(outside.why_not, saved.case_id, far)[0] == "sa fiche est archivée"


def test_a_proposal_set_aside_goes_last_with_its_reason_and_comes_back(workspace: Workspace, saved: Saved) -> None:
    near, *_ = three_of_a_type(workspace)
    assert names(workspace, saved)[0] == "BGE de Frévent"
    workspace.write("Écarter", proposals.set_aside, saved.case_id, near, "TROP_LOIN")
    assert names(workspace, saved) == ["BGE de l’EPCI", "BGE de la région", "BGE de Frévent"]
    assert items(workspace, saved)[near].aside == "TROP_LOIN"
    with pytest.raises(UserError, match="choisissez une raison"):
        refer(workspace, saved, near, overrides={})
    with on(LAST_DAY + timedelta(3)):  # still so on another day, and the day says why it was not chosen
        refer(workspace, saved, items(workspace, saved).popitem()[0])
        assert items(workspace, saved)[near].aside == ""
    with pytest.raises(UserError, match="dans la liste"):
        workspace.write("Écarter", proposals.set_aside, saved.case_id, near, "JE_SAIS_PAS")
    workspace.write("Écarter", proposals.set_aside, saved.case_id, near, "REFUS_PERSONNE")
    workspace.write("Remettre", proposals.set_aside, saved.case_id, near, None)
    assert items(workspace, saved)[near].aside == ""


def test_an_earlier_referral_of_any_file_of_the_person_is_told_first(
    workspace: Workspace, saved: Saved, cma: uuid.UUID
) -> None:
    (made,) = refer(workspace, saved, cma)
    workspace.write("Refuser", referrals.set_status, made, ReferralStatus.REFUSED, refusal_code="HORS_PUBLIC")

    def second_file(session: Session) -> uuid.UUID:
        first = session.get_one(Case, saved.case_id)
        row = Case(
            reference="2027-0001", person_id=first.person_id, project_id=first.project_id, opened_on=LAST_DAY,
            last_contact_on=LAST_DAY,
        )  # fmt: skip
        session.add(row)
        session.flush()
        return row.id

    other = workspace.write("Second dossier", second_file)
    with on(LAST_DAY.replace(year=2027, month=3, day=1)):
        (told,) = workspace.read(earlier.of_person, other)
        assert told.sentence == (
            "Déjà orientée vers CMA du Ternois le 24 novembre 2026\u00a0: refusée, public non concerné"
        )
        assert told.case_id == saved.case_id
        first = workspace.read(proposals.proposals, other).items
        assert [item.before for item in first if item.partner_id == cma] in (
            [], ["déjà orientée le 24 novembre 2026\u00a0: refusée, public non concerné"],
        )  # fmt: skip
    (here,) = [item for item in items(workspace, saved).values() if item.partner_id == cma]
    assert here.before == "déjà orientée le 24 novembre\u00a0: refusée, public non concerné"
    workspace.write("Annuler", referrals.set_status, made, ReferralStatus.CANCELLED)
    assert workspace.read(earlier.of_person, other) == ()


def test_a_structure_tried_before_or_of_another_public_goes_after_its_like(workspace: Workspace, saved: Saved) -> None:
    workspace.write("Répondre", people.answer_one, saved.case_id, "holder.gender", Gender.MALE)
    near, middle, far = three_of_a_type(workspace)
    refer(workspace, saved, near)
    assert names(workspace, saved)[0] == "BGE de l’EPCI"

    def women_only(session: Session) -> None:
        session.get_one(Partner, middle).publics = (Public.WOMEN,)
        session.get_one(Partner, far).publics = (Public.JOB_SEEKERS,)

    workspace.write("Publics", women_only)
    assert names(workspace, saved)[0] == "BGE de la région"
    found = items(workspace, saved)
    assert "reçoit ce public\u00a0: demandeurs d’emploi" in found[far].reasons
    assert "à vérifier\u00a0: reçoit femmes" in found[middle].reasons


def test_a_sheet_that_says_the_theme_of_a_need_is_proposed_after_the_types_that_serve_it(
    workspace: Workspace, saved: Saved
) -> None:
    workspace.write("Besoin", referrals.add_need, saved.case_id, "IDEE_PARCOURS")
    bge = add_partner(workspace, "BGE", "BGE")
    club = add_partner(workspace, "Un club", "CLUB_ENTREPRENEURS", themes=("IDEE",), verified_on=LAST_DAY)
    found = list(items(workspace, saved).values())
    assert [item.partner_id for item in found if item.partner_id in (bge, club)] == [bge, club]
    assert "sa fiche dit le thème «\u00a0Construire le projet\u00a0»" in found[-1].reasons


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (0, "fiche vérifiée aujourd’hui"), (1, "fiche vérifiée il y a 1 jour"), (60, "fiche vérifiée il y a 60 jours"),
        (61, "fiche vérifiée il y a 2 mois"), (426, "fiche vérifiée il y a 14 mois, à revérifier"),
        (1200, "fiche vérifiée il y a 3 ans, à revérifier"),
    ],
)  # fmt: skip
def test_freshness_is_told_in_days_then_months_then_years(
    workspace: Workspace, saved: Saved, days: int, told: str
) -> None:
    partner = add_partner(workspace, "BGE", "BGE", verified_on=LAST_DAY - timedelta(days))
    assert items(workspace, saved)[partner].reasons[-1].endswith(told)
