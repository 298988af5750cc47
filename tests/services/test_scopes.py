"""What figures may be narrowed to: what is offered, and what a choice becomes for the engine."""

from boutique.models.choices import TerritoryLevel
from boutique.rules.scope import EVERYWHERE
from boutique.services import own_territories, scopes
from boutique.services.scopes import ScopeKeys
from boutique.services.workspace import Workspace
from tests.services.filling import FREVENT, SAINT_POL


def test_places_people_and_the_groups_of_their_communes_are_offered(workspace: Workspace) -> None:
    found = workspace.read(scopes.choices)
    assert [name for _, name in found.sites] == ["Boutique de Saint-Pol"]
    assert [name for _, name in found.counsellors] == ["Nadia Bouzid"]
    assert found.programmes == ()
    assert [name for _, name in found.territories] == ["CC du Ternois"]


def test_a_territory_becomes_its_communes(workspace: Workspace) -> None:
    workspace.write(
        "Territoire enregistré", own_territories.save, None, "Deux bourgs",
        [(TerritoryLevel.COMMUNE, FREVENT), (TerritoryLevel.COMMUNE, SAINT_POL)],
    )  # fmt: skip
    found = {name: code for code, name in workspace.read(scopes.choices).territories}
    drawn = workspace.read(scopes.resolve, ScopeKeys(territory=found["Deux bourgs"]))
    assert drawn.communes == frozenset({FREVENT, SAINT_POL})
    official = workspace.read(scopes.resolve, ScopeKeys(territory=found["CC du Ternois"]))
    assert official.communes is not None
    assert {FREVENT, SAINT_POL} < official.communes
    assert workspace.read(scopes.resolve, ScopeKeys()) == EVERYWHERE


def test_what_narrows_is_said_in_words(workspace: Workspace) -> None:
    found = workspace.read(scopes.choices)
    keys = ScopeKeys(site_id=found.sites[0][0], counsellor_id=found.counsellors[0][0])
    assert found.words(keys) == (("Lieu", "Boutique de Saint-Pol"), ("Conseiller", "Nadia Bouzid"))
    assert found.words(ScopeKeys()) == ()
