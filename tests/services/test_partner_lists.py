"""Lists looked at before they are imported: columns, cells, doubles; the directory as a workbook and as a guide."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from boutique.core.clock import today
from boutique.core.errors import UserError
from boutique.models.choices import Public, TerritoryLevel
from boutique.services import directory, partner_book, partner_cells, partners
from boutique.services.directory import Freshness, PartnerQuery
from boutique.services.import_outcomes import Fate
from boutique.services.import_preview import Preview, Reading, preview, run
from boutique.services.papers import partner_guide
from boutique.services.workspace import Workspace

ARRAS = "62041"
STRANGE = "Appellation;Genre;Lieu;Joindre\nChambre de métiers;cma;62041;03 21 51 11 00\nLe bon pain;cma;;12\n"


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "liste.csv"
    path.write_bytes(text.encode(encoding))
    return path


def look(workspace: Workspace, path: Path, reading: Reading | None = None) -> Preview:
    return workspace.read(preview, path, reading or Reading())


def add(workspace: Workspace, name: str, **typed: object) -> None:
    answers: dict[str, object] = {"partner.name": name, "partner.type_code": "CMA", "partner.commune_code": ARRAS}
    answers |= {f"partner.{key}": value for key, value in typed.items()}
    workspace.write("Fiche", partners.save, None, answers, ((TerritoryLevel.DEPARTMENT, "62"),))


def names(workspace: Workspace) -> list[str]:
    return [row.name for row in workspace.read(directory.directory, PartnerQuery()).rows]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_usual_encoding_and_separator_is_read(
    workspace: Workspace, tmp_path: Path, encoding: str, separator: str
) -> None:
    text = "nom;type;code_insee\nChambre de métiers de l’Arrageois;chambre de métiers;62041\n".replace(";", separator)
    report = look(workspace, write(tmp_path, text, encoding)).report
    assert report is not None
    assert [one.name for one in report.outcomes] == ["Chambre de métiers de l’Arrageois"]
    assert report.created == 1


def test_titles_nobody_knows_are_mapped_once_and_remembered(workspace: Workspace, tmp_path: Path) -> None:
    path = write(tmp_path, STRANGE)
    first = look(workspace, path)
    assert first.report is None
    assert "le nom" in first.missing
    assert next((column.title, column.sample) for column in first.columns) == ("Appellation", "Chambre de métiers")
    chosen = Reading({0: "name", 1: "type", 2: "commune_code", 3: "phone"})
    second = look(workspace, path, chosen).report
    assert second is not None
    assert [one.fate for one in second.outcomes] == [Fate.CREATED, Fate.REFUSED]
    assert names(workspace) == []  # only looked at
    assert workspace.write("Import", run, path, chosen) == second
    assert names(workspace) == ["Chambre de métiers"]
    again = look(workspace, write(tmp_path, STRANGE.replace("Chambre", "Autre chambre"))).report
    assert again is not None
    assert again.created == 1  # the same titles: nothing to choose


def test_without_a_type_the_same_one_may_be_given_to_all(workspace: Workspace, tmp_path: Path) -> None:
    path = write(tmp_path, "nom;code_insee\nAlpha;62041\nBêta;62041\n")
    assert "type" in look(workspace, path).missing
    assert workspace.write("Import", run, path, Reading(fallback="CMA")).created == 2


@pytest.mark.parametrize(
    ("known", "line", "reason"),
    [
        ({"siret": "35600000000048"}, "Tout autre nom;cma;62041;;;356 000 000 00048", "même SIRET"),
        ({"email": "a@exemple.fr"}, "Tout autre nom;cma;62041;A@exemple.fr;;", "même e-mail"),
        ({"phone": "03 21 51 11 00"}, "Tout autre nom;cma;62119;;03.21.51.11.00;", "même téléphone"),
        ({}, "Chambre metiers du Ternois;cma;62041;;;", "nom proche"),
    ],
)
def test_a_line_that_may_be_there_already_is_proposed_and_decided(
    workspace: Workspace, tmp_path: Path, known: dict[str, object], line: str, reason: str
) -> None:
    add(workspace, "Chambre de métiers du Ternois", **known)
    path = write(tmp_path, f"nom;type;code_insee;courriel;telephone;siret\n{line}\n")
    report = look(workspace, path).report
    assert report is not None
    [outcome] = report.twins
    assert reason in outcome.twins[0].reason
    twin = outcome.twins[0].partner_id
    skipped = look(workspace, path, Reading(decisions={2: None})).report
    updated = look(workspace, path, Reading(decisions={2: twin})).report
    assert skipped is not None
    assert updated is not None
    assert (report.created, skipped.created, updated.created) == (1, 0, 0)
    assert updated.updated == 1
    workspace.write("Import", run, path, Reading(decisions={2: twin}))
    assert len(names(workspace)) == 1


def test_what_an_import_would_do_is_a_workbook_cell_by_cell(workspace: Workspace, tmp_path: Path) -> None:
    report = look(workspace, write(tmp_path, "nom;type;telephone;code_insee\nA;cma;12;62041\nB;boulangerie;;\n")).report
    assert report is not None
    made = workspace.read(partner_book.report, report, "liste.csv")
    book = load_workbook(io.BytesIO(made.content))
    cells = [[cell.value for cell in row] for row in book["Cellules"].iter_rows(min_row=2)]
    assert [row[:3] for row in cells] == [[3, "Type", "boulangerie"], [2, "Téléphone", "12"]]
    assert [row[4] for row in cells] == ["Ligne refusée", "Valeur laissée vide"]
    assert [row[2].value for row in book["Lignes"].iter_rows(min_row=2)] == ["Ajouté", "Refusé"]


def test_the_directory_as_a_workbook_is_imported_back_as_it_was(
    workspace: Workspace, empty_workspace: Workspace, tmp_path: Path
) -> None:
    add(workspace, "=Chambre de métiers", siret="35600000000048", phone="+33321511100", cost="10 €",
        access="Bus 3", internal=False, review_months=6, legal_basis="Annuaire public",
        publics=(Public.YOUNG, Public.PRIORITY_AREAS), themes=("IDEE",), opening="Lundi ; 9 h", source="essai",
        address="12 rue du Marché, 62000 Arras", verified_on="03/03/2026", eligibility="Sur rendez-vous")  # fmt: skip
    for kind, _ in partners.types():
        add(workspace, f"Structure {kind}", type_code=kind)
    path = tmp_path / "annuaire.xlsx"
    path.write_bytes(workspace.read(partner_book.directory).content)
    report = empty_workspace.write("Import", run, path, Reading())
    assert (report.refused, report.warnings) == ((), ())

    def sheets(base: Workspace) -> list[dict[str, str]]:
        return base.read(lambda session: [partner_cells.cells(*row) for row in partner_cells.current(session)])

    assert sheets(empty_workspace) == sheets(workspace)
    here = workspace.write("Import", run, path, Reading())
    assert (here.created, here.updated) == (0, 0)


def test_the_guide_lists_by_theme_then_shows_by_commune(workspace: Workspace) -> None:
    add(workspace, "Chambre de métiers", phone="03 21 51 11 00", publics=(Public.YOUNG,))
    add(workspace, "مركز الأعمال بوضياف", address="1 rue A, bâtiment B, escalier C, lieu-dit D, 62000 Arras")
    add(workspace, "Ośrodek Przedsiębiorczości " + "très long " * 12, commune_code="62361")
    add(workspace, "Trung tâm Khởi nghiệp", opening="Lundi " * 40)
    made = workspace.read(partner_guide.guide, PartnerQuery())
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(made.content)).pages)
    assert "Qui aide à quoi" in text
    assert text.index("Arras", text.index("commune par commune")) < text.index("Frévent", text.index("par commune"))
    for word in ("Przedsiębiorczości", "Khởi", "03 21 51 11 00", "Jeunes"):
        assert word in text.replace("\u00a0", " ")


def test_a_guide_of_nothing_or_of_hundreds_of_pages_says_what_to_do(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UserError, match="changez les filtres"):
        workspace.read(partner_guide.guide, PartnerQuery())
    add(workspace, "Alpha")
    add(workspace, "Bêta")
    monkeypatch.setattr(partner_guide, "MOST", 1)
    with pytest.raises(UserError, match="Filtrez"):
        workspace.read(partner_guide.guide, PartnerQuery())


def test_what_is_due_follows_the_delay_of_each_sheet(workspace: Workspace) -> None:
    for months, days in ((1, 30), (1, 31), (6, 182), (6, 183), (16, 486), (16, 487), (None, 364), (None, 365)):
        day = (today() - timedelta(days)).strftime("%d/%m/%Y")
        add(workspace, f"{months} mois, {days} jours", verified_on=day, review_months=months)
    due = workspace.read(directory.directory, PartnerQuery(freshness=Freshness.DUE))
    fresh = workspace.read(directory.directory, PartnerQuery(freshness=Freshness.FRESH))
    assert {row.name for row in due.rows} == {
        "1 mois, 31 jours", "6 mois, 183 jours", "16 mois, 487 jours", "None mois, 365 jours",
    }  # fmt: skip
    assert {row.age.due for row in due.rows} == {True}
    assert {row.age.due for row in fresh.rows} == {False}
    with pytest.raises(UserError):
        add(workspace, "Trop long", review_months=17)
