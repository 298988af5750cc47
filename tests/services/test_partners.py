"""The directory of partners: who covers a commune, how old a sheet is, what saving and archiving do."""

import uuid
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core.clock import today
from boutique.core.errors import UserError
from boutique.models.choices import TerritoryLevel
from boutique.models.referral import Partner, PartnerTerritory, Referral
from boutique.services import directory, partner_figures, partners, territories, undo
from boutique.services.directory import Freshness, PartnerQuery
from boutique.services.territories import Area
from boutique.services.workspace import Workspace

FREVENT, ARRAS, LILLE = "62361", "62041", "59350"
PAS_DE_CALAIS: Area = (TerritoryLevel.DEPARTMENT, "62")


def typed(name: str, type_code: str = "CMA", **more: str) -> dict[str, str]:
    return {"partner.name": name, "partner.type_code": type_code} | {f"partner.{k}": v for k, v in more.items()}


def add(workspace: Workspace, name: str, type_code: str = "CMA", *areas: Area, **more: str) -> uuid.UUID:
    return workspace.write(
        "Ajout d’un partenaire", partners.save, None, typed(name, type_code, **more), areas or (PAS_DE_CALAIS,)
    )


def names(workspace: Workspace, **query: object) -> list[str]:
    page = workspace.read(directory.directory, PartnerQuery(**query))  # type: ignore[arg-type]
    assert page.total == len(page.rows)
    return [row.name for row in page.rows]


def test_a_partner_is_found_by_name_type_and_town(workspace: Workspace) -> None:
    add(workspace, "Chambre de métiers d’Arras", commune_code=ARRAS)
    add(workspace, "Adie Lens", "ADIE")
    assert names(workspace) == ["Adie Lens", "Chambre de métiers d’Arras"]
    assert names(workspace, text="metiers ARRAS") == ["Chambre de métiers d’Arras"]
    assert names(workspace, text="adie") == ["Adie Lens"]
    assert names(workspace, text="arras") == ["Chambre de métiers d’Arras"]
    assert names(workspace, text="100%_") == []


def test_coverage_goes_from_the_commune_to_the_whole_country(workspace: Workspace) -> None:
    epci = workspace.reference.commune(FREVENT)
    assert epci is not None
    assert epci.epci_code is not None
    add(workspace, "A commune", "CMA", (TerritoryLevel.COMMUNE, FREVENT))
    add(workspace, "B epci", "CMA", (TerritoryLevel.EPCI, epci.epci_code))
    add(workspace, "C département", "CMA", PAS_DE_CALAIS)
    add(workspace, "D région", "CMA", (TerritoryLevel.REGION, "32"))
    add(workspace, "E pays", "CMA", (TerritoryLevel.NATIONAL, ""))
    assert names(workspace, commune_code=FREVENT) == ["A commune", "B epci", "C département", "D région", "E pays"]
    assert names(workspace, commune_code=ARRAS) == ["C département", "D région", "E pays"]
    assert names(workspace, commune_code=LILLE) == ["D région", "E pays"]


def test_a_theme_finds_the_types_that_serve_it_and_the_sheets_that_name_it(workspace: Workspace) -> None:
    serving = directory._types_serving("IDEE")[0]
    add(workspace, "Par son type", serving)
    other = next(code for code, _ in partners.types() if code not in directory._types_serving("IDEE"))
    workspace.write(
        "Ajout", partners.save, None, typed("Par sa fiche", other) | {"partner.themes": ("IDEE",)}, (PAS_DE_CALAIS,)
    )
    add(workspace, "Ni l’un ni l’autre", other)
    assert names(workspace, theme="IDEE") == ["Par sa fiche", "Par son type"]


@pytest.mark.parametrize(
    ("days", "text", "due"),
    [
        (None, "jamais vérifiée", True),
        (0, "vérifiée aujourd’hui", False),
        (1, "vérifiée il y a 1 jour", False),
        (364, "vérifiée il y a 364 jours", False),
        (400, "à revérifier : 13 mois", True),
        (4000, "à revérifier : 10 ans", True),
    ],
)
def test_a_sheet_tells_when_it_was_verified(workspace: Workspace, days: int | None, text: str, due: bool) -> None:
    verified_on = None if days is None else today() - timedelta(days=days)
    assert (partners.age(verified_on).text, partners.age(verified_on).due) == (text, due)
    more = {} if verified_on is None else {"verified_on": verified_on.isoformat()}
    add(workspace, "Fiche", "CMA", **more)
    assert names(workspace, freshness=Freshness.DUE) == (["Fiche"] if due else [])
    assert names(workspace, freshness=Freshness.FRESH) == ([] if due else ["Fiche"])


def test_verified_today_then_undone(workspace: Workspace) -> None:
    partner = add(workspace, "Fiche")
    workspace.write("Fiche vérifiée", partners.mark_verified, partner)
    assert workspace.read(partners.sheet, partner).age.text == "vérifiée aujourd’hui"
    workspace.write("Annulation", undo.undo)
    assert workspace.read(partners.sheet, partner).age.due


