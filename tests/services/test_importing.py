"""Imports of partner lists: the published files, other spellings, bad lines told one by one, hostile files refused."""

import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from boutique.core.errors import Cancelled, UserError
from boutique.core.paths import resources_folder
from boutique.models.referral import Partner, PartnerTerritory
from boutique.rules.import_types import load_import_types
from boutique.services import directory, partners, undo, zoning
from boutique.services.directory import PartnerQuery
from boutique.services.import_outcomes import Report
from boutique.services.importing import import_partners, import_zoning
from boutique.services.workspace import Workspace

PUBLISHED = Path(__file__).parents[3] / "shared" / "data"
HEADER = (
    "id,type,nom,adresse,complement,code_postal,ville,code_insee,code_departement,telephone,courriel,site,maj,source"
)
LINE = (
    "cma-1,chambre_metier,Chambre de métiers,8 rue du Lot,,62000,Arras,62041,62,03 21 51 11 00,a@exemple.fr,,"
    "2026-01-05,essai"
)


def published(name: str) -> Path:
    path = PUBLISHED / name  # beside a checkout, where they are kept; never in it
    if not path.exists():
        pytest.skip("the published lists are not on this computer")
    return path


def write(folder: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path = folder / "liste.csv"
    path.write_bytes("\n".join(lines).encode(encoding))
    return path


def run(workspace: Workspace, path: Path) -> Report:
    return workspace.write("Import de partenaires", import_partners, path)


def count(workspace: Workspace) -> int:
    return workspace.read(lambda session: session.scalar(select(func.count()).select_from(Partner)) or 0)


def codes(workspace: Workspace) -> set[tuple[str, str]]:
    return workspace.read(
        lambda session: {(row.level.value, row.code) for row in session.scalars(select(PartnerTerritory))}
    )


def test_a_list_is_imported_then_found_again_and_not_doubled(workspace: Workspace, tmp_path: Path) -> None:
    path = write(tmp_path, HEADER, LINE)
    assert run(workspace, path) == Report(1, 0, 0, (), ())
    assert run(workspace, path) == Report(0, 0, 1, (), ())
    path = write(tmp_path, HEADER, LINE.replace("8 rue du Lot", "9 rue du Lot"))
    assert run(workspace, path) == Report(0, 1, 0, (), ())
    (row,) = workspace.read(directory.directory, PartnerQuery()).rows
    sheet = workspace.read(partners.sheet, row.partner_id)
    assert (row.name, row.type_code, row.place, row.extent) == ("Chambre de métiers", "CMA", "Arras", "Pas-de-Calais")
    assert sheet.answers["partner.address"] == "9 rue du Lot, 62000 Arras"
    assert sheet.answers["partner.phone"] == "+33321511100"


def test_the_whole_import_is_one_action_that_undo_takes_back(workspace: Workspace, tmp_path: Path) -> None:
    lines = [LINE.replace("cma-1", f"cma-{number}").replace("métiers", f"métiers {number}") for number in range(5)]
    run(workspace, write(tmp_path, HEADER, *lines))
    assert count(workspace) == 5
    assert workspace.write("Annulation", undo.undo) == "Import de partenaires"
    assert count(workspace) == 0
    assert codes(workspace) == set()


def test_a_sheet_verified_here_since_the_list_is_only_completed(workspace: Workspace, tmp_path: Path) -> None:
    without_email = LINE.replace("a@exemple.fr", "")
    run(workspace, write(tmp_path, HEADER, without_email))
    (row,) = workspace.read(directory.directory, PartnerQuery()).rows
    workspace.write("Fiche vérifiée", partners.mark_verified, row.partner_id)
    run(workspace, write(tmp_path, HEADER, LINE.replace("Chambre de métiers", "Autre nom")))
    sheet = workspace.read(partners.sheet, row.partner_id)
    assert sheet.name == "Chambre de métiers"
    assert sheet.answers["partner.email"] == "a@exemple.fr"
    assert sheet.age.text == "vérifiée aujourd’hui"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", "\t", ","])
def test_encodings_separators_and_titles_vary(
    workspace: Workspace, tmp_path: Path, encoding: str, separator: str
) -> None:
    titles = ["Type de structure", "Raison sociale", "Code INSEE", "Téléphone", "E-mail", "Site internet"]
    cells = ["Chambre de métiers", "Chambre d’été à Frévent", "62361", "03.21.51.11.00", "ete@exemple.fr", "exemple.fr"]
    path = write(tmp_path, separator.join(titles), separator.join(cells), encoding=encoding)
    assert run(workspace, path).created == 1
    (row,) = workspace.read(directory.directory, PartnerQuery()).rows
    assert (row.name, row.place, row.phone) == ("Chambre d’été à Frévent", "Frévent", "03 21 51 11 00")


def test_a_workbook_reads_like_a_text_file(workspace: Workspace, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Annuaire 2026"])
    sheet.append(["nom", "type", "code_insee", "telephone"])
    sheet.append(["=1+1 & Cie", "CMA", 62361, 321511100])
    path = tmp_path / "liste.xlsx"
    book.save(path)
    report = run(workspace, path)
    assert (report.created, report.refused) in ((1, ()), (0, report.refused))
    assert len(report.refused) + report.created == 1


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        ({"territoire": "62361"}, {("commune", "62361")}),
        ({"territoire": "62|59"}, {("departement", "62"), ("departement", "59")}),
        ({"territoire": "32", "niveau": "Région"}, {("region", "32")}),
        ({"territoire": "Hauts-de-France", "niveau": "région"}, {("region", "32")}),
        ({"territoire": "France entière"}, {("pays", "")}),
        ({"departements_couverts": "Pas-de-Calais; Nord"}, {("departement", "62"), ("departement", "59")}),
        ({}, {("departement", "62")}),
    ],
)
def test_a_column_may_say_what_is_covered(
    workspace: Workspace, tmp_path: Path, extra: dict[str, str], expected: set[tuple[str, str]]
) -> None:
    titles = ["nom", "type", "code_insee", *extra]
    path = write(tmp_path, "\t".join(titles), "\t".join(["Chambre", "CMA", "62361", *extra.values()]))
    report = run(workspace, path)
    assert report.refused == ()
    assert codes(workspace) == expected


