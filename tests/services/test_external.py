"""Figures of a partner: counts by commune only, nobody’s name, told with their source, taken away in one step."""

import io
import json
import uuid
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from sqlalchemy import text

from boutique.core.errors import UserError
from boutique.models.trace import Change
from boutique.services import external, external_reading, observatory, observatory_book, observatory_table, undo
from boutique.services.external_reading import EVERYTHING, Look
from boutique.services.observatory_table import BESIDE, Shape
from boutique.services.workspace import Workspace

FREVENT, SAINT_POL = "62361", "62767"
NAMES = ("Durand", "Ets Lefebvre", "Zoé Martin")
LIST = (
    "Nom;Dirigeant;E-mail;Commune;Code postal;Code NAF;Date de création\n"
    "Ets Lefebvre;Durand;d@exemple.fr;Frévent;62270;10.71C;12/03/2024\n"
    "Le Pain;Zoé Martin;z@exemple.fr;Frévent;62270;1071C;04/05/2025\n"
    "Maçonnerie;Petit;p@exemple.fr;Saint-Pol-sur-Ternoise;62130;43.99C;\n"
    "Perdue;Petit;p@exemple.fr;Nulle-Part;99999;43.99C;\n"
)
ABOUT = {
    "external_source.name": "Entreprises artisanales", "external_source.origin": "Chambre de métiers",
    "external_source.dated_on": date(2026, 6, 30), "external_source.legal_basis": "Convention du 3 mars 2026",
}  # fmt: skip


def look(workspace: Workspace, folder: Path, content: str, names: dict[int, str] | None = None) -> Look:
    path = folder / "liste.csv"
    path.write_text(content, "utf-8")
    return workspace.read(external.look, path, names)


def keep(workspace: Workspace, found: Look) -> uuid.UUID:
    return workspace.write("Données", external.save, found, ABOUT)


def test_a_list_of_businesses_becomes_counts_and_no_name_is_kept(workspace: Workspace, tmp_path: Path) -> None:
    found = look(workspace, tmp_path, LIST)
    assert found.dropped == ("Nom", "Dirigeant", "E-mail")
    assert all(column.sample == "(jamais reprise)" for column in found.columns[:3])
    assert found.counts is not None
    assert found.counts[EVERYTHING] == {FREVENT: 2, SAINT_POL: 1}
    assert found.counts["En 2024"] == {FREVENT: 1}
    assert {"En 2025", "Sans date lisible"} & found.counts.keys() == {"En 2025"}
    assert found.refused == ((5, "commune inconnue"),)
    keep(workspace, found)
    rows = workspace.read(lambda session: session.execute(text("SELECT counts FROM external_source")).all())
    changes = workspace.read(lambda session: [row.fields for row in session.query(Change).all()])
    written = json.dumps([str(row) for row in rows] + [str(one) for one in changes], ensure_ascii=False)
    assert not [name for name in (*NAMES, "d@exemple.fr", "Le Pain") if name in written]


def test_aggregates_are_added_up_and_a_mapping_replaces_the_titles(workspace: Workspace, tmp_path: Path) -> None:
    content = "lieu;combien\n62361;12\n62361;1 000\n62767;-3\n62767;beaucoup\n"
    assert look(workspace, tmp_path, content).missing.startswith("Dites quelle colonne porte la commune")
    found = look(workspace, tmp_path, content, {0: "commune_code", 1: "number"})
    assert found.counts == {EVERYTHING: {FREVENT: 1012}}
    assert [why for _, why in found.refused] == ["nombre illisible ou négatif"] * 2


@pytest.mark.parametrize(
    ("title", "hidden"),
    [
        ("Nom", True), ("NOM_DIRIGEANT", True), ("Adresse e-mail", True), ("Téléphone", True), ("SIRET", True),
        ("Raison sociale", True), ("Nom de la commune", False), ("Code postal", False), ("Nombre", False),
        ("Date de création", False), ("Libellé NAF", False), ("Date de naissance", True),
    ],
)  # fmt: skip
def test_titles_that_announce_somebody_are_known(title: str, hidden: bool) -> None:
    assert external_reading.nominative(title) is hidden