def test_saving_changes_only_what_changed_in_the_territories(workspace: Workspace) -> None:
    partner = add(workspace, "Fiche", "CMA", PAS_DE_CALAIS, (TerritoryLevel.COMMUNE, LILLE))

    def ids(session: Session) -> dict[str, uuid.UUID]:
        return {row.code: row.id for row in session.scalars(select(PartnerTerritory))}

    before = workspace.read(ids)
    areas = (PAS_DE_CALAIS, (TerritoryLevel.REGION, "32"))
    workspace.write("Modification", partners.save, partner, typed("Fiche"), areas)
    after = workspace.read(ids)
    assert after.keys() == {"62", "32"}
    assert after["62"] == before["62"]
    sheet = workspace.read(partners.sheet, partner)
    assert [territory.label for territory in sheet.territories] == [
        "Pas-de-Calais (département)",
        "Hauts-de-France (région)",
    ]
    assert sheet.answers["partner.territory_level"] is TerritoryLevel.REGION


def test_without_a_territory_said_the_departement_of_its_commune_is_taken(workspace: Workspace) -> None:
    partner = workspace.write("Ajout", partners.save, None, typed("Fiche", commune_code=ARRAS))
    assert [item.code for item in workspace.read(partners.territories_of, partner)] == ["62"]
    with pytest.raises(UserError, match="quel territoire"):
        workspace.write("Ajout", partners.save, None, typed("Nulle part"))


@pytest.mark.parametrize(
    ("answers", "areas", "sentence"),
    [
        ({"partner.type_code": "CMA"}, (PAS_DE_CALAIS,), "obligatoire"),
        (typed("Fiche", "INCONNU"), (PAS_DE_CALAIS,), "type de la structure"),
        (typed("Fiche"), ((TerritoryLevel.DEPARTMENT, "99"),), "n’est pas un code connu"),
        (typed("Fiche", phone="06"), (PAS_DE_CALAIS,), "téléphone"),
    ],
)
def test_what_cannot_be_saved_is_said_and_nothing_is_written(
    workspace: Workspace, answers: dict[str, str], areas: tuple[Area, ...], sentence: str
) -> None:
    with pytest.raises(UserError, match=sentence):
        workspace.write("Ajout", partners.save, None, answers, areas)
    assert names(workspace) == []


def test_an_archived_partner_leaves_the_list_and_comes_back(workspace: Workspace) -> None:
    partner = add(workspace, "Fiche")
    workspace.write("Archivage", partners.archive, partner)
    assert names(workspace) == []
    assert names(workspace, archived=True) == ["Fiche"]
    workspace.write("Remise", partners.restore, partner)
    assert names(workspace) == ["Fiche"]


def test_a_partner_somebody_was_referred_to_is_never_deleted(demo_workspace: Workspace) -> None:
    used = demo_workspace.read(lambda session: session.scalars(select(Referral.partner_id)).first())
    assert used is not None
    with pytest.raises(UserError, match="archivez-la"):
        demo_workspace.write("Suppression", partners.remove, used)
    assert demo_workspace.read(partner_figures.of_partner, used).sent > 0
    fresh = add(demo_workspace, "Erreur de saisie")
    demo_workspace.write("Suppression", partners.remove, fresh)
    assert demo_workspace.read(lambda session: session.get(Partner, fresh)) is None
    demo_workspace.write("Annulation", undo.undo)
    assert [item.code for item in demo_workspace.read(partners.territories_of, fresh)] == ["62"]


def test_territories_are_found_as_they_are_typed(workspace: Workspace) -> None:
    def found(level: TerritoryLevel, text: str) -> list[str]:
        return [item.label for item in territories.search_territories(workspace.reference, level, text)]

    assert found(TerritoryLevel.DEPARTMENT, "pas") == ["Pas-de-Calais (département)"]
    assert found(TerritoryLevel.DEPARTMENT, "62") == ["Pas-de-Calais (département)"]
    assert "Hauts-de-France (région)" in found(TerritoryLevel.REGION, "hauts")
    assert any("Frévent" in label for label in found(TerritoryLevel.COMMUNE, "frev"))
    assert any("Ternois" in label for label in found(TerritoryLevel.EPCI, "ternois"))
    assert found(TerritoryLevel.NATIONAL, "") == ["France entière"]


def test_a_sheet_that_is_gone_says_so(workspace: Workspace) -> None:
    with pytest.raises(UserError, match="n’existe plus"):
        workspace.read(partners.sheet, uuid.uuid4())


def test_dates_of_verification_lie_in_the_past(workspace: Workspace) -> None:
    later = date(2099, 1, 1).isoformat()
    with pytest.raises(UserError, match="futur"):
        add(workspace, "Fiche", verified_on=later)
