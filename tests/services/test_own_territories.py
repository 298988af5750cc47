"""Territories that the structure draws: what they hold, what is refused, what undo gives back."""

import uuid
from collections.abc import Collection

import pytest

from boutique.core.errors import UserError
from boutique.models.choices import TerritoryLevel
from boutique.models.referral import PartnerTerritory
from boutique.services import own_territories, undo
from boutique.services.territories import Area
from boutique.services.workspace import Workspace

FREVENT, SAINT_POL, ARRAS = "62361", "62767", "62041"
COMMUNE, EPCI, DEPARTMENT = TerritoryLevel.COMMUNE, TerritoryLevel.EPCI, TerritoryLevel.DEPARTMENT


def ternois(workspace: Workspace) -> str:
    commune = workspace.reference.commune(FREVENT)
    assert commune is not None
    assert commune.epci_code is not None
    return commune.epci_code


def draw(
    workspace: Workspace, name: str, parts: Collection[Area], left_out: Collection[str] = (), *,
    territory_id: uuid.UUID | None = None,
) -> uuid.UUID:  # fmt: skip
    return workspace.write("Territoire enregistré", own_territories.save, territory_id, name, parts, left_out)


def test_a_territory_is_made_of_whole_groups_and_of_communes(workspace: Workspace) -> None:
    epci = ternois(workspace)
    territory_id = draw(workspace, " Pays  du Ternois ", [(EPCI, epci), (COMMUNE, ARRAS)], [FREVENT, "75056"])
    shown = workspace.read(own_territories.sheet, territory_id)
    members = {commune.code for commune in workspace.reference.communes_inside(epci=epci)}
    assert shown.name == "Pays du Ternois"
    assert [part.level for part in shown.parts] == [EPCI, COMMUNE]
    assert [part.code for part in shown.left_out] == [FREVENT]  # Paris was left out of nothing: forgotten
    found = workspace.read(own_territories.own)[shown.code]
    assert found.communes == members - {FREVENT} | {ARRAS}
    assert shown.extent.population == sum(one.population for one in shown.extent.communes)
    assert len(shown.extent.label.split(" · ")) == 2


def test_a_commune_knows_the_territories_it_is_part_of(workspace: Workspace) -> None:
    epci = ternois(workspace)
    for name, parts, left_out in (
        ("EPCI", [(EPCI, epci)], []),
        ("Sans Frévent", [(EPCI, epci)], [FREVENT]),
        ("Département", [(DEPARTMENT, "62"), (COMMUNE, FREVENT)], []),
        ("Ailleurs", [(COMMUNE, ARRAS)], []),
        ("Région", [(TerritoryLevel.REGION, "32")], [ARRAS]),
    ):
        draw(workspace, name, parts, left_out)
    own = workspace.read(own_territories.own)
    for code in (FREVENT, SAINT_POL, ARRAS, "75056"):
        commune = workspace.reference.commune(code)
        assert commune is not None
        found = workspace.read(own_territories.containing, commune)
        assert set(found) == {one.code for one in own.values() if code in one.communes}


def test_editing_keeps_the_code_and_undo_gives_back(workspace: Workspace) -> None:
    territory_id = draw(workspace, "Pays", [(COMMUNE, FREVENT)])
    before = workspace.read(own_territories.sheet, territory_id)
    draw(workspace, "Grand pays", [(DEPARTMENT, "62")], territory_id=territory_id)
    after = workspace.read(own_territories.sheet, territory_id)
    assert (after.code, after.name) == (before.code, "Grand pays")
    assert len(after.extent.communes) > 800
    workspace.write("Annulation", undo.undo)
    assert workspace.read(own_territories.sheet, territory_id) == before
    workspace.write("Territoire supprimé", own_territories.remove, territory_id)
    assert workspace.read(own_territories.listing) == ()
    workspace.write("Annulation", undo.undo)
    assert workspace.read(own_territories.listing) == (before,)


def test_the_code_of_a_merged_commune_leads_to_that_of_today(workspace: Workspace) -> None:
    territory_id = draw(workspace, "Pays", [(COMMUNE, "01033"), (COMMUNE, "01091")])  # Châtillon joined Bellegarde
    codes = {one.code for one in workspace.read(own_territories.sheet, territory_id).extent.communes}
    assert codes == {"01033"}


@pytest.mark.parametrize(
    ("name", "parts", "left_out", "told"),
    [
        ("", [(COMMUNE, FREVENT)], [], "Donnez un nom"),
        ("pays connu", [(COMMUNE, FREVENT)], [], "existe déjà"),
        ("Vide", [], [], "aucune commune"),
        ("Vidé", [(COMMUNE, FREVENT)], [FREVENT], "aucune commune"),
        ("Inconnu", [(COMMUNE, "99999")], [], "99999"),
        ("Trop grand", [(TerritoryLevel.NATIONAL, "")], [], "fait de communes"),
    ],
)
def test_what_makes_no_territory_is_refused(
    workspace: Workspace, name: str, parts: list[Area], left_out: list[str], told: str
) -> None:
    draw(workspace, "Pays connu", [(COMMUNE, SAINT_POL)])
    with pytest.raises(UserError, match=told):
        draw(workspace, name, parts, left_out)
    assert len(workspace.read(own_territories.listing)) == 1


def test_a_territory_that_a_partner_covers_stays(workspace: Workspace, cma: uuid.UUID) -> None:
    territory_id = draw(workspace, "Pays", [(COMMUNE, FREVENT)])
    code = workspace.read(own_territories.sheet, territory_id).code
    area = PartnerTerritory(partner_id=cma, level=COMMUNE, code=code)
    workspace.write("Couverture", lambda session: session.add(area))
    with pytest.raises(UserError, match="partenaires couvrent"):
        workspace.write("Territoire supprimé", own_territories.remove, territory_id)
