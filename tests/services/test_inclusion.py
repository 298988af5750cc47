"""The directory to data·inclusion and back: what we write is valid for its public package, and reads back the same."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from data_inclusion.schema import v1
from pydantic import TypeAdapter

from boutique.core.errors import UserError
from boutique.models.choices import Public, TerritoryLevel
from boutique.services import inclusion, partner_cells, partners
from boutique.services.import_outcomes import Report
from boutique.services.import_preview import Reading, preview, run
from boutique.services.workspace import Workspace

LISTS = ("annuaire_2016", "france_services", "france_travail_directions")


def published() -> list[Path]:
    places = (parent / "shared" / "data" for parent in Path(__file__).parents)
    folder = next((place for place in places if place.is_dir()), None)
    if folder is None:
        pytest.skip("the published lists are not on this computer")
    return [folder / f"partenaires_{name}.csv" for name in LISTS]


def take(workspace: Workspace, path: Path, reading: Reading | None = None) -> Report:
    return workspace.write("Import", run, path, reading or Reading())


def write(folder: Path, content: object) -> Path:
    path = folder / "annuaire.json"
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


def sheets(workspace: Workspace) -> dict[str, dict[str, str]]:
    """Every sheet as its cells, by identifier."""
    rows = workspace.read(lambda session: [partner_cells.cells(*row) for row in partner_cells.current(session)])
    return {row["id"]: row for row in rows}


def valid(content: dict[str, Any]) -> None:
    TypeAdapter(list[v1.Structure]).validate_python(content["structures"], context={"ignore_warnings": True})
    TypeAdapter(list[v1.Service]).validate_python(content["services"], context={"ignore_warnings": True})


def there_and_back(full: Workspace, empty: Workspace, folder: Path) -> Report:
    written = full.read(inclusion.export)
    path = folder / written.document.file_name
    path.write_bytes(written.document.content)
    valid(json.loads(written.document.content))
    report = take(empty, path)
    assert sheets(empty) == sheets(full)
    return report


RICH = {
    "partner.name": "Maison de la création du Ternois",
    "partner.type_code": "CMA",
    "partner.siret": "356 000 000 00048",
    "partner.address": "12 rue du Marché, bâtiment B, 62270 Frévent",
    "partner.commune_code": "62361",
    "partner.phone": "03 21 51 11 00",
    "partner.email": "accueil@exemple.fr",
    "partner.website": "exemple.fr/creation",
    "partner.publics": (Public.YOUNG, Public.PRIORITY_AREAS),
    "partner.eligibility": "Sur rendez-vous, avec une pièce d’identité",
    "partner.cost": "10 € par an",
    "partner.opening": "Mardi 9 h – 12 h",
    "partner.source": "Appel du 3 mars",
    "partner.themes": ("IDEE", "STATUT"),
    "partner.access": "Bus 3, arrêt Mairie",
    "partner.internal": True,
    "partner.review_months": 6,
    "partner.legal_basis": "Annuaire public",
}


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"partner.name": "AB", "partner.address": None, "partner.website": None, "partner.siret": None},
        {
            "partner.name": "Nom " + "très " * 35 + "long",
            "partner.address": "Lieu-dit sans code",
            "partner.cost": "Gratuit",
        },
        {"partner.website": "pas une adresse", "partner.publics": (Public.EVERYBODY, Public.YOUNG)},
        {"partner.source": None, "partner.themes": None, "partner.cost": "gratuit", "partner.email": None},
        {"partner.address": "62270 Frévent", "partner.website": "https://exemple.fr/a?b=c"},
        {"partner.address": "BP 62000, 3 rue X, 62270 Frévent Cedex 9"},
    ],
)
@pytest.mark.parametrize(
    "areas",
    [
        ((TerritoryLevel.COMMUNE, "62361"),),
        ((TerritoryLevel.REGION, "32"), (TerritoryLevel.DEPARTMENT, "2A")),
        ((TerritoryLevel.REGION, "01"),),
        ((TerritoryLevel.NATIONAL, ""),),
        ((TerritoryLevel.EPCI, "200069672"), (TerritoryLevel.COMMUNE, "62361")),
    ],
)
def test_a_sheet_goes_to_data_inclusion_and_back_as_it_was(
    workspace: Workspace, empty_workspace: Workspace, tmp_path: Path, changed: dict[str, Any], areas: Any
) -> None:
    workspace.write("Fiche", partners.save, None, RICH | changed, areas)
    report = there_and_back(workspace, empty_workspace, tmp_path)
    assert (report.created, report.refused, report.warnings) == (1, (), ())


def test_the_published_lists_come_back_the_same_from_data_inclusion(
    workspace: Workspace, empty_workspace: Workspace, tmp_path: Path
) -> None:
    told = {}
    for path in published():
        dry = workspace.read(preview, path, Reading()).report
        report = take(workspace, path)
        assert dry is not None
        assert (dry, dry.outcomes) == (report, report.outcomes)  # what was announced is what was done
        cells = Counter(remark.column for remark in (*report.refused, *report.warnings))
        told[path.stem] = (report.created, len(report.refused), len(report.twins), dict(cells))
    assert told == {
        "partenaires_annuaire_2016": (2751, 823, 0, {"type": 823, "phone": 112}),
        "partenaires_france_services": (2845, 0, 17, {"email": 2}),
        "partenaires_france_travail_directions": (95, 0, 0, {"town": 1}),
    }
    report = there_and_back(workspace, empty_workspace, tmp_path)
    assert (report.created, report.updated, report.refused) == (5691, 0, ())


STRANGE = {
    "source": "dora", "id": "dora--1", "nom": "Mission locale du Ternois", "date_maj": "2026-02-14",
    "code_insee": "62361", "code_postal": "62270", "commune": "Frévent", "adresse": "1 rue du Lot",
    "reseaux_porteurs": ["mission-locale"], "telephone": "+33321511100",
}  # fmt: skip


def test_somebody_else_s_file_is_taken_with_the_services_of_each_structure(
    workspace: Workspace, tmp_path: Path
) -> None:
    services = [
        {"structure_id": "dora--1", "id": "s1", "publics": ["jeunes"], "zone_eligibilite": ["62", "59"],
         "thematiques": ["mobilite--preparer-un-permis"]},
        {"structure_id": "dora--1", "id": "s2", "publics": ["femmes"], "zone_eligibilite": ["80"], "frais": "gratuit"},
    ]  # fmt: skip
    report = take(workspace, write(tmp_path, {"structures": [STRANGE], "services": services}))
    assert (report.created, report.refused, report.warnings) == (1, (), ())
    [found] = sheets(workspace).values()
    assert (found["type"], found["departments"], found["publics"]) == ("MISSION_LOCALE", "59|62|80", "femmes|jeunes")
    assert (found["cost"], found["address"]) == ("gratuit", "1 rue du Lot, 62270 Frévent")
    assert found["themes"]


def test_each_structure_that_cannot_be_taken_says_which_value_and_why(workspace: Workspace, tmp_path: Path) -> None:
    content = {
        "structures": [
            STRANGE,
            STRANGE | {"id": "dora--2", "reseaux_porteurs": ["emmaus"]},
            STRANGE | {"id": "dora--3", "nom": None},
            "rien",
            STRANGE | {"id": "dora--5", "siret": "123", "courriel": "x", "telephone": ["0321"]},
        ],
        "services": [{"structure_id": "dora--9"}, 3],
    }
    report = take(workspace, write(tmp_path, content))
    assert report.created == 2
    assert sorted((one.line, one.column, one.value) for one in report.refused) == [
        (0, "structure_id", "dora--9"), (2, "structure_id", ""), (2, "type", "emmaus"), (3, "name", ""), (4, "", ""),
    ]  # fmt: skip
    assert [(one.line, one.column, one.value) for one in report.warnings] == [(5, "siret", "123"), (5, "email", "x")]


def test_structures_without_a_known_network_take_the_type_one_chooses(workspace: Workspace, tmp_path: Path) -> None:
    path = write(tmp_path, [{name: STRANGE[name] for name in STRANGE if name != "reseaux_porteurs"}])
    assert [one.reason for one in take(workspace, path).refused] == ["le type manque"]
    assert take(workspace, path, Reading(fallback="MISSION_LOCALE")).created == 1


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"{", "n\xe2\x80\x99est pas un annuaire"),
        (b"\xff\xfe\x00", "n\xe2\x80\x99est pas un annuaire"),
        (b"[" * 100_000, "n\xe2\x80\x99est pas un annuaire"),
        (b'{"structures": 3}', "n\xe2\x80\x99est pas un annuaire"),
        (b'[{"structure_id": "x", "nom": "y"}]', "que des services"),
    ],
)
def test_what_is_not_such_a_file_is_refused_with_a_sentence(
    workspace: Workspace, tmp_path: Path, content: bytes, told: str
) -> None:
    path = tmp_path / "annuaire.json"
    path.write_bytes(content)
    with pytest.raises(UserError, match=re.escape(told.encode("latin-1").decode() if "\xe2" in told else told)):
        take(workspace, path)


def test_hostile_own_keys_are_read_as_cells_like_any_other(workspace: Workspace, tmp_path: Path) -> None:
    own = {"boutique": {"name": "N" * 5000, "x": {}, "communes": "99999", "archived_on": "2026-01-01"}}
    report = take(workspace, write(tmp_path, [STRANGE | own]))
    assert report.created == 0
    assert [one.column for one in report.refused] == ["name"]


def test_archived_sheets_stay_here(workspace: Workspace) -> None:
    partner_id = workspace.write("Fiche", partners.save, None, RICH, ((TerritoryLevel.COMMUNE, "62361"),))
    workspace.write("Archive", partners.archive, partner_id)
    assert workspace.read(inclusion.export).structures == 0