def test_a_category_that_is_a_list_of_names_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    lines = "".join(f"62361;Entreprise {rank}\n" for rank in range(40))
    found = look(workspace, tmp_path, f"insee;libelle\n{lines}", {0: "commune_code", 1: "category"})
    assert "semble nommer" in found.missing
    mail = look(workspace, tmp_path, "insee;libelle\n62361;a@exemple.fr\n", {0: "commune_code", 1: "category"})
    assert "semble nommer" in mail.missing
    with pytest.raises(UserError):
        keep(workspace, mail)
    hidden = look(workspace, tmp_path, "insee;Nom du gérant\n62361;X\n", {0: "commune_code", 1: "category"})
    assert hidden.names == {0: "commune_code", 1: ""}


def test_a_workbook_is_read_too(workspace: Workspace, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.create_sheet("Données")
    for row in (["Code INSEE", "Effectif"], [62361, 7], [62767, 2.0]):
        sheet.append(row)
    book.save(tmp_path / "liste.xlsx")
    found = workspace.read(external.look, tmp_path / "liste.xlsx")
    assert found.counts == {EVERYTHING: {FREVENT: 7, SAINT_POL: 2}}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_with_a_sentence(workspace: Workspace, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes(content)
    with suppress(UserError):
        found = workspace.read(external.look, path, {0: "commune_code", 1: "number"})
        assert all(code.isalnum() for code in (found.counts or {}).get(EVERYTHING, {}))


def test_a_source_leaves_in_one_step_and_comes_back(workspace: Workspace, tmp_path: Path) -> None:
    source = keep(workspace, look(workspace, tmp_path, LIST))
    (line,) = workspace.read(external.listing)
    assert line.measures[0] == EVERYTHING
    assert line.told == "Chambre de métiers, données au 30/06/2026 · Convention du 3 mars 2026 · 2 communes"
    workspace.write("Retirées", external.remove, source)
    assert workspace.read(external.listing) == ()
    workspace.write("Annulation", undo.undo)
    assert workspace.read(external.listing) == (line,)


def test_what_must_be_said_of_a_source_is_asked(workspace: Workspace, tmp_path: Path) -> None:
    found = look(workspace, tmp_path, LIST)
    for missing in ABOUT:
        with pytest.raises(UserError):
            workspace.write("Données", external.save, found, {**ABOUT, missing: None})


def test_it_stands_beside_ours_masked_under_three_and_in_the_file(demo_workspace: Workspace, tmp_path: Path) -> None:
    grid = demo_workspace.read(observatory.grid, 2025)
    blocks = sorted(grid.published.blocks.items())
    lines = "".join(f"{min(leaves)};{rank + 1}\n" for rank, (_, leaves) in enumerate(blocks) if min(leaves) != "?")
    source = keep(demo_workspace, look(demo_workspace, tmp_path, f"insee;nombre\n{lines}"))
    compared = demo_workspace.read(external.compare, grid, source, EVERYTHING)
    rows = observatory_table.rows(compared, Shape.COMMUNE)
    values = [row.values[BESIDE] for row in rows]
    assert None in values
    assert not any(0 < (value or 0) < external.LEAST_BUSINESSES for value in values)
    assert values[-1] == sum(int(line.split(";")[1]) for line in lines.splitlines())
    book = load_workbook(io.BytesIO(demo_workspace.read(observatory_book.workbook, compared).content))
    assert "Entreprises artisanales (partenaire)" in [cell.value for cell in book["Communes"][1]]
    told = [cell.value for cells in book["Lisez-moi"].iter_rows() for cell in cells]
    assert any("Chambre de métiers" in str(one) for one in told)
    assert "Entreprises artisanales (partenaire)" in observatory_book.listing(compared).content.decode("utf-8-sig")