def test_bad_lines_are_refused_one_by_one_with_their_number_and_reason(workspace: Workspace, tmp_path: Path) -> None:
    blank = "," * HEADER.count(",")
    path = write(
        tmp_path,
        HEADER,
        LINE,
        blank,
        LINE,  # the same identifier
        "x-1,boulangerie,Le bon pain" + "," * 11,
        "x-2,greta,Greta de l’Artois" + "," * 11,
        "x-3,cci," + "," * 11,
        "x-4,cci,CCI de nulle part" + "," * 11,
        "x-5,cci,CCI d’Arras,,,,,62041,62,12,pas une adresse,,32/13/2025,",
        "x-6,cci," + "N" * 300 + ",,,,,62041" + "," * 6,
    )
    report = run(workspace, path)
    assert report.created == 2
    told = {remark.line: remark.reason for remark in report.refused}
    assert set(told) == {4, 5, 6, 7, 8, 10}
    assert told[4] == "même identifiant que la ligne 2"
    assert told[5] == "type « boulangerie » inconnu"
    assert "organisme de formation" in told[6]
    assert told[7].startswith("le nom manque")
    assert "on ne sait pas ce qu’elle couvre" in told[8]
    assert {remark.line for remark in report.warnings} == {9}
    assert [remark.reason.split(" : ")[0] for remark in report.warnings] == ["Téléphone", "E-mail", "Vérifiée le"]
    assert report.reasons[0][1] >= 1


def test_what_a_cell_holds_is_text_whatever_it_looks_like(workspace: Workspace, tmp_path: Path) -> None:
    name = "=cmd|'/c calc'!A1 <img src=x> \u202eabc"
    path = write(tmp_path, "nom;type;code_insee", f'"{name}";CMA;62361')
    assert run(workspace, path).created == 1
    (row,) = workspace.read(directory.directory, PartnerQuery()).rows
    assert row.name == "=cmd|'/c calc'!A1 <img src=x> abc"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0\0\0\0",
        b"PK\x03\x04 not a workbook",
        b"bonjour",
        b"nom;type\n" + b"a" * 200_000 + b";CMA",
        ";".join(["nom", "type", *[f"c{n}" for n in range(400)]]).encode() + b"\nA;CMA",
        b"nom;type\n" + b"A;CMA\n" * 50_001,
    ],
    ids=["empty", "nul", "false zip", "no titles", "huge cell", "too wide", "too long"],
)
def test_a_hostile_file_is_refused_in_a_sentence_and_changes_nothing(
    workspace: Workspace, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes(content)
    with pytest.raises(UserError):
        run(workspace, path)
    assert count(workspace) == 0


def test_giving_up_on_the_way_leaves_the_base_as_it_was(workspace: Workspace, tmp_path: Path) -> None:
    class GivesUp:
        def step(self, done: int, total: int) -> None:
            if done:
                raise Cancelled

    lines = [LINE.replace("cma-1", f"cma-{number}") for number in range(120)]
    with pytest.raises(Cancelled):
        workspace.write("Import", import_partners, write(tmp_path, HEADER, *lines), progress=GivesUp())
    assert count(workspace) == 0


@pytest.mark.parametrize(
    ("name", "created"),
    [
        ("partenaires_annuaire_2016.csv", 2751),
        ("partenaires_france_services.csv", 2845),
        ("partenaires_france_travail_directions.csv", 95),
    ],
)
def test_the_published_lists_are_taken_and_every_other_line_is_explained(
    workspace: Workspace, name: str, created: int
) -> None:
    steps: list[tuple[int, int]] = []

    class Shown:
        def step(self, done: int, total: int) -> None:
            steps.append((done, total))

    report = workspace.write("Import", import_partners, published(name), progress=Shown())
    total = steps[-1][1]
    assert steps[-1] == (total, total)
    assert report.created + len(report.refused) == total
    assert report.created == created, report.reasons[:10]
    assert all("type «" in reason for reason, _ in report.reasons), report.reasons[:10]
    again = workspace.write("Import", import_partners, published(name))
    assert (again.created, again.updated, again.unchanged) == (0, 0, created)


def test_a_zoning_list_answers_for_the_communes_it_holds(workspace: Workspace) -> None:
    report = workspace.write("Import", import_zoning, published("zonage_rural.csv"))
    assert (report.kind, report.rows > 30_000) == ("FRR", True)
    assert workspace.read(zoning.of_commune, "62361").rural is not None


def test_the_words_of_imported_types_lead_to_types_that_exist() -> None:
    found = load_import_types()
    assert found["chambre metier"].partner_type == "CMA"
    assert found["greta"].reason


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        ({"territoire": "200069672"}, {("epci", "200069672")}),
        ({"territoire": "x", "niveau": "national"}, {("pays", "")}),
        ({"epci_couverts": "200069672"}, {("epci", "200069672")}),
    ],
)
def test_intercommunalities_and_the_country_are_said_too(
    workspace: Workspace, tmp_path: Path, extra: dict[str, str], expected: set[tuple[str, str]]
) -> None:
    titles = ["nom", "type", "code_insee", *extra]
    run(workspace, write(tmp_path, ";".join(titles), ";".join(["Chambre", "CMA", "62361", *extra.values()])))
    assert codes(workspace) == expected


