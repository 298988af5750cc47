"""The table of coverage says of each commune and theme what the directory says, and goes out as a workbook."""

import io

import pytest
from openpyxl import load_workbook

from boutique.core.errors import UserError
from boutique.models.choices import TerritoryLevel
from boutique.services import areas, coverage_book, coverage_gaps, directory, own_territories, partners
from boutique.services.coverage_gaps import Reach
from boutique.services.directory import PartnerQuery
from boutique.services.territories import Area
from boutique.services.workspace import Workspace

TERNOIS, FREVENT, SAINT_POL, ARRAS = "epci:200069672", "62361", "62767", "62041"


def add(workspace: Workspace, name: str, *covered: Area, themes: tuple[str, ...] = (), kind: str = "CMA") -> None:
    answers = {"partner.name": name, "partner.type_code": kind, "partner.themes": themes}
    workspace.write("Fiche", partners.save, None, answers, covered)


@pytest.fixture
def filled(workspace: Workspace) -> Workspace:
    add(workspace, "Frévent seul", (TerritoryLevel.COMMUNE, FREVENT), themes=("QUOTIDIEN",), kind="MOBILITE")
    add(workspace, "EPCI", (TerritoryLevel.EPCI, "200069672"), (TerritoryLevel.COMMUNE, FREVENT))
    add(workspace, "Nord", (TerritoryLevel.DEPARTMENT, "59"))
    add(workspace, "Région", (TerritoryLevel.REGION, "32"), kind="ADIE")
    add(workspace, "Pays-Bas", (TerritoryLevel.NATIONAL, ""), themes=("EMPLOI",))
    return workspace


def test_the_table_counts_what_the_filter_of_the_directory_finds(filled: Workspace) -> None:
    table = filled.read(coverage_gaps.table, TERNOIS)
    codes = [commune.code for commune in table.place.communes]
    assert len(codes) == len(table.counts) > 90
    for commune in (FREVENT, SAINT_POL):
        for rank, (theme, _) in enumerate(table.themes):
            query = PartnerQuery(theme=theme, commune_code=commune)
            assert table.counts[codes.index(commune)][rank] == filled.read(directory.directory, query).total, theme


def test_who_is_too_wide_does_not_count_and_the_worst_theme_comes_first(filled: Workspace) -> None:
    everybody = filled.read(coverage_gaps.table, TERNOIS)
    near = filled.read(coverage_gaps.table, TERNOIS, Reach.EPCI)
    uncovered = {line.code: line.uncovered for line in everybody.by_theme()}
    without = {line.code: line.uncovered for line in near.by_theme()}
    total = len(everybody.place.communes)
    assert (uncovered["EMPLOI"], without["EMPLOI"]) == (0, total)
    assert without["QUOTIDIEN"] == total - 1
    worst = near.by_theme()[0]
    assert worst.uncovered == total
    assert worst.inhabitants == sum(commune.population for commune in near.place.communes)
    bare = near.communes("QUOTIDIEN", bare=True)
    assert FREVENT not in {line.commune.code for line in bare}
    assert [line.commune.population for line in bare] == sorted((one.commune.population for one in bare), reverse=True)
    assert [line.commune.code for line in near.communes("QUOTIDIEN", bare=False) if line.partners] == [FREVENT]


def test_an_archived_partner_serves_nobody(filled: Workspace) -> None:
    row = filled.read(directory.directory, PartnerQuery(text="pays-bas")).rows[0]
    filled.write("Archivé", partners.archive, row.partner_id)
    table = filled.read(coverage_gaps.table, TERNOIS)
    assert {line.code: line.uncovered for line in table.by_theme()}["EMPLOI"] == len(table.place.communes)


def test_territories_are_found_by_name_and_looked_at(filled: Workspace) -> None:
    made = filled.write("Pays", own_territories.save, None, "Pays de l’Artois", [(TerritoryLevel.COMMUNE, ARRAS)])
    code = filled.read(own_territories.sheet, made).code
    assert filled.read(areas.search, "artois")[0] == (code, "Pays de l’Artois (notre territoire)")
    assert ("epci:200069672", "CC du Ternois (intercommunalité)") in filled.read(areas.search, "ternois")
    assert filled.read(areas.home) == TERNOIS
    assert [one.code for one in filled.read(areas.place, code).communes] == [ARRAS]
    for gone in ("T00000000", "epci:000000000"):
        with pytest.raises(UserError):
            filled.read(areas.place, gone)


def test_the_workbook_has_every_commune_and_every_theme(filled: Workspace) -> None:
    made = filled.read(coverage_book.book, TERNOIS, Reach.ALL)
    book = load_workbook(io.BytesIO(made.content))
    table = filled.read(coverage_gaps.table, TERNOIS)
    assert book.sheetnames == ["Lisez-moi", "Besoins", "Communes"]
    rows = list(book["Communes"].iter_rows(min_row=2, values_only=True))
    assert len(rows) == len(table.place.communes)
    assert tuple(row[4:] for row in rows) == table.counts
    assert made.file_name == "couverture-cc-du-ternois-intercommunalite.xlsx"
