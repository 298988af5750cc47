"""The business created: numbers checked by their keys, dates in their order, and all that follows from it."""

from datetime import date
from typing import Any

import pytest

from boutique.core.errors import UserError
from boutique.forms.catalogue import CREATION
from boutique.models.after_choices import FollowUpState, RegistrationProof
from boutique.models.choices import LegalForm, Phase, ProjectKind
from boutique.services import businesses, calls, people, undo
from boutique.services import facts as facts_service
from boutique.services.intakes import Saved
from boutique.services.workspace import Workspace
from tests.services.conftest import LAST_DAY
from tests.services.filling import FREVENT, PARIS, open_file

SIREN, SIRET = "000123455", "00012345500016"  # the register never gave numbers that begin with 000
LA_POSTE = "35600000049837"  # an establishment of La Poste: its digits add up to a multiple of 5


def created(**more: Any) -> dict[str, Any]:
    return {"business.registered_on": "02/11/2026", **{f"business.{key}": value for key, value in more.items()}}


@pytest.fixture
def file(workspace: Workspace) -> Saved:
    return open_file(workspace, passage_happened_on="02/01/2026", project_kind=ProjectKind.CREATION)


@pytest.mark.parametrize(
    ("key", "typed", "told"),
    [
        ("siren", "000123456", "Ce SIREN n’est pas valable"),
        ("siren", "12345", "Ce SIREN n’est pas valable"),
        ("siret", "00012345500017", "Ce SIRET n’est pas valable"),
        ("siret", "0001234550001", "Ce SIRET n’est pas valable"),
        ("registered_on", "25/11/2026", "est dans le futur"),
        ("registered_on", "31/02/2026", "Il n’y a pas de 31"),
        ("registered_on", "", "obligatoire"),
        ("jobs", "-2", "va de 0 à 500"),
        ("jobs", "deux", "nombre entier"),
        ("jobs_kept", "-1", "va de 0 à 500"),
        ("verified_on", "01/11/2026", "avant son immatriculation"),
        ("ceased_on", "30/10/2026", "avant son immatriculation"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_saved(
    workspace: Workspace, file: Saved, key: str, typed: str, told: str
) -> None:
    answers, errors = CREATION.read(created(**{key: typed}))
    assert list(errors) == [f"business.{key}"]
    assert told in errors[f"business.{key}"]
    assert answers.get(f"business.{key}") is None or key in ("verified_on", "ceased_on")
    with pytest.raises(UserError, match=told):
        workspace.write("Création", businesses.save, file.case_id, created(**{key: typed}))
    assert not workspace.read(businesses.view, file.case_id).registered


def test_a_siret_of_another_business_is_told() -> None:
    errors = CREATION.read(created(siren=SIREN, siret="73282932000074"))[1]
    assert errors == {
        "business.siret": "Ce SIRET est celui d’une autre entreprise : il commence par 732829320, "
        "le SIREN est 000123455. Corrigez l’un des deux."
    }


@pytest.mark.parametrize("typed", [LA_POSTE, "000 123 455 00016", "73282932000074"])
def test_a_right_siret_is_accepted_with_or_without_blanks(typed: str) -> None:
    answers, errors = CREATION.read(created(siret=typed))
    assert errors == {}
    assert answers["business.siret"] == typed.replace(" ", "")


def test_the_siret_gives_the_siren(workspace: Workspace, file: Saved) -> None:
    workspace.write("Création", businesses.save, file.case_id, created(siret=SIRET))
    assert workspace.read(businesses.view, file.case_id).answers["business.siren"] == SIREN


def test_a_creation_starts_from_what_was_planned_and_plans_its_follow_ups(workspace: Workspace, file: Saved) -> None:
    people_answers = workspace.read(people.answers, file.case_id)
    workspace.write(
        "Fiche",
        people.save_answers,
        file.case_id,
        {
            **people_answers,
            "project.commune_code": FREVENT,
            "project.legal_form": LegalForm.MICRO_ENTREPRENEUR,
        },
    )
    shown = workspace.read(businesses.view, file.case_id)
    assert not shown.registered
    assert shown.before_creation
    assert shown.answers == {"business.commune_code": FREVENT, "business.legal_form": LegalForm.MICRO_ENTREPRENEUR}
    recorded = workspace.write(
        "Création", businesses.save, file.case_id, {**shown.answers, **created(siren=SIREN)}, post_creation=True
    )
    assert (recorded.first, recorded.ours, recorded.follow_ups) == (True, True, 6)
    shown = workspace.read(businesses.view, file.case_id)
    assert (shown.registered, shown.ours, shown.before_creation, shown.to_verify) == (True, True, False, True)
    assert workspace.read(people.header, file.case_id).phase_label == Phase.POST_CREATION.label
    due = [(line.months, line.due_on) for line in workspace.read(calls.of_case, file.case_id)]
    assert due == [
        (1, date(2026, 12, 2)), (3, date(2027, 2, 2)), (6, date(2027, 5, 2)), (12, date(2027, 11, 2)),
        (24, date(2028, 11, 2)), (36, date(2029, 11, 2)),
    ]  # fmt: skip


def test_without_agreement_the_phase_stays(workspace: Workspace, file: Saved) -> None:
    workspace.write("Création", businesses.save, file.case_id, created())
    assert workspace.read(businesses.view, file.case_id).before_creation


def test_one_undo_takes_back_business_follow_ups_and_phase(workspace: Workspace, file: Saved) -> None:
    workspace.write("Création", businesses.save, file.case_id, created(), post_creation=True)
    workspace.write("Annuler", undo.undo)
    shown = workspace.read(businesses.view, file.case_id)
    assert (shown.registered, shown.before_creation) == (False, True)
    assert workspace.read(calls.of_case, file.case_id) == ()


def test_a_business_that_was_there_before_the_file_is_no_creation(workspace: Workspace, file: Saved) -> None:
    recorded = workspace.write("Création", businesses.save, file.case_id, created(registered_on="31/12/2025"))
    assert (recorded.ours, recorded.follow_ups) == (False, 0)
    assert "ne compte pas comme une création" in businesses.follows_from(recorded)
    assert workspace.read(calls.of_case, file.case_id) == ()


def test_a_corrected_date_moves_the_follow_ups_that_are_to_do(workspace: Workspace, file: Saved) -> None:
    workspace.write("Création", businesses.save, file.case_id, created())
    workspace.write("Création", businesses.save, file.case_id, created(registered_on="31/08/2026"))
    lines = workspace.read(calls.of_case, file.case_id)
    assert [line.due_on for line in lines][:3] == [date(2026, 9, 30), date(2026, 11, 30), date(2027, 2, 28)]
    workspace.write("Création", businesses.save, file.case_id, created(registered_on="31/12/2025"))
    assert workspace.read(calls.of_case, file.case_id) == ()


def test_a_creation_told_late_asks_only_for_the_latest_point(workspace: Workspace, file: Saved) -> None:
    workspace.write("Création", businesses.save, file.case_id, created(registered_on="10/04/2026"))
    states = {line.months: line.state for line in workspace.read(calls.of_case, file.case_id)}
    assert states[1] is states[3] is FollowUpState.POINTLESS
    assert states[6] is FollowUpState.TO_DO


def test_a_business_that_has_ceased_needs_no_later_follow_up(workspace: Workspace, file: Saved) -> None:
    workspace.write("Création", businesses.save, file.case_id, created(registered_on="10/09/2026"))
    workspace.write(
        "Création", businesses.save, file.case_id, created(registered_on="10/09/2026", ceased_on="15/11/2026")
    )
    states = {line.months: line.state for line in workspace.read(calls.of_case, file.case_id)}
    assert states == {1: FollowUpState.TO_DO} | dict.fromkeys((3, 6, 12, 24, 36), FollowUpState.POINTLESS)
    workspace.write("Création", businesses.save, file.case_id, created(registered_on="10/09/2026"))
    assert {line.state for line in workspace.read(calls.of_case, file.case_id)} == {FollowUpState.TO_DO}


def test_another_file_with_the_same_number_is_told(workspace: Workspace, file: Saved) -> None:
    other = open_file(workspace, "Bruno", "Petit", passage_happened_on="02/01/2026")
    for case in (file.case_id, other.case_id):
        workspace.write("Création", businesses.save, case, created(siren=SIREN))
    assert workspace.read(businesses.view, other.case_id).twin == file.reference


def test_a_proof_makes_it_verified(workspace: Workspace, file: Saved) -> None:
    workspace.write(
        "Création", businesses.save, file.case_id, created(proof=RegistrationProof.REGISTER, verified_on=LAST_DAY)
    )
    assert not workspace.read(businesses.view, file.case_id).to_verify


def test_facts_speak_of_the_business_as_it_is(workspace: Workspace, file: Saved) -> None:
    def facts() -> dict[str, Any]:
        return workspace.read(facts_service.of_case, file.case_id)

    assert facts()["business.registered"] is False
    workspace.write(
        "Création", businesses.save, file.case_id,
        created(commune_code=PARIS, legal_form=LegalForm.ASSOCIATION),
    )  # fmt: skip
    found = facts()
    assert found["business.registered"] is True
    assert found["business.days_since_registration"] == 22
    assert (found["project.legal_form"], found["project.commune_code"]) == (LegalForm.ASSOCIATION, PARIS)
    workspace.write("Création", businesses.save, file.case_id, created(ceased_on="20/11/2026"))
    found = facts()
    assert found["business.registered"] is False
    assert "business.unpaid_social_or_tax" not in found
    workspace.write("Retrait", businesses.withdraw, file.case_id)
    found = facts()
    assert found["business.registered"] is False
    assert "business.age_months" not in found


def test_what_the_fiche_does_not_ask_survives_its_saving(workspace: Workspace, file: Saved) -> None:
    workspace.write("Création", businesses.save, file.case_id, created(name="Le Fournil", siren=SIREN))
    workspace.write("Fiche", people.save_answers, file.case_id, workspace.read(people.answers, file.case_id))
    assert workspace.read(businesses.view, file.case_id).answers["business.name"] == "Le Fournil"
