"""Accueil: a visit becomes a file, stays anonymous until somebody is named, and is compared with known people."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from boutique.core.errors import UserError
from boutique.models.case import Case, Passage, PhaseChange
from boutique.models.choices import Allowance, Channel, EmploymentStatus, ProjectKind
from boutique.models.person import Person
from boutique.models.project import ProjectMember
from boutique.models.referral import Need
from boutique.models.structure import Structure
from boutique.models.trace import Consent, Zoning, ZoningList
from boutique.rules.schemes import Eligibility
from boutique.services import duplicates, intakes, people, referrals
from boutique.services.workspace import Workspace
from tests.services.conftest import LAST_DAY
from tests.services.filling import FREVENT, open_file, typed


def counts(workspace: Workspace) -> dict[str, int]:
    def read(session: Session) -> dict[str, int]:
        models = (Person, Case, Passage, ProjectMember, PhaseChange, Need, Consent)
        return {model.__tablename__: session.scalar(select(func.count()).select_from(model)) or 0 for model in models}

    return workspace.read(read)


def test_an_intake_starts_with_what_nobody_should_have_to_type(workspace: Workspace) -> None:
    assert workspace.read(intakes.blank) == {"passage.happened_on": LAST_DAY, "passage.channel": Channel.WALK_IN}


def test_two_typed_inputs_make_a_whole_file(workspace: Workspace) -> None:
    start = workspace.read(intakes.blank)
    answers = {**start, "holder.first_name": "Zoé", "holder.last_name": "Martin"}
    saved = workspace.write("Accueillir", intakes.save, answers, needs=("IDEE_TEST", "IDEE_TEST"), notice=True)
    assert saved.reference == "2026-0001"
    assert counts(workspace) == {
        "person": 1, "accompaniment": 1, "passage": 1, "project_member": 1, "phase_change": 1, "need": 1, "consent": 1,
    }  # fmt: skip
    header = workspace.read(people.header, saved.case_id)
    assert header.notice_given
    assert header.counts == {"interviews": 0, "actions": 0, "referrals": 0, "pieces": 0, "visits": 1, "needs": 1}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"holder.first_name": "\u200b "}, "« Prénom » est obligatoire"),
        ({"holder.phone": "12"}, "téléphone"),
        ({"holder.birth_date": "31/02/1990"}, "Il n’y a pas de 31"),
        ({"passage.happened_on": "01/01/2030"}, "futur"),
        ({"holder.commune_code": "Frévent"}, "Choisissez-la dans la liste"),
        ({"project.summary": "x" * 601}, "rien n’a été coupé"),
    ],
)
def test_a_wrong_answer_saves_nothing(workspace: Workspace, wrong: dict[str, Any], told: str) -> None:
    with pytest.raises(UserError, match=told):
        workspace.write("Accueillir", intakes.save, {**typed(), **wrong})
    assert set(counts(workspace).values()) == {0}


@pytest.mark.parametrize(
    "name",
    ["<b>Durand</b>", "=cmd|' /C calc'!A0", "Robert'); DROP TABLE person;--", "%s {0}", "علي", "NULL", "O'Brien"],
)
def test_a_hostile_name_is_a_name(workspace: Workspace, name: str) -> None:
    saved = open_file(workspace, name, name)
    assert workspace.read(people.header, saved.case_id).name == f"{name} {name}"


def test_references_follow_each_other_within_their_year(workspace: Workspace) -> None:
    assert open_file(workspace).reference == "2026-0001"
    assert open_file(workspace, "Léa").reference == "2026-0002"
    assert open_file(workspace, "Tom", passage_happened_on="31/12/2025").reference == "2025-0001"

    def many(session: Session) -> None:
        session.scalars(select(Case).where(Case.reference == "2026-0002")).one().reference = "2026-9999"

    workspace.write("Beaucoup de dossiers", many)
    assert open_file(workspace, "Ana").reference == "2026-10000"
    assert open_file(workspace, "Eva").reference == "2026-10001"


def test_an_anonymous_visit_becomes_a_file_without_being_lost(workspace: Workspace) -> None:
    said = {"passage.happened_on": LAST_DAY, "passage.channel": Channel.PHONE, "holder.commune_code": FREVENT}
    visit = workspace.write("Passage", intakes.save_anonymous, said, needs=("IDEE_TEST",))
    (line,) = workspace.read(intakes.passages_today)
    assert (line.id, line.channel, line.needs) == (visit, Channel.PHONE.label, ("Tester avant de créer",))
    start = workspace.read(intakes.passage_answers, visit)
    assert start["holder.commune_code"] == FREVENT
    assert start["passage.needs"] == ("IDEE_TEST",)
    answers = {**start, "holder.first_name": "Zoé", "holder.last_name": "Martin"}
    saved = workspace.write("Nommer", intakes.save, answers, needs=start["passage.needs"], passage_id=visit)
    assert counts(workspace)["passage"] == 1
    assert workspace.read(intakes.passages_today) == ()
    assert workspace.read(people.answers, saved.case_id)["holder.commune_code"] == FREVENT

    def of_person(session: Session) -> tuple[Any, ...]:
        row = session.get_one(Passage, visit)
        return row.person_id, row.case_id, row.channel, row.needs

    assert workspace.read(of_person) == (saved.person_id, saved.case_id, Channel.PHONE, ("IDEE_TEST",))


def test_a_visit_that_was_named_is_not_named_again(workspace: Workspace) -> None:
    visit = workspace.write("Passage", intakes.save_anonymous, workspace.read(intakes.blank))
    workspace.write("Nommer", intakes.save, typed(), passage_id=visit)
    with pytest.raises(UserError, match="déjà un dossier"):
        workspace.write("Nommer", intakes.save, typed("Léa"), passage_id=visit)
    with pytest.raises(UserError, match="déjà un dossier"):
        workspace.read(intakes.passage_answers, visit)
    assert counts(workspace)["person"] == 1


def test_an_anonymous_visit_needs_a_day_and_nothing_else(workspace: Workspace) -> None:
    workspace.write("Passage", intakes.save_anonymous, {"passage.happened_on": LAST_DAY, "holder.phone": "12"})
    with pytest.raises(UserError, match="« Date » est obligatoire"):
        workspace.write("Passage", intakes.save_anonymous, {})


def test_somebody_known_who_comes_again_is_fresh_again(workspace: Workspace) -> None:
    saved = open_file(workspace, passage_happened_on="01/09/2026", needs=("IDEE_TEST",))
    workspace.write("Passage", intakes.add_visit, saved.case_id, needs=("IDEE_TEST", "MARCHE_ETUDE"))
    assert workspace.read(people.header, saved.case_id).counts["visits"] == 2
    assert [need.subject_code for need in workspace.read(referrals.needs, saved.case_id)] == [
        "IDEE_TEST", "MARCHE_ETUDE",
    ]  # fmt: skip

    def last_contact(session: Session) -> date:
        return session.get_one(Case, saved.case_id).last_contact_on

    assert workspace.read(last_contact) == LAST_DAY


def test_an_unknown_need_is_our_mistake_not_the_user_s(workspace: Workspace) -> None:
    with pytest.raises(KeyError):
        open_file(workspace, needs=("N_EXISTE_PAS",))
    assert counts(workspace)["person"] == 0


def test_the_notice_is_recorded_in_the_version_in_force(workspace: Workspace) -> None:
    def third_version(session: Session) -> None:
        session.scalars(select(Structure)).one().notice_version = 3

    workspace.write("Notice", third_version)
    workspace.write("Accueillir", intakes.save, typed(), notice=True)
    assert workspace.read(lambda session: session.scalars(select(Consent.text_version)).one()) == "3"


def test_the_panel_tells_what_the_answers_mean_so_far(workspace: Workspace) -> None:
    empty = workspace.read(intakes.panel, {})
    assert (empty.schemes, empty.zoning, empty.completeness) == ((), (), 0)
    assert "holder.first_name" in empty.errors
    said = {
        **typed(),
        "holder.commune_code": FREVENT,
        "holder.employment_status": EmploymentStatus.JOBSEEKER_WITH_BENEFIT,
        "holder.allowances": (Allowance.UNEMPLOYMENT_BENEFIT, Allowance.ACTIVE_SOLIDARITY_INCOME),
        "project.kind": ProjectKind.CREATION,
    }
    panel = workspace.read(intakes.panel, said)
    assert panel.errors == {}
    assert 0 < panel.completeness < 1
    assert "holder.allowances" in panel.visible
    assert panel.schemes
    assert all(line.detail for line in panel.schemes)
    waiting = [line for line in panel.schemes if line.state is Eligibility.TO_COMPLETE]
    assert waiting
    assert all(line.detail.startswith("il manque : ") for line in waiting)
    assert Eligibility.NO not in {line.state for line in panel.schemes}


def test_what_is_missing_is_named_two_at_most() -> None:
    class Item:
        def __init__(self, label: str) -> None:
            self.label = label

    told = intakes._missing(tuple(map(Item, ("Commune", "Naissance", "Emploi", "Sexe"))))
    assert told == "il manque : commune, naissance et 2 autres"


def test_zoning_is_to_be_checked_until_the_lists_are_there(workspace: Workspace) -> None:
    said = {"holder.commune_code": FREVENT}
    assert workspace.read(intakes.panel, said).zoning == (
        "Frévent : zone rurale à vérifier (liste FRR non importée)", "QPV à vérifier à l’adresse",
    )  # fmt: skip

    def lists(session: Session) -> None:
        session.add_all(
            [ZoningList(kind="FRR", vintage="2026", rows=1), ZoningList(kind="QPV", vintage="2024", rows=1)]
        )
        session.add(Zoning(kind="FRR", commune_code=FREVENT, zone_code="FRR", label="Frévent", classified=True))
        session.add(Zoning(kind="QPV", commune_code="62119", zone_code="QN1", label="Les Fleurs", classified=True))

    workspace.write("Listes", lists)
    assert workspace.read(intakes.panel, said).zoning == (
        "Frévent est en zone rurale (FRR)",
        "Aucun QPV dans la commune",
    )
    bethune = workspace.read(intakes.panel, {"holder.commune_code": "62119"}).zoning
    assert bethune[0].endswith("n’est pas en zone rurale")
    assert bethune[1] == "QPV à vérifier à l’adresse : Les Fleurs"


def possible(workspace: Workspace, first: str = "", last: str = "", **more: Any) -> list[tuple[str, tuple[str, ...]]]:
    found = workspace.read(duplicates.possible, typed(first, last, **more))
    return [(item.reference, item.reasons) for item in found]


@pytest.fixture
def known(workspace: Workspace) -> Workspace:
    """One file, well filled."""
    open_file(
        workspace, "Zoé", "Vandenbroucke", holder_phone="06 12 34 56 78", holder_email="zoe@exemple.fr",
        holder_birth_date="12/03/1985", holder_commune_code=FREVENT,
    )  # fmt: skip
    return workspace


@pytest.mark.parametrize(
    ("typing", "reason"),
    [
        ({"first": "Zoé", "last": "Vandenbroucke"}, "même nom"),
        ({"first": "Zoe\u0301", "last": "VANDENBROUCKE"}, "même nom"),
        ({"first": "Vandenbroucke", "last": "Zoé"}, "nom et prénom inversés"),
        ({"last": "Vandenbroucke"}, "même nom de famille"),
        ({"first": "Zoé", "last": "Vandenbrouke"}, "nom à une lettre près"),
        ({"first": "Zoé", "last": "Vandenbroeck"}, "nom très proche"),
        ({"first": "Zoé", "holder_phone": "+33 6 12 34 56 78"}, "même téléphone"),
        ({"first": "Zoé", "last": "Petit", "holder_phone": "0612345678"}, "même prénom"),
        ({"first": "Zoé", "holder_email": "ZOE@exemple.fr"}, "même e-mail"),
        ({"first": "Zoé", "last": "Dupont", "holder_birth_date": "12/03/1985"}, "même naissance"),
        ({"first": "Zoé", "last": "Vandenbroucke", "holder_birth_date": "03/12/1985"}, "naissance au jour et mois"),
    ],
)
def test_somebody_close_shows_with_the_reason(known: Workspace, typing: dict[str, Any], reason: str) -> None:
    ((reference, reasons),) = possible(known, **typing)
    assert reference == "2026-0001"
    assert any(said.startswith(reason) for said in reasons)


@pytest.mark.parametrize(
    "typing",
    [
        {},
        {"first": "Zoé"},
        {"last": "V"},
        {"first": "Marc", "last": "Petit"},
        {"first": "Luc", "last": "Vandenbroucke"},
        {"first": "Zoé", "last": "Petit"},
        {"first": "Zoé", "last": "Petit", "holder_birth_date": "30/04/1999"},
        {"first": "Zoé", "last": "Vandenbrouke", "holder_birth_date": "30/04/1999"},
    ],
)
def test_somebody_else_does_not(known: Workspace, typing: dict[str, Any]) -> None:
    assert possible(known, **typing) == []


def test_a_couple_shares_a_phone_and_is_a_household(known: Workspace) -> None:
    (found,) = known.read(
        duplicates.possible, typed("Marc", "Vandenbroucke", holder_phone="0612345678", holder_email="zoe@exemple.fr")
    )
    assert found.household
    assert found.reasons == ("même téléphone", "même e-mail", "autre prénom : même foyer ?")
    assert (found.name, found.commune) == ("Zoé Vandenbroucke", "Frévent")
    saved = open_file(known, "Marc", "Vandenbroucke", holder_phone="0612345678")
    assert saved.reference == "2026-0002"
    assert len(possible(known, "Zoé", "Vandenbroucke", holder_phone="0612345678")) == 2


def test_twins_of_the_same_name_may_both_be_kept(known: Workspace) -> None:
    twin = {"holder_birth_date": "12/03/1985"}
    assert possible(known, "Zoé", "Vandenbroucke", **twin)[0][1][:2] == ("même naissance", "même nom")
    open_file(known, "Zoé", "Vandenbroucke", **twin)
    assert [reference for reference, _ in possible(known, "Zoé", "Vandenbroucke", **twin)] == ["2026-0001", "2026-0002"]


def test_the_completeness_of_a_file_grows_with_its_answers(workspace: Workspace) -> None:
    saved = open_file(workspace)
    before = workspace.read(intakes.completeness, saved.case_id)
    workspace.write("Répondre", people.answer_one, saved.case_id, "holder.commune_code", FREVENT)
    assert before < workspace.read(intakes.completeness, saved.case_id) < 1