@pytest.mark.parametrize(
    ("extra", "reason"),
    [
        ({"territoire": "Ternois"}, "donnez un code et son niveau"),
        ({"territoire": "62", "niveau": "canton"}, "niveau de territoire « canton » inconnu"),
        ({"territoire": "98", "niveau": "région"}, "région « 98 »"),
        ({"epci_couverts": "communauté de nulle part"}, "intercommunalité « communauté de nulle part »"),
        ({"communes_couvertes": "|".join(["62361"] * 2001)}, "plus de 2000 territoires"),
    ],
)
def test_a_territory_that_is_not_one_refuses_its_line(
    workspace: Workspace, tmp_path: Path, extra: dict[str, str], reason: str
) -> None:
    titles = ["nom", "type", "code_insee", *extra]
    path = write(tmp_path, ";".join(titles), ";".join(["Chambre", "CMA", "62361", *extra.values()]))
    report = run(workspace, path)
    assert count(workspace) == 0
    assert reason in report.sentence
    assert "1 ligne refusée" in report.sentence


def test_a_newer_list_moves_the_territory(workspace: Workspace, tmp_path: Path) -> None:
    run(workspace, write(tmp_path, f"{HEADER},departements_couverts", f"{LINE},62"))
    report = run(workspace, write(tmp_path, f"{HEADER},departements_couverts", f"{LINE},59"))
    assert report.sentence == "0 partenaire ajouté, 1 mis à jour, 0 inchangé."
    assert codes(workspace) == {("departement", "59")}


def test_a_town_is_recognised_by_its_name_and_postal_code(workspace: Workspace, tmp_path: Path) -> None:
    titles = "nom;type;code_postal;ville;departement"
    path = write(tmp_path, titles, "Une;CMA;62270;Frévent;", "Deux;CMA;;Nulle-Part-sur-Rien;62", f"Trois;CMA{';' * 3}")
    report = run(workspace, path)
    assert report.created == 2
    assert [remark.line for remark in report.refused] == [4]
    assert [remark.reason for remark in report.warnings] == ["Commune : non reconnue, laissée vide."]


def test_identifiers_and_types_must_be_there_and_short(workspace: Workspace, tmp_path: Path) -> None:
    path = write(tmp_path, "id;nom;type;code_insee", f"{'x' * 81};A;CMA;62361", "1;B;;62361")
    report = run(workspace, path)
    assert [remark.reason for remark in report.refused] == [
        "l’identifiant a plus de 80 caractères",
        "le type manque",
    ]


def test_a_zoning_list_says_what_it_holds(workspace: Workspace, tmp_path: Path) -> None:
    path = write(tmp_path, "Code_insee;Classement FRR au 10 juillet 2025", "62361;FRR", "xx;FRR")
    report = workspace.write("Import", import_zoning, path)
    assert report.sentence.startswith("Liste FRR (10 juillet 2025) : 1 ligne. 1 ligne refusée (ligne 3 :")


@pytest.mark.parametrize(
    ("block", "problem"),
    [
        ('names = ["a"]\npartner_type = "CMA"\nterritory = "canton"', "territoire"),
        ('names = ["a"]', "ni type de partenaire, ni motif"),
        ('names = ["a"]\npartner_type = "NADA"', "n’existe pas"),
    ],
)
def test_a_badly_written_list_of_types_is_refused_with_its_place(tmp_path: Path, block: str, problem: str) -> None:
    (tmp_path / "partners").mkdir()
    shutil.copy(resources_folder() / "partners" / "types.toml", tmp_path / "partners")
    (tmp_path / "partners" / "import_types.toml").write_text(f"[[import_type]]\n{block}\n", "utf-8")
    with pytest.raises(ValueError, match=problem):
        load_import_types(tmp_path)
